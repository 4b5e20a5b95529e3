//! MODS 3.4 (Metadata Object Description Schema, Library of Congress): top-level elements in the
//! order of its user guidelines.

use super::{PROGRAM, VERSION, Work, bare, language, media_types};
use crate::archive::Held;
use crate::epub::Xml;
use crate::manifest::{Credit, Kind, PieceSource, Series, Subject};

/// The record.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    let attributes = [("xmlns", "http://www.loc.gov/mods/v3"), ("version", "3.4")];
    let data = &work.book.metadata;
    xml.element("mods", &attributes, |xml| {
        title(xml, &data.title, &data.subtitle);
        let mut group = 0;
        for credit in &work.book.credits {
            people(xml, work, credit, &mut group);
        }
        xml.leaf("typeOfResource", &[], "text");
        origin(xml, work);
        text_language(xml, &data.language);
        physical(xml, work, held);
        said(xml, "abstract", &data.description);
        contents(xml, work);
        note(xml, "statement of responsibility", &work.responsibility());
        data.subjects.iter().for_each(|subject| about(xml, subject));
        data.series.iter().for_each(|series| series_of(xml, series));
        related(xml, work);
        identifiers(xml, work);
        said(xml, "accessCondition", &data.rights);
        if !data.licence.is_empty() {
            let kind = [("type", "use and reproduction"), ("xlink:href", data.licence.as_str())];
            let space = ("xmlns:xlink", "http://www.w3.org/1999/xlink");
            xml.leaf("accessCondition", &[kind[0], kind[1], space], &data.licence);
        }
        record(xml, work);
    });
    xml.finish()
}

/// An element, where there is anything to say.
fn said(xml: &mut Xml, name: &str, text: &str) {
    if !text.is_empty() {
        xml.leaf(name, &[], text);
    }
}

/// A note of a kind.
fn note(xml: &mut Xml, kind: &str, text: &str) {
    if !text.is_empty() {
        xml.leaf("note", &[("type", kind)], text);
    }
}

/// `titleInfo`.
fn title(xml: &mut Xml, title: &str, subtitle: &str) {
    xml.element("titleInfo", &[], |xml| {
        xml.leaf("title", &[], title);
        said(xml, "subTitle", subtitle);
    });
}

/// `name`, once for each script that a name is given in; names of one person share a group.
fn people(xml: &mut Xml, work: Work<'_>, credit: &Credit, group: &mut u32) {
    let kind = match credit.kind {
        Kind::Person => "personal",
        Kind::Organisation => "corporate",
    };
    for (place, name) in credit.names.iter().enumerate() {
        let others: Vec<_> = credit.alternates.iter().filter(|other| other.of == place).collect();
        let mut attributes = vec![("type", kind)];
        let number = (*group + 1).to_string();
        if !others.is_empty() {
            *group += 1;
            attributes.push(("altRepGroup", number.as_str()));
        }
        let written = credit.sort.get(place).filter(|sort| !sort.is_empty()).unwrap_or(name);
        one_name(xml, &attributes, (written, name), credit, work.creates(credit));
        for other in others {
            let mut attributes = attributes.clone();
            attributes.push(("xml:lang", &other.language));
            one_name(xml, &attributes, (&other.name, name), credit, work.creates(credit));
        }
    }
}

/// A name as sorted, as printed where that differs, and the part that it had.
fn one_name(
    xml: &mut Xml,
    attributes: &[(&str, &str)],
    (sorted, printed): (&str, &str),
    credit: &Credit,
    creates: bool,
) {
    xml.element("name", attributes, |xml| {
        xml.leaf("namePart", &[], sorted);
        if sorted != printed && !attributes.iter().any(|(key, _)| *key == "xml:lang") {
            xml.leaf("displayForm", &[], printed);
        }
        xml.element("role", &[], |xml| {
            let by = |kind| [("type", kind), ("authority", "marcrelator")];
            xml.leaf("roleTerm", &by("code"), credit.relator);
            xml.leaf("roleTerm", &[("type", "text")], &credit.role);
        });
        if creates {
            xml.element("role", &[], |xml| {
                let code = [("type", "code"), ("authority", "marcrelator")];
                xml.leaf("roleTerm", &code, "cre");
            });
        }
    });
}

/// `originInfo`: place, publisher, date, edition.
fn origin(xml: &mut Xml, work: Work<'_>) {
    let (place, publisher) = work.published();
    xml.element("originInfo", &[], |xml| {
        if !place.is_empty() {
            xml.element("place", &[], |xml| xml.leaf("placeTerm", &[("type", "text")], place));
        }
        said(xml, "publisher", publisher);
        let date = &work.book.metadata.date;
        let coded = [("encoding", "w3cdtf"), ("keyDate", "yes")];
        xml.leaf("dateIssued", &coded, date);
        said(xml, "edition", &work.edition().unwrap_or_default());
        xml.leaf("issuance", &[], "monographic");
    });
}

/// `language` with its script.
fn text_language(xml: &mut Xml, tag: &str) {
    let Some(code) = language::code(tag) else { return };
    xml.element("language", &[], |xml| {
        let by = |authority| [("type", "code"), ("authority", authority)];
        xml.leaf("languageTerm", &by("iso639-2b"), code);
        if let Some(script) = language::script(tag) {
            xml.leaf("scriptTerm", &by("iso15924"), script);
        }
    });
}

/// `physicalDescription`.
fn physical(xml: &mut Xml, work: Work<'_>, held: &[Held]) {
    xml.element("physicalDescription", &[], |xml| {
        xml.leaf("form", &[("authority", "marcform")], "electronic");
        media_types(held).iter().for_each(|media| xml.leaf("internetMediaType", &[], media));
        xml.leaf("extent", &[], &work.extent());
        xml.leaf("digitalOrigin", &[], "born digital");
    });
}

/// `tableOfContents`, with the dashes of the guidelines.
fn contents(xml: &mut Xml, work: Work<'_>) {
    let titles: Vec<&str> =
        work.book.chapters.iter().map(|chapter| chapter.plain_title.as_str()).collect();
    said(xml, "tableOfContents", &titles.join(" -- "));
}

/// `subject`, and `classification` for the code of a system of classes.
fn about(xml: &mut Xml, subject: &Subject) {
    let topic = |xml: &mut Xml| xml.leaf("topic", &[], &subject.name);
    let Some((authority, term)) = &subject.code else {
        return xml.element("subject", &[], topic);
    };
    let lower = authority.to_ascii_lowercase();
    match authority.as_str() {
        "CLC" | "DDC" | "LCC" | "NDC" | "UDC" => {
            xml.element("subject", &[], topic);
            xml.leaf("classification", &[("authority", &lower)], term);
        }
        address if address.contains("://") => {
            xml.element("subject", &[("authorityURI", address), ("valueURI", term)], topic);
        }
        _ => xml.element("subject", &[("authority", &lower)], topic),
    }
}

/// `relatedItem` for the series.
fn series_of(xml: &mut Xml, series: &Series) {
    xml.element("relatedItem", &[("type", "series")], |xml| {
        xml.element("titleInfo", &[], |xml| {
            xml.leaf("title", &[], &series.name);
            if let Some(position) = series.position {
                xml.leaf("partNumber", &[], &position.to_string());
            }
        });
        if !series.issn.is_empty() {
            xml.leaf("identifier", &[("type", "issn")], &series.issn);
        }
    });
}

/// `relatedItem` for what the book was made from: as a whole, and piece by piece.
fn related(xml: &mut Xml, work: Work<'_>) {
    let source = &work.book.metadata.source;
    if !source.is_empty() {
        xml.element("relatedItem", &[("type", "original")], |xml| title(xml, source, ""));
    }
    for chapter in &work.book.chapters {
        if let Some(piece) = &chapter.source {
            original(xml, piece, &chapter.plain_title);
        }
    }
}

/// The piece that a chapter digests.
fn original(xml: &mut Xml, piece: &PieceSource, chapter: &str) {
    xml.element("relatedItem", &[("type", "original")], |xml| {
        if !piece.title.is_empty() {
            title(xml, bare(&piece.title), "");
        }
        if !piece.institution.is_empty() {
            xml.element("name", &[("type", "corporate")], |xml| {
                xml.leaf("namePart", &[], &piece.institution);
            });
        }
        if !piece.date.is_empty() {
            xml.element("originInfo", &[], |xml| xml.leaf("dateIssued", &[], &piece.date));
        }
        text_language(xml, &piece.language);
        if !piece.url.is_empty() {
            xml.element("location", &[], |xml| xml.leaf("url", &[], &piece.url));
        }
        said(xml, "note", &piece.note);
        note(xml, "digested as", chapter);
    });
}

/// `identifier`.
fn identifiers(xml: &mut Xml, work: Work<'_>) {
    if let Some(isbn) = &work.book.metadata.isbn {
        xml.leaf("identifier", &[("type", "isbn")], &isbn.digits);
    }
    if let Some((kind, identifier)) = work.identifier() {
        xml.leaf("identifier", &[("type", kind)], identifier);
    }
}

/// `recordInfo`: when and by what the record was made.
fn record(xml: &mut Xml, work: Work<'_>) {
    let data = &work.book.metadata;
    xml.element("recordInfo", &[], |xml| {
        xml.leaf("recordCreationDate", &[("encoding", "w3cdtf")], &data.modified);
        xml.leaf("recordIdentifier", &[], &data.identifier);
        xml.leaf("recordOrigin", &[], &format!("{PROGRAM} {VERSION}"));
    });
}
