//! What only some editions have, and the Chinese of each.
//!
//! ```text
//! <!-- only: zh-Hant -->
//! Blocks that the edition zh-Hant alone has.
//! <!-- /only -->
//! ```

use std::borrow::Cow;
use std::ops::Range;

use super::{Attributes, Block, Chapter, Inline, Text};
use crate::diag::{Code, Diagnostic, List, Sink, SourceId, Span};
use crate::manifest::EditionChoice;
use crate::message;
use crate::script;

/// The text of a file as an edition has it.
pub(super) struct Cut<'a> {
    /// The text, with blanks in place of what the edition does not have.
    pub text: Cow<'a, str>,
    /// The ids in what it does not have.
    pub left_out: Vec<String>,
}

/// Where a stretch for some editions begins, and whether this edition has it.
struct Open {
    line: Range<usize>,
    kept: bool,
}

/// A fence of code that is open: its character, and how many of it (CommonMark 0.31, 4.5).
#[derive(Clone, Copy)]
struct Fence(char, usize);

impl Fence {
    /// The fence that is open after a line.
    fn after(open: Option<Self>, line: &str) -> Option<Self> {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        let Some(mark) = mark else { return open };
        let rest = line.trim_start_matches(mark);
        // Both marks are a byte.
        let count = line.len() - rest.len();
        match open {
            None if count >= 3 && !(mark == '`' && rest.contains('`')) => Some(Self(mark, count)),
            Some(Self(opened, least)) if mark == opened && count >= least && rest.is_empty() => {
                None
            }
            None | Some(_) => open,
        }
    }
}

/// Blanks what `edition` does not have of `text`, and the comments that say so; its bytes stay where
/// they are.
pub(super) fn cut<'a>(
    text: &'a str,
    edition: &EditionChoice,
    source: SourceId,
    sink: &mut Sink,
) -> Cut<'a> {
    let mut cut = Cut { text: Cow::Borrowed(text), left_out: Vec::new() };
    let (mut open, mut fence, mut at): (Option<Open>, Option<Fence>, usize) = (None, None, 0);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let line = line.trim();
        fence = Fence::after(fence, line);
        if fence.is_some() {
            continue;
        }
        match (open.take(), only(line), line == "<!-- /only -->") {
            (None, Some(names), _) => {
                let kept = names.clone().any(|name| name == edition.name);
                let span = Span::new(source, range.clone());
                sink.report_all(names.filter_map(|name| unknown(name, edition, span)));
                cut.blank(range.clone());
                open = Some(Open { line: range, kept });
            }
            (Some(begun), Some(_), _) => {
                cut.blank(range.clone());
                let message = "what only some editions have begins before the one above has ended";
                let finding = Diagnostic::new(Code::BadValue, Span::new(source, range), message);
                sink.report(finding.hint("write `<!-- /only -->` before it"));
                open = Some(begun);
            }
            (Some(begun), None, true) => {
                let from = if begun.kept { range.start } else { begun.line.end };
                cut.blank(from..range.end);
            }
            (None, None, true) => {
                cut.blank(range.clone());
                let message = "nothing begins that could end here";
                let finding = Diagnostic::new(Code::BadValue, Span::new(source, range), message);
                sink.report(finding.hint("write `<!-- only: EDITION -->` before it, or delete it"));
            }
            (before, None, false) => open = before,
        }
    }
    if let Some(Open { line, .. }) = open {
        let message = "what only some editions have does not end";
        let finding = Diagnostic::new(Code::BadValue, Span::new(source, line), message);
        sink.report(finding.hint("write `<!-- /only -->` on a line of its own where it ends"));
    }
    cut
}

/// The editions that a line begins a stretch for.
fn only(line: &str) -> Option<impl Iterator<Item = &str> + Clone> {
    let names = line.strip_prefix("<!-- only:")?.strip_suffix("-->")?;
    Some(names.split(',').map(str::trim))
}

/// Says that the book has no edition `name`.
fn unknown(name: &str, edition: &EditionChoice, span: Span) -> Option<Diagnostic> {
    if edition.known.iter().any(|known| known == name) {
        return None;
    }
    let message = message!("the book has no edition `{name}`", name);
    let known: List = edition.known.iter().map(|name| format!("`{name}`")).collect();
    let hint = message!("the editions are {known}", known);
    Some(Diagnostic::new(Code::BadValue, span, message).hint(hint))
}

impl Cut<'_> {
    /// Puts blanks in place of a stretch.
    fn blank(&mut self, range: Range<usize>) {
        self.left_out.extend(ids(&self.text[range.clone()]).map(str::to_owned));
        let blanks: String = self.text[range.clone()]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        self.text.to_mut().replace_range(range, &blanks);
    }
}

/// The ids that stand in a text: `{#id`.
pub(super) fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split("{#").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c == '}' || c.is_whitespace())?;
        Some(&rest[..end])
    })
}

/// Puts a chapter into the Chinese of its edition.
pub(super) fn convert(chapter: &mut Chapter, edition: &EditionChoice) {
    if edition.conversion.is_none() {
        return;
    }
    let Chapter { title, blocks, notes, .. } = chapter;
    inlines(&mut title.content, edition);
    self::blocks(blocks, edition);
    notes.iter_mut().for_each(|note| self::blocks(&mut note.blocks, edition));
}

fn blocks(blocks: &mut [Block], edition: &EditionChoice) {
    for block in blocks {
        match block {
            Block::Heading(heading) => inlines(&mut heading.content, edition),
            Block::Paragraph(content) => inlines(content, edition),
            Block::Quote(inner) => self::blocks(inner, edition),
            Block::List(list) => {
                list.items.iter_mut().for_each(|item| self::blocks(&mut item.blocks, edition));
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&mut definition.term, edition);
                    definition.bodies.iter_mut().for_each(|body| self::blocks(body, edition));
                }
            }
            Block::Figure(figure) => {
                edition.convert(&mut figure.alt);
                figure.attributes.credit.words().for_each(|words| text(words, edition));
                inlines(&mut figure.caption, edition);
                attributes(&mut figure.attributes, edition);
            }
            Block::Table(table) => {
                inlines(&mut table.caption, edition);
                attributes(&mut table.attributes, edition);
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| inlines(cell, edition));
            }
            // A program is the same in all editions.
            Block::Code { .. } | Block::Divider => {}
        }
    }
}

fn attributes(attributes: &mut Attributes, edition: &EditionChoice) {
    attributes.source.iter_mut().for_each(|source| text(source, edition));
}

fn inlines(inlines: &mut [Inline], edition: &EditionChoice) {
    for inline in inlines {
        match inline {
            Inline::Text(run) => text(run, edition),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content)
            | Inline::Name(content)
            | Inline::Title(content)
            | Inline::Dotted(content)
            | Inline::Gloss(content)
            | Inline::Ruby { base: content, .. }
            | Inline::Link { content, .. } => self::inlines(content, edition),
            Inline::Foreign { language, content } => {
                let chinese = script::rules(&language.text).is_some_and(|it| it.forms.is_chinese());
                if chinese {
                    self::inlines(content, edition);
                }
            }
            Inline::Abbreviation { expansion, content } => {
                text(expansion, edition);
                self::inlines(content, edition);
            }
            Inline::Indexed { mark, content } => {
                mark.entries.iter_mut().flatten().for_each(|words| edition.convert(words));
                self::inlines(content, edition);
            }
            Inline::Image { alt, .. } => edition.convert(alt),
            // What a citation says is converted with what it becomes.
            Inline::Citation(_)
            | Inline::Code(_)
            | Inline::PageOf { .. }
            | Inline::NoteMark(_)
            | Inline::Break => {}
        }
    }
}

fn text(run: &mut Text, edition: &EditionChoice) {
    edition.convert(&mut run.text);
}
