//! MARC 21 Format for Bibliographic Data (Library of Congress, update 37), as MARCXML 1.1: data of
//! the publisher, without the punctuation of ISBD between subfields.

use std::collections::BTreeSet;

use super::{Work, bare, language, media_types};
use crate::archive::Held;
use crate::book::Book;
use crate::epub::Xml;
use crate::manifest::{Alternate, Credit, Kind, PieceSource, Subject};

/// A record under construction.
struct Marc<'a> {
    xml: &'a mut Xml,
    work: Work<'a>,
    /// The fields that say the same in another script (880), written last.
    linked: Vec<Linked>,
}

/// A field 880: the indicators of the field that it belongs to, and its subfields.
struct Linked {
    indicators: &'static str,
    subfields: Vec<(char, String)>,
}

/// The record.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    xml.element("record", &[("xmlns", "http://www.loc.gov/MARC21/slim")], |xml| {
        let mut marc = Marc { xml, work, linked: Vec::new() };
        marc.control();
        marc.numbers();
        marc.entries();
        marc.description(held);
        marc.notes();
        marc.subjects();
        marc.added();
        marc.sources();
        marc.alternates();
    });
    xml.finish()
}

/// The leader: a new record of a book's text in Unicode, briefer than full (encoding level 3), its
/// punctuation omitted (18: `c`). A file of XML has no lengths to tell.
const LEADER: &str = "00000nam a22000003c 4500";

impl Marc<'_> {
    /// A field of data; subfields that say nothing are left out, and so is a field without any.
    fn field(&mut self, tag: &str, indicators: &str, subfields: &[(char, &str)]) {
        let told: Vec<_> = subfields.iter().filter(|(_, text)| !text.is_empty()).collect();
        if told.is_empty() {
            return;
        }
        let (first, second) = indicators.split_at(1);
        let attributes = [("tag", tag), ("ind1", first), ("ind2", second)];
        self.xml.element("datafield", &attributes, |xml| {
            for (code, text) in told {
                xml.leaf("subfield", &[("code", code.encode_utf8(&mut [0; 4]))], text);
            }
        });
    }

    /// Leader and fields of control (00X).
    fn control(&mut self) {
        let data = &self.work.book.metadata;
        let digits: String = data.modified.chars().filter(char::is_ascii_digit).collect();
        self.xml.leaf("leader", &[], LEADER);
        let mut control = |tag, text: &str| self.xml.leaf("controlfield", &[("tag", tag)], text);
        control("001", &data.identifier);
        control("005", &format!("{digits}.0"));
        // An electronic resource, read from afar; what its pictures and sounds are is not said.
        control("007", "cr |||||||||||");
        let general = general(self.work, digits.get(2..8).unwrap_or("||||||"));
        control("008", &general);
    }

    /// Numbers and codes (01X to 09X).
    fn numbers(&mut self) {
        let data = &self.work.book.metadata;
        if let Some(isbn) = &data.isbn {
            self.field("020", "  ", &[('a', &isbn.digits)]);
        }
        if let Some((kind, identifier)) = self.work.identifier() {
            match kind {
                "local" => self.field("024", "8 ", &[('a', identifier)]),
                _ => self.field("024", "7 ", &[('a', identifier), ('2', kind)]),
            }
        }
        let own = language::code(&data.language).unwrap_or_default();
        // No code of a cataloguing agency: none made the record.
        self.field("040", "  ", &[('b', own)]);
        let pieces = self.work.book.chapters.iter().filter_map(|chapter| chapter.source.as_ref());
        let mut originals: Vec<&str> = Vec::new();
        for code in pieces.filter_map(|piece| language::code(&piece.language)) {
            if code != own && !originals.contains(&code) {
                originals.push(code);
            }
        }
        if !originals.is_empty() {
            let codes: Vec<_> = originals.into_iter().map(|code| ('h', code)).collect();
            self.field("041", "1 ", &[&[('a', own)], codes.as_slice()].concat());
        }
        for subject in &data.subjects {
            if let Some((authority, term)) = &subject.code {
                self.class(authority, term);
            }
        }
    }

    /// The code of a class (05X to 08X).
    fn class(&mut self, authority: &str, term: &str) {
        match authority {
            "LCC" => self.field("050", " 4", &[('a', term)]),
            "UDC" => self.field("080", "  ", &[('a', term)]),
            "DDC" => self.field("082", "04", &[('a', term), ('2', "23")]),
            "CLC" => self.field("084", "  ", &[('a', term), ('2', "clc")]),
            "NDC" => self.field("084", "  ", &[('a', term), ('2', "njb")]),
            "BISAC" => self.field("072", " 7", &[('a', term), ('2', "bisacsh")]),
            "Thema" => self.field("072", " 7", &[('a', term), ('2', "thema")]),
            _ => {}
        }
    }

    /// Main entry and title (1XX, 24X, 25X). Only a person who creates is a main entry: a body that
    /// compiles is not (RDA 19.2.1.1.1), and translators never are.
    fn entries(&mut self) {
        let (data, main) = (&self.work.book.metadata, main_entry(self.work));
        if let Some(credit) = main {
            self.person(credit, 0, "100");
        }
        let indicators = if main.is_some() { "10" } else { "00" };
        let responsibility = self.work.responsibility();
        let title = [('a', data.title.as_str()), ('b', &data.subtitle), ('c', &responsibility)];
        self.field("245", indicators, &title);
        let edition = self.work.edition().unwrap_or_default();
        self.field("250", "  ", &[('a', &edition)]);
    }

    /// Publication, extent, carrier, series (26X to 49X); the terms are RDA's.
    fn description(&mut self, held: &[Held]) {
        let (work, data) = (self.work, &self.work.book.metadata);
        let (place, publisher) = work.published();
        let year = work.year();
        self.field("264", " 1", &[('a', place), ('b', publisher), ('c', year)]);
        self.field("300", "  ", &[('a', &work.extent())]);
        self.field("336", "  ", &[('a', "text"), ('b', "txt"), ('2', "rdacontent")]);
        self.field("337", "  ", &[('a', "computer"), ('b', "c"), ('2', "rdamedia")]);
        self.field("338", "  ", &[('a', "online resource"), ('b', "cr"), ('2', "rdacarrier")]);
        for media in media_types(held) {
            self.field("347", "  ", &[('a', "text file"), ('b', media)]);
        }
        if let Some(series) = &data.series {
            let position = series.position.map(|position| position.to_string());
            let position = position.unwrap_or_default();
            let said = [('a', series.name.as_str()), ('x', &series.issn), ('v', &position)];
            self.field("490", "0 ", &said);
        }
    }

    /// Notes (5XX): contents, summary, what the book was made from, rights.
    fn notes(&mut self) {
        let (book, data) = (self.work.book, &self.work.book.metadata);
        let titles: Vec<&str> =
            book.chapters.iter().map(|chapter| chapter.plain_title.as_str()).collect();
        self.field("505", "0 ", &[('a', &titles.join(" -- "))]);
        self.field("520", "  ", &[('a', &data.description)]);
        if !data.source.is_empty() {
            self.field("534", "  ", &[('p', "Source:"), ('t', &data.source)]);
        }
        self.field("540", "  ", &[('a', &data.rights), ('u', &data.licence)]);
    }

    /// Subjects in words (6XX); those of a classification have their code in 05X to 08X.
    fn subjects(&mut self) {
        for Subject { name, code } in &self.work.book.metadata.subjects {
            let authority = code.as_ref().map_or("", |(authority, _)| authority.as_str());
            match authority {
                "LCSH" => self.field("650", " 0", &[('a', name)]),
                "AAT" => self.field("650", " 7", &[('a', name), ('2', "aat")]),
                _ => self.field("653", "  ", &[('a', name)]),
            }
        }
    }

    /// All others by name (70X to 71X).
    fn added(&mut self) {
        let main = main_entry(self.work);
        for credit in &self.work.book.credits {
            let is_main = main.is_some_and(|main| std::ptr::eq(main, credit));
            for place in usize::from(is_main)..credit.names.len() {
                match credit.kind {
                    Kind::Person => self.person(credit, place, "700"),
                    Kind::Organisation => self.body(credit, place),
                }
            }
        }
    }

    /// A person: surname first, as Chinese names and sorted ones are (first indicator 1).
    fn person(&mut self, credit: &Credit, place: usize, tag: &'static str) {
        let name = &credit.names[place];
        let sorted = credit.sort.get(place).filter(|sort| !sort.is_empty()).unwrap_or(name);
        let straight = sorted.is_ascii() && !sorted.contains(',');
        let indicators = if straight { "0 " } else { "1 " };
        self.name(tag, indicators, sorted, (credit, place));
    }

    /// A body, by its name as it stands (first indicator 2).
    fn body(&mut self, credit: &Credit, place: usize) {
        self.name("710", "2 ", &credit.names[place], (credit, place));
    }

    /// A name with its part in the book, and its links to other scripts.
    fn name(
        &mut self,
        tag: &'static str,
        indicators: &'static str,
        name: &str,
        (credit, place): (&Credit, usize),
    ) {
        let others: Vec<&Alternate> =
            credit.alternates.iter().filter(|other| other.of == place).collect();
        let first = self.linked.len() + 1;
        let link = if others.is_empty() { String::new() } else { format!("880-{first:02}") };
        let parts = [('6', link.as_str()), ('a', name), ('e', &credit.role), ('4', credit.relator)];
        self.field(tag, indicators, &parts);
        for (count, other) in others.into_iter().enumerate() {
            // The field names one of them; 00 is said by those that it does not name.
            let occurrence = if count == 0 { first } else { 0 };
            let link = format!("{tag}-{occurrence:02}");
            let subfields =
                vec![('6', link), ('a', other.name.clone()), ('4', credit.relator.to_owned())];
            self.linked.push(Linked { indicators, subfields });
        }
    }

    /// The pieces that the chapters digest (787), and where the book itself stands (856).
    fn sources(&mut self) {
        let pieces = self.work.book.chapters.iter().filter_map(|chapter| chapter.source.as_ref());
        for PieceSource { institution, title, date, url, note, language: _ } in pieces {
            self.field(
                "787",
                "08",
                &[
                    ('i', "Digest of (work):"),
                    ('a', institution),
                    ('t', bare(title)),
                    ('d', date),
                    ('n', note),
                    ('o', url),
                ],
            );
        }
        if let Some(("uri", address)) = self.work.identifier() {
            self.field("856", "40", &[('u', address)]);
        }
    }

    /// Names in other scripts (880).
    fn alternates(&mut self) {
        for Linked { indicators, subfields } in std::mem::take(&mut self.linked) {
            let subfields: Vec<_> =
                subfields.iter().map(|(code, text)| (*code, text.as_str())).collect();
            self.field("880", indicators, &subfields);
        }
    }
}

/// Who is the main entry: the first credit of a person who wrote or compiled.
fn main_entry(work: Work<'_>) -> Option<&Credit> {
    let creates = |credit: &&Credit| matches!(credit.relator, "aut" | "com" | "cre");
    work.book.credits.iter().find(creates).filter(|credit| credit.kind == Kind::Person)
}

/// The forty characters of 008 for books: dates, place, what the book has, language. What is not
/// known is `|`.
fn general(work: Work<'_>, entered: &str) -> String {
    let year = if work.year().len() == 4 { work.year() } else { "uuuu" };
    let pictures = if is_illustrated(work.book) { "a   " } else { "    " };
    let language = language::code(&work.book.metadata.language).unwrap_or("und");
    // 15-17 no place; 22 audience, 24-27 contents, 28 government, 29 conference, 30 festschrift,
    // 31 index, 33 literary form, 34 biography: not told; 23 online; 39 not by a national agency.
    format!("{entered}s{year}    xx {pictures}|o|||||||| ||{language} d")
}

/// Whether the book has pictures beside those of its covers and its licence.
fn is_illustrated(book: &Book) -> bool {
    let badge = book.copyright.as_ref().and_then(|page| page.licence.as_ref()?.badge);
    let around = [Some(book.cover.picture), book.cover.back, badge];
    let around: BTreeSet<u32> = around.into_iter().flatten().map(|id| id.0).collect();
    book.pictures.len() > around.len()
}
