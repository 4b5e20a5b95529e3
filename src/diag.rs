//! Findings as values: what is wrong, where, and what to do about it.
//!
//! Every stage reports into a [`Sink`] and goes on as long as it can, so that one run tells all.
//! How a finding looks on a terminal is the business of `cli`.

mod message;
mod progress;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::message;
use crate::units::Length;

pub use message::{Argument, List, Message, Translation};
pub use progress::{Progress, Stage, UnderWay};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the output is as asked.
    Warning,
    /// Nothing is written.
    Error,
}

/// Declares every kind of finding once: variant, stable code, severity.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $severity:ident,)+) => {
        /// The kind of a finding. The code is stable: scripts may rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)+ }

        impl Code {
            /// Every kind, in the order of a build.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code, such as `unknown-key`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// How much findings of this kind matter.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A file or folder does not exist.
    MissingFile = "missing-file" Error,
    /// A file exists and cannot be read.
    UnreadableFile = "unreadable-file" Error,
    /// A path leads out of the book's folder.
    PathOutside = "path-outside" Error,
    /// A text file is not UTF-8.
    NotUtf8 = "not-utf8" Error,
    /// A text file holds characters that no text holds.
    ControlCharacter = "control-character" Error,
    /// A file is larger than any that makes sense.
    FileTooLarge = "file-too-large" Error,
    /// An output cannot be written.
    Unwritable = "unwritable" Error,
    /// The preview cannot be shown.
    NoPreview = "no-preview" Error,
    /// A new book has no folder of its own.
    FolderTaken = "folder-taken" Error,
    /// `book.toml` is not TOML.
    TomlSyntax = "toml-syntax" Error,
    /// A key that `book.toml` does not have.
    UnknownKey = "unknown-key" Error,
    /// A value of the wrong type.
    WrongType = "wrong-type" Error,
    /// A required key is missing.
    MissingKey = "missing-key" Error,
    /// A value of the right type that makes no sense.
    BadValue = "bad-value" Error,
    /// An ISBN of the wrong shape, or with a wrong check digit.
    BadIsbn = "bad-isbn" Error,
    /// An ISSN of the wrong shape, or with a wrong check digit.
    BadIssn = "bad-issn" Error,
    /// The same file is listed twice in the contents.
    DuplicateChapter = "duplicate-chapter" Error,
    /// A chapter without a heading of the first level.
    MissingTitle = "missing-title" Error,
    /// A second heading of the first level in one chapter.
    SecondTitle = "second-title" Error,
    /// Quotes or lists are nested deeper than a page can show.
    NestedTooDeep = "nested-too-deep" Error,
    /// HTML in the Markdown that neither output can carry.
    RawHtml = "raw-html" Warning,
    /// An attribute block with a key that means nothing here.
    UnknownAttribute = "unknown-attribute" Warning,
    /// Words of a language that there are no rules for.
    UnknownLanguage = "unknown-language" Warning,
    /// A promise of accessibility that the text does not keep; it is not made.
    Inaccessible = "inaccessible" Warning,
    /// A picture without an alternative text that says what is on it.
    MissingAlt = "missing-alt" Warning,
    /// A placeholder where a picture is still to be supplied.
    PicturePlaceholder = "picture-placeholder" Warning,
    /// Two things carry one id.
    DuplicateId = "duplicate-id" Error,
    /// A link to an id that does not exist.
    UnknownReference = "unknown-reference" Error,
    /// A note mark without a note.
    MissingNote = "missing-note" Error,
    /// A note that no mark names.
    UnusedNote = "unused-note" Warning,
    /// Two notes carry one name.
    DuplicateNote = "duplicate-note" Error,
    /// A note mark inside a note.
    NoteInNote = "note-in-note" Error,
    /// A note that is longer than e-readers show beside the text.
    LongNote = "long-note" Warning,
    /// A reference without text to a thing that has no number.
    NoLabel = "no-label" Error,
    /// A file of cited works that cannot be read as what it is.
    BrokenBibliography = "broken-bibliography" Error,
    /// Two cited works carry one key.
    DuplicateEntry = "duplicate-entry" Error,
    /// A cited work without something that its reference must say.
    IncompleteEntry = "incomplete-entry" Warning,
    /// A citation of a work that no file describes.
    UnknownCitation = "unknown-citation" Error,
    /// A citation that names no work, or stands where nothing can be cited.
    EmptyCitation = "empty-citation" Error,
    /// A style of references that cannot be used.
    BrokenStyle = "broken-style" Error,
    /// An image that is not what its name says.
    ImageMismatch = "image-mismatch" Error,
    /// An image that cannot be decoded.
    BrokenImage = "broken-image" Error,
    /// The colour profile of an image cannot be used.
    BrokenProfile = "broken-profile" Warning,
    /// An image of a kind that no output takes.
    UnsupportedImage = "unsupported-image" Error,
    /// A drawing uses something that the page cannot draw as vectors.
    DrawingSimplified = "drawing-simplified" Warning,
    /// An image with fewer pixels on an inch than the printer asks for.
    LowResolution = "low-resolution" Warning,
    /// An image with so few pixels on an inch that they can be seen in print.
    TooCoarse = "too-coarse" Error,
    /// A font that cannot be used.
    BrokenFont = "broken-font" Error,
    /// A font that an EPUB cannot bring along.
    FontLeftOut = "font-left-out" Warning,
    /// A font family asked for and not found.
    UnknownFont = "unknown-font" Error,
    /// A character that no font has.
    MissingGlyph = "missing-glyph" Error,
    /// A line that no allowed break makes fit.
    OverfullLine = "overfull-line" Warning,
    /// A line that stands short of the edge, because what follows it has no room and no allowed break.
    ShortLine = "short-line" Warning,
    /// Text without an allowed break that had to be divided all the same.
    LetGo = "let-go" Warning,
    /// A table that is wider than the measure.
    WideTable = "wide-table" Warning,
    /// A figure that had to be made smaller to fit the page.
    TallFigure = "tall-figure" Warning,
    /// A mark of the index that makes no sense.
    BadEntry = "bad-entry" Error,
    /// An entry that the index refers to and does not have.
    UnknownEntry = "unknown-entry" Error,
    /// Entries of the index that send the reader from one to the other and back.
    CircularSee = "circular-see" Error,
    /// A place of the index that begins and does not end, or ends and does not begin.
    OpenRange = "open-range" Error,
    /// A reading that does not go with the entry of the index that has it.
    BadReading = "bad-reading" Warning,
    /// Entries of the index whose characters have several readings, and none given.
    DoubtfulReading = "doubtful-reading" Warning,
    /// A term that is explained twice.
    DuplicateTerm = "duplicate-term" Warning,
    /// A page that the text tells, and that moves when it does.
    Unsettled = "unsettled" Warning,
    /// A chapter or a heading under which nothing stands.
    NothingFollows = "nothing-follows" Warning,
    /// A spine too narrow for words.
    NarrowSpine = "narrow-spine" Warning,
    /// A page that no sheet of the printer holds, with all that is printed around it.
    SheetTooSmall = "sheet-too-small" Error,
    /// A page whose trim does not lie within its bleed, or its bleed within the sheet.
    BoxesApart = "boxes-apart" Error,
    /// A booklet of pages that the book does not have.
    NoPages = "no-pages" Error,
    /// Pages that are made smaller to fit a booklet's paper.
    BookletScaled = "booklet-scaled" Warning,
    /// More sheets in each other than can be folded and stapled.
    BookletThick = "booklet-thick" Warning,
    /// Fewer or more pages than the printer takes.
    PageCount = "page-count" Error,
    /// Red, green and blue where only inks may be.
    RgbForbidden = "rgb-forbidden" Error,
    /// Something transparent where nothing may be.
    TransparencyForbidden = "transparency-forbidden" Error,
    /// A note, link or form where pages may only be printed.
    AnnotationForbidden = "annotation-forbidden" Error,
    /// A font that the file names and does not hold.
    UnembeddedFont = "unembedded-font" Error,
    /// A font that does not say which characters its glyphs are.
    FontWithoutUnicode = "font-without-unicode" Error,
    /// A figure that says nothing to those who cannot see it, in a file that promises to.
    UndescribedFigure = "undescribed-figure" Error,
    /// A file that does not say in which language it is or what its contents are, and promises to.
    Untagged = "untagged" Error,
    /// The colour profile of the printing condition is missing or is none for printing.
    ProfileUnusable = "profile-unusable" Error,
    /// The file does not say of itself what its standard asks for.
    MetadataIncomplete = "metadata-incomplete" Error,
    /// The book does not say something that libraries ask for.
    ArchiveLacks = "archive-lacks" Warning,
    /// A file of a package is not as it was.
    BagChanged = "bag-changed" Error,
    /// A file that a package lists is not in it.
    BagMissing = "bag-missing" Error,
    /// A file in a package that it does not list.
    BagAdded = "bag-added" Error,
    /// Something in a package that could do harm.
    BagUnsafe = "bag-unsafe" Error,
    /// A package that is no bag, or lacks what makes it one.
    BagIncomplete = "bag-incomplete" Error,
    /// A record of a package that does not say what its files are.
    BagDisagrees = "bag-disagrees" Error,
    /// A file that cannot be imported, by its kind.
    UnknownSource = "unknown-source" Error,
    /// A file to import that holds no article.
    NoArticle = "no-article" Error,
    /// A text to import whose characters cannot be told from its bytes.
    UnknownEncoding = "unknown-encoding" Error,
    /// Pictures of an imported article that did not come along.
    PictureWanted = "picture-wanted" Warning,
    /// An imported article with the title of a chapter that the book has.
    ImportedTwice = "imported-twice" Warning,
    /// Chapters of an imported book that did not come along.
    ChapterWanted = "chapter-wanted" Warning,
    /// Words of an imported article that stand neither in the book nor in the report.
    WordsLost = "words-lost" Warning,
    /// A writer could not make its file.
    WriterFailed = "writer-failed" Error,
    /// A fault of the program itself.
    ProgramFault = "program-fault" Error,
    /// A folder in which there should be books, and are none.
    NoBooks = "no-books" Error,
    /// A report on a build that cannot be read as one.
    BrokenReport = "broken-report" Error,
    /// A file that is not what the report beside it says.
    ChangedFile = "changed-file" Error,
    /// A file of a book that its report names and that is not there.
    MissingOutput = "missing-output" Warning,
    /// A book whose files do not tell what a catalogue says.
    Undescribed = "undescribed" Error,
    /// A book without a cover that can be shown.
    NoCover = "no-cover" Warning,
    /// Two books carry one identifier.
    DuplicateIdentifier = "duplicate-identifier" Error,
    /// The names of two books' files begin with one word.
    DuplicateSlug = "duplicate-slug" Error,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which source file, by its place in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A stretch of a source file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The stretch `range` of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The stretch as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text that findings can point into.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user would write it, from the book's folder.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

/// All texts read so far.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Keeps a text and says how spans name it.
    pub fn add(&mut self, path: &str, text: &str) -> SourceId {
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(Source { path: path.into(), text: text.into() });
        id
    }

    /// All texts, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// The text that `id` names.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Line and column of the start of `span`, both from 1, columns in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = &self.get(span.source).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Where a finding points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into a text that was read.
    Span(Span),
    /// At a file as a whole.
    File(String),
    /// Nowhere in particular.
    Book,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

/// A unit that a measure is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Of lengths on paper.
    Millimetres,
}

impl Unit {
    /// What stands behind a number of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Millimetres => "mm",
        }
    }
}

/// What was measured, and the most or least that it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it is.
    pub figure: f64,
    /// What it may be.
    pub limit: f64,
    /// Both in this unit.
    pub unit: Unit,
}

impl Measure {
    /// Two lengths, to a hundredth of a millimetre.
    pub fn lengths(figure: Length, limit: Length) -> Self {
        let rounded = |length: Length| (length.as_mm() * 100.0).round() / 100.0;
        Self { figure: rounded(figure), limit: rounded(limit), unit: Unit::Millimetres }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Its kind, which also gives the severity.
    pub code: Code,
    /// What is wrong, in one line without a full stop, literals in backticks.
    pub message: Message,
    /// Where.
    pub place: Place,
    /// What was measured, where something was.
    pub measure: Option<Measure>,
    /// What to do, one line each.
    pub hints: Vec<Message>,
}

impl Diagnostic {
    /// A finding without hints.
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<Message>) -> Self {
        let (message, place) = (message.into(), place.into());
        Self { code, message, place, measure: None, hints: Vec::new() }
    }

    /// The finding with what was measured.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measure = Some(measure);
        self
    }

    /// The finding with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// Says that a stage stopped because of errors; the errors are in the [`Sink`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// What a stage gives: its output, or the word that errors were reported.
pub type Outcome<T> = Result<T, Stopped>;

/// The candidate that `name` most likely meant; none when none is near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &'a str| {
        let score = strsim::normalized_damerau_levenshtein(name, candidate);
        (score >= 0.6 && name != candidate).then_some((score, candidate))
    };
    // `max_by` keeps the last of equals; the first is wanted.
    let ranked = candidates.into_iter().filter_map(near);
    ranked.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, name)| name)
}

/// Gathers findings, the texts they point into, and how far the work is.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    /// The texts read so far.
    pub sources: Sources,
    /// How far the work is; one with others where these work on the same.
    pub progress: Arc<Progress>,
    findings: Vec<Diagnostic>,
    /// For each kind and text: how many findings there were, and the place of the last one kept.
    counts: BTreeMap<(Code, Option<SourceId>), (usize, usize)>,
}

impl Sink {
    /// The most findings of one kind that are kept for one text: nobody reads more, and a hostile
    /// text would make millions.
    const MOST: usize = 100;

    /// Keeps a finding; the last of too many of its kind says how many more there are.
    pub fn report(&mut self, finding: Diagnostic) {
        let source = match &finding.place {
            Place::Span(span) => Some(span.source),
            Place::File(_) | Place::Book => None,
        };
        let (count, last) = self.counts.entry((finding.code, source)).or_default();
        *count += 1;
        if *count <= Self::MOST {
            *last = self.findings.len();
            self.findings.push(finding);
            return;
        }
        let hints = &mut self.findings[*last].hints;
        if *count > Self::MOST + 1 {
            hints.pop();
        }
        hints.push(message!("and {more} more like this one", more = *count - Self::MOST));
    }

    /// Keeps many findings, in their order.
    pub fn report_all(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        findings.into_iter().for_each(|finding| self.report(finding));
    }

    /// A sink for a stage that runs beside another: it knows the same texts, and what it gathers
    /// comes back by [`Sink::absorb`].
    pub fn aside(&self) -> Self {
        let (sources, progress) = (self.sources.clone(), Arc::clone(&self.progress));
        Self { sources, progress, ..Self::default() }
    }

    /// Keeps the findings that a sink from [`Sink::aside`] gathered.
    pub fn absorb(&mut self, aside: Self) {
        self.report_all(aside.findings);
    }

    /// All findings, in the order they were made.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// `value` if no error was reported so far.
    pub fn settle<T>(&self, value: T) -> Outcome<T> {
        let stopped =
            self.findings.iter().any(|finding| finding.code.severity() == Severity::Error);
        if stopped { Err(Stopped) } else { Ok(value) }
    }

    /// A finding as one line: `error[missing-file] ch1.md:3:1: …`, then its hints.
    pub fn line(&self, finding: &Diagnostic) -> String {
        let severity = match finding.code.severity() {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = match &finding.place {
            Place::Span(span) => {
                let (line, column) = self.sources.line_column(*span);
                format!(" {}:{line}:{column}", self.sources.get(span.source).path)
            }
            Place::File(path) => format!(" {path}"),
            Place::Book => String::new(),
        };
        let hint = |hint: &Message| format!("\n  hint: {}", hint.english());
        let hints: String = finding.hints.iter().map(hint).collect();
        format!("{severity}[{}]{place}: {}{hints}", finding.code, finding.message.english())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_findings_of_a_kind_are_counted() {
        let mut sink = Sink::default();
        let source = sink.sources.add("one.md", "text");
        let finding = |code| Diagnostic::new(code, Span::new(source, 0..1), "x").hint("y");
        sink.report_all((0..1_000).map(|_| finding(Code::RawHtml)));
        sink.report(finding(Code::MissingAlt));
        assert_eq!(sink.findings().len(), Sink::MOST + 1);
        let hints: Vec<String> =
            sink.findings()[Sink::MOST - 1].hints.iter().map(Message::english).collect();
        assert_eq!(hints, ["y", "and 900 more like this one"]);
        assert_eq!(sink.findings()[Sink::MOST].code, Code::MissingAlt);
    }
}
