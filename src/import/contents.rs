//! `book.toml` as it is to be: what stands in it stays, and what was imported comes to its end.

mod about;
mod credits;
mod entries;

use sha2::{Digest, Sha256};
use toml_edit::{DocumentMut, Item, Table, Value};

use super::article::{About, Article, Division, Fate, Remark, Work, plain};
use super::numbering::Counter;
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, Span, Stopped};
use crate::files::{BookPath, Folder, ReadError};
use crate::manifest::{self, Numbering};
use crate::message;
use crate::script::{self, Scheme, is_cjk, is_hangul};

/// A `book.toml` that grows.
pub(super) struct Contents {
    document: DocumentMut,
    /// Whether the book has none so far.
    is_new: bool,
    remarks: Vec<Remark>,
    /// What a new one says of the articles.
    digest: Sha256,
    /// The latest day of an article.
    date: String,
    /// The day on which all is imported.
    today: String,
    /// What the source of a new one says of the book.
    about: About,
    /// Characters that tell in which language the articles are.
    sample: String,
}

impl Contents {
    /// Reads the `book.toml` of a folder, or begins one.
    pub fn read(folder: &Folder, today: &str, sink: &mut Sink) -> Outcome<Self> {
        let stop = |sink: &mut Sink, code, message: &'static str| {
            sink.report(Diagnostic::new(code, Place::File(manifest::NAME.to_owned()), message));
            Err(Stopped)
        };
        let path = BookPath::new(manifest::NAME).ok_or(Stopped)?;
        let (text, is_new) = match folder.read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => (text, false),
                Err(_) => return stop(sink, Code::NotUtf8, "this file is not UTF-8"),
            },
            Err(ReadError::Missing) => (String::new(), true),
            Err(ReadError::Outside | ReadError::TooLarge { .. } | ReadError::Io(_)) => {
                return stop(sink, Code::UnreadableFile, "this file cannot be read");
            }
        };
        let document = match text.parse::<DocumentMut>() {
            Ok(document) => document,
            Err(error) => {
                let source = sink.sources.add(manifest::NAME, &text);
                let at = error.span().unwrap_or(0..0);
                let message = Message::quoted(error.message());
                sink.report(Diagnostic::new(Code::TomlSyntax, Span::new(source, at), message));
                return Err(Stopped);
            }
        };
        let (digest, remarks, today) = (Sha256::new(), Vec::new(), today.to_owned());
        let (date, about, sample) = (String::new(), About::default(), String::new());
        let mut read = Self { document, is_new, remarks, digest, date, today, about, sample };
        if let [path] = &read.articles()[..] {
            read.remarks = credits::doubted(&read.document, path);
        }
        Ok(read)
    }

    /// The files that are listed as chapters.
    pub fn chapters(&self) -> Vec<String> {
        let divisions = [Division::Front, Division::Body, Division::Appendix, Division::Back];
        divisions.into_iter().flat_map(|division| self.listed(division)).collect()
    }

    /// Those of the body.
    pub fn articles(&self) -> Vec<String> {
        self.listed(Division::Body)
    }

    /// The files that a division lists.
    fn listed(&self, division: Division) -> Vec<String> {
        let mut files = Vec::new();
        let contents = self.document.get("contents");
        if let Some(item) = contents.and_then(|table| table.get(entries::key(division))) {
            entries::files(item, &mut files);
        }
        files
    }

    /// How the book counts its titles, and how far: its chapters lie in `folder`.
    pub fn counter(&self, folder: &Folder) -> Counter {
        let said = |table: &str, key: &str| self.document.get(table)?.as_table_like()?.get(key);
        let scheme = match said("headings", "scheme").and_then(Item::as_str) {
            Some("decimal") => Scheme::Decimal,
            Some(_) | None => Scheme::Words,
        };
        let numbering = match said("headings", "numbers").and_then(Item::as_bool) {
            Some(false) => Numbering::Off,
            Some(true) | None => Numbering::On(scheme),
        };
        let rules = self.document.get("language").and_then(Item::as_str).and_then(script::rules);
        let count = |key: &str| {
            let mut files = Vec::new();
            said("contents", key).into_iter().for_each(|item| entries::files(item, &mut files));
            files.iter().filter(|file| is_numbered(folder, file)).count()
        };
        let parts = said("contents", "body").map_or(0, entries::parts);
        let (chapters, appendices) = (count("body"), count("appendix"));
        Counter { numbering, rules, parts, chapters, appendices }
    }

    /// What was done to `book.toml`.
    pub fn remarks(&self) -> Vec<Remark> {
        let mut remarks = self.remarks.clone();
        if self.is_new {
            remarks.push(Remark::new(Fate::Guessed, self.dated().1, ""));
        }
        remarks
    }

    /// The date of a new book, and whose it is.
    fn dated(&self) -> (&str, Message) {
        if !self.about.date.is_empty() {
            let date = self.about.date.as_str();
            (date, message!("`date` of the new book is {date}, that of the imported book", date))
        } else if !self.date.is_empty() {
            let date = self.date.as_str();
            (date, message!("`date` of the new book is {date}, that of its latest article", date))
        } else {
            let date = self.today.as_str();
            (date, message!("`date` of the new book is {date}, today: no article has one", date))
        }
    }

    /// Takes what a source says of itself as a book, where the book is a new one.
    pub fn take(&mut self, work: &Work) {
        let Some(first) = work.articles.first() else { return };
        if self.is_new && !self.document.contains_key("title") {
            self.begin(first, work);
        } else {
            let said = about::said(&work.about);
            self.remarks.extend(said.into_iter().map(|(key, words)| {
                let what = message!("`{key}` of the source", key);
                Remark::new(Fate::Left, what, words)
            }));
        }
    }

    /// Lists the chapter at `path`, and names those who made it.
    pub fn add(&mut self, path: &str, text: &str, article: &Article) {
        self.digest.update(text.as_bytes());
        self.sample.extend(text.chars().take(5_000));
        if article.origin.date.len() == "2025-12-23".len() && article.origin.date > self.date {
            self.date.clone_from(&article.origin.date);
        }
        let said = entries::add(&mut self.document, path, article);
        let done = || {
            let key = entries::key(article.division);
            message!("`{path}` is listed at the end of `[contents] {key}`", path, key)
        };
        let said = said.map(|()| Some(done()));
        self.tell(said);
        for credit in &article.credits {
            let said = credits::add(&mut self.document, credit);
            self.tell(said);
        }
    }

    /// Remembers what was done, or why it could not be.
    fn tell(&mut self, said: Result<Option<Message>, &'static str>) {
        let remark = match said {
            Ok(done) => done.map(|done| Remark::new(Fate::Taken, done, "")),
            Err(why) => Some(Remark::new(Fate::Left, why, "")),
        };
        self.remarks.extend(remark);
    }

    /// Begins a new file with what must stand first.
    fn begin(&mut self, article: &Article, work: &Work) {
        let title = match work.title.as_str() {
            "" => plain(&article.title),
            title => title.to_owned(),
        };
        self.about.clone_from(&work.about);
        let About { subtitle, publisher, .. } = &self.about;
        let title = if title.trim().is_empty() { "未命名".to_owned() } else { title };
        self.document.insert("title", toml_edit::value(title));
        let given = [("subtitle", subtitle), ("publisher", publisher)];
        for (key, value) in given.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.document.insert(key, toml_edit::value(value));
        }
        for key in ["language", "identifier", "date"] {
            self.document.insert(key, toml_edit::value(""));
        }
        about::insert(&mut self.document, &work.about);
        self.remarks.extend(about::said(&work.about).into_iter().map(|(key, words)| {
            let what = message!("`{key}` of the new book, from the source", key);
            Remark::new(Fate::Taken, what, words)
        }));
        let what = "`title`, `language` and `identifier` of a new book were made from its texts";
        self.remarks.push(Remark::new(Fate::Guessed, what, ""));
    }

    /// The file, with what a new one says of all articles.
    pub fn bytes(mut self) -> Vec<u8> {
        if self.is_new {
            let date = self.dated().0.to_owned();
            let said = script::rules(&self.about.language).map(|rules| rules.tag);
            let language = said.unwrap_or_else(|| language(&self.sample));
            self.document["date"] = toml_edit::value(date);
            self.document["language"] = toml_edit::value(language);
            self.document["identifier"] = toml_edit::value(urn(&self.digest.finalize().into()));
        }
        self.document.to_string().into_bytes()
    }
}

/// Whether the chapter in a file has a number where the book has any.
fn is_numbered(folder: &Folder, file: &str) -> bool {
    let bytes = BookPath::new(file).and_then(|path| folder.read(&path).ok());
    let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    let title = text.lines().find(|line| line.starts_with("# "));
    !title.is_some_and(|title| title.contains(".unnumbered"))
}

/// An identifier from a hash: a UUID of version 8 (RFC 9562, 5.8).
fn urn(hash: &[u8; 32]) -> String {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// Hanzi that are written otherwise in the other form, in pairs of simplified and traditional.
const PAIRS: &str = "这這国國说說对對时時个個们們来來为為会會发發过過现現后後学學经經关關";

/// The language that a text is in, as far as its characters tell.
fn language(text: &str) -> &'static str {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    let kana = count(|c| matches!(c, '\u{3041}'..='\u{30FF}'));
    let hangul = count(is_hangul);
    let hanzi = count(is_cjk).saturating_sub(kana + hangul);
    let latin = count(|c| c.is_ascii_alphabetic());
    if hangul > hanzi {
        "ko"
    } else if kana * 4 > hanzi && kana > 0 {
        "ja"
    } else if latin > 8 * (hanzi + 1) {
        "en"
    } else {
        let in_form = |form: usize| {
            let forms: Vec<char> = PAIRS.chars().skip(form).step_by(2).collect();
            text.chars().filter(|c| forms.contains(c)).count()
        };
        if in_form(1) > in_form(0) { "zh-Hant" } else { "zh-Hans" }
    }
}

/// A new table of tables for `key`, at the end.
fn tables(key: &str, document: &mut DocumentMut) {
    if !document.contains_key(key) {
        document.insert(key, Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
    }
}

/// A table with these values, without the empty ones.
fn table(values: &[(&str, &str)]) -> Table {
    let mut table = Table::new();
    for (key, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        table.insert(key, Item::Value(Value::from(*value)));
    }
    table
}
