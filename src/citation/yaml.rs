//! Hayagriva's own format.

use std::collections::BTreeMap;

use hayagriva::types::{EntryType, MaybeTyped, Person, PersonRole, SerialNumber};
use hayagriva::{Entry, io};

use super::guard::guarded;
use super::work::{Date, Host, Kind, Language, Medium, Name, Names, Work};
use super::work::{bare_doi, bare_pages};
use crate::diag::{Code, Diagnostic, SourceId, Span};
use crate::message;

/// Reads a file; what cannot be read of it is a finding.
pub fn read(text: &str, source: SourceId, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let places = places(text, source, findings);
    if depth(text) > DEEPEST {
        findings.push(tangled(source));
        return Vec::new();
    }
    match guarded(|| io::from_yaml_str(text)) {
        Some(Ok(library)) => {
            let start = Span::new(source, 0..0);
            let span = |entry: &Entry| places.get(entry.key()).copied().unwrap_or(start);
            library.iter().map(|entry| work(entry, span(entry))).collect()
        }
        Some(Err(error)) => {
            let at = error.location().map_or(0, |location| location.index()).min(text.len());
            let said = error.to_string();
            let said = [" at line ", ", expected one of "]
                .iter()
                .fold(&*said, |said, end| said.split(end).next().unwrap_or(said));
            // Keys that come twice were told above.
            if !said.starts_with("duplicate key") {
                let message = message!("this file cannot be read: {said}", said);
                let span = Span::new(source, at..at);
                findings.push(Diagnostic::new(Code::BrokenBibliography, span, message));
            }
            Vec::new()
        }
        None => {
            findings.push(tangled(source));
            Vec::new()
        }
    }
}

fn tangled(source: SourceId) -> Diagnostic {
    let message = "this file is too tangled to be read";
    Diagnostic::new(Code::BrokenBibliography, Span::new(source, 0..0), message)
}

/// The most brackets in each other: with many, the reader takes as long as their square.
const DEEPEST: usize = 64;

/// How many brackets stand in each other at most, counted anew with each entry.
fn depth(text: &str) -> usize {
    let (mut deepest, mut depth) = (0_usize, 0_usize);
    let mut begins_line = true;
    for c in text.chars() {
        if begins_line && c.is_alphanumeric() {
            depth = 0;
        }
        begins_line = c == '\n';
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Where each key stands at the start of a line. A key that comes twice is reported: the reader would
/// keep the last entry alone.
fn places(text: &str, source: SourceId, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, Span> {
    let mut places = BTreeMap::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split_once(':').map(|(key, _)| key.trim_end());
        let is_key = |key: &&str| !key.is_empty() && !key.starts_with([' ', '\t', '#', '-']);
        if let Some(key) = key.filter(is_key) {
            let span = Span::new(source, start..start + key.len());
            let bare = key.trim_matches(['"', '\'']);
            if places.contains_key(bare) {
                findings.push(super::duplicate(bare, span));
            } else {
                places.insert(bare.to_owned(), span);
            }
        }
        start += line.len();
    }
    places
}

/// An entry as a work.
fn work(entry: &Entry, span: Span) -> Work {
    let parent = entry.parents().first();
    let host = parent.and_then(host);
    let held = host.is_some();
    // What the whole is said to be counts for its part.
    let find = |get: &dyn Fn(&Entry) -> Option<String>| {
        get(entry).or_else(|| parent.filter(|_| held).and_then(get)).unwrap_or_default()
    };
    let serial = |name: &str| {
        let numbers: Option<&SerialNumber> = entry.serial_number();
        numbers.and_then(|numbers| numbers.0.get(name)).cloned().unwrap_or_default()
    };
    let title = entry.title().map(ToString::to_string).unwrap_or_default();
    let language = entry.language().and_then(|tag| Language::named(&tag.to_string()));
    let url = find(&|entry| entry.url().map(|url| url.value.to_string()));
    let doi = bare_doi(&serial("doi"));
    let is_online = !url.is_empty() || !doi.is_empty();
    let host_editors = parent.filter(|_| held).and_then(Entry::editors);
    Work {
        key: entry.key().to_owned(),
        span,
        kind: kind(entry, parent),
        medium: is_online.then_some(Medium::Online),
        language: language.unwrap_or_else(|| Language::of(&title)),
        authors: names(entry.authors()),
        editors: names(entry.editors().or(host_editors)),
        editor_role: String::new(),
        translators: roles(entry, &PersonRole::Translator),
        title,
        subtitle: String::new(),
        number: serial("serial"),
        volume: find(&|entry| entry.volume().map(written)),
        issue: find(&|entry| entry.issue().map(written)),
        edition: find(&|entry| entry.edition().map(written)),
        place: find(&|entry| {
            let publisher = entry.publisher().and_then(|publisher| publisher.location());
            publisher.or_else(|| entry.location()).map(ToString::to_string)
        }),
        publisher: find(&|entry| {
            let publisher = entry.publisher().and_then(|publisher| publisher.name());
            publisher.or_else(|| entry.organization()).map(ToString::to_string)
        }),
        meeting: String::new(),
        pages: bare_pages(&entry.page_range().map(ToString::to_string).unwrap_or_default()),
        date: entry.date_any().map(date),
        accessed: entry.url_any().and_then(|url| url.visit_date.as_ref()).map(date),
        url,
        doi,
        host,
        entry: entry.clone(),
    }
}

/// What a work is; `genre` may say it by its code or name, for there is no type for all.
fn kind(entry: &Entry, parent: Option<&Entry>) -> Kind {
    let genre = entry.genre().map(ToString::to_string).unwrap_or_default();
    match genre.to_lowercase().as_str() {
        "standard" | "标准" => return Kind::Standard,
        "software" | "computer program" | "计算机程序" => return Kind::Program,
        "dataset" | "数据集" => return Kind::Dataset,
        "preprint" | "预印本" => return Kind::Preprint,
        "map" | "地图" => return Kind::Map,
        _ => {}
    }
    if let Some(kind) = Kind::of_code(&genre) {
        return kind;
    }
    match (entry.entry_type(), parent.map(Entry::entry_type)) {
        (EntryType::Newspaper, _) | (_, Some(EntryType::Newspaper)) => Kind::Newspaper,
        (_, Some(EntryType::Proceedings | EntryType::Conference)) => Kind::Proceedings,
        (EntryType::Article | EntryType::Periodical, _) => Kind::Journal,
        (EntryType::Proceedings | EntryType::Conference, _) => Kind::Proceedings,
        (EntryType::Thesis, _) => Kind::Thesis,
        (EntryType::Report, _) => Kind::Report,
        (EntryType::Patent, _) => Kind::Patent,
        (EntryType::Anthology, _) => Kind::Collection,
        (EntryType::Repository, _) => Kind::Program,
        (EntryType::Web | EntryType::Post | EntryType::Blog | EntryType::Thread, _) => Kind::Web,
        (EntryType::Misc | EntryType::Manuscript, _) if entry.url().is_some() => Kind::Web,
        (EntryType::Misc | EntryType::Manuscript, _) => Kind::Other,
        // The list of types may grow.
        _ => Kind::Book,
    }
}

/// A parent as what a work is a part of; a series is none.
fn host(parent: &Entry) -> Option<Host> {
    let title = parent.title().map(ToString::to_string).unwrap_or_default();
    match parent.entry_type() {
        EntryType::Periodical | EntryType::Newspaper | EntryType::Blog => {
            Some(Host::Serial { title })
        }
        EntryType::Book
        | EntryType::Anthology
        | EntryType::Proceedings
        | EntryType::Conference
        | EntryType::Reference => Some(Host::Volume { title, authors: names(parent.authors()) }),
        _ => None,
    }
}

/// Names of persons.
fn names(persons: Option<&[Person]>) -> Names {
    let names = persons.unwrap_or_default().iter().map(name).collect();
    Names { names, ..Names::default() }
}

/// Those who had a role.
fn roles(entry: &Entry, role: &PersonRole) -> Names {
    let rows = entry.affiliated().unwrap_or_default().iter();
    let named = rows.filter(|row| row.role == *role).flat_map(|row| &row.names);
    Names { names: named.map(name).collect(), ..Names::default() }
}

fn name(person: &Person) -> Name {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    Name::new(&text(&person.prefix), &person.name, &text(&person.given_name), &text(&person.suffix))
}

/// A number as it was written.
fn written<T: ToString>(number: &MaybeTyped<T>) -> String {
    match number {
        MaybeTyped::Typed(number) => number.to_string(),
        MaybeTyped::String(text) => text.clone(),
    }
}

fn date(date: &hayagriva::types::Date) -> Date {
    if date.approximate {
        return Date::Words(format!("[{}]", date.year));
    }
    let (month, day) = (date.month.map(|month| month + 1), date.day.map(|day| day + 1));
    Date::Day { year: date.year, month, day }
}
