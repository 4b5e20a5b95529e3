//! The cover sheet as one drawing: back, spine and front side by side, with what bleeds.

use super::canvas::{Bleed, Canvas};
use super::spine::{self, Lettering};
use super::{Art, back, front_on};
use crate::font::Fonts;
use crate::profile::Binding;
use crate::script::Rules;
use crate::units::{Length, Size};

/// The measures of a cover sheet.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// The trimmed page.
    pub trim: Size,
    /// The width of the spine.
    pub spine: Length,
    /// How far all is printed beyond the edges.
    pub bleed: Length,
    /// What stands on the spine.
    pub lettering: Lettering,
}

/// The sheet as an SVG; the front is left out where it is a picture.
pub fn draw(art: &Art, measures: &Measures, rules: &'static Rules, fonts: &Fonts) -> String {
    let Measures { trim, spine, bleed, lettering } = *measures;
    let [width, height, spine, bleed] = [trim.width, trim.height, spine, bleed].map(Length::as_pt);
    let all = Bleed { left: bleed, right: bleed, ends: bleed };
    let left = Bleed { right: 0.0, ..all };
    let right = Bleed { left: 0.0, ..all };
    let canvas =
        |width: f64, bleed: Bleed| Canvas::new(width, height, rules, fonts).bleeding(bleed);
    // From the left: the panel that lies open on the right is the last.
    let (of_back, of_front) = match art.binding {
        Binding::Left => ((0.0, left), (width + spine, right)),
        Binding::Right => ((width + spine, right), (0.0, left)),
    };
    let mut sheet = canvas(2.0 * width + spine, all);
    let mut panel = canvas(width, of_back.1);
    // A blurb that has no room was told when the book was resolved.
    back::draw(&mut panel, &art.back, art.palette);
    sheet.place(of_back.0, &panel);
    if !art.has_picture {
        let mut panel = canvas(width, of_front.1);
        front_on(&mut panel, art);
        sheet.place(of_front.0, &panel);
    }
    if spine > 0.0 {
        let mut panel = canvas(spine, Bleed { left: 0.0, right: 0.0, ends: bleed });
        spine::draw(&mut panel, art, width, lettering);
        sheet.place(width, &panel);
    }
    sheet.finish()
}
