//! The records of metadata that go into a package's `data/metadata`: the book as catalogues describe
//! it, its files as an archive looks after them, and what ties all together.
//!
//! | file | what it is |
//! |---|---|
//! | `dc.xml` | Dublin Core in the form of OAI-PMH 2.0 (oai_dc) |
//! | `mods.xml` | MODS 3.4 |
//! | `marc21.xml` | MARC 21 for bibliographic data, as MARCXML 1.1 |
//! | `onix31.xml` | ONIX for Books 3.1, reference names |
//! | `premis.xml` | PREMIS 3.0 |
//! | `mets.xml` | METS 1.12 |
//!
//! No clock is asked: their dates are those that the book has.

mod dc;
mod language;
mod marc;
mod mets;
mod mods;
mod onix;
mod premis;

use crate::archive::{Held, Role};
use crate::book::Book;
use crate::manifest::{Credit, Imprint};

/// Where the records lie in the package.
const FOLDER: &str = "data/metadata/";
/// The maker of the files.
const PROGRAM: &str = "banxin";
/// Its version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The names of the records.
pub const NAMES: [&str; 6] =
    ["dc.xml", "mods.xml", "marc21.xml", "onix31.xml", "premis.xml", "mets.xml"];

/// What is described.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// The book.
    pub book: &'a Book,
    /// What its copyright page says.
    pub imprint: Option<&'a Imprint>,
    /// How many pages it has in print; none where it has not been printed.
    pub pages: Option<usize>,
}

/// Every record, by the name of its file, for a package that also holds the files `held`.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<(&'static str, Vec<u8>)> {
    let mut records = vec![
        ("dc.xml", dc::write(work, held)),
        ("mods.xml", mods::write(work, held)),
        ("marc21.xml", marc::write(work, held)),
        ("onix31.xml", onix::write(work, held)),
    ];
    let mut all = held.to_vec();
    all.extend(records.iter().map(of_record));
    records.push(("premis.xml", premis::write(work, &all)));
    all.extend(records.last().map(of_record));
    records.push(("mets.xml", mets::write(work, &all)));
    records
}

/// A record as a file of the package.
fn of_record((name, bytes): &(&str, Vec<u8>)) -> Held {
    Held::new(format!("{FOLDER}{name}"), Role::Metadata, bytes)
}

impl<'a> Work<'a> {
    /// Whether a credit names creators: authors and compilers, and where there is no author, those of
    /// the first credit, as in the EPUB. All others contribute.
    fn creates(&self, credit: &Credit) -> bool {
        let credits = &self.book.credits;
        let first = credits.first().is_some_and(|first| first == credit);
        let authored = credits.iter().any(|credit| credit.relator == "aut");
        matches!(credit.relator, "aut" | "com" | "cre") || (first && !authored)
    }

    /// Who is responsible, as title pages say it: a part for each credit.
    fn responsibility(&self) -> String {
        let rules = self.book.metadata.rules;
        let said =
            self.book.credits.iter().filter(|credit| credit.is_responsible()).map(|credit| {
                let names = credit.names.join(", ");
                match rules.script {
                    "latn" => format!("{names}, {}", credit.role),
                    _ => format!("{names}{}", credit.role),
                }
            });
        said.collect::<Vec<_>>().join(" ; ")
    }

    /// The year of publication.
    fn year(&self) -> &'a str {
        self.book.metadata.date.get(..4).unwrap_or_default()
    }

    /// Which edition it is, in words; none for a book that does not say.
    fn edition(&self) -> Option<String> {
        let rules = self.book.metadata.rules;
        let number = self.imprint?.edition.to_string();
        let words = rules.labels.imprint.edition_of;
        let month = rules.month(self.book.metadata.date.get(..7)?);
        let said = words.replace("{number}", &number).replace("{month}", &month);
        Some(said)
    }

    /// The identifier, where it is not just the ISBN, and which system it is from.
    fn identifier(&self) -> Option<(&'static str, &'a str)> {
        let identifier = self.book.metadata.identifier.as_str();
        let lower = identifier.to_ascii_lowercase();
        match lower.split_once(':') {
            Some(("urn", rest)) if rest.starts_with("isbn:") => None,
            Some(("urn", _)) => Some(("urn", identifier)),
            Some(("doi", _)) => Some(("doi", identifier)),
            Some(_) => Some(("uri", identifier)),
            None => Some(("local", identifier)),
        }
    }

    /// What there is of it: a resource online, and how many pages it has in print.
    fn extent(&self) -> String {
        let (one, counted) = extent(self.book.metadata.rules.tag);
        let pages = self.pages.map(|pages| counted.replace("{}", &pages.to_string()));
        one.to_owned() + &pages.unwrap_or_default()
    }

    /// The publisher and where it is; empty where nothing is said.
    fn published(&self) -> (&'a str, &'a str) {
        let place = self.imprint.map_or("", |imprint| imprint.place.as_str());
        (place, &self.book.metadata.publisher)
    }
}

/// The media types of the files that are read, kept or printed, each once.
fn media_types(held: &[Held]) -> Vec<&'static str> {
    let mut types = Vec::new();
    for file in held {
        let kept = match file.role {
            Role::Access | Role::Preservation | Role::Print => true,
            Role::Source | Role::Licence | Role::Report | Role::Metadata | Role::Start => false,
        };
        if kept && !types.contains(&file.format.media_type) {
            types.push(file.format.media_type);
        }
    }
    types
}

/// A title as cited, without the marks that Chinese sets around it.
fn bare(title: &str) -> &str {
    let inner = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    inner.filter(|inner| !inner.contains(['《', '》'])).unwrap_or(title)
}

/// One resource online, and its pages, in the language of cataloguing.
fn extent(tag: &str) -> (&'static str, &'static str) {
    match tag.split('-').next() {
        Some("zh") if tag == "zh-Hant" => ("1 線上資源", " ({}面)"),
        Some("zh") => ("1 在线资源", " ({}页)"),
        Some("ja") => ("オンラインリソース 1件", " ({}ページ)"),
        Some("ko") => ("온라인자료 1건", " ({}쪽)"),
        Some(_) | None => ("1 online resource", " ({} pages)"),
    }
}
