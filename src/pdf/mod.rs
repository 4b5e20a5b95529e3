//! PDF for the screen and for the press, of pages and of sheets.
//!
//! ```text
//! pages ─┬─ glyphs ── fonts (printpdf) ──┐
//!        ├─ pictures ────────────────────┼─ document (lopdf) ─ preflight ─ bytes
//!        └─ content streams, in parallel ┘
//! ```
//!
//! Pages become content streams directly, each compressed once; no glyph is an object of its own.
//! printpdf carries the fonts, lopdf everything that printpdf cannot say. Fonts and packed pictures
//! are made once and shared by all products. What a product promises is a table (`standard`), and its
//! document is looked through for all that the table forbids: a file that would break its promise is
//! not written.

mod appearance;
mod boxes;
mod colour;
mod content;
mod deflate;
mod document;
mod drawing;
mod file;
mod fonts;
mod glyphs;
mod intent;
mod labels;
mod links;
mod marks;
mod metadata;
mod names;
mod outline;
mod pages;
mod picture;
mod png;
mod preflight;
mod resolution;
mod sheets;
mod slug;
mod standard;
mod structure;
mod syntax;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::diag::{Outcome, Sink, Stopped};
use crate::font::Fonts;
use crate::layout::Layout;
use crate::profile::Product;
use crate::units::Scale;

pub use document::Written;
pub use sheets::write as write_sheets;

use appearance::Appearance;
use boxes::Boxes;
use colour::Output;
use document::{Material, failed};
use glyphs::Repertoire;
use picture::Rasters;
use slug::Slug;

/// Writes a PDF for each of `products` that is one, in their order.
///
/// # Errors
/// A font, a picture or a file could not be made, or a file would not keep its promise; the findings
/// say which and why.
pub fn write(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    products: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Written)>> {
    let printer = &book.printer.value;
    let appearance = |&product| Some((product, Appearance::of(product, printer)?));
    let wanted: Vec<(Product, Appearance)> = products.iter().filter_map(appearance).collect();
    if wanted.is_empty() {
        return sink.settle(Vec::new());
    }
    sink.report_all(links::check(book, layout));
    sink.report_all(glyphs::check(layout));
    // Fonts do not depend on which products are asked for.
    let boxes = Boxes::new(layout, printer);
    let slug = printer.slug.then(|| Slug::new(book, fonts, &boxes));
    let specimen = slug.as_ref().map(Slug::specimen);
    let pages = layout.sides().chain(&specimen);
    let drawings = picture::drawings(book, layout.sides());
    let repertoire = Repertoire::collect(pages, drawings, fonts);
    let embedded = fonts::embed(&repertoire, fonts).map_err(|problems| {
        sink.report_all(problems.into_iter().map(failed));
        Stopped
    });
    let appearances = wanted.iter().map(|(_, appearance)| appearance);
    for appearance in appearances.clone() {
        let pages = picture::pages(layout, appearance).map(|page| (page, Scale::FULL));
        sink.report_all(resolution::check(book, pages, appearance.printer.resolution));
    }
    let shown = |it: &Appearance| (picture::shown(layout, it), Output::from(&it.printer));
    let rasters = Rasters::pack(book, appearances.map(shown)).map_err(|findings| {
        sink.report_all(findings);
        Stopped
    });
    let material = Material {
        book,
        layout,
        repertoire: &repertoire,
        fonts: &embedded?,
        rasters: &rasters?,
        slug: slug.as_ref(),
    };
    let mut files = Vec::new();
    for (product, appearance) in wanted {
        match document::write(&material, &appearance) {
            Ok(written) => {
                files.push((product, written));
                sink.progress.count_file();
            }
            Err(findings) => sink.report_all(findings),
        }
    }
    sink.settle(files)
}
