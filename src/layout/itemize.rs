//! From characters to atoms: hanzi and marks one by one, letters and digits shaped together.

use std::ops::Range;

use super::atoms::{Atom, Atoms, Body, End, Gap, advance, mark_size};
use super::chars::{Char, OBJECT, characters, is_shaped, resolve_quotes};
use super::flow::{Content, Flow, Piece};
use super::gaps::{Between, RIGID, after_note, gap};
use super::shape::{ShapedGlyph, Shapers, Widths};
use super::style::TextStyle;
use super::words;
use crate::font::{FaceId, Family, Style};
use crate::script::{Class, class};
use crate::units::Length;

impl Atoms {
    /// The atoms and gaps of a flow, for lines of `measure`.
    pub fn new(flow: &Flow<'_>, shapers: &Shapers<'_>, measure: Length) -> Self {
        let mut chars = characters(flow);
        resolve_quotes(&mut chars);
        let between = Between::default();
        let made = Self::with_room(chars.len());
        let mut builder =
            Builder { flow, shapers, measure, chars: &chars, between, shouts: 0, made };
        builder.run();
        builder.made.take_readings(flow, shapers);
        builder.made
    }
}

/// Walks over the characters and makes atoms and gaps of them.
struct Builder<'f, 's> {
    flow: &'f Flow<'f>,
    shapers: &'s Shapers<'s>,
    measure: Length,
    chars: &'f [Char],
    between: Between,
    /// How many ！ and ？ stand in a row up to here.
    shouts: usize,
    made: Atoms,
}

impl Builder<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&Char { c, class, .. }) = self.chars.get(at) {
            let shout = class == Class::Stop && matches!(c, '！' | '？');
            self.shouts = if shout { self.shouts + 1 } else { 0 };
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
        // A paragraph has fewer than 4 G characters and pieces.
        let first = |piece| self.chars.partition_point(|char| char.piece < piece) as u32;
        self.made.firsts = (0..self.flow.pieces.len() as u32).map(first).collect();
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
            let style = self.flow.pieces[before.piece as usize].style;
            let words = match &atom.body {
                Body::Glyphs { text, .. } => {
                    &self.made.text[text.start as usize..text.end as usize]
                }
                Body::Mark(_) | Body::Picture(_) | Body::Cell(_) => "",
            };
            let gap = gap((before, &atom), between, style, words, self.shapers);
            let left = self.made.gaps.last().filter(|_| before.last == Class::NoteMark);
            let gap = left.map_or(gap, |left| after_note(gap, left.trailing));
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
                let second = self.chars.get(at + 1);
                let joins = second.is_some_and(|next| next.c == c && next.piece == piece);
                let end = at + 1 + usize::from(joins);
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
        let Piece { content, style, .. } = self.piece(at);
        let (width, body, class) = match *content {
            Content::Mark(note) => (mark_size(*style), Body::Mark(note), Class::NoteMark),
            Content::Picture(picture, _) => (style.size, Body::Picture(picture), Class::Han),
            Content::Gloss(_) => {
                self.cell(at);
                return true;
            }
            Content::Text(_) | Content::Code(_) | Content::Break => return false,
        };
        let piece = self.chars[at].piece;
        self.push(Atom { width, first: class, last: class, piece, from: at as u32, body });
        true
    }

    /// A cell of a note inside the line; the cells of a note stay close.
    fn cell(&mut self, at: usize) {
        let piece = self.chars[at].piece;
        let before = self.made.atoms.last().filter(|atom| atom.piece == piece);
        let number = match before.map(|atom| &atom.body) {
            Some(Body::Cell(number)) => number + 1,
            Some(Body::Glyphs { .. } | Body::Mark(_) | Body::Picture(_)) | None => 0,
        };
        let width = self.piece(at).style.size.fraction(1, 2);
        self.push(Atom {
            width,
            first: Class::Han,
            last: Class::Han,
            piece,
            from: at as u32,
            body: Body::Cell(number),
        });
        if let (1.., Some(gap)) = (number, self.made.gaps.last_mut()) {
            gap.elastic = false;
        }
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
            Class::Connector | Class::Centred => (em, (em - advance).fraction(1, 2)),
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
        let last = if self.doubles() { Class::Han } else { class };
        self.push(Atom { width, first: class, last, piece, from: at as u32, body });
    }

    /// Whether the last character is the second of ！！, ？？, ？！ or ！？: together they take one em,
    /// with no blank after them (R18, GB/T 15834 5.1.2).
    fn doubles(&self) -> bool {
        self.shouts > 0 && self.shouts.is_multiple_of(2)
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
        style.face(self.shapers.fonts(), c)
    }

    /// One atom of a dash or an ellipsis, shaped so that its parts join.
    fn shaped_atom(&mut self, range: Range<usize>) {
        let from = range.start;
        let Char { c, class, .. } = self.chars[from];
        let style = self.piece(from).style;
        let Some(face) = self.face(style, c, class) else { return };
        let text: String = self.chars[range].iter().map(|char| char.c).collect();
        self.push_shaped(face, style, &text, class, class, from);
    }

    /// Shapes `text`, the characters from `from` on, and adds it as one atom.
    fn push_shaped(
        &mut self,
        face: FaceId,
        style: TextStyle,
        text: &str,
        first: Class,
        last: Class,
        from: usize,
    ) {
        let piece = self.chars[from].piece;
        let start = self.made.text.len() as u32;
        self.made.text.push_str(text);
        let widths = if is_shaped(first) { Widths::Proportional } else { Widths::Full };
        let mut shaped = self.shapers.shape(face, style, widths, text);
        shaped.iter_mut().for_each(|glyph| glyph.cluster += start);
        let width = shaped.iter().map(|glyph| glyph.advance).sum();
        let glyphs = self.push_glyphs(shaped);
        let text = start..self.made.text.len() as u32;
        let body = Body::Glyphs { face, glyphs, text, shift: Length::ZERO };
        self.push(Atom { width, first, last, piece, from: from as u32, body });
    }

    /// A stretch without spaces of letters, digits and their punctuation: words, numbers, URLs.
    /// It is cut where a line may end, where the face changes and where the style does.
    fn western(&mut self, range: Range<usize>) {
        let code = matches!(self.piece(range.start).content, Content::Code(_));
        let em = self.piece(range.start).style.size;
        // Letters are some three fifths of an em wide.
        let most = self.measure.whole(em.fraction(3, 5)).max(2) / 2;
        let cuts = words::cuts(&self.chars[range.clone()], code, most);
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
        let face = |char: Char| piece(char).style.face(self.shapers.fonts(), char.c);
        piece(before).style != piece(after).style
            || piece(before).link.is_some() != piece(after).link.is_some()
            || piece(before).line != piece(after).line
            || piece(before).reading != piece(after).reading
            || (after.class != Class::Combining && face(before) != face(after))
    }

    fn western_atom(&mut self, range: Range<usize>) {
        let from = range.start;
        let Some(&Char { c, class: first, .. }) = self.chars.get(from) else { return };
        let style = self.piece(from).style;
        let code = matches!(self.piece(from).content, Content::Code(_));
        let first = if code { Class::Letter } else { first };
        let solid = |char: &&Char| char.class != Class::Combining;
        let last = self.chars[range.clone()].iter().rev().find(solid).map_or(first, |c| c.class);
        let last = if code { Class::Letter } else { last };
        let text: String = self.chars[range]
            .iter()
            .map(|char| char.c)
            .filter(|&c| class(c) != Class::SoftHyphen)
            .collect();
        let Some(face) = style.face(self.shapers.fonts(), c) else { return };
        if !text.is_empty() {
            self.push_shaped(face, style, &text, first, last, from);
        }
    }
}
