//! Whether pictures are fine enough for what prints them.

use std::collections::BTreeMap;

use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Message};
use crate::image::{Kind, Picture, Tones};
use crate::layout::{Item, Layout};
use crate::message;
use crate::profile::Resolution;
use crate::units::{Length, Size};

use super::appearance::Appearance;
use super::picture;

/// Pixels an inch below which a reader sees them one by one.
const COARSE: u16 = 72;

/// What is said of the pictures that a product shows at fewer pixels an inch than its printer asks
/// for: once of each, at the largest size that it has.
pub fn check(book: &Book, layout: &Layout, appearance: &Appearance) -> Vec<Diagnostic> {
    let mut largest: BTreeMap<PictureId, Size> = BTreeMap::new();
    for item in picture::pages(layout, appearance).flat_map(|page| &page.items) {
        if let Item::Picture { picture, rect, .. } = item {
            let size = largest.entry(*picture).or_default();
            if rect.size.width > size.width {
                *size = rect.size;
            }
        }
    }
    let resolution = appearance.printer.resolution;
    let findings = largest.into_iter().filter_map(|(id, size)| {
        let (code, message, hint) = verdict(book.picture(id), size, resolution)?;
        Some(Diagnostic::new(code, book.place(id).clone(), message).hint(hint))
    });
    findings.collect()
}

/// What is wrong with a picture at a size, and what would be right.
fn verdict(
    picture: &Picture,
    size: Size,
    resolution: Resolution,
) -> Option<(Code, Message, Message)> {
    let (pixels, tones) = match &picture.kind {
        Kind::Jpeg { pixels, .. } => (*pixels, Tones::Many),
        Kind::Png { pixels, tones, .. } => (*pixels, *tones),
        Kind::Drawing(_) => return None,
    };
    let (limit, kind) = match tones {
        Tones::Many => (resolution.pictures, "pictures"),
        Tones::None => (resolution.line_art, "line art"),
    };
    let an_inch = |pixels: u32, side: Length| f64::from(pixels) * 72.0 / side.as_pt().max(0.01);
    let found = an_inch(pixels.0, size.width).min(an_inch(pixels.1, size.height));
    if found.round() >= f64::from(limit) {
        return None;
    }
    let code =
        if found < f64::from(COARSE.min(limit)) { Code::TooCoarse } else { Code::LowResolution };
    let width = size.width.as_mm();
    let message = message!(
        "this picture is {width} mm wide and has {found} dpi there; the printer asks for \
         {limit} dpi of {kind}",
        width = format!("{:.1}", width),
        found = format!("{:.0}", found),
        limit,
        kind = Message::from(kind)
    );
    let factor = f64::from(limit) / found;
    // Rounded down and up, so that what is said passes.
    let [across, down] = [pixels.0, pixels.1].map(|side| (f64::from(side) * factor).ceil());
    let hint = message!(
        "it passes at a width of {floor} mm, or with {across} × {down} pixels",
        floor = format!("{:.1}", (width / factor * 10.0).floor() / 10.0),
        across,
        down
    );
    Some((code, message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 600 × 300 pixels at a width in millimetres.
    fn at(width: f64, tones: Tones) -> Option<String> {
        let kind = Kind::Png { pixels: (600, 300), tones, profile: None };
        let picture = Picture { bytes: Vec::new().into(), kind, size: Size::default() };
        let size = Size { width: Length::mm(width), height: Length::mm(width / 2.0) };
        let resolution = Resolution { pictures: 300, line_art: 600 };
        verdict(&picture, size, resolution).map(|(code, message, hint)| {
            format!("{code}: {}; {}", message.english(), hint.english())
        })
    }

    #[test]
    fn a_picture_may_be_as_wide_as_its_pixels_reach() {
        assert_eq!(at(50.8, Tones::Many), None);
        assert_eq!(
            at(60.0, Tones::Many).unwrap(),
            "low-resolution: this picture is 60.0 mm wide and has 254 dpi there; the printer asks \
             for 300 dpi of pictures; it passes at a width of 50.8 mm, or with 709 × 355 pixels"
        );
        assert_eq!(
            at(50.8, Tones::None).unwrap(),
            "low-resolution: this picture is 50.8 mm wide and has 300 dpi there; the printer asks \
             for 600 dpi of line art; it passes at a width of 25.4 mm, or with 1200 × 600 pixels"
        );
    }

    #[test]
    fn a_picture_whose_pixels_can_be_counted_is_refused() {
        assert!(at(211.0, Tones::Many).unwrap().starts_with("low-resolution: "));
        assert!(at(212.0, Tones::Many).unwrap().starts_with("too-coarse: "));
        assert!(at(1693.0, Tones::Many).unwrap().contains(" has 9 dpi "));
    }

    #[test]
    fn a_screen_asks_for_nothing() {
        let kind = Kind::Png { pixels: (1, 1), tones: Tones::Many, profile: None };
        let picture = Picture { bytes: Vec::new().into(), kind, size: Size::default() };
        let size = Size { width: Length::mm(100.0), height: Length::mm(100.0) };
        assert_eq!(verdict(&picture, size, crate::profile::SCREEN.resolution), None);
    }
}
