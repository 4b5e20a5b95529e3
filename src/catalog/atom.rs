//! The feed of OPDS 1.2: an acquisition feed in Atom (RFC 4287).

use super::volume::{Cover, Item, Volume};
use super::{ATOM, Catalogue, PAGE};
use crate::epub::Xml;

/// What the feed is (OPDS 1.2, 2).
pub const TYPE: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
/// A file that all may have (OPDS 1.2, 5.2.1).
pub const OPEN_ACCESS: &str = "http://opds-spec.org/acquisition/open-access";
/// The cover, large and small (OPDS 1.2, 5.2.2).
pub const IMAGES: [&str; 2] =
    ["http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"];

const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns", "http://www.w3.org/2005/Atom"),
    ("xmlns:dc", "http://purl.org/dc/terms/"),
    ("xmlns:opds", "http://opds-spec.org/2010/catalog"),
    // Series have no place in OPDS 1; Thorium knows them by these names, and by no other of the kind.
    ("xmlns:schema", "http://schema.org"),
];

/// The feed.
pub fn feed(catalogue: &Catalogue) -> Vec<u8> {
    let mut xml = Xml::indented();
    let language = [("xml:lang", catalogue.rules.tag)];
    let attributes: Vec<(&str, &str)> = NAMESPACES.into_iter().chain(language).collect();
    xml.element("feed", &attributes, |xml| {
        xml.leaf("id", &[], &catalogue.identifier());
        xml.leaf("title", &[], &catalogue.title);
        xml.leaf("updated", &[], &catalogue.updated);
        // An Atom feed has an author where not all its entries have one (RFC 4287, 4.1.1).
        xml.element("author", &[], |xml| xml.leaf("name", &[], &catalogue.title));
        xml.empty("link", &[("rel", "self"), ("type", TYPE), ("href", ATOM)]);
        xml.empty("link", &[("rel", "start"), ("type", TYPE), ("href", ATOM)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", PAGE)]);
        for volume in catalogue.volumes() {
            xml.element("entry", &[("xml:lang", &volume.about.language)], |xml| {
                entry(xml, catalogue, volume);
            });
        }
    });
    xml.finish()
}

/// A book (OPDS 1.2, 5).
fn entry(xml: &mut Xml, catalogue: &Catalogue, volume: &Volume) {
    let about = &volume.about;
    xml.leaf("id", &[], &about.identifier);
    xml.leaf("title", &[], &volume.full_title());
    xml.leaf("updated", &[], &about.modified);
    for name in &about.authors {
        xml.element("author", &[], |xml| xml.leaf("name", &[], name));
    }
    for (name, _) in &about.contributors {
        xml.element("contributor", &[], |xml| xml.leaf("name", &[], name));
    }
    for (name, value) in [
        ("dc:identifier", &about.identifier),
        ("dc:language", &about.language),
        ("dc:publisher", &about.publisher),
        ("dc:issued", &about.date),
        ("rights", &about.rights),
        ("summary", &about.description),
    ] {
        if !value.is_empty() {
            xml.leaf(name, &[], value);
        }
    }
    for (name, code) in &about.subjects {
        match code {
            Some((scheme, term)) => {
                xml.empty("category", &[("scheme", scheme), ("term", term), ("label", name)]);
            }
            None => xml.empty("category", &[("term", name), ("label", name)]),
        }
    }
    if let Some((name, position)) = &about.series {
        let position = position.map(|position| position.to_string());
        let place = position.iter().map(|position| ("schema:position", position.as_str()));
        let attributes: Vec<(&str, &str)> =
            std::iter::once(("schema:name", &**name)).chain(place).collect();
        xml.empty("schema:Series", &attributes);
    }
    for (rel, cover) in IMAGES.into_iter().zip(volume.cover.iter().flatten()) {
        image(xml, rel, cover);
    }
    for file in &volume.files {
        acquisition(xml, catalogue, file);
    }
}

fn image(xml: &mut Xml, rel: &str, cover: &Cover) {
    xml.empty("link", &[("rel", rel), ("type", cover.media_type), ("href", &cover.address)]);
}

fn acquisition(xml: &mut Xml, catalogue: &Catalogue, file: &Item) {
    let attributes = [
        ("rel", OPEN_ACCESS),
        ("type", file.kind.media_type()),
        ("title", catalogue.output(file)),
        ("length", &file.bytes.to_string()),
        ("href", &file.address()),
    ];
    xml.empty("link", &attributes);
}
