//! Numbers, labels and names of everything that a reference can lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::notes::Marked;
use super::walk::{self, Node};
use super::{Anchor, AnchorId, plain};
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, nearest};
use crate::files::BookPath;
use crate::manifest::{Manifest, Matter, Numbering};
use crate::manuscript::{
    Attributes, Block, Chapter, Definition, Figure, Heading, IndexMark, Inline, Name, Purpose,
    Table,
};
use crate::message;
use crate::script::{Numerals, Rules, Scheme};

/// Everything that a reference can lead to.
#[derive(Default)]
pub(super) struct Outline {
    /// The anchors, in the order of the book.
    pub anchors: Vec<Anchor>,
    /// By the id that the author gave.
    ids: BTreeMap<String, AnchorId>,
    /// By the chapter's file.
    chapters: BTreeMap<BookPath, Entry>,
    /// The part that begins with a chapter.
    parts: BTreeMap<BookPath, Entry>,
    /// The marks of the index, in the order of the book.
    pub marks: Vec<(AnchorId, IndexMark)>,
    /// The ids in what the edition does not have.
    left_out: Vec<String>,
    /// By where the thing stands.
    places: BTreeMap<(SourceId, u32), Entry>,
    /// The names of the anchors, and those that authors gave.
    taken: BTreeSet<String>,
}

/// An anchor and the number of what it stands at.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The anchor.
    pub anchor: AnchorId,
    /// Its number, where it has one: `第一章`, `一、`, `图1-1`.
    pub number: Option<String>,
}

/// A chapter with what the manifest says of it.
pub(super) struct Listed<'a> {
    /// The title of the part that begins with it.
    pub part: Option<&'a str>,
    /// Where it stands.
    pub matter: Matter,
    /// Its text.
    pub chapter: &'a Chapter,
    /// Its notes.
    pub notes: &'a Marked,
}

impl Outline {
    /// Numbers the book.
    pub fn new(
        manifest: &Manifest,
        chapters: &[Listed<'_>],
        left_out: Vec<String>,
        sink: &mut Sink,
    ) -> Self {
        let mut counter = Counter::new(manifest);
        for (index, listed) in chapters.iter().enumerate() {
            counter.chapter(index, listed);
        }
        let Counter { mut outline, drafts, .. } = counter;
        outline.name(drafts, sink);
        outline.left_out = left_out;
        outline
    }

    /// The chapter of a file.
    pub fn chapter(&self, path: &BookPath) -> Option<&Entry> {
        self.chapters.get(path)
    }

    /// The part that begins with the chapter of a file.
    pub fn part(&self, path: &BookPath) -> Option<&Entry> {
        self.parts.get(path)
    }

    /// What stands at a place.
    pub fn at(&self, span: Span) -> Option<&Entry> {
        self.places.get(&(span.source, span.start))
    }

    /// What the author calls `id`.
    pub fn id(&self, id: &str) -> Option<AnchorId> {
        self.ids.get(id).copied()
    }

    /// Adds an anchor in a chapter, by a name like `name` that is free.
    pub fn add(&mut self, chapter: usize, name: String, label: String) -> AnchorId {
        let name = free_name(name, &mut self.taken);
        self.anchors.push(Anchor { chapter, name, label });
        anchor_id(self.anchors.len() - 1)
    }

    /// The id that is most like `id`.
    pub fn nearest_id(&self, id: &str) -> Option<&str> {
        nearest(id, self.ids.keys().map(String::as_str))
    }

    /// Whether `id` stands in what the edition does not have.
    pub fn leaves_out(&self, id: &str) -> bool {
        self.left_out.iter().any(|left| left == id)
    }

    /// The file that is named most like `path`.
    pub fn nearest_chapter(&self, path: &str) -> Option<&str> {
        nearest(path, self.chapters.keys().map(BookPath::as_str))
    }

    /// Gives every anchor its name: the author's where it is a name in XML, else one that is free.
    fn name(&mut self, drafts: Vec<Draft>, sink: &mut Sink) {
        for (index, draft) in drafts.iter().enumerate() {
            let Some(id) = &draft.id else { continue };
            match self.ids.get(&id.text) {
                Some(first) => {
                    let finding = duplicate(id, drafts[first.0 as usize].id.as_ref(), sink);
                    sink.report(finding);
                }
                None => {
                    self.ids.insert(id.text.clone(), anchor_id(index));
                    if is_xml_name(&id.text) {
                        self.taken.insert(id.text.clone());
                    }
                }
            }
        }
        for (index, draft) in drafts.into_iter().enumerate() {
            let given = draft
                .id
                .map(|id| id.text)
                .filter(|id| is_xml_name(id) && self.ids.get(id) == Some(&anchor_id(index)));
            let name = given.unwrap_or_else(|| free_name(draft.fallback, &mut self.taken));
            self.anchors.push(Anchor { chapter: draft.chapter, name, label: draft.label });
        }
    }
}

/// The id of the anchor at `index`; a book has fewer than 2³² of them.
fn anchor_id(index: usize) -> AnchorId {
    AnchorId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Whether `id` can be an id in XML and in a URL as it is: an ASCII `NCName`.
fn is_xml_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// `name`, with a letter behind it where an author uses it already.
fn free_name(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut free = name;
    while !taken.insert(free.clone()) {
        free.push('x');
    }
    free
}

/// Says that an id is used twice.
fn duplicate(id: &Name, first: Option<&Name>, sink: &Sink) -> Diagnostic {
    let name = &id.text;
    let message = match first {
        Some(first) => {
            let (line, column) = sink.sources.line_column(first.span);
            let path = &sink.sources.get(first.span.source).path;
            let place = format!("{path}:{line}:{column}");
            message!("the id `{name}` is already used at {place}", name, place)
        }
        None => message!("the id `{name}` is already used", name),
    };
    Diagnostic::new(Code::DuplicateId, id.span, message).hint("give one of the two another id")
}

/// An anchor without its name.
struct Draft {
    chapter: usize,
    id: Option<Name>,
    /// The name when the author gave none.
    fallback: String,
    label: String,
}

/// Counts through the book.
struct Counter {
    rules: &'static Rules,
    numbering: Numbering,
    outline: Outline,
    drafts: Vec<Draft>,
    /// Chapters with a number so far.
    chapters: usize,
    /// Appendices with a letter so far.
    appendices: usize,
    /// Parts so far.
    parts: usize,
    /// Terms of the glossary so far.
    terms: usize,
    /// Figures and tables so far in chapters without a number.
    unnumbered: Captions,
    /// What is counted anew in each chapter.
    here: Here,
}

/// How many figures and tables there are.
#[derive(Default)]
struct Captions {
    figures: usize,
    tables: usize,
}

/// What is counted in a chapter.
#[derive(Default)]
struct Here {
    /// The chapter's place in the book, from 0.
    index: usize,
    /// What it is for.
    purpose: Purpose,
    /// Its number or letter, where it has one.
    number: Option<String>,
    /// Numbered headings so far below the heading above them, by level.
    sections: [usize; 7],
    /// Headings so far.
    headings: usize,
    /// Figures and tables so far.
    captions: Captions,
}

impl Counter {
    fn new(manifest: &Manifest) -> Self {
        Self {
            rules: manifest.metadata.rules,
            numbering: manifest.numbering,
            outline: Outline::default(),
            drafts: Vec::new(),
            chapters: 0,
            appendices: 0,
            parts: 0,
            terms: 0,
            unnumbered: Captions::default(),
            here: Here::default(),
        }
    }

    /// Counts a chapter and what is in it.
    fn chapter(&mut self, index: usize, listed: &Listed<'_>) {
        let chapter = listed.chapter;
        self.here = Here { index, ..Here::default() };
        if let Some(title) = listed.part {
            self.parts += 1;
            let number = self.scheme().map(|_| self.rules.part_number(self.parts));
            let label = number.clone().unwrap_or_else(|| title.to_owned());
            let entry = self.draft(None, format!("part-{}", self.parts), label, number);
            self.outline.parts.insert(chapter.path.clone(), entry);
        }
        let number = match self.scheme() {
            Some(scheme) if chapter.title.numbered => self.number(listed.matter, scheme),
            Some(_) | None => None,
        };
        let label = number.clone().unwrap_or_else(|| plain::written(&chapter.title.content));
        let id = chapter.title.id.as_ref();
        let entry = self.draft(id, format!("ch-{}", index + 1), label, number);
        self.outline.chapters.insert(chapter.path.clone(), entry);
        self.here.purpose = chapter.title.purpose;
        walk::inlines(&chapter.title.content, &mut |node| self.node(node));
        walk::blocks(&chapter.blocks, 0, &mut |node| self.node(node));
        for definition in listed.notes.written() {
            walk::blocks(&chapter.notes[definition].blocks, 1, &mut |node| self.node(node));
        }
    }

    /// How headings are numbered, if they are.
    fn scheme(&self) -> Option<Scheme> {
        match self.numbering {
            Numbering::On(scheme) => Some(scheme),
            Numbering::Off => None,
        }
    }

    /// Numbers a chapter: `第一章`, `附录A`.
    fn number(&mut self, matter: Matter, scheme: Scheme) -> Option<String> {
        match matter {
            Matter::Body => {
                self.chapters += 1;
                self.here.number = Some(self.chapters.to_string());
                Some(self.rules.chapter_number(self.chapters, scheme))
            }
            Matter::Appendix => {
                self.appendices += 1;
                let letter = Numerals::Letters.write(self.appendices);
                let number = self.rules.appendix_number(&letter);
                self.here.number = Some(letter);
                Some(number)
            }
            Matter::Front | Matter::Back => None,
        }
    }

    /// Numbers a heading of `level` in a chapter that has a number: `一、`, `1.1`.
    fn section(&mut self, level: u8) -> Option<String> {
        let (chapter, scheme) = (self.here.number.as_ref()?, self.scheme()?);
        let sections = &mut self.here.sections[..=usize::from(level)];
        *sections.last_mut()? += 1;
        let own = self.rules.section_number(level, *sections.last()?)?;
        Some(match scheme {
            Scheme::Words => own,
            Scheme::Decimal => {
                let above = sections[2..].iter().filter(|&&count| count > 0);
                above.fold(chapter.clone(), |number, count| format!("{number}.{count}"))
            }
        })
    }

    /// Counts a block.
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Block(Block::Heading(heading), depth) => self.heading(heading, depth),
            Node::Block(Block::Figure(figure), _) => self.figure(figure),
            Node::Block(Block::Table(table), _) => self.table(table),
            Node::Block(Block::Definitions(definitions), _) => {
                definitions.iter().for_each(|definition| self.definition(definition));
            }
            Node::Inline(Inline::Indexed { mark, .. }) => self.mark(mark),
            Node::Block(..) | Node::Inline(_) => {}
        }
    }

    /// Counts a term of the glossary.
    fn definition(&mut self, definition: &Definition) {
        if self.here.purpose == Purpose::Glossary {
            self.terms += 1;
            let label = plain::written(&definition.term);
            let entry = self.draft(None, format!("term-{}", self.terms), label, None);
            self.place(definition.span, entry);
        }
    }

    /// Counts a mark of the index.
    fn mark(&mut self, mark: &IndexMark) {
        let name = format!("ix-{}", self.outline.marks.len() + 1);
        let label = mark.entries.first().and_then(|entry| entry.last()).cloned();
        let entry = self.draft(None, name, label.unwrap_or_default(), None);
        self.outline.marks.push((entry.anchor, mark.clone()));
        self.place(mark.span, entry);
    }

    /// Counts a heading; only those that stand in nothing else carry numbers.
    fn heading(&mut self, heading: &Heading, depth: usize) {
        self.here.headings += 1;
        let level = heading.level.min(6);
        let mut number = None;
        if depth == 0 {
            self.here.sections[usize::from(level) + 1..].fill(0);
            if heading.numbered {
                number = self.section(level);
            }
        }
        let fallback = format!("sec-{}-{}", self.here.index + 1, self.here.headings);
        let label = match (&number, self.scheme()) {
            (Some(number), Some(Scheme::Decimal)) => self.rules.section_label(number),
            // 一、 says too little where it does not stand below its chapter.
            _ => plain::written(&heading.content),
        };
        let entry = self.draft(heading.id.as_ref(), fallback, label, number);
        self.place(heading.span, entry);
    }

    /// Counts a figure, if it has a caption.
    fn figure(&mut self, figure: &Figure) {
        if is_captioned(&figure.caption, &figure.attributes) {
            let word = self.rules.labels.figure;
            self.caption(
                word,
                "fig",
                |captions| &mut captions.figures,
                &figure.attributes,
                figure.path.span,
            );
        }
    }

    /// Counts a table, if it has a caption.
    fn table(&mut self, table: &Table) {
        if is_captioned(&table.caption, &table.attributes) {
            let word = self.rules.labels.table;
            self.caption(
                word,
                "tbl",
                |captions| &mut captions.tables,
                &table.attributes,
                table.span,
            );
        }
    }

    /// Counts a caption: `图1-2` in a chapter with a number, else `图2`, which counts on from
    /// chapter to chapter so that no two are the same.
    fn caption(
        &mut self,
        word: &str,
        name: &str,
        count: fn(&mut Captions) -> &mut usize,
        attributes: &Attributes,
        span: Span,
    ) {
        let in_chapter = self.here.number.as_ref().map(|number| format!("{number}-"));
        let in_chapter = in_chapter.unwrap_or_default();
        let counted = match self.here.number {
            Some(_) => count(&mut self.here.captions),
            None => count(&mut self.unnumbered),
        };
        *counted += 1;
        let number = *counted;
        let label = format!("{word}{in_chapter}{number}");
        let fallback = format!("{name}-{}-{number}", self.here.index + 1);
        let entry = self.draft(attributes.id.as_ref(), fallback, label.clone(), Some(label));
        self.place(span, entry);
    }

    /// Keeps an anchor.
    fn draft(
        &mut self,
        id: Option<&Name>,
        fallback: String,
        label: String,
        number: Option<String>,
    ) -> Entry {
        let anchor = anchor_id(self.drafts.len());
        self.drafts.push(Draft { chapter: self.here.index, id: id.cloned(), fallback, label });
        Entry { anchor, number }
    }

    /// Keeps where an anchor stands.
    fn place(&mut self, span: Span, entry: Entry) {
        self.outline.places.insert((span.source, span.start), entry);
    }
}

/// Whether a figure or table has a caption: a title, an id or a source.
fn is_captioned(title: &[Inline], attributes: &Attributes) -> bool {
    !title.is_empty() || attributes.id.is_some() || attributes.source.is_some()
}
