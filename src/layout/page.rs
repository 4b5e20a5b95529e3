//! Finished pages as plain data.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::{AnchorId, PictureId, Target};
use crate::font::FaceId;
use crate::profile::Sheet;
use crate::script::Numerals;
use crate::units::{Length, Point, Rect};

/// A book set in pages.
#[derive(Debug)]
pub struct Layout {
    /// The paper and its type area.
    pub sheet: Sheet,
    /// The front cover, which screens show and the press makes apart.
    pub cover: Page,
    /// The pages between the covers, the first a recto.
    pub pages: Vec<Page>,
    /// Bookmarks, in order; an entry belongs to the last one of a lower level before it.
    pub outline: Vec<Bookmark>,
    /// Where each anchor stands.
    pub places: BTreeMap<AnchorId, PagePlace>,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// 1 for chapters and other divisions of the book, more below.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub place: PagePlace,
}

/// A place in [`Layout::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagePlace {
    /// The page, counted from 0.
    pub page: usize,
    /// Distance from the head of the page.
    pub y: Length,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its number as printed and as a viewer names it; none for the cover.
    pub folio: Option<Folio>,
    /// What stands on it, from back to front and in reading order.
    pub items: Vec<Item>,
    /// The glyphs of its runs.
    pub glyphs: Vec<Glyph>,
    /// The characters of its glyphs.
    pub text: String,
}

/// The number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folio {
    /// Roman in the front matter, arabic in the text.
    pub numerals: Numerals,
    /// From 1 in each.
    pub number: usize,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Glyphs of one face on one baseline.
    Glyphs(GlyphRun),
    /// A filled rectangle.
    Rule {
        /// Where.
        rect: Rect,
        /// In what.
        ink: Ink,
    },
    /// A wavy line, as wide and as high as a rectangle.
    Wave {
        /// Where.
        rect: Rect,
        /// How thick the line itself is.
        thickness: Length,
        /// In what.
        ink: Ink,
    },
    /// A picture, scaled to a rectangle.
    Picture {
        /// Which.
        picture: PictureId,
        /// Where.
        rect: Rect,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// A rectangle that leads somewhere.
    Link {
        /// Where it is.
        rect: Rect,
        /// Where it leads.
        target: Target,
    },
}

impl Item {
    /// The same item `by` so much further from the left and from the head.
    pub fn moved(&self, by: Point) -> Self {
        let mut item = self.clone();
        let origin = match &mut item {
            Self::Glyphs(run) => &mut run.origin,
            Self::Rule { rect, .. }
            | Self::Wave { rect, .. }
            | Self::Picture { rect, .. }
            | Self::Link { rect, .. } => &mut rect.origin,
        };
        *origin = Point { x: origin.x + by.x, y: origin.y + by.y };
        item
    }
}

/// Glyphs of one face, size and ink on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The size: one em.
    pub size: Length,
    /// The start of the baseline.
    pub origin: Point,
    /// The ink.
    pub ink: Ink,
    /// Which of [`Page::glyphs`].
    pub glyphs: Range<u32>,
}

/// A glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The glyph in its face.
    pub id: u16,
    /// Bytes of [`Page::text`] that it stands for; every byte belongs to exactly one glyph, and a
    /// glyph that continues another's characters has none.
    pub text_length: u16,
    /// First of those bytes.
    pub text_start: u32,
    /// Distance of its origin from the start of the run.
    pub x: Length,
}

/// What a thing is drawn in; products give it a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The text's own black.
    Text,
    /// The accent: numbers, rules of openings.
    Accent,
    /// The words of a link.
    Link,
    /// A quiet grey for folios and running heads.
    Quiet,
    /// The ground behind code.
    Ground,
}
