//! Pages as XHTML (EPUB 3.3, 6.1; DPUB-ARIA 1.1 for the roles).

mod chapter;
mod figure;
mod fixed;
mod imprint;
mod index;
mod inline;
mod note;

pub use imprint::kind as copyright_kind;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memchr;

use super::breaks::Breaks;
use super::marking::Marking;
use super::nav;
use super::place::{Content, Page, Places};
use super::xml::{Attributes, Xml};
use crate::book::{Book, Extent, Listing, PictureId};
use crate::layout::Division;
use crate::manifest::Matter;
use crate::script::{Class, class};

/// A page as written, and what it told on the way.
pub struct Text {
    /// The document.
    pub bytes: Vec<u8>,
    /// What is in it.
    pub told: Told,
}

/// What pages tell while they are written.
#[derive(Debug, Default)]
pub struct Told {
    /// The pictures that they show.
    pub pictures: BTreeSet<PictureId>,
    /// What matters to those who do not see the page.
    pub facts: BTreeSet<Fact>,
    /// The pages of the printed book that begin in them, by their numbers.
    pub breaks: Vec<String>,
}

/// Something that matters to those who do not see the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// A picture is not described in words.
    Undescribed,
    /// A table does not say what its columns are.
    Headless,
    /// Characters have their reading over them.
    Ruby,
    /// There are notes.
    Notes,
}

/// Writes a page.
pub fn render(
    book: &Book,
    places: &Places,
    breaks: &Breaks,
    extent: Option<Extent>,
    page: &Page,
) -> Text {
    let mut told = Told::default();
    let (bytes, division) = match page.content {
        Content::Chapter(index) => {
            return chapter::render(book, places, breaks, (index, page.piece));
        }
        Content::Cover => (fixed::cover(book), None),
        Content::Title => (fixed::title(book, breaks), Some(Division::Title)),
        Content::Copyright => {
            let Some(page) = &book.copyright else {
                return Text { bytes: Vec::new(), told };
            };
            told = imprint::told(page);
            (imprint::copyright(book, breaks, page, extent), Some(Division::Copyright))
        }
        Content::Dedication => (imprint::dedication(book, breaks), Some(Division::Dedication)),
        Content::Origins => (imprint::origins(book, places, breaks), Some(Division::Origins)),
        Content::Contents => (contents(book, places, breaks), Some(Division::Contents)),
        Content::Listing(listing) => {
            (self::listing(book, places, breaks, listing), Some(Division::Listing(listing)))
        }
        Content::Part(index) => (fixed::part(book, breaks, index), Some(Division::Part(index))),
        Content::Credits => (imprint::credits(book, breaks), Some(Division::Credits)),
    };
    let opened = division.and_then(|division| breaks.opening(division));
    told.breaks = opened.into_iter().map(str::to_owned).collect();
    Text { bytes, told }
}

/// The contents that everybody sees.
fn contents(book: &Book, places: &Places, breaks: &Breaks) -> Vec<u8> {
    let title = book.metadata.rules.labels.contents;
    let body = [("class", "contents-page"), ("epub:type", "frontmatter")];
    document(book, "../", title, &body, |xml| {
        open_page(xml, breaks, Division::Contents);
        nav::contents(xml, book, places);
    })
}

/// The figures or tables of the book.
fn listing(book: &Book, places: &Places, breaks: &Breaks, listing: Listing) -> Vec<u8> {
    let title = book.listing_title(listing);
    let body = [("class", "contents-page"), ("epub:type", "frontmatter")];
    document(book, "../", title, &body, |xml| {
        open_page(xml, breaks, Division::Listing(listing));
        nav::listing(xml, book, listing, &|anchor| places.elsewhere(book, anchor));
    })
}

/// The page break before a division that opens a page.
pub fn open_page(xml: &mut Xml, breaks: &Breaks, division: Division) {
    if let Some(label) = breaks.opening(division) {
        breaks.mark(xml, label);
        xml.line();
    }
}

/// A whole document: the head, then what `inner` writes into the body. `root` leads from the file
/// to the folder of the style sheet.
pub fn document(
    book: &Book,
    root: &str,
    title: &str,
    body: Attributes,
    inner: impl FnOnce(&mut Xml),
) -> Vec<u8> {
    let language = book.metadata.language.as_str();
    let mut xml = Xml::flowing(Marking::of(&book.epub));
    xml.doctype();
    let attributes = [
        ("xmlns", "http://www.w3.org/1999/xhtml"),
        ("xmlns:epub", "http://www.idpf.org/2007/ops"),
        ("lang", language),
        ("xml:lang", language),
    ];
    xml.element("html", &attributes, |xml| {
        xml.line();
        xml.element("head", &[], |xml| {
            xml.line();
            xml.empty("meta", &[("charset", "utf-8")]);
            xml.line();
            xml.element("title", &[], |xml| xml.plain(title));
            xml.line();
            let sheet = format!("{root}stylesheet.css");
            xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", &sheet)]);
            xml.line();
        });
        xml.line();
        xml.element("body", body, |xml| {
            xml.line();
            inner(xml);
        });
        xml.line();
    });
    xml.finish()
}

/// The division of the book that a chapter belongs to (EPUB structural semantics 1.1, 3.1).
const fn division(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Appendix | Matter::Back => "backmatter",
    }
}

/// `text` with a joiner before each `·` between hanzi: no line may begin with the dot inside a
/// name (GB/T 15834, 5.1.4), and no reader keeps that rule by itself.
pub fn prose(text: &str) -> Cow<'_, str> {
    prose_part(text, 0..text.len())
}

/// A part of what [`prose`] makes of `text`.
pub fn prose_part(text: &str, part: Range<usize>) -> Cow<'_, str> {
    let words = &text[part.clone()];
    // The first byte of the dot, which few other characters have.
    if memchr(0xC2, words.as_bytes()).is_none() || !words.contains('·') {
        return Cow::Borrowed(words);
    }
    let is_han = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Han);
    let mut joined = String::with_capacity(words.len() + 6);
    for (at, c) in words.char_indices() {
        let (before, after) = text.split_at(part.start + at);
        if c == '·' && is_han(before.chars().next_back()) && is_han(after.chars().nth(1)) {
            joined.push('\u{2060}');
        }
        joined.push(c);
    }
    Cow::Owned(joined)
}
