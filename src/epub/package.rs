//! `content.opf`, the package document (EPUB 3.3, 5): what the book is, which files it has, in
//! which order they are read.

use std::collections::BTreeSet;

use super::place::{self, Page};
use super::xml::Xml;
use crate::book::{Book, PictureId};
use crate::manifest::{Credit, Metadata, Series, Subject};

/// What the pages told while they were written.
pub struct Findings {
    /// The pictures that they show.
    pub pictures: BTreeSet<PictureId>,
    /// Whether every one of them is described in words.
    pub described: bool,
}

/// The package document.
pub fn write(book: &Book, pages: &[Page], findings: &Findings) -> Vec<u8> {
    let mut xml = Xml::indented();
    let attributes = [
        ("xmlns", "http://www.idpf.org/2007/opf"),
        ("version", "3.0"),
        ("unique-identifier", "identifier"),
        ("xml:lang", book.metadata.language.as_str()),
    ];
    xml.element("package", &attributes, |xml| {
        let namespace = [("xmlns:dc", "http://purl.org/dc/elements/1.1/")];
        xml.element("metadata", &namespace, |xml| {
            description(xml, &book.metadata);
            people(xml, &book.credits);
            accessibility(xml, book, findings);
            // Kobo and Kindle find the cover by this line of EPUB 2.
            xml.empty("meta", &[("name", "cover"), ("content", "cover-image")]);
        });
        xml.element("manifest", &[], |xml| manifest(xml, book, pages, findings));
        xml.element("spine", &[("toc", "ncx")], |xml| {
            for page in pages {
                xml.empty("itemref", &[("idref", &page.name)]);
            }
        });
    });
    xml.finish()
}

/// Identifier, titles, language, publisher, dates, description, rights (EPUB 3.3, 5.5).
fn description(xml: &mut Xml, metadata: &Metadata) {
    xml.leaf("dc:identifier", &[("id", "identifier")], &metadata.identifier);
    isbn(xml, metadata);
    let titles =
        [("main-title", &metadata.title, "main"), ("subtitle", &metadata.subtitle, "subtitle")];
    for (place, (id, title, kind)) in titles.into_iter().enumerate() {
        if !title.is_empty() {
            xml.leaf("dc:title", &[("id", id)], title);
            refine(xml, id, "title-type", kind);
            refine(xml, id, "display-seq", &(place + 1).to_string());
        }
    }
    xml.leaf("dc:language", &[], &metadata.language);
    for (name, value) in [
        ("dc:publisher", &metadata.publisher),
        ("dc:date", &metadata.date),
        ("dc:description", &metadata.description),
        ("dc:source", &metadata.source),
        ("dc:rights", &metadata.rights),
    ] {
        if !value.is_empty() {
            xml.leaf(name, &[], value);
        }
    }
    if !metadata.licence.is_empty() {
        property(xml, "dcterms:license", &metadata.licence);
    }
    subjects(xml, &metadata.subjects);
    series(xml, metadata.series.as_ref());
    property(xml, "dcterms:modified", &metadata.modified);
}

/// The ISBN beside the book's own identifier (ONIX code list 5: 15 is an ISBN of 13 digits).
fn isbn(xml: &mut Xml, metadata: &Metadata) {
    let urn = format!("urn:isbn:{}", metadata.isbn);
    if !metadata.isbn.is_empty() && urn != metadata.identifier {
        xml.leaf("dc:identifier", &[("id", "isbn")], &urn);
        coded(xml, "isbn", ("identifier-type", "onix:codelist5"), "15");
    }
}

/// Subjects, with the code that a system of subjects has for them (EPUB 3.3, 5.5.4.5).
fn subjects(xml: &mut Xml, subjects: &[Subject]) {
    for (place, subject) in subjects.iter().enumerate() {
        let id = format!("subject{}", place + 1);
        xml.leaf("dc:subject", &[("id", &id)], &subject.name);
        if let Some((authority, term)) = &subject.code {
            refine(xml, &id, "authority", authority);
            refine(xml, &id, "term", term);
        }
    }
}

/// The series (EPUB 3.3, D.3.2 to D.3.4).
fn series(xml: &mut Xml, series: Option<&Series>) {
    let Some(Series { name, position }) = series else { return };
    xml.leaf("meta", &[("property", "belongs-to-collection"), ("id", "series")], name);
    refine(xml, "series", "collection-type", "series");
    if let Some(position) = position {
        refine(xml, "series", "group-position", &position.to_string());
    }
}

/// Everybody by name with a MARC relator: those of the first credit, and authors, as creators; all
/// others as contributors.
fn people(xml: &mut Xml, credits: &[Credit]) {
    let is_creator = |place: usize, credit: &Credit| place == 0 || credit.relator == "aut";
    for (element, wanted) in [("dc:creator", true), ("dc:contributor", false)] {
        let credits = credits.iter().enumerate();
        let chosen = credits.filter(|(place, credit)| is_creator(*place, credit) == wanted);
        let people = chosen
            .flat_map(|(_, credit)| (0..credit.names.len()).map(move |place| (credit, place)));
        for (count, (credit, place)) in people.enumerate() {
            let id = format!("{}{}", element.trim_start_matches("dc:"), count + 1);
            xml.leaf(element, &[("id", &id)], &credit.names[place]);
            coded(xml, &id, ("role", "marc:relators"), credit.relator);
            if let Some(sort) = credit.sort.get(place) {
                refine(xml, &id, "file-as", sort);
            }
        }
    }
}

/// What is true of this book for readers who cannot see it (EPUB Accessibility 1.1, 2).
fn accessibility(xml: &mut Xml, book: &Book, findings: &Findings) {
    let pictures = !findings.pictures.is_empty();
    let sufficient = if findings.described { "textual" } else { "textual,visual" };
    property(xml, "schema:accessMode", "textual");
    if pictures {
        property(xml, "schema:accessMode", "visual");
    }
    property(xml, "schema:accessModeSufficient", sufficient);
    for feature in ["displayTransformability", "readingOrder", "structuralNavigation"] {
        property(xml, "schema:accessibilityFeature", feature);
    }
    property(xml, "schema:accessibilityFeature", "tableOfContents");
    if pictures && findings.described {
        property(xml, "schema:accessibilityFeature", "alternativeText");
    }
    property(xml, "schema:accessibilityHazard", "none");
    let labels = &book.metadata.rules.labels;
    let described = if pictures && findings.described { labels.access_pictures } else { "" };
    let summary = format!("{}{described}", labels.access_text);
    property(xml, "schema:accessibilitySummary", &summary);
}

/// A statement about the book.
fn property(xml: &mut Xml, name: &str, value: &str) {
    xml.leaf("meta", &[("property", name)], value);
}

/// A statement about an element of the metadata, by a code of a list.
fn coded(xml: &mut Xml, id: &str, (name, scheme): (&str, &str), code: &str) {
    let refines = format!("#{id}");
    let attributes = [("refines", refines.as_str()), ("property", name), ("scheme", scheme)];
    xml.leaf("meta", &attributes, code);
}

/// A statement about an element of the metadata.
fn refine(xml: &mut Xml, id: &str, name: &str, value: &str) {
    xml.leaf("meta", &[("refines", &format!("#{id}")), ("property", name)], value);
}

/// Every file but the package document itself (EPUB 3.3, 5.6).
fn manifest(xml: &mut Xml, book: &Book, pages: &[Page], findings: &Findings) {
    let xhtml = "application/xhtml+xml";
    let mut item = |id: &str, path: &str, media: &str, properties: &str| {
        let mut attributes = vec![("id", id), ("href", path), ("media-type", media)];
        if !properties.is_empty() {
            attributes.push(("properties", properties));
        }
        xml.empty("item", &attributes);
    };
    item("nav", "nav.xhtml", xhtml, "nav");
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    item("css", "stylesheet.css", "text/css", "");
    for page in pages {
        item(&page.name, &page.path(), xhtml, "");
    }
    let cover = book.cover.raster.media_type();
    item("cover-image", &place::cover(book), cover, "cover-image");
    for &id in &findings.pictures {
        let media = book.picture(id).kind.media_type();
        item(&format!("p{:03}", id.0 + 1), &place::picture(book, id), media, "");
    }
}
