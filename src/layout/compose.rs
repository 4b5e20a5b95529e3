//! Columns onto paper: margins of the left or right page, running head, folio, note marks.

use std::ops::Range;

use super::atoms::advance;
use super::axis::{Area, Spot};
use super::page::{Destination, Folio, Glyph, GlyphRun, Ink, Item, Page};
use super::paginate::{Column, NotesRule, Placed};
use super::set::{Galley, Mark, NoteElements, Stands};
use super::shape::Shapers;
use super::structure::{Artifact, ElementId, Tag};
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
    /// The page of a column; `first` is the number of its galley's first element in the book.
    pub fn page(
        &self,
        galley: &Galley,
        column: &Column,
        side: Side,
        folio: Folio,
        head: Head<'_>,
        first: u32,
    ) -> Page {
        let mut page = Page { folio: Some(folio), ..Page::default() };
        let type_area = self.type_area(side);
        for placed in &column.placed {
            self.place(&mut page, galley, placed, type_area, first);
        }
        if let Some(rule) = &column.notes {
            self.notes_rule(&mut page, rule, type_area);
        }
        if let Head::Running { words, section } = head {
            self.head(&mut page, side, folio, (words, section));
        }
        // Pages are kept until all files are written.
        page.items.shrink_to_fit();
        page.glyphs.shrink_to_fit();
        page.text.shrink_to_fit();
        page
    }

    /// The type area on a side.
    fn type_area(&self, side: Side) -> Rect {
        let sheet = &self.design.sheet;
        let x = match side {
            Side::Recto => sheet.margins.inner,
            Side::Verso => sheet.margins.outer,
        };
        Rect::new(x, sheet.margins.head, sheet.line_length(), sheet.depth())
    }

    /// Where a spot of the type area on a side is on the page.
    pub fn point(&self, side: Side, spot: Spot) -> Point {
        self.design.direction.point(self.type_area(side), spot)
    }

    /// Copies what is placed onto the page.
    fn place(
        &self,
        page: &mut Page,
        galley: &Galley,
        placed: &Placed,
        type_area: Rect,
        first: u32,
    ) {
        let marks = placed.drawn.marks.start as usize..placed.drawn.marks.end as usize;
        let mut marks = galley.marks[marks].iter().zip(placed.mark..).peekable();
        let (direction, at) = (self.design.direction, placed.at);
        let point = |spot| direction.point(type_area, at + spot);
        let rect = |area: Area| direction.rect(type_area, area.moved(at));
        let mark = |page: &mut Page, mark: &Mark, number| {
            self.mark(page, mark, number, point(mark.at), &galley.notes, first);
        };
        for index in placed.drawn.items.clone() {
            while let Some((next, number)) = marks.next_if(|(mark, _)| mark.before <= index) {
                mark(page, next, number);
            }
            match galley.items[index as usize].placed(point, rect) {
                Item::Tag(tag) => set_tag(page, tag.counted_from(first)),
                item => {
                    let item = copy(page, galley, item);
                    page.items.push(item);
                }
            }
        }
        for (next, number) in marks {
            mark(page, next, number);
        }
    }

    /// A note's number in its circle; beyond 50 the digits share its room. The number in the text leads
    /// to the note, that before the note back to the text.
    fn mark(
        &self,
        page: &mut Page,
        mark: &Mark,
        number: usize,
        at: Point,
        notes: &[NoteElements],
        first: u32,
    ) {
        let text = Numerals::Circled.write(number);
        let digits = text.chars().count() as i32;
        let style = if digits > 1 {
            TextStyle { size: mark.style.size.fraction(3, 2 + digits), ..mark.style }
        } else {
            mark.style
        };
        set_tag(page, mark.tag.counted_from(first));
        let end = self.words(page, &text, style, at);
        let note = notes.get(mark.note.0 as usize);
        let (Tag::Element(_), Some(note)) = (mark.tag, note) else { return };
        let Some(reference) = note.reference else { return };
        let (own, other) = match mark.stands {
            Stands::InText => (reference, note.element),
            Stands::BeforeNote => (note.element, reference),
        };
        let in_book = |ElementId(id)| ElementId(first + id);
        let top = at.y - mark.style.size;
        page.landings.push((in_book(own), top));
        let rect = Rect::new(at.x, top, end - at.x, mark.style.size);
        let target = Destination::Element { id: in_book(other), label: text };
        page.items.push(Item::Link { rect, target });
    }

    /// The rule above the notes, a quarter of the measure (R51); beside it which note comes from the
    /// page before, at the far end which goes on overleaf.
    fn notes_rule(&self, page: &mut Page, rule: &NotesRule, type_area: Rect) {
        let direction = self.design.direction;
        let measure = self.design.sheet.line_length();
        let length = measure.fraction(1, 4);
        let area = Area::new(Length::ZERO, rule.block, length, Length::pt(0.4));
        let rect = direction.rect(type_area, area);
        set_tag(page, Tag::LAYOUT);
        page.items.push(Item::Rule { rect, ink: Ink::Text });
        let style = self.design.label(7.0).text.inked(Ink::Quiet);
        let block = rule.block + style.size.fraction(38, 100);
        let labels = &self.shapers.rules().labels;
        let words = |label: &str, number| label.replace("{}", &Numerals::Circled.write(number));
        if let Some(number) = rule.from {
            let at = Spot { inline: length + style.size, block };
            let words = words(labels.note_from, number);
            self.words(page, &words, style, direction.point(type_area, at));
        }
        if let Some(number) = rule.on {
            let words = words(labels.note_on, number);
            let at = Spot { inline: measure - self.width(&words, style), block };
            self.words(page, &words, style, direction.point(type_area, at));
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
        set_tag(page, Tag::Artifact(Artifact::Head));
        let type_area = self.type_area(side);
        let setting = self.design.label(8.0);
        let style = setting.text.inked(Ink::Quiet);
        let y = type_area.origin.y - Length::pt(14.0);
        let number = folio.numerals.write(folio.number);
        let gap = style.size * 2;
        let room = type_area.size.width - gap - self.width(&number, style);
        let both = section.map(|section| format!("{words}\u{3000}\u{3000}{section}"));
        let both = both.filter(|both| self.width(both, style) <= room);
        let words = &both.unwrap_or_else(|| self.shortened(words, style, room));
        match side {
            Side::Verso => {
                let x = self.words(page, &number, style, Point { x: type_area.origin.x, y });
                self.words(page, words, style, Point { x: x + gap, y });
            }
            Side::Recto => {
                let x = type_area.right() - self.width(&number, style);
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

/// What comes next belongs to `tag`.
fn set_tag(page: &mut Page, tag: Tag) {
    let last = page.items.iter().rev().find_map(|item| match item {
        Item::Tag(tag) => Some(*tag),
        Item::Glyphs(_)
        | Item::Rule { .. }
        | Item::Wave { .. }
        | Item::Picture { .. }
        | Item::Link { .. } => None,
    });
    if last != Some(tag) {
        page.items.push(Item::Tag(tag));
    }
}

/// An empty run at the end of a page's glyphs.
fn new_run(page: &Page, face: FaceId, style: TextStyle, origin: Point) -> GlyphRun {
    let start = page.glyphs.len() as u32;
    GlyphRun { face, size: style.size, origin, ink: style.ink, glyphs: start..start }
}

/// An item in its place, with copies of the glyphs that it refers to.
fn copy(page: &mut Page, galley: &Galley, mut item: Item) -> Item {
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
