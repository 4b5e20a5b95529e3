//! The book with everything resolved: the hub that the writers read.
//!
//! [`resolve`] is the only way to get a [`Book`]. A `Book` in hand means: every reference leads
//! somewhere, every image exists, every character has a face, everything that has a number has
//! been given it.

mod badge;
mod barcode;
mod cited;
mod code;
mod convert;
mod cover;
mod glossary;
mod glyphs;
mod imprint;
mod index;
mod listing;
mod notes;
mod origins;
mod outline;
mod pictures;
mod plain;
mod resolve;
mod ruby;
mod walk;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Place, Span};
use crate::font::Fonts;
use crate::image::{self, Fault, Picture};
use crate::manifest::{
    BookletChoice, Credit, EpubChoice, Located, Matter, Metadata, Opening, PieceSource, Typesetting,
};
use crate::profile::{Binding, Printer, Trim};
use crate::script::{Class, Rules, gap_after};

pub use crate::manifest::{Emphasis, Listing};
pub use crate::manuscript::{Alignment, PictureCredit, Purpose, Text};
pub use cover::{Art, Lettering, Measures};
pub use imprint::{CipBlock, CopyrightPage, Extent, Licence};
pub use origins::Origin;
pub use plain::resolved as plain_text;
pub use resolve::resolve;

/// A whole book.
#[non_exhaustive]
pub struct Book {
    /// What catalogues and title pages say.
    pub metadata: Metadata,
    /// Who made it.
    pub credits: Vec<Credit>,
    /// The paper and its type area.
    pub trim: &'static Trim,
    /// Where chapters open.
    pub opening: Opening,
    /// How the text is set.
    pub typesetting: Typesetting,
    /// Who prints the book.
    pub printer: Located<Printer>,
    /// How its pages are put on sheets that are folded or handed out.
    pub booklet: BookletChoice,
    /// How the EPUB is made: its contents, its fonts, how its lines run.
    pub epub: EpubChoice,
    /// The covers.
    pub cover: Cover,
    /// Whether a page with nothing but the title stands before the title page.
    pub half_title: bool,
    /// The copyright page.
    pub copyright: Option<CopyrightPage>,
    /// To whom the book is dedicated; empty when to nobody.
    pub dedication: String,
    /// Where the pictures come from, as far as a page at the end says it.
    pub origins: Vec<Origin>,
    /// The chapters, in order.
    pub chapters: Vec<Chapter>,
    /// What is listed after the contents.
    pub listings: Vec<Listing>,
    /// Every picture, once.
    pub pictures: Vec<Picture>,
    /// Where each of them is named first.
    pub places: Vec<Place>,
    /// Every place that a reference can lead to.
    pub anchors: Vec<Anchor>,
}

/// The covers.
#[derive(Clone)]
pub struct Cover {
    /// The front as vectors, where it was made from the title, or as the picture given.
    pub picture: PictureId,
    /// The front in pixels, for e-readers.
    pub raster: CoverRaster,
    /// The back, where there is anything to say on it.
    pub back: Option<PictureId>,
    /// What the cover sheet is drawn from.
    pub art: Art,
    /// Whether the front is on the right of the sheet or on the left of it.
    pub binding: Binding,
    /// What makes the spine as wide as it is.
    pub spine: crate::manifest::Spine,
}

/// The cover in pixels. Only an EPUB asks for it, so that a drawing stays one until then.
#[derive(Clone)]
pub enum CoverRaster {
    /// The PNG or JPEG given.
    Picture(Picture),
    /// An SVG, and how many pixels wide it is wanted.
    Drawing(Arc<[u8]>, u32),
}

impl CoverRaster {
    /// The bytes of a PNG or JPEG.
    ///
    /// # Errors
    /// The drawing has more pixels than can be had.
    pub fn picture(&self, fonts: &Fonts) -> Result<Cow<'_, Picture>, Fault> {
        match self {
            Self::Picture(picture) => Ok(Cow::Borrowed(picture)),
            Self::Drawing(svg, width) => image::rasterise(svg, *width, fonts).map(Cow::Owned),
        }
    }

    /// The ending of its file name.
    pub const fn extension(&self) -> &'static str {
        match self {
            Self::Picture(picture) => picture.kind.extension(),
            Self::Drawing(..) => "png",
        }
    }

    /// The media type for an EPUB.
    pub const fn media_type(&self) -> &'static str {
        match self {
            Self::Picture(picture) => picture.kind.media_type(),
            Self::Drawing(..) => "image/png",
        }
    }
}

/// A chapter.
pub struct Chapter {
    /// Its own anchor.
    pub anchor: AnchorId,
    /// The name of its file, without an ending.
    pub stem: String,
    /// Where in the book it stands.
    pub matter: Matter,
    /// What it is for.
    pub purpose: Purpose,
    /// The title of the part that begins with this chapter, with its number.
    pub part: Option<Part>,
    /// `第一章`; none for chapters without numbers.
    pub number: Option<String>,
    /// The title.
    pub title: Vec<Inline>,
    /// The title as plain characters, for running heads, bookmarks and the nav.
    pub plain_title: String,
    /// The piece that it digests.
    pub source: Option<PieceSource>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes, in the order of their marks.
    pub notes: Vec<Note>,
    /// The anchors whose pages it tells, and where it does.
    pub pages_told: Vec<(AnchorId, Span)>,
}

/// The start of a part.
pub struct Part {
    /// Its own anchor.
    pub anchor: AnchorId,
    /// `第一编`; none when headings carry no numbers.
    pub number: Option<String>,
    /// The title.
    pub title: String,
}

/// A place in [`Book::anchors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnchorId(pub u32);

/// A picture in [`Book::pictures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub u32);

/// A note in [`Chapter::notes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// Something that a reference can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The chapter that holds it, by its place in [`Book::chapters`].
    pub chapter: usize,
    /// Its id: unique in the book, ASCII, a valid XML name.
    pub name: String,
    /// What a reference says: `图 1-1`, `第一章`, or a title where there is no number.
    pub label: String,
}

/// A note.
pub struct Note {
    /// Its number in the chapter, from 1.
    pub number: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block. Large ones stand apart: a paragraph would take their room too.
pub enum Block {
    /// A heading of level 2 to 6.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A block quote.
    Quote(Vec<Block>),
    /// A list.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Code with its line ends.
    Code {
        /// The word after the fence; empty when there is none.
        language: String,
        /// The code.
        text: Text,
        /// What it consists of, from its first to its last byte; empty where that is not known.
        tokens: Vec<Token>,
    },
    /// A picture with its caption.
    Figure(Box<Figure>),
    /// A table with its caption.
    Table(Box<Table>),
    /// The index of the book.
    Index(Index),
    /// A break between two scenes of a text.
    Divider,
    /// A list of cited works.
    References(Vec<Reference>),
}

/// An entry of a list of cited works.
pub struct Reference {
    /// Its anchor.
    pub anchor: AnchorId,
    /// `[1]`, leading back to where the work is cited first; empty where entries have no numbers.
    pub label: Vec<Inline>,
    /// What it says.
    pub content: Vec<Inline>,
}

/// An index: its groups in order.
pub struct Index {
    /// Never empty.
    pub groups: Vec<IndexGroup>,
}

/// The entries of an index that begin alike.
pub struct IndexGroup {
    /// `A`, `五画`.
    pub title: String,
    /// In order.
    pub entries: Vec<IndexEntry>,
}

/// An entry of an index.
pub struct IndexEntry {
    /// What it is called.
    pub words: String,
    /// Its own anchor, where others send the reader to it.
    pub anchor: Option<AnchorId>,
    /// The places that it tells, in the order of the book.
    pub places: Vec<IndexPlace>,
    /// The entry that it stands for.
    pub see: Option<CrossEntry>,
    /// The entries that belong to it.
    pub also: Vec<CrossEntry>,
    /// The entries below it.
    pub entries: Vec<IndexEntry>,
}

/// A place that an index tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexPlace {
    /// Where it begins.
    pub from: AnchorId,
    /// Where it ends, where it is a longer one.
    pub to: Option<AnchorId>,
}

/// An entry that another one sends the reader to.
pub struct CrossEntry {
    /// What it is called, with those above it.
    pub words: String,
    /// Where it stands.
    pub anchor: AnchorId,
}

/// Some characters of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The byte after the last of them.
    pub end: usize,
    /// What they are.
    pub kind: TokenKind,
}

/// What characters of code are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Names, operators, blanks.
    Plain,
    /// A word of the language itself.
    Keyword,
    /// A string, a number.
    Literal,
    /// A remark.
    Comment,
}

/// A heading inside a chapter.
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub anchor: AnchorId,
    /// `一、`; none where headings carry no numbers.
    pub number: Option<String>,
    /// Its words.
    pub content: Vec<Inline>,
    /// Its words as plain characters, without the number.
    pub plain: String,
}

/// A list.
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// No blank lines between the items.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
pub struct ListItem {
    /// Whether a task is done, where the item is one.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and what it means.
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// One or more explanations.
    pub bodies: Vec<Vec<Block>>,
    /// Its anchor, where it stands in the glossary.
    pub anchor: Option<AnchorId>,
}

/// What figures and tables say around themselves.
pub struct Caption {
    /// Its anchor.
    pub anchor: AnchorId,
    /// `图 1-1`
    pub label: String,
    /// The title; empty when it has none.
    pub title: Vec<Inline>,
    /// Where the picture or the data come from.
    pub source: Option<Text>,
}

/// A picture with its caption.
pub struct Figure {
    /// The picture.
    pub picture: PictureId,
    /// What a reader who cannot see it is told; empty for an ornament.
    pub alt: String,
    /// Label, title and source; none for a picture that has neither title nor id.
    pub caption: Option<Caption>,
    /// Who made the picture and under which terms.
    pub credit: PictureCredit,
    /// Where it stands.
    pub span: Span,
}

/// A table with its caption.
pub struct Table {
    /// Label, title and source; none for a table that has neither title nor id.
    pub caption: Option<Caption>,
    /// How each column stands.
    pub columns: Vec<Alignment>,
    /// The cells of the head row.
    pub head: Vec<Vec<Inline>>,
    /// The body rows; each as long as `columns`.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Where it stands.
    pub span: Span,
}

/// An inline.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain characters.
    Text(Text),
    /// Emphasis, and how hanzi show it.
    Emphasis(Emphasis, Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// No longer valid.
    Strike(Vec<Inline>),
    /// Below the line.
    Subscript(Vec<Inline>),
    /// Above the line.
    Superscript(Vec<Inline>),
    /// A proper name (专名).
    Name(Vec<Inline>),
    /// The title of a work (书名).
    Title(Vec<Inline>),
    /// A note inside the line (夹注), without its brackets.
    Gloss(Vec<Inline>),
    /// Words of another language.
    Foreign {
        /// Its BCP 47 tag.
        language: String,
        /// Its rules; the book's where it has none.
        rules: &'static Rules,
        /// The words.
        content: Vec<Inline>,
    },
    /// An abbreviation.
    Abbreviation {
        /// What it stands for.
        expansion: String,
        /// The short form.
        content: Vec<Inline>,
    },
    /// A term that the glossary explains.
    Term {
        /// Where it does.
        anchor: AnchorId,
        /// The words.
        content: Vec<Inline>,
    },
    /// A place that the index tells. It takes no room.
    Anchor(AnchorId),
    /// Characters with one reading over all of them.
    Ruby {
        /// The characters.
        base: Vec<Inline>,
        /// The reading.
        reading: Text,
    },
    /// Code.
    Code(Text),
    /// A link; a reference without words has been given its label.
    Link {
        /// Where to.
        target: Target,
        /// Its words.
        content: Vec<Inline>,
    },
    /// The page of an anchor, which leads there.
    PageOf {
        /// The anchor.
        anchor: AnchorId,
        /// Where it stands.
        span: Span,
    },
    /// A picture inside a line.
    Image {
        /// The picture.
        picture: PictureId,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// The mark of a note.
    NoteMark(NoteId),
    /// A forced line end.
    Break,
}

impl Inline {
    /// The inlines that it holds.
    pub fn content(&self) -> &[Self] {
        match self {
            Self::Emphasis(_, content)
            | Self::Strong(content)
            | Self::Strike(content)
            | Self::Subscript(content)
            | Self::Superscript(content)
            | Self::Name(content)
            | Self::Title(content)
            | Self::Gloss(content)
            | Self::Foreign { content, .. }
            | Self::Abbreviation { content, .. }
            | Self::Term { content, .. }
            | Self::Ruby { base: content, .. }
            | Self::Link { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Anchor(_)
            | Self::PageOf { .. }
            | Self::Image { .. }
            | Self::NoteMark(_)
            | Self::Break => &[],
        }
    }

    /// The place that it is, where it is one that the index tells.
    pub fn anchor(&self) -> Option<AnchorId> {
        if let Self::Anchor(anchor) = self { Some(*anchor) } else { None }
    }

    /// Whether a hanzi or kana stands anywhere in it; by the rules of Korean, hangul are letters.
    pub fn has_hanzi(&self, rules: &Rules) -> bool {
        if let Self::Text(text) = self {
            return text.text.chars().any(|c| rules.class(c) == Class::Han);
        }
        let rules = if let Self::Foreign { rules, .. } = self { rules } else { rules };
        self.content().iter().any(|inline| inline.has_hanzi(rules))
    }
}

/// The byte of the source where the first characters of inlines begin.
pub fn source_start(inlines: &[Inline]) -> Option<u32> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => Some(text.span.start),
        inline => source_start(inline.content()),
    })
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Inside the book.
    Anchor(AnchorId),
    /// From where a work is cited to its entry in a list.
    Entry {
        /// The entry.
        entry: AnchorId,
        /// The anchor of the citation itself, where something leads back to it.
        mark: Option<AnchorId>,
    },
    /// From an entry in a list back to where the work is cited.
    Citation(AnchorId),
    /// Outside.
    Url(String),
}

impl Chapter {
    /// The headings of its text, in order; those inside quotes and lists are not among them.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            Block::Paragraph(_)
            | Block::Quote(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Code { .. }
            | Block::Figure(_)
            | Block::Table(_)
            | Block::Index(_)
            | Block::References(_)
            | Block::Divider => None,
        })
    }

    /// Number and title, an em apart: `第一章　两项机制`.
    pub fn full_title(&self) -> String {
        numbered(self.number.as_deref(), &self.plain_title)
    }
}

impl Part {
    /// Number and title, an em apart.
    pub fn full_title(&self) -> String {
        numbered(self.number.as_deref(), &self.title)
    }
}

impl Heading {
    /// Number and words, as they stand in a line.
    pub fn full_title(&self) -> String {
        let number = self.number.as_deref().unwrap_or_default();
        format!("{number}{}{}", gap_after(number), self.plain)
    }
}

/// A number, one em and a title.
fn numbered(number: Option<&str>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{number}\u{3000}{title}"))
}

impl Book {
    /// The credits that the title page shows: those of authorship, or else the first.
    pub fn title_credits(&self) -> Vec<&Credit> {
        let chosen: Vec<&Credit> =
            self.credits.iter().filter(|credit| credit.is_responsible()).collect();
        if chosen.is_empty() { self.credits.first().into_iter().collect() } else { chosen }
    }

    /// The anchor that `id` names.
    pub fn anchor(&self, id: AnchorId) -> &Anchor {
        &self.anchors[id.0 as usize]
    }

    /// Where the picture that `id` names is named first.
    pub fn place(&self, id: PictureId) -> &Place {
        self.places.get(id.0 as usize).unwrap_or(&Place::Book)
    }

    /// The picture that `id` names.
    pub fn picture(&self, id: PictureId) -> &Picture {
        &self.pictures[id.0 as usize]
    }
}
