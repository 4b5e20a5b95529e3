//! What says where to fold, where to cut, and whether a signature is missing.

use super::folded::Bed;
use super::{Mark, Stroke};
use crate::units::{Length, Point};

/// The length of marks.
const LENGTH: Length = Length::mm(4.0);
/// Their distance from what is printed.
const GAP: Length = Length::mm(1.0);
/// The height of a step on the back of a signature.
const STEP: Length = Length::mm(5.0);

/// The fold at head and foot, and the corners of the two pages where there is room around them.
pub fn around(bed: &Bed) -> Vec<Mark> {
    let (fold, foot) = (bed.fold(), bed.size.height);
    let mut marks = vec![
        vertical(fold, Length::ZERO, LENGTH, Stroke::Fold),
        vertical(fold, foot - LENGTH, foot, Stroke::Fold),
    ];
    let beside = bed.fold() - bed.page.width;
    let (above, below) = (bed.head(), bed.head() + bed.page.height);
    let room = |outside: Length| outside >= bed.bleed + GAP + LENGTH;
    let near = |edge: Length| edge - bed.bleed - GAP;
    if room(above) {
        for x in [beside, bed.size.width - beside] {
            let (from, to) = (near(above) - LENGTH, near(above));
            marks.push(vertical(x, from, to, Stroke::Cut));
            marks.push(vertical(x, foot - to, foot - from, Stroke::Cut));
        }
    }
    if room(beside) {
        for y in [above, below] {
            let (from, to) = (near(beside) - LENGTH, near(beside));
            marks.push(horizontal(y, from, to, Stroke::Cut));
            marks.push(horizontal(y, bed.size.width - to, bed.size.width - from, Stroke::Cut));
        }
    }
    marks
}

/// A bar on the back of a signature, a step below that of the one before; from the foot on again at
/// the head. None for a book of one signature.
pub fn step(bed: &Bed, signature: usize, signatures: usize) -> Option<Mark> {
    let free = bed.page.height - STEP * 8;
    if signatures < 2 || free < STEP {
        return None;
    }
    let steps = usize::try_from(free.whole(STEP)).unwrap_or(1).max(1);
    let down = i32::try_from(signature % steps).unwrap_or(0);
    let from = bed.head() + STEP * 4 + STEP * down;
    Some(vertical(bed.fold(), from, from + STEP, Stroke::Collation))
}

/// A line down the sheet.
pub fn vertical(x: Length, from: Length, to: Length, stroke: Stroke) -> Mark {
    Mark { from: Point { x, y: from }, to: Point { x, y: to }, stroke }
}

/// A line across it.
pub fn horizontal(y: Length, from: Length, to: Length, stroke: Stroke) -> Mark {
    Mark { from: Point { x: from, y }, to: Point { x: to, y }, stroke }
}
