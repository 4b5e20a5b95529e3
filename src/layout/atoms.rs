//! Shaped text as atoms and gaps: what the line breaker works on.
//!
//! An [`Atom`] is never divided; a [`Gap`] stands between two atoms and vanishes where a line ends.
//! A full-width mark is a half-em atom whose removable blank belongs to the gap on its blank side,
//! so that line-start and line-end trimming (R15, R16) need no rule of their own, and adjacent
//! marks (R17) are squeezed where the gap is made.

use std::ops::Range;

use super::flow::{Content, Flow, Piece};
use super::shape::{ShapedGlyph, Shapers, Widths};
use super::style::TextStyle;
use crate::book::{NoteId, PictureId};
use crate::font::{FaceId, Family, Style};
use crate::script::{Class, class};
use crate::units::Length;

/// An indivisible stretch of a line.
#[derive(Clone, Debug)]
pub struct Atom {
    /// Its width without removable blanks.
    pub width: Length,
    /// The class of its first character.
    pub first: Class,
    /// The class of its last character.
    pub last: Class,
    /// Which of the flow's pieces it comes from.
    pub piece: u32,
    /// What is drawn.
    pub body: Body,
}

/// What an atom draws.
#[derive(Clone, Debug)]
pub enum Body {
    /// Glyphs of one face.
    Glyphs {
        /// The face.
        face: FaceId,
        /// Which of [`Atoms::glyphs`].
        glyphs: Range<u32>,
        /// Its bytes of [`Atoms::text`].
        text: Range<u32>,
        /// From the atom's left edge to the first glyph's: negative where a blank is cut off.
        shift: Length,
    },
    /// The mark of a note, numbered when the page is known.
    Mark(NoteId),
    /// A picture.
    Picture(PictureId),
}

/// What stands between two atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its natural width.
    pub natural: Length,
    /// How much it can shrink, and when its turn comes.
    pub shrink: Option<(Shrink, Length)>,
    /// How much it stretches before all others do.
    pub stretch: Option<(Stretch, Length)>,
    /// Whether it takes its share when all gaps stretch.
    pub elastic: bool,
    /// Whether a line may end here.
    pub end: End,
    /// The byte of [`Atoms::text`] that holds a typed space.
    pub space: Option<u32>,
}

/// The order in which gaps shrink (R24), after the mark at the line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// Spaces between Latin words, down to a quarter em.
    Space,
    /// Blanks of brackets and quotes.
    Bracket,
    /// Blanks of 、，；：.
    Pause,
    /// The space between hanzi and Latin, down to an eighth.
    Autospace,
    /// Blanks of 。！？.
    Stop,
}

/// How many kinds of [`Shrink`] there are.
pub const SHRINKS: usize = 5;

/// The order in which gaps stretch (R25), before all do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Spaces between Latin words, up to half an em.
    Space,
    /// The space between hanzi and Latin, up to a third.
    Autospace,
}

/// How many kinds of [`Stretch`] there are.
pub const STRETCHES: usize = 2;

/// Whether a line may end at a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It may not.
    Never,
    /// It may, at a price.
    Allowed(u16),
    /// It may, and a hyphen is added.
    Hyphen,
    /// It must.
    Forced,
}

/// A paragraph ready for breaking.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    /// In reading order.
    pub atoms: Vec<Atom>,
    /// The gap after each atom; that after the last is [`End::Forced`].
    pub gaps: Vec<Gap>,
    /// All glyphs.
    pub glyphs: Vec<ShapedGlyph>,
    /// All characters.
    pub text: String,
    /// For each of the flow's pieces, the width of a hyphen that is added where a word is divided.
    pub hyphens: Vec<Length>,
}

/// The price of a break that separates a number from what it counts, as in 2024年 (R30).
const SPLIT_COUNT: u16 = 300;
/// The price of a break before a number, as in 第12条.
const SPLIT_NUMBER: u16 = 20;
/// The price of a break inside a URL or between parts of a compound.
const SPLIT_TOKEN: u16 = 20;
/// The price of a break where nothing but room asks for one: more than stretching by an eighth of an
/// em, less than by a sixth.
const SPLIT_ANYWHERE: u16 = 1000;
/// The fewest characters of a URL or of code between two such breaks or before the first.
const ANYWHERE_LEAST: usize = 3;

/// A character of the flow.
#[derive(Clone, Copy, Debug)]
struct Char {
    c: char,
    class: Class,
    piece: u32,
}

impl Atoms {
    /// The atoms and gaps of a flow, for lines of `measure`.
    pub fn new(flow: &Flow<'_>, shapers: &Shapers<'_>, measure: Length) -> Self {
        let mut chars = characters(flow);
        resolve_quotes(&mut chars);
        let between = Between::default();
        let mut builder =
            Builder { flow, shapers, measure, chars: &chars, between, made: Self::default() };
        builder.run();
        builder.made
    }
}

/// Stands for a note mark, a picture and a forced break among the characters.
const OBJECT: char = '\u{FFFC}';

/// The characters of a flow; objects as [`OBJECT`], forced breaks as a line feed.
fn characters(flow: &Flow<'_>) -> Vec<Char> {
    let mut chars = Vec::new();
    for (index, piece) in flow.pieces.iter().enumerate() {
        // A paragraph has fewer than 4 G pieces.
        let piece_index = index as u32;
        let mut push = |c: char, class| chars.push(Char { c, class, piece: piece_index });
        match &piece.content {
            Content::Text(text) => text.chars().for_each(|c| push(c, class(c))),
            Content::Code(text) => text.chars().for_each(|c| push(c, code_class(c))),
            Content::Mark(_) => push(OBJECT, Class::Combining),
            Content::Picture(..) => push(OBJECT, Class::Other),
            Content::Break => push('\n', Class::Space),
        }
    }
    chars
}

/// In code a quote is a sign like any other.
fn code_class(c: char) -> Class {
    match class(c) {
        Class::QuoteOpen | Class::QuoteClose => Class::Other,
        other => other,
    }
}

/// Gives curly quotes the class they have here: full-width beside Chinese, proportional inside
/// Latin text (R29). Both quotes of a pair get the same.
fn resolve_quotes(chars: &mut [Char]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..chars.len() {
        match chars[at].class {
            Class::QuoteOpen => open.push(at),
            Class::QuoteClose => {
                let apostrophe = chars[at].c == '’'
                    && is_western(neighbour(chars, at, -1))
                    && is_western(neighbour(chars, at, 1));
                let matching = if apostrophe { None } else { open.pop() };
                match matching {
                    Some(start) if is_latin_pair(chars, start, at) => {
                        chars[start].class = Class::LatinOpen;
                        chars[at].class = Class::LatinClose;
                    }
                    Some(_) => {}
                    None if apostrophe || is_western(neighbour(chars, at, -1)) => {
                        chars[at].class = Class::LatinClose;
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
}

/// The class of the nearest character before (-1) or after (1) that is neither space nor quote.
fn neighbour(chars: &[Char], at: usize, step: isize) -> Option<Class> {
    let mut place = at.checked_add_signed(step)?;
    loop {
        let found = chars.get(place)?.class;
        if !matches!(found, Class::QuoteOpen | Class::QuoteClose | Class::Space | Class::Combining)
        {
            return Some(found);
        }
        place = place.checked_add_signed(step)?;
    }
}

/// A pair of quotes is Latin when what is around it is not Chinese and what is inside begins so.
fn is_latin_pair(chars: &[Char], start: usize, end: usize) -> bool {
    let outside = [neighbour(chars, start, -1), neighbour(chars, end, 1)];
    let any_western = outside.into_iter().any(is_western);
    let none_chinese = outside.into_iter().flatten().all(|class| is_western(Some(class)));
    any_western && none_chinese && is_western(neighbour(chars, start, 1))
}

/// Letters, digits and the punctuation that goes with them.
fn is_western(class: Option<Class>) -> bool {
    matches!(
        class,
        Some(
            Class::Letter
                | Class::Digit
                | Class::LatinOpen
                | Class::LatinClose
                | Class::Hyphen
                | Class::Prefix
        )
    )
}

/// Whether characters of this class are shaped together with their neighbours.
const fn is_shaped(class: Class) -> bool {
    match class {
        Class::Letter
        | Class::Digit
        | Class::LatinOpen
        | Class::LatinClose
        | Class::Hyphen
        | Class::Slash
        | Class::Suffix
        | Class::Prefix
        | Class::FixedSpace
        | Class::SoftHyphen
        | Class::Combining
        | Class::Other => true,
        Class::Han
        | Class::Open
        | Class::Close
        | Class::Pause
        | Class::Stop
        | Class::QuoteOpen
        | Class::QuoteClose
        | Class::MiddleDot
        | Class::Dash
        | Class::Ellipsis
        | Class::Connector
        | Class::Space
        | Class::Joiner
        | Class::ZeroSpace => false,
    }
}

/// Walks over the characters and makes atoms and gaps of them.
struct Builder<'f, 's> {
    flow: &'f Flow<'f>,
    shapers: &'s Shapers<'s>,
    measure: Length,
    chars: &'f [Char],
    between: Between,
    made: Atoms,
}

/// What lay between the last atom and the next one.
#[derive(Clone, Copy, Default)]
struct Between {
    space: Option<u32>,
    forced: bool,
    joined: bool,
    breakable: bool,
    cut: Option<End>,
}

impl Builder<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&Char { c, class, .. }) = self.chars.get(at) {
            match class {
                Class::Space if c == '\n' => self.between.forced = true,
                Class::Space => self.space(),
                Class::Joiner => self.between.joined = true,
                Class::ZeroSpace => self.between.breakable = true,
                _ => {
                    at = self.atom(at);
                    continue;
                }
            }
            at += 1;
        }
        if !self.made.atoms.is_empty() {
            self.made.gaps.push(Gap { end: End::Forced, ..RIGID });
        }
        let hyphen = |piece: &Piece<'_>| advance(self.shapers, piece.style, '-');
        self.made.hyphens = self.flow.pieces.iter().map(hyphen).collect();
    }

    /// Notes a space; several count as one, and one before the first atom as none.
    fn space(&mut self) {
        if self.between.space.is_none() && !self.made.atoms.is_empty() {
            // A paragraph is shorter than 4 GiB.
            self.between.space = Some(self.made.text.len() as u32);
            self.made.text.push(' ');
        }
    }

    /// Adds an atom, and before it the gap that parts it from the last one.
    fn push(&mut self, atom: Atom) {
        let between = std::mem::take(&mut self.between);
        if let Some(before) = self.made.atoms.last() {
            let gap = self.gap(before, &atom, between);
            self.made.gaps.push(gap);
        }
        self.made.atoms.push(atom);
    }

    fn piece(&self, at: usize) -> &Piece<'_> {
        &self.flow.pieces[self.chars[at].piece as usize]
    }

    /// Makes the atom or atoms that begin at `at`; gives the place after them.
    fn atom(&mut self, at: usize) -> usize {
        let Char { c, class, piece } = self.chars[at];
        if c == OBJECT && self.object(at) {
            return at + 1;
        }
        match class {
            Class::Dash | Class::Ellipsis => {
                let end = self.end_of(at, |next| next.c == c && next.piece == piece).min(at + 2);
                self.shaped_atom(at..end);
                end
            }
            _ if is_shaped(class) => {
                let end = self.end_of(at, |next| is_shaped(next.class) && next.c != OBJECT);
                self.western(at..end);
                end
            }
            _ => {
                self.full_width(at);
                at + 1
            }
        }
    }

    /// The end of the stretch from `at` whose characters are all `alike`.
    fn end_of(&self, at: usize, alike: impl Fn(&Char) -> bool) -> usize {
        self.chars[at..].iter().position(|next| !alike(next)).map_or(self.chars.len(), |n| at + n)
    }

    /// A note mark or picture; false for a character of the text that only looks like one.
    fn object(&mut self, at: usize) -> bool {
        let Piece { content, style, .. } = self.piece(at).clone();
        let (width, body, class) = match content {
            Content::Mark(note) => (mark_size(style), Body::Mark(note), Class::Combining),
            Content::Picture(picture, _) => (style.size, Body::Picture(picture), Class::Han),
            Content::Text(_) | Content::Code(_) | Content::Break => return false,
        };
        let piece = self.chars[at].piece;
        self.push(Atom { width, first: class, last: class, piece, body });
        true
    }

    /// One hanzi, kana or mark: a glyph in a box of its class.
    fn full_width(&mut self, at: usize) {
        let Char { c, class, piece } = self.chars[at];
        let style = self.piece(at).style;
        let em = style.size;
        let Some(face) = self.face(style, c, class) else { return };
        let font = self.shapers.fonts().face(face);
        let id = font.glyph(c).unwrap_or(0);
        let advance = em.fraction(i32::from(font.advance(id)), i32::from(font.units_per_em()));
        let half = em.fraction(1, 2);
        let (width, shift) = match class {
            // The ink of an opening mark stands in the right half of its box.
            Class::Open | Class::QuoteOpen => (half, half - advance),
            Class::Close | Class::QuoteClose | Class::Pause | Class::Stop => (half, Length::ZERO),
            Class::MiddleDot => (half, (half - advance).fraction(1, 2)),
            Class::Connector => (em, (em - advance).fraction(1, 2)),
            _ => (advance, Length::ZERO),
        };
        let text = self.push_text(c);
        let glyphs = self.push_glyphs([ShapedGlyph {
            id,
            cluster: text.start,
            advance,
            offset: Length::ZERO,
        }]);
        let body = Body::Glyphs { face, glyphs, text, shift };
        let last = if self.doubles(at) { Class::Han } else { class };
        self.push(Atom { width, first: class, last, piece, body });
    }

    /// Whether the character at `at` is the second of ！！, ？？, ？！ or ！？: together they take one
    /// em, with no blank after them (R18, GB/T 15834 5.1.2).
    fn doubles(&self, at: usize) -> bool {
        let shouts = |char: &&Char| matches!(char.c, '！' | '？');
        let run = self.chars[..=at].iter().rev().take_while(shouts).count();
        run > 0 && run % 2 == 0
    }

    fn push_text(&mut self, c: char) -> Range<u32> {
        let start = self.made.text.len() as u32;
        self.made.text.push(c);
        start..self.made.text.len() as u32
    }

    fn push_glyphs(&mut self, glyphs: impl IntoIterator<Item = ShapedGlyph>) -> Range<u32> {
        let start = self.made.glyphs.len() as u32;
        self.made.glyphs.extend(glyphs);
        start..self.made.glyphs.len() as u32
    }

    /// The face for a character; quotes, dots and dashes of Kai are the text face's, whose are a
    /// full em wide.
    fn face(&self, mut style: TextStyle, c: char, class: Class) -> Option<FaceId> {
        let borrowed = matches!(
            class,
            Class::QuoteOpen | Class::QuoteClose | Class::MiddleDot | Class::Dash | Class::Ellipsis
        );
        if borrowed && style.font.family == Family::Kai {
            style.font = Style { family: Family::Serif, ..style.font };
        }
        self.shapers.fonts().pick(style.font, c)
    }

    /// One atom of a dash or an ellipsis, shaped so that its parts join.
    fn shaped_atom(&mut self, range: Range<usize>) {
        let Char { c, class, piece } = self.chars[range.start];
        let style = self.piece(range.start).style;
        let Some(face) = self.face(style, c, class) else { return };
        let text: String = self.chars[range].iter().map(|char| char.c).collect();
        self.push_shaped(face, style, &text, class, class, piece);
    }

    /// Shapes `text` and adds it as one atom.
    fn push_shaped(
        &mut self,
        face: FaceId,
        style: TextStyle,
        text: &str,
        first: Class,
        last: Class,
        piece: u32,
    ) {
        let start = self.made.text.len() as u32;
        self.made.text.push_str(text);
        let widths = if is_shaped(first) { Widths::Proportional } else { Widths::Full };
        let mut shaped = self.shapers.shape(face, style.size, widths, text);
        shaped.iter_mut().for_each(|glyph| glyph.cluster += start);
        let width = shaped.iter().map(|glyph| glyph.advance).sum();
        let glyphs = self.push_glyphs(shaped);
        let text = start..self.made.text.len() as u32;
        let body = Body::Glyphs { face, glyphs, text, shift: Length::ZERO };
        self.push(Atom { width, first, last, piece, body });
    }

    /// A stretch without spaces of letters, digits and their punctuation: words, numbers, URLs.
    /// It is cut where a line may end, where the face changes and where the style does.
    fn western(&mut self, range: Range<usize>) {
        let cuts = self.cuts(range.clone());
        let mut from = range.start;
        for at in range.start + 1..range.end {
            let cut = cuts[at - range.start];
            if cut.is_some() || self.changes(at) {
                self.western_atom(from..at);
                self.between.cut = cut;
                from = at;
            }
        }
        self.western_atom(from..range.end);
    }

    /// Whether face, style or link change before the character at `at`.
    fn changes(&self, at: usize) -> bool {
        let (before, after) = (self.chars[at - 1], self.chars[at]);
        let piece = |char: Char| &self.flow.pieces[char.piece as usize];
        let face = |char: Char| self.shapers.fonts().pick(piece(char).style.font, char.c);
        piece(before).style != piece(after).style
            || piece(before).link.is_some() != piece(after).link.is_some()
            || (after.class != Class::Combining && face(before) != face(after))
    }

    fn western_atom(&mut self, range: Range<usize>) {
        let Some(&Char { c, class: first, piece }) = self.chars.get(range.start) else { return };
        let style = self.piece(range.start).style;
        let last = self.chars[range.end - 1].class;
        let text: String = self.chars[range]
            .iter()
            .map(|char| char.c)
            .filter(|&c| class(c) != Class::SoftHyphen)
            .collect();
        let Some(face) = self.shapers.fonts().pick(style.font, c) else { return };
        if !text.is_empty() {
            self.push_shaped(face, style, &text, first, last, piece);
        }
    }

    /// For each character of a western stretch, whether and how a line may end before it.
    fn cuts(&self, range: Range<usize>) -> Vec<Option<End>> {
        let chars = &self.chars[range.clone()];
        let mut cuts = vec![None; chars.len()];
        let text: String = chars.iter().map(|char| char.c).collect();
        let code = matches!(self.piece(range.start).content, Content::Code(_));
        let address = text.contains("://")
            || ["www.", "10.", "doi:"].iter().any(|prefix| text.starts_with(prefix));
        if address || code {
            url_cuts(chars, &mut cuts);
        } else {
            word_cuts(chars, &mut cuts);
        }
        for at in 1..chars.len() {
            if chars[at - 1].class == Class::SoftHyphen {
                cuts[at] = Some(End::Hyphen);
            }
        }
        let em = self.piece(range.start).style.size;
        // Too long for any line: let it go anywhere rather than past the edge.
        let longest = self.measure.whole(em.fraction(3, 5)).max(2);
        let mut since = 0;
        for at in 1..chars.len() {
            since = if cuts[at].is_some() { 0 } else { since + 1 };
            if since >= longest / 2 && chars[at].class != Class::Combining {
                cuts[at] = Some(End::Allowed(SPLIT_ANYWHERE));
                since = 0;
            }
        }
        cuts
    }

    /// The gap between two atoms.
    fn gap(&self, before: &Atom, after: &Atom, between: Between) -> Gap {
        let space = between.space;
        let end = match line_end(before, after, space.is_some()) {
            _ if between.forced => End::Forced,
            _ if between.joined => End::Never,
            end => between.cut.unwrap_or(end),
        };
        let end = if between.breakable && end == End::Never { End::Allowed(0) } else { end };
        let em = self.flow.pieces[before.piece as usize].style.size;
        let elastic = !is_rigid(before.last, after.first);
        let base = Gap { end, elastic, space, ..RIGID };
        let blank = blank(before.last, after.first);
        if let Some(shrink) = blank {
            let half = em.fraction(1, 2);
            return Gap { natural: half, shrink: Some((shrink, half)), ..base };
        }
        if squeezed(before.last) || squeezed(after.first) {
            return base;
        }
        let quarter = em.fraction(1, 4);
        let spaced = self.shapers.rules().autospace && wants_autospace(before.last, after.first);
        if spaced || (space.is_some() && before.last == Class::Digit && self.is_unit(after)) {
            return Gap {
                natural: quarter,
                shrink: Some((Shrink::Autospace, em.fraction(1, 8))),
                stretch: Some((Stretch::Autospace, em.fraction(1, 3) - quarter)),
                ..base
            };
        }
        if space.is_some() {
            let natural = advance(self.shapers, self.flow.pieces[before.piece as usize].style, ' ');
            return Gap {
                natural,
                shrink: Some((Shrink::Space, (natural - quarter).max(Length::ZERO))),
                stretch: Some((Stretch::Space, em.fraction(1, 2) - natural)),
                elastic: true,
                ..base
            };
        }
        base
    }

    /// Whether an atom is a unit of measurement, which stays with its number (R30).
    fn is_unit(&self, atom: &Atom) -> bool {
        const UNITS: [&str; 24] = [
            "km", "m", "cm", "mm", "kg", "g", "mg", "t", "s", "ms", "h", "min", "kW", "MW", "GW",
            "kWh", "Hz", "GHz", "kB", "MB", "GB", "TB", "pt", "nm",
        ];
        match &atom.body {
            Body::Glyphs { text, .. } => {
                UNITS.contains(&&self.made.text[text.start as usize..text.end as usize])
            }
            Body::Mark(_) | Body::Picture(_) => false,
        }
    }
}

/// The advance of `c` in `style`; nothing where no face has it.
pub fn advance(shapers: &Shapers<'_>, style: TextStyle, c: char) -> Length {
    let Some(face) = shapers.fonts().pick(style.font, c) else { return Length::ZERO };
    let font = shapers.fonts().face(face);
    let advance = font.glyph(c).map_or(0, |id| font.advance(id));
    style.size.fraction(i32::from(advance), i32::from(font.units_per_em()))
}

/// A gap that does nothing.
const RIGID: Gap = Gap {
    natural: Length::ZERO,
    shrink: None,
    stretch: None,
    elastic: false,
    end: End::Never,
    space: None,
};

/// The size of a note mark beside text of `style`.
pub fn mark_size(style: TextStyle) -> Length {
    style.size.fraction(7, 10)
}

/// Where a URL, a DOI or code may be divided: after its separators, never before one (R32), and at a
/// high price between its letters and digits.
fn url_cuts(chars: &[Char], cuts: &mut [Option<End>]) {
    for at in 1..chars.len() {
        let (before, after) = (chars[at - 1].c, chars[at].c);
        let separates = matches!(before, '/' | '?' | '&' | '=' | '#' | '-' | '_' | '.' | ':');
        let followed = matches!(after, '/' | '.' | ',' | ':' | ')' | '?' | '&' | '=' | '#');
        if separates && !followed {
            cuts[at] = Some(End::Allowed(SPLIT_TOKEN));
        }
    }
    // Between separators only rather than a line blown apart before them.
    let alnum = |char: &Char| char.c.is_ascii_alphanumeric();
    for at in ANYWHERE_LEAST..chars.len().saturating_sub(ANYWHERE_LEAST - 1) {
        let around = &chars[at - ANYWHERE_LEAST..at + ANYWHERE_LEAST];
        if around.iter().all(alnum) && cuts[at].is_none() {
            cuts[at] = Some(End::Allowed(SPLIT_ANYWHERE));
        }
    }
}

/// Where words may be divided: after a hyphen, and by patterns with a hyphen (R33).
fn word_cuts(chars: &[Char], cuts: &mut [Option<End>]) {
    let mut start = 0;
    for at in 0..=chars.len() {
        let inside = chars.get(at).is_some_and(|char| char.class == Class::Letter);
        if inside {
            continue;
        }
        if at - start >= 5 {
            hyphenate(&chars[start..at], &mut cuts[start..at]);
        }
        start = at + 1;
        let hyphen = chars.get(at).is_some_and(|char| char.class == Class::Hyphen);
        let word_follows = chars.get(at + 1).is_some_and(|char| char.class == Class::Letter);
        if hyphen && at > 0 && word_follows {
            cuts[at + 1] = Some(End::Allowed(SPLIT_TOKEN));
        }
    }
}

/// Divides a word of Latin letters by the English patterns.
fn hyphenate(word: &[Char], cuts: &mut [Option<End>]) {
    if !word.iter().all(|char| char.c.is_ascii_lowercase())
        && !word[1..].iter().all(|char| char.c.is_ascii_lowercase())
    {
        return;
    }
    let text: String = word.iter().map(|char| char.c).collect();
    let mut at = 0;
    for syllable in hypher::hyphenate_bounded(&text, hypher::Lang::English, 2, 3) {
        at += syllable.len();
        if let Some(cut) = cuts.get_mut(at) {
            *cut = Some(End::Hyphen);
        }
    }
}

/// The blank between two marks, or a mark and its neighbour, and when it shrinks (R17, R18).
const fn blank(before: Class, after: Class) -> Option<Shrink> {
    use Class::{Close, Open, Pause, QuoteClose, QuoteOpen, Stop};
    match (before, after) {
        // ！？ and the like stand close (R18), a closing mark takes the blank before it, an opening
        // mark that after it.
        (Close | QuoteClose | Pause | Stop, Close | QuoteClose | Pause | Stop) => None,
        (Open | QuoteOpen, _) => None,
        (_, Class::Combining) => None,
        (Close | QuoteClose, _) | (Pause | Stop, Open | QuoteOpen) => Some(Shrink::Bracket),
        (_, Open | QuoteOpen) => Some(Shrink::Bracket),
        (Pause, _) => Some(Shrink::Pause),
        (Stop, _) => Some(Shrink::Stop),
        _ => None,
    }
}

/// Marks beside which no other space is added.
const fn squeezed(class: Class) -> bool {
    class.is_mark()
}

/// Whether hanzi meet Latin letters or digits (R26).
const fn wants_autospace(before: Class, after: Class) -> bool {
    use Class::{Digit, Han, Letter, Prefix, Suffix};
    matches!((before, after), (Han, Letter | Digit | Prefix) | (Letter | Digit | Suffix, Han))
}

/// Gaps that never stretch: inside Latin text, beside connectors and what is attached (R23, R28).
const fn is_rigid(before: Class, after: Class) -> bool {
    use Class::{Combining, Connector, Han, MiddleDot, Slash};
    if matches!(before, Connector | Slash | MiddleDot)
        || matches!(after, Connector | Slash | MiddleDot | Combining)
    {
        return true;
    }
    if matches!(before, Combining) {
        return false;
    }
    let han = matches!(before, Han) || matches!(after, Han);
    !han && is_shaped(before) && is_shaped(after)
}

/// Whether a line may end between two atoms (R13, R14, R30, R34).
fn line_end(before: &Atom, after: &Atom, spaced: bool) -> End {
    let (last, first) = (before.last, after.first);
    if never_ends(last) || never_starts(first) || is_single_dash(after) {
        return End::Never;
    }
    if spaced {
        return End::Allowed(0);
    }
    match (last, first) {
        (Class::Digit, Class::Han) => End::Allowed(SPLIT_COUNT),
        (Class::Han, Class::Digit) => End::Allowed(SPLIT_NUMBER),
        _ if last == Class::Combining && is_shaped(first) => End::Allowed(0),
        _ if is_shaped(last) && is_shaped(first) => End::Never,
        _ => End::Allowed(0),
    }
}

/// A single — is a connector; two are a dash, which may begin a line.
fn is_single_dash(atom: &Atom) -> bool {
    match &atom.body {
        Body::Glyphs { text, .. } => atom.first == Class::Dash && text.len() <= '—'.len_utf8(),
        Body::Mark(_) | Body::Picture(_) => false,
    }
}

/// Classes that no line ends with (R14).
const fn never_ends(class: Class) -> bool {
    matches!(
        class,
        Class::Open
            | Class::QuoteOpen
            | Class::LatinOpen
            | Class::Prefix
            | Class::Slash
            | Class::FixedSpace
    )
}

/// Classes that no line starts with (R13).
const fn never_starts(class: Class) -> bool {
    matches!(
        class,
        Class::Close
            | Class::QuoteClose
            | Class::Pause
            | Class::Stop
            | Class::MiddleDot
            | Class::Connector
            | Class::Slash
            | Class::Suffix
            | Class::LatinClose
            | Class::Hyphen
            | Class::FixedSpace
            | Class::Combining
    )
}
