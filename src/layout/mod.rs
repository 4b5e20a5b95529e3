//! Typesetting: a resolved book becomes pages of placed glyphs, rules and pictures.
//!
//! ```text
//! inlines → flow → atoms and gaps → lines (optimal ends) → strips → columns → pages
//! ```
//!
//! Lines, strips and columns know the inline and the block direction alone (`axis`); where a column
//! is copied onto its page, the direction of writing makes `x` and `y` of them.
//!
//! [`lay_out`] sets the chapters side by side in parallel; only the numbering of the pages waits
//! for all of them. Nothing here depends on what the pages are for: every product draws the same.

mod atoms;
mod axis;
mod blocks;
mod breaks;
mod chars;
mod code;
mod compose;
mod figures;
mod flow;
mod folios;
mod front;
mod gaps;
mod gloss;
mod imprint;
mod index;
mod itemize;
mod lists;
mod order;
mod page;
mod paginate;
mod records;
mod refit;
mod ruby;
mod set;
mod shape;
mod starts;
mod structure;
mod style;
mod tables;
#[cfg(test)]
mod tests;
mod volume;
mod words;

pub use index::locators;
pub use page::{Bookmark, Destination, Folio, Glyph, GlyphRun, Ink, Item, Layout, Page, PagePlace};
pub use starts::{Division, PageStart, TextPlace};
pub use structure::{Artifact, Element, ElementId, Labels, Role, Tag};
pub use volume::lay_out;
