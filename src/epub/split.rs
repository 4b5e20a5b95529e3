//! Long chapters in several files: readers open and page through a file as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::book::{AnchorId, Block, Caption, Chapter, IndexEntry, Inline, NoteId, Target};

/// The most bytes that a file of the text should have, by an estimate that leaves room below the
/// 250 kB that readers take well.
const MOST: usize = 200_000;
/// What the tags of an element take, by and large.
const TAGS: usize = 48;

/// A chapter in its pieces.
#[derive(Debug, Default)]
pub struct Split {
    /// The blocks of each piece; never none.
    pub pieces: Vec<Range<usize>>,
    /// The pieces of anchors, where they are not in the first.
    anchors: BTreeMap<AnchorId, usize>,
    /// The pieces of notes, where they are not in the first: a note stands with its first mark.
    notes: BTreeMap<NoteId, usize>,
}

impl Split {
    /// Divides a chapter between its blocks; the first piece has the title.
    pub fn new(chapter: &Chapter) -> Self {
        Self::at(chapter, MOST)
    }

    /// Divides a chapter into pieces of `most` bytes. A block that has more is a piece of its own.
    pub fn at(chapter: &Chapter, most: usize) -> Self {
        let blocks = found(chapter);
        let mut split = Self::default();
        let mut start = 0;
        let mut weight = 0;
        for (index, block) in blocks.iter().enumerate() {
            weight += block.weight;
            // A heading stays with what it is over.
            let over = chapter.blocks[..index].iter().rev();
            let over = over.take_while(|block| matches!(block, Block::Heading(_))).count();
            let cut = index - over;
            if weight > most && cut > start {
                split.pieces.push(start..cut);
                start = cut;
                weight = blocks[cut..=index].iter().map(|block| block.weight).sum();
            }
        }
        split.pieces.push(start..blocks.len());
        for (piece, range) in split.pieces.iter().enumerate().skip(1) {
            for block in &blocks[range.clone()] {
                split.anchors.extend(block.anchors.iter().map(|&anchor| (anchor, piece)));
                split.notes.extend(block.marks.iter().map(|&note| (note, piece)));
            }
        }
        split
    }

    /// The piece with an anchor.
    pub fn of_anchor(&self, anchor: AnchorId) -> usize {
        self.anchors.get(&anchor).copied().unwrap_or_default()
    }

    /// The piece with a note.
    pub fn of_note(&self, note: NoteId) -> usize {
        self.notes.get(&note).copied().unwrap_or_default()
    }
}

/// What stands in each block of a chapter. A note belongs to that of its first mark, which alone is
/// told.
fn found(chapter: &Chapter) -> Vec<Found> {
    let mut marked = BTreeSet::new();
    let found = |block| {
        let mut found = Found::default();
        found.block(block);
        found.marks.retain(|&note| marked.insert(note));
        let notes = found.marks.iter().filter_map(|note| chapter.notes.get(note.0 as usize));
        let mut in_notes = Found::default();
        notes.for_each(|note| in_notes.blocks(&note.blocks));
        found.weight += in_notes.weight;
        found.anchors.append(&mut in_notes.anchors);
        found
    };
    chapter.blocks.iter().map(found).collect()
}

/// What stands in a block.
#[derive(Default)]
struct Found {
    weight: usize,
    anchors: Vec<AnchorId>,
    marks: Vec<NoteId>,
}

impl Found {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        self.weight += TAGS;
        match block {
            Block::Heading(heading) => {
                self.anchors.push(heading.anchor);
                self.inlines(&heading.content);
            }
            Block::Paragraph(content) => self.inlines(content),
            Block::Quote(inner) => self.blocks(inner),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    self.anchors.extend(definition.anchor);
                    self.inlines(&definition.term);
                    definition.bodies.iter().for_each(|body| self.blocks(body));
                }
            }
            Block::Code { text, .. } => self.weight += text.text.len(),
            Block::Figure(figure) => {
                self.weight += figure.alt.len();
                self.caption(figure.caption.as_ref());
            }
            Block::Table(table) => {
                self.caption(table.caption.as_ref());
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    self.weight += TAGS;
                    self.inlines(cell);
                }
            }
            Block::Index(index) => {
                index.groups.iter().for_each(|group| self.entries(&group.entries));
            }
            Block::Divider => {}
            Block::References(references) => {
                for reference in references {
                    self.weight += TAGS;
                    self.anchors.push(reference.anchor);
                    self.inlines(&reference.label);
                    self.inlines(&reference.content);
                }
            }
        }
    }

    fn entries(&mut self, entries: &[IndexEntry]) {
        for entry in entries {
            self.anchors.extend(entry.anchor);
            self.weight += entry.words.len() + TAGS * (2 + entry.places.len());
            self.entries(&entry.entries);
        }
    }

    fn caption(&mut self, caption: Option<&Caption>) {
        let Some(caption) = caption else { return };
        self.anchors.push(caption.anchor);
        self.weight += caption.source.as_ref().map_or(0, |source| source.text.len());
        self.inlines(&caption.title);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.weight += text.text.len(),
                Inline::Code(text) => self.weight += text.text.len() + TAGS,
                Inline::NoteMark(note) => {
                    self.weight += TAGS * 3;
                    self.marks.push(*note);
                }
                Inline::Ruby { base, reading } => {
                    self.weight += reading.text.len() + TAGS;
                    self.inlines(base);
                }
                Inline::Emphasis(_, content)
                | Inline::Strong(content)
                | Inline::Strike(content)
                | Inline::Subscript(content)
                | Inline::Superscript(content)
                | Inline::Name(content)
                | Inline::Title(content)
                | Inline::Gloss(content)
                | Inline::Foreign { content, .. }
                | Inline::Abbreviation { content, .. }
                | Inline::Term { content, .. } => {
                    self.weight += TAGS;
                    self.inlines(content);
                }
                Inline::Link { target, content } => {
                    self.weight += TAGS;
                    if let Target::Entry { mark, .. } = target {
                        self.anchors.extend(*mark);
                    }
                    self.inlines(content);
                }
                Inline::Anchor(anchor) => {
                    self.weight += TAGS;
                    self.anchors.push(*anchor);
                }
                Inline::PageOf { .. } => self.weight += TAGS,
                Inline::Image { alt, .. } => self.weight += alt.len() + TAGS,
                Inline::Break => {}
            }
        }
    }
}
