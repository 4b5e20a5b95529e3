//! The boxes of a page (ISO 32000-1, 14.11.2): the sheet, the bleed and the trim, one in the other.

use lopdf::{Dictionary, Object};

use crate::profile::Printer;
use crate::units::{Length, Point, Size};

use super::syntax::points;

/// The boxes that all pages of a file have.
#[derive(Clone, Copy)]
pub struct Boxes {
    /// The trimmed page.
    pub trim: Size,
    /// How far the bleed reaches beyond it.
    pub bleed: Length,
    /// How far the sheet reaches beyond it.
    pub surround: Length,
    /// The sheet.
    pub media: Size,
}

impl Boxes {
    /// The boxes of pages that `printer` trims to `trim`.
    pub fn new(trim: Size, printer: &Printer) -> Self {
        let (surround, media) = (printer.surround(), printer.media(trim));
        Self { trim, bleed: printer.bleed, surround, media }
    }

    /// Says the boxes in the dictionary of a page. Where the sheet is the page there is no bleed.
    pub fn set(&self, page: &mut Dictionary) {
        page.set("MediaBox", self.outside(self.surround));
        if self.surround > Length::ZERO {
            page.set("BleedBox", self.outside(self.bleed));
        }
        page.set("TrimBox", self.outside(Length::ZERO));
    }

    /// The box that reaches `beyond` the trim, from the lower left corner of the sheet.
    fn outside(&self, beyond: Length) -> Vec<Object> {
        let near = self.surround - beyond;
        let far = |extent| self.surround + extent + beyond;
        vec![
            points(near),
            points(near),
            points(far(self.trim.width)),
            points(far(self.trim.height)),
        ]
    }

    /// A place on the trimmed page, counted from the lower left corner of the sheet upwards.
    pub fn on_sheet(&self, place: Point) -> Point {
        Point { x: self.surround + place.x, y: self.surround + self.trim.height - place.y }
    }
}
