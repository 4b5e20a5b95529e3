//! The logical structure of the book: what the things on its pages are, whatever they look like
//! (ISO 32000-1, 14.7 and 14.8).
//!
//! Elements are made with the blocks and inlines that they stand for, each sheaf of pages counting
//! its own. On the pages a [`Tag`] says which element the items after it belong to.

use super::flow::Flow;
use super::set::Galley;
use crate::book::NoteId;
use crate::diag::Span;

/// An element of [`super::Layout::structure`]; in a galley, of that galley.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElementId(pub u32);

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// What it is part of; none for the root.
    pub parent: Option<ElementId>,
    /// Where its words begin in the source; none where it is part of one that knows it, and for words
    /// that stand in no text.
    pub place: Option<Span>,
}

/// What an element is, by the standard structure types (14.8.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole book.
    Document,
    /// A part with its chapters.
    Part,
    /// A chapter, a section, a page of the book's own.
    Section,
    /// A heading; in a sheaf 1 for its title, in the book by the levels above it.
    Heading(u8),
    /// A paragraph, or a line that stands alone.
    Paragraph,
    /// A quotation.
    Quote,
    /// A list.
    List(Labels),
    /// One of its items.
    Item,
    /// The number or the sign of an item or a note.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// One of its rows.
    Row,
    /// A cell of its head row.
    HeadCell,
    /// Another cell.
    Cell,
    /// A picture, and what it shows.
    Figure {
        /// In words.
        alt: String,
    },
    /// Label and title of a figure or table.
    Caption,
    /// Code.
    Code,
    /// The contents.
    Contents,
    /// A line of the contents.
    ContentsItem,
    /// Words that point elsewhere in the book.
    Reference,
    /// Words that lead somewhere.
    Link,
    /// A note at the foot of a page.
    Note,
    /// The index.
    Index,
    /// Words of another language, by its BCP 47 tag.
    Foreign(String),
    /// An abbreviation, by what it stands for.
    Abbreviation(String),
    /// Characters with a reading.
    Ruby,
    /// The characters.
    RubyBase,
    /// The reading.
    RubyText,
    /// A note inside the line.
    Gloss,
    /// A bracket of such a note.
    GlossBracket,
    /// Its words.
    GlossText,
}

/// The labels of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Numbers.
    Numbers,
    /// The same sign for all.
    Signs,
    /// Words, as the terms of definitions.
    Words,
    /// No labels.
    None,
}

/// What the items after it belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// An element.
    Element(ElementId),
    /// No element: it says nothing that the text does not say (14.8.2.2).
    Artifact(Artifact),
}

/// Why something belongs to no element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// It belongs to the page: running head and folio.
    Head,
    /// It shows what the structure says: rules, leaders, dots of emphasis, a table's head again.
    Layout,
}

impl Tag {
    /// What only shows what the structure says.
    pub const LAYOUT: Self = Self::Artifact(Artifact::Layout);

    /// The same, counted from `first`.
    pub const fn counted_from(self, first: u32) -> Self {
        match self {
            Self::Element(ElementId(id)) => Self::Element(ElementId(first + id)),
            Self::Artifact(artifact) => Self::Artifact(artifact),
        }
    }
}

/// The tags of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Tags {
    /// Of its words.
    block: Tag,
    /// The first of the elements inside it.
    first: u32,
}

impl Tags {
    /// Those of words without elements of their own.
    pub const fn plain(block: Tag) -> Self {
        Self { block, first: 0 }
    }

    /// The tag of words in the element `inside` of their flow.
    pub fn of(self, inside: Option<u32>) -> Tag {
        inside.map_or(self.block, |inside| self.element(inside))
    }

    /// The tag of the element `inside` of a flow.
    pub const fn element(self, inside: u32) -> Tag {
        Tag::Element(ElementId(self.first + inside))
    }
}

/// An element inside a flow.
#[derive(Clone, Debug)]
pub struct Inner {
    /// What it is.
    pub role: Role,
    /// The element of the flow that it is in; none for the flow's own.
    pub parent: Option<u32>,
    /// The note that it leads to.
    pub note: Option<NoteId>,
}

impl Galley {
    /// Adds an element.
    pub fn element(&mut self, role: Role, parent: Option<ElementId>) -> ElementId {
        // A chapter has fewer than 4 G elements.
        let id = ElementId(self.elements.len() as u32);
        self.elements.push(Element { role, parent, place: None });
        id
    }

    /// Says where an element begins in the source.
    pub fn place(&mut self, element: ElementId, place: Option<Span>) {
        if let Some(element) = self.elements.get_mut(element.0 as usize) {
            element.place = element.place.or(place);
        }
    }

    /// Adds the elements inside `flow`, whose words belong to `block`.
    pub fn adopt(&mut self, flow: &Flow<'_>, block: ElementId) -> Tags {
        self.place(block, flow.place);
        let first = self.elements.len() as u32;
        for inner in &flow.elements {
            let parent = inner.parent.map_or(block, |parent| ElementId(first + parent));
            let id = self.element(inner.role.clone(), Some(parent));
            if let Some(note) = inner.note {
                self.meet(note, id, self.home_of_notes(block));
            }
        }
        Tags { block: Tag::Element(block), first }
    }

    /// What the notes of `block` stand in: they stand beside it, but for the parts of tables, lists
    /// and figures, which have no others beside them (ISO 14289-1, 7.5 and 7.6).
    fn home_of_notes(&self, block: ElementId) -> ElementId {
        let parent = self.elements[block.0 as usize].parent.unwrap_or(block);
        match self.elements[parent.0 as usize].role {
            Role::Row | Role::Table | Role::List(_) | Role::Item | Role::Figure { .. } => block,
            Role::Document
            | Role::Part
            | Role::Section
            | Role::Heading(_)
            | Role::Paragraph
            | Role::Quote
            | Role::Label
            | Role::Body
            | Role::HeadCell
            | Role::Cell
            | Role::Caption
            | Role::Code
            | Role::Contents
            | Role::ContentsItem
            | Role::Reference
            | Role::Link
            | Role::Note
            | Role::Index
            | Role::Foreign(_)
            | Role::Abbreviation(_)
            | Role::Ruby
            | Role::RubyBase
            | Role::RubyText
            | Role::Gloss
            | Role::GlossBracket
            | Role::GlossText => parent,
        }
    }

    /// Takes up that the mark `reference` leads to `note`, which stands in `home`.
    fn meet(&mut self, note: NoteId, reference: ElementId, home: ElementId) {
        if let Some(note) = self.notes.get_mut(note.0 as usize)
            && note.reference.is_none()
        {
            note.reference = Some(reference);
            self.elements[note.element.0 as usize].parent = Some(home);
        }
    }

    /// What follows belongs to `tag`.
    pub fn tag(&mut self, tag: Tag) {
        self.items.push(super::axis::Drawn::Tag(tag));
    }
}

/// The structure of the whole book, put together from that of its sheaves.
#[derive(Debug)]
pub struct Tree {
    elements: Vec<Element>,
    /// The part that chapters belong to.
    part: Option<ElementId>,
    /// The level of the last heading.
    level: u8,
}

/// What a sheaf of pages is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The book.
    Book,
    /// The last part.
    Part,
}

impl Tree {
    /// The root.
    pub const ROOT: ElementId = ElementId(0);
    /// The picture of the cover.
    pub const COVER: ElementId = ElementId(1);

    /// A book of which there is only the cover.
    pub fn new(cover: String) -> Self {
        let root = Element { role: Role::Document, parent: None, place: None };
        let role = Role::Figure { alt: cover };
        let cover = Element { role, parent: Some(Self::ROOT), place: None };
        Self { elements: vec![root, cover], part: None, level: 0 }
    }

    /// Adds the elements of a sheaf; gives the number of the first.
    pub fn add(&mut self, sheaf: &[Element], within: Within) -> u32 {
        let first = self.elements.len() as u32;
        let part = self.part.filter(|_| within == Within::Part);
        for Element { role, parent, place } in sheaf {
            let role = match role {
                Role::Heading(level) => self.heading(level + u8::from(part.is_some())),
                Role::Part => {
                    self.part = Some(ElementId(self.elements.len() as u32));
                    Role::Part
                }
                role => role.clone(),
            };
            let parent = parent.map(|ElementId(id)| ElementId(first + id));
            let parent = parent.or(part).or(Some(Self::ROOT));
            self.elements.push(Element { role, parent, place: *place });
        }
        first
    }

    /// A heading of `level`, or of the next below the one before it: no level is left out
    /// (ISO 14289-1, 7.4.2), and there are six.
    fn heading(&mut self, level: u8) -> Role {
        const LOWEST: u8 = 6;
        self.level = level.min(self.level + 1).min(LOWEST);
        Role::Heading(self.level)
    }

    /// Adds the picture of the back cover; gives its element.
    pub fn back(&mut self, alt: String) -> ElementId {
        let id = ElementId(self.elements.len() as u32);
        let role = Role::Figure { alt };
        self.elements.push(Element { role, parent: Some(Self::ROOT), place: None });
        id
    }

    /// All elements, each after the one that it is part of, but for notes.
    pub fn finish(self) -> Vec<Element> {
        self.elements
    }
}
