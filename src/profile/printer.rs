//! What a printer asks of a file, as data: `book.toml` names one and changes what it must.

use super::{Colours, Sheet, Standard};
use crate::units::{Length, Size};

/// What a press, a copy shop or an office machine asks of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printer {
    /// What the file promises.
    pub standard: Standard,
    /// The colours that the file has.
    pub colours: Colours,
    /// The most ink on one place of the paper, in hundredths of the most of one ink.
    pub ink: u16,
    /// Whether things on a page may show through each other.
    pub transparency: Transparency,
    /// How far pages are printed beyond their edges, so that the knife leaves no white.
    pub bleed: Length,
    /// Whether crop and registration marks stand outside the bleed.
    pub marks: bool,
    /// Whether a line outside the bleed says which page of which book this is.
    pub slug: bool,
    /// The largest sheet that can be printed.
    pub sheet: Size,
    /// How many pages there may be.
    pub pages: PageCount,
    /// The least margin at the spine, by the number of pages up to which it is enough; ascending.
    pub inner: &'static [(usize, Length)],
    /// Whether the file has bookmarks.
    pub outline: bool,
    /// Whether viewers are told to print both sides of sheets of the page's size, unscaled
    /// (ISO 32000-1, table 150).
    pub duplex: bool,
    /// How fine pictures must be.
    pub resolution: Resolution,
    /// How it makes covers.
    pub covers: Covers,
}

/// What a printer asks of a cover sheet, where that is not what it asks of pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covers {
    /// The colours that covers have.
    pub colours: Colours,
    /// How far they are printed beyond their edges.
    pub bleed: Length,
    /// The largest sheet for them.
    pub sheet: Size,
    /// The papers that the printer names, the usual one first, and how thick a leaf of each is.
    pub stocks: &'static [(&'static str, Length)],
    /// How thick the cover is, as far as it makes the spine wider.
    pub board: Length,
    /// How wide a spine is at least that words stand on.
    pub lettered: Length,
    /// How far words stay from its folds.
    pub inset: Length,
}

/// Whether things on a page may show through each other (ISO 32000-1, 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transparency {
    /// They may.
    Allowed,
    /// They may not.
    Forbidden,
}

/// The numbers of pages that a printer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageCount {
    /// Files have a multiple of it, filled up with blank pages.
    pub multiple: usize,
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
}

/// The least resolution of pictures as printed, in pixels an inch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Of pictures with tones.
    pub pictures: u16,
    /// Of pictures in one ink without tones.
    pub line_art: u16,
}

/// The printers that `book.toml` can name, the default first.
pub const PRINTERS: [(&str, Printer); 4] =
    [("cn-offset", CN_OFFSET), ("copyshop", COPYSHOP), ("office", OFFICE), ("kdp", KDP)];

/// A Chinese book printer's offset press: sheets of 889 × 1194 mm, folded into signatures.
const CN_OFFSET: Printer = Printer {
    standard: Standard::Press,
    colours: Colours::Cmyk,
    ink: 300,
    transparency: Transparency::Allowed,
    bleed: Length::mm(3.0),
    marks: true,
    slug: true,
    sheet: Size { width: Length::mm(889.0), height: Length::mm(1194.0) },
    pages: PageCount { multiple: 4, least: 1, most: usize::MAX },
    inner: &[],
    outline: true,
    duplex: false,
    resolution: Resolution { pictures: 300, line_art: 600 },
    covers: Covers {
        colours: Colours::Cmyk,
        bleed: Length::mm(3.0),
        sheet: Size { width: Length::mm(889.0), height: Length::mm(1194.0) },
        // Offset paper (双胶纸) of 80 g/m² and 1.25 cm³/g.
        stocks: &[("offset", Length::mm(0.1))],
        // Coated board of 250 g/m² and 1 cm³/g.
        board: Length::mm(0.25),
        // Chinese books have words from here on.
        lettered: Length::mm(5.0),
        inset: Length::mm(1.0),
    },
};

/// A copy shop that prints black on both sides of sheets up to A3.
const COPYSHOP: Printer = Printer {
    standard: Standard::Plain,
    colours: Colours::Grey,
    bleed: Length::ZERO,
    marks: false,
    slug: false,
    sheet: Size { width: Length::mm(297.0), height: Length::mm(420.0) },
    pages: PageCount { multiple: 2, ..CN_OFFSET.pages },
    duplex: true,
    resolution: Resolution { pictures: 200, line_art: 400 },
    covers: Covers {
        colours: Colours::Grey,
        bleed: Length::ZERO,
        sheet: Size { width: Length::mm(297.0), height: Length::mm(420.0) },
        ..CN_OFFSET.covers
    },
    ..CN_OFFSET
};

/// An office machine with A4 in its tray.
const OFFICE: Printer = Printer {
    colours: Colours::All,
    sheet: Size { width: Length::mm(210.0), height: Length::mm(297.0) },
    pages: PageCount { multiple: 1, ..CN_OFFSET.pages },
    resolution: Resolution { pictures: 150, line_art: 300 },
    covers: Covers {
        colours: Colours::All,
        sheet: Size { width: Length::mm(210.0), height: Length::mm(297.0) },
        ..COPYSHOP.covers
    },
    ..COPYSHOP
};

/// Kindle Direct Publishing: paperbacks in black, printed one at a time.
const KDP: Printer = Printer {
    transparency: Transparency::Forbidden,
    sheet: Size { width: Length::mm(215.9), height: Length::mm(297.0) },
    pages: PageCount { multiple: 2, least: 24, most: 828 },
    inner: &[
        (150, Length::mm(9.6)),
        (300, Length::mm(12.7)),
        (500, Length::mm(15.9)),
        (700, Length::mm(19.1)),
        (828, Length::mm(22.3)),
    ],
    outline: false,
    duplex: false,
    resolution: CN_OFFSET.resolution,
    // Its own factors for a page, which is half a leaf; the cover is in them.
    covers: Covers {
        colours: Colours::All,
        bleed: Length::mm(0.125 * INCH),
        sheet: CN_OFFSET.sheet,
        stocks: &[
            ("white", Length::mm(2.0 * 0.002252 * INCH)),
            ("cream", Length::mm(2.0 * 0.0025 * INCH)),
        ],
        board: Length::ZERO,
        // Words want more than 79 pages, on either paper, and a sixteenth of an inch at both folds.
        lettered: Length::mm(80.0 * 0.0025 * INCH),
        inset: Length::mm(0.0625 * INCH),
    },
    ..COPYSHOP
};

/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// A screen as a printer: it takes pages as they are, and everything on them.
pub const SCREEN: Printer = Printer {
    standard: Standard::Archive,
    colours: Colours::All,
    ink: 400,
    transparency: Transparency::Allowed,
    bleed: Length::ZERO,
    marks: false,
    slug: false,
    sheet: CN_OFFSET.sheet,
    pages: PageCount { multiple: 1, ..CN_OFFSET.pages },
    inner: &[],
    outline: true,
    duplex: false,
    resolution: Resolution { pictures: 0, line_art: 0 },
    covers: CN_OFFSET.covers,
};

/// The sheets that `book.toml` can name as a printer's largest.
pub const SHEETS: [(&str, Size); 5] = [
    ("A5", Size { width: Length::mm(148.0), height: Length::mm(210.0) }),
    ("A4", Size { width: Length::mm(210.0), height: Length::mm(297.0) }),
    ("A3", Size { width: Length::mm(297.0), height: Length::mm(420.0) }),
    ("SRA3", Size { width: Length::mm(320.0), height: Length::mm(450.0) }),
    ("889x1194", CN_OFFSET.sheet),
];

impl Printer {
    /// A copy shop's machine that prints on `sheet`: it promises nothing.
    pub const fn copies(sheet: Size, colours: Colours, bleed: Length) -> Self {
        Self {
            sheet,
            colours,
            bleed,
            pages: PageCount { multiple: 1, ..COPYSHOP.pages },
            outline: false,
            ..COPYSHOP
        }
    }

    /// The same printer with a cover on its press: one page, however many the book has.
    pub const fn covering(self) -> Self {
        Self {
            colours: self.covers.colours,
            bleed: self.covers.bleed,
            sheet: self.covers.sheet,
            pages: PageCount { multiple: 1, least: 1, most: 1 },
            inner: &[],
            outline: false,
            duplex: false,
            ..self
        }
    }

    /// Room outside the bleed, on every side, for marks or the slug line.
    const ROOM: Length = Length::mm(10.0);

    /// What is printed around a trimmed page on every side.
    pub fn surround(&self) -> Length {
        if self.marks || self.slug { self.bleed + Self::ROOM } else { self.bleed }
    }

    /// The sheet that a page takes with all that is printed around it.
    pub fn media(&self, trim: Size) -> Size {
        let both = self.surround() * 2;
        Size { width: trim.width + both, height: trim.height + both }
    }

    /// Whether `media` can be printed, upright or turned.
    pub fn holds(&self, media: Size) -> bool {
        let Size { width, height } = self.sheet;
        let fits = |across, along| media.width <= across && media.height <= along;
        fits(width, height) || fits(height, width)
    }

    /// How far the type area moves from the spine in a book of `pages` pages: as far as the margin
    /// there is too narrow.
    pub fn shift(&self, sheet: &Sheet, pages: usize) -> Length {
        let enough = self.inner.iter().find(|(most, _)| pages <= *most).or(self.inner.last());
        enough.map_or(Length::ZERO, |(_, least)| (*least - sheet.margins.inner).max(Length::ZERO))
    }
}

impl Default for Printer {
    fn default() -> Self {
        PRINTERS[0].1
    }
}

impl PageCount {
    /// The number of pages that a book of `pages` is filled up to.
    pub fn filled(self, pages: usize) -> usize {
        pages.checked_next_multiple_of(self.multiple).unwrap_or(pages)
    }

    /// Whether `pages` are neither too few nor too many.
    pub fn takes(self, pages: usize) -> bool {
        (self.least..=self.most).contains(&pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::TRIMS;

    fn named(name: &str) -> Printer {
        PRINTERS.into_iter().find(|printer| printer.0 == name).unwrap().1
    }

    #[test]
    fn every_printer_holds_every_trim() {
        for (name, printer) in PRINTERS {
            for trim in &TRIMS {
                assert!(printer.holds(printer.media(trim.size)), "{name}: {}", trim.name);
            }
        }
    }

    #[test]
    fn marks_and_slug_need_the_same_room() {
        let a5 = TRIMS[0].size;
        let width = |printer: Printer| printer.media(a5).width.as_mm().round();
        assert_eq!(width(named("cn-offset")), 174.0);
        assert_eq!(width(Printer { marks: false, ..named("cn-offset") }), 174.0);
        assert_eq!(width(Printer { marks: false, slug: false, ..named("cn-offset") }), 154.0);
        assert_eq!(width(named("office")), 148.0);
    }

    #[test]
    fn pages_are_filled_up_to_a_multiple() {
        let filled = |name, pages| named(name).pages.filled(pages);
        assert_eq!([1, 4, 5].map(|pages| filled("cn-offset", pages)), [4, 4, 8]);
        assert_eq!((filled("kdp", 27), filled("office", 27)), (28, 27));
        assert!(!named("kdp").pages.takes(22) && named("kdp").pages.takes(828));
    }

    #[test]
    fn thick_books_get_a_wider_margin_at_the_spine_and_keep_one_at_the_fore_edge() {
        let kdp = named("kdp");
        let sheet = Sheet::new(&TRIMS[2]);
        assert_eq!(kdp.shift(&sheet, 500), Length::ZERO);
        assert_eq!(kdp.shift(&sheet, 600), Length::mm(19.1) - Length::mm(18.0));
        for sheet in TRIMS.iter().map(Sheet::new) {
            let outer = sheet.margins.outer - kdp.shift(&sheet, 828);
            assert!(outer >= Length::mm(12.0), "{outer}");
        }
    }
}
