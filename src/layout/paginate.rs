//! Strips into columns of one page each: where a page ends, which notes stand at its foot, which
//! figures wait for the next.

use std::collections::VecDeque;
use std::ops::Range;

use super::axis::Spot;
use super::blocks::{Grid, Keep, Kind, Strip, Strips};
use super::refit;
use super::set::Stretch;
use super::shape::Shapers;
use super::starts::TextPlace;
use super::style::Design;
use crate::book::{AnchorId, NoteId};
use crate::units::Length;

/// What stands on one page, in places of the type area.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// From top to bottom, then the notes.
    pub placed: Vec<Placed>,
    /// Where anchors stand, in the block direction.
    pub anchors: Vec<(AnchorId, Length)>,
    /// The rule above the notes, where there are any.
    pub notes: Option<NotesRule>,
    /// Where in the source the text begins that stands on it.
    pub begins: Option<TextPlace>,
}

/// The rule above the notes of a page.
#[derive(Clone, Copy, Debug)]
pub struct NotesRule {
    /// Where it stands, in the block direction.
    pub block: Length,
    /// The number, on the page of its mark, of the note that the first lines go on with.
    pub from: Option<usize>,
    /// The number of the note that goes on overleaf.
    pub on: Option<usize>,
}

/// Something drawn in its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What is drawn.
    pub drawn: Stretch,
    /// Where it begins.
    pub at: Spot,
    /// The number of its first note mark; further marks count on.
    pub mark: usize,
}

/// From the text to the rule above the notes, and from the rule to the notes.
const ABOVE_NOTES: (Length, Length) = (Length::pt(6.0), Length::pt(5.0));
/// The lines of a note that must stand on the page of its mark, and of one that goes on, overleaf.
const LEAST_NOTE_LINES: usize = 2;
/// The most lines that a page may lack to be made full.
const MOST_FREE: usize = 5;

/// Divides the strips of a chapter into columns. Where a page would end short, for the sake of the
/// lines that must stay together, paragraphs near its foot are set a line longer or shorter.
pub fn paginate(strips: &mut Strips<'_>, shapers: &Shapers<'_>, design: &Design) -> Vec<Column> {
    let body = std::mem::take(&mut strips.body).into();
    let (depth, leading) = (design.sheet.depth(), design.sheet.leading);
    let (waiting, carried) = (VecDeque::new(), Vec::new());
    let mut pager = Pager { strips, shapers, depth, leading, body, waiting, carried };
    let mut columns = Vec::new();
    while !pager.is_done() {
        let page = pager.fill();
        let page = pager.refilled(page);
        columns.push(pager.close(page));
    }
    columns
}

/// A line of a note.
#[derive(Clone, Debug)]
struct NoteLine {
    drawn: Stretch,
    height: Length,
    /// The anchors that stand in it.
    anchors: Vec<AnchorId>,
    /// The number of the note on the page of its mark.
    number: usize,
    /// Whether the note begins with it.
    part: NotePart,
}

/// Which part of a note a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotePart {
    /// The first line, with the mark.
    First,
    /// A further one.
    Further,
}

/// A page that is being filled.
#[derive(Default)]
struct Page {
    column: Column,
    /// The foot of what stands on it.
    block: Length,
    /// The notes at its foot.
    notes: Vec<NoteLine>,
    /// Their depth without the rule above them.
    notes_depth: Length,
    /// The lines of notes that found no room.
    carried: Vec<NoteLine>,
    /// The number of the last mark on it.
    marks: usize,
    /// The table whose head stands on it.
    table: Option<usize>,
    /// How many of the figures that waited for it stand on it.
    arrived: usize,
    /// How many strips of the text it has dealt with.
    used: usize,
    /// Which of those are figures that found no room.
    postponed: Vec<usize>,
    /// Where white space stands on it that a line more does not spoil.
    seams: Vec<Seam>,
    /// The figure at its foot, which may still move in the white space around it.
    loose: Option<Seam>,
}

/// White space before a heading or a figure.
#[derive(Clone, Copy)]
struct Seam {
    /// How many things are placed above it.
    placed: usize,
    /// How many anchors are.
    anchors: usize,
    /// How wide it is.
    space: Length,
    /// What stands below it.
    kind: Kind,
}

impl Page {
    fn is_empty(&self) -> bool {
        self.column.placed.is_empty() && self.notes.is_empty()
    }

    /// Moves what stands below a seam down.
    fn lower(&mut self, seam: Seam, by: Length) {
        let placed =
            self.column.placed[seam.placed..].iter_mut().map(|placed| &mut placed.at.block);
        let anchors = self.column.anchors[seam.anchors..].iter_mut().map(|(_, block)| block);
        placed.chain(anchors).for_each(|block| *block += by);
    }

    /// The depth of its notes with the rule above them.
    fn foot(&self) -> Length {
        with_rule(self.notes_depth)
    }
}

struct Pager<'s, 'a> {
    strips: &'s mut Strips<'a>,
    shapers: &'s Shapers<'s>,
    depth: Length,
    leading: Length,
    /// What is left of the text.
    body: VecDeque<Strip>,
    /// Figures that found no room.
    waiting: VecDeque<Strip>,
    /// What is left of notes that found no room.
    carried: Vec<NoteLine>,
}

impl Pager<'_, '_> {
    fn is_done(&self) -> bool {
        self.body.is_empty() && self.waiting.is_empty() && self.carried.is_empty()
    }

    /// The next page: what waited for it, and as much of the text as it holds.
    fn fill(&self) -> Page {
        let mut page = Page::default();
        self.bring_notes(&mut page);
        while let Some(strip) = self.waiting.get(page.arrived) {
            if !page.is_empty() && !self.fits(&page, [strip]) {
                break;
            }
            self.place(&mut page, strip);
            page.arrived += 1;
        }
        while page.used < self.body.len() && self.step(&mut page) {}
        self.bring_more_notes(&mut page);
        page
    }

    /// Puts the next strips of the text on the page; false when it is full.
    fn step(&self, page: &mut Page) -> bool {
        let at = page.used;
        let strip = &self.body[at];
        let waits = page.arrived < self.waiting.len() || !page.postponed.is_empty();
        if floats(strip) && (waits || !self.fits(page, [strip])) {
            if page.is_empty() {
                self.place_text(page, strip);
            } else {
                page.postponed.push(at);
            }
            page.used += 1;
            return true;
        }
        let whole = self.group(at, Floats::Stay);
        let begins_table = self.body.range(whole.clone()).any(|s| matches!(s.kind, Kind::Head(_)));
        if begins_table && waits {
            // A long table goes over several pages: what waits stands before it.
            return false;
        }
        let head = self.missing_head(page, strip);
        let has_float = self.body.range(whole.clone()).any(floats);
        let stays = !(has_float && waits);
        if stays && self.fits(page, head.iter().chain(self.body.range(whole.clone()))) {
            head.iter().for_each(|strip| self.place(page, strip));
            for index in whole {
                self.place_text(page, &self.body[index]);
                page.used += 1;
            }
            return true;
        }
        if page.is_empty() {
            self.force(page, head, whole);
            return true;
        }
        has_float && self.step_over(page)
    }

    /// Puts on an empty page as much as it holds of strips that belong together and have no room with
    /// their notes, the first of them at least; the notes go on overleaf.
    fn force(&self, page: &mut Page, head: &[Strip], whole: Range<usize>) {
        head.iter().for_each(|strip| self.place(page, strip));
        let first = page.used;
        for index in whole {
            let strip = &self.body[index];
            let foot = self.top(strip, page.block) + strip.height + page.foot();
            if index > first && foot > self.depth {
                break;
            }
            self.place(page, strip);
            page.used += 1;
        }
    }

    /// Puts the next strips on the page while the figures among them wait for the next.
    fn step_over(&self, page: &mut Page) -> bool {
        let group = self.group(page.used, Floats::Wait);
        let (waiting, staying): (Vec<usize>, Vec<usize>) =
            group.clone().partition(|&index| floats(&self.body[index]));
        if !self.fits(page, staying.iter().map(|&index| &self.body[index])) {
            return false;
        }
        staying.into_iter().for_each(|index| self.place_text(page, &self.body[index]));
        page.postponed.extend(waiting);
        page.used = group.end;
        true
    }

    /// The strips from `at` that stand on one page; a group that no page holds is one strip.
    fn group(&self, at: usize, floating: Floats) -> Range<usize> {
        let passes = |strip: &&Strip| {
            strip.keep == Keep::WithNext || (floating == Floats::Wait && floats(strip))
        };
        let kept = self.body.range(at..).take_while(passes).count();
        let group = at..(at + kept + 1).min(self.body.len());
        let height: Length =
            self.body.range(group.clone()).map(|strip| strip.space + strip.height).sum();
        if height > self.depth { at..at + 1 } else { group }
    }

    /// Where `strip` would begin below `block`.
    fn top(&self, strip: &Strip, block: Length) -> Length {
        let block = match (block, strip.kind) {
            // At the head of a page a heading gives up whole lines of its space alone (R49).
            (Length::ZERO, Kind::Heading) => {
                let space = strip.space.max(Length::ZERO);
                space - self.leading * space.whole(self.leading)
            }
            (Length::ZERO, _) => block,
            _ => block + strip.space,
        };
        match strip.grid {
            // What is off the grid above a heading goes before it: the text after it stands as close
            // as after any other.
            Grid::Off if strip.kind == Kind::Heading && block > Length::ZERO => {
                let foot = block + strip.height;
                self.on_grid(foot) - strip.height
            }
            Grid::Off => block,
            Grid::On => self.on_grid(block),
        }
    }

    /// The line of the grid at `block` or below.
    fn on_grid(&self, block: Length) -> Length {
        let line = self.leading * block.whole(self.leading);
        // What ends off the grid leaves half a line after it, of which a third may go.
        if block - line <= self.leading.fraction(1, 3) { line } else { line + self.leading }
    }

    /// Whether strips, and enough of their notes, stand on the page.
    fn fits<'g>(&self, page: &Page, group: impl IntoIterator<Item = &'g Strip>) -> bool {
        let mut block = page.block;
        let mut notes: Vec<&[Strip]> = Vec::new();
        for strip in group {
            block = self.top(strip, block) + strip.height;
            notes.extend(self.notes(strip));
        }
        if !notes.is_empty() && !page.carried.is_empty() {
            return false;
        }
        let whole: Length = notes.iter().flat_map(|note| note.iter()).map(|line| line.height).sum();
        let last = notes.last().copied().unwrap_or_default();
        let tail: Length = last[least_lines(last.len())..].iter().map(|line| line.height).sum();
        block + with_rule(page.notes_depth + whole - tail) <= self.depth
    }

    /// The notes whose marks a strip holds.
    fn notes(&self, strip: &Strip) -> impl Iterator<Item = &[Strip]> {
        let marks = strip.drawn.marks.start as usize..strip.drawn.marks.end as usize;
        self.strips.galley.marks[marks].iter().map(|mark| self.note(mark.note))
    }

    /// The lines of a note.
    fn note(&self, note: NoteId) -> &[Strip] {
        self.strips.notes.get(note.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Puts a strip of the text on the page, which begins with it if it is the first.
    fn place_text(&self, page: &mut Page, strip: &Strip) {
        page.column.begins = page.column.begins.or(strip.begins);
        self.place(page, strip);
    }

    fn place(&self, page: &mut Page, strip: &Strip) {
        let block = self.top(strip, page.block);
        let at = Spot { inline: Length::ZERO, block };
        self.note_seam(page, strip, block);
        page.column.placed.push(Placed { drawn: strip.drawn.clone(), at, mark: page.marks + 1 });
        page.column.anchors.extend(strip.anchors.iter().map(|&anchor| (anchor, block)));
        page.block = block + strip.height;
        if let Kind::Head(table) = strip.kind {
            page.table = Some(table);
        }
        for note in self.notes(strip) {
            page.marks += 1;
            self.place_note(page, note);
        }
        page.block += strip.after;
    }

    /// Notes the white space before a strip that is about to be placed at `block`, and puts a figure
    /// above it in the middle of what the grid leaves around it.
    fn note_seam(&self, page: &mut Page, strip: &Strip, block: Length) {
        if let Some(loose) = page.loose.take().filter(|_| strip.grid == Grid::On) {
            page.lower(loose, (block - page.block).fraction(1, 2));
        }
        let (placed, anchors) = (page.column.placed.len(), page.column.anchors.len());
        let seam = Seam { placed, anchors, space: strip.space, kind: strip.kind };
        if placed > 0 && floats(strip) {
            page.loose = Some(seam);
        }
        if placed > 0 && matches!(strip.kind, Kind::Heading | Kind::Float) {
            page.seams.push(seam);
        }
    }

    /// Puts a note at the foot, and what has no room there on the next page.
    fn place_note(&self, page: &mut Page, note: &[Strip]) {
        let mut foot = page.notes_depth;
        let holds = |strip: &&Strip| {
            foot += strip.height;
            page.block + with_rule(foot) <= self.depth
        };
        let mut held = note.iter().take_while(holds).count();
        if held < note.len() {
            held = held.min(note.len().saturating_sub(LEAST_NOTE_LINES));
        }
        if !page.carried.is_empty() {
            held = 0;
        }
        for (index, strip) in note.iter().enumerate() {
            let part = if index == 0 { NotePart::First } else { NotePart::Further };
            let (drawn, height, number) = (strip.drawn.clone(), strip.height, page.marks);
            let anchors = strip.anchors.clone();
            let line = NoteLine { drawn, height, anchors, number, part };
            if index < held {
                page.notes_depth += height;
                page.notes.push(line);
            } else {
                page.carried.push(line);
            }
        }
    }

    /// Puts at the foot what was carried over, on half the page at most while the text goes on.
    fn bring_notes(&self, page: &mut Page) {
        page.carried.clone_from(&self.carried);
        let goes_on = !self.body.is_empty() || !self.waiting.is_empty();
        self.take_carried(page, if goes_on { self.depth / 2 } else { self.depth });
    }

    /// Puts more of what was carried over where the text has left room.
    fn bring_more_notes(&self, page: &mut Page) {
        let room = self.depth - page.block;
        self.take_carried(page, room);
    }

    /// Moves lines that were carried over to the foot of the page while it is no deeper than `most`.
    fn take_carried(&self, page: &mut Page, most: Length) {
        let mut foot = page.notes_depth;
        let nothing = page.is_empty();
        let holds = |(index, line): &(usize, &NoteLine)| {
            foot += line.height;
            with_rule(foot) <= most || (nothing && *index == 0)
        };
        let count = page.carried.iter().enumerate().take_while(holds).count();
        for line in page.carried.drain(..count) {
            page.notes_depth += line.height;
            if line.part == NotePart::First {
                // The page's own marks count on, so that no number stands there twice.
                page.marks = line.number;
            }
            page.notes.push(line);
        }
    }

    /// The head of the table that `strip` goes on with, where this page does not have it yet.
    fn missing_head(&self, page: &Page, strip: &Strip) -> &[Strip] {
        let Kind::Row(table) = strip.kind else { return &[] };
        let head = self.strips.heads[table].as_slice();
        let height: Length = head.iter().map(|strip| strip.height).sum();
        // A head that fills the page would leave no room for the rows.
        if page.table == Some(table) || height > self.depth / 2 { &[] } else { head }
    }

    /// The page, or a better one where it ends short of the last line of the grid: the white spaces
    /// before headings and around figures take a line each, or else paragraphs near its foot are set a line longer or shorter, as
    /// cheaply as can be.
    fn refilled(&mut self, mut page: Page) -> Page {
        let free = self.free(&page);
        if !(1..=MOST_FREE).contains(&free) {
            return page;
        }
        if page.seams.len() >= free {
            self.loosen(&mut page, free);
            return page;
        }
        let mut offers = refit::offers(self.strips, self.shapers, &self.body, page.used);
        for plan in refit::plans(&offers, free) {
            // From the last one up, so that none moves another.
            plan.iter().for_each(|&index| offers[index].exchange(&mut self.body));
            let other = self.fill();
            if self.free(&other) == 0 {
                return other;
            }
            plan.iter().rev().for_each(|&index| offers[index].exchange(&mut self.body));
        }
        page
    }

    /// Gives a line more to the `count` widest of a page's white spaces; a figure takes one half of it
    /// above, the other below.
    fn loosen(&self, page: &mut Page, count: usize) {
        page.seams.sort_by_key(|seam| std::cmp::Reverse(seam.space));
        for index in 0..count {
            let seam = page.seams[index];
            page.lower(seam, self.leading);
            if seam.kind == Kind::Float
                && let Some(figure) = page.column.placed.get_mut(seam.placed)
            {
                figure.at.block -= self.leading / 2;
            }
            page.block += self.leading;
        }
    }

    /// How many lines a page lacks; none where the text ends on it or a table or code goes on, whose
    /// lines are not those of the grid.
    fn free(&self, page: &Page) -> usize {
        let off_grid = |strip: Option<&Strip>| strip.is_none_or(|strip| strip.grid == Grid::Off);
        let next = self.body.get(page.used);
        let last = page.used.checked_sub(1).and_then(|last| self.body.get(last));
        if next.is_none() || (off_grid(last) && off_grid(next)) {
            return 0;
        }
        let top = self.top(&Strip::default(), page.block);
        let free = (self.depth - page.foot() - top).whole(self.leading);
        // Above notes a line more or less is not seen.
        let unseen = i32::from(!page.notes.is_empty());
        usize::try_from(free - unseen).unwrap_or_default()
    }

    /// Ends the page: its notes stand on the foot of the type area.
    fn close(&mut self, page: Page) -> Column {
        self.waiting.drain(..page.arrived);
        for (index, strip) in self.body.drain(..page.used).enumerate() {
            if page.postponed.binary_search(&index).is_ok() {
                self.waiting.push_back(strip);
            }
        }
        let brought = std::mem::replace(&mut self.carried, page.carried);
        let mut column = page.column;
        if !page.notes.is_empty() {
            let mut block = (self.depth - page.notes_depth).max(page.block);
            column.notes = Some(NotesRule {
                block: block - ABOVE_NOTES.1,
                from: brought.first().map(|line| line.number),
                on: self.carried.first().map(|line| line.number),
            });
            for line in page.notes {
                let at = Spot { inline: Length::ZERO, block };
                column.placed.push(Placed { drawn: line.drawn, at, mark: line.number });
                column.anchors.extend(line.anchors.into_iter().map(|anchor| (anchor, block)));
                block += line.height;
            }
        }
        column
    }
}

/// What becomes of the figures among strips that stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Floats {
    /// They stand there too.
    Stay,
    /// They wait for the next page.
    Wait,
}

/// Whether a strip may wait for the next page while the text goes on.
fn floats(strip: &Strip) -> bool {
    strip.kind == Kind::Float && strip.keep == Keep::Free
}

/// How many lines of a note of `count` must stand on the page of its mark, so that no single line is
/// left over.
fn least_lines(count: usize) -> usize {
    if count < LEAST_NOTE_LINES * 2 { count } else { LEAST_NOTE_LINES }
}

/// The depth of notes with the rule above them; nothing where there are none.
fn with_rule(depth: Length) -> Length {
    if depth == Length::ZERO { depth } else { depth + ABOVE_NOTES.0 + ABOVE_NOTES.1 }
}
