//! `content.opf`, the package document (EPUB 3.3, 5): what the book is, which files it has, in
//! which order they are read.

use std::collections::BTreeSet;

use super::fonts;
use super::place::{self, Page};
use super::xhtml::Fact;
use super::xml::Xml;
use crate::book::{Book, PictureId};
use crate::manifest::{Alternate, Credit, Metadata, Series, Subject, Writing};

/// What the pages told while they were written.
pub struct Findings {
    /// The pictures that they show.
    pub pictures: BTreeSet<PictureId>,
    /// What matters to those who do not see them.
    pub facts: BTreeSet<Fact>,
    /// The pages of the printed book: their numbers, and where they begin.
    pub breaks: Vec<(String, String)>,
    /// The paths of the fonts that go along.
    pub fonts: Vec<String>,
}

impl Findings {
    /// What keeps the book from WCAG 2.2 at level AA (1.1.1, 1.3.1).
    pub fn barrier(&self) -> Option<&'static str> {
        let barriers = [
            (Fact::Undescribed, "a picture is not described in words"),
            (Fact::Headless, "a table has no head"),
        ];
        barriers.into_iter().find(|(fact, _)| self.facts.contains(fact)).map(|(_, what)| what)
    }
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
    let Some(isbn) = &metadata.isbn else { return };
    let urn = format!("urn:isbn:{}", isbn.digits);
    if metadata.identifier.to_ascii_lowercase().replace('-', "") != urn {
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

/// A name in another script (EPUB 3.3, D.3.1).
fn alternate_script(xml: &mut Xml, id: &str, alternate: &Alternate) {
    let refines = format!("#{id}");
    let attributes = [
        ("refines", refines.as_str()),
        ("property", "alternate-script"),
        ("xml:lang", &alternate.language),
    ];
    xml.leaf("meta", &attributes, &alternate.name);
}

/// The series (EPUB 3.3, D.3.2 to D.3.4).
fn series(xml: &mut Xml, series: Option<&Series>) {
    let Some(Series { name, position, issn }) = series else { return };
    xml.leaf("meta", &[("property", "belongs-to-collection"), ("id", "series")], name);
    refine(xml, "series", "collection-type", "series");
    if let Some(position) = position {
        refine(xml, "series", "group-position", &position.to_string());
    }
    if !issn.is_empty() {
        refine(xml, "series", "dcterms:identifier", &format!("urn:issn:{issn}"));
    }
}

/// The MARC relator that is left out: where somebody has it beside `dc:publisher`, foliate-js 1.0.1
/// does not open the book.
const PUBLISHER: &str = "pbl";
/// The MARC relator of those who wrote the book.
const AUTHOR: &str = "aut";

/// Somebody in the metadata.
struct Person<'a> {
    name: &'a str,
    /// What the name is sorted by.
    sort: Option<&'a str>,
    /// The MARC relator; none where no role is said.
    role: Option<&'static str>,
    /// The name in other scripts.
    alternates: Vec<&'a Alternate>,
}

/// The names of a credit, with its relator.
fn named(credit: &Credit) -> impl Iterator<Item = Person<'_>> {
    let role = (credit.relator != PUBLISHER).then_some(credit.relator);
    credit.names.iter().enumerate().map(move |(place, name)| {
        let sort = credit.sort.get(place).map(String::as_str);
        let alternates = credit.alternates.iter().filter(|other| other.of == place).collect();
        Person { name, sort, role, alternates }
    })
}

/// Everybody by name: authors and those of the first credit as creators, all others as contributors.
///
/// Calibre shows creators that are authors or have no role, and else says that nobody is known. Where
/// a book has no author, those of the first credit are therefore creators without a role, and have
/// the one that they do have as contributors.
fn people(xml: &mut Xml, credits: &[Credit]) {
    let has_author = credits.iter().any(|credit| credit.relator == AUTHOR);
    let (mut creators, mut contributors) = (Vec::new(), Vec::new());
    for (place, credit) in credits.iter().enumerate() {
        if credit.relator == AUTHOR || (place == 0 && has_author) {
            creators.extend(named(credit));
            continue;
        }
        if place == 0 {
            creators.extend(named(credit).map(|person| Person { role: None, ..person }));
        }
        contributors.extend(named(credit));
    }
    for (element, people) in [("dc:creator", creators), ("dc:contributor", contributors)] {
        for (count, person) in people.into_iter().enumerate() {
            let id = format!("{}{}", element.trim_start_matches("dc:"), count + 1);
            xml.leaf(element, &[("id", &id)], person.name);
            if let Some(role) = person.role {
                coded(xml, &id, ("role", "marc:relators"), role);
            }
            if let Some(sort) = person.sort {
                refine(xml, &id, "file-as", sort);
            }
            for alternate in person.alternates {
                alternate_script(xml, &id, alternate);
            }
        }
    }
}

/// What is true of this book for readers who cannot see it (EPUB Accessibility 1.1, 2; the words are
/// those of the Schema.org Accessibility Properties for Discoverability Vocabulary). Nothing moves,
/// flashes or sounds in it.
fn accessibility(xml: &mut Xml, book: &Book, findings: &Findings) {
    let pictures = !findings.pictures.is_empty();
    let described = !findings.facts.contains(&Fact::Undescribed);
    property(xml, "schema:accessMode", "textual");
    if pictures {
        property(xml, "schema:accessMode", "visual");
    }
    let sufficient = if described { "textual" } else { "textual,visual" };
    property(xml, "schema:accessModeSufficient", sufficient);
    let (paged, ruby) = (!findings.breaks.is_empty(), findings.facts.contains(&Fact::Ruby));
    for (feature, holds) in [
        ("displayTransformability", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("tableOfContents", true),
        ("alternativeText", pictures && described),
        ("pageBreakMarkers", paged),
        ("pageNavigation", paged),
        ("rubyAnnotations", ruby),
    ] {
        if holds {
            property(xml, "schema:accessibilityFeature", feature);
        }
    }
    property(xml, "schema:accessibilityHazard", "none");
    let access = &book.metadata.rules.labels.access;
    let sentences = [
        (access.text, true),
        (access.notes, findings.facts.contains(&Fact::Notes)),
        (access.described, pictures && described),
        (access.undescribed, pictures && !described),
        (access.pages, paged),
        (access.ruby, ruby),
    ];
    let said: Vec<&str> =
        sentences.iter().filter(|(_, holds)| *holds).map(|(sentence, _)| *sentence).collect();
    property(xml, "schema:accessibilitySummary", &said.join(access.between));
    if paged {
        property(xml, "pageBreakSource", &printed(book));
    }
    conformance(xml, book, findings);
}

/// The printed book, whose pages are told (EPUB Accessibility 1.1, 3.3: a description where it has no
/// number of its own).
fn printed(book: &Book) -> String {
    let Metadata { title, publisher, date, .. } = &book.metadata;
    let year = date.get(..4).unwrap_or_default();
    let said = [title.as_str(), publisher, year, book.trim.name];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// The standard that the book keeps, where somebody vouches for it and nothing speaks against it
/// (EPUB Accessibility 1.1, 4.1 and 4.2).
fn conformance(xml: &mut Xml, book: &Book, findings: &Findings) {
    let vouched = &book.epub.certified_by;
    if let (Some(vouched), None) = (vouched, findings.barrier()) {
        let standard = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
        property(xml, "dcterms:conformsTo", standard);
        property(xml, "a11y:certifiedBy", &vouched.value);
    }
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
    for (place, path) in findings.fonts.iter().enumerate() {
        item(&format!("font{:02}", place + 1), path, fonts::MEDIA_TYPE, "");
    }
    for &id in &findings.pictures {
        let media = book.picture(id).kind.media_type();
        item(&format!("p{:03}", id.0 + 1), &place::picture(book, id), media, "");
    }
}
