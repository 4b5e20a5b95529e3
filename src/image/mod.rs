//! Pictures: what a file really is, how large, and how it can be drawn.
//!
//! Drawings (SVG) are resolved to filled and stroked paths and to glyphs of the book's own faces, so
//! that their text stays text in a PDF.

mod drawing;
mod foreign;
mod format;
mod jpeg;
mod png;
mod profile;
mod raster;
mod reader;

use std::sync::Arc;

pub use drawing::rasterise;
pub use jpeg::counts_missing_ink;
pub use profile::{Conversion, Profile};
pub use raster::{indexed, pixels};
pub use reader::{for_reader, within};

use self::format::Format;

use crate::diag::{Code, Message};
use crate::files::BookPath;
use crate::font::{FaceId, Fonts};
use crate::message;
use crate::units::{Length, Size};

/// The licence of the profiles.
pub const PROFILE_LICENCE: &str = include_str!("profiles/LICENSE-ZLIB");
/// The colours of offset printing on coated paper (FOGRA39), as an ICC profile of CMYK.
pub const FOGRA39L: &[u8] = include_bytes!("profiles/FOGRA39L.icc");
/// The colours of a screen (IEC 61966-2-1), as an ICC profile of RGB.
pub const SRGB: &[u8] = include_bytes!("profiles/sRGB.icc");

/// A picture that every output can carry.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file as it was read; a photograph taken sideways has been turned upright, and one of a
    /// kind that no output takes has been made into one that all do.
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
        /// What they mean; none for what is usual.
        profile: Option<Profile>,
    },
    /// A PNG.
    Png {
        /// Width and height in pixels.
        pixels: (u32, u32),
        /// Whether it has tones.
        tones: Tones,
        /// What its colours mean; none for what is usual.
        profile: Option<Profile>,
    },
    /// An SVG.
    Drawing(Drawing),
}

/// What is between the lightest and the darkest of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tones {
    /// Nothing: one bit a pixel.
    None,
    /// Shades.
    Many,
}

/// The colours of a raster picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

    /// Width and height in pixels; a drawing has none.
    pub const fn pixels(&self) -> Option<(u32, u32)> {
        match self {
            Self::Jpeg { pixels, .. } | Self::Png { pixels, .. } => Some(*pixels),
            Self::Drawing(_) => None,
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
    /// Their colours; CMYK counts ink, 255 being all of it.
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
    /// What to draw; nothing where it was read for [`ShownBy::Readers`].
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

/// Who shows a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownBy {
    /// The pages of a PDF, which take the shapes of a drawing.
    Pages,
    /// Only e-readers, which read a drawing themselves.
    Readers,
}

/// Something noticed about a picture that can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The kind of finding.
    pub code: Code,
    /// What it says.
    pub message: Message,
    /// What to do.
    pub hints: Vec<Message>,
}

/// Why a picture cannot be used.
pub type Fault = Remark;

impl Remark {
    fn new(code: Code, message: impl Into<Message>) -> Self {
        Self { code, message: message.into(), hints: Vec::new() }
    }

    fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// Reads a picture: what it is by its bytes, how large it is, and that it can be drawn whole.
///
/// Remarks are what the page shows otherwise than the file asks, and characters without a face.
///
/// # Errors
/// The file is not what its name says, of a kind that the outputs do not take, damaged, or too
/// large to be decoded.
pub fn read(
    path: &BookPath,
    bytes: Vec<u8>,
    fonts: &Fonts,
    shown_by: ShownBy,
) -> Result<(Picture, Vec<Remark>), Fault> {
    match Format::of(path, &bytes)? {
        Format::Jpeg => jpeg::read(bytes),
        Format::Png => png::read(bytes),
        Format::Svg => drawing::read(bytes, fonts, shown_by),
        Format::WebP => foreign::webp(&bytes),
        Format::Tiff => foreign::tiff(&bytes),
    }
}

/// Reads a JPEG or PNG, as [`read`] does.
///
/// # Errors
/// Those of [`read`]; or the file is of another kind.
pub fn read_raster(path: &BookPath, bytes: Vec<u8>) -> Result<Picture, Fault> {
    let (picture, _) = match Format::of(path, &bytes)? {
        Format::Jpeg => jpeg::read(bytes)?,
        Format::Png => png::read(bytes)?,
        Format::Svg | Format::WebP | Format::Tiff => {
            let message = "this is neither a JPEG nor a PNG";
            return Err(Fault::new(Code::UnsupportedImage, message));
        }
    };
    Ok(picture)
}

/// The profile that a file carries, if it can be used, else a remark on it.
fn embedded(bytes: Option<Vec<u8>>, colour: Colour) -> (Option<Profile>, Vec<Remark>) {
    let usable = |bytes: Vec<u8>| {
        let profile = Profile::read(&bytes, colour)?;
        Conversion::to_srgb(&profile).map(|_| profile)
    };
    match bytes.map(usable) {
        Some(Ok(profile)) => (Some(profile), Vec::new()),
        Some(Err(why)) => {
            let message = message!("the picture's colour profile is left out: {why}", why);
            let remark = Remark::new(Code::BrokenProfile, message)
                .hint("export the picture again, with the profile of its colours or without one");
            (None, vec![remark])
        }
        None => (None, Vec::new()),
    }
}

/// Pixels per inch, across and down.
type Density = [f64; 2];

/// The size on paper of `pixels` at a density, if that is a plausible one, else at 96 dots an inch.
fn natural_size(pixels: (u32, u32), density: Option<Density>) -> Size {
    // Cameras and editors write 0 or 1 where they know nothing.
    let plausible = |density: &Density| density.iter().all(|dots| (36.0..=9600.0).contains(dots));
    let [across, down] = density.filter(plausible).unwrap_or([96.0, 96.0]);
    Size {
        width: Length::pt(f64::from(pixels.0) * 72.0 / across),
        height: Length::pt(f64::from(pixels.1) * 72.0 / down),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_that_cannot_be_meant_is_left_aside() {
        let inch = Size { width: Length::pt(72.0), height: Length::pt(144.0) };
        assert_eq!(natural_size((300, 600), Some([300.0, 300.0])), inch);
        assert_eq!(natural_size((96, 192), None), inch);
        assert_eq!(natural_size((96, 192), Some([1.0, 1.0])), inch);
    }
}
