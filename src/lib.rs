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
//!                               └─ epub (with the pages' numbers from layout)
//!    script, font, image, citation: consulted      units, diag, files, profile: used by all
//! ```
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`manifest`] | `book.toml` | a [`manifest::Manifest`] in which nothing is left open |
//! | [`start`] | a title and a kind | the files of a small new book |
//! | [`manuscript`] | Markdown | a [`manuscript::Manuscript`]: blocks and inlines with places |
//! | [`font`] | font files | [`font::Fonts`]: which face sets which character |
//! | [`image`] | picture files | an [`image::Picture`] that every output can carry |
//! | [`citation`] | files of cited works | references set by GB/T 7714 or a style in CSL |
//! | [`book`] | all of these | a [`book::Book`] in which every reference leads somewhere |
//! | [`layout`] | the book | a [`layout::Layout`]: pages of placed glyphs, rules, pictures |
//! | [`press`] | the pages | sheets: the cover around them |
//! | [`pdf`] | the pages | PDF files |
//! | [`epub`] | the book | an EPUB file |
//!
//! A module uses those above it and those that all use, never those below; `tests/architecture.rs`
//! holds the table. The command line is no part of the library: it stands in the program.

pub mod book;
pub mod citation;
pub mod diag;
pub mod epub;
pub mod files;
pub mod font;
pub mod image;
pub mod layout;
pub mod manifest;
pub mod manuscript;
pub mod pdf;
pub mod press;
pub mod profile;
pub mod script;
pub mod start;
pub mod units;

use std::collections::BTreeSet;

use book::Book;
use diag::{Outcome, Sink};
use files::Folder;
use font::Fonts;
use layout::Layout;
use pdf::Written;
use profile::Product;

/// A book built: its files, not yet written to disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The book's title.
    pub title: String,
    /// What the book is known by: an ISBN or another URN.
    pub identifier: String,
    /// What the names of its files begin with.
    pub slug: String,
    /// One for each product, in the order of [`Product::ALL`].
    pub files: Vec<Built>,
}

/// A finished file, not yet written to disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// What it is.
    pub product: Product,
    /// The name it should have: the book's slug and the product's ending.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How many pages it has; none for an EPUB, whose pages the reader makes.
    pub pages: Option<usize>,
    /// The names of the standards that it keeps.
    pub keeps: Vec<&'static str>,
}

/// A step of a build, told as it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading `book.toml`.
    Manifest,
    /// Reading the Markdown.
    Manuscript,
    /// Loading the fonts.
    Fonts,
    /// Resolving references, numbers and pictures.
    Book,
    /// Setting the pages.
    Layout,
    /// Writing the PDFs.
    Pdf,
    /// Writing the EPUB.
    Epub,
}

/// Whom a build tells its steps; EPUB and PDF tell theirs from two threads.
pub type Progress<'a> = &'a (dyn Fn(Stage) + Sync);

/// Builds the book in `folder`, or one of its other editions: the `products` asked for, or those that
/// its `book.toml` asks for when there are none, in the order of [`Product::ALL`].
///
/// ```
/// use std::collections::BTreeMap;
///
/// use banxin::diag::Sink;
/// use banxin::files::Folder;
/// use banxin::profile::Product;
///
/// let toml = r#"
///     title = "小书"
///     identifier = "urn:uuid:6b0d1fd6-2f0e-4c61-9f0d-6c2b8d0f7a11"
///     date = "2025-12-23"
///     contents.body = ["one.md"]
/// "#;
/// let files = [("book.toml", toml), ("one.md", "# 第一篇\n\n正文。\n")];
/// let files: BTreeMap<String, Vec<u8>> =
///     files.map(|(path, text)| (path.to_owned(), text.into())).into();
/// let mut sink = Sink::default();
/// let book = banxin::build(&Folder::Memory(files), None, &[Product::Epub], &|_| {}, &mut sink);
/// for finding in sink.findings() {
///     eprintln!("{}", sink.line(finding));
/// }
/// assert_eq!(book.unwrap().files[0].name, "book.epub");
/// ```
///
/// # Errors
/// The book has errors; `sink` holds all that could be found. Nothing is half built.
pub fn build(
    folder: &Folder,
    edition: Option<&str>,
    products: &[Product],
    progress: Progress<'_>,
    sink: &mut Sink,
) -> Outcome<Edition> {
    progress(Stage::Manifest);
    let manifest = manifest::read(folder, edition, sink)?;
    let metadata = &manifest.metadata;
    let (title, identifier) = (metadata.title.clone(), metadata.identifier.clone());
    let slug = manifest.slug.clone();
    let outputs = manifest.outputs.clone();
    let asked = if products.is_empty() { &outputs } else { products };
    let asked: Vec<Product> =
        Product::ALL.into_iter().filter(|product| asked.contains(product)).collect();

    progress(Stage::Manuscript);
    let manuscript = manuscript::read(&manifest, folder, sink);
    progress(Stage::Fonts);
    let fonts = font::load(&manifest.fonts, folder, sink)?;
    progress(Stage::Book);
    let book = book::resolve(manifest, manuscript?, folder, &fonts, sink)?;

    let mut beside = sink.aside();
    // An EPUB has the pages of the printed book, and waits for them.
    let printed = outputs.contains(&Product::Print) || asked.contains(&Product::Print);
    let waits = printed && asked.contains(&Product::Epub);
    let layout = waits.then(|| lay_out(&book, &fonts, progress, sink));
    let (paged, flowing) = rayon::join(
        || write_pdfs(&book, &fonts, layout.as_ref(), &asked, progress, sink),
        || write_epub(&book, &fonts, layout.as_ref(), &asked, progress, &mut beside),
    );
    sink.absorb(beside);
    let named = |product: Product| slug.clone() + product.suffix();
    let flowing = flowing?.map(|bytes| Built {
        product: Product::Epub,
        name: named(Product::Epub),
        bytes,
        pages: None,
        keeps: vec![epub::STANDARD],
    });
    let paged = paged?.into_iter().map(|(product, Written { bytes, pages, keeps })| Built {
        product,
        name: named(product),
        bytes,
        pages: Some(pages),
        keeps,
    });
    let files = flowing.into_iter().chain(paged).collect();
    Ok(Edition { title, identifier, slug, files })
}

/// A face that a book can be set in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typeface {
    /// Its name, such as `NotoSerifSC-Regular`.
    pub name: String,
    /// Whether it comes along with the program.
    pub bundled: bool,
    /// How many characters it has.
    pub coverage: usize,
    /// The characters that the pages of the book have from it.
    pub used: BTreeSet<char>,
}

/// The faces that the book in `folder` can be set in, and what its pages take from each; those that
/// drawings on them use are not told.
///
/// # Errors
/// The book has errors; `sink` holds all that could be found, such as characters that no face has.
pub fn typefaces(
    folder: &Folder,
    edition: Option<&str>,
    sink: &mut Sink,
) -> Outcome<Vec<Typeface>> {
    let manifest = manifest::read(folder, edition, sink)?;
    let manuscript = manuscript::read(&manifest, folder, sink);
    let fonts = font::load(&manifest.fonts, folder, sink)?;
    let book = book::resolve(manifest, manuscript?, folder, &fonts, sink)?;
    let mut used = layout::lay_out(&book, &fonts, sink).characters();
    let faces = fonts.faces().map(|(id, face)| Typeface {
        name: face.name().to_owned(),
        bundled: face.known().is_some(),
        coverage: face.coverage(),
        used: used.remove(&id).unwrap_or_default(),
    });
    sink.settle(faces.collect())
}

/// Sets the pages.
fn lay_out(book: &Book, fonts: &Fonts, progress: Progress<'_>, sink: &mut Sink) -> Layout {
    progress(Stage::Layout);
    layout::lay_out(book, fonts, sink)
}

/// Sets the pages once, unless they are, and writes them as every PDF that is asked for.
fn write_pdfs(
    book: &Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    asked: &[Product],
    progress: Progress<'_>,
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Written)>> {
    if asked == [Product::Epub] {
        return Ok(Vec::new());
    }
    let own;
    let layout = match layout {
        Some(layout) => layout,
        None => {
            own = lay_out(book, fonts, progress, sink);
            &own
        }
    };
    progress(Stage::Pdf);
    let paged: Vec<Product> =
        asked.iter().copied().filter(|product| *product != Product::Cover).collect();
    let pages = pdf::write(book, fonts, layout, &paged, sink);
    let cover = write_cover(book, fonts, layout, asked, sink);
    let mut files = pages?;
    files.extend(cover?);
    Ok(files)
}

/// Writes the cover sheet, if it is asked for.
fn write_cover(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    asked: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Written)>> {
    if !asked.contains(&Product::Cover) {
        return Ok(Vec::new());
    }
    let sheet = press::cover(book, layout, fonts, sink)?;
    pdf::write(&sheet.book, fonts, &sheet.layout, &[Product::Cover], sink)
}

/// Writes the EPUB, if it is asked for.
fn write_epub(
    book: &Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    asked: &[Product],
    progress: Progress<'_>,
    sink: &mut Sink,
) -> Outcome<Option<Vec<u8>>> {
    if !asked.contains(&Product::Epub) {
        return Ok(None);
    }
    progress(Stage::Epub);
    epub::write(book, fonts, layout, sink).map(Some)
}
