//! Columns onto paper: margins of the left or right page, running head, folio, note marks.

use std::ops::Range;

use super::atoms::advance;
use super::page::{Folio, Glyph, GlyphRun, Ink, Item, Page};
use super::paginate::{Column, NotesRule, Placed};
use super::set::{Galley, Mark};
use super::shape::Shapers;
use super::style::{Design, TextStyle};
use crate::font::FaceId;
use crate::script::Numerals;
use crate::units::{Length, Point, Rect};

/// A page of an open book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A right-hand page.
    Recto,
    /// A left-hand page.
    Verso,
}

impl Side {
    /// The side of the page at `index`; the first page is a recto.
    pub const fn of(index: usize) -> Self {
        if index.is_multiple_of(2) { Self::Recto } else { Self::Verso }
    }
}

/// What stands in the head margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head<'a> {
    /// Nothing: openings, blanks, parts.
    Blank,
    /// The folio, a title, and where they have room the words of a section.
    Running {
        /// Of the book or the chapter.
        words: &'a str,
        /// The section that the page begins in.
        section: Option<&'a str>,
    },
}

/// Draws columns as pages.
pub struct Composer<'a> {
    /// The glyphs' source.
    pub shapers: &'a Shapers<'a>,
    /// The design.
    pub design: &'a Design,
}

impl Composer<'_> {
    /// The page of a column.
    pub fn page(
        &self,
        galley: &Galley,
        column: &Column,
        side: Side,
        folio: Folio,
        head: Head<'_>,
    ) -> Page {
        let mut page = Page { folio: Some(folio), ..Page::default() };
        let origin = self.origin(side);
        for placed in &column.placed {
            self.place(&mut page, galley, placed, origin);
        }
        if let Some(rule) = &column.notes {
            self.notes_rule(&mut page, rule, origin);
        }
        if let Head::Running { words, section } = head {
            self.head(&mut page, side, folio, (words, section));
        }
        page
    }

    /// The top-left corner of the type area on a side.
    pub fn origin(&self, side: Side) -> Point {
        let margins = self.design.sheet.margins;
        let x = match side {
            Side::Recto => margins.inner,
            Side::Verso => margins.outer,
        };
        Point { x, y: margins.head }
    }

    /// Copies what is placed onto the page.
    fn place(&self, page: &mut Page, galley: &Galley, placed: &Placed, origin: Point) {
        let at = Point { x: origin.x + placed.at.x, y: origin.y + placed.at.y };
        let marks = placed.drawn.marks.start as usize..placed.drawn.marks.end as usize;
        let mut marks = galley.marks[marks].iter().zip(placed.mark..).peekable();
        for index in placed.drawn.items.clone() {
            while let Some((mark, number)) = marks.next_if(|(mark, _)| mark.before <= index) {
                self.mark(page, mark, number, at);
            }
            let item = copy(page, galley, &galley.items[index as usize], at);
            page.items.push(item);
        }
        for (mark, number) in marks {
            self.mark(page, mark, number, at);
        }
    }

    /// A note's number in its circle; beyond 50 the digits share its room.
    fn mark(&self, page: &mut Page, mark: &Mark, number: usize, at: Point) {
        let text = Numerals::Circled.write(number);
        let digits = text.chars().count() as i32;
        let style = if digits > 1 {
            TextStyle { size: mark.style.size.fraction(3, 2 + digits), ..mark.style }
        } else {
            mark.style
        };
        let place = Point { x: at.x + mark.at.x, y: at.y + mark.at.y };
        self.words(page, &text, style, place);
    }

    /// The rule above the notes, a quarter of the measure (R51); beside it which note comes from the
    /// page before, at the far end which goes on overleaf.
    fn notes_rule(&self, page: &mut Page, rule: &NotesRule, origin: Point) {
        let measure = self.design.sheet.line_length();
        let y = origin.y + rule.y;
        let rect = Rect::new(origin.x, y, measure.fraction(1, 4), Length::pt(0.4));
        page.items.push(Item::Rule { rect, ink: Ink::Text });
        let style = self.design.label(7.0).text.inked(Ink::Quiet);
        let y = y + style.size.fraction(38, 100);
        let labels = &self.shapers.rules().labels;
        let words = |label: &str, number| label.replace("{}", &Numerals::Circled.write(number));
        if let Some(number) = rule.from {
            let at = Point { x: rect.right() + style.size, y };
            self.words(page, &words(labels.note_from, number), style, at);
        }
        if let Some(number) = rule.on {
            let words = words(labels.note_on, number);
            let x = origin.x + measure - self.width(&words, style);
            self.words(page, &words, style, Point { x, y });
        }
    }

    /// The running head with the folio at the outer edge, on one line above the type area.
    fn head(
        &self,
        page: &mut Page,
        side: Side,
        folio: Folio,
        (words, section): (&str, Option<&str>),
    ) {
        let origin = self.origin(side);
        let setting = self.design.label(8.0);
        let style = setting.text.inked(Ink::Quiet);
        let y = origin.y - Length::pt(14.0);
        let number = folio.numerals.write(folio.number);
        let gap = style.size * 2;
        let measure = self.design.sheet.line_length();
        let right = origin.x + measure;
        let room = measure - gap - self.width(&number, style);
        let both = section.map(|section| format!("{words}\u{3000}\u{3000}{section}"));
        let both = both.filter(|both| self.width(both, style) <= room);
        let words = &both.unwrap_or_else(|| self.shortened(words, style, room));
        match side {
            Side::Verso => {
                let x = self.words(page, &number, style, Point { x: origin.x, y });
                self.words(page, words, style, Point { x: x + gap, y });
            }
            Side::Recto => {
                let x = right - self.width(&number, style);
                let words_x = x - gap - self.width(words, style);
                self.words(page, words, style, Point { x: words_x, y });
                self.words(page, &number, style, Point { x, y });
            }
        }
    }

    /// As much of plain words as `room` holds, with an ellipsis for the rest.
    fn shortened(&self, words: &str, style: TextStyle, room: Length) -> String {
        if self.width(words, style) <= room {
            return words.to_owned();
        }
        let mut left = room - advance(self.shapers, style, '…');
        let holds = |c: &char| {
            left -= advance(self.shapers, style, *c);
            left >= Length::ZERO
        };
        words.chars().take_while(holds).chain(['…']).collect()
    }

    /// The width of plain words.
    pub fn width(&self, words: &str, style: TextStyle) -> Length {
        words.chars().map(|c| advance(self.shapers, style, c)).sum()
    }

    /// Draws plain words as they are, one glyph a character; gives where they end.
    pub fn words(&self, page: &mut Page, words: &str, style: TextStyle, at: Point) -> Length {
        let mut x = at.x;
        let mut run: Option<GlyphRun> = None;
        for c in words.chars() {
            let Some((face, id, advance)) = self.shapers.glyph(style, c) else { continue };
            if run.as_ref().is_none_or(|run| run.face != face) {
                page.items.extend(run.take().map(Item::Glyphs));
                run = Some(new_run(page, face, style, Point { x, y: at.y }));
            }
            if let Some(run) = &mut run {
                let text_start = page.text.len() as u32;
                page.text.push(c);
                let text_length = c.len_utf8() as u16;
                page.glyphs.push(Glyph { id, text_length, text_start, x: x - run.origin.x });
                run.glyphs.end += 1;
            }
            x += advance;
        }
        page.items.extend(run.map(Item::Glyphs));
        x
    }
}

/// An empty run at the end of a page's glyphs.
fn new_run(page: &Page, face: FaceId, style: TextStyle, origin: Point) -> GlyphRun {
    let start = page.glyphs.len() as u32;
    GlyphRun { face, size: style.size, origin, ink: style.ink, glyphs: start..start }
}

/// An item moved to its page, with the glyphs that it refers to.
fn copy(page: &mut Page, galley: &Galley, item: &Item, by: Point) -> Item {
    let mut item = item.moved(by);
    if let Item::Glyphs(run) = &mut item {
        run.glyphs = copy_glyphs(page, galley, &run.glyphs);
    }
    item
}

/// Copies glyphs and their characters, which follow each other in the galley as they do; gives their
/// place on the page.
fn copy_glyphs(page: &mut Page, galley: &Galley, glyphs: &Range<u32>) -> Range<u32> {
    let start = page.glyphs.len() as u32;
    let own = &galley.glyphs[glyphs.start as usize..glyphs.end as usize];
    if let (Some(first), Some(last)) = (own.first(), own.last()) {
        let end = last.text_start + u32::from(last.text_length);
        let moved = page.text.len() as u32;
        page.text.push_str(&galley.text[first.text_start as usize..end as usize]);
        let copied = own.iter().map(|glyph| {
            let text_start = glyph.text_start - first.text_start + moved;
            Glyph { text_start, ..*glyph }
        });
        page.glyphs.extend(copied);
    }
    start..page.glyphs.len() as u32
}
