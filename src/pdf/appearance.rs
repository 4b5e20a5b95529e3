//! How each product looks and what it carries, as data.

use crate::layout::Ink;
use crate::profile::{Colours, Printer, Product, SCREEN};

/// What the writer does for one product.
pub struct Appearance {
    /// What the product is printed by, and what its file promises.
    pub printer: Printer,
    /// How a viewer lays out pages at first (ISO 32000-1, table 28).
    pub page_layout: &'static str,
    /// Whether the covers are the first page and the last.
    pub cover: bool,
    /// Whether links can be followed.
    pub links: bool,
    inks: &'static Inks,
}

/// Operators for the colour of fills (ISO 32000-1, 8.6.8); an ink without one draws nothing.
struct Inks {
    text: Option<&'static str>,
    accent: Option<&'static str>,
    link: Option<&'static str>,
    quiet: Option<&'static str>,
    ground: Option<&'static str>,
    /// What stands before pictures: they cover what lies under them.
    picture: &'static str,
}

/// The accent is `#9d2f22`, 7.4:1 on white.
static COLOURED: Inks = Inks {
    text: Some("0 g\n"),
    accent: Some("0.616 0.184 0.133 rg\n"),
    link: Some("0.616 0.184 0.133 rg\n"),
    quiet: Some("0.35 g\n"),
    ground: Some("0.95 g\n"),
    picture: "",
};

/// One ink, and nothing that it would have to screen but folios and heads.
static GREYS: Inks = Inks {
    text: Some("0 g\n"),
    accent: Some("0 g\n"),
    link: Some("0 g\n"),
    quiet: Some("0.3 g\n"),
    ground: None,
    picture: "",
};

/// The same on the plate of black alone. Black is printed over what lies under it, so that no white
/// shows beside it where plates are out of register; tints and pictures are not.
static BLACK: Inks = Inks {
    text: Some("/Over gs 0 0 0 1 k\n"),
    accent: Some("/Over gs 0 0 0 1 k\n"),
    link: Some("/Over gs 0 0 0 1 k\n"),
    quiet: Some("/Knock gs 0 0 0 0.7 k\n"),
    ground: None,
    picture: "/Knock gs ",
};

impl Appearance {
    /// How a product looks that `printer` prints; none for one that is no PDF of pages.
    pub fn of(product: Product, printer: &Printer) -> Option<Self> {
        let (printer, page_layout, screen) = match product {
            Product::Epub | Product::Booklet | Product::Archive => return None,
            Product::Screen => (SCREEN, "SinglePage", true),
            Product::Print => (*printer, "TwoPageRight", false),
            Product::Cover => (printer.covering(), "SinglePage", false),
        };
        let inks = inks(printer.colours);
        Some(Self { printer, page_layout, cover: screen, links: screen, inks })
    }

    /// How sheets look that `printer` prints.
    pub fn sheets(printer: Printer) -> Self {
        let inks = inks(printer.colours);
        Self { printer, page_layout: "SinglePage", cover: false, links: false, inks }
    }

    /// The operator that sets `ink`.
    pub fn ink(&self, ink: Ink) -> Option<&'static str> {
        match ink {
            Ink::Text => self.inks.text,
            Ink::Accent => self.inks.accent,
            Ink::Link => self.inks.link,
            Ink::Quiet => self.inks.quiet,
            Ink::Ground => self.inks.ground,
        }
    }

    /// The operators before a picture.
    pub fn before_picture(&self) -> &'static str {
        self.inks.picture
    }
}

/// The inks of a printer with such colours.
fn inks(colours: Colours) -> &'static Inks {
    match colours {
        Colours::All => &COLOURED,
        Colours::Grey => &GREYS,
        Colours::Cmyk => &BLACK,
    }
}
