//! How each product looks and what it carries: one row of data each.

use crate::image::Rgb;
use crate::layout::Ink;
use crate::profile::Product;

use super::intent::{Intent, SRGB};
use super::metadata::{Claim, PDF_A_2A, PDF_UA_1};
use super::syntax::decimal;

/// What the writer does for one product. Inks are operators for the colour of fills
/// (ISO 32000-1, 8.6.8); an ink without one draws nothing.
pub struct Appearance {
    /// The version in the file's header.
    pub version: &'static str,
    /// How a viewer lays out pages at first (table 28).
    pub page_layout: &'static str,
    /// Whether the front cover is the first page.
    pub cover: bool,
    /// Whether links can be followed.
    pub links: bool,
    /// Whether the file says what its contents are (ISO 32000-1, 14.7).
    pub tagged: bool,
    /// What its colours are meant for.
    pub intent: Option<&'static Intent>,
    /// The standards that it keeps.
    pub claims: &'static [Claim],
    /// The colours of drawings.
    pub colours: Colours,
    text: Option<&'static str>,
    accent: Option<&'static str>,
    link: Option<&'static str>,
    quiet: Option<&'static str>,
    ground: Option<&'static str>,
}

/// Which colours a drawing keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// All.
    All,
    /// Their greys.
    Grey,
}

/// For reading on a screen. The accent is `#9d2f22`, 7.4:1 on white; links are `#1f4e79`, 8.6:1.
static SCREEN: Appearance = Appearance {
    version: "1.7",
    page_layout: "SinglePage",
    cover: true,
    links: true,
    tagged: true,
    intent: Some(&SRGB),
    claims: &[PDF_A_2A, PDF_UA_1],
    colours: Colours::All,
    text: Some("0 g\n"),
    accent: Some("0.616 0.184 0.133 rg\n"),
    link: Some("0.616 0.184 0.133 rg\n"),
    quiet: Some("0.35 g\n"),
    ground: Some("0.95 g\n"),
};

/// For the press: one ink, nothing that asks for a screen.
static PRINT: Appearance = Appearance {
    version: "1.6",
    page_layout: "TwoPageRight",
    cover: false,
    links: false,
    tagged: false,
    intent: None,
    claims: &[],
    colours: Colours::Grey,
    text: Some("0 g\n"),
    accent: Some("0 g\n"),
    link: Some("0 g\n"),
    quiet: Some("0.3 g\n"),
    ground: None,
};

impl Appearance {
    /// The row of a product; none for one that is no PDF.
    pub fn of(product: Product) -> Option<&'static Self> {
        match product {
            Product::Epub => None,
            Product::Screen => Some(&SCREEN),
            Product::Print => Some(&PRINT),
        }
    }

    /// The operator that sets `ink`.
    pub fn ink(&self, ink: Ink) -> Option<&'static str> {
        match ink {
            Ink::Text => self.text,
            Ink::Accent => self.accent,
            Ink::Link => self.link,
            Ink::Quiet => self.quiet,
            Ink::Ground => self.ground,
        }
    }
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Painting {
    /// Filling.
    Fill,
    /// Stroking.
    Stroke,
}

impl Colours {
    /// Writes the operator for `colour`: grey where it is one or must become one by the rule of
    /// ISO 32000-1, 10.3.2, else RGB.
    pub fn write(self, out: &mut Vec<u8>, colour: Rgb, painting: Painting) {
        let [red, green, blue] = [colour.0, colour.1, colour.2].map(i64::from);
        let neutral = red == green && green == blue;
        let (components, operators) = match self {
            Self::All if !neutral => (vec![red * 1000, green * 1000, blue * 1000], ["rg", "RG"]),
            Self::All | Self::Grey => (vec![300 * red + 590 * green + 110 * blue], ["g", "G"]),
        };
        for component in components {
            decimal(out, (component + 127) / 255, 3);
            out.push(b' ');
        }
        let [fill, stroke] = operators;
        out.extend_from_slice(match painting {
            Painting::Fill => fill.as_bytes(),
            Painting::Stroke => stroke.as_bytes(),
        });
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_becomes_grey_only_where_it_must() {
        let written = |colours: Colours, colour, painting| {
            let mut out = Vec::new();
            colours.write(&mut out, colour, painting);
            String::from_utf8(out).unwrap()
        };
        let red = Rgb(255, 0, 51);
        assert_eq!(written(Colours::All, red, Painting::Fill), "1 0 0.2 rg\n");
        assert_eq!(written(Colours::Grey, red, Painting::Stroke), "0.322 G\n");
        assert_eq!(written(Colours::All, Rgb(51, 51, 51), Painting::Fill), "0.2 g\n");
        assert_eq!(written(Colours::Grey, Rgb(255, 255, 255), Painting::Fill), "1 g\n");
    }
}
