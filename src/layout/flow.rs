//! Inlines as a row of pieces: text with its style, marks, pictures, forced line ends.

use std::borrow::Cow;

use super::folios::Folios;
use super::gloss;
use super::page::{Destination, Ink};
use super::structure::{Inner, Role};
use super::style::TextStyle;
use crate::book::{AnchorId, Emphasis, Inline, NoteId, PictureId, Target, source_start};
use crate::diag::Span;
use crate::font::{Family, Style, Weight};
use crate::script::Forms;

/// Something that stands in a line.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// What it is.
    pub content: Content<'a>,
    /// The byte of the source where its characters begin; none where the book has added them.
    pub start: Option<u32>,
    /// How it looks.
    pub style: TextStyle,
    /// Where it leads.
    pub link: Option<Leads<'a>>,
    /// The line under it: which of [`Flow::lines`].
    pub line: Option<u32>,
    /// The reading over it: which of [`Flow::readings`].
    pub reading: Option<u32>,
    /// What it is part of: which of [`Flow::elements`]; none for the whole.
    pub element: Option<u32>,
}

/// Where a piece leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads<'a> {
    /// Inside the book.
    To(AnchorId),
    /// Outside.
    Out(&'a str),
}

impl<'a> From<&'a Target> for Leads<'a> {
    fn from(target: &'a Target) -> Self {
        match target {
            Target::Anchor(anchor)
            | Target::Entry { entry: anchor, .. }
            | Target::Citation(anchor) => Self::To(*anchor),
            Target::Url(url) => Self::Out(url),
        }
    }
}

impl From<Leads<'_>> for Destination {
    fn from(leads: Leads<'_>) -> Self {
        match leads {
            Leads::To(anchor) => Self::Anchor(anchor),
            Leads::Out(url) => Self::Url(url.to_owned()),
        }
    }
}

/// What a piece is.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Characters.
    Text(Cow<'a, str>),
    /// Characters of code, which break anywhere and are not hyphenated.
    Code(&'a str),
    /// The characters of a note inside the line, in two rows of half the size (割注).
    Gloss(String),
    /// The mark of a note.
    Mark(NoteId),
    /// A picture, as high as the text.
    Picture(PictureId, &'a str),
    /// A forced line end.
    Break,
}

/// A line under words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Straight, under a proper name (专名号).
    Name,
    /// Wavy, under the title of a work (书名号甲式).
    Title,
}

/// What stands over words.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Its characters.
    pub text: &'a str,
    /// Which of [`Flow::elements`] it is.
    pub element: u32,
}

/// A row of pieces.
#[derive(Clone, Debug, Default)]
pub struct Flow<'a> {
    /// In reading order.
    pub pieces: Vec<Piece<'a>>,
    /// The lines under them.
    pub lines: Vec<Line>,
    /// The readings over them.
    pub readings: Vec<Reading<'a>>,
    /// What the pieces are part of.
    pub elements: Vec<Inner>,
    /// Places that the index and the list of cited works tell, each before which of the pieces.
    pub anchors: Vec<(AnchorId, u32)>,
    /// Where the first of it stands in the source.
    pub place: Option<Span>,
}

/// What the inlines around it say of an inline.
#[derive(Clone, Copy)]
struct Around<'a> {
    style: TextStyle,
    link: Option<Leads<'a>>,
    line: Option<u32>,
    reading: Option<u32>,
    element: Option<u32>,
    folios: &'a Folios,
}

impl<'a> Around<'a> {
    fn styled(self, style: TextStyle) -> Self {
        Self { style, ..self }
    }

    /// Nothing but a style.
    fn only(style: TextStyle, folios: &'a Folios) -> Self {
        Self { style, link: None, line: None, reading: None, element: None, folios }
    }

    fn part_of(self, element: u32) -> Self {
        Self { element: Some(element), ..self }
    }

    fn piece(self, content: Content<'a>) -> Piece<'a> {
        let Self { style, link, line, reading, element, folios: _ } = self;
        Piece { content, start: None, style, link, line, reading, element }
    }

    /// A piece whose characters stand in the source from `start` on.
    fn piece_from(self, start: Option<u32>, content: Content<'a>) -> Piece<'a> {
        Piece { start, ..self.piece(content) }
    }
}

impl<'a> Flow<'a> {
    /// The pieces of `inlines` in `style`.
    pub fn new(inlines: &'a [Inline], style: TextStyle, folios: &'a Folios) -> Self {
        let mut flow = Self::default();
        flow.push(inlines, style, folios);
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
        self.add(Content::Text(text.into()), style);
    }

    /// Adds a forced line end.
    pub fn push_break(&mut self, style: TextStyle) {
        self.add(Content::Break, style);
    }

    /// Adds the pieces of `inlines`.
    pub fn push(&mut self, inlines: &'a [Inline], style: TextStyle, folios: &'a Folios) {
        self.inlines(inlines, Around::only(style, folios));
    }

    /// Adds plain text that leads somewhere.
    pub fn push_link(&mut self, text: String, link: Leads<'a>, style: TextStyle) {
        let element = Some(self.link_element(link, None));
        let (content, style) = (Content::Text(text.into()), style.inked(Ink::Link));
        let (start, line, reading) = (None, None, None);
        let link = Some(link);
        self.pieces.push(Piece { content, start, style, link, line, reading, element });
    }

    /// Notes a place that the index or the list of cited works tells.
    fn mark(&mut self, anchor: AnchorId) {
        // A paragraph has fewer than 4 G pieces.
        self.anchors.push((anchor, self.pieces.len() as u32));
    }

    /// Adds a piece that nothing is said of.
    fn add(&mut self, content: Content<'a>, style: TextStyle) {
        let (start, link, line, reading, element) = (None, None, None, None, None);
        self.pieces.push(Piece { content, start, style, link, line, reading, element });
    }

    /// Adds an element to the one that `around` is part of; gives its number.
    fn element(&mut self, role: Role, around: Around<'_>) -> u32 {
        self.add_element(role, around.element)
    }

    fn add_element(&mut self, role: Role, parent: Option<u32>) -> u32 {
        self.elements.push(Inner { role, parent, note: None });
        // A paragraph has fewer than 4 G elements.
        self.elements.len() as u32 - 1
    }

    fn inlines(&mut self, inlines: &'a [Inline], around: Around<'a>) {
        inlines.iter().for_each(|inline| self.inline(inline, around));
    }

    fn inline(&mut self, inline: &'a Inline, around: Around<'a>) {
        let style = around.style;
        match inline {
            Inline::Text(text) => {
                self.place = self.place.or(Some(text.span));
                let content = Content::Text(Cow::Borrowed(&text.text));
                self.pieces.push(around.piece_from(Some(text.span.start), content));
            }
            Inline::Code(code) => {
                self.place = self.place.or(Some(code.span));
                let size = style.size.fraction(92, 100);
                let around = around
                    .styled(TextStyle { font: mono(style), size, ..style })
                    .part_of(self.element(Role::Code, around));
                let content = Content::Code(&code.text);
                self.pieces.push(around.piece_from(Some(code.span.start), content));
            }
            Inline::Emphasis(emphasis, inner) => {
                self.inlines(inner, around.styled(emphasised(style, *emphasis, inner)));
            }
            Inline::Strong(inner) => self.inlines(inner, around.styled(strong(style))),
            Inline::Strike(inner) => {
                self.inlines(inner, around.styled(TextStyle { struck: true, ..style }));
            }
            Inline::Subscript(inner) => self.inlines(inner, around.styled(shifted(style, -1))),
            Inline::Superscript(inner) => self.inlines(inner, around.styled(shifted(style, 3))),
            Inline::Name(inner) => self.lined(Line::Name, inner, around),
            Inline::Title(inner) => self.lined(Line::Title, inner, around),
            Inline::Gloss(inner) => self.gloss(inner, around),
            Inline::Foreign { language, rules, content } => {
                let element = self.element(Role::Foreign(language.clone()), around);
                let style = TextStyle { language: rules, ..style };
                self.inlines(content, around.styled(style).part_of(element));
            }
            Inline::Ruby { base, reading } => {
                // A paragraph has fewer than 4 G readings.
                let number = self.readings.len() as u32;
                let around = around.part_of(self.element(Role::Ruby, around));
                let below = self.element(Role::RubyBase, around);
                let element = self.element(Role::RubyText, around);
                self.readings.push(Reading { text: &reading.text, element });
                let around = around.part_of(below);
                self.inlines(base, Around { reading: Some(number), ..around });
            }
            Inline::Link { target, content } => {
                if let Target::Entry { mark: Some(mark), .. } = target {
                    self.mark(*mark);
                }
                let around = around.styled(style.inked(Ink::Link));
                let around = self.leading(target.into(), around);
                self.inlines(content, around);
            }
            Inline::Term { anchor, content } => {
                let around = self.leading(Leads::To(*anchor), around);
                self.inlines(content, around);
            }
            Inline::Abbreviation { expansion, content } => {
                let element = self.element(Role::Abbreviation(expansion.clone()), around);
                self.inlines(content, around.part_of(element));
            }
            Inline::Anchor(anchor) => self.mark(*anchor),
            Inline::PageOf { anchor, span } => {
                self.place = self.place.or(Some(*span));
                let words = Content::Text(Cow::Owned(around.folios.words(*anchor)));
                let around = around.styled(style.inked(Ink::Link));
                let around = self.leading(Leads::To(*anchor), around);
                self.pieces.push(around.piece(words));
            }
            Inline::Image { picture, alt } => {
                let element = self.element(Role::Figure { alt: alt.clone() }, around);
                let around = around.part_of(element);
                self.pieces.push(around.piece(Content::Picture(*picture, alt)));
            }
            Inline::NoteMark(note) => {
                let reference = self.element(Role::Reference, around);
                self.elements[reference as usize].note = Some(*note);
                let link = self.element(Role::Link, around.part_of(reference));
                self.pieces.push(around.part_of(link).piece(Content::Mark(*note)));
            }
            Inline::Break => self.pieces.push(around.piece(Content::Break)),
        }
    }

    /// Adds inlines with a line under them. Words have one line: that of a title goes on under the
    /// names in it.
    fn lined(&mut self, line: Line, inner: &'a [Inline], around: Around<'a>) {
        let number = around.line.unwrap_or_else(|| {
            self.lines.push(line);
            self.lines.len() as u32 - 1
        });
        self.inlines(inner, Around { line: Some(number), ..around });
    }

    /// Adds a note inside the line with its brackets: in two rows of half the size where it is all
    /// hanzi and marks, else smaller on one line (R42).
    fn gloss(&mut self, inner: &'a [Inline], around: Around<'a>) {
        let rows = gloss::characters(inner);
        if rows.is_some() {
            let anchors = inner.iter().filter_map(Inline::anchor);
            anchors.for_each(|anchor| self.mark(anchor));
        }
        let around = match rows {
            Some(_) => around,
            None => {
                let size = around.style.size.fraction(3, 4);
                around.styled(TextStyle { size, ..around.style })
            }
        };
        let around = around.part_of(self.element(Role::Gloss, around));
        self.bracket("（", source_start(inner), around);
        let words = around.part_of(self.element(Role::GlossText, around));
        match rows {
            Some(characters) => {
                let content = Content::Gloss(characters);
                self.pieces.push(words.piece_from(source_start(inner), content));
            }
            None => self.inlines(inner, words),
        }
        self.bracket("）", None, around);
    }

    fn bracket(&mut self, bracket: &'static str, start: Option<u32>, around: Around<'a>) {
        let around = around.part_of(self.element(Role::GlossBracket, around));
        self.pieces.push(around.piece_from(start, Content::Text(Cow::Borrowed(bracket))));
    }

    /// What is said of the words of a link, in an element of its own.
    fn leading(&mut self, link: Leads<'a>, around: Around<'a>) -> Around<'a> {
        let element = self.link_element(link, around.element);
        Around { link: Some(link), ..around.part_of(element) }
    }

    /// Adds the element of a link; inside the book it is also a reference.
    fn link_element(&mut self, link: Leads<'_>, parent: Option<u32>) -> u32 {
        let inside = match link {
            Leads::To(_) => Some(self.add_element(Role::Reference, parent)),
            Leads::Out(_) => parent,
        };
        self.add_element(Role::Link, inside)
    }
}

/// Emphasis is a dot under each hanzi or the Kai face, but a dot in Kai itself and in bold text, which
/// Kai has not; hanzi have no italics, and the bundled Latin has none, so that emphasis without hanzi
/// is bold.
fn emphasised(style: TextStyle, emphasis: Emphasis, inlines: &[Inline]) -> TextStyle {
    if !inlines.iter().any(|inline| inline.has_hanzi(style.language)) {
        return strong(style);
    }
    let Style { family, weight } = style.font;
    match emphasis {
        // Other languages have no Kai face of their own.
        Emphasis::Kai
            if family != Family::Kai
                && weight == Weight::Regular
                && style.language.forms == Forms::Simplified =>
        {
            TextStyle { font: Style { family: Family::Kai, ..style.font }, ..style }
        }
        Emphasis::Dots | Emphasis::Kai => TextStyle { dotted: true, ..style },
    }
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
fn mono(style: TextStyle) -> Style {
    Style { family: Family::Mono, ..style.font }
}

/// Smaller, and `tenths` of an em above the baseline.
fn shifted(style: TextStyle, tenths: i32) -> TextStyle {
    TextStyle {
        size: style.size.fraction(65, 100),
        rise: style.rise + style.size.fraction(tenths, 10),
        ..style
    }
}
