//! PDF files from finished pages.
//!
//! ```text
//! pages ── inventory ── fonts (subset once) ──┐
//!   └───── content streams (in parallel) ─────┼─ document ── bytes
//! pictures (once each) ───────────────────────┘
//! ```
//!
//! printpdf carries the document and its fonts, lopdf says what printpdf cannot: boxes, bookmarks,
//! labels, destinations, links, metadata. Content streams are written here, glyph by glyph as bytes
//! and never as objects, and compressed once.

mod content;
mod document;
mod drawing;
mod fonts;
mod ink;
mod inventory;
mod metadata;
mod navigation;
mod number;
mod picture;

use rayon::prelude::*;

use crate::book::Book;
use crate::diag::{Outcome, Sink};
use crate::font::Fonts;
use crate::layout::Layout;
use crate::profile::Product;
use document::Parts;
use inventory::Inventory;

/// Writes the pages as each of `products`, which share fonts and pictures.
///
/// # Errors
/// A font or a picture cannot be embedded; the reasons are reported.
pub fn write(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    products: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Vec<u8>)>> {
    let inventory = Inventory::new(book, layout);
    let programs = fonts::programs(&inventory, fonts);
    let pictures = picture::streams(book, &inventory);
    let (programs, pictures) = match (programs, pictures) {
        (Ok(programs), Ok(pictures)) => (programs, pictures),
        (programs, pictures) => {
            sink.report_all(programs.err().into_iter().chain(pictures.err()).flatten());
            return Err(crate::diag::Stopped);
        }
    };
    let parts = Parts { book, layout, inventory, programs, pictures };
    let written: Vec<_> =
        products.par_iter().map(|&product| (product, document::write(&parts, product))).collect();
    let mut files = Vec::with_capacity(written.len());
    for (product, file) in written {
        match file {
            Ok(bytes) => files.push((product, bytes)),
            Err(finding) => sink.report(finding),
        }
    }
    sink.settle(files)
}
