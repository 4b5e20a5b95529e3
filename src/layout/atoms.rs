//! Shaped text as atoms and gaps: what the line breaker works on.
//!
//! An [`Atom`] is never divided; a [`Gap`] stands between two atoms and vanishes where a line ends.
//! A full-width mark is a half-em atom whose removable blank belongs to the gap on its blank side,
//! so that line-start and line-end trimming (R15, R16) need no rule of their own, and adjacent
//! marks (R17) are squeezed where the gap is made.

use std::ops::Range;

use super::flow::Flow;
use super::ruby::Reading;
use super::shape::{ShapedGlyph, Shapers};
use super::style::{Setting, TextStyle};
use crate::book::{NoteId, PictureId};
use crate::font::FaceId;
use crate::script::Class;
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
    /// Which of the flow's characters it begins with.
    pub from: u32,
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
    /// A cell of a note inside the line, by its number in the note: two characters, one above the
    /// other, which ones when the line is known.
    Cell(u32),
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
    /// The blank that a mark before it can keep at the end of a line.
    pub trailing: Length,
    /// The byte of [`Atoms::text`] that holds a typed space.
    pub space: Option<u32>,
}

/// The order in which gaps shrink (R24), after the mark at the line's end, whose blank goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// Spaces between Latin words, down to a quarter em.
    Space,
    /// The sides of a middle dot that fills an em.
    Dot,
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
pub const SHRINKS: usize = 6;

/// The order in which gaps stretch (R25), before all do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Spaces between Latin words, up to half an em.
    Space,
    /// The space between hanzi and Latin, up to a third.
    Autospace,
    /// The sides of a middle dot, up to the em that it may take.
    Dot,
    /// The space after the mark of a note, by the blank that a closing mark before it has left.
    Note,
}

/// How many kinds of [`Stretch`] there are.
pub const STRETCHES: usize = 4;

/// Whether a line may end at a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It may not.
    Never,
    /// It may, at a price.
    Allowed(u16),
    /// It may, at a price, and a hyphen is added.
    Hyphen(u16),
    /// It should not, but nothing else would fit: the author is told.
    LetGo,
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
    /// The readings over atoms.
    pub readings: Vec<Reading>,
    /// For each of the flow's pieces, the width of a hyphen that is added where a word is divided.
    pub hyphens: Vec<Length>,
    /// For each of the flow's pieces, the number of its first character in the flow.
    pub firsts: Vec<u32>,
}

impl Atoms {
    /// None yet, with room for so many characters.
    pub fn with_room(characters: usize) -> Self {
        Self {
            atoms: Vec::with_capacity(characters),
            gaps: Vec::with_capacity(characters),
            glyphs: Vec::with_capacity(characters),
            text: String::with_capacity(characters * '字'.len_utf8()),
            readings: Vec::new(),
            hyphens: Vec::new(),
            firsts: Vec::new(),
        }
    }

    /// The atoms of a flow in a setting, so that some line holds each.
    pub fn set(flow: &Flow<'_>, setting: &Setting, shapers: &Shapers<'_>) -> Self {
        let mut atoms = Self::new(flow, shapers, setting.measure);
        atoms.loosen(setting.measure - setting.indent, setting.measure);
        atoms
    }

    /// The width that they would take on one line.
    pub fn natural_width(&self) -> Length {
        let gaps = self.gaps.iter().rev().skip(1).map(|gap| gap.natural);
        self.atoms.iter().map(|atom| atom.width).chain(gaps).sum()
    }

    /// The width of their widest indivisible stretch.
    pub fn least_width(&self) -> Length {
        let mut widest = Length::ZERO;
        let mut width = Length::ZERO;
        for (atom, gap) in self.atoms.iter().zip(&self.gaps) {
            width += atom.width;
            widest = widest.max(width);
            width = match gap.end {
                End::Never => width + gap.natural,
                End::Allowed(_) | End::Hyphen(_) | End::LetGo | End::Forced => Length::ZERO,
            };
        }
        widest
    }

    /// Lets a line end inside a stretch that none of `full` holds, or none of `first` at the start
    /// of the paragraph: better anywhere than past the edge of the page.
    fn loosen(&mut self, first: Length, full: Length) {
        let mut room = first;
        let mut width = Length::ZERO;
        for (index, atom) in self.atoms.iter().enumerate() {
            let Some(before) = index.checked_sub(1).and_then(|before| self.gaps.get_mut(before))
            else {
                width = atom.width;
                continue;
            };
            if before.end == End::Never {
                width += before.natural - before.shrink.map_or(Length::ZERO, |(_, by)| by);
                if width + atom.width > room && width > Length::ZERO {
                    before.end = End::LetGo;
                }
            }
            if before.end != End::Never {
                (room, width) = (full, Length::ZERO);
            }
            width += atom.width;
        }
    }
}

/// The advance of `c` in `style`; nothing where no face has it.
pub fn advance(shapers: &Shapers<'_>, style: TextStyle, c: char) -> Length {
    shapers.glyph(style, c).map_or(Length::ZERO, |(_, _, advance)| advance)
}

/// The size of a note mark beside text of `style`: with the quarter em after it, it fills an em.
pub fn mark_size(style: TextStyle) -> Length {
    style.size.fraction(3, 4)
}
