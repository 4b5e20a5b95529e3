//! The slug line: which page of which book a sheet is.

use crate::book::Book;
use crate::font::{Family, Fonts, Style, Weight};
use crate::layout::{Glyph, GlyphRun, Ink, Item, Page};
use crate::units::{Length, Point};

use super::boxes::Boxes;
use super::marks::{ARM, TARGET};

/// The line's size.
const SIZE: Length = Length::pt(6.0);
/// Its distance from the left edge of the page and from the registration mark at its foot.
const INSET: Length = Length::mm(4.0);
/// Stands where the title is cut off.
const CUT: char = '…';

/// The line outside the bleed that says which page of which book this is: `12 / 240 · 2025-12-23 ·
/// 书名`, from the left edge of the page to short of the registration mark at its foot.
pub struct Slug<'a> {
    fonts: &'a Fonts,
    /// What follows the page's number: the day of publication and the title.
    words: String,
    start: Point,
    width: Length,
}

impl<'a> Slug<'a> {
    /// The slug line of a book on pages with these boxes.
    pub fn new(book: &Book, fonts: &'a Fonts, boxes: &Boxes) -> Self {
        let foot = boxes.trim.height + boxes.bleed;
        Self {
            fonts,
            words: format!(" · {} · {}", book.metadata.date, book.metadata.title),
            start: Point { x: INSET, y: foot + TARGET + SIZE.fraction(1, 3) },
            // A cover sheet has its folds there.
            width: boxes.trim.width / 2 - boxes.spine.map_or(ARM, |spine| spine / 2) - INSET * 2,
        }
    }

    /// The line on one of `count` pages, placed from the corner of the trimmed page.
    pub fn page(&self, number: usize, count: usize) -> Page {
        self.set(&format!("{number} / {count}{}", self.words))
    }

    /// A line with every character that some page's may have.
    pub fn specimen(&self) -> Page {
        let mut page = Page::default();
        let text = format!("0123456789 /{}{CUT}", self.words);
        let mut pen = Length::ZERO;
        text.chars().for_each(|c| pen = self.add(&mut page, c, pen));
        page
    }

    /// Sets a line by the faces' own advances, and cuts it off where it gets too long.
    fn set(&self, text: &str) -> Page {
        let mut page = Page::default();
        let mut pen = Length::ZERO;
        let last = self.width - SIZE;
        for c in text.chars() {
            if pen > last {
                self.add(&mut page, CUT, pen);
                break;
            }
            pen = self.add(&mut page, c, pen);
        }
        page
    }

    /// Adds a character at `pen` and says where the next begins; one that no face has is left out.
    fn add(&self, page: &mut Page, c: char, pen: Length) -> Length {
        let style = Style::new(Family::Serif, Weight::Regular);
        let Some(id) = self.fonts.pick(style, c) else { return pen };
        let face = self.fonts.face(id);
        let Some(glyph) = face.glyph(c) else { return pen };
        let index = u32::try_from(page.glyphs.len()).unwrap_or(u32::MAX);
        let mut start = self.start.x + pen;
        match page.items.last_mut() {
            Some(Item::Glyphs(run)) if run.face == id => {
                run.glyphs.end = index + 1;
                start = run.origin.x;
            }
            _ => page.items.push(Item::Glyphs(GlyphRun {
                face: id,
                size: SIZE,
                origin: Point { x: start, y: self.start.y },
                ink: Ink::Text,
                glyphs: index..index + 1,
            })),
        }
        page.glyphs.push(Glyph {
            id: glyph,
            // A character has at most four bytes.
            text_length: c.len_utf8() as u16,
            text_start: u32::try_from(page.text.len()).unwrap_or(u32::MAX),
            x: self.start.x + pen - start,
        });
        page.text.push(c);
        pen + SIZE.fraction(face.advance(glyph).into(), face.units_per_em().into())
    }
}
