//! Strips into columns of one page each: where a page ends, which notes stand at its foot, which
//! figures wait for the next.

use std::collections::VecDeque;

use super::blocks::{Grid, Keep, Kind, Strip, Strips};
use super::set::Stretch;
use super::style::Design;
use crate::book::{AnchorId, NoteId};
use crate::units::{Length, Point};

/// What stands on one page, in places from the top-left corner of the type area.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// From top to bottom, then the notes.
    pub placed: Vec<Placed>,
    /// Where anchors stand.
    pub anchors: Vec<(AnchorId, Length)>,
    /// The top of the rule above the notes.
    pub notes_rule: Option<Length>,
}

/// Something drawn in its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What is drawn.
    pub drawn: Stretch,
    /// Its top-left corner.
    pub at: Point,
    /// The number of its first note mark; further marks count on.
    pub mark: usize,
}

/// From the text to the rule above the notes, and from the rule to the notes.
const ABOVE_NOTES: (Length, Length) = (Length::pt(6.0), Length::pt(5.0));
/// The lines of a note that must stand on the page of its mark.
const LEAST_NOTE_LINES: usize = 2;

/// Divides the strips of a chapter into columns.
pub fn paginate(strips: &Strips, design: &Design) -> Vec<Column> {
    let mut pager = Pager {
        strips,
        depth: design.sheet.depth(),
        leading: design.sheet.leading,
        page: Page::default(),
        waiting: VecDeque::new(),
        carried: Vec::new(),
        done: Vec::new(),
    };
    pager.run();
    pager.done
}

/// A page that is being filled.
#[derive(Default)]
struct Page<'s> {
    column: Column,
    /// The foot of what stands on it.
    y: Length,
    /// The notes at its foot: a strip, and the number before it.
    notes: Vec<(&'s Strip, usize)>,
    /// Their depth without the rule above them.
    notes_depth: Length,
    /// How many marks stand on it.
    marks: usize,
    /// The table whose head stands on it.
    table: Option<usize>,
}

struct Pager<'s> {
    strips: &'s Strips,
    depth: Length,
    leading: Length,
    page: Page<'s>,
    /// Figures that found no room.
    waiting: VecDeque<&'s Strip>,
    /// What is left of a note that found no room.
    carried: Vec<(&'s Strip, usize)>,
    done: Vec<Column>,
}

impl<'s> Pager<'s> {
    fn run(&mut self) {
        let body = &self.strips.body;
        let mut at = 0;
        while at < body.len() {
            let strip = &body[at];
            let floats = strip.kind == Kind::Float && strip.keep == Keep::Free;
            if floats && (!self.waiting.is_empty() || !self.fits([strip])) {
                if self.is_empty() {
                    self.place(strip);
                } else {
                    self.waiting.push_back(strip);
                }
                at += 1;
                continue;
            }
            let group = self.group(at);
            let begins_table = group.iter().any(|strip| matches!(strip.kind, Kind::Head(_)));
            if begins_table && !self.waiting.is_empty() {
                // A long table goes over several pages: what waits stands before it.
                self.turn();
                continue;
            }
            let head = self.missing_head(strip);
            if !self.fits(head.iter().chain(group)) && !self.is_empty() {
                self.turn();
                continue;
            }
            for strip in head.iter().chain(group) {
                self.place(strip);
            }
            at += group.len();
        }
        while !self.waiting.is_empty() || !self.carried.is_empty() {
            self.turn();
        }
        if !self.is_empty() {
            self.close();
        }
    }

    /// The strips from `at` that stand on one page; a group that no page holds is one strip.
    fn group(&self, at: usize) -> &'s [Strip] {
        let body = &self.strips.body;
        let kept = body[at..].iter().take_while(|strip| strip.keep == Keep::WithNext).count();
        let group = &body[at..(at + kept + 1).min(body.len())];
        let height: Length = group.iter().map(|strip| strip.space + strip.height).sum();
        if height > self.depth { &group[..1] } else { group }
    }

    fn is_empty(&self) -> bool {
        self.page.column.placed.is_empty() && self.page.notes.is_empty()
    }

    /// Where `strip` would begin below `y`.
    fn top(&self, strip: &Strip, y: Length) -> Length {
        let y = if y == Length::ZERO { y } else { y + strip.space };
        match strip.grid {
            Grid::Off => y,
            Grid::On => {
                let lines = y.whole(self.leading);
                let line = self.leading * lines;
                // What ends off the grid leaves half a line after it, of which a third may go.
                if y - line <= self.leading.fraction(1, 3) { line } else { line + self.leading }
            }
        }
    }

    /// Whether strips, and enough of their notes, stand on this page.
    fn fits<'g>(&self, group: impl IntoIterator<Item = &'g Strip>) -> bool {
        let mut y = self.page.y;
        let mut notes: Vec<&[Strip]> = Vec::new();
        for strip in group {
            y = self.top(strip, y) + strip.height;
            notes.extend(self.notes(strip));
        }
        let whole: Length = notes.iter().flat_map(|note| note.iter()).map(|line| line.height).sum();
        let last = notes.last().copied().unwrap_or_default();
        let tail: Length = last.iter().skip(LEAST_NOTE_LINES).map(|line| line.height).sum();
        let needed = self.page.notes_depth + whole - tail;
        y + with_rule(needed) <= self.depth
    }

    /// The notes whose marks a strip holds.
    fn notes(&self, strip: &Strip) -> impl Iterator<Item = &'s [Strip]> {
        let marks = strip.drawn.marks.start as usize..strip.drawn.marks.end as usize;
        let strips = self.strips;
        strips.galley.marks[marks].iter().map(|mark| note_of(strips, mark.note))
    }

    fn place(&mut self, strip: &'s Strip) {
        let y = self.top(strip, self.page.y);
        let mark = self.page.marks + 1;
        let at = Point { x: Length::ZERO, y };
        self.page.column.placed.push(Placed { drawn: strip.drawn.clone(), at, mark });
        let anchors = strip.anchors.iter().map(|&anchor| (anchor, y));
        self.page.column.anchors.extend(anchors);
        self.page.y = y + strip.height + strip.after;
        if let Kind::Head(table) = strip.kind {
            self.page.table = Some(table);
        }
        let notes: Vec<&'s [Strip]> = self.notes(strip).collect();
        for note in notes {
            self.page.marks += 1;
            self.place_note(note);
        }
    }

    /// Puts a note at the foot, and what has no room there on the next page.
    fn place_note(&mut self, note: &'s [Strip]) {
        let number = self.page.marks;
        for (index, line) in note.iter().enumerate() {
            let depth = self.page.notes_depth + line.height;
            let fits = self.page.y + with_rule(depth) <= self.depth;
            if !self.carried.is_empty() || (!fits && index > 0) {
                self.carried.push((line, number));
            } else {
                self.page.notes.push((line, number));
                self.page.notes_depth = depth;
            }
        }
    }

    /// Ends the page and begins the next with what waited for it.
    fn turn(&mut self) {
        self.close();
        let carried = std::mem::take(&mut self.carried);
        for (line, number) in carried {
            let depth = self.page.notes_depth + line.height;
            // Half the page at most, so that the text goes on.
            let most = if self.waiting.is_empty() { self.depth } else { self.depth / 2 };
            if self.carried.is_empty() && with_rule(depth) <= most {
                self.page.notes.push((line, number));
                self.page.notes_depth = depth;
            } else {
                self.carried.push((line, number));
            }
        }
        while let Some(strip) = self.waiting.front().copied() {
            if !self.is_empty() && !self.fits([strip]) {
                break;
            }
            self.waiting.pop_front();
            self.place(strip);
        }
    }

    /// The head of the table that `strip` goes on with, where this page does not have it yet.
    fn missing_head(&self, strip: &Strip) -> &'s [Strip] {
        let Kind::Row(table) = strip.kind else { return &[] };
        let head = self.strips.heads[table].as_slice();
        let height: Length = head.iter().map(|strip| strip.height).sum();
        // A head that fills the page would leave no room for the rows.
        if self.page.table == Some(table) || height > self.depth / 2 { &[] } else { head }
    }

    /// Ends the page: its notes stand on the foot of the type area.
    fn close(&mut self) {
        let page = std::mem::take(&mut self.page);
        let mut column = page.column;
        if !page.notes.is_empty() {
            let mut y = (self.depth - page.notes_depth).max(page.y);
            column.notes_rule = Some(y - ABOVE_NOTES.1);
            for (strip, mark) in page.notes {
                let at = Point { x: Length::ZERO, y };
                column.placed.push(Placed { drawn: strip.drawn.clone(), at, mark });
                y += strip.height;
            }
        }
        self.done.push(column);
    }
}

/// The lines of a note.
fn note_of(strips: &Strips, note: NoteId) -> &[Strip] {
    strips.notes.get(note.0 as usize).map_or(&[], Vec::as_slice)
}

/// The depth of notes with the rule above them; nothing where there are none.
fn with_rule(depth: Length) -> Length {
    if depth == Length::ZERO { depth } else { depth + ABOVE_NOTES.0 + ABOVE_NOTES.1 }
}
