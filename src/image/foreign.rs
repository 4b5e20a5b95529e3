//! Kinds of files that no output carries, made into one that all do: WebP and TIFF.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError};

use super::{Fault, Picture, Remark, jpeg, png, raster};
use crate::diag::Code;

/// How good a photograph stays that is written anew as a JPEG.
const QUALITY: u8 = 95;

/// What a picture was before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Every pixel as it was meant.
    Exact,
    /// Pixels near to those that were meant: a JPEG loses nothing more that can be seen.
    Lossy,
}

/// Reads a WebP as a JPEG, if it was lossy and wholly opaque, else as a PNG.
pub fn webp(bytes: &[u8]) -> Result<(Picture, Vec<Remark>), Fault> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(raster::fault)?;
    if decoder.has_animation() {
        return Err(Fault::new(Code::UnsupportedImage, "a WebP that moves cannot be used")
            .hint("export the picture that should stand still"));
    }
    // The bitstream's own chunk (RFC 9649, 2.5); the extended header may stand before it.
    let is_lossy = bytes.windows(4).any(|name| name == b"VP8 ");
    made_anew(decoder, if is_lossy { Before::Lossy } else { Before::Exact })
}

/// Reads a TIFF as a PNG, its first picture if it has several.
pub fn tiff(bytes: &[u8]) -> Result<(Picture, Vec<Remark>), Fault> {
    let decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(raster::fault)?;
    let colour = decoder.original_color_type();
    if matches!(colour, ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16) {
        return Err(Fault::new(Code::UnsupportedImage, "a CMYK TIFF cannot be used")
            .hint("save it as a CMYK JPEG of the best quality, which keeps its inks"));
    }
    made_anew(decoder, Before::Exact)
}

/// Writes what a decoder gives as a JPEG or PNG, upright and with its profile, and reads that.
fn made_anew(
    mut decoder: impl ImageDecoder,
    before: Before,
) -> Result<(Picture, Vec<Remark>), Fault> {
    raster::check_pixels(decoder.dimensions())?;
    decoder.set_limits(raster::limits()).map_err(raster::fault)?;
    let profile = decoder.icc_profile().map_err(raster::fault)?;
    let orientation = decoder.orientation().map_err(raster::fault)?;
    let mut image = raster::decode(decoder)?;
    if matches!(image, DynamicImage::ImageRgb32F(_) | DynamicImage::ImageRgba32F(_)) {
        return Err(Fault::new(
            Code::UnsupportedImage,
            "a picture of more than 16 bits cannot be used",
        )
        .hint("export it with 8 or 16 bits a component"));
    }
    image.apply_orientation(orientation);
    let mut bytes = Vec::new();
    if before == Before::Lossy && !image.color().has_alpha() {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        encode(encoder, &image, profile).map_err(raster::fault)?;
        jpeg::read(bytes)
    } else {
        encode(PngEncoder::new(&mut bytes), &image, profile).map_err(raster::fault)?;
        png::read(bytes)
    }
}

fn encode(
    mut encoder: impl ImageEncoder,
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<(), ImageError> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).map_err(ImageError::Unsupported)?;
    }
    image.write_with_encoder(encoder)
}

#[cfg(test)]
mod tests {
    use image::codecs::tiff::TiffEncoder;
    use image::codecs::webp::WebPEncoder;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;
    use crate::image::{Kind, pixels};

    fn webp_of(image: impl Into<DynamicImage>) -> Vec<u8> {
        let mut bytes = Vec::new();
        image.into().write_with_encoder(WebPEncoder::new_lossless(&mut bytes)).unwrap();
        bytes
    }

    #[test]
    fn a_webp_becomes_a_png_with_its_transparency() {
        let clear = RgbaImage::from_raw(2, 1, vec![9, 8, 7, 255, 6, 5, 4, 128]).unwrap();
        let (picture, _) = webp(&webp_of(clear)).unwrap();
        assert!(matches!(picture.kind, Kind::Png { pixels: (2, 1), .. }));
        let raster = pixels(&picture).unwrap();
        assert_eq!((raster.samples, raster.alpha), (vec![9, 8, 7, 6, 5, 4], Some(vec![255, 128])));
    }

    #[test]
    fn a_tiff_becomes_a_png() {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::from(RgbImage::from_pixel(3, 2, Rgb([9, 8, 7])));
        image.write_with_encoder(TiffEncoder::new(&mut bytes)).unwrap();
        let (picture, _) = tiff(bytes.get_ref()).unwrap();
        assert!(matches!(picture.kind, Kind::Png { pixels: (3, 2), .. }));
        assert_eq!(pixels(&picture).unwrap().samples[..3], [9, 8, 7]);
    }

    #[test]
    fn a_damaged_file_is_a_fault() {
        let whole = webp_of(RgbaImage::from_pixel(40, 40, Rgba([1, 2, 3, 4])));
        assert_eq!(webp(&whole[..whole.len() / 2]).unwrap_err().code, Code::BrokenImage);
        assert_eq!(tiff(b"II*\0\x08\0\0\0").unwrap_err().code, Code::BrokenImage);
    }
}
