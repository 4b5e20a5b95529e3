//! Pictures: what a file really is, how large, and how it can be drawn.
//!
//! Drawings (SVG) are resolved to filled and stroked paths and to glyphs of the book's own faces, so
//! that their text stays text in a PDF.

mod read;

use std::sync::Arc;

use crate::diag::Code;
use crate::font::FaceId;
use crate::units::Size;

pub use read::{rasterise, read};

/// A picture that every output can carry.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file as it was read.
    pub bytes: Arc<[u8]>,
    /// What it is.
    pub kind: Kind,
    /// Its natural size on paper: from its density, 96 dots an inch when it has none.
    pub size: Size,
}

/// What a picture is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A JPEG that can be passed through.
    Jpeg {
        /// Width and height in pixels.
        pixels: (u32, u32),
        /// Its colours.
        colour: Colour,
    },
    /// A PNG.
    Png {
        /// Width and height in pixels.
        pixels: (u32, u32),
    },
    /// An SVG.
    Drawing(Drawing),
}

/// The colours of a raster picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// One component.
    Grey,
    /// Three.
    Rgb,
    /// Four.
    Cmyk,
}

impl Kind {
    /// The media type for an EPUB.
    pub const fn media_type(&self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "image/jpeg",
            Self::Png { .. } => "image/png",
            Self::Drawing(_) => "image/svg+xml",
        }
    }

    /// The ending of its file name.
    pub const fn extension(&self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "jpg",
            Self::Png { .. } => "png",
            Self::Drawing(_) => "svg",
        }
    }
}

/// Pixels of a raster picture, ready for a PDF: eight bits a component, alpha apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Grey or RGB.
    pub colour: Colour,
    /// The components, row by row.
    pub samples: Vec<u8>,
    /// How opaque each pixel is; `None` when all are wholly so.
    pub alpha: Option<Vec<u8>>,
}

/// A vector drawing: shapes from back to front in points, y downwards from the top-left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width and height of the view box, in points at natural size.
    pub size: Size,
    /// What to draw.
    pub shapes: Vec<Shape>,
}

/// One thing in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A path.
    Path {
        /// The outline, already in the drawing's coordinates.
        segments: Vec<Segment>,
        /// Filled with.
        fill: Option<Fill>,
        /// Stroked with.
        stroke: Option<Stroke>,
    },
    /// Glyphs in a row.
    Glyphs {
        /// Their face.
        face: FaceId,
        /// From glyph space (1 em = 1, y upwards) to the drawing: `[a b c d e f]` as in PDF, for
        /// the first glyph.
        transform: [f32; 6],
        /// Glyph, its distance from the first along the baseline in ems, and its text.
        glyphs: Vec<DrawnGlyph>,
        /// Their colour.
        colour: Rgb,
    },
}

/// A glyph of a drawing's text.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnGlyph {
    /// The glyph in its face.
    pub id: u16,
    /// Distance from the first glyph in ems.
    pub x: f32,
    /// The characters it stands for.
    pub text: String,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Starts a new outline at a point.
    Move([f32; 2]),
    /// A straight line to a point.
    Line([f32; 2]),
    /// A cubic curve by two control points to a point.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Back to where the outline started.
    Close,
}

/// How an outline is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// The colour.
    pub colour: Rgb,
    /// Whether overlapping parts are left out (even–odd) or not (non-zero).
    pub even_odd: bool,
}

/// How an outline is stroked.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub colour: Rgb,
    /// Line width in points.
    pub width: f32,
    /// Lengths of dashes and gaps in points; empty for a whole line.
    pub dashes: Vec<f32>,
    /// Shape of the ends, as PDF numbers them: 0 butt, 1 round, 2 square.
    pub cap: u8,
    /// Shape of the corners, as PDF numbers them: 0 mitre, 1 round, 2 bevel.
    pub join: u8,
}

/// A colour of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Something noticed about a picture that can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The kind of finding.
    pub code: Code,
    /// What it says.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

/// Why a picture cannot be used.
pub type Fault = Remark;
