//! A chapter: its opening, its blocks, its notes.

use std::collections::BTreeSet;

use super::super::breaks::{Breaks, Inside};
use super::super::place::Places;
use super::super::xml::{Attributes, Xml};
use super::{Text, Told, division, document, prose};
use crate::book::{
    Block, Book, Chapter, Definition, Heading, List, ListItem, NoteId, Purpose, Reference,
    Text as Words, Token, source_start,
};
use crate::layout::Division;
use crate::manifest::{Matter, PieceSource};
use crate::script::gap_after;

/// Writes one chapter.
pub struct Renderer<'a> {
    /// What is written so far.
    pub xml: &'a mut Xml,
    /// The whole book, for what links and pictures name.
    pub book: &'a Book,
    /// Which chapter this is.
    pub index: usize,
    /// Which piece of it.
    pub piece: usize,
    /// Where everything stands.
    pub places: &'a Places,
    /// The pages of the printed book.
    pub breaks: &'a Breaks,
    /// Those that begin inside the chapter and are not met yet.
    pub waiting: Inside,
    /// What was met so far.
    pub told: &'a mut Told,
    /// The notes whose first mark is written: only that one has an id to come back to.
    pub marked: BTreeSet<NoteId>,
    /// Inside a link: the marks to write after it, for a link cannot hold another.
    pub held: Option<Vec<NoteId>>,
    /// What the ids of notes and of their marks begin with.
    pub prefixes: [String; 2],
}

/// A piece of a chapter as a document.
pub fn render(
    book: &Book,
    places: &Places,
    breaks: &Breaks,
    (index, piece): (usize, usize),
) -> Text {
    let chapter = &book.chapters[index];
    let body = [("class", "chapter"), ("epub:type", division(chapter.matter))];
    let mut told = Told::default();
    let bytes = document(book, "../", &chapter.plain_title, &body, |xml| {
        let mut renderer = Renderer {
            xml,
            book,
            index,
            piece,
            places,
            breaks,
            waiting: breaks.inside(index),
            told: &mut told,
            marked: BTreeSet::new(),
            held: None,
            prefixes: ["n", "r"].map(|prefix| unused(book, prefix)),
        };
        renderer.chapter(chapter);
    });
    Text { bytes, told }
}

/// `prefix`, lengthened until no anchor of the book is the same with a number after it.
fn unused(book: &Book, prefix: &str) -> String {
    let clashes = |prefix: &str, name: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let mut prefix = prefix.to_owned();
    while book.anchors.iter().any(|anchor| clashes(&prefix, &anchor.name)) {
        prefix.push('-');
    }
    prefix
}

impl Renderer<'_> {
    /// An element with what `inner` writes into it.
    pub fn element(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.xml.open(name, attributes);
        inner(self);
        self.xml.close(name);
    }

    /// A block element that holds blocks, each on its own line.
    pub fn holder(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.element(name, attributes, |r| {
            r.xml.line();
            inner(r);
        });
        self.xml.line();
    }

    /// The chapter, or a piece of it, as a section.
    fn chapter(&mut self, chapter: &Chapter) {
        let id = self.book.anchor(chapter.anchor).name.clone();
        let mut attributes = Vec::new();
        if self.piece == 0 {
            attributes.push(("id", id.as_str()));
            // Of the others it is not known what they are: a preface, a list.
            let kind = match (chapter.purpose, chapter.matter) {
                (Purpose::Glossary, _) => Some(("glossary", "doc-glossary")),
                (Purpose::Index, _) => Some(("index", "doc-index")),
                (Purpose::Text | Purpose::References, Matter::Body) => {
                    Some(("chapter", "doc-chapter"))
                }
                (Purpose::Text | Purpose::References, Matter::Appendix) => {
                    Some(("appendix", "doc-appendix"))
                }
                (Purpose::Text | Purpose::References, Matter::Front | Matter::Back) => None,
            };
            if let Some((kind, role)) = kind {
                attributes.extend([("epub:type", kind), ("role", role)]);
            }
        }
        let blocks = self.places.splits[self.index].pieces[self.piece].clone();
        self.holder("section", &attributes, |r| {
            if r.piece == 0 {
                if let Some(label) = r.breaks.opening(Division::Chapter(r.index)) {
                    r.page_break(label);
                    r.xml.line();
                }
                r.opening(chapter);
            }
            r.blocks(&chapter.blocks[blocks]);
            r.notes(&chapter.notes);
        });
    }

    /// Number, title and source of a chapter.
    fn opening(&mut self, chapter: &Chapter) {
        self.holder("header", &[], |r| {
            r.element("h1", &[], |r| {
                if let Some(number) = &chapter.number {
                    r.xml.leaf("span", &[("class", "number")], number);
                    r.xml.text(" ");
                }
                r.element("span", &[("class", "title")], |r| r.inlines(&chapter.title));
            });
            r.xml.line();
            if let Some(source) = &chapter.source {
                r.piece(source);
            }
        });
    }

    /// The piece that a chapter digests: who published it, its title, its date.
    fn piece(&mut self, source: &PieceSource) {
        let day = self.book.metadata.rules.day(&source.date);
        let language = self.book.metadata.rules.language(&source.language);
        let parts = [&source.institution, &source.title, day.as_str(), language, &source.note];
        let classes = ["institution", "work", "date", "language", "note"];
        let said: Vec<_> = parts.iter().zip(classes).filter(|(part, _)| !part.is_empty()).collect();
        // The title leads to the piece, or whoever published it where it has none.
        let address = if source.title.is_empty() { "institution" } else { "work" };
        self.element("p", &[("class", "piece")], |r| {
            for (place, (part, class)) in said.into_iter().enumerate() {
                if place > 0 {
                    r.xml.text(" · ");
                }
                let words = prose(part);
                match source.url.as_str() {
                    url if !url.is_empty() && class == address => {
                        r.xml.leaf("a", &[("class", class), ("href", url)], &words);
                    }
                    _ => r.xml.leaf("span", &[("class", class)], &words),
                }
            }
        });
        self.xml.line();
    }

    /// Blocks in their order.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// One block and the line end after it.
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(content) => {
                self.element("p", &[], |r| r.inlines(content));
                self.xml.line();
            }
            Block::Quote(blocks) => self.holder("blockquote", &[], |r| r.blocks(blocks)),
            Block::List(list) => self.list(list),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Code { language, text, tokens } => self.code(language, text, tokens),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(table) => self.table(table),
            Block::Index(index) => self.index(index),
            Block::Divider => {
                self.xml.empty("hr", &[]);
                self.xml.line();
            }
            Block::References(references) => self.references(references),
        }
    }

    /// A list of cited works (DPUB-ARIA 1.1, doc-bibliography; its entries need no role since then).
    fn references(&mut self, references: &[Reference]) {
        let numbered = references.iter().any(|reference| !reference.label.is_empty());
        let class = if numbered { "references numbered" } else { "references" };
        let label = self.book.metadata.rules.labels.references;
        let attributes = [
            ("class", class),
            ("epub:type", "bibliography"),
            ("role", "doc-bibliography"),
            ("aria-label", label),
        ];
        self.holder("section", &attributes, |r| {
            r.holder("ul", &[], |r| {
                for reference in references {
                    let id = r.book.anchor(reference.anchor).name.clone();
                    r.element("li", &[("id", &id)], |r| {
                        r.begin(source_start(&reference.content));
                        if !reference.label.is_empty() {
                            r.element("span", &[("class", "label")], |r| {
                                r.inlines(&reference.label);
                            });
                            r.xml.text(" ");
                        }
                        r.inlines(&reference.content);
                    });
                    r.xml.line();
                }
            });
        });
    }

    /// A heading of level 2 to 6.
    fn heading(&mut self, heading: &Heading) {
        let name = match heading.level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            6.. => "h6",
        };
        let id = self.book.anchor(heading.anchor).name.clone();
        self.element(name, &[("id", &id)], |r| {
            r.begin(source_start(&heading.content));
            if let Some(number) = &heading.number {
                r.xml.leaf("span", &[("class", "number")], number);
                r.xml.text(gap_after(number));
            }
            r.inlines(&heading.content);
        });
        self.xml.line();
    }

    /// A list; a first number other than 1 is said.
    fn list(&mut self, list: &List) {
        let tasks = list.items.iter().any(|item| item.task.is_some());
        let start = list.start.filter(|&start| start != 1).map(|start| start.to_string());
        let mut attributes = Vec::new();
        if let Some(start) = &start {
            attributes.push(("start", start.as_str()));
        }
        if tasks {
            attributes.push(("class", "tasks"));
        }
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.holder(name, &attributes, |r| {
            for item in &list.items {
                r.element("li", &[], |r| r.item(item, list.tight));
                r.xml.line();
            }
        });
    }

    /// An item: a box in characters for a task, the paragraphs of a tight list without their tags.
    fn item(&mut self, item: &ListItem, tight: bool) {
        match item.task {
            Some(true) => self.xml.text("☑ "),
            Some(false) => self.xml.text("☐ "),
            None => {}
        }
        for (place, block) in item.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(content) if tight => self.inlines(content),
                Block::Paragraph(_)
                | Block::Heading(_)
                | Block::Quote(_)
                | Block::List(_)
                | Block::Definitions(_)
                | Block::Code { .. }
                | Block::Figure(_)
                | Block::Table(_)
                | Block::Index(_)
                | Block::References(_)
                | Block::Divider => {
                    if place == 0 || tight {
                        self.xml.line();
                    }
                    self.block(block);
                }
            }
        }
    }

    /// Terms and what they mean.
    fn definitions(&mut self, definitions: &[Definition]) {
        self.holder("dl", &[], |r| {
            for definition in definitions {
                let id = definition.anchor.map(|it| r.book.anchor(it).name.clone());
                let attributes = id.as_deref().map(|id| ("id", id));
                r.element("dt", attributes.as_slice(), |r| r.inlines(&definition.term));
                r.xml.line();
                for body in &definition.bodies {
                    r.holder("dd", &[], |r| r.blocks(body));
                }
            }
        });
    }

    /// Code with its line ends.
    fn code(&mut self, language: &str, text: &Words, tokens: &[Token]) {
        let class = format!("language-{language}");
        let attributes = [("class", class.as_str())];
        let attributes = if language.is_empty() { &[][..] } else { &attributes[..] };
        self.element("pre", &[], |r| r.element("code", attributes, |r| r.coded(text, tokens)));
        self.xml.line();
    }
}
