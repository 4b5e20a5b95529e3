//! What the book says of itself: copyright page, dedication, credits, where the pictures come from.

use std::collections::BTreeSet;

use super::super::breaks::Breaks;
use super::super::place::{self, Places};
use super::super::xml::Xml;
use super::{Told, document, open_page, prose};
use crate::book::{Book, CopyrightPage, Extent, Licence};
use crate::layout::Division;
use crate::script::Placement;

/// The copyright page; `extent` is that of the printed book.
pub fn copyright(
    book: &Book,
    breaks: &Breaks,
    page: &CopyrightPage,
    extent: Option<Extent>,
) -> Vec<u8> {
    let labels = &book.metadata.rules.labels.imprint;
    let (title, kind) = (labels.title, kind(labels.placement));
    let (division, role) = match labels.placement {
        Placement::Verso => ("frontmatter", None),
        Placement::End => ("backmatter", Some(("role", "doc-colophon"))),
    };
    let body = [("class", "imprint"), ("epub:type", division)];
    document(book, "../", title, &body, |xml| {
        open_page(xml, breaks, Division::Copyright);
        let attributes = [("epub:type", kind), ("aria-label", title)].into_iter().chain(role);
        let attributes: Vec<_> = attributes.collect();
        xml.element("section", &attributes, |xml| {
            xml.line();
            if let Some(cip) = &page.cip {
                xml.element("div", &[("class", "cip")], |xml| {
                    xml.line();
                    line(xml, "title", cip.title);
                    cip.parts.iter().for_each(|part| line(xml, "part", part));
                });
                xml.line();
            }
            if let Some(words) = page.internal {
                line(xml, "internal", words);
            }
            page.rights.iter().for_each(|words| line(xml, "rights", words));
            if let Some(licence) = &page.licence {
                self::licence(xml, book, licence);
            }
            let rows = page.record(extent);
            records(xml, rows.iter().map(|(label, says)| (*label, says.as_slice())));
        });
        xml.line();
    })
}

/// What the copyright page is: at the end of a book its colophon (EPUB structural semantics 1.1).
pub const fn kind(placement: Placement) -> &'static str {
    match placement {
        Placement::Verso => "copyright-page",
        Placement::End => "colophon",
    }
}

/// What the copyright page tells the package: the signs of its licence are a picture.
pub fn told(page: &CopyrightPage) -> Told {
    let badge = page.licence.as_ref().and_then(|licence| licence.badge);
    Told { pictures: badge.into_iter().collect::<BTreeSet<_>>(), ..Told::default() }
}

/// A paragraph of a class on a line of its own.
fn line(xml: &mut Xml, class: &str, words: &str) {
    xml.leaf("p", &[("class", class)], &prose(words));
    xml.line();
}

/// The signs of a licence, and in words which it is.
fn licence(xml: &mut Xml, book: &Book, licence: &Licence) {
    if let Some(badge) = licence.badge {
        let source = format!("../{}", place::picture(book, badge));
        xml.element("p", &[("class", "badge")], |xml| {
            xml.empty("img", &[("src", &source), ("alt", ""), ("role", "presentation")]);
        });
        xml.line();
    }
    xml.element("p", &[("class", "rights")], |xml| {
        xml.leaf("a", &[("href", &licence.url), ("rel", "license")], &licence.words);
    });
    xml.line();
}

/// Labels and what they say. Labels of hanzi are spread over their column.
fn records<'a>(xml: &mut Xml, rows: impl Iterator<Item = (&'a str, &'a [String])>) {
    xml.element("dl", &[("class", "records")], |xml| {
        xml.line();
        for (label, says) in rows.filter(|(_, says)| !says.is_empty()) {
            xml.leaf("dt", &[], label);
            says.iter().for_each(|words| xml.leaf("dd", &[], &prose(words)));
            xml.line();
        }
    });
    xml.line();
}

/// To whom the book is dedicated.
pub fn dedication(book: &Book, breaks: &Breaks) -> Vec<u8> {
    let title = book.metadata.rules.labels.dedication;
    let body = [("class", "dedication"), ("epub:type", "frontmatter")];
    document(book, "../", title, &body, |xml| {
        open_page(xml, breaks, Division::Dedication);
        let attributes =
            [("epub:type", "dedication"), ("role", "doc-dedication"), ("aria-label", title)];
        xml.element("section", &attributes, |xml| {
            xml.line();
            for words in book.dedication.lines().filter(|line| !line.trim().is_empty()) {
                xml.leaf("p", &[], &prose(words));
                xml.line();
            }
        });
        xml.line();
    })
}

/// Who made the book: roles and names.
pub fn credits(book: &Book, breaks: &Breaks) -> Vec<u8> {
    let rules = book.metadata.rules;
    let body = [("class", "credits"), ("epub:type", "backmatter")];
    document(book, "../", rules.labels.credits, &body, |xml| {
        open_page(xml, breaks, Division::Credits);
        let attributes = [("role", "doc-credits"), ("aria-labelledby", "credits")];
        xml.element("section", &attributes, |xml| {
            xml.line();
            xml.leaf("h1", &[("id", "credits")], rules.labels.credits);
            xml.line();
            let named = book.credits.iter().filter(|credit| !credit.names.is_empty());
            let rows: Vec<_> =
                named.map(|credit| (credit.role.as_str(), credit.rows(rules))).collect();
            records(xml, rows.iter().map(|(label, names)| (*label, names.as_slice())));
        });
        xml.line();
    })
}

/// Where the pictures come from; each label leads to its figure.
pub fn origins(book: &Book, places: &Places, breaks: &Breaks) -> Vec<u8> {
    let title = book.metadata.rules.labels.pictures.title;
    let body = [("class", "credits origins"), ("epub:type", "backmatter")];
    document(book, "../", title, &body, |xml| {
        open_page(xml, breaks, Division::Origins);
        xml.element("section", &[("aria-labelledby", "origins")], |xml| {
            xml.line();
            xml.leaf("h1", &[("id", "origins")], title);
            xml.line();
            xml.element("dl", &[], |xml| {
                xml.line();
                for origin in &book.origins {
                    xml.element("dt", &[], |xml| match origin.anchor {
                        Some(anchor) => {
                            let chapter = book.anchor(anchor).chapter;
                            let name = &book.anchor(anchor).name;
                            let target = format!("{}#{name}", places.file(chapter, anchor));
                            xml.leaf("a", &[("href", &target)], &origin.label);
                        }
                        None => xml.text(&origin.label),
                    });
                    xml.element("dd", &[], |xml| {
                        xml.text(&prose(&origin.words));
                        if let Some(url) = &origin.url {
                            xml.text(" ");
                            xml.leaf("a", &[("href", url)], url);
                        }
                    });
                    xml.line();
                }
            });
            xml.line();
        });
        xml.line();
    })
}
