//! Findings as a terminal shows them: the line, the place in it, and what to do.

use std::io::{self, IsTerminal};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::normalize_untrusted_str as harmless;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use banxin::diag::{Diagnostic, Message, Place, Severity, Sink, Span};
use banxin::files::{self, Colour};
use banxin::message;

use super::language::Speaker;

/// The most bytes of a line that are given to the renderer, which takes its time over long lines.
const LONGEST_LINE: usize = 10_000;
/// The characters of a longer line that are kept on either side of a place.
const REACH: usize = 60;

/// Prints findings of one book.
pub struct Printer<'a> {
    folder: &'a Path,
    renderer: Renderer,
    speaker: &'a Speaker,
}

/// The line that a place is in, or what is shown of it.
struct Excerpt {
    text: String,
    /// The place, in bytes of `text`.
    marked: Range<usize>,
    /// Whether it is the whole line.
    whole: bool,
}

impl<'a> Printer<'a> {
    /// A printer for the book in `folder`.
    pub fn new(folder: &'a Path, colour: bool, speaker: &'a Speaker) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { folder, renderer, speaker }
    }

    /// All findings, and a line that counts them; nothing when there are none.
    pub fn all(&self, sink: &Sink) -> String {
        let findings = sink.findings();
        let text: String =
            findings.iter().map(|finding| self.one(sink, finding) + "\n\n").collect();
        let count = |severity| {
            findings.iter().filter(|finding| finding.code.severity() == severity).count()
        };
        let counted = match (count(Severity::Error), count(Severity::Warning)) {
            (0, 0) => return text,
            (errors, 0) => errors_alone(errors),
            (0, warnings) => warnings_alone(warnings),
            (errors, warnings) => message!(
                "{errors}, {warnings}",
                errors = errors_alone(errors),
                warnings = warnings_alone(warnings)
            ),
        };
        text + &self.speaker.say(&counted) + "\n"
    }

    fn one(&self, sink: &Sink, finding: &Diagnostic) -> String {
        let level = match finding.code.severity() {
            Severity::Warning => Level::WARNING.with_name(self.speaker.words("warning")),
            Severity::Error => Level::ERROR.with_name(self.speaker.words("error")),
        };
        let message = self.speaker.say(&finding.message);
        let title = level.primary_title(message).id(finding.code.as_str());
        let hints = finding.hints.iter().map(|hint| {
            let said = self.speaker.say(hint);
            Level::HELP.with_name(self.speaker.words("hint")).message(harmless(&said))
        });
        let mut group = Group::with_title(title);
        match &finding.place {
            Place::Span(span) => {
                let source = sink.sources.get(span.source);
                let (line, column) = sink.sources.line_column(*span);
                let Excerpt { text, marked, whole } = excerpt(&source.text, *span);
                let path = self.path(&source.path);
                let mark = AnnotationKind::Primary.span(marked);
                let snippet = Snippet::source(text).line_start(line).annotation(mark);
                // The renderer counts the column in what it is given.
                group = if whole {
                    group.element(snippet.path(path))
                } else {
                    let place = harmless(&format!("{path}:{line}:{column}"));
                    let name = self.speaker.words("place");
                    group.element(snippet).element(Level::NOTE.with_name(name).message(place))
                };
            }
            Place::File(path) => group = group.element(Origin::path(self.path(path))),
            Place::Book if !finding.hints.is_empty() => {
                // Between a title and hints the renderer draws the edge of a text, which is not there.
                let hints = Group::with_level(Level::HELP).elements(hints);
                return self.renderer.render(&[group]) + "\n" + &self.renderer.render(&[hints]);
            }
            Place::Book => {}
        }
        self.renderer.render(&[group.elements(hints)])
    }

    /// A path of the book as it is reached from where the program was called.
    fn path(&self, path: &str) -> String {
        if self.folder == Path::new(".") {
            return path.to_owned();
        }
        self.folder.join(path).display().to_string()
    }
}

/// Whether findings are printed in colours.
pub fn coloured() -> bool {
    match files::colour() {
        Colour::Refused => false,
        Colour::Forced => true,
        Colour::OnTerminals => io::stderr().is_terminal(),
    }
}

/// Two things said one after the other.
pub fn row(one: Message, more: Message) -> Message {
    message!("{one}, {more}", one, more)
}

/// `2 errors`
pub fn errors_alone(count: usize) -> Message {
    if count == 1 { "1 error".into() } else { message!("{count} errors", count) }
}

/// `2 warnings`
pub fn warnings_alone(count: usize) -> Message {
    if count == 1 { "1 warning".into() } else { message!("{count} warnings", count) }
}

/// The first line of a place; of a very long line, what stands around it.
fn excerpt(text: &str, span: Span) -> Excerpt {
    let floor = |byte: usize| text.floor_char_boundary(byte.min(text.len()));
    let (start, end) = (floor(span.range().start), floor(span.range().end));
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let (before, after) = (&text[line_start..start], text[start..line_end].trim_end_matches('\r'));
    let whole = before.len() + after.len() <= LONGEST_LINE;
    let (from, to) = if whole {
        (0, after.len())
    } else {
        (
            before.char_indices().rev().nth(REACH).map_or(0, |(byte, _)| byte),
            after.char_indices().nth(REACH).map_or(after.len(), |(byte, _)| byte),
        )
    };
    let cut = |is_cut| if is_cut { "…" } else { "" };
    let before = cut(from > 0).to_owned() + &before[from..];
    let marked = before.len()..before.len() + end.saturating_sub(start).min(to);
    Excerpt { text: before + &after[..to] + cut(to < after.len()), marked, whole }
}

#[cfg(test)]
mod tests {
    use banxin::diag::Code;

    use super::super::language::Language;
    use super::*;

    fn english() -> Speaker {
        Speaker::new(Language::En)
    }

    fn printed(text: &str, range: Range<usize>) -> String {
        let mut sink = Sink::default();
        let source = sink.sources.add("one.md", text);
        let place = Span::new(source, range);
        sink.report(Diagnostic::new(Code::UnknownReference, place, "there is no `图`"));
        let shown = Printer::new(Path::new("书"), false, &english()).all(&sink);
        shown.trim_end_matches("\n\n1 error\n").to_owned()
    }

    #[test]
    fn a_finding_shows_its_line_and_marks_its_place() {
        let expected = "\
error[unknown-reference]: there is no `图`
 --> 书/one.md:3:4
  |
3 | 见图（#图）。
  |       ^^^";
        assert_eq!(printed("# 题\n\n见图（#图）。\n", 16..20), expected);
    }

    #[test]
    fn a_paragraph_is_shown_around_the_place() {
        let expected = format!(
            "\
error[unknown-reference]: there is no `图`
 --> 书/one.md:1:301
  |
1 | ... {}#图{}...
  | {}^^^",
            "很".repeat(31),
            "长".repeat(31),
            " ".repeat(66)
        );
        let text = format!("{}#图{}\n", "很".repeat(300), "长".repeat(300));
        assert_eq!(printed(&text, 900..904), expected);
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let text = format!("一\n{}#图{}", "很".repeat(2_000_000), "长".repeat(2_000_000));
        let shown = printed(&text, 6_000_004..6_000_008);
        assert!(shown.len() < 1_000, "{shown}");
        assert!(shown.ends_with("\n  = place: 书/one.md:2:2000001"), "{shown}");
    }

    #[test]
    fn a_place_past_the_end_is_shown_at_the_end() {
        let expected = "\
error[unknown-reference]: there is no `图`
 --> 书/one.md:1:2
  |
1 | 一
  |   ^";
        assert_eq!(printed("一", 3..30), expected);
    }

    #[test]
    fn hints_and_counts_follow() {
        let mut sink = Sink::default();
        let place = || Place::File("two.md".to_owned());
        sink.report(Diagnostic::new(Code::RawHtml, place(), "HTML").hint("a").hint("b\u{1b}[2J"));
        sink.report(Diagnostic::new(Code::NotUtf8, Place::Book, "bytes").hint("c").hint("d"));
        sink.report(Diagnostic::new(Code::NotUtf8, Place::Book, "bytes"));
        sink.report(Diagnostic::new(Code::RawHtml, place(), "HTML"));
        let expected = "\
warning[raw-html]: HTML
--> two.md
 = hint: a
 = hint: b␛[2J

error[not-utf8]: bytes
 = hint: c
 = hint: d

error[not-utf8]: bytes

warning[raw-html]: HTML
--> two.md

2 errors, 2 warnings
";
        assert_eq!(Printer::new(Path::new("."), false, &english()).all(&sink), expected);
    }
}
