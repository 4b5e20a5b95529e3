//! Pages as XHTML (EPUB 3.3, 6.1; DPUB-ARIA 1.1 for the roles).

mod chapter;
mod figure;
mod fixed;
mod inline;
mod note;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::marking::Marking;
use super::nav;
use super::place::{Content, Page};
use super::xml::{Attributes, Xml};
use crate::book::{Book, PictureId};
use crate::manifest::Matter;
use crate::script::{Class, class};

/// A page as written, and what it told on the way.
pub struct Text {
    /// The document.
    pub bytes: Vec<u8>,
    /// The pictures that it shows.
    pub pictures: BTreeSet<PictureId>,
    /// Whether every picture is described in words.
    pub described: bool,
}

/// Writes a page.
pub fn render(book: &Book, page: &Page) -> Text {
    let plain = |bytes| Text { bytes, pictures: BTreeSet::new(), described: true };
    match page.content {
        Content::Cover => plain(fixed::cover(book)),
        Content::Title => plain(fixed::title(book)),
        Content::Contents => {
            let title = book.metadata.rules.labels.contents;
            let body = [("class", "contents-page"), ("epub:type", "frontmatter")];
            plain(document(book, "../", title, &body, |xml| nav::contents(xml, book)))
        }
        Content::Part(index) => plain(fixed::part(book, index)),
        Content::Chapter(index) => chapter::render(book, index),
        Content::Credits => plain(fixed::credits(book)),
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
        Matter::Back => "backmatter",
    }
}

/// `text` with a joiner before each `·` between hanzi: no line may begin with the dot inside a
/// name (GB/T 15834, 5.1.4), and no reader keeps that rule by itself.
pub fn prose(text: &str) -> Cow<'_, str> {
    if !text.contains('·') {
        return Cow::Borrowed(text);
    }
    let is_han = |c: Option<&char>| c.is_some_and(|&c| class(c) == Class::Han);
    let mut joined = String::with_capacity(text.len() + 6);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '·' && is_han(before.as_ref()) && is_han(rest.peek()) {
            joined.push('\u{2060}');
        }
        joined.push(c);
        before = Some(c);
    }
    Cow::Owned(joined)
}
