//! PDF for the screen and for the press.
//!
//! ```text
//! pages ─┬─ glyphs ── fonts (printpdf) ──┐
//!        ├─ pictures ────────────────────┼─ document (lopdf) ─ bytes
//!        └─ content streams, in parallel ┘
//! ```
//!
//! Pages become content streams directly, each compressed once; no glyph is an object of its own.
//! printpdf carries the fonts, lopdf everything that printpdf cannot say. Fonts and packed pictures
//! are made once and shared by all products.

mod appearance;
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
mod metadata;
mod names;
mod outline;
mod pages;
mod picture;
mod png;
mod structure;
mod syntax;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, Stopped};
use crate::font::Fonts;
use crate::image::{Drawing, Kind};
use crate::layout::Layout;
use crate::profile::Product;

use appearance::Appearance;
use document::Material;
use glyphs::Repertoire;
use picture::Rasters;

/// Writes a PDF for each of `products` that is one, in their order.
///
/// # Errors
/// A font, a picture or a file could not be made; the findings say which and why.
pub fn write(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    products: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Vec<u8>)>> {
    let wanted: Vec<(Product, &Appearance)> =
        products.iter().filter_map(|&product| Some((product, Appearance::of(product)?))).collect();
    if wanted.is_empty() {
        return sink.settle(Vec::new());
    }
    sink.report_all(links::check(book, layout));
    let pictures = picture::in_layout(layout);
    let repertoire = Repertoire::collect(layout, drawings(book, &pictures), fonts);
    let embedded = fonts::embed(&repertoire, fonts).map_err(|problems| {
        sink.report_all(problems.into_iter().map(failed));
        Stopped
    });
    let rasters = Rasters::pack(book, &pictures).map_err(|findings| {
        sink.report_all(findings);
        Stopped
    });
    let material = Material {
        book,
        layout,
        repertoire: &repertoire,
        fonts: &embedded?,
        pictures: &pictures,
        rasters: &rasters?,
    };
    let mut files = Vec::new();
    for (product, appearance) in wanted {
        match document::write(&material, appearance) {
            Ok(bytes) => files.push((product, bytes)),
            Err(why) => sink.report(failed(why)),
        }
    }
    sink.settle(files)
}

/// The drawings among `pictures`.
fn drawings<'a>(
    book: &'a Book,
    pictures: &BTreeSet<PictureId>,
) -> impl Iterator<Item = &'a Drawing> {
    pictures.iter().filter_map(|&id| match &book.picture(id).kind {
        Kind::Drawing(drawing) => Some(drawing),
        Kind::Jpeg { .. } | Kind::Png { .. } => None,
    })
}

fn failed(why: String) -> Diagnostic {
    Diagnostic::new(Code::WriterFailed, Place::Book, format!("the PDF cannot be written: {why}"))
}
