//! What stands over, under and inside the words of a line: readings, lines under names and titles,
//! notes in two rows.

use std::ops::Range;

use super::{Look, Pen};
use crate::layout::atoms::{Atom, Body, advance};
use crate::layout::axis::{Area, Drawn};
use crate::layout::flow::{Content, Line, Piece};
use crate::layout::gloss;
use crate::layout::style::TextStyle;
use crate::units::Length;

/// Marks that have begun in a line.
#[derive(Default)]
pub struct Open {
    /// Which line under the words, and where it began.
    line: Option<(u32, Length, TextStyle)>,
    /// Which reading, and where what it stands over began.
    reading: Option<(u32, Length)>,
    /// The cells of a note inside the line.
    gloss: Option<Cells>,
    /// Where the last atom ended.
    edge: Length,
    /// What readings stand over: which reading, from where to where.
    read: Vec<(u32, Length, Length)>,
}

/// Cells of one note in one line.
struct Cells {
    piece: u32,
    numbers: Range<u32>,
    start: Length,
}

/// How much lower a dot stands under words with a line (R38).
pub fn dot_drop(piece: &Piece<'_>) -> Length {
    let drop = piece.style.size.fraction(12, 100);
    piece.line.map_or(Length::ZERO, |_| drop)
}

impl Pen<'_> {
    /// Ends and begins the marks at an atom of `piece`, which is drawn next.
    pub fn follow_marks(&mut self, atom: &Atom, piece: &Piece<'_>) {
        self.follow_cells(atom);
        if self.open.line.map(|(number, ..)| number) != piece.line {
            self.end_under();
            self.open.line = piece.line.map(|number| (number, self.at.inline, piece.style));
        }
        if self.open.reading.map(|(number, _)| number) != piece.reading {
            self.end_read();
            self.open.reading = piece.reading.map(|number| (number, self.at.inline));
        }
        self.open.edge = self.at.inline + atom.width;
    }

    /// Ends the marks of a line of the atoms in `range`, and draws what stands over them.
    pub fn end_marks(&mut self, range: &Range<usize>) {
        self.end_cells();
        self.end_under();
        self.end_read();
        self.end_run();
        self.draw_readings(range);
    }

    fn follow_cells(&mut self, atom: &Atom) {
        let Body::Cell(number) = atom.body else {
            if self.open.gloss.is_some() {
                self.end_cells();
            }
            return;
        };
        match &mut self.open.gloss {
            Some(cells) if cells.piece == atom.piece => cells.numbers.end = number + 1,
            Some(_) | None => {
                self.end_cells();
                let numbers = number..number + 1;
                let start = self.at.inline;
                self.open.gloss = Some(Cells { piece: atom.piece, numbers, start });
            }
        }
    }

    /// Draws the cells so far: the first row in the upper half of the em box, the second in the lower.
    fn end_cells(&mut self) {
        let Some(Cells { piece, numbers, start }) = self.open.gloss.take() else { return };
        let piece = &self.paragraph.flow.pieces[piece as usize];
        let Content::Gloss(text) = &piece.content else { return };
        let size = piece.style.size.fraction(1, 2);
        let pen = self.at.inline;
        let rows = gloss::rows(text, numbers.start as usize..numbers.end as usize);
        self.follow(self.paragraph.tags.of(piece.element));
        for (row, hundredths) in rows.into_iter().zip([44, -6]) {
            let rise = piece.style.rise + piece.style.size.fraction(hundredths, 100);
            let style = TextStyle { size, rise, ..piece.style };
            self.at.inline = start;
            for c in text[row].chars() {
                self.cell(c, style);
                self.at.inline += size;
            }
        }
        self.end_run();
        self.at.inline = pen;
    }

    /// Draws one character in the middle of its half of a cell.
    fn cell(&mut self, c: char, style: TextStyle) {
        let fonts = self.shapers.fonts();
        let Some(face) = style.face(fonts, c) else { return };
        let Some(id) = fonts.face(face).glyph(c) else { return };
        let inline = self.at.inline + (style.size - advance(self.shapers, style, c)).fraction(1, 2);
        let start = self.galley.text.len() as u32;
        self.galley.text.push(c);
        self.put(Look { face, style }, id, inline, start, c.len_utf8() as u16);
    }

    /// Draws the line under the words so far, below their em box and away from their edges, so that
    /// the lines of neighbours do not touch (R37).
    fn end_under(&mut self) {
        let Some((number, start, style)) = self.open.line.take() else { return };
        let inset = style.size.fraction(6, 100);
        let (inline, width) = (start + inset, self.open.edge - start - inset * 2);
        let baseline = self.at.block - style.rise;
        let part = |hundredths| style.size.fraction(hundredths, 100);
        let item = match self.paragraph.flow.lines[number as usize] {
            Line::Name => {
                let rect = Area::new(inline, baseline + part(17), width, part(5));
                Drawn::Rule { rect, ink: style.ink }
            }
            Line::Title => {
                let rect = Area::new(inline, baseline + part(15), width, part(13));
                Drawn::Wave { rect, thickness: part(5), ink: style.ink }
            }
        };
        self.decorate(item);
    }

    fn end_read(&mut self) {
        if let Some((number, start)) = self.open.reading.take() {
            self.open.read.push((number, start, self.open.edge));
        }
    }

    /// Draws the readings, after the words of their line: who searches these finds them, and the
    /// readings too.
    fn draw_readings(&mut self, range: &Range<usize>) {
        let readings = &self.paragraph.atoms.readings;
        for (number, start, end) in std::mem::take(&mut self.open.read) {
            let Ok(index) = readings.binary_search_by_key(&number, |reading| reading.number) else {
                continue;
            };
            let reading = &readings[index];
            // What no line holds is divided; then the first part has the reading.
            if !range.contains(&(reading.atoms.start as usize)) {
                continue;
            }
            // What is parted by room is parted by a space for those who search.
            self.space();
            let said = self.paragraph.flow.readings[number as usize].element;
            self.follow(self.paragraph.tags.element(said));
            for (part, inline) in reading.places(start, end) {
                let look = Look { face: part.face, style: reading.style };
                self.at.inline = inline;
                self.glyphs(look, part.glyphs.clone(), part.text.clone(), Length::ZERO);
                self.at.inline += part.width;
            }
        }
        self.end_run();
    }
}
