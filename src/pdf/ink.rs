//! What colour an ink has in each product.

use super::number::operation;
use crate::image::Rgb;
use crate::layout::Ink;
use crate::profile::Product;

/// A colour as a product can have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Colour {
    /// From 0, black, to 1, white.
    Grey(f64),
    /// Red, green and blue from 0 to 1.
    Rgb([f64; 3]),
    /// Not drawn at all.
    Nothing,
}

impl Colour {
    /// The colour of an ink.
    pub fn of(ink: Ink, product: Product) -> Self {
        match (product, ink) {
            (_, Ink::Text) => Self::Grey(0.0),
            (Product::Screen | Product::Epub, Ink::Accent) => Self::screen(Rgb(0x9D, 0x2F, 0x22)),
            (Product::Screen | Product::Epub, Ink::Link) => Self::screen(Rgb(0x1F, 0x4E, 0x79)),
            (Product::Screen | Product::Epub, Ink::Quiet) => Self::Grey(0.35),
            (Product::Screen | Product::Epub, Ink::Ground) => Self::Grey(0.95),
            (Product::Print, Ink::Accent | Ink::Link) => Self::Grey(0.0),
            (Product::Print, Ink::Quiet) => Self::Grey(0.25),
            (Product::Print, Ink::Ground) => Self::Nothing,
        }
    }

    /// The colour of a drawing: as it is on a screen, as bright as it is in print.
    pub fn drawn(rgb: Rgb, product: Product) -> Self {
        match product {
            Product::Screen | Product::Epub => Self::screen(rgb),
            Product::Print => Self::Grey(luminance(rgb)),
        }
    }

    fn screen(Rgb(red, green, blue): Rgb) -> Self {
        if red == green && green == blue {
            return Self::Grey(f64::from(red) / 255.0);
        }
        Self::Rgb([red, green, blue].map(|part| f64::from(part) / 255.0))
    }

    /// Makes it the colour of what is filled next.
    pub fn fill(self, out: &mut Vec<u8>) {
        match self {
            Self::Grey(grey) => operation(out, &[grey], "g"),
            Self::Rgb(parts) => operation(out, &parts, "rg"),
            Self::Nothing => {}
        }
    }

    /// Makes it the colour of what is stroked next.
    pub fn stroke(self, out: &mut Vec<u8>) {
        match self {
            Self::Grey(grey) => operation(out, &[grey], "G"),
            Self::Rgb(parts) => operation(out, &parts, "RG"),
            Self::Nothing => {}
        }
    }
}

/// How bright a colour of a screen is (Rec. 709 weights on the encoded values).
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    (0.2126 * f64::from(red) + 0.7152 * f64::from(green) + 0.0722 * f64::from(blue)) / 255.0
}
