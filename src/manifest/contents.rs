//! The order of the book: which files stand where, and what they digest.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::catalogue::is_address;
use super::meaning::Reader;
use super::raw;
use super::{ChapterEntry, EditionChoice, Entry, Listing, Matter, PieceSource};
use crate::diag::Code;
use crate::files::BookPath;
use crate::message;
use crate::script;

/// Files listed so far, and where.
struct Seen<'e> {
    places: BTreeMap<BookPath, Range<usize>>,
    /// The edition that is made.
    edition: &'e mut EditionChoice,
}

/// Where an entry stands.
#[derive(Clone, Copy)]
enum Level {
    /// In `front`, `body`, `appendix` or `back`.
    Matter(Matter),
    /// In a part's `chapters`.
    Part,
}

impl Level {
    /// The matter that a chapter there belongs to.
    fn matter(self) -> Matter {
        match self {
            Self::Matter(matter) => matter,
            Self::Part => Matter::Body,
        }
    }
}

impl Reader<'_> {
    /// The contents as one list, parts before their chapters; and what is listed after them.
    pub fn contents(
        &mut self,
        contents: Option<raw::Placed<raw::Contents>>,
        edition: &mut EditionChoice,
    ) -> (Vec<Entry>, Vec<Listing>) {
        let Some(contents) = contents else {
            self.missing(&(0..0), "contents", "list the chapters under `[contents]` as `body`");
            return (Vec::new(), Vec::new());
        };
        let table = contents.span();
        let raw::Contents { front, body, appendix, back, figures, tables, .. } =
            contents.into_inner().0;
        let listings = [(Listing::Figures, figures), (Listing::Tables, tables)].into_iter();
        let listings = listings.filter(|(_, asked)| *asked == Some(true));
        let body = match body {
            Some(body) => self.not_empty(&table, "body", body),
            None => {
                self.missing(&table, "body", "list the chapters: `body = [\"one.md\"]`");
                Vec::new()
            }
        };
        let mut entries = Vec::new();
        let mut seen = Seen { places: BTreeMap::new(), edition };
        for (matter, listed) in [
            (Matter::Front, front),
            (Matter::Body, body),
            (Matter::Appendix, appendix),
            (Matter::Back, back),
        ] {
            self.matter(matter, listed, &mut seen, &mut entries);
        }
        (entries, listings.map(|(listing, _)| listing).collect())
    }

    fn matter(
        &mut self,
        matter: Matter,
        listed: Vec<Spanned<raw::Entry>>,
        seen: &mut Seen<'_>,
        entries: &mut Vec<Entry>,
    ) {
        let mut in_parts = false;
        for entry in listed {
            let at = entry.span();
            let read = self.entry(Level::Matter(matter), entry, seen);
            let is_part = matches!(read.first(), Some(Entry::Part(_)));
            if in_parts && !is_part && !read.is_empty() {
                let message = "this chapter stands after a part and in none";
                let hint = "list it among the `chapters` of a part";
                self.report(Code::BadValue, at, message).hint(hint);
            }
            in_parts |= is_part;
            entries.extend(read);
        }
    }

    /// A chapter, or a part and its chapters.
    fn entry(
        &mut self,
        level: Level,
        entry: Spanned<raw::Entry>,
        seen: &mut Seen<'_>,
    ) -> Vec<Entry> {
        let at = entry.span();
        match entry.into_inner() {
            raw::Brief::Word(file) => {
                let file = Spanned::new(at, file);
                self.chapter(level, &file, None, None, seen).into_iter().collect()
            }
            raw::Brief::Table(table) if table.part.is_some() || table.chapters.is_some() => {
                self.part(level, at, *table, seen)
            }
            raw::Brief::Table(table) => {
                let source = table.source.map(|source| self.source(source));
                let Some(file) = table.file else {
                    self.missing(&at, "file", "name the chapter's file: `file = \"one.md\"`");
                    return Vec::new();
                };
                let only = table.editions.as_ref();
                self.chapter(level, &file, source, only, seen).into_iter().collect()
            }
        }
    }

    fn part(
        &mut self,
        level: Level,
        at: Range<usize>,
        table: raw::EntryTable,
        seen: &mut Seen<'_>,
    ) -> Vec<Entry> {
        let raw::EntryTable { file, source, editions, part, chapters } = table;
        let beside = [
            file.map(|file| file.span()),
            source.map(|source| source.span()),
            editions.map(|editions| editions.span()),
        ];
        for beside in beside.into_iter().flatten() {
            let message = "an entry is a chapter with its `file` or a part with its `chapters`";
            self.report(Code::BadValue, beside, message);
        }
        match level {
            Level::Matter(Matter::Body) => {}
            Level::Matter(Matter::Front | Matter::Appendix | Matter::Back) | Level::Part => {
                let message = "a part can only stand in `body`";
                self.report(Code::BadValue, at.clone(), message);
            }
        }
        let mut entries = vec![Entry::Part(self.required(&at, "part", part))];
        match chapters {
            Some(chapters) => {
                let left_out = seen.edition.left_out.len();
                for chapter in self.not_empty(&at, "chapters", chapters) {
                    entries.extend(self.entry(Level::Part, chapter, seen));
                }
                // An edition without its chapters goes without the part.
                if entries.len() == 1 && seen.edition.left_out.len() > left_out {
                    entries.clear();
                }
            }
            None => self.missing(&at, "chapters", "list the part's files: `chapters = [\"…\"]`"),
        }
        entries
    }

    /// A list that must have an entry.
    fn not_empty<T>(&mut self, table: &Range<usize>, key: &str, list: Spanned<Vec<T>>) -> Vec<T> {
        if list.get_ref().is_empty() && !self.is_cut(table, key) {
            let message = message!("`{key}` must list at least one chapter", key);
            self.report(Code::BadValue, list.span(), message);
        }
        list.into_inner()
    }

    fn chapter(
        &mut self,
        level: Level,
        file: &raw::Text,
        source: Option<PieceSource>,
        only: Option<&Spanned<Vec<raw::Text>>>,
        seen: &mut Seen<'_>,
    ) -> Option<Entry> {
        let path = self.path("file", file)?;
        if let Some(first) = seen.places.insert(path.value.clone(), file.span()) {
            let line = self.text[..first.start].matches('\n').count() + 1;
            let message = message!("`{value}` is listed twice", value = path.value);
            let hint = message!("line {line} lists it first", line);
            self.report(Code::DuplicateChapter, file.span(), message).hint(hint);
            seen.places.insert(path.value.clone(), first);
        }
        if !self.has(seen.edition, only) {
            seen.edition.left_out.push(path.value);
            return None;
        }
        let matter = level.matter();
        Some(Entry::Chapter(ChapterEntry { file: path, matter, source }))
    }

    fn source(&mut self, source: raw::Placed<raw::Source>) -> PieceSource {
        let table = source.span();
        let raw::Source { institution, title, date, language, url, note } = source.into_inner().0;
        let (of_language, of_url) = (language.as_ref().map(Spanned::span), url.as_ref());
        if let Some(url) = of_url.filter(|url| !is_address(url.get_ref())) {
            let message = message!("`{url}` is not an address on the web", url = url.get_ref());
            let hint = "write where the piece stands, such as `https://example.org/piece`";
            self.report(Code::BadValue, url.span(), message).hint(hint);
        }
        let language = self.optional_line("language", language);
        if let Some(at) = of_language.filter(|_| !script::is_tag(&language)) {
            self.bad_tag(at, &language);
        }
        PieceSource {
            language,
            url: self.optional_line("url", url),
            note: self.optional_line("note", note),
            institution: self.required(&table, "institution", institution),
            title: self.optional_line("title", title),
            date: self.optional_line("date", date.map(day_as_text)),
        }
    }
}

/// The date of a piece is printed as given: a year or a month will do.
fn day_as_text(day: Spanned<raw::Day>) -> raw::Text {
    Spanned::new(day.span(), day.into_inner().0)
}
