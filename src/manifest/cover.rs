//! `cover = "file"` or `[cover]`: the two covers of the book.

use std::ops::Range;

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Text};
use super::spine;
use super::{CoverChoice, CoverDesign, Located, Palette};
use crate::diag::{Code, Message};
use crate::message;
use crate::profile::Covers;

/// The words that ask for designs.
const DESIGNS: [(&str, CoverDesign); 3] =
    [("leaf", CoverDesign::Leaf), ("slip", CoverDesign::Slip), ("field", CoverDesign::Field)];

/// The least contrast of words and their ground (WCAG 2.2, 1.4.3). Titles could do with 3, but each
/// pair has small words too: date and publisher, and the spine's.
const LEAST: f64 = 4.5;

impl Reader<'_> {
    /// What the covers are made of.
    pub fn cover(&mut self, given: Option<Spanned<raw::Cover>>, covers: &Covers) -> CoverChoice {
        let usual = CoverChoice { spine: spine::usual(covers), ..CoverChoice::default() };
        let Some(given) = given else { return usual };
        let at = given.span();
        match given.into_inner() {
            raw::Brief::Word(file) => {
                let picture = self.path("cover", &Spanned::new(at, file));
                CoverChoice { picture, ..usual }
            }
            raw::Brief::Table(table) => self.cover_table(*table, covers),
        }
    }

    fn cover_table(&mut self, table: raw::CoverTable, covers: &Covers) -> CoverChoice {
        let raw::CoverTable { file, design, ink, paper, accent, blurb, spine } = table;
        if let (Some(_), Some(design)) = (&file, &design) {
            let message = "a cover is a picture, or drawn by a design";
            let hint = "keep one of `file` and `design`";
            self.report(Code::BadValue, design.span(), message).hint(hint);
        }
        let design = design.and_then(|given| self.choose("design", &given, &DESIGNS));
        let design = design.unwrap_or_default();
        let own = design.palette();
        let [of_ink, of_paper, of_accent] =
            [&ink, &paper, &accent].map(|key| key.as_ref().map(Text::span));
        let palette = Palette {
            ink: self.colour("ink", ink, own.ink),
            paper: self.colour("paper", paper, own.paper),
            accent: self.colour("accent", accent, own.accent),
        };
        let Palette { ink, paper, accent } = palette;
        self.legible("`ink` on `paper`", [ink, paper], of_ink.or_else(|| of_paper.clone()));
        if file.is_none() {
            // No words stand on the bands beside a picture.
            self.legible("`paper` on `accent`", [paper, accent], of_accent.or(of_paper));
        }
        CoverChoice {
            picture: file.and_then(|file| self.path("file", &file)),
            design,
            palette,
            blurb: self.blurb(blurb),
            spine: self.spine(spine, covers),
        }
    }

    /// What the back says.
    fn blurb(&mut self, given: Option<Text>) -> Option<Located<String>> {
        let span = self.span(given.as_ref()?.span());
        let value = self.optional_lines("blurb", given);
        (!value.is_empty()).then_some(Located { value, span })
    }

    /// A colour as `#rrggbb`.
    fn colour(&mut self, key: &str, given: Option<Text>, own: [u8; 3]) -> [u8; 3] {
        let Some(given) = given else { return own };
        let digits = given.get_ref().strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(colour) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            let message = message!("`{key}` cannot be `{given}`", key, given = given.get_ref());
            self.report(Code::BadValue, given.span(), message).hint("write it as `#9d2f22`");
            return own;
        };
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    }

    /// Reports words that cannot be read on their ground, at a key of the two that is given.
    fn legible(&mut self, pair: &'static str, colours: [[u8; 3]; 2], at: Option<Range<usize>>) {
        let contrast = contrast(colours[0], colours[1]);
        let Some(at) = at.filter(|_| contrast < LEAST) else { return };
        let message = message!(
            "{pair} has a contrast of {contrast} to 1",
            pair = Message::from(pair),
            // Cut, not rounded: 4.49 is not 4.5.
            contrast = format!("{:.1}", (contrast * 10.0).floor() / 10.0)
        );
        let hint = "small words like date and publisher are read easily from 4.5 to 1 on";
        self.report(Code::BadValue, at, message).hint(hint);
    }
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2).
fn contrast(first: [u8; 3], second: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let linear = colour.map(|value| match f64::from(value) / 255.0 {
            value if value <= 0.04045 => value / 12.92,
            value => ((value + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
        for design in DESIGNS.map(|(_, design)| design) {
            let palette = design.palette();
            assert!(contrast(palette.ink, palette.paper) >= 7.0, "{design:?}");
            assert!(contrast(palette.paper, palette.accent) >= LEAST, "{design:?}");
        }
    }
}
