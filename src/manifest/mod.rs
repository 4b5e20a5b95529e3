//! `book.toml`: what the book is called, who made it, what it contains and what to make of it.
//!
//! [`read`] turns the file into a [`Manifest`], in which nothing is left open: defaults are filled
//! in, the language is known, every path lies inside the book's folder.

mod catalogue;
mod citations;
mod contents;
mod date;
mod edition;
mod epub;
mod index;
mod meaning;
mod parse;
mod print;
mod raw;
mod read;
mod roles;

pub use edition::{EditionChoice, MAIN};
pub use read::{NAME, read};

use crate::diag::Span;
use crate::files::BookPath;
use crate::profile::{Printer, Product, Trim};
use crate::script::{Forms, Order, Rules, Scheme};

/// A valid `book.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// What catalogues and title pages say.
    pub metadata: Metadata,
    /// Who made the book, in the order given.
    pub credits: Vec<Credit>,
    /// The files of the text, in order.
    pub contents: Vec<Entry>,
    /// What is listed after the contents.
    pub listings: Vec<Listing>,
    /// A picture for the front cover; none asks for one made from the title.
    pub cover: Option<Located<BookPath>>,
    /// The paper and its type area.
    pub trim: &'static Trim,
    /// Whether chapters open on a right-hand page.
    pub opening: Opening,
    /// Whether chapters and sections carry numbers.
    pub numbering: Numbering,
    /// How the text is set.
    pub typesetting: Typesetting,
    /// The faces asked for.
    pub fonts: FontChoice,
    /// Who prints the book, where `[print]` says so.
    pub printer: Located<Printer>,
    /// How the EPUB is made.
    pub epub: EpubChoice,
    /// How the index is made.
    pub index: IndexChoice,
    /// Which words lead to the glossary.
    pub glossary: TermLinks,
    /// The works that it cites, where `[citations]` names any.
    pub citations: Option<Citations>,
    /// What to make when the command line does not say.
    pub outputs: Vec<Product>,
    /// Which edition is made.
    pub edition: EditionChoice,
    /// The first part of the output files' names: ASCII letters, digits, `-`.
    pub slug: String,
}

/// What catalogues and title pages say.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The main title.
    pub title: String,
    /// The subtitle; empty when there is none.
    pub subtitle: String,
    /// The BCP 47 tag as given.
    pub language: String,
    /// The rules of that language.
    pub rules: &'static Rules,
    /// A URN, URL or other identifier that no other book has.
    pub identifier: String,
    /// The thirteen digits of its ISBN; empty when it has none.
    pub isbn: String,
    /// Who publishes it; empty when nobody is named.
    pub publisher: String,
    /// The day of publication, `YYYY-MM-DD`.
    pub date: String,
    /// When this edition was last changed, `YYYY-MM-DDThh:mm:ssZ`: `SOURCE_DATE_EPOCH` where the
    /// environment gives one, else the start of the day of publication. Never the clock.
    pub modified: String,
    /// One or two sentences on what it is; empty when there are none.
    pub description: String,
    /// A statement of rights; empty when there is none.
    pub rights: String,
    /// The address of the licence; empty when there is none.
    pub licence: String,
    /// What the book was made from; empty when nothing is named.
    pub source: String,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// The series that it belongs to.
    pub series: Option<Series>,
}

/// What a book is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// In words.
    pub name: String,
    /// In a system of subjects: which (`CLC`, or an address), and its code there (`D815`).
    pub code: Option<(String, String)>,
}

/// A series of books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// The book's place in it, from 1.
    pub position: Option<u32>,
}

/// How an EPUB is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpubChoice {
    /// Whom it is for.
    pub profile: Profile,
    /// How many levels of headings its navigation lists: 1 for chapters alone, at most 6.
    pub toc_depth: u8,
    /// Who has looked at the book and vouches for its accessibility.
    pub certified_by: Option<Located<String>>,
    /// Which fonts it brings along.
    pub embed: Embed,
    /// How its lines run.
    pub writing: Writing,
}

impl Default for EpubChoice {
    /// Chapters and sections.
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            toc_depth: 2,
            certified_by: None,
            embed: Embed::default(),
            writing: Writing::default(),
        }
    }
}

/// The works that a book cites, and how it cites them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citations {
    /// The files that describe them.
    pub files: Vec<Located<BookPath>>,
    /// How references look.
    pub style: Located<CitationStyle>,
    /// How far a list of references reaches.
    pub scope: Scope,
    /// Keys of works that are listed without being cited; `*` for all.
    pub nocite: Vec<Located<String>>,
}

/// How references look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationStyle {
    /// As GB/T 7714 has it.
    Gb(GbStyle),
    /// As a file in CSL has it.
    File(BookPath),
    /// As a style in CSL has it that the program brings along.
    Named(String),
}

/// What GB/T 7714 leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GbStyle {
    /// Which edition.
    pub edition: GbEdition,
    /// How the text names a work.
    pub form: CitationForm,
    /// How wide marks are in Chinese entries.
    pub width: MarkWidth,
}

/// An edition of GB/T 7714.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GbEdition {
    /// GB/T 7714—2015.
    Of2015,
    /// GB/T 7714—2025.
    Of2025,
}

/// How the text names a work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationForm {
    /// By a number: 顺序编码制.
    #[default]
    Numeric,
    /// By author and year: 著者-出版年制.
    AuthorDate,
    /// In a note.
    Notes,
}

/// How wide the marks of an entry are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkWidth {
    /// `，：；（）`; full stops and square brackets stay narrow.
    Full,
    /// `, : ; ( )`
    Half,
}

/// How far a list of references reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Over the whole book.
    #[default]
    Book,
    /// Over a chapter.
    Chapter,
}

/// A part in making the book, and those who had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The label as printed: 编译, editor.
    pub role: String,
    /// The MARC relator code for it: `trl`, `edt`, `oth`.
    pub relator: &'static str,
    /// Persons or organisations, in the order given.
    pub names: Vec<String>,
    /// What each of them is sorted by, `Huang, Jing`; empty where the names themselves are.
    pub sort: Vec<String>,
}

/// A value and where `book.toml` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A line of the contents.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A part, which holds the chapters that follow it up to the next part or matter.
    Part(String),
    /// A chapter.
    Chapter(ChapterEntry),
}

/// A chapter as listed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterEntry {
    /// Its Markdown file.
    pub file: Located<BookPath>,
    /// Where in the book it stands.
    pub matter: Matter,
    /// The piece that it digests.
    pub source: Option<PieceSource>,
}

/// The stretches of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Preface and the like: roman folios, no chapter numbers.
    Front,
    /// The chapters.
    Body,
    /// What is added to the chapters: numbered by letters.
    Appendix,
    /// Glossary, references and the like: no chapter numbers.
    Back,
}

/// What is listed after the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listing {
    /// The figures.
    Figures,
    /// The tables.
    Tables,
}

/// How an index is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexChoice {
    /// What it is ordered by.
    pub order: Order,
    /// Entries that stand for others, and which.
    pub see: Vec<(String, Located<String>)>,
    /// Entries that belong to others, and which.
    pub also: Vec<(String, Located<String>)>,
    /// How entries are read.
    pub readings: Vec<(String, Located<String>)>,
}

/// Which words of the text lead to the glossary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermLinks {
    /// In each chapter, the first use of each term.
    #[default]
    First,
    /// None.
    None,
}

/// The piece that a chapter of a digest is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PieceSource {
    /// Who published it.
    pub institution: String,
    /// Its title as cited; empty when none is given.
    pub title: String,
    /// Its date as given; empty when none is.
    pub date: String,
}

/// Where a chapter opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// On the next page.
    Any,
    /// On the next right-hand page.
    Recto,
}

/// Whether headings carry numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Chapters and sections do, by a scheme.
    On(Scheme),
    /// None does.
    Off,
}

/// How the text is set: the choices of a house style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typesetting {
    /// What `*…*` becomes where hanzi stand in it.
    pub emphasis: Emphasis,
    /// Which marks have a blank beside them.
    pub punctuation: Punctuation,
    /// What may not stand where a line starts or ends.
    pub kinsoku: Kinsoku,
}

/// Whom an EPUB is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Readers.
    #[default]
    Reader,
    /// Libraries that keep it for good (ISO/IEC TS 22424-1): it says who made it, who published it and
    /// under which rights, and leans on nothing outside itself.
    Archive,
}

/// Which fonts an EPUB brings along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embed {
    /// None: the reader's own set everything.
    None,
    /// The characters that readers' own fonts lack.
    #[default]
    Rare,
    /// Every character, in the faces of the printed book.
    Full,
}

/// How the lines of an EPUB run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// From left to right, one below the other.
    #[default]
    Horizontal,
    /// From top to bottom, one left of the other.
    Vertical,
}

/// Which full-width marks fill an em where they stand alone in a line (clreq 3.1.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// All do (全角式).
    #[default]
    Full,
    /// Those that end a sentence do, the others fill half of one (开明式).
    Kaiming,
    /// None does (半角式).
    Half,
}

/// How much is forbidden where a line starts or ends (R13, R14); each level forbids what those before
/// it do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinsoku {
    /// Only what would part a character from its own marks.
    None,
    /// Closing marks, pauses and stops at the start, opening marks at the end.
    Basic,
    /// What GB/T 15834 forbids: also middle dots, connectors, slashes, signs such as % at the start.
    #[default]
    Gb,
    /// Also dashes and ellipses at the start.
    Strict,
}

/// How hanzi are emphasised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// By a dot at each hanzi (着重号).
    #[default]
    Dots,
    /// By the Kai face.
    Kai,
}

/// The faces asked for; an empty name means the bundled one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontChoice {
    /// Whose forms of hanzi the book is set in: those of its language.
    pub forms: Forms,
    /// Folder of the book with more font files.
    pub folder: Option<Located<BookPath>>,
    /// Family for the text.
    pub serif: Option<Located<String>>,
    /// Family for headings, captions and tables.
    pub sans: Option<Located<String>>,
    /// Family for quotations.
    pub kai: Option<Located<String>>,
    /// Family for code.
    pub mono: Option<Located<String>>,
    /// Whether the machine's own fonts may be used.
    pub system: bool,
}
