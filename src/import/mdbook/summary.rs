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
    /// Its file.
    pub path: BookPath,
    /// The part that it stands in; empty where there is none.
    pub part: String,
    /// Before, among or behind the numbered ones.
    pub division: Division,
    /// The folder with the summary; none where that is the whole one.
    pub root: Option<String>,
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
    /// How many chapters stand below others.
    nested: usize,
}

/// The entries of a summary.
pub(super) fn read(text: &str, path: &BookPath, remarks: &mut Vec<Remark>) -> Vec<Entry> {
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
            Event::Start(Tag::List(_)) => {
                reading.depth += 1;
                reading.listed = true;
            }
            Event::End(TagEnd::List(_)) => reading.depth = reading.depth.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let destination = dest_url.to_string();
                let title = words_until(&mut events, TagEnd::Link);
                reading.entry(title, &destination, path, remarks);
            }
            _ => {}
        }
    }
    if reading.nested > 0 {
        remarks.push(told::nested(reading.nested));
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
    /// An entry, by its words and its destination.
    fn entry(&mut self, title: String, to: &str, path: &BookPath, remarks: &mut Vec<Remark>) {
        self.begun = true;
        let file = to.split('#').next().unwrap_or_default();
        if file.is_empty() {
            remarks.push(told::draft(&title));
            return;
        }
        let chapter = path.beside(&unescaped(file));
        let is_text = file.ends_with(".md") || file.ends_with(".markdown");
        let Some(chapter) = chapter.filter(|chapter| is_text && chapter != path) else {
            remarks.push(told::no_chapter(&title, to));
            return;
        };
        self.nested += usize::from(self.depth > 1);
        let division = match (self.depth, self.listed) {
            (0, false) => Division::Front,
            (0, true) => Division::Back,
            (_, _) => Division::Body,
        };
        let in_part = division == Division::Body;
        let part = if in_part { self.part.clone() } else { String::new() };
        let root = path.as_str().rsplit_once('/').map(|(root, _)| root.to_owned());
        self.entries.push(Entry { title, path: chapter, part, division, root });
    }
}
