//! banxin (版心, the type area of a page) builds a book from a folder: `book.toml`, Markdown
//! chapters, pictures and credits go in; an EPUB 3 for e-readers, a PDF for the screen and a PDF for
//! the press come out.
//!
//! This page is the map. Each arrow is one function with one input and one output type; [`build`]
//! retells it.
//!
//! ```text
//! book.toml ─ manifest ┐
//! *.md ──── manuscript ┴─ book ─┬─ layout ─ pdf
//!                               └─ epub
//!    script, font, image: consulted      units, diag, files, profile: used by all
//! ```
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`manifest`] | `book.toml` | a [`manifest::Manifest`] in which nothing is left open |
//! | [`manuscript`] | Markdown | a [`manuscript::Manuscript`]: blocks and inlines with places |
//! | [`book`] | both | a [`book::Book`] in which every reference leads somewhere |
//! | [`layout`] | the book | a [`layout::Layout`]: pages of placed glyphs, rules, pictures |
//! | [`pdf`] | the pages | PDF files |
//! | [`epub`] | the book | an EPUB file |
//!
//! A module uses those above and to the left of it, never those below; `tests/architecture.rs` holds
//! the table.

pub mod book;
pub mod diag;
pub mod epub;
pub mod files;
pub mod font;
pub mod image;
pub mod layout;
pub mod manifest;
pub mod manuscript;
pub mod pdf;
pub mod profile;
pub mod script;
pub mod units;

use diag::{Outcome, Sink};
use files::Folder;
use profile::Product;

/// A file that a build made.
#[derive(Clone, Debug)]
pub struct Built {
    /// What it is.
    pub product: Product,
    /// Its name: the book's slug and the product's suffix.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
}

/// What a build is about to do, for those who wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// `book.toml`, chapters and fonts are read.
    Reading,
    /// References, numbers and pictures are resolved.
    Resolving,
    /// Pages are set.
    Setting,
    /// Files are written.
    Writing,
}

/// Builds `products` of the book in `folder`; none asks for those that the book itself names.
///
/// The same folder gives the same bytes, whatever the machine, the time and the number of threads.
///
/// # Errors
/// The book has errors; all of them are in `sink`.
pub fn build(
    folder: &Folder,
    products: &[Product],
    progress: &(dyn Fn(Stage) + Sync),
    sink: &mut Sink,
) -> Outcome<Vec<Built>> {
    progress(Stage::Reading);
    let manifest = manifest::read(folder, sink)?;
    let manuscript = manuscript::read(&manifest, folder, sink)?;
    let fonts = font::load(&manifest.fonts, folder, sink)?;
    let products = if products.is_empty() { manifest.outputs.clone() } else { products.to_vec() };
    let slug = manifest.slug.clone();

    progress(Stage::Resolving);
    let book = book::resolve(manifest, manuscript, folder, &fonts, sink)?;

    progress(Stage::Setting);
    let paged: Vec<Product> = Product::ALL
        .into_iter()
        .filter(|product| *product != Product::Epub && products.contains(product))
        .collect();
    let mut epub_sink = Sink::default();
    let (epub, pdfs) = rayon::join(
        || products.contains(&Product::Epub).then(|| epub::write(&book, &mut epub_sink)),
        || {
            let layout = layout::lay_out(&book, &fonts, sink);
            progress(Stage::Writing);
            let files = pdf::write(&book, &fonts, &layout, &paged, sink);
            files.map(|files| (files, layout.pages.len()))
        },
    );
    sink.report_all(epub_sink.findings().iter().cloned());

    let (pdfs, pages) = pdfs?;
    let name = |product: Product| format!("{slug}{}", product.suffix());
    let mut built = Vec::with_capacity(products.len());
    if let Some(bytes) = epub.transpose()? {
        built.push(Built { product: Product::Epub, name: name(Product::Epub), bytes, pages: None });
    }
    for (product, bytes) in pdfs {
        built.push(Built { product, name: name(product), bytes, pages: Some(pages) });
    }
    sink.settle(built)
}
