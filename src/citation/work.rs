//! A work as a reference names it, from whatever file it was read.

use hayagriva::Entry;

use crate::diag::Span;
use crate::script::{is_cjk, is_hangul};

/// A work.
#[derive(Clone, Debug)]
pub struct Work {
    /// What citations call it.
    pub key: String,
    /// Where its entry stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What it is a part of.
    pub host: Option<Host>,
    /// What it is stored on.
    pub medium: Option<Medium>,
    /// The language of its entry.
    pub language: Language,
    /// Who wrote it.
    pub authors: Names,
    /// Who edited it, or the host that it is a part of.
    pub editors: Names,
    /// What they are called, where the file says it: 主编, 校注.
    pub editor_role: String,
    /// Who translated it.
    pub translators: Names,
    /// Its title.
    pub title: String,
    /// What follows the title after a colon.
    pub subtitle: String,
    /// The number of a report, a standard, a patent.
    pub number: String,
    /// The volume of a book or a journal.
    pub volume: String,
    /// The issue of a journal.
    pub issue: String,
    /// The edition.
    pub edition: String,
    /// The town of the publisher.
    pub place: String,
    /// Publisher, school, platform.
    pub publisher: String,
    /// The conference that a paper was given at.
    pub meeting: String,
    /// Its pages in the host, or the number of the article.
    pub pages: String,
    /// When it came out.
    pub date: Option<Date>,
    /// When it was looked at.
    pub accessed: Option<Date>,
    /// Its address.
    pub url: String,
    /// Its DOI, without `https://doi.org/`.
    pub doi: String,
    /// The same for styles in CSL.
    pub entry: Entry,
}

/// What a work is, with the codes of GB/T 7714—2015, annex B, and of GB/T 7714—2025, annex A.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A book.
    Book,
    /// A collection of works.
    Collection,
    /// Proceedings.
    Proceedings,
    /// A newspaper.
    Newspaper,
    /// A journal.
    Journal,
    /// A thesis.
    Thesis,
    /// A report.
    Report,
    /// A standard.
    Standard,
    /// A patent.
    Patent,
    /// A database.
    Database,
    /// A program.
    Program,
    /// A page or site on the web.
    Web,
    /// A record of an archive.
    Archive,
    /// A map.
    Map,
    /// A data set.
    Dataset,
    /// A preprint.
    Preprint,
    /// Anything else.
    Other,
}

/// The kinds by their codes.
pub const CODES: [(&str, Kind); 17] = [
    ("M", Kind::Book),
    ("G", Kind::Collection),
    ("C", Kind::Proceedings),
    ("N", Kind::Newspaper),
    ("J", Kind::Journal),
    ("D", Kind::Thesis),
    ("R", Kind::Report),
    ("S", Kind::Standard),
    ("P", Kind::Patent),
    ("DB", Kind::Database),
    ("CP", Kind::Program),
    ("EB", Kind::Web),
    ("A", Kind::Archive),
    ("CM", Kind::Map),
    ("DS", Kind::Dataset),
    ("PP", Kind::Preprint),
    ("Z", Kind::Other),
];

impl Kind {
    /// The kind that a code stands for.
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        CODES.iter().find(|(known, _)| *known == code).map(|&(_, kind)| kind)
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        CODES.iter().find(|&&(_, kind)| kind == self).map_or("Z", |&(code, _)| code)
    }
}

/// What a work is stored on, where that is not paper (2015, B.2; 2025, A.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Magnetic tape.
    Tape,
    /// A disk.
    Disk,
    /// A CD-ROM.
    Disc,
    /// The net.
    Online,
    /// Microform, which the edition of 2025 has added.
    Microform,
}

/// The media by their codes.
const MEDIA: [(&str, Medium); 5] = [
    ("MT", Medium::Tape),
    ("DK", Medium::Disk),
    ("CD", Medium::Disc),
    ("OL", Medium::Online),
    ("MM", Medium::Microform),
];

impl Medium {
    /// The medium that a code stands for.
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        MEDIA.iter().find(|(known, _)| *known == code).map(|&(_, medium)| medium)
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        MEDIA.iter().find(|&&(_, medium)| medium == self).map_or("", |&(code, _)| code)
    }
}

/// What a work is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A journal or a newspaper.
    Serial {
        /// Its title.
        title: String,
    },
    /// A book, a collection, proceedings.
    Volume {
        /// Its title.
        title: String,
        /// Who wrote it, where that is not its editors.
        authors: Names,
    },
}

/// Names in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Those that the file gives.
    pub names: Vec<Name>,
    /// Whether it says that there are more.
    pub others: Others,
}

/// Whether there are more names than those given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// These are all.
    #[default]
    None,
    /// There are more.
    Some,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Of a person.
    Person {
        /// The family name, with what stands before it: `de Morgan`.
        family: String,
        /// The given name.
        given: String,
        /// What follows: `Jr.`
        suffix: String,
    },
    /// As it stands: of a body, or a person with one name.
    Whole(String),
}

impl Name {
    /// A name in its parts; without a given name it stays whole.
    pub fn new(prefix: &str, family: &str, given: &str, suffix: &str) -> Self {
        let family = [prefix.trim(), family.trim()];
        let family: Vec<&str> = family.into_iter().filter(|part| !part.is_empty()).collect();
        let family = family.join(" ");
        match given.trim() {
            "" => Self::Whole(family),
            given => Self::Person { family, given: given.into(), suffix: suffix.trim().into() },
        }
    }
}

/// The language of an entry, as far as its words and its place in a list depend on it; in the order
/// of a list by author and date (2015, 9.2; 2025, 9.3.2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// Japanese.
    Japanese,
    /// Another one in Latin letters, by its tag.
    Western(String),
    /// Russian.
    Russian,
    /// Korean.
    Korean,
}

impl Language {
    /// The language that a file names, in words or by a tag.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let western = |tag: &str| Some(Self::Western(tag.to_owned()));
        match name.as_str() {
            "chinese" | "schinese" | "tchinese" | "中文" | "汉语" | "zh" => Some(Self::Chinese),
            "japanese" | "日文" | "日语" | "ja" | "jp" => Some(Self::Japanese),
            "korean" | "韩文" | "韩语" | "ko" => Some(Self::Korean),
            "russian" | "俄文" | "俄语" | "ru" => Some(Self::Russian),
            "english" | "american" | "british" | "英文" | "英语" | "en" => western("en"),
            "german" | "ngerman" | "德文" | "德语" | "de" => western("de"),
            "french" | "法文" | "法语" | "fr" => western("fr"),
            "spanish" | "西班牙文" | "西班牙语" | "es" => western("es"),
            "italian" | "it" => western("it"),
            "latin" | "la" => western("la"),
            _ => {
                let (primary, _) = name.split_once(['-', '_'])?;
                Self::named(primary)
            }
        }
    }

    /// The language that a title is written in.
    pub fn of(title: &str) -> Self {
        let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}');
        let is_cyrillic = |c: char| matches!(c, '\u{0400}'..='\u{04FF}');
        if title.contains(is_kana) {
            Self::Japanese
        } else if title.contains(is_hangul) {
            Self::Korean
        } else if title.contains(is_cjk) {
            Self::Chinese
        } else if title.contains(is_cyrillic) {
            Self::Russian
        } else {
            Self::Western("en".to_owned())
        }
    }

    /// Its tag; none for Chinese, which a book has in its own forms.
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::Chinese => None,
            Self::Japanese => Some("ja"),
            Self::Western(tag) => Some(tag),
            Self::Russian => Some("ru"),
            Self::Korean => Some("ko"),
        }
    }
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Date {
    /// A year, a month of it, a day of that.
    Day {
        /// The year.
        year: i32,
        /// From 1.
        month: Option<u8>,
        /// From 1.
        day: Option<u8>,
    },
    /// As it stands: `1705（康熙四十四年）`, `c1988`, `[1936]`.
    Words(String),
}

impl Date {
    /// A date in digits and dashes, else words; none for no words. Of a stretch within a year the
    /// first day counts, of others the years.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once('/')
            && let (Some(first), Some(last)) = (year_at(from), year_at(to))
        {
            let within = first == last;
            return if within { Self::read(from) } else { Some(Self::Words(first + "-" + &last)) };
        }
        let mut parts = text.split(['-', '/']);
        let year = parts.next().and_then(|year| digits(year, 4)).and_then(|it| it.parse().ok());
        let month = parts.next().map(|month| digits(month, 2).and_then(|it| it.parse().ok()));
        let day = parts.next().map(|day| digits(day, 2).and_then(|it| it.parse().ok()));
        match (year, month, day, parts.next()) {
            (Some(year), None, _, None) => Some(Self::Day { year, month: None, day: None }),
            (Some(year), Some(month @ Some(1..=12)), None, None) => {
                Some(Self::Day { year, month, day: None })
            }
            (Some(year), Some(month @ Some(1..=12)), Some(day @ Some(1..=31)), None) => {
                Some(Self::Day { year, month, day })
            }
            _ if text.is_empty() => None,
            _ => Some(Self::Words(text.to_owned())),
        }
    }

    /// The year, or the words.
    pub fn year(&self) -> String {
        match self {
            Self::Day { year, .. } => year.to_string(),
            Self::Words(words) => words.clone(),
        }
    }

    /// As far as it is known: `2012-05-03` (2015, 8.4.4; 2025, 7.6).
    pub fn day(&self) -> String {
        match self {
            Self::Day { year, month: Some(month), day: Some(day) } => {
                format!("{year:04}-{month:02}-{day:02}")
            }
            Self::Day { year, month: Some(month), day: None } => format!("{year:04}-{month:02}"),
            Self::Day { .. } | Self::Words(_) => self.year(),
        }
    }

    /// Whether it is known to the day.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Day { day: Some(_), .. })
    }
}

/// The year of an end of a stretch of time; empty where that is open.
fn year_at(end: &str) -> Option<String> {
    let end = end.trim();
    if matches!(end, "" | "..") {
        return Some(String::new());
    }
    let year = end.split('-').next().and_then(|year| digits(year, 4));
    year.filter(|year| year.len() == 4 && !end.contains('/')).map(str::to_owned)
}

/// `text`, where it is up to `most` digits.
fn digits(text: &str, most: usize) -> Option<&str> {
    let text = text.trim();
    let sound = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    sound.then_some(text)
}

/// Words without the tags that say how they look: `<i>`, `</sub>`, `<span class="nocase">`.
pub fn untagged(text: &str) -> String {
    const NAMES: [&str; 8] = ["i", "b", "em", "strong", "sub", "sup", "sc", "span"];
    let mut parts = text.split('<');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let tag = part.split_once('>').filter(|(tag, _)| {
            let name = tag.trim_start_matches('/').split_whitespace().next();
            name.is_some_and(|name| NAMES.contains(&name))
        });
        match tag {
            Some((_, rest)) => bare += rest,
            None => bare.extend(["<", part]),
        }
    }
    bare
}

/// A DOI without the address of its resolver.
pub fn bare_doi(doi: &str) -> String {
    let doi = doi.trim();
    let lower = doi.to_ascii_lowercase();
    let prefixes =
        ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"];
    let known = prefixes.into_iter().chain(["doi:"]).find(|prefix| lower.starts_with(prefix));
    known.map_or(doi, |prefix| doi[prefix.len()..].trim()).to_owned()
}

/// Pages with one hyphen for every dash between them (2015, 7.2; 2025, 6.2).
pub fn bare_pages(pages: &str) -> String {
    let mut bare = String::with_capacity(pages.len());
    for c in pages.trim().chars() {
        match c {
            '-' | '–' | '—' | '－' | '～' | '~' if bare.ends_with('-') => {}
            '-' | '–' | '—' | '－' | '～' | '~' => bare.push('-'),
            c => bare.push(c),
        }
    }
    bare
}
