//! Sheets that are handed out: pages made smaller, with lines for notes.

use crate::manifest::{BookletChoice, Notes};
use crate::profile::Binding;
use crate::units::{Length, Point, Rect, Scale, Size};

use super::chosen::Run;
use super::marks::{horizontal, vertical};
use super::{Frame, Leaf, Mark, Sheets, Side, Stroke, Turn};

/// What stays free around a sheet.
const MARGIN: Length = Length::mm(12.0);
/// Between pages, and between a page and its notes.
const GUTTER: Length = Length::mm(6.0);

/// Puts the pages of a run on upright sheets in `columns` and `rows`, to be read row by row.
pub fn impose(choice: &BookletChoice, trim: Size, run: Run, [columns, rows]: [usize; 2]) -> Sheets {
    let Size { width, height } = choice.printer.sheet;
    let size = Size { width: width.min(height), height: width.max(height) };
    let cells = cells(size, [columns, rows], choice.spine);
    let leaves: Vec<Leaf> = run.pages.into_iter().chain(run.last).flatten().collect();
    let sides = leaves.chunks(cells.len().max(1)).enumerate().map(|(index, leaves)| {
        let mut side = Side { label: (index + 1).to_string(), ..Side::default() };
        for (&leaf, &cell) in leaves.iter().zip(&cells) {
            place(&mut side, choice, trim, leaf, cell);
        }
        side
    });
    Sheets { size, turn: Turn::LongEdge, sides: sides.collect() }
}

/// The places of a side, in the order in which they are read.
fn cells(size: Size, [columns, rows]: [usize; 2], spine: Binding) -> Vec<Rect> {
    let share = |whole: Length, count: usize| {
        let count = i32::try_from(count).unwrap_or(1);
        (whole - MARGIN * 2 - GUTTER * (count - 1)) / count
    };
    let (width, height) = (share(size.width, columns), share(size.height, rows));
    let at = |extent: Length, index: usize| {
        MARGIN + (extent + GUTTER) * i32::try_from(index).unwrap_or(0)
    };
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let cell = |(row, column): (usize, usize)| {
        let column = match spine {
            Binding::Left => column,
            Binding::Right => columns - 1 - column,
        };
        Rect::new(at(width, column), at(height, row), width, height)
    };
    places.map(cell).collect()
}

/// A page in its place with its edge, and the lines for notes on it.
fn place(side: &mut Side, choice: &BookletChoice, trim: Size, leaf: Leaf, cell: Rect) {
    let Size { width, height } = cell.size;
    // Notes take two fifths of the width, or a quarter of the height, or more where a page leaves it.
    let room = match choice.notes {
        Notes::Beside => Size { width: width.fraction(3, 5), height },
        Notes::Below => Size { width, height: height.fraction(3, 4) },
        Notes::Nowhere => cell.size,
    };
    let scale =
        Scale::fitting(trim.width, room.width).min(Scale::fitting(trim.height, room.height));
    let page = Size { width: scale.of(trim.width), height: scale.of(trim.height) };
    let left = match (choice.notes, choice.spine) {
        (Notes::Beside, Binding::Left) => Length::ZERO,
        (Notes::Beside, Binding::Right) => width - page.width,
        (Notes::Below | Notes::Nowhere, _) => (width - page.width) / 2,
    };
    let corner = Point { x: cell.origin.x + left, y: cell.origin.y };
    let clip = Rect { origin: corner, size: page };
    side.frames.push(Frame { leaf, corner, scale, clip });
    side.marks.extend(edge(clip));
    side.marks.extend(lines(choice, cell, clip));
}

/// The edge of a page.
fn edge(page: Rect) -> [Mark; 4] {
    let (left, top) = (page.origin.x, page.origin.y);
    [
        horizontal(top, left, page.right(), Stroke::Edge),
        horizontal(page.bottom(), left, page.right(), Stroke::Edge),
        vertical(left, top, page.bottom(), Stroke::Edge),
        vertical(page.right(), top, page.bottom(), Stroke::Edge),
    ]
}

/// The lines for notes in what a page leaves of its cell.
fn lines(choice: &BookletChoice, cell: Rect, page: Rect) -> Vec<Mark> {
    let (left, right) = (cell.origin.x, cell.right());
    let (top, from, to) = match (choice.notes, choice.spine) {
        (Notes::Nowhere, _) => return Vec::new(),
        (Notes::Below, _) => (page.bottom(), left, right),
        (Notes::Beside, Binding::Left) => (page.origin.y, page.right() + GUTTER, right),
        (Notes::Beside, Binding::Right) => (page.origin.y, left, page.origin.x - GUTTER),
    };
    let bottom = match choice.notes {
        Notes::Beside => page.bottom(),
        Notes::Below | Notes::Nowhere => cell.bottom(),
    };
    let count = (bottom - top).whole(choice.lines.max(Length::pt(1.0)));
    (1..=count).map(|line| horizontal(top + choice.lines * line, from, to, Stroke::Note)).collect()
}
