//! The front cover of a book that brings none.

use crate::files::BookPath;
use crate::font::Fonts;
use crate::image::{self, Fault, Picture};
use crate::manifest::{Credit, Metadata};
use crate::profile::Sheet;

/// A cover from the title: as vectors, and as a PNG for e-readers.
///
/// # Errors
/// The drawing cannot be read or drawn.
pub(super) fn draw(
    metadata: &Metadata,
    _credits: &[Credit],
    sheet: &Sheet,
    fonts: &Fonts,
) -> Result<(Picture, Picture), Fault> {
    let (width, height) = (sheet.trim.width.as_pt(), sheet.trim.height.as_pt());
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><title>{}</title></svg>",
        metadata.title.replace(['<', '&'], "")
    );
    let fault = |message: &str| Fault {
        code: crate::diag::Code::BrokenImage,
        message: message.into(),
        hints: Vec::new(),
    };
    let svg_path = BookPath::new("cover.svg").ok_or_else(|| fault("no path"))?;
    let png_path = BookPath::new("cover.png").ok_or_else(|| fault("no path"))?;
    let png = image::rasterise(svg.as_bytes(), 1600, fonts)?;
    let (vectors, _) = image::read(&svg_path, svg.into_bytes(), fonts)?;
    let (raster, _) = image::read(&png_path, png, fonts)?;
    Ok((vectors, raster))
}
