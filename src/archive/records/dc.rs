//! Dublin Core (DCMI Metadata Terms, the fifteen elements of ISO 15836-1) in the container that
//! OAI-PMH 2.0 asks every repository for.

use super::{Work, bare, media_types};
use crate::archive::Held;
use crate::epub::Xml;

/// The record. Its elements know no attributes but a language.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    let namespaces = [
        ("xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let data = &work.book.metadata;
    xml.element("oai_dc:dc", &namespaces, |xml| {
        xml.leaf("dc:title", &[("xml:lang", &data.language)], &data.full_title());
        people(xml, work);
        for subject in &data.subjects {
            xml.leaf("dc:subject", &[], &subject.name);
            if let Some((authority, term)) = &subject.code {
                xml.leaf("dc:subject", &[], &format!("{authority} {term}"));
            }
        }
        said(xml, "dc:description", &data.description);
        said(xml, "dc:publisher", &data.publisher);
        said(xml, "dc:date", &data.date);
        xml.leaf("dc:type", &[], "Text");
        media_types(held).iter().for_each(|media| xml.leaf("dc:format", &[], media));
        if let Some(isbn) = &data.isbn {
            xml.leaf("dc:identifier", &[], &format!("urn:isbn:{}", isbn.digits));
        }
        if let Some((_, identifier)) = work.identifier() {
            xml.leaf("dc:identifier", &[], identifier);
        }
        said(xml, "dc:source", &data.source);
        sources(xml, work);
        xml.leaf("dc:language", &[], &data.language);
        if let Some(series) = &data.series {
            xml.leaf("dc:relation", &[], &series.name);
        }
        said(xml, "dc:rights", &data.rights);
        said(xml, "dc:rights", &data.licence);
    });
    xml.finish()
}

/// An element, where there is anything to say.
fn said(xml: &mut Xml, name: &str, text: &str) {
    if !text.is_empty() {
        xml.leaf(name, &[], text);
    }
}

/// Everybody once: who creates first.
fn people(xml: &mut Xml, work: Work<'_>) {
    let mut told: Vec<&str> = Vec::new();
    for (element, creates) in [("dc:creator", true), ("dc:contributor", false)] {
        let credits = work.book.credits.iter().filter(|credit| work.creates(credit) == creates);
        for name in credits.flat_map(|credit| &credit.names) {
            if !told.contains(&name.as_str()) {
                told.push(name);
                xml.leaf(element, &[], name);
            }
        }
    }
}

/// The pieces that the chapters digest, as they are cited.
fn sources(xml: &mut Xml, work: Work<'_>) {
    for piece in work.book.chapters.iter().filter_map(|chapter| chapter.source.as_ref()) {
        let parts = [piece.institution.as_str(), bare(&piece.title), &piece.date, &piece.url];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said(xml, "dc:source", &parts.join(". "));
    }
}
