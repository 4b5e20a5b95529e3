//! CSL-JSON, which Zotero and other programs write.

use std::collections::BTreeSet;

use hayagriva::types::EntryType;
use hayagriva::{Entry, io};
use serde_json::{Map, Value, json};

use super::guard::guarded;
use super::work::{Date, Host, Kind, Language, Medium, Name, Names, Work};
use super::work::{bare_doi, bare_pages};
use crate::diag::{Code, Diagnostic, SourceId, Span};
use crate::message;

/// An object of the file.
type Item = Map<String, Value>;

/// Reads a file; what cannot be read of it is a finding.
pub fn read(text: &str, source: SourceId, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let items: Vec<Item> = match serde_json::from_str(text) {
        Ok(items) => items,
        Err(error) => {
            let at = byte(text, error.line(), error.column());
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or(&said);
            let message = message!("this file cannot be read: {said}", said);
            let finding =
                Diagnostic::new(Code::BrokenBibliography, Span::new(source, at..at), message);
            findings.push(finding.hint("CSL-JSON is a list of objects: `[{ \"id\": … }, …]`"));
            return Vec::new();
        }
    };
    let mut works = Vec::new();
    let mut keys = BTreeSet::new();
    let mut from = 0;
    for item in &items {
        let key = said(item, &["id"]);
        let span = place(text, source, &key, &mut from);
        if key.is_empty() {
            let message = "an entry has no `id`";
            findings.push(Diagnostic::new(Code::BrokenBibliography, span, message));
        } else if keys.insert(key.clone()) {
            works.push(work(item, key, span));
        } else {
            findings.push(super::duplicate(&key, span));
        }
    }
    works
}

/// The byte at a line and a column, both from 1.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the key of an entry stands, looked for after the one before.
fn place(text: &str, source: SourceId, key: &str, from: &mut usize) -> Span {
    let quoted = Value::from(key).to_string();
    let found = text[*from..].match_indices(&quoted).map(|(at, _)| *from + at).find(|&at| {
        let before = text[..at].trim_end().trim_end_matches(':').trim_end();
        before.ends_with("\"id\"")
    });
    let start = found.unwrap_or(*from);
    let end = if found.is_some() { start + quoted.len() } else { start };
    *from = end;
    Span::new(source, start..end)
}

/// The first of the fields that says something; a number as its digits.
fn said(item: &Item, names: &[&str]) -> String {
    let texts = names.iter().filter_map(|name| match item.get(*name) {
        Some(Value::String(text)) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    });
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// An object as a work.
fn work(item: &Item, key: String, span: Span) -> Work {
    let said = |names: &[&str]| said(item, names);
    let url = said(&["URL"]);
    let doi = bare_doi(&said(&["DOI"]));
    let title = said(&["title"]);
    let kind = kind(&said(&["type"]), &url);
    let mut number = said(&["number"]);
    let mut issue = said(&["issue"]);
    match kind {
        Kind::Report | Kind::Standard | Kind::Patent => {}
        _ if issue.is_empty() => issue = std::mem::take(&mut number),
        _ => number.clear(),
    }
    let medium = Medium::of_code(&said(&["medium"]))
        .or_else(|| (!url.is_empty() || !doi.is_empty()).then_some(Medium::Online));
    let mut work = Work {
        entry: Entry::new(&key, EntryType::Misc),
        key,
        span,
        kind,
        host: host(item, kind),
        medium,
        language: Language::named(&said(&["language"])).unwrap_or_else(|| Language::of(&title)),
        authors: names(item, "author"),
        editors: names(item, "editor"),
        editor_role: String::new(),
        translators: names(item, "translator"),
        title,
        subtitle: String::new(),
        number,
        volume: said(&["volume"]),
        issue,
        edition: said(&["edition", "version"]),
        place: said(&["publisher-place", "event-place"]),
        publisher: said(&["publisher"]),
        meeting: said(&["event-title", "event"]),
        pages: bare_pages(&said(&["page", "article-number"])),
        date: date(item, "issued"),
        accessed: date(item, "accessed"),
        url,
        doi,
    };
    if let Some(entry) = guarded(|| entry(&work)).flatten() {
        work.entry = entry;
    }
    work
}

/// What a work is, by the types of CSL 1.0.2, appendix III.
fn kind(name: &str, url: &str) -> Kind {
    match name {
        "article-journal" | "article-magazine" | "periodical" | "review" | "review-book" => {
            Kind::Journal
        }
        "article-newspaper" => Kind::Newspaper,
        "article" => Kind::Preprint,
        "paper-conference" => Kind::Proceedings,
        "thesis" => Kind::Thesis,
        "report" => Kind::Report,
        "standard" => Kind::Standard,
        "patent" => Kind::Patent,
        "webpage" | "post" | "post-weblog" => Kind::Web,
        "dataset" => Kind::Dataset,
        "software" => Kind::Program,
        "map" => Kind::Map,
        "collection" => Kind::Archive,
        "book" | "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" | "classic" => {
            Kind::Book
        }
        _ if url.is_empty() => Kind::Other,
        _ => Kind::Web,
    }
}

/// What a work is a part of.
fn host(item: &Item, kind: Kind) -> Option<Host> {
    let title = said(item, &["container-title"]);
    match kind {
        Kind::Journal | Kind::Newspaper => Some(Host::Serial { title }),
        Kind::Proceedings => Some(Host::Volume { title, authors: names(item, "container-author") }),
        Kind::Book if !title.is_empty() => {
            Some(Host::Volume { title, authors: names(item, "container-author") })
        }
        _ => None,
    }
}

fn names(item: &Item, name: &str) -> Names {
    let rows = item.get(name).and_then(Value::as_array);
    let named = rows.into_iter().flatten().filter_map(|row| {
        let part = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        match part("literal") {
            "" => {
                let before = [part("dropping-particle"), part("non-dropping-particle")].join(" ");
                let name = Name::new(&before, part("family"), part("given"), part("suffix"));
                (name != Name::Whole(String::new())).then_some(name)
            }
            whole => Some(Name::Whole(whole.to_owned())),
        }
    });
    Names { names: named.collect(), ..Names::default() }
}

fn date(item: &Item, name: &str) -> Option<Date> {
    let date = item.get(name)?;
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    if let Some(parts) = parts {
        let part = |index: usize| match parts.get(index)? {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        let written: Vec<String> = (0..3).map_while(part).collect();
        return Date::read(&written.join("-"));
    }
    let text = date.get("raw").or_else(|| date.get("literal")).and_then(Value::as_str);
    Date::read(text.or_else(|| date.as_str())?)
}

/// A work as Hayagriva has it, for styles in CSL: written in Hayagriva's own format, which alone says
/// what a work is a part of.
fn entry(work: &Work) -> Option<Entry> {
    let mut whole = Map::new();
    let mut set = |name: &str, text: &str| {
        if !text.is_empty() {
            whole.insert(name.to_owned(), text.into());
        }
    };
    set("volume", &work.volume);
    set("issue", &work.issue);
    set("edition", &work.edition);
    if !work.publisher.is_empty() || !work.place.is_empty() {
        let publisher = json!({ "name": work.publisher, "location": work.place });
        whole.insert("publisher".to_owned(), publisher);
    }
    let (kind, host) = types(work);
    let mut entry = match &work.host {
        Some(Host::Serial { title } | Host::Volume { title, .. }) => {
            whole.insert("type".to_owned(), host.into());
            whole.insert("title".to_owned(), title.as_str().into());
            Map::from_iter([("parent".to_owned(), Value::Object(whole))])
        }
        None => whole,
    };
    let mut set = |name: &str, value: Value| {
        let is_empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            _ => false,
        };
        if !is_empty {
            entry.insert(name.to_owned(), value);
        }
    };
    set("type", kind.into());
    set("title", work.title.as_str().into());
    set("author", persons(&work.authors));
    set("editor", persons(&work.editors));
    set("page-range", work.pages.as_str().into());
    set("date", work.date.as_ref().map(written).unwrap_or_default().into());
    if !work.translators.names.is_empty() {
        let translators = persons(&work.translators);
        set("affiliated", json!([{ "role": "translator", "names": translators }]));
    }
    if !work.url.is_empty() {
        let accessed = work.accessed.as_ref().map(written).filter(|date| !date.is_empty());
        set(
            "url",
            match accessed {
                Some(date) => json!({ "value": work.url, "date": date }),
                None => work.url.as_str().into(),
            },
        );
    }
    let numbers = [("doi", &work.doi), ("serial", &work.number)];
    let numbers = numbers.into_iter().filter(|(_, number)| !number.is_empty());
    let numbers: Item = numbers.map(|(name, it)| (name.to_owned(), it.as_str().into())).collect();
    if !numbers.is_empty() {
        set("serial-number", Value::Object(numbers));
    }
    let file = json!({ work.key.as_str(): entry }).to_string();
    io::from_yaml_str(&file).ok()?.into_iter().next()
}

/// The type of a work, and that of what it is a part of.
fn types(work: &Work) -> (&'static str, &'static str) {
    match (work.kind, work.host.is_some()) {
        (Kind::Newspaper, true) => ("article", "newspaper"),
        (Kind::Journal, true) => ("article", "periodical"),
        (Kind::Proceedings, true) => ("article", "proceedings"),
        (_, true) => ("chapter", "book"),
        (Kind::Book, false) => ("book", ""),
        (Kind::Collection, false) => ("anthology", ""),
        (Kind::Proceedings, false) => ("proceedings", ""),
        (Kind::Newspaper, false) => ("newspaper", ""),
        (Kind::Journal, false) => ("periodical", ""),
        (Kind::Thesis, false) => ("thesis", ""),
        (Kind::Report, false) => ("report", ""),
        (Kind::Patent, false) => ("patent", ""),
        (Kind::Web, false) => ("web", ""),
        (Kind::Database | Kind::Dataset | Kind::Program, false) => ("repository", ""),
        (Kind::Preprint, false) => ("article", ""),
        (Kind::Archive, false) => ("manuscript", ""),
        (Kind::Standard | Kind::Map | Kind::Other, false) => ("misc", ""),
    }
}

fn persons(names: &Names) -> Value {
    let person = |name: &Name| match name {
        Name::Person { family, given, suffix } if suffix.is_empty() => {
            json!({ "name": family, "given-name": given })
        }
        Name::Person { family, given, suffix } => {
            json!({ "name": family, "given-name": given, "suffix": suffix })
        }
        Name::Whole(name) => json!({ "name": name }),
    };
    names.names.iter().map(person).collect()
}

/// A date as Hayagriva writes it; nothing where it is words.
fn written(date: &Date) -> String {
    match date {
        Date::Day { year, .. } if (0..=9999).contains(year) => {
            let day = date.day();
            if day.len() < 4 { format!("{year:04}") } else { day }
        }
        Date::Day { .. } | Date::Words(_) => String::new(),
    }
}
