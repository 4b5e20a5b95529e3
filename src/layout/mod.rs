//! Typesetting: a resolved book becomes pages of placed glyphs, rules and pictures.
//!
//! ```text
//! inlines → runs → shaped glyphs → boxes, glue, penalties → lines → blocks → pages
//! ```

mod page;

pub use page::{Bookmark, Folio, Glyph, GlyphRun, Ink, Item, Layout, Page, PagePlace};
