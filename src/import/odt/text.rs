//! The text: paragraphs and what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::places::{self, Sections};
use super::styles::{Manner, Styles};
use crate::diag::Sink;
use crate::import::article::{Block, Fate, Heading, Inline, Note, Remark, plain};
use crate::import::pieces::{self, Piece, Sort, is_empty, is_mark, push_text};
use crate::import::xml::{Element, Node};
use crate::message;

/// The most spaces in a row, which only code has.
const MOST_SPACES: usize = 200;
/// The deepest level of a heading.
const DEEPEST_LEVEL: u8 = 9;

/// What is read of a text.
pub(super) struct Reader<'a, 'z> {
    pub(super) styles: &'a Styles,
    /// The places that something leads to.
    pub(super) targets: BTreeSet<String>,
    pub(super) package: &'a mut Package<'z>,
    pub(super) sink: &'a mut Sink,
    /// The words of the paragraph that is called the title.
    pub title: Vec<Inline>,
    pub notes: Vec<Note>,
    pub remarks: Vec<Remark>,
    pub sections: Sections,
    pub(super) open: Open,
    /// The styles of the lists around what is read.
    pub(super) nest: Vec<String>,
    /// The numbers after those of lists that have ended, by style and level.
    pub(super) numbers: BTreeMap<(String, usize), u64>,
    /// The notes that have begun.
    noted: usize,
}

/// The paragraph that is being read.
pub(super) struct Open {
    /// What stands beside it.
    pub(super) beside: Vec<Piece>,
    /// Whether it numbers a picture or a table.
    pub(super) has_sequence: bool,
    /// The places in it that something leads to.
    places: Vec<String>,
    /// Whether white space was the last that was read: what follows it counts for nothing (part 3,
    /// 6.1.2).
    is_after_space: bool,
    /// What a tabulator becomes.
    tab: &'static str,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            beside: Vec::new(),
            has_sequence: false,
            places: Vec::new(),
            is_after_space: true,
            tab: " ",
        }
    }
}

impl<'a, 'z> Reader<'a, 'z> {
    pub fn new(
        styles: &'a Styles,
        targets: BTreeSet<String>,
        package: &'a mut Package<'z>,
        sink: &'a mut Sink,
    ) -> Self {
        Self {
            styles,
            targets,
            package,
            sink,
            title: Vec::new(),
            notes: Vec::new(),
            remarks: Vec::new(),
            sections: Sections::default(),
            open: Open::default(),
            nest: Vec::new(),
            numbers: BTreeMap::new(),
            noted: 0,
        }
    }

    /// The pieces of the whole text.
    pub fn body(&mut self, body: &Element) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.blocks(body, &mut pieces);
        pieces
    }

    pub(super) fn blocks(&mut self, around: &Element, pieces: &mut Vec<Piece>) {
        for element in around.elements() {
            if self.is_left(element) {
                continue;
            }
            match element.name.as_str() {
                "text:h" | "text:p" => self.paragraph(element, pieces),
                "text:list" => self.list(element, pieces),
                "text:numbered-paragraph" => self.numbered_paragraph(element, pieces),
                "table:table" => self.table(element, pieces),
                name if name.starts_with("draw:") => self.drawn(element, pieces),
                _ => self.blocks(element, pieces),
            }
        }
    }

    /// What is drawn beside no paragraph.
    fn drawn(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let outer = std::mem::take(&mut self.open.beside);
        let mut row = Vec::new();
        self.drawing(element, &mut row);
        if !row.is_empty() {
            pieces.push(Piece::Block(Block::Paragraph(row)));
        }
        pieces.append(&mut std::mem::replace(&mut self.open.beside, outer));
    }

    fn paragraph(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let look = self.styles.paragraph(element.attribute("text:style-name"));
        if look.manner.is_hidden() {
            self.left("hidden words", words(element));
            return;
        }
        let sorts = look.names.iter().map(|name| Sort::of(name));
        let sort = sorts.into_iter().find(|it| *it != Sort::Plain).unwrap_or(Sort::Plain);
        let level = level(element).or(look.level).map(|level| level.clamp(1, DEEPEST_LEVEL));
        // Headings and titles are set as the book sets them.
        let is_plain = level.is_some() || sort == Sort::Title;
        let manner = if is_plain { Manner::default() } else { look.manner };
        let tab = if sort == Sort::Code { "\t" } else { " " };
        let outer = std::mem::replace(&mut self.open, Open { tab, ..Open::default() });
        let nest = std::mem::take(&mut self.nest);
        let mut content = Vec::new();
        self.inlines(element, manner, &mut content);
        let mut open = std::mem::replace(&mut self.open, outer);
        self.nest = nest;
        let anchors = open.places;
        if is_empty(&content) {
            self.sections.add(anchors);
            if sort == Sort::Code {
                pieces.push(Piece::Code(String::new()));
            } else if look.names.iter().any(|name| name == "horizontal line") {
                pieces.push(Piece::Block(Block::Divider));
            }
        } else if sort == Sort::Title && self.title.is_empty() {
            self.title = content;
        } else if let Some(level) = level {
            let numbered = element.attribute("text:is-list-header") != Some("true");
            let anchors = self.led_to(anchors, &content);
            let heading = Heading { level, anchors, numbered, content };
            pieces.push(Piece::Block(Block::Heading(heading)));
        } else if open.has_sequence || sort == Sort::Caption {
            // Pictures in the same paragraph stand above their words.
            pieces.append(&mut open.beside);
            pieces.push(Piece::Caption { content, anchors });
        } else {
            self.sections.add(anchors);
            pieces.push(sort.piece(content));
        }
        pieces.append(&mut open.beside);
    }

    /// The names that a heading is led to by.
    fn led_to(&mut self, mut anchors: Vec<String>, content: &[Inline]) -> Vec<String> {
        let own = places::heading(&plain(content));
        anchors.extend(self.targets.contains(&own).then_some(own));
        anchors.push(self.sections.begin());
        anchors
    }

    fn inlines(&mut self, around: &Element, manner: Manner, row: &mut Vec<Inline>) {
        for node in &around.children {
            match node {
                Node::Text(text) => self.characters(text, manner, row),
                Node::Element(element) => self.inline(element, manner, row),
            }
        }
    }

    fn inline(&mut self, element: &Element, manner: Manner, row: &mut Vec<Inline>) {
        if self.is_left(element) {
            return;
        }
        let place = places::place(element).filter(|place| self.targets.contains(place));
        match element.name.as_str() {
            "text:s" => {
                let count = element.attribute("text:c").and_then(|it| it.parse().ok());
                let spaces = " ".repeat(count.unwrap_or(1).min(MOST_SPACES));
                self.show(&spaces, manner, row);
            }
            "text:tab" => self.show(self.open.tab, manner, row),
            "text:line-break" => row.push(Inline::Break),
            "text:span" => self.span(element, manner, row),
            "text:note" => self.note(element, row),
            "text:ruby" => {
                let said = |name: &str| element.child(name).map(words).unwrap_or_default();
                let (base, reading) = (said("text:ruby-base"), said("text:ruby-text"));
                row.push(Inline::Ruby { base, reading });
                self.open.is_after_space = false;
            }
            "text:a" | "text:bookmark-ref" | "text:reference-ref" | "text:sequence-ref" => {
                let mut content = Vec::new();
                self.inlines(element, manner, &mut content);
                match places::target(element) {
                    Some(target) => row.push(Inline::Link(target, content)),
                    None => row.append(&mut content),
                }
            }
            name if name.starts_with("draw:") => self.drawing(element, row),
            name => {
                self.open.has_sequence |= name == "text:sequence";
                self.open.places.extend(place);
                self.inlines(element, manner, row);
            }
        }
    }

    /// Characters, with white space as one space (part 3, 6.1.2).
    fn characters(&mut self, text: &str, manner: Manner, row: &mut Vec<Inline>) {
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\r' | '\n');
            match (is_space, self.open.is_after_space) {
                (true, true) => {}
                (true, false) => shown.push(' '),
                (false, true | false) => shown.push(c),
            }
            self.open.is_after_space = is_space;
        }
        if !shown.is_empty() {
            let ends_in_space = self.open.is_after_space;
            self.show(&shown, manner, row);
            self.open.is_after_space = ends_in_space;
        }
    }

    /// Adds characters as they are.
    fn show(&mut self, text: &str, manner: Manner, row: &mut Vec<Inline>) {
        self.open.is_after_space = false;
        match manner.around(Inline::Text(text.to_owned())) {
            Inline::Text(text) => push_text(row, &text),
            styled => row.push(styled),
        }
    }

    fn span(&mut self, span: &Element, manner: Manner, row: &mut Vec<Inline>) {
        let look = self.styles.characters(span.attribute("text:style-name"));
        if look.manner.is_hidden() {
            self.left("hidden words", words(span));
        } else if look.names.iter().any(|name| pieces::is_code(name)) {
            let mut content = Vec::new();
            self.inlines(span, Manner::default(), &mut content);
            row.push(Inline::Code(plain(&content)));
            row.extend(content.into_iter().filter(is_mark));
        } else {
            self.inlines(span, look.manner.within(manner), row);
        }
    }

    /// The mark of a note; its words are kept for the end.
    fn note(&mut self, element: &Element, row: &mut Vec<Inline>) {
        self.noted += 1;
        let name = self.noted.to_string();
        self.open.is_after_space = false;
        row.push(Inline::NoteMark(name.clone()));
        let mut inside = Vec::new();
        if let Some(body) = element.child("text:note-body") {
            self.blocks(body, &mut inside);
        }
        let blocks = pieces::joined(inside, &mut self.remarks);
        self.notes.push(Note { name, blocks });
    }

    /// Whether an element does not come into a book: then it is told what it is.
    fn is_left(&mut self, element: &Element) -> bool {
        match element.name.as_str() {
            "text:tracked-changes" => {
                let deleted = element.all().into_iter().filter(|it| it.name == "text:deletion");
                for deletion in deleted {
                    self.left("words deleted in the document", words(deletion));
                }
            }
            "office:annotation" => {
                let said = element.elements().filter(|it| it.name.starts_with("text:"));
                let said = said.map(|it| words(it) + " ").collect();
                self.left("a comment", said);
            }
            "text:script" => {
                let language = element.attribute("script:language").unwrap_or_default();
                let what = message!("macros in `{name}`, which were not run", name = language);
                self.remarks.push(Remark::new(Fate::Left, what, ""));
            }
            "text:section-source" | "office:dde-source" => {
                let address = element.attribute("xlink:href").unwrap_or_default();
                let what = message!("the text at `{address}` is not fetched", address);
                self.remarks.push(Remark::new(Fate::Left, what, ""));
            }
            name if is_index(name) => self.left("a list that banxin makes itself", words(element)),
            name if is_silent(name) => {}
            _ if is_hidden(element) => self.left("hidden words", words(element)),
            _ => return false,
        }
        true
    }

    fn left(&mut self, what: &'static str, words: String) {
        if !words.trim().is_empty() {
            self.remarks.push(Remark::new(Fate::Left, what, words));
        }
    }
}

/// The level of a heading; none of a paragraph.
fn level(element: &Element) -> Option<u8> {
    let level = element.attribute("text:outline-level").and_then(|it| it.parse().ok());
    (element.name == "text:h").then(|| level.unwrap_or(1))
}

/// Whether an element is a table of contents, of pictures, of entries.
pub(super) fn is_index(name: &str) -> bool {
    matches!(
        name,
        "text:table-of-content"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index"
            | "text:alphabetical-index"
    )
}

/// Whether an element has no words that are shown.
fn is_silent(name: &str) -> bool {
    let is_template = name.starts_with("text:") && name.ends_with("-source");
    is_template
        || matches!(
            name,
            "text:tracked-changes"
                | "text:note-citation"
                | "text:number"
                | "text:script"
                | "office:annotation"
                | "office:binary-data"
                | "office:change-info"
                | "office:event-listeners"
                | "office:forms"
                | "draw:object"
                | "draw:object-ole"
                | "svg:title"
                | "svg:desc"
                | "table:title"
                | "table:desc"
        )
}

/// Whether the words of an element are not to be seen.
fn is_hidden(element: &Element) -> bool {
    element.attribute("text:display") == Some("none")
        || element.attribute("text:is-hidden") == Some("true")
}

/// The words that an element shows, each once; also those that are told as hidden.
pub(super) fn words(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Text(piece) => text += piece,
            Node::Element(inner) if is_silent(&inner.name) => {}
            Node::Element(inner) => {
                let parts = ["text:p", "text:h", "text:s", "text:tab", "text:line-break"];
                if parts.contains(&inner.name.as_str()) {
                    text.push(' ');
                }
                text += &words(inner);
            }
        }
    }
    text
}
