//! Imposition: pages become sheets, to be printed on both sides and folded, or to be handed out; and the
//! cover around them.
//!
//! ```text
//! layout ─ pages chosen ─ signatures ─ sides of sheets, each page in a frame with its marks
//! ```
//!
//! Sheets are plain data. A [`Frame`] says which page stands where, how large and how much of it is
//! seen; no page is copied. The writer draws each from the layout, once.

mod chosen;
mod cover;
mod folded;
mod handout;
mod marks;
mod order;
#[cfg(test)]
mod tests;

pub use cover::{CoverSheet, cover};

use crate::book::Book;
use crate::diag::{Outcome, Sink};
use crate::layout::{Layout, Page};
use crate::manifest::BookletKind;
use crate::units::{Point, Rect, Scale, Size};

/// Sheets that are printed on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// Each of them, as its sides are read.
    pub size: Size,
    /// How it is turned to its back.
    pub turn: Turn,
    /// Fronts and backs in turn.
    pub sides: Vec<Side>,
}

/// How a sheet is turned to its back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Around its short edge.
    ShortEdge,
    /// Around its long edge.
    LongEdge,
}

/// A side of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// What viewers call it: `3b` is the back of the third sheet.
    pub label: String,
    /// The pages on it.
    pub frames: Vec<Frame>,
    /// What is drawn around them.
    pub marks: Vec<Mark>,
}

/// A page on a side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Which.
    pub leaf: Leaf,
    /// Where the top-left corner of its trim comes to stand.
    pub corner: Point,
    /// How large it is.
    pub scale: Scale,
    /// What of the sheet it may cover.
    pub clip: Rect,
}

/// A page of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// The front cover.
    Cover,
    /// One of [`Layout::pages`].
    Page(usize),
    /// The back cover.
    Back,
}

impl Leaf {
    /// The page itself; none of a book that has no such page.
    pub fn page(self, layout: &Layout) -> Option<&Page> {
        match self {
            Self::Cover => Some(&layout.cover),
            Self::Page(index) => layout.pages.get(index),
            Self::Back => layout.back.as_ref(),
        }
    }
}

/// A straight line on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What it says.
    pub stroke: Stroke,
}

/// What a line on a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Cut here.
    Cut,
    /// Fold here.
    Fold,
    /// This is the back of a signature; steps from one to the next show that none is missing.
    Collation,
    /// A page ends here.
    Edge,
    /// Write here.
    Note,
}

/// Puts the pages that the book's booklet has on its sheets.
///
/// # Errors
/// There are no such pages, or they are too large for the sheets.
pub fn impose(book: &Book, layout: &Layout, sink: &mut Sink) -> Outcome<Sheets> {
    let choice = &book.booklet;
    let run = chosen::run(book, layout, sink)?;
    let sheets = match choice.kind {
        BookletKind::Saddle | BookletKind::Gathered => {
            folded::impose(choice, &layout.sheet, run, sink)?
        }
        BookletKind::HandoutTwo => handout::impose(choice, layout.sheet.trim, run, [1, 2]),
        BookletKind::HandoutFour => handout::impose(choice, layout.sheet.trim, run, [2, 2]),
    };
    sink.settle(sheets)
}
