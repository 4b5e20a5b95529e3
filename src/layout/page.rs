//! Finished pages as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::starts::PageStart;
use super::structure::{Element, ElementId, Tag};
use crate::book::{AnchorId, Extent, PictureId};
use crate::font::FaceId;
use crate::profile::Sheet;
use crate::script::{Numerals, Rules};
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
    /// The back cover, where the book has one.
    pub back: Option<Page>,
    /// What the pages tell of the book.
    pub extent: Extent,
    /// Bookmarks, in order; an entry belongs to the last one of a lower level before it.
    pub outline: Vec<Bookmark>,
    /// Where each anchor stands.
    pub places: BTreeMap<AnchorId, PagePlace>,
    /// Where in the book each page begins; none for a blank one, and for one that shows nothing of
    /// the text but what belongs to another page.
    pub starts: Vec<Option<PageStart>>,
    /// What the items on the pages are, from the root on.
    pub structure: Vec<Element>,
    /// How wide the spine in the middle of a cover sheet is; none of a book's own pages.
    pub spine: Option<Length>,
}

impl Layout {
    /// The covers and the pages between them.
    pub fn sides(&self) -> impl Iterator<Item = &Page> {
        std::iter::once(&self.cover).chain(&self.pages).chain(&self.back)
    }

    /// The characters that each face sets.
    pub fn characters(&self) -> BTreeMap<FaceId, BTreeSet<char>> {
        let mut set: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
        for page in self.sides() {
            for item in &page.items {
                let Item::Glyphs(run) = item else { continue };
                let characters = set.entry(run.face).or_default();
                for glyph in page.glyphs_of(run) {
                    let start = glyph.text_start as usize;
                    let text = page.text.get(start..start + usize::from(glyph.text_length));
                    characters.extend(text.unwrap_or_default().chars());
                }
            }
        }
        set
    }

    /// The number of the page with an anchor.
    pub fn folio(&self, anchor: AnchorId) -> Option<Folio> {
        self.pages.get(self.places.get(&anchor)?.page)?.folio
    }
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
    /// Its number as printed and as a viewer names it; none for covers.
    pub folio: Option<Folio>,
    /// What stands on it, from back to front and in reading order.
    pub items: Vec<Item>,
    /// The glyphs of its runs.
    pub glyphs: Vec<Glyph>,
    /// The characters of its glyphs.
    pub text: String,
    /// The elements that links lead to, with their distance from the head of the page.
    pub landings: Vec<(ElementId, Length)>,
}

impl Page {
    /// The glyphs of a run.
    pub fn glyphs_of(&self, run: &GlyphRun) -> &[Glyph] {
        let range = run.glyphs.start as usize..run.glyphs.end as usize;
        self.glyphs.get(range).unwrap_or_default()
    }
}

/// The number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folio {
    /// Roman in the front matter, arabic in the text.
    pub numerals: Numerals,
    /// From 1 in each.
    pub number: usize,
}

impl Folio {
    /// As it is printed on its page.
    pub fn printed(self) -> String {
        self.numerals.write(self.number)
    }

    /// As a text speaks of it: `第57页`.
    pub fn words(self, rules: &Rules) -> String {
        rules.labels.page.replace("{}", &self.printed())
    }
}

/// Something on a page. In a galley, which knows no pages, its places `P` and rectangles `R` are of
/// another kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Item<P = Point, R = Rect> {
    /// Glyphs of one face on one baseline.
    Glyphs(GlyphRun<P>),
    /// A filled rectangle.
    Rule {
        /// Where.
        rect: R,
        /// In what.
        ink: Ink,
    },
    /// A wavy line, as wide and as high as a rectangle.
    Wave {
        /// Where.
        rect: R,
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
        rect: R,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// A rectangle that leads somewhere.
    Link {
        /// Where it is.
        rect: R,
        /// Where it leads.
        target: Destination,
    },
    /// What the items after it, up to the next, belong to.
    Tag(Tag),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To an anchor of the book.
    Anchor(AnchorId),
    /// Out of it.
    Url(String),
    /// To an element: from a note's mark to the note, and back.
    Element {
        /// Which.
        id: ElementId,
        /// The note's mark.
        label: String,
    },
}

impl<P: Copy, R: Copy> Item<P, R> {
    /// The same item elsewhere: `point` gives where its baseline begins, `rect` its rectangle.
    pub(super) fn placed<Q, S>(
        &self,
        point: impl FnOnce(P) -> Q,
        rect: impl FnOnce(R) -> S,
    ) -> Item<Q, S> {
        match self {
            Self::Glyphs(run) => Item::Glyphs(GlyphRun {
                face: run.face,
                size: run.size,
                origin: point(run.origin),
                ink: run.ink,
                glyphs: run.glyphs.clone(),
            }),
            Self::Rule { rect: from, ink } => Item::Rule { rect: rect(*from), ink: *ink },
            Self::Wave { rect: from, thickness, ink } => {
                Item::Wave { rect: rect(*from), thickness: *thickness, ink: *ink }
            }
            Self::Picture { picture, rect: from, alt } => {
                Item::Picture { picture: *picture, rect: rect(*from), alt: alt.clone() }
            }
            Self::Link { rect: from, target } => {
                Item::Link { rect: rect(*from), target: target.clone() }
            }
            Self::Tag(tag) => Item::Tag(*tag),
        }
    }
}

/// Glyphs of one face, size and ink on one baseline, which starts at a place `P`.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun<P = Point> {
    /// The face.
    pub face: FaceId,
    /// The size: one em.
    pub size: Length,
    /// The start of the baseline.
    pub origin: P,
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
    /// Distance of its origin from the start of the run, along the baseline.
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
