//! Inlines as a row of pieces: text with its style, marks, pictures, forced line ends.

use std::borrow::Cow;

use super::page::Ink;
use super::style::TextStyle;
use crate::book::{Inline, NoteId, PictureId, Target};
use crate::diag::Span;
use crate::font::{Family, Weight};
use crate::script::{Class, Rules};

/// Something that stands in a line.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// What it is.
    pub content: Content<'a>,
    /// How it looks.
    pub style: TextStyle,
    /// Where it leads.
    pub link: Option<&'a Target>,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Characters.
    Text(Cow<'a, str>),
    /// Characters of code, which break anywhere and are not hyphenated.
    Code(&'a str),
    /// The mark of a note.
    Mark(NoteId),
    /// A picture, as high as the text.
    Picture(PictureId, &'a str),
    /// A forced line end.
    Break,
}

/// A row of pieces.
#[derive(Clone, Debug, Default)]
pub struct Flow<'a> {
    /// In reading order.
    pub pieces: Vec<Piece<'a>>,
    /// Where the first of it stands in the source.
    pub place: Option<Span>,
}

impl<'a> Flow<'a> {
    /// The pieces of `inlines` in `style`.
    pub fn new(inlines: &'a [Inline], style: TextStyle) -> Self {
        let mut flow = Self::default();
        flow.push(inlines, style, None);
        flow
    }

    /// A row of plain text in `style`.
    pub fn text(text: impl Into<Cow<'a, str>>, style: TextStyle) -> Self {
        let mut flow = Self::default();
        flow.push_text(text, style);
        flow
    }

    /// Adds plain text.
    pub fn push_text(&mut self, text: impl Into<Cow<'a, str>>, style: TextStyle) {
        self.pieces.push(Piece { content: Content::Text(text.into()), style, link: None });
    }

    /// Adds a forced line end.
    pub fn push_break(&mut self, style: TextStyle) {
        self.pieces.push(Piece { content: Content::Break, style, link: None });
    }

    /// Adds the pieces of `inlines`; `link` is where all of them lead.
    pub fn push(&mut self, inlines: &'a [Inline], style: TextStyle, link: Option<&'a Target>) {
        for inline in inlines {
            let content = match inline {
                Inline::Text(text) => {
                    self.place = self.place.or(Some(text.span));
                    Content::Text(Cow::Borrowed(&text.text))
                }
                Inline::Code(code) => {
                    self.place = self.place.or(Some(code.span));
                    let style = TextStyle {
                        font: mono(style),
                        size: style.size.fraction(92, 100),
                        ..style
                    };
                    self.pieces.push(Piece { content: Content::Code(&code.text), style, link });
                    continue;
                }
                Inline::Emphasis(inner) => {
                    self.push(inner, emphasised(style, inner), link);
                    continue;
                }
                Inline::Strong(inner) => {
                    self.push(inner, strong(style), link);
                    continue;
                }
                Inline::Strike(inner) => {
                    self.push(inner, TextStyle { struck: true, ..style }, link);
                    continue;
                }
                Inline::Subscript(inner) => {
                    self.push(inner, shifted(style, -1), link);
                    continue;
                }
                Inline::Superscript(inner) => {
                    self.push(inner, shifted(style, 3), link);
                    continue;
                }
                Inline::Link { target, content } => {
                    self.push(content, style.inked(Ink::Link), Some(target));
                    continue;
                }
                Inline::Image { picture, alt } => Content::Picture(*picture, alt),
                Inline::NoteMark(note) => Content::Mark(*note),
                Inline::Break => Content::Break,
            };
            self.pieces.push(Piece { content, style, link });
        }
    }
}

/// Emphasis is a dot under each hanzi; hanzi have no italics, and the bundled Latin has none, so
/// that emphasis without hanzi is bold.
fn emphasised(style: TextStyle, inlines: &[Inline]) -> TextStyle {
    if has_hanzi(inlines, style.language) {
        TextStyle { dotted: true, ..style }
    } else {
        strong(style)
    }
}

/// Whether a hanzi stands anywhere in `inlines`.
fn has_hanzi(inlines: &[Inline], language: &Rules) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => {
            text.text.chars().any(|c| language.class(c) == Class::Han)
        }
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Subscript(inner)
        | Inline::Superscript(inner)
        | Inline::Link { content: inner, .. } => has_hanzi(inner, language),
        Inline::Image { .. } | Inline::NoteMark(_) | Inline::Break => false,
    })
}

/// Strong is bold; the Kai face has no bold, so strong Kai is bold serif.
fn strong(mut style: TextStyle) -> TextStyle {
    style.font.weight = Weight::Bold;
    if style.font.family == Family::Kai {
        style.font.family = Family::Serif;
    }
    style
}

/// Code is in the mono family.
fn mono(style: TextStyle) -> crate::font::Style {
    crate::font::Style { family: Family::Mono, ..style.font }
}

/// Smaller, and `tenths` of an em above the baseline.
fn shifted(style: TextStyle, tenths: i32) -> TextStyle {
    TextStyle {
        size: style.size.fraction(65, 100),
        rise: style.rise + style.size.fraction(tenths, 10),
        ..style
    }
}
