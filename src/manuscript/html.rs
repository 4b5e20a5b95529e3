//! The few HTML tags that a text may use, and what becomes of the others.

use std::ops::Range;

use super::parse::Parser;
use super::{Block, Inline, Text};
use crate::diag::{Code, Diagnostic};
use crate::message;
use crate::script::is_cjk;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Html {
    /// `<!-- … -->`
    Comment,
    /// `<br>`
    Break,
    /// `<sub>`, `<sup>`
    Open(Shift),
    /// `</sub>`, `</sup>`
    Close(Shift),
    /// Anything else.
    Other,
}

/// Off the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// Below it.
    Sub,
    /// Above it.
    Sup,
}

/// What the tag that `html` starts with is.
pub(super) fn classify(html: &str) -> Html {
    if html.starts_with("<!--") {
        return Html::Comment;
    }
    let (closing, rest) = match html.strip_prefix("</") {
        Some(rest) => (true, rest),
        None => (false, html.strip_prefix('<').unwrap_or(html)),
    };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    match (rest[..end].to_ascii_lowercase().as_str(), closing) {
        ("br", false) => Html::Break,
        ("sub", false) => Html::Open(Shift::Sub),
        ("sub", true) => Html::Close(Shift::Sub),
        ("sup", false) => Html::Open(Shift::Sup),
        ("sup", true) => Html::Close(Shift::Sup),
        _ => Html::Other,
    }
}

impl Shift {
    /// The inline that holds `content` off the line.
    pub(super) fn wrap(self, content: Vec<Inline>) -> Inline {
        match self {
            Self::Sub => Inline::Subscript(content),
            Self::Sup => Inline::Superscript(content),
        }
    }
}

impl Parser<'_> {
    /// Reports a tag that no output carries.
    pub(super) fn raw_html(&mut self, range: Range<usize>) {
        let tag = &self.text[range.clone()];
        let shown: String = tag.chars().take(40).take_while(|c| *c != '\n').collect();
        let message = message!("the HTML `{shown}` is left out; its text stays", shown);
        let finding = Diagnostic::new(Code::RawHtml, self.span(range), message)
            .hint("`<sub>`, `<sup>` and `<br>` are understood; write the rest in Markdown");
        self.findings.report(finding);
    }

    /// Reports a comment that should say which editions have something, and stands where it cannot.
    pub(super) fn comment(&mut self, range: Range<usize>) {
        let comment = &self.text[range.clone()];
        if comment.starts_with("<!-- only") || comment.starts_with("<!-- /only") {
            let message = "what only some editions have begins and ends on lines of its own";
            let finding = Diagnostic::new(Code::BadValue, self.span(range), message);
            self.findings
                .report(finding.hint("such lines stand in no quote and in no other comment"));
        }
    }

    /// The text of an HTML block at `range` of the source as a paragraph, its tags reported.
    pub(super) fn html_block(&mut self, range: Range<usize>, blocks: &mut Vec<Block>) {
        let mut inlines = Vec::new();
        for piece in pieces(&self.text[range.clone()]) {
            let place = range.start + piece.range.start..range.start + piece.range.end;
            match piece.kind {
                Kind::Text => inlines.extend(self.lines(place)),
                Kind::Tag => self.raw_html(place),
                Kind::Comment => self.comment(place),
            }
        }
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    /// The lines at `range` of the source that hold anything, with a space between them where
    /// hanzi stand on neither side.
    fn lines(&self, range: Range<usize>) -> Vec<Inline> {
        let mut at = range.start;
        let mut lines = Vec::new();
        let mut spaced = false;
        for line in self.text[range].split_inclusive('\n') {
            let text = line.trim();
            let start = at + line.find(text).unwrap_or(0);
            at += line.len();
            if text.is_empty() {
                continue;
            }
            if spaced && !text.starts_with(is_cjk) {
                let span = self.span(start..start);
                lines.push(Inline::Text(Text { text: " ".into(), span }));
            }
            spaced = !text.ends_with(is_cjk);
            let span = self.span(start..start + text.len());
            lines.push(Inline::Text(Text { text: text.into(), span }));
        }
        lines
    }
}

/// A stretch of an HTML block.
struct Piece {
    kind: Kind,
    range: Range<usize>,
}

/// What a stretch of an HTML block is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text between tags.
    Text,
    /// A tag, with its content where that is no text.
    Tag,
    /// A comment.
    Comment,
}

/// An HTML block cut into its pieces.
fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let (kind, length) = if !rest.starts_with('<') {
            (Kind::Text, rest.find('<').unwrap_or(rest.len()))
        } else if rest.starts_with("<!--") {
            (Kind::Comment, past(rest, "-->"))
        } else {
            let hidden = ["script", "style"].into_iter().find(|name| {
                rest.get(1..1 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
            });
            (Kind::Tag, hidden.map_or(past(rest, ">"), |name| past(rest, &format!("</{name}>"))))
        };
        pieces.push(Piece { kind, range: at..at + length });
        at += length;
    }
    pieces
}

/// The byte after the first `end` in `text`, or all of it.
fn past(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_by_what_they_mean() {
        assert_eq!(classify("<!-- x -->"), Html::Comment);
        assert_eq!(classify("<BR />"), Html::Break);
        assert_eq!(classify("<sub>"), Html::Open(Shift::Sub));
        assert_eq!(classify("</sup >"), Html::Close(Shift::Sup));
        assert_eq!(classify("<subx>"), Html::Other);
        assert_eq!(classify("</br>"), Html::Other);
    }
}
