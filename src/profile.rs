//! What is made and on what paper: plain data that stages read and never ask for its name.

mod archive;
mod printer;

pub use archive::{Form, Target};
pub use printer::{Covers, PRINTERS, PageCount, Printer, Resolution, SCREEN, SHEETS, Transparency};

use crate::units::{Length, Sides, Size};

/// A file that a build can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// EPUB 3 for e-readers.
    Epub,
    /// PDF for reading on a screen: links, bookmarks, colour.
    Screen,
    /// PDF for a printer: no links, no cover.
    Print,
    /// PDF of sheets that are printed on both sides and folded, or handed out.
    Booklet,
    /// PDF for a printer: back, spine and front on one sheet.
    Cover,
    /// The package that libraries keep.
    Archive,
}

impl Product {
    /// Every product, in the order they are made.
    pub const ALL: [Self; 6] =
        [Self::Epub, Self::Screen, Self::Print, Self::Booklet, Self::Cover, Self::Archive];
    /// Those of a book that does not say which it wants.
    pub const USUAL: [Self; 3] = [Self::Epub, Self::Screen, Self::Print];

    /// The word that asks for it on the command line and in `book.toml`.
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Screen => "screen",
            Self::Print => "print",
            Self::Booklet => "booklet",
            Self::Cover => "cover",
            Self::Archive => "archive",
        }
    }

    /// What follows the book's slug in the file's name; a package has the ending of its form, too.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Epub => ".epub",
            Self::Screen => ".pdf",
            Self::Print => "-print.pdf",
            Self::Booklet => "-booklet.pdf",
            Self::Cover => "-cover.pdf",
            Self::Archive => "-archive",
        }
    }
}

/// The edge of the front cover that the spine is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    /// Leaves turn to the left, as those of a text in rows do.
    #[default]
    Left,
    /// Leaves turn to the right, as those of a text in columns do.
    Right,
}

/// What a PDF promises beyond ISO 32000-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Nothing.
    Plain,
    /// PDF/A-2a and PDF/UA-1 at once: to be kept, and read by all.
    Archive,
    /// PDF/X-4: to be printed as it is.
    Press,
}

impl Standard {
    /// Whether things may have such colours. Those of a press are for its inks, and a profile that
    /// only pictures can have would let others in (ISO 15930-7).
    pub const fn takes(self, colours: Colours) -> bool {
        match self {
            Self::Plain | Self::Archive => true,
            Self::Press => match colours {
                Colours::All => false,
                Colours::Grey | Colours::Cmyk => true,
            },
        }
    }
}

/// The colours that a product has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// Those of the pictures: red, green and blue.
    All,
    /// Greys.
    Grey,
    /// Cyan, magenta, yellow and black; text and all that is grey on black alone.
    Cmyk,
}

/// A named size of the trimmed page with the type area that the default design gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trim {
    /// The name in `book.toml`.
    pub name: &'static str,
    /// Width and height of the trimmed page.
    pub size: Size,
    /// Which part of a full sheet it is (开数): how many pages stand on one side of it.
    pub parts: u16,
    /// Body size.
    pub body: Length,
    /// Characters in a full line.
    pub measure: u16,
    /// Distance from baseline to baseline.
    pub leading: Length,
    /// Lines on a full page.
    pub lines: u16,
    /// Margin at the spine.
    pub inner: Length,
    /// Margin at the head, to the top of the first line.
    pub head: Length,
}

/// The page sizes of the default design, the default first.
pub const TRIMS: [Trim; 5] = [
    trim("A5", (148.0, 210.0, 32), 10.5, 26, 17.5, 28, (22.0, 19.0)),
    trim("16开", (185.0, 260.0, 16), 10.5, 38, 18.0, 34, (24.0, 24.0)),
    trim("32开", (130.0, 184.0, 32), 10.5, 24, 17.0, 25, (18.0, 17.0)),
    trim("A4", (210.0, 297.0, 16), 12.0, 38, 20.0, 36, (26.0, 25.0)),
    trim("170x240", (170.0, 240.0, 16), 10.5, 33, 17.5, 32, (24.0, 22.0)),
];

/// One row of [`TRIMS`]: millimetres for the paper, with its part of a full sheet, and for the margins,
/// points for the type.
const fn trim(
    name: &'static str,
    (width, height, parts): (f64, f64, u16),
    body: f64,
    measure: u16,
    leading: f64,
    lines: u16,
    margins: (f64, f64),
) -> Trim {
    Trim {
        name,
        size: Size { width: Length::mm(width), height: Length::mm(height) },
        parts,
        body: Length::pt(body),
        measure,
        leading: Length::pt(leading),
        lines,
        inner: Length::mm(margins.0),
        head: Length::mm(margins.1),
    }
}

/// The page as the book sets it: paper, type area and grid. Margins are what the type area leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// The trimmed page.
    pub trim: Size,
    /// Body size: one em.
    pub body: Length,
    /// Ems in a full line.
    pub measure: u16,
    /// Distance from baseline to baseline.
    pub leading: Length,
    /// Lines on a full page.
    pub lines: u16,
    /// What is left around the type area.
    pub margins: Sides,
}

impl Sheet {
    /// The sheet of a trim, margins computed outward from the type area (clreq 2.3).
    pub fn new(trim: &Trim) -> Self {
        let measure = trim.body * i32::from(trim.measure);
        let depth = trim.leading * i32::from(trim.lines);
        Self {
            trim: trim.size,
            body: trim.body,
            measure: trim.measure,
            leading: trim.leading,
            lines: trim.lines,
            margins: Sides {
                head: trim.head,
                foot: trim.size.height - trim.head - depth,
                inner: trim.inner,
                outer: trim.size.width - trim.inner - measure,
            },
        }
    }

    /// Length of a full line.
    pub fn line_length(&self) -> Length {
        self.body * i32::from(self.measure)
    }

    /// Depth of the type area: every line with the lead under it.
    pub fn depth(&self) -> Length {
        self.leading * i32::from(self.lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trim_leaves_margins_that_hold_a_running_head() {
        for trim in &TRIMS {
            let margins = Sheet::new(trim).margins;
            for side in [margins.head, margins.foot, margins.inner, margins.outer] {
                assert!(side >= Length::mm(12.0), "{}: {margins:?}", trim.name);
            }
        }
    }

    #[test]
    fn the_default_page_is_a5_with_26_by_28() {
        let sheet = Sheet::new(&TRIMS[0]);
        assert_eq!(sheet.line_length(), Length::pt(273.0));
        assert_eq!(sheet.depth(), Length::pt(490.0));
    }
}
