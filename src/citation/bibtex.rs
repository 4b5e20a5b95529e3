//! BibTeX and BibLaTeX.
//!
//! The fields are read as the packages for GB/T 7714 read them, which know more kinds of works than
//! BibLaTeX does: `@standard`, `@newspaper`, `@archive`, and a field `mark` for the code of the kind.

use std::collections::BTreeMap;

use biblatex::{
    Bibliography, ChunksExt, Entry, EntryType, ParseError, ParseErrorKind, Person, RawBibliography,
    RawChunk, Token,
};

use super::guard::guarded;
use super::work::{Date, Host, Kind, Language, Medium, Name, Names, Others, Work};
use super::work::{bare_doi, bare_pages};
use crate::diag::{Code, Diagnostic, Message, SourceId, Span};
use crate::message;

/// How deep entries may take fields from entries, and abbreviations stand in abbreviations.
const DEEPEST: usize = 4;
/// The most entries that one takes fields from.
const MOST_PARENTS: usize = 8;
/// The most bytes of an abbreviation written out.
const LONGEST: usize = 64 * 1024;

/// Reads a file; what cannot be read of it is a finding.
pub fn read(text: &str, source: SourceId, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let mut raw = match RawBibliography::parse(text) {
        Ok(raw) => raw,
        Err(error) => {
            findings.push(syntax(&error, text, source));
            return Vec::new();
        }
    };
    let knots = knots(&raw);
    if !knots.is_empty() {
        findings.extend(knots.into_iter().map(|at| {
            let message = "this is made of itself, or of too many others";
            Diagnostic::new(Code::BrokenBibliography, Span::new(source, at), message)
                .hint("write the words out")
        }));
        return Vec::new();
    }
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    raw.entries.retain_mut(|entry| {
        let span = Span::new(source, entry.v.key.span.clone());
        // The reader stops at other names of an entry that are not well formed.
        entry.v.fields.retain(|field| !field.key.v.eq_ignore_ascii_case("ids"));
        let is_first = !places.contains_key(entry.v.key.v);
        if is_first {
            places.insert(entry.v.key.v.to_owned(), span);
        } else {
            findings.push(super::duplicate(entry.v.key.v, span));
        }
        is_first
    });
    match guarded(|| Bibliography::from_raw(raw)) {
        Some(Ok(read)) => {
            let wanted = read.iter().filter(|entry| entry.entry_type != EntryType::XData);
            let works = wanted.filter_map(|entry| {
                let span = *places.get(&entry.key)?;
                let work = guarded(|| work(entry, span));
                if work.is_none() {
                    let message = message!("the entry `{key}` cannot be read", key = entry.key);
                    findings.push(Diagnostic::new(Code::BrokenBibliography, span, message));
                }
                work
            });
            works.collect()
        }
        Some(Err(error)) => {
            findings.push(syntax(&error, text, source));
            Vec::new()
        }
        None => {
            let message = "this file is too tangled to be read";
            let start = Span::new(source, 0..0);
            findings.push(Diagnostic::new(Code::BrokenBibliography, start, message));
            Vec::new()
        }
    }
}

/// What is wrong with the text.
fn syntax(error: &ParseError, text: &str, source: SourceId) -> Diagnostic {
    let mut start = error.span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let span = Span::new(source, start..error.span.end.clamp(start, text.len()));
    let message = match &error.kind {
        ParseErrorKind::UnexpectedEof => "the file ends inside an entry".into(),
        ParseErrorKind::Unexpected(token) => {
            message!("{sign} does not belong here", sign = Message::from(sign(*token)))
        }
        ParseErrorKind::Expected(token) => {
            message!("{sign} is missing here", sign = Message::from(sign(*token)))
        }
        ParseErrorKind::UnknownAbbreviation(name) => message!("`{name}` stands for nothing", name),
        ParseErrorKind::MalformedCommand => "this is no TeX command".into(),
        ParseErrorKind::DuplicateKey(key) => message!("a second entry has the key `{key}`", key),
        ParseErrorKind::ResolutionError(_) => "what this refers to cannot be read".into(),
        other => message!("{said}", said = other),
    };
    let finding = Diagnostic::new(Code::BrokenBibliography, span, message);
    match &error.kind {
        ParseErrorKind::UnknownAbbreviation(_) => {
            finding.hint("put words into braces: `{…}`; braces must come in pairs")
        }
        _ => finding.hint("an entry is `@book{key, title = {…}, author = {…}}`"),
    }
}

/// What a sign is called.
const fn sign(token: Token) -> &'static str {
    match token {
        Token::Identifier => "a name",
        Token::OpeningBrace => "`{`",
        Token::ClosingBrace => "`}`",
        Token::Comma => "`,`",
        Token::QuotationMark => "`\"`",
        Token::Equals => "`=`",
        Token::DecimalPoint => "`.`",
    }
}

/// Where something is made of itself: abbreviations of each other, entries that take their fields
/// from each other. The reader would follow them without end.
fn knots(raw: &RawBibliography<'_>) -> Vec<std::ops::Range<usize>> {
    let mut knots = Vec::new();
    let words: BTreeMap<&str, _> =
        raw.abbreviations.iter().map(|pair| (pair.key.v, &pair.value.v)).collect();
    for pair in &raw.abbreviations {
        if weigh(&pair.value.v, &words, 0).is_none_or(|weight| weight > LONGEST) {
            knots.push(pair.key.span.clone());
        }
    }
    let parents: BTreeMap<&str, Vec<&str>> = raw
        .entries
        .iter()
        .map(|entry| {
            let fields = entry.v.fields.iter().filter(|field| {
                ["crossref", "xdata"].iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
            });
            let named = fields.flat_map(|field| &field.value.v).flat_map(|chunk| match chunk.v {
                RawChunk::Normal(names) | RawChunk::Abbreviation(names) => names.split(','),
            });
            (entry.v.key.v, named.map(|name| name.trim_matches(['{', '}', ' '])).collect())
        })
        .collect();
    for entry in &raw.entries {
        if !is_shallow(entry.v.key.v, &parents, 0) {
            knots.push(entry.v.key.span.clone());
        }
    }
    knots
}

/// The bytes of a value written out; none where it goes too deep.
fn weigh<'r>(
    value: &'r biblatex::Field<'r>,
    words: &BTreeMap<&str, &'r biblatex::Field<'r>>,
    depth: usize,
) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    value.iter().try_fold(0_usize, |sum, chunk| {
        let weight = match chunk.v {
            RawChunk::Normal(text) => text.len(),
            RawChunk::Abbreviation(name) => match words.get(name) {
                Some(value) => weigh(value, words, depth + 1)?,
                None => 0,
            },
        };
        (sum <= LONGEST).then(|| sum + weight)
    })
}

/// Whether the entries that an entry takes fields from end soon.
fn is_shallow(key: &str, parents: &BTreeMap<&str, Vec<&str>>, depth: usize) -> bool {
    let Some(own) = parents.get(key) else { return true };
    depth <= DEEPEST
        && own.len() <= MOST_PARENTS
        && own.iter().all(|parent| is_shallow(parent, parents, depth + 1))
}

/// An entry as a work.
fn work(entry: &Entry, span: Span) -> Work {
    let field = |names: &[&str]| field(entry, names);
    let names = |name: &str| names(entry, name);
    let kind_name = match &entry.entry_type {
        EntryType::Unknown(name) => name.to_ascii_lowercase(),
        known => known.to_string(),
    };
    let url = field(&["url"]);
    let doi = bare_doi(&field(&["doi"]));
    let is_newspaper = matches!(field(&["entrysubtype"]).as_str(), "newspaper" | "news");
    let kind = Kind::of_code(&field(&["mark", "usera"])).unwrap_or_else(|| {
        let is_preprint = !field(&["eprint", "archiveprefix", "eprinttype"]).is_empty();
        match kind_name.as_str() {
            "article" | "newspaper" if is_newspaper || kind_name == "newspaper" => Kind::Newspaper,
            "article" | "periodical" | "suppperiodical" => Kind::Journal,
            "collection" | "mvcollection" | "suppcollection" => Kind::Collection,
            "proceedings" | "mvproceedings" | "inproceedings" | "conference" => Kind::Proceedings,
            "thesis" | "phdthesis" | "mastersthesis" => Kind::Thesis,
            "report" | "techreport" => Kind::Report,
            "standard" => Kind::Standard,
            "patent" => Kind::Patent,
            "online" | "www" | "electronic" | "webpage" => Kind::Web,
            "dataset" => Kind::Dataset,
            "database" => Kind::Database,
            "software" => Kind::Program,
            "archive" => Kind::Archive,
            "map" => Kind::Map,
            "preprint" => Kind::Preprint,
            "misc" | "unpublished" if is_preprint => Kind::Preprint,
            "misc" if !url.is_empty() => Kind::Web,
            "misc" | "unpublished" | "set" => Kind::Other,
            _ => Kind::Book,
        }
    });
    let host = host(entry, &kind_name, kind);
    let title = field(&["title"]);
    let language = [field(&["langid", "language"])]
        .iter()
        .find_map(|name| Language::named(name))
        .unwrap_or_else(|| Language::of(&title));
    let holder = names("holder");
    let authors = names("author");
    let authors = if authors.names.is_empty() { holder } else { authors };
    let medium = Medium::of_code(&field(&["medium"]))
        .or_else(|| (!url.is_empty() || !doi.is_empty()).then_some(Medium::Online));
    let editor_role = field(&["editortype"]);
    let (mut volume, mut issue) = (field(&["volume"]), field(&["issue", "number"]));
    let number = match kind {
        Kind::Report | Kind::Standard | Kind::Patent => std::mem::take(&mut issue),
        _ => String::new(),
    };
    if matches!(host, Some(Host::Volume { .. })) && volume.is_empty() {
        volume = field(&["part"]);
    }
    Work {
        key: entry.key.clone(),
        span,
        kind,
        host,
        medium,
        language,
        authors,
        editors: names("editor"),
        // BibLaTeX has words of its own for the parts that editors have; others are printed.
        editor_role: if editor_role.is_ascii() { String::new() } else { editor_role },
        translators: names("translator"),
        title,
        subtitle: field(&["subtitle"]),
        number,
        volume,
        issue,
        edition: field(&["edition", "version"]),
        place: field(&["location", "address"]),
        publisher: field(&["publisher", "institution", "school", "organization"]),
        meeting: field(&["eventtitle"]),
        pages: bare_pages(&field(&["pages", "eid"])),
        date: date(entry),
        accessed: Date::read(&field(&["urldate"])),
        url,
        doi,
        // A style in CSL makes nothing of a year in words; its entry is then the title alone.
        entry: hayagriva::Entry::try_from(entry).unwrap_or_else(|_| {
            let mut bare = hayagriva::Entry::new(&entry.key, hayagriva::types::EntryType::Misc);
            bare.set_title(field(&["title"]).into());
            bare
        }),
    }
}

/// What the entry is a part of.
fn host(entry: &Entry, kind_name: &str, kind: Kind) -> Option<Host> {
    let serial = field(entry, &["journaltitle", "journal"]);
    let volume = field(entry, &["booktitle"]);
    match kind_name {
        "article" | "newspaper" => Some(Host::Serial { title: serial }),
        _ if !serial.is_empty() && matches!(kind, Kind::Journal | Kind::Newspaper) => {
            Some(Host::Serial { title: serial })
        }
        "inbook" | "incollection" | "inproceedings" | "conference" | "inreference"
        | "bookinbook" | "suppbook" | "suppcollection"
            if !volume.is_empty() || kind_name.starts_with("inproc") =>
        {
            let title = joined(&volume, &field(entry, &["booksubtitle"]));
            Some(Host::Volume { title, authors: names(entry, "bookauthor") })
        }
        _ if !volume.is_empty() => {
            Some(Host::Volume { title: volume, authors: names(entry, "bookauthor") })
        }
        _ => None,
    }
}

/// A title and what follows it, which the writer of a style parts again by its own colon.
fn joined(title: &str, subtitle: &str) -> String {
    if subtitle.is_empty() { title.to_owned() } else { format!("{title}: {subtitle}") }
}

/// The first of the fields that says something.
fn field(entry: &Entry, names: &[&str]) -> String {
    let said = names.iter().filter_map(|name| entry.get(name));
    let said = said.map(|chunks| chunks.format_verbatim());
    let said = said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Names; `and others` is said of them.
fn names(entry: &Entry, name: &str) -> Names {
    let Ok(persons) = entry.get_as::<Vec<Person>>(name) else { return Names::default() };
    let mut names = Names::default();
    for person in persons {
        if person.name == "others" && person.given_name.is_empty() {
            names.others = Others::Some;
        } else if !person.name.is_empty() {
            let Person { prefix, name, given_name, suffix, .. } = &person;
            names.names.push(Name::new(prefix, name, given_name, suffix));
        }
    }
    names
}

/// The date: `date`, or `year` with `month` and `day`.
fn date(entry: &Entry) -> Option<Date> {
    let whole = field(entry, &["date"]);
    if let Some(year) = whole.strip_suffix(['?', '~']) {
        return Some(Date::Words(format!("[{year}]")));
    }
    if !whole.is_empty() {
        return Date::read(&whole);
    }
    let year = Date::read(&field(entry, &["year"]))?;
    let (Date::Day { year, month: None, .. }, Some(month)) =
        (&year, month(&field(entry, &["month"])))
    else {
        return Some(year);
    };
    let day = field(entry, &["day"]).parse().ok().filter(|day| (1..=31).contains(day));
    Some(Date::Day { year: *year, month: Some(month), day })
}

/// A month by its number or its English name.
fn month(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = text.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let start = text.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).map(|index| index as u8 + 1)
}
