//! What readers give and the writer takes: an article, whatever file it came from.

use crate::diag::Message;
use crate::manifest::{Numbering, Series, Subject};

/// What a source holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Work {
    /// What a new book would be called; empty where the source does not say.
    pub title: String,
    /// Whether it is a book.
    pub extent: Extent,
    /// Its texts, in order.
    pub articles: Vec<Article>,
    /// What the reader did, for the report.
    pub remarks: Vec<Remark>,
    /// What it says of the book that it is.
    pub about: About,
    /// All words that the source shows, for a count of those that were lost; empty for no count.
    pub visible: String,
}

/// How much a source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// An article, or some.
    #[default]
    Articles,
    /// A whole book, in which chapters and parts follow each other.
    Book,
    /// A book that banxin made: its words are as they are meant.
    Own,
}

impl Extent {
    /// Whether it is a whole book.
    pub fn is_book(self) -> bool {
        match self {
            Self::Articles => false,
            Self::Book | Self::Own => true,
        }
    }
}

/// What a source says of itself as a book; texts are empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// What stands below the title.
    pub subtitle: String,
    /// A language tag.
    pub language: String,
    /// Who published it.
    pub publisher: String,
    /// The day when that was.
    pub date: String,
    /// What it is.
    pub description: String,
    /// Which rights are kept.
    pub rights: String,
    /// The address of its licence.
    pub licence: String,
    /// What it was made from.
    pub source: String,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// The series that it belongs to.
    pub series: Option<Series>,
    /// To whom it is dedicated.
    pub dedication: String,
    /// How its titles are numbered, where that can be told.
    pub numbering: Option<Numbering>,
    /// What is listed in it beside the text: keys of `[contents]`.
    pub lists: Vec<&'static str>,
    /// Entries of its index that stand for others, and those.
    pub see: Vec<(String, String)>,
    /// Entries of its index that belong to others, and those.
    pub also: Vec<(String, String)>,
}

/// Where in a book a chapter stands, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Division {
    /// Before the body.
    Front,
    /// In the body.
    #[default]
    Body,
    /// In the appendix.
    Appendix,
    /// Behind all.
    Back,
}

/// One text, which becomes a chapter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Article {
    /// Its title; empty where none was found.
    pub title: Vec<Inline>,
    /// By which names links of the same source lead to it.
    pub anchors: Vec<String>,
    /// The name of its file in the source; empty where it has none of its own.
    pub name: String,
    /// The division of the book that it stands in.
    pub division: Division,
    /// The part of the book that it stands in; empty where there are no parts.
    pub part: String,
    /// Whether it gets no number.
    pub unnumbered: bool,
    /// What it is for.
    pub purpose: Purpose,
    /// What it was made from.
    pub origin: Origin,
    /// Who made it.
    pub credits: Vec<Credit>,
    /// What follows the title.
    pub blocks: Vec<Block>,
    /// The notes that marks in the text name.
    pub notes: Vec<Note>,
}

/// What a chapter is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be read.
    #[default]
    Text,
    /// Its definitions explain the terms of the book.
    Glossary,
    /// The index stands in it.
    Index,
}

/// Where an article comes from; texts are empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// Who published it.
    pub institution: String,
    /// What it is called there.
    pub title: String,
    /// When it was published: `2025`, `2025-12`, `2025-12-23`.
    pub date: String,
    /// Where it stands on the web.
    pub url: String,
    /// The tag of the language that it is in.
    pub language: String,
    /// Further words on it.
    pub note: String,
}

/// Some of those who made an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    /// What they did: 编译.
    pub role: String,
    /// Their names.
    pub names: Vec<String>,
    /// The MARC relator for that; empty where the role says it.
    pub relator: String,
    /// What the names are sorted by, one for each; empty where that is the names themselves.
    pub sort: Vec<String>,
    /// The names in other scripts: which of them, a language tag, and the name there.
    pub alternates: Vec<(usize, String, String)>,
}

/// A note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// By which name its mark calls it.
    pub name: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The first number of a numbered one.
        start: Option<u64>,
        /// What its items hold.
        items: Vec<Vec<Block>>,
    },
    /// Terms with their explanations.
    Definitions(Vec<(Vec<Inline>, Vec<Vec<Block>>)>),
    /// Code.
    Code {
        /// Its language; empty where it is not known.
        language: String,
        /// Its lines.
        text: String,
    },
    /// A picture that stands for itself.
    Figure(Box<Figure>),
    /// A table.
    Table(Box<Table>),
    /// A line or a row of stars between two stretches of text.
    Divider,
    /// Markdown as an author wrote it, with gaps for what has other names in the new book.
    Markdown(Vec<Stretch>),
}

impl Block {
    /// The words of a heading or a paragraph; none of all else.
    pub fn line(&self) -> Option<&[Inline]> {
        match self {
            Self::Heading(heading) => Some(&heading.content),
            Self::Paragraph(content) => Some(content),
            Self::Quote(_)
            | Self::List { .. }
            | Self::Definitions(_)
            | Self::Code { .. }
            | Self::Figure(_)
            | Self::Table(_)
            | Self::Divider
            | Self::Markdown(_) => None,
        }
    }
}

/// A stretch of an author's Markdown, or what stands in a gap of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stretch {
    /// As it is.
    Text(String),
    /// The signs before the words of a heading, by its level in the chapter.
    Opening(u8),
    /// The attributes behind these words.
    Closing {
        /// By which names links of the same source lead to the heading.
        anchors: Vec<String>,
        /// Whether it may have a number.
        numbered: bool,
    },
    /// The destination of a link to an anchor of the same source.
    Link(String),
    /// The path of a picture.
    Picture(Picture),
}

/// A heading below the title.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    /// Its level in the source, from 1; the writer closes gaps.
    pub level: u8,
    /// By which names links of the same source lead to it.
    pub anchors: Vec<String>,
    /// Whether the book gives it a number, unless its words say one.
    pub numbered: bool,
    /// Its words.
    pub content: Vec<Inline>,
}

/// A picture with what is said of it; texts are empty where nothing is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// The picture.
    pub picture: Picture,
    /// What a reader who cannot see it is told.
    pub alt: String,
    /// The words below it.
    pub caption: String,
    /// Where it comes from.
    pub source: String,
    /// By which names links of the same source lead to it.
    pub anchors: Vec<String>,
}

/// A picture, or the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// It came along.
    Here {
        /// What it was called in the source, for the report.
        name: String,
        /// The file, of any kind.
        bytes: Vec<u8>,
    },
    /// It is to be supplied.
    Wanted {
        /// Its address or name in the source; empty where the source only keeps a place for it.
        address: String,
    },
}

/// A table; every cell is a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// The words above it.
    pub caption: Vec<Inline>,
    /// Where its data come from; empty where nothing is said.
    pub source: String,
    /// By which names links of the same source lead to it.
    pub anchors: Vec<String>,
    /// Its rows, the first being the head; they need not be equally long.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// How its columns stand; the last is meant for all that follow.
    pub columns: Vec<Alignment>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Alignment {
    /// As is usual.
    #[default]
    Start,
    /// In its middle.
    Centre,
    /// At its end.
    End,
}

/// An inline.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    /// Plain characters.
    Text(String),
    /// Code.
    Code(String),
    /// Characters in a manner.
    Styled(Style, Vec<Inline>),
    /// Words with a mark of banxin.
    Marked(Mark, Vec<Inline>),
    /// A place that the index tells, under an entry: `人工智能!大模型`.
    Place(String),
    /// What banxin calls a thing by: its label, or its page.
    Reference {
        /// By which name links of the same source lead to it.
        anchor: String,
        /// What the source calls it.
        words: String,
        /// What is said of it.
        shown: Shown,
    },
    /// The box of a task, and whether it is done.
    Task(bool),
    /// A reading over hanzi.
    Ruby {
        /// What it stands over.
        base: String,
        /// The reading.
        reading: String,
    },
    /// Words that lead somewhere.
    Link(Target, Vec<Inline>),
    /// The mark of a note, by the note's name.
    NoteMark(String),
    /// A picture as large as a character.
    Picture {
        /// The picture.
        picture: Picture,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// A forced line end.
    Break,
}

/// The manner of some characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// `*…*`
    Emphasis,
    /// `**…**`
    Strong,
    /// `~~…~~`
    Strike,
    /// `<sub>…</sub>`
    Subscript,
    /// `<sup>…</sup>`
    Superscript,
}

/// A mark of banxin on words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `{.name}`: a proper name.
    Name,
    /// `{.book}`: the title of a work.
    Work,
    /// `{.gloss}`: a note inside the line.
    Gloss,
    /// `{lang=…}`: words of another language.
    Language(String),
    /// `{abbr="…"}`: what an abbreviation stands for.
    Abbreviation(String),
    /// `{.index}`: a place that the index tells, under an entry that ends with the words.
    Entry(String),
}

/// What is said of a thing that the text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Its number, or its title.
    Label,
    /// The page that it is on.
    Page,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To an address on the web.
    Url(String),
    /// To an anchor of the same source.
    Anchor(String),
}

/// Something that the report tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    /// What became of it.
    pub fate: Fate,
    /// What was done, in plain words.
    pub what: Message,
    /// The words of the source that stand elsewhere now or nowhere else, as they were.
    pub words: String,
}

/// What became of something in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// It was understood for sure.
    Taken,
    /// It was understood by its looks, which may mislead.
    Guessed,
    /// Its characters were put right.
    Cleaned,
    /// It is not in the book.
    Left,
    /// A picture is to be supplied.
    Wanted,
}

impl Remark {
    /// A remark on words of the source; they may be empty.
    pub fn new(fate: Fate, what: impl Into<Message>, words: impl Into<String>) -> Self {
        Self { fate, what: what.into(), words: words.into() }
    }
}

/// The characters of some inlines.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(piece) | Inline::Code(piece) => text.push_str(piece),
            Inline::Styled(_, content) | Inline::Marked(_, content) | Inline::Link(_, content) => {
                text += &plain(content)
            }
            Inline::Reference { words, .. } => text.push_str(words),
            Inline::Ruby { base, reading } => {
                text.push_str(base);
                text.push('（');
                text.push_str(reading);
                text.push('）');
            }
            Inline::Break => text.push(' '),
            Inline::NoteMark(_) | Inline::Picture { .. } | Inline::Place(_) | Inline::Task(_) => {}
        }
    }
    text
}

/// Whether all words are strong.
pub(super) fn is_strong(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Styled(Style::Strong, _) | Inline::Break | Inline::NoteMark(_) => true,
        Inline::Styled(_, content) | Inline::Link(_, content) => is_strong(content),
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Code(_)
        | Inline::Marked(..)
        | Inline::Place(_)
        | Inline::Reference { .. }
        | Inline::Task(_)
        | Inline::Ruby { .. }
        | Inline::Picture { .. } => false,
    })
}

/// Inlines without their boldness, which a heading has by itself, and without links.
pub(super) fn unstyled(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut row = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Styled(Style::Strong, content) | Inline::Link(_, content) => {
                row.extend(unstyled(content));
            }
            Inline::Styled(style, content) => row.push(Inline::Styled(style, unstyled(content))),
            other => row.push(other),
        }
    }
    row
}
