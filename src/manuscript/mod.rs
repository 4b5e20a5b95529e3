//! Markdown as written: blocks and inlines with their places, references still by name.
//!
//! [`read`] turns every chapter that the manifest lists into a [`Chapter`], in parallel. It is the
//! only module that knows Markdown.

mod attributes;
mod blocks;
mod breaks;
mod captions;
mod citations;
mod editions;
mod flanking;
mod html;
mod index;
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

/// What a chapter, or what stands under a heading, is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    #[default]
    Text,
    /// `{.glossary}`: its definitions explain the terms of the book.
    Glossary,
    /// `{.index}`: the index stands in it.
    Index,
    /// `{.references}`: the list of the works that are cited stands in it.
    References,
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
    /// What the chapter is for, where it is the chapter's title.
    pub purpose: Purpose,
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
    /// Where the term stands.
    pub span: Span,
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
    /// Who made a picture and under which terms.
    pub credit: PictureCredit,
}

/// What is said of a picture's own origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PictureCredit {
    /// `author="…"`: who made it.
    pub author: Option<Text>,
    /// `title="…"`: what it is called where it comes from.
    pub title: Option<Text>,
    /// `licence="…"`: the address of its licence, or its name.
    pub licence: Option<Text>,
    /// `url="…"`: where it stands on the web.
    pub url: Option<Text>,
    /// `permission="…"`: who allowed its use.
    pub permission: Option<Text>,
}

impl PictureCredit {
    /// What is said, by the names of the attributes, in the order of a line of credits.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let Self { author, title, licence, url, permission } = self;
        let all = [
            ("author", author),
            ("title", title),
            ("licence", licence),
            ("url", url),
            ("permission", permission),
        ];
        all.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)))
    }

    /// What is said in words of the book's language.
    fn words(&mut self) -> impl Iterator<Item = &mut Text> {
        let Self { author, title, licence: _, url: _, permission } = self;
        [author, title, permission].into_iter().flatten()
    }

    /// The field that an attribute names.
    fn field(&mut self, name: &str) -> Option<&mut Option<Text>> {
        match name {
            "author" => Some(&mut self.author),
            "title" => Some(&mut self.title),
            "licence" => Some(&mut self.licence),
            "url" => Some(&mut self.url),
            "permission" => Some(&mut self.permission),
            _ => None,
        }
    }
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
    /// `[…]{abbr="…"}`: an abbreviation.
    Abbreviation {
        /// What it stands for.
        expansion: Text,
        /// The short form.
        content: Vec<Inline>,
    },
    /// `[…]{.index}`, `[…]{index="…"}`: a place that the index tells.
    Indexed {
        /// What the index says of it.
        mark: Box<IndexMark>,
        /// The words; none where the place alone is meant.
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
    /// `[](…){.page}`: the page of what a link would lead to.
    PageOf {
        /// Where to.
        target: Target,
        /// Where it stands.
        span: Span,
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
    /// `[@key]`
    Citation(Citation),
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
            | Self::Abbreviation { content, .. }
            | Self::Indexed { content, .. }
            | Self::Ruby { base: content, .. }
            | Self::Link { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::PageOf { .. }
            | Self::Image { .. }
            | Self::NoteMark(_)
            | Self::Citation(_)
            | Self::Break => &[],
        }
    }
}

/// What the index says of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexMark {
    /// The entries that it stands under, each with the entries above it: `人工智能!大模型`. No entry is
    /// empty.
    pub entries: Vec<Vec<String>>,
    /// `sort="chong qing"`: how the last words of the entries are read, where they say it.
    pub sort: Option<Text>,
    /// Whether it is one place or an end of a longer one.
    pub reach: Reach,
    /// Where it stands.
    pub span: Span,
}

/// Whether a place of the index is one, or an end of a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// One.
    Here,
    /// `range=start`
    Start,
    /// `range=end`
    End,
}

/// Works cited: `[@key, 第12页; -@other]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// One for each key.
    pub works: Vec<Cited>,
    /// Where it stands.
    pub span: Span,
}

/// A work cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The words before its key.
    pub prefix: String,
    /// Its key.
    pub key: Name,
    /// Whether its author is to be said.
    pub author: Author,
    /// Where in it; empty when nothing is said.
    pub locator: String,
}

/// Whether the author of a cited work is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// `@key`
    Shown,
    /// `-@key`: the text has just said it.
    Suppressed,
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
