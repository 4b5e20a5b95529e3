//! Markdown as written: blocks and inlines with their places, references still by name.
//!
//! [`read`] turns every chapter that the manifest lists into a [`Chapter`], in parallel. It is the
//! only module that knows Markdown.

mod attributes;
mod blocks;
mod breaks;
mod captions;
mod editions;
mod flanking;
mod html;
mod inlines;
mod links;
mod marks;
mod parse;
mod read;

use crate::diag::Span;
use crate::files::BookPath;

pub use read::read;

/// The texts of a book, in the order of the manifest's contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Manuscript {
    /// One for each file.
    pub chapters: Vec<Chapter>,
    /// The ids in what the edition does not have.
    pub left_out: Vec<String>,
}

/// One Markdown file.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Where it stands.
    pub path: BookPath,
    /// The heading of the first level.
    pub title: Heading,
    /// What follows the title.
    pub blocks: Vec<Block>,
    /// The notes, in the order of their definitions.
    pub notes: Vec<Note>,
}

/// A name that an author gave, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name itself, without `#` or `^`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 for the chapter's title to 6.
    pub level: u8,
    /// `{#id}`
    pub id: Option<Name>,
    /// False for `{.unnumbered}`.
    pub numbered: bool,
    /// Its words.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// A note's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The name after `^`.
    pub name: Name,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block. Large ones stand apart: a paragraph would take their room too.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the chapter's title.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A block quote.
    Quote(Vec<Block>),
    /// A list.
    List(List),
    /// A definition list.
    Definitions(Vec<Definition>),
    /// A code block.
    Code {
        /// The word after the fence; empty when there is none.
        language: String,
        /// The code with its line ends, its place.
        text: Text,
    },
    /// An image alone in its paragraph.
    Figure(Box<Figure>),
    /// A table.
    Table(Box<Table>),
    /// A thematic break.
    Divider,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// No blank lines between the items.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// For `[ ]` and `[x]`: whether it is done.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// One or more explanations.
    pub bodies: Vec<Vec<Block>>,
}

/// An image with its caption: `![alt](path "caption"){#id source="…"}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The path as written, and where.
    pub path: Name,
    /// What a reader who cannot see it is told.
    pub alt: String,
    /// The words below it; empty when it has none.
    pub caption: Vec<Inline>,
    /// Its id and source.
    pub attributes: Attributes,
}

/// A table with its caption: `表：caption {#id source="…"}` before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The words above it; empty when it has none.
    pub caption: Vec<Inline>,
    /// Its id and source.
    pub attributes: Attributes,
    /// How each column stands.
    pub columns: Vec<Alignment>,
    /// The head row; its cells.
    pub head: Vec<Vec<Inline>>,
    /// The body rows; each as long as `columns`.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Where it stands.
    pub span: Span,
}

/// What an attribute block says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// `#id`
    pub id: Option<Name>,
    /// `source="…"`: where the picture or the data come from.
    pub source: Option<Text>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// At its start; also where nothing is said.
    Start,
    /// In its middle.
    Centre,
    /// At its end.
    End,
}

/// Characters and where they stand. Byte `n` of the text is byte `n` of the span wherever the two
/// are equally long, which is so unless an escape or an entity stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters.
    pub text: String,
    /// Their place.
    pub span: Span,
}

/// An inline.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain characters. Line ends in the source are gone: nothing between hanzi, a space elsewhere.
    Text(Text),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strike(Vec<Inline>),
    /// `<sub>…</sub>`
    Subscript(Vec<Inline>),
    /// `<sup>…</sup>`
    Superscript(Vec<Inline>),
    /// `[…]{.name}`: a proper name (专名).
    Name(Vec<Inline>),
    /// `[…]{.book}`: the title of a work (书名).
    Title(Vec<Inline>),
    /// `[…]{.dot}`: emphasis by dots (着重号), whatever `*…*` becomes.
    Dotted(Vec<Inline>),
    /// `[…]{.gloss}`: a note inside the line (夹注).
    Gloss(Vec<Inline>),
    /// `[…]{lang=ja}`: words of another language.
    Foreign {
        /// Its tag, a well-formed one (BCP 47).
        language: Name,
        /// The words.
        content: Vec<Inline>,
    },
    /// `{汉字|hàn zì}`
    Ruby {
        /// What the reading stands over.
        base: Vec<Inline>,
        /// The reading or readings, as written.
        reading: Text,
    },
    /// `` `…` ``
    Code(Text),
    /// `[…](…)`; no content asks for the target's label.
    Link {
        /// Where to.
        target: Target,
        /// Where the link stands.
        span: Span,
        /// Its words.
        content: Vec<Inline>,
    },
    /// An image inside a line.
    Image {
        /// The path as written, and where.
        path: Name,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// `[^name]`
    NoteMark(Name),
    /// A forced line end.
    Break,
}

impl Inline {
    /// The inlines that it holds.
    pub fn content(&self) -> &[Self] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strike(content)
            | Self::Subscript(content)
            | Self::Superscript(content)
            | Self::Name(content)
            | Self::Title(content)
            | Self::Dotted(content)
            | Self::Gloss(content)
            | Self::Foreign { content, .. }
            | Self::Ruby { base: content, .. }
            | Self::Link { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Image { .. }
            | Self::NoteMark(_)
            | Self::Break => &[],
        }
    }
}

/// Where a link leads, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `#id`, or `file.md#id`: ids are unique in the book.
    Id(String),
    /// `file.md`, from the linking file.
    Chapter(BookPath),
    /// Anything with a scheme.
    Url(String),
    /// A path that is none of these.
    Nothing(String),
}
