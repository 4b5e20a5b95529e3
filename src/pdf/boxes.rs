//! The boxes of a page (ISO 32000-1, 14.11.2): the sheet, the bleed and the trim, one in the other.

use lopdf::{Dictionary, Object};

use crate::layout::Layout;
use crate::profile::Printer;
use crate::units::{Length, Point, Size};

use super::syntax::{length, points};

/// Decimals of coordinates in points.
const PLACE: u32 = 3;

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
    /// The spine in the middle of a cover sheet.
    pub spine: Option<Length>,
}

impl Boxes {
    /// The boxes of the pages of `layout` that `printer` trims.
    pub fn new(layout: &Layout, printer: &Printer) -> Self {
        let trim = layout.sheet.trim;
        let (surround, media) = (printer.surround(), printer.media(trim));
        Self { trim, bleed: printer.bleed, surround, media, spine: layout.spine }
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

    /// Keeps what follows within the bleed (8.5.4).
    pub fn clip(&self, out: &mut Vec<u8>) {
        let near = self.surround - self.bleed;
        let beyond = |extent| extent + self.bleed * 2;
        for side in [near, near, beyond(self.trim.width), beyond(self.trim.height)] {
            length(out, side, PLACE);
        }
        out.extend_from_slice(b"re W n\n");
    }

    /// A place on the trimmed page, counted from the lower left corner of the sheet upwards.
    pub fn on_sheet(&self, place: Point) -> Point {
        Point { x: self.surround + place.x, y: self.surround + self.trim.height - place.y }
    }
}
