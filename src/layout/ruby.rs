//! Readings over hanzi (ruby): pinyin and kana (R35, R39, R41).
//!
//! A reading is half the size of what it stands over. Where it is wider than that, the atoms below
//! it widen, each by the same, so that no reading leans over hanzi; it may lean a little over a mark
//! that stays with them.

use std::ops::Range;

use super::atoms::{Atoms, Body, End, Gap};
use super::chars::is_shaped;
use super::flow::Flow;
use super::shape::{ShapedGlyph, Shapers, Widths};
use super::style::TextStyle;
use crate::font::FaceId;
use crate::script::{Class, class};
use crate::units::Length;

/// A reading and the atoms that it stands over.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Which of the flow's readings.
    pub number: u32,
    /// Which of [`Atoms::atoms`].
    pub atoms: Range<u32>,
    /// How it looks.
    pub style: TextStyle,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// The width of all of them.
    pub width: Length,
    /// How far it leans over the marks before and after its atoms.
    lean: [Length; 2],
}

/// A word in letters, or one character.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its face.
    pub face: FaceId,
    /// Which of [`Atoms::glyphs`].
    pub glyphs: Range<u32>,
    /// Its bytes of [`Atoms::text`].
    pub text: Range<u32>,
    /// Its width.
    pub width: Length,
}

/// The style of a reading over text of `style`: half the size, its em box on theirs.
fn above(style: TextStyle) -> TextStyle {
    let rise = style.rise + style.size.fraction(94, 100);
    let size = style.size.fraction(1, 2);
    TextStyle { size, rise, struck: false, dotted: false, ..style }
}

impl Reading {
    /// Where each part begins, over what stands from `start` to `end`: letters in the middle, several
    /// characters over several with a share of the room around each, if it is enough to be seen
    /// (1:2:1, jlreq 3.3.6).
    pub fn places(&self, start: Length, end: Length) -> impl Iterator<Item = (&Part, Length)> {
        let count = self.parts.len() as i32;
        let (start, end) = (start - self.lean[0], end + self.lean[1]);
        let room = end - start - self.width;
        let share = room / count;
        let spread = count > 1 && self.atoms.len() > 1 && share >= self.style.size.fraction(1, 4);
        let share = if spread { share } else { Length::ZERO };
        let mut inline = start + (room - share * (count - 1)).fraction(1, 2);
        self.parts.iter().map(move |part| {
            let place = inline;
            inline += part.width + share;
            (part, place)
        })
    }
}

impl Atoms {
    /// Shapes the readings of `flow` and makes room for them.
    pub fn take_readings(&mut self, flow: &Flow<'_>, shapers: &Shapers<'_>) {
        if flow.readings.is_empty() {
            return;
        }
        let reading = |piece: u32| flow.pieces[piece as usize].reading;
        let mut end = 0;
        for group in self.atoms.chunk_by(|a, b| reading(a.piece) == reading(b.piece)) {
            let start = end;
            end += group.len() as u32;
            let Some((number, first)) = group.first().and_then(|a| Some((reading(a.piece)?, a)))
            else {
                continue;
            };
            let style = above(flow.pieces[first.piece as usize].style);
            let (parts, width, lean) = (Vec::new(), Length::ZERO, [Length::ZERO; 2]);
            self.readings.push(Reading { number, atoms: start..end, style, parts, width, lean });
        }
        for mut reading in std::mem::take(&mut self.readings) {
            let text = flow.readings[reading.number as usize].text;
            reading.parts = self.parts(text, reading.style, shapers);
            reading.width = reading.parts.iter().map(|part| part.width).sum();
            self.make_room(&mut reading);
            self.readings.push(reading);
        }
    }

    /// Widens the atoms below a reading until it is a quarter of its em from the next, and keeps them
    /// on one line.
    fn make_room(&mut self, reading: &mut Reading) {
        let atoms = reading.atoms.start as usize..reading.atoms.end as usize;
        let inside = &mut self.gaps[atoms.start..atoms.end - 1];
        inside.iter_mut().filter(|gap| gap.end != End::Forced).for_each(|gap| gap.end = End::Never);
        let gaps: Length = inside.iter().map(|gap| gap.natural).sum();
        let below: Length = self.atoms[atoms.clone()].iter().map(|atom| atom.width).sum();
        let lacking = reading.width + reading.style.size.fraction(1, 4) - below - gaps;
        if lacking <= Length::ZERO {
            return;
        }
        let each = lacking / (atoms.len() as i32);
        let most = reading.style.size.fraction(1, 2).min(each.fraction(1, 2));
        let leans = self.marks_beside(&atoms);
        reading.lean = leans.map(|leans| if leans { most } else { Length::ZERO });
        for (index, atom) in self.atoms[atoms.clone()].iter_mut().enumerate() {
            let before = if index == 0 { reading.lean[0] } else { Length::ZERO };
            let after = if index + 1 == atoms.len() { reading.lean[1] } else { Length::ZERO };
            atom.width += each - before - after;
            if let Body::Glyphs { shift, .. } = &mut atom.body {
                *shift += each.fraction(1, 2) - before;
            }
        }
    }

    /// Whether a mark stands before and after atoms that no line parts from them.
    fn marks_beside(&self, atoms: &Range<usize>) -> [bool; 2] {
        let stays = |gap: Option<&Gap>| gap.is_some_and(|gap| gap.end == End::Never);
        let before = atoms.start.checked_sub(1).filter(|&at| stays(self.gaps.get(at)));
        let after = Some(atoms.end).filter(|&at| stays(self.gaps.get(at - 1)));
        [before, after]
            .map(|at| at.and_then(|at| self.atoms.get(at)).is_some_and(|atom| atom.first.is_mark()))
    }

    /// The parts of a reading.
    fn parts(&mut self, text: &str, style: TextStyle, shapers: &Shapers<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let letters = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
            let word = rest[..letters].trim_end();
            let face = face_of(word, style, shapers);
            let length = match face {
                Some(_) => letters,
                None => rest.chars().next().map_or(rest.len(), char::len_utf8),
            };
            let part = if face.is_some() { word } else { &rest[..length] };
            if let Some(face) = face.or_else(|| pick(part, style, shapers)) {
                parts.push(self.part(part, face, style, shapers));
            }
            rest = rest[length..].trim_start();
        }
        parts
    }

    /// Shapes one part.
    fn part(&mut self, text: &str, face: FaceId, style: TextStyle, shapers: &Shapers<'_>) -> Part {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let mut shaped = shapers.shape(face, style, Widths::Proportional, text);
        let space = style.size.fraction(1, 2);
        for glyph in &mut shaped {
            if text[glyph.cluster as usize..].starts_with(' ') {
                glyph.advance = space;
            }
            glyph.cluster += start;
        }
        let width = shaped.iter().map(|glyph: &ShapedGlyph| glyph.advance).sum();
        let first = self.glyphs.len() as u32;
        self.glyphs.extend(shaped);
        let glyphs = first..self.glyphs.len() as u32;
        Part { face, glyphs, text: start..self.text.len() as u32, width }
    }
}

/// Whether `c` is part of a word in letters, or between two.
fn in_word(c: char) -> bool {
    let class = class(c);
    is_shaped(class) || class == Class::Space
}

/// The first face of the style's that has every letter of a word: a tone letter from another face
/// than its neighbours would be seen.
fn face_of(word: &str, style: TextStyle, shapers: &Shapers<'_>) -> Option<FaceId> {
    let fonts = shapers.fonts();
    let has_all = |face: &FaceId| {
        word.chars().all(|c| class(c) == Class::Space || fonts.face(*face).glyph(c).is_some())
    };
    let chain = fonts.chain_in(style.font, style.language.forms).iter().copied();
    (!word.is_empty()).then(|| chain.into_iter().find(has_all))?
}

/// The face of a single character.
fn pick(character: &str, style: TextStyle, shapers: &Shapers<'_>) -> Option<FaceId> {
    style.face(shapers.fonts(), character.chars().next()?)
}
