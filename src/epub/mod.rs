//! EPUB 3.3 for e-readers, with what older readers need beside it.
//!
//! ```text
//! pages ── xhtml (in parallel) ─ fonts ──┐
//! outline ─ nav, NCX, contents ──────────┼─ container
//! metadata ─ package document ───────────┘
//! ```
//!
//! Every document is written from the [`Book`] by an XML writer; epub-builder collects the pages
//! and drawings, and the container is put together again with our own package document and nav.

mod breaks;
mod container;
mod fonts;
mod marking;
mod nav;
mod package;
mod place;
mod split;
mod xhtml;
mod xml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, Stopped};
use crate::font::Fonts;
use crate::image::{self, Fault, Kind, Picture};
use crate::layout::Layout;
use crate::manifest::Writing;
use crate::message;
use breaks::Breaks;
use container::{Collected, Failure, File};
use fonts::{Embedded, Used};
use package::Findings;
use place::{Page, Places};
use split::Split;
use xhtml::{Text, Told};

pub use xml::{Attributes, Xml};

/// The standard that the file keeps.
pub const STANDARD: &str = "EPUB 3.3";
/// The style sheet of every book.
const STYLE: &str = include_str!("stylesheet.css");
/// What it says besides where lines run from top to bottom.
const VERTICAL: &str = include_str!("vertical.css");

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
    let extent = layout.map(|layout| layout.extent);
    let render = |page: &Page| xhtml::render(book, &places, &breaks, extent, page);
    let written = write_pages(book, pages, render).map_err(|why| unfinished(why, sink))?;
    let Written { mut collected, told, used } = written;
    let embedded = fonts::embed(book, fonts, &used, sink);
    let findings = findings(pages, &told, &breaks, &embedded);
    if let (Some(vouched), Some(barrier)) =
        (&book.epub.certified_by, findings.barrier().map(Message::from))
    {
        let message = message!("the book cannot be said to be accessible: {barrier}", barrier);
        let finding = Diagnostic::new(Code::Inaccessible, Place::Span(vouched.span), message);
        sink.report(
            finding.hint("`missing-alt` tells where; a table needs words in its first row"),
        );
    }
    let package = package::write(book, pages, &findings);
    let (nav, ncx) = (nav::nav(book, &places, &findings.breaks), nav::ncx(book, &places));
    let style = style(book, &embedded);
    let pictures = pictures(book, &cover, &findings, sink)?;
    let package = [
        file("content.opf".to_owned(), "application/oebps-package+xml", package),
        file("nav.xhtml".to_owned(), "application/xhtml+xml", nav),
        file("toc.ncx".to_owned(), "application/x-dtbncx+xml", ncx),
    ];
    let pictures = pictures.iter().map(|(path, it)| picture_file(path.clone(), it)).collect();
    let added = collected.resources(resources(book, &findings, &embedded));
    let packed = added.and_then(|()| collected.pack(package, style.as_bytes(), pictures));
    packed.map_err(|why| unfinished(why, sink))
}

/// Says why there is no EPUB.
fn unfinished(why: Failure, sink: &mut Sink) -> Stopped {
    let message = message!("the EPUB could not be put together: {why}", why);
    sink.report(Diagnostic::new(Code::WriterFailed, Place::Book, message));
    Stopped
}

/// How many pages are written at a time: few beside those of a whole book. Packing them, one after the
/// other, takes most of the time.
const TOGETHER: usize = 16;

/// The pages in a container, and what they told.
struct Written {
    collected: Collected,
    /// By pages.
    told: Vec<Told>,
    /// What fonts are brought along for.
    used: Used,
}

/// Writes the pages, some at a time, so that no more of them are held.
fn write_pages(
    book: &Book,
    pages: &[Page],
    render: impl Fn(&Page) -> Text + Sync,
) -> Result<Written, Failure> {
    let mut written =
        Written { collected: Collected::new()?, told: Vec::new(), used: Used::default() };
    for pages in pages.chunks(TOGETHER) {
        let texts = pages.par_iter().map(|page| {
            let text = render(page);
            (fonts::used(book, &text), text)
        });
        let texts: Vec<(Used, Text)> = texts.collect();
        for (page, (used, Text { bytes, told })) in pages.iter().zip(texts) {
            written.collected.page(page.path(), &bytes)?;
            written.told.push(told);
            written.used.unite(used);
        }
    }
    Ok(written)
}

/// The style sheet: what holds for every book, how lines run, which fonts come along.
fn style(book: &Book, embedded: &Embedded) -> String {
    let writing = match book.epub.writing {
        Writing::Horizontal => "",
        Writing::Vertical => VERTICAL,
    };
    [STYLE, writing, &embedded.css].concat()
}

/// What all pages told together, and the fonts that they need.
fn findings(pages: &[Page], told: &[Told], breaks: &Breaks, embedded: &Embedded) -> Findings {
    let shown = pages.iter().zip(told).flat_map(|(page, told)| {
        let target = |label: &String| format!("{}#{}", page.path(), breaks.id(label));
        told.breaks.iter().map(move |label| (label.clone(), target(label)))
    });
    Findings {
        breaks: shown.collect(),
        pictures: told.iter().flat_map(|told| told.pictures.iter().copied()).collect(),
        facts: told.iter().flat_map(|told| told.facts.iter().copied()).collect(),
        fonts: embedded.files.iter().map(|(path, _)| path.clone()).collect(),
    }
}

/// A file of the container.
fn file<'a>(path: String, media: &'static str, bytes: impl Into<Cow<'a, [u8]>>) -> File<'a> {
    File { path, media, bytes: bytes.into() }
}

/// A picture under a path.
fn picture_file(path: String, picture: &Picture) -> File<'_> {
    file(path, picture.kind.media_type(), &*picture.bytes)
}

/// The pictures of the text for which `wanted` holds.
fn chosen<'a>(
    book: &'a Book,
    findings: &'a Findings,
    wanted: fn(&Kind) -> bool,
) -> impl Iterator<Item = (PictureId, &'a Picture)> {
    let shown = findings.pictures.iter().map(|&id: &PictureId| (id, book.picture(id)));
    shown.filter(move |(_, picture)| wanted(&picture.kind))
}

/// Whether a picture is text inside.
const fn is_drawing(kind: &Kind) -> bool {
    matches!(kind, Kind::Drawing(_))
}

/// The drawings that the text shows, and the fonts.
fn resources<'a>(book: &'a Book, findings: &'a Findings, embedded: &'a Embedded) -> Vec<File<'a>> {
    let fonts = embedded.files.iter();
    let fonts = fonts.map(|(path, bytes)| file(path.clone(), fonts::MEDIA_TYPE, bytes));
    let drawings = chosen(book, findings, is_drawing);
    let drawings = drawings.map(|(id, it)| picture_file(place::picture(book, id), it));
    drawings.chain(fonts).collect()
}

/// The cover and the raster pictures that the text shows, as readers take them.
fn pictures<'a>(
    book: &'a Book,
    cover: &'a Picture,
    findings: &'a Findings,
    sink: &mut Sink,
) -> Outcome<Vec<(String, Cow<'a, Picture>)>> {
    let shown = chosen(book, findings, |kind| !is_drawing(kind));
    let shown = shown.map(|(id, it)| (place::picture(book, id), it, book.place(id)));
    let cover = (place::cover(book), cover, book.place(book.cover.picture));
    let wanted: Vec<_> = std::iter::once(cover).chain(shown).collect();
    let made: Vec<_> = wanted
        .into_par_iter()
        .map(|(path, picture, place)| match image::for_reader(picture) {
            Ok(picture) => Ok((path, picture)),
            Err(Fault { code, message, hints }) => {
                Err(Diagnostic { hints, ..Diagnostic::new(code, place.clone(), message) })
            }
        })
        .collect();
    let mut files = Vec::new();
    for made in made {
        match made {
            Ok(file) => files.push(file),
            Err(finding) => sink.report(finding),
        }
    }
    sink.settle(files)
}
