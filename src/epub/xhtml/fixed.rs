//! The pages around the text: cover, title page, parts.

use super::super::breaks::Breaks;
use super::super::place;
use super::super::xml::Xml;
use super::{division, document, open_page, prose};
use crate::book::Book;
use crate::layout::Division;

/// The cover: one picture, which says the title to those who cannot see it.
pub fn cover(book: &Book) -> Vec<u8> {
    let title = book.metadata.rules.labels.cover;
    let body = [("class", "cover"), ("epub:type", "cover")];
    document(book, "../", title, &body, |xml| {
        let source = format!("../{}", place::cover(book));
        xml.element("div", &[("class", "cover")], |xml| {
            let alt = book.metadata.title.as_str();
            xml.empty("img", &[("src", &source), ("alt", alt), ("role", "doc-cover")]);
        });
        xml.line();
    })
}

/// The title page: title, subtitle, who wrote and edited it, publisher and year, in
/// the order of the printed page.
pub fn title(book: &Book, breaks: &Breaks) -> Vec<u8> {
    let metadata = &book.metadata;
    let labels = &metadata.rules.labels;
    let body = [("class", "title-page"), ("epub:type", "frontmatter")];
    document(book, "../", labels.title_page, &body, |xml| {
        open_page(xml, breaks, Division::Title);
        xml.element("section", &[("epub:type", "titlepage")], |xml| {
            xml.line();
            line(xml, "h1", &[("class", "title")], &metadata.title);
            line(xml, "p", &[("class", "subtitle"), ("role", "doc-subtitle")], &metadata.subtitle);
            for credit in book.title_credits() {
                xml.element("p", &[("class", "by")], |xml| {
                    xml.text(&credit.names.join(labels.name_separator));
                    xml.text("\u{3000}");
                    xml.leaf("span", &[("class", "role")], &credit.role);
                });
                xml.line();
            }
            line(xml, "p", &[("class", "publisher")], &metadata.publisher);
            line(xml, "p", &[("class", "date")], metadata.date.get(..4).unwrap_or_default());
        });
        xml.line();
    })
}

/// An element on a line of its own; nothing when there is nothing to say.
fn line(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) {
    if !text.is_empty() {
        xml.leaf(name, attributes, &prose(text));
        xml.line();
    }
}

/// The page that opens the part of chapter `index`; empty when no part begins there.
pub fn part(book: &Book, breaks: &Breaks, index: usize) -> Vec<u8> {
    let chapter = &book.chapters[index];
    let Some(part) = &chapter.part else { return Vec::new() };
    let id = book.anchor(part.anchor).name.as_str();
    let body = [("class", "part"), ("epub:type", division(chapter.matter))];
    document(book, "../", &part.title, &body, |xml| {
        open_page(xml, breaks, Division::Part(index));
        let attributes = [("id", id), ("epub:type", "part"), ("role", "doc-part")];
        xml.element("section", &attributes, |xml| {
            xml.line();
            xml.element("h1", &[], |xml| {
                if let Some(number) = &part.number {
                    xml.leaf("span", &[("class", "number")], number);
                    xml.text(" ");
                }
                xml.text(&prose(&part.title));
            });
            xml.line();
        });
        xml.line();
    })
}
