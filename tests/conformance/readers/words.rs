//! Text out is text in: the characters of an EPUB are those of its manuscript.
//!
//! Both are read into lines: one for each title, heading, paragraph, item, term, cell, caption,
//! description of a picture, source and line of code; a forced line end ends one too. What the builder
//! itself says is taken off where the EPUB marks it: the numbers of headings (`.number`), of figures
//! and tables (`.label`) and of notes (`.mark`, `.back`), the piece that a chapter digests (`.piece`,
//! which `book.toml` says), citations (`.cite`), the lists of what they cite, the index, the pages of
//! references (`.page`), the words before a source, the brackets around readings (`rp`) and around
//! notes in the line (`.gloss`), the boxes of tasks, the word joiners. What a reference without words
//! says is text on both sides. Notes are lines of their own, after all others, in the order of their
//! marks. White space at the ends of lines does not count; any other does, so that a space more or less
//! between two hanzi is a fault.

use std::collections::VecDeque;
use std::path::Path;

use banxin::book::Book;
use banxin::manuscript::{Block, Chapter, Inline, Manuscript, Target};

use super::opened::{Element, Node, Opened};

/// The lines of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Those of the text.
    pub body: Vec<String>,
    /// Those of the notes.
    pub notes: Vec<String>,
}

impl Words {
    /// Adds what comes after.
    pub fn add(&mut self, other: Self) {
        self.body.extend(other.body);
        self.notes.extend(other.notes);
    }

    /// Asserts that two readings are the same, or shows the first line where they differ.
    pub fn assert_same(&self, other: &Self, name: &str) {
        for (what, one, other) in
            [("text", &self.body, &other.body), ("notes", &self.notes, &other.notes)]
        {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                assert_eq!(one, other, "{name}: line {} of the {what}", place + 1);
            }
            assert_eq!(one.len(), other.len(), "{name}: the lines of the {what}");
        }
    }
}

/// Lines while they are read.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
}

impl Lines {
    /// Ends the line, if anything stands in it.
    fn end(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            self.done.push(line.to_owned());
        }
        self.line.clear();
    }

    /// Lines of code as they are.
    fn code(&mut self, text: &str) {
        self.end();
        self.done.extend(text.lines().map(str::to_owned));
    }

    /// All of them.
    fn finish(mut self) -> Vec<String> {
        self.end();
        self.done
    }
}

/// What an EPUB says, where `source` stands before each source.
pub fn out(epub: &Path, source: &str) -> Words {
    let mut opened = Opened::new(epub);
    let (mut body, mut notes) = (Lines::default(), Lines::default());
    for path in opened.spine() {
        let document = opened.document(&path);
        for text in document.all("body") {
            if text.attribute("class") == "chapter" {
                Shown { body: &mut body, notes: &mut notes, source }.nodes(text);
            }
        }
    }
    Words { body: body.finish(), notes: notes.finish() }
}

/// What is shown of an EPUB.
struct Shown<'a> {
    body: &'a mut Lines,
    notes: &'a mut Lines,
    source: &'a str,
}

impl Shown<'_> {
    /// What stands in an element.
    fn nodes(&mut self, element: &Element) {
        for node in &element.nodes {
            match node {
                Node::Text(text) => self.body.line.push_str(&text.replace('\u{2060}', "")),
                Node::Element(element) => self.element(element),
            }
        }
    }

    /// An element, unless the builder says it.
    fn element(&mut self, element: &Element) {
        let class = element.attribute("class");
        match (element.name.as_str(), class) {
            (_, "number" | "label" | "mark" | "back" | "piece" | "cite" | "page") | ("rp", _) => {}
            ("section", class) if class.starts_with("references") => {}
            ("section", _) if element.attribute("role") == "doc-index" => {}
            ("section", "notes") => {
                self.body.end();
                std::mem::swap(self.body, self.notes);
                self.nodes(element);
                self.body.end();
                std::mem::swap(self.body, self.notes);
            }
            ("p", "source") => {
                let text = element.text().replace('\u{2060}', "");
                self.body.end();
                self.body.line.push_str(text.strip_prefix(self.source).unwrap());
                self.body.end();
            }
            ("small", "gloss") => {
                let start = self.body.line.len();
                self.nodes(element);
                let inner = self.body.line.split_off(start);
                let inner = inner.strip_prefix('（').unwrap().strip_suffix('）').unwrap();
                self.body.line.push_str(inner);
            }
            ("img", "inline") => self.body.line.push_str(element.attribute("alt")),
            ("img", _) => {
                self.body.end();
                self.body.line.push_str(element.attribute("alt"));
                self.body.end();
            }
            ("pre", _) => self.body.code(&element.text()),
            (
                "a" | "abbr" | "cite" | "code" | "em" | "rt" | "ruby" | "s" | "small" | "span"
                | "strong" | "sub" | "sup",
                _,
            ) => self.nodes(element),
            // All others stand apart.
            _ => {
                self.body.end();
                self.nodes(element);
                self.body.end();
            }
        }
    }
}

/// What a manuscript says; `book` is the same, resolved, and tells what references say.
pub fn written(manuscript: &Manuscript, book: &Book) -> Words {
    let mut words = Words::default();
    for chapter in &manuscript.chapters {
        let mut read = Written { book, lines: Lines::default(), marks: VecDeque::new() };
        read.inlines(&chapter.title.content);
        read.blocks(&chapter.blocks);
        let body = std::mem::take(&mut read.lines).finish();
        read.notes(chapter);
        words.add(Words { body, notes: read.lines.finish() });
    }
    words
}

/// What is read of a manuscript.
struct Written<'a> {
    book: &'a Book,
    lines: Lines,
    /// The names of the notes in the order of their marks.
    marks: VecDeque<String>,
}

impl Written<'_> {
    /// The notes of a chapter, each at its first mark; marks may stand in notes too.
    fn notes(&mut self, chapter: &Chapter) {
        let mut done = Vec::new();
        while let Some(name) = self.marks.pop_front() {
            if done.contains(&name) {
                continue;
            }
            let note = chapter.notes.iter().find(|note| note.name.text == name).unwrap();
            self.blocks(&note.blocks);
            done.push(name);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        self.lines.end();
        match block {
            Block::Heading(heading) => self.inlines(&heading.content),
            Block::Paragraph(content) => self.inlines(content),
            Block::Quote(blocks) => self.blocks(blocks),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    self.inlines(&definition.term);
                    definition.bodies.iter().for_each(|body| self.blocks(body));
                }
            }
            Block::Code { text, .. } => self.lines.code(&text.text),
            Block::Figure(figure) => {
                self.line(&figure.alt);
                self.inlines(&figure.caption);
                self.line(figure.attributes.source.as_ref().map_or("", |source| &source.text));
            }
            Block::Table(table) => {
                self.inlines(&table.caption);
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    self.lines.end();
                    self.inlines(cell);
                }
                self.line(table.attributes.source.as_ref().map_or("", |source| &source.text));
            }
            Block::Divider => {}
        }
        self.lines.end();
    }

    /// A line of its own.
    fn line(&mut self, text: &str) {
        self.lines.end();
        self.lines.line.push_str(text);
        self.lines.end();
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) | Inline::Code(text) => self.lines.line.push_str(&text.text),
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strike(_)
            | Inline::Subscript(_)
            | Inline::Superscript(_)
            | Inline::Name(_)
            | Inline::Title(_)
            | Inline::Dotted(_)
            | Inline::Gloss(_)
            | Inline::Abbreviation { .. }
            | Inline::Indexed { .. }
            | Inline::Foreign { .. } => self.inlines(inline.content()),
            Inline::Ruby { base, reading } => self.ruby(base, &reading.text),
            Inline::Link { target, content, .. } if content.is_empty() => {
                let label = self.label(target);
                self.lines.line.push_str(&label);
            }
            Inline::Link { content, .. } => self.inlines(content),
            Inline::Image { alt, .. } => self.lines.line.push_str(alt),
            Inline::PageOf { .. } | Inline::Citation(_) => {}
            Inline::NoteMark(name) => self.marks.push_back(name.text.clone()),
            Inline::Break => self.lines.end(),
        }
    }

    /// Characters and what they are read: one by one where there are as many readings.
    fn ruby(&mut self, base: &[Inline], reading: &str) {
        let readings: Vec<&str> = reading.split([' ', '|']).collect();
        let start = self.lines.line.len();
        self.inlines(base);
        let base: Vec<char> = self.lines.line.split_off(start).chars().collect();
        if base.len() == readings.len() {
            for (c, reading) in base.into_iter().zip(readings) {
                self.lines.line.push(c);
                self.lines.line.push_str(reading);
            }
        } else {
            self.lines.line.extend(base);
            self.lines.line.push_str(reading);
        }
    }

    /// What a reference without words says.
    fn label(&self, target: &Target) -> String {
        let anchor = match target {
            Target::Id(name) => self.book.anchors.iter().find(|anchor| anchor.name == *name),
            Target::Chapter(_) | Target::Url(_) | Target::Nothing(_) => None,
        };
        anchor.unwrap().label.clone()
    }
}
