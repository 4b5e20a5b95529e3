//! From the text of a file to a chapter: the parser's events, read from first to last.
//!
//! Blocks are read in `blocks`, inlines in `inlines`, each by a call that ends where its element
//! does. Nesting is bounded by [`DEEPEST`], so that the calls are too.

use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{Event, Options, Tag};

use super::flanking::{MARK, Prepared, prepare};
use super::{Block, Chapter, Heading, Inline, Note, Purpose, breaks, read};
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span};
use crate::files::BookPath;
use crate::message;
use crate::script::{find_forbidden, is_forbidden};

/// The deepest nesting of quotes and lists, and of inlines: more than any page shows, and little
/// enough for trees to be walked by calls.
const DEEPEST: usize = 32;

/// What the parser is asked to know beyond CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Reads the chapter at `path`, whose text is `text`, and says what is wrong with it.
pub(super) fn chapter(source: SourceId, path: &BookPath, text: &str) -> (Chapter, Sink) {
    let prepared = prepare(text);
    let mut parser = Parser {
        source,
        path,
        text,
        events: events(&prepared).into_iter(),
        clip: 0..text.len(),
        depth: 0,
        too_deep: false,
        titles: 0,
        notes: Vec::new(),
        findings: Sink::default(),
    };
    let mut blocks = parser.blocks();
    let title = match blocks.first() {
        Some(Block::Heading(heading)) if heading.level == 1 && !heading.content.is_empty() => {
            let title = heading.clone();
            blocks.remove(0);
            title
        }
        _ => parser.missing_title(),
    };
    let chapter = Chapter { path: path.clone(), title, blocks, notes: parser.notes };
    (chapter, parser.findings)
}

/// The events of a text with their places in the source, without soft breaks.
fn events(prepared: &Prepared) -> Vec<Located<'_>> {
    let mut events: Vec<_> = pulldown_cmark::Parser::new_ext(&prepared.text, OPTIONS)
        .into_offset_iter()
        .map(|(event, range)| (event, prepared.original(&range)))
        .collect();
    breaks::settle(&mut events);
    events
}

/// An event and its place in the source.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// A chapter being read.
pub(super) struct Parser<'a> {
    /// The file.
    pub source: SourceId,
    /// Its path.
    pub path: &'a BookPath,
    /// Its whole text.
    pub text: &'a str,
    /// What is still to be read.
    events: IntoIter<Located<'a>>,
    /// The part of the source whose inlines are wanted: all of it but the frame of a caption.
    pub clip: Range<usize>,
    /// How many quotes, lists, notes and inlines are open.
    depth: usize,
    /// Whether it was said that something is nested too deep.
    too_deep: bool,
    /// Headings of the first level so far.
    pub titles: usize,
    /// Notes so far.
    pub notes: Vec<Note>,
    /// What was found so far.
    pub findings: Sink,
}

impl<'a> Parser<'a> {
    /// The events that are still to be read.
    pub fn ahead(&self) -> &[Located<'a>] {
        self.events.as_slice()
    }

    /// The next event, which stays.
    pub fn peek(&self) -> Option<&Event<'a>> {
        self.ahead().first().map(|(event, _)| event)
    }

    /// Takes the next event.
    pub fn next(&mut self) -> Option<Located<'a>> {
        self.events.next()
    }

    /// Takes all events up to the end of the element that is open.
    pub fn close(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Reads the element that was opened at `range` and closes it; leaves it out when it lies too
    /// deep.
    pub fn nested<T>(
        &mut self,
        range: Range<usize>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let content = self.deeper(range, read);
        self.close();
        content
    }

    /// Reads one level deeper, if that is not too deep.
    pub fn deeper<T>(
        &mut self,
        range: Range<usize>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if self.depth == DEEPEST {
            self.report_depth(range);
            return None;
        }
        self.depth += 1;
        let content = read(self);
        self.depth -= 1;
        Some(content)
    }

    /// Whether `content`, which stands at the present depth, can be put one level deeper.
    pub fn has_room(&mut self, content: &[Inline], range: Range<usize>) -> bool {
        let has_room = self.depth + 1 + height(content) <= DEEPEST;
        if !has_room {
            self.report_depth(range);
        }
        has_room
    }

    /// Whether something was nested too deep.
    pub fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// Reports, once, that something is nested too deep.
    fn report_depth(&mut self, range: Range<usize>) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let message = message!("this lies more than {most} levels deep", most = DEEPEST);
            let finding = Diagnostic::new(Code::NestedTooDeep, self.span(range), message)
                .hint("take some quotes, lists or emphasis out of each other");
            self.findings.report(finding);
        }
    }

    /// A stretch of this source.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    /// `range` without the white space at its ends.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// Where `text` first stands in `range` of the source; all of `range` where it does not stand
    /// there as it is.
    pub fn locate_first(&self, text: &str, range: &Range<usize>) -> Range<usize> {
        let found = self.text[range.clone()].find(text).map(|at| range.start + at);
        found.map_or(range.clone(), |start| start..start + text.len())
    }

    /// Where `text` last stands in `range` of the source; all of `range` where it does not stand
    /// there as it is.
    pub fn locate_last(&self, text: &str, range: &Range<usize>) -> Range<usize> {
        let found = self.text[range.clone()].rfind(text).map(|at| range.start + at);
        found.map_or(range.clone(), |start| start..start + text.len())
    }

    /// `text` without marks and without characters that no text holds, which are reported: an
    /// entity may have brought them.
    pub fn clean(&mut self, text: &str, range: &Range<usize>) -> String {
        // What stands in the source as it is was looked at when that was read.
        let is_source = self.text.get(range.clone()) == Some(text);
        if is_source || find_forbidden(text).is_none() {
            return text.to_owned();
        }
        if let Some(c) = text.chars().find(|&c| c != MARK && is_forbidden(c)) {
            self.findings.report(read::forbidden(c, self.span(range.clone())));
        }
        text.chars().filter(|&c| !is_forbidden(c)).collect()
    }

    /// Reports that the chapter does not begin with its title; gives an empty one.
    fn missing_title(&mut self) -> Heading {
        let span = self.span(0..0);
        let message = "the chapter does not begin with its title";
        self.findings.report(
            Diagnostic::new(Code::MissingTitle, span, message)
                .hint("begin the file with `# Title`"),
        );
        let (purpose, content) = (Purpose::Text, Vec::new());
        Heading { level: 1, id: None, numbered: true, purpose, content, span }
    }
}

/// How many levels `inlines` have below their own.
fn height(inlines: &[Inline]) -> usize {
    let deeper = |inline: &Inline| match inline.content() {
        [] => 0,
        content => 1 + height(content),
    };
    inlines.iter().map(deeper).max().unwrap_or(0)
}

/// Whether a tag stands inside a line.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
