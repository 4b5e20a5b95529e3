//! `book.toml`: what the book is called, who made it, what it contains and what to make of it.
//!
//! [`read`] turns the file into a [`Manifest`], in which nothing is left open: defaults are filled
//! in, the language is known, every path lies inside the book's folder.

mod archive;
mod booklet;
mod catalogue;
mod citations;
mod contents;
mod cover;
mod credits;
mod date;
mod edition;
mod epub;
mod imprint;
mod index;
mod licence;
mod meaning;
mod parse;
mod print;
mod raw;
mod read;
mod roles;
mod spine;

pub use booklet::{BookletChoice, BookletKind, CoverPages, Fitting, Notes, Part, stem};
pub use catalogue::is_address;
pub use date::moment;
pub use edition::{EditionChoice, MAIN};
pub use epub::lacks;
pub use licence::{Commons, Element, Terms};
pub use meaning::LONGEST_SLUG;
pub use read::{Draft, NAME, draft, read};
pub use roles::{is_of_text, is_role, relator};

use crate::diag::Span;
use crate::files::BookPath;
use crate::profile::{Binding, Form, Printer, Product, Target, Trim};
use crate::script::{Forms, Order, Rules, Scheme};
use crate::units::Length;

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
    /// Whether the book ends with a page that says where its pictures come from.
    pub picture_credits: bool,
    /// What the covers are made of.
    pub cover: CoverChoice,
    /// The edge that the leaves are bound at.
    pub binding: Binding,
    /// Whether a page with nothing but the title stands before the title page.
    pub half_title: bool,
    /// To whom the book is dedicated; empty when to nobody.
    pub dedication: String,
    /// What the copyright page says; none when there is no such page.
    pub imprint: Option<Imprint>,
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
    /// How its pages are put on sheets that are folded or handed out.
    pub booklet: BookletChoice,
    /// How the EPUB is made.
    pub epub: EpubChoice,
    /// How the index is made.
    pub index: IndexChoice,
    /// Which words lead to the glossary.
    pub glossary: TermLinks,
    /// The works that it cites, where `[citations]` names any.
    pub citations: Option<Citations>,
    /// How a package for libraries is made.
    pub archive: ArchiveChoice,
    /// What to make when the command line does not say.
    pub outputs: Vec<Product>,
    /// Which edition is made.
    pub edition: EditionChoice,
    /// The first part of the output files' names: letters, digits, `-`.
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
    /// Its ISBN.
    pub isbn: Option<Isbn>,
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

impl Metadata {
    /// Title and subtitle in a row.
    pub fn full_title(&self) -> String {
        match self.subtitle.as_str() {
            "" => self.title.clone(),
            subtitle => format!("{}{}{subtitle}", self.title, self.rules.labels.colon),
        }
    }
}

/// How a package for libraries is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArchiveChoice {
    /// For whom.
    pub target: Target,
    /// As what; at least one, each once.
    pub forms: Vec<Form>,
    /// What programs found that looked the book over: files of its folder.
    pub reports: Vec<Located<BookPath>>,
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
    /// Its ISSN, `1234-5679`; empty when it has none.
    pub issn: String,
}

/// An ISBN (ISO 2108).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isbn {
    /// Its thirteen digits.
    pub digits: String,
    /// As it is printed: with the hyphens that `book.toml` has, since only the ISBN agency knows
    /// where they stand.
    pub written: String,
}

/// What the copyright page (版权页) says beyond title and names. Texts are empty where nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// Whether the book is sold.
    pub sale: Sale,
    /// Where it is published.
    pub place: String,
    /// The publisher's address.
    pub address: String,
    /// Who sells it.
    pub distributor: String,
    /// Who prints it.
    pub printer: String,
    /// Which edition it is, from 1.
    pub edition: u32,
    /// Which printing of it.
    pub printing: Option<Printing>,
    /// How many are printed.
    pub copies: String,
    /// What it costs.
    pub price: String,
    /// Its number among Chinese books before there were ISBNs (统一书号).
    pub csbn: String,
    /// The number of the permit that 内部资料 has (准印证).
    pub permit: String,
    /// To whom 内部资料 is given.
    pub recipients: String,
    /// Words on the rights kept.
    pub notice: String,
    /// Its data of cataloguing in publication.
    pub cip: Option<Cip>,
}

impl Imprint {
    /// What it says in words of the book's language.
    fn texts(&mut self) -> [&mut String; 8] {
        [
            &mut self.place,
            &mut self.address,
            &mut self.distributor,
            &mut self.printer,
            &mut self.copies,
            &mut self.price,
            &mut self.recipients,
            &mut self.notice,
        ]
    }
}

/// Whether a book is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sale {
    /// It may be.
    Public,
    /// It is 内部资料, which may not.
    Internal,
}

/// A printing of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    /// Which, from 1.
    pub number: u32,
    /// When, `YYYY-MM`.
    pub month: String,
}

/// Data of cataloguing in publication, as given out (GB/T 12451—2023).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cip {
    /// Their number.
    pub number: String,
    /// The classes of the book in 中国图书馆分类法.
    pub classification: Vec<String>,
    /// The description; empty where it is made from the book's own data.
    pub record: String,
}

/// What the covers are made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverChoice {
    /// A picture for the front cover; none asks for one made from the title.
    pub picture: Option<Located<BookPath>>,
    /// How that one is drawn.
    pub design: CoverDesign,
    /// In which colours.
    pub palette: Palette,
    /// What the back cover says.
    pub blurb: Option<Located<String>>,
    /// What makes the spine as wide as it is.
    pub spine: Spine,
}

/// What makes the spine of a book as wide as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spine {
    /// How thick a leaf is.
    pub leaf: Length,
    /// How thick the cover is.
    pub board: Length,
    /// Where this is said; none where the printer's usual paper is taken.
    pub span: Option<Span>,
}

impl Spine {
    /// How wide the spine is around `pages`: a leaf has two of them, and the cover lies around the
    /// block on both sides.
    pub fn width(&self, pages: usize) -> Length {
        let leaves = i32::try_from(pages.div_ceil(2)).unwrap_or(i32::MAX);
        self.leaf * leaves + self.board * 2
    }
}

/// How a front cover is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CoverDesign {
    /// The title over an open leaf of a block-printed book.
    #[default]
    Leaf,
    /// A title slip on a cover of cloth, as thread-bound books have it.
    Slip,
    /// The title in a field of colour.
    Field,
}

impl CoverDesign {
    /// Its colours.
    pub const fn palette(self) -> Palette {
        match self {
            Self::Leaf => Palette {
                ink: [0x1f, 0x1d, 0x1a],
                paper: [0xfa, 0xf7, 0xf0],
                accent: [0x9d, 0x2f, 0x22],
            },
            Self::Slip => Palette {
                ink: [0x1c, 0x20, 0x26],
                paper: [0xf7, 0xf3, 0xe8],
                accent: [0x24, 0x3f, 0x5c],
            },
            Self::Field => Palette {
                ink: [0x1b, 0x1f, 0x1c],
                paper: [0xfb, 0xfa, 0xf6],
                accent: [0x2f, 0x5d, 0x50],
            },
        }
    }
}

/// The colours of the covers: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Words on paper.
    pub ink: [u8; 3],
    /// The ground.
    pub paper: [u8; 3],
    /// Bands and fields; words on them have the paper's colour.
    pub accent: [u8; 3],
}

impl Default for Palette {
    fn default() -> Self {
        CoverDesign::default().palette()
    }
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
    /// Whether they are persons.
    pub kind: Kind,
    /// Their names in other scripts.
    pub alternates: Vec<Alternate>,
}

impl Credit {
    /// Whether title pages and catalogues name it: who wrote, compiled, edited, translated, commented
    /// or illustrated the book, not who worked on it for the publisher.
    pub fn is_responsible(&self) -> bool {
        matches!(self.relator, "aut" | "com" | "cre" | "edt" | "ill" | "trl" | "wac")
            && !roles::is_for_publisher(&self.role)
    }

    /// The names as they stand beside the role: persons in a row, organisations one below the other.
    pub fn rows(&self, rules: &Rules) -> Vec<String> {
        match self.kind {
            Kind::Person => vec![self.names.join(rules.labels.name_separator)],
            Kind::Organisation => self.names.clone(),
        }
    }
}

/// Who has a part in making a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Persons, whose names stand in a row.
    #[default]
    Person,
    /// Organisations, whose names stand one below the other.
    Organisation,
}

/// A name in another script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Which of [`Credit::names`] it is.
    pub of: usize,
    /// The BCP 47 tag of its language.
    pub language: String,
    /// The name there.
    pub name: String,
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
    /// The BCP 47 tag of the language that it is in; empty when none is given.
    pub language: String,
    /// Where it stands on the web; empty when nowhere.
    pub url: String,
    /// Further words on it; empty when there are none.
    pub note: String,
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
