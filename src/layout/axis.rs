//! The two directions of writing: along a line, and from line to line.
//!
//! Lines, strips and columns are set in these alone, which are the same for every way to write. Only
//! [`Direction`] says where on a page they are, when a column is copied onto it.

use std::ops::Add;

use super::page::Item;
use crate::units::{Length, Point, Rect};

/// A place in the type area (版心), or in a piece of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// In the inline direction: along the line, from the edge where lines begin.
    pub inline: Length,
    /// In the block direction: across the lines, from the edge where the first of them stands.
    pub block: Length,
}

impl Add for Spot {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { inline: self.inline + other.inline, block: self.block + other.block }
    }
}

/// A rectangle in the type area, or in a piece of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The corner where it begins in both directions.
    pub at: Spot,
    /// Extent along the line.
    pub length: Length,
    /// Extent across the lines.
    pub depth: Length,
}

impl Area {
    /// The area that begins at `inline`, `block`.
    pub const fn new(inline: Length, block: Length, length: Length, depth: Length) -> Self {
        Self { at: Spot { inline, block }, length, depth }
    }

    /// The same area, begun `by` so much further on.
    pub fn moved(self, by: Spot) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// Something drawn, before it stands on a page.
pub type Drawn = Item<Spot, Area>;

impl Drawn {
    /// The same, `by` so much further on.
    pub fn moved(&self, by: Spot) -> Self {
        self.placed(|spot| spot + by, |area| area.moved(by))
    }
}

/// How the lines of a book run: what makes places in its type area places on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, one below the other (横排).
    Horizontal,
}

impl Direction {
    /// Where a spot of `type_area` is on the page.
    pub fn point(self, type_area: Rect, spot: Spot) -> Point {
        let Point { x, y } = type_area.origin;
        match self {
            Self::Horizontal => Point { x: x + spot.inline, y: y + spot.block },
        }
    }

    /// Where an area of `type_area` is on the page.
    pub fn rect(self, type_area: Rect, area: Area) -> Rect {
        let Point { x, y } = self.point(type_area, area.at);
        match self {
            Self::Horizontal => Rect::new(x, y, area.length, area.depth),
        }
    }
}
