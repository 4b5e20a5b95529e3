//! EPUB 3.3 for e-readers, with what older readers need beside it.
//!
//! ```text
//! pages ── xhtml (in parallel) ──┐
//! outline ─ nav, NCX, contents ──┼─ container
//! metadata ─ package document ───┘
//! ```
//!
//! Every document is written from the [`Book`] by an XML writer; epub-builder collects the pages
//! and drawings, and the container is put together again with our own package document and nav.

mod breaks;
mod container;
mod nav;
mod package;
mod place;
mod split;
mod xhtml;
mod xml;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, Stopped};
use crate::font::Fonts;
use crate::image::{Fault, Kind, Picture};
use crate::layout::Layout;
use breaks::Breaks;
use container::{File, Files};
use package::Findings;
use place::{Page, Places};
use split::Split;
use xhtml::Text;

/// The standard that the file keeps.
pub const STANDARD: &str = "EPUB 3.3";
/// The style sheet, the same for every book.
const STYLE: &str = include_str!("stylesheet.css");

/// Writes the book as an EPUB, with the places where the pages of `layout` begin.
///
/// # Errors
/// The cover has no pixels, or the container could not be put together; the reason is reported.
pub fn write(
    book: &Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    sink: &mut Sink,
) -> Outcome<Vec<u8>> {
    let cover = book.cover.raster.picture(fonts).map_err(|fault| {
        let Fault { code, message, hints } = fault;
        sink.report(Diagnostic { hints, ..Diagnostic::new(code, Place::Book, message) });
        Stopped
    })?;
    let splits = book.chapters.par_iter().map(Split::new).collect();
    let places = Places::new(book, splits);
    let pages = &places.pages;
    let breaks = Breaks::new(book, layout);
    let texts: Vec<Text> =
        pages.par_iter().map(|page| xhtml::render(book, &places, &breaks, page)).collect();
    let findings = findings(pages, &texts, &breaks);
    if let (Some(vouched), Some(barrier)) = (&book.epub.certified_by, findings.barrier()) {
        let message = format!("the book cannot be said to be accessible: {barrier}");
        let finding = Diagnostic::new(Code::Inaccessible, Place::Span(vouched.span), message);
        sink.report(
            finding.hint("`missing-alt` tells where; a table needs words in its first row"),
        );
    }
    let package = package::write(book, pages, &findings);
    let (nav, ncx) = (nav::nav(book, &places, &findings.breaks), nav::ncx(book, &places));
    let files = Files {
        package: [
            file("content.opf".to_owned(), "application/oebps-package+xml", &package),
            file("nav.xhtml".to_owned(), "application/xhtml+xml", &nav),
            file("toc.ncx".to_owned(), "application/x-dtbncx+xml", &ncx),
        ],
        style: STYLE.as_bytes(),
        pages: pages.iter().zip(&texts).map(|(page, text)| page_file(page, text)).collect(),
        drawings: drawings(book, &findings),
        pictures: pictures(book, &cover, &findings),
    };
    container::pack(&files).map_err(|why| {
        let message = format!("the EPUB could not be put together: {why}");
        sink.report(Diagnostic::new(Code::WriterFailed, Place::Book, message));
        Stopped
    })
}

/// What all pages told together.
fn findings(pages: &[Page], texts: &[Text], breaks: &Breaks) -> Findings {
    let shown = pages.iter().zip(texts).flat_map(|(page, text)| {
        let target = |label: &String| format!("{}#{}", page.path(), breaks.id(label));
        text.told.breaks.iter().map(move |label| (label.clone(), target(label)))
    });
    Findings {
        breaks: shown.collect(),
        pictures: texts.iter().flat_map(|text| text.told.pictures.iter().copied()).collect(),
        facts: texts.iter().flat_map(|text| text.told.facts.iter().copied()).collect(),
    }
}

/// A file of the container.
const fn file<'a>(path: String, media: &'static str, bytes: &'a [u8]) -> File<'a> {
    File { path, media, bytes }
}

/// A page with its text.
fn page_file<'a>(page: &Page, text: &'a Text) -> File<'a> {
    file(page.path(), "application/xhtml+xml", &text.bytes)
}

/// A picture under a path.
fn picture_file(path: String, picture: &Picture) -> File<'_> {
    file(path, picture.kind.media_type(), &picture.bytes)
}

/// The pictures of the text for which `wanted` holds.
fn chosen<'a>(
    book: &'a Book,
    findings: &'a Findings,
    wanted: fn(&Kind) -> bool,
) -> impl Iterator<Item = File<'a>> {
    let shown = findings.pictures.iter().map(|&id: &PictureId| (id, book.picture(id)));
    shown
        .filter(move |(_, picture)| wanted(&picture.kind))
        .map(|(id, picture)| picture_file(place::picture(book, id), picture))
}

/// Whether a picture is text inside.
const fn is_drawing(kind: &Kind) -> bool {
    matches!(kind, Kind::Drawing(_))
}

/// The drawings that the text shows.
fn drawings<'a>(book: &'a Book, findings: &'a Findings) -> Vec<File<'a>> {
    chosen(book, findings, is_drawing).collect()
}

/// The cover, and the raster pictures that the text shows.
fn pictures<'a>(book: &'a Book, cover: &'a Picture, findings: &'a Findings) -> Vec<File<'a>> {
    let cover = picture_file(place::cover(book), cover);
    std::iter::once(cover).chain(chosen(book, findings, |kind| !is_drawing(kind))).collect()
}
