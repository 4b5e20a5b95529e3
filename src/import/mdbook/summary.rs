//! `SUMMARY.md`: which chapters there are, in which order and in which parts.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::told;
use crate::files::BookPath;
use crate::import::article::{Division, Remark};
use crate::import::html::unescaped;

/// A chapter that the summary lists.
#[derive(Debug)]
pub(super) struct Entry {
    /// What it is called there.
    pub title: String,
    /// Its file; none where it has none: it is a title over those below it.
    pub path: Option<BookPath>,
    /// The part that it stands in; empty where there is none.
    pub part: String,
    /// Before, among or behind the numbered ones.
    pub division: Division,
    /// The folder with the summary; none where that is the whole one.
    pub root: Option<String>,
    /// How many chapters it lies below.
    pub depth: usize,
    /// What is told where nothing lies below a title without a file.
    pub otherwise: Option<Remark>,
}

/// The state of reading.
#[derive(Default)]
struct Reading {
    entries: Vec<Entry>,
    part: String,
    /// How many lists are open, and whether one was before.
    depth: usize,
    listed: bool,
    /// Whether a heading or an entry was before.
    begun: bool,
    /// The words of the item that is open, while no link is in it.
    item: Option<String>,
}

/// The entries of a summary.
pub(super) fn read(text: &str, path: &BookPath) -> Vec<Entry> {
    let mut reading = Reading::default();
    let mut events = Parser::new_ext(text, OPTIONS);
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let words = words_until(&mut events, TagEnd::Heading(level));
                // The first one says only that this is the summary.
                if reading.begun || level != HeadingLevel::H1 {
                    reading.part = words;
                }
                reading.begun = true;
            }
            Event::Start(Tag::Item) => reading.item = Some(String::new()),
            Event::End(TagEnd::Item) => reading.words_alone(),
            Event::Text(text) | Event::Code(text) => {
                reading.item.iter_mut().for_each(|words| words.push_str(&text));
            }
            Event::Start(Tag::List(_)) => {
                reading.words_alone();
                reading.depth += 1;
                reading.listed = true;
            }
            Event::End(TagEnd::List(_)) => reading.depth = reading.depth.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let destination = dest_url.to_string();
                let title = words_until(&mut events, TagEnd::Link);
                reading.entry(title, &destination, path);
            }
            _ => {}
        }
    }
    reading.entries
}

/// The words up to an end.
fn words_until(events: &mut Parser<'_>, end: TagEnd) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::End(found) if found == end => break,
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_owned()
}

impl Reading {
    /// An item that has words and no link is a title over those below it.
    fn words_alone(&mut self) {
        let words = self.item.take().unwrap_or_default();
        let title = words.trim();
        if !title.is_empty() && self.depth > 0 {
            let otherwise = told::draft(title);
            self.push(title.to_owned(), None, Some(otherwise), None);
        }
    }

    /// An entry, by its words and its destination.
    fn entry(&mut self, title: String, to: &str, summary: &BookPath) {
        self.item = None;
        let file = to.split('#').next().unwrap_or_default();
        let is_text = file.ends_with(".md") || file.ends_with(".markdown");
        let path = summary.beside(&unescaped(file));
        let path = path.filter(|path| is_text && path != summary);
        let otherwise = match &path {
            Some(_) => None,
            None if file.is_empty() => Some(told::draft(&title)),
            None => Some(told::no_chapter(&title, to)),
        };
        let root = summary.as_str().rsplit_once('/').map(|(root, _)| root.to_owned());
        self.push(title, path, otherwise, root);
    }

    fn push(
        &mut self,
        title: String,
        path: Option<BookPath>,
        otherwise: Option<Remark>,
        root: Option<String>,
    ) {
        self.begun = true;
        let division = match (self.depth, self.listed) {
            (0, false) => Division::Front,
            (0, true) => Division::Back,
            (_, _) => Division::Body,
        };
        let in_part = division == Division::Body;
        let part = if in_part { self.part.clone() } else { String::new() };
        let depth = self.depth.saturating_sub(1);
        self.entries.push(Entry { title, path, part, division, root, depth, otherwise });
    }
}
