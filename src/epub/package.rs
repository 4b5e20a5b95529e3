//! `content.opf`, the package document (EPUB 3.3, 5): what the book is, which files it has, in
//! which order they are read.

use std::collections::BTreeSet;

use super::fonts;
use super::place::{self, Page};
use super::xml::Xml;
use crate::book::{Book, PictureId};
use crate::manifest::{Credit, Metadata, Writing};

/// What the pages told while they were written.
pub struct Findings {
    /// The pictures that they show.
    pub pictures: BTreeSet<PictureId>,
    /// Whether every one of them is described in words.
    pub described: bool,
    /// The paths of the fonts that go along.
    pub fonts: Vec<String>,
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
        xml.element("spine", &spine(book), |xml| {
            for page in pages {
                xml.empty("itemref", &[("idref", &page.name)]);
            }
        });
    });
    xml.finish()
}

/// What the spine says: where the NCX is, and on which side the next page lies (EPUB 3.3, 5.7.1).
fn spine(book: &Book) -> Vec<(&'static str, &'static str)> {
    let ncx = ("toc", "ncx");
    match book.epub.writing {
        Writing::Horizontal => vec![ncx],
        Writing::Vertical => vec![ncx, ("page-progression-direction", "rtl")],
    }
}

/// Identifier, titles, language, publisher, dates, description, rights (EPUB 3.3, 5.5).
fn description(xml: &mut Xml, metadata: &Metadata) {
    xml.leaf("dc:identifier", &[("id", "identifier")], &metadata.identifier);
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
        ("dc:rights", &metadata.rights),
    ] {
        if !value.is_empty() {
            xml.leaf(name, &[], value);
        }
    }
    property(xml, "dcterms:modified", &metadata.modified);
}

/// Everybody by name with a MARC relator: those of the first credit, and authors, as creators; all
/// others as contributors.
fn people(xml: &mut Xml, credits: &[Credit]) {
    let is_creator = |place: usize, credit: &Credit| place == 0 || credit.relator == "aut";
    for (element, wanted) in [("dc:creator", true), ("dc:contributor", false)] {
        let credits = credits.iter().enumerate();
        let chosen = credits.filter(|(place, credit)| is_creator(*place, credit) == wanted);
        let people = chosen
            .flat_map(|(_, credit)| credit.names.iter().map(move |name| (name, credit.relator)));
        for (place, (name, relator)) in people.enumerate() {
            let id = format!("{}{}", element.trim_start_matches("dc:"), place + 1);
            xml.leaf(element, &[("id", &id)], name);
            let refines = format!("#{id}");
            let attributes =
                [("refines", refines.as_str()), ("property", "role"), ("scheme", "marc:relators")];
            xml.leaf("meta", &attributes, relator);
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
    for (place, path) in findings.fonts.iter().enumerate() {
        item(&format!("font{:02}", place + 1), path, fonts::MEDIA_TYPE, "");
    }
    for &id in &findings.pictures {
        let media = book.picture(id).kind.media_type();
        item(&format!("p{:03}", id.0 + 1), &place::picture(book, id), media, "");
    }
}
