//! Pictures as e-readers take them: eight bits a component, in sRGB, not too large.

use std::borrow::Cow;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as RowFilter, PngEncoder};
use image::{ColorType, DynamicImage, GrayImage, RgbImage, RgbaImage};

use super::{
    Colour, Conversion, FOGRA39L, Fault, Kind, Picture, Profile, Raster, Tones, pixels, raster,
};
use crate::diag::Code;
use crate::message;

/// The most pixels: those that Apple Books takes (Asset Guide 5.3, images).
const MOST_PIXELS: u64 = 5_600_000;
/// How good a photograph stays that is written anew.
const QUALITY: u8 = 90;

/// The picture as it is, if e-readers take it, else one made from it of the same kind.
///
/// # Errors
/// Its bytes do not decode, or its colours cannot be converted.
pub fn for_reader(picture: &Picture) -> Result<Cow<'_, Picture>, Fault> {
    within(picture, MOST_PIXELS)
}

/// The same with at most so many pixels.
///
/// # Errors
/// Those of [`for_reader`].
pub fn within(picture: &Picture, most: u64) -> Result<Cow<'_, Picture>, Fault> {
    let (size, profile, plain) = match &picture.kind {
        Kind::Jpeg { pixels, colour, profile } => (*pixels, profile, *colour != Colour::Cmyk),
        Kind::Png { pixels, profile, .. } => (*pixels, profile, !has_sixteen_bits(&picture.bytes)),
        Kind::Drawing(_) => return Ok(Cow::Borrowed(picture)),
    };
    if plain && is_small(size, most) {
        return Ok(Cow::Borrowed(picture));
    }
    let image = scaled(image(in_srgb(pixels(picture)?, profile.as_ref())?)?, most)?;
    let mut bytes = Vec::new();
    let pixels = (image.width(), image.height());
    let (written, kind) = match &picture.kind {
        Kind::Jpeg { .. } => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            let colour = if image.color().has_color() { Colour::Rgb } else { Colour::Grey };
            (image.write_with_encoder(encoder), Kind::Jpeg { pixels, colour, profile: None })
        }
        Kind::Png { .. } | Kind::Drawing(_) => {
            let (speed, filter) = (CompressionType::Default, RowFilter::Adaptive);
            let encoder = PngEncoder::new_with_quality(&mut bytes, speed, filter);
            let tones = Tones::Many;
            (image.write_with_encoder(encoder), Kind::Png { pixels, tones, profile: None })
        }
    };
    written.map_err(raster::fault)?;
    Ok(Cow::Owned(Picture { bytes: bytes.into(), kind, size: picture.size }))
}

/// Whether a PNG has 16 bits a component, as its first chunk says (ISO/IEC 15948 11.2.2).
fn has_sixteen_bits(png: &[u8]) -> bool {
    png.get(24) == Some(&16)
}

fn is_small((width, height): (u32, u32), most: u64) -> bool {
    u64::from(width) * u64::from(height) <= most
}

/// The pixels in sRGB or grey; inks without a profile are those of a press on coated paper.
fn in_srgb(mut raster: Raster, profile: Option<&Profile>) -> Result<Raster, Fault> {
    let fault =
        |why| Fault::new(Code::BrokenProfile, message!("the picture's colours: {why}", why));
    let press = match (profile, raster.colour) {
        (None, Colour::Cmyk) => Some(Profile::read(FOGRA39L, Colour::Cmyk).map_err(fault)?),
        _ => None,
    };
    let Some(profile) = profile.or(press.as_ref()) else { return Ok(raster) };
    if raster.colour == Colour::Grey && profile.colour() == Colour::Rgb {
        // Pixels that are all grey were taken for a grey picture.
        raster.samples = raster.samples.into_iter().flat_map(|grey| [grey; 3]).collect();
    }
    let samples = Conversion::to_srgb(profile).map_err(fault)?.convert(&raster.samples);
    let (colour, samples) = raster::without_needless_colour(samples);
    Ok(Raster { colour, samples, ..raster })
}

/// The pixels for what scales and writes them.
fn image(raster: Raster) -> Result<DynamicImage, Fault> {
    let Raster { width, height, colour, samples, alpha } = raster;
    let image = match (colour, alpha) {
        (Colour::Grey, None) => GrayImage::from_raw(width, height, samples).map(Into::into),
        (Colour::Grey, Some(alpha)) => {
            let grey = samples.into_iter().flat_map(|grey| [grey; 3]);
            with_alpha(width, height, &grey.collect::<Vec<u8>>(), &alpha)
        }
        (Colour::Rgb, None) => RgbImage::from_raw(width, height, samples).map(Into::into),
        (Colour::Rgb, Some(alpha)) => with_alpha(width, height, &samples, &alpha),
        // Inks have been converted.
        (Colour::Cmyk, _) => None,
    };
    image.ok_or_else(|| Fault::new(Code::BrokenImage, "the picture has fewer pixels than it says"))
}

fn with_alpha(width: u32, height: u32, rgb: &[u8], alpha: &[u8]) -> Option<DynamicImage> {
    let (pixels, _) = rgb.as_chunks::<3>();
    let rgba = pixels.iter().zip(alpha).flat_map(|(&[r, g, b], &alpha)| [r, g, b, alpha]);
    RgbaImage::from_raw(width, height, rgba.collect()).map(Into::into)
}

/// The picture with at most so many pixels, its proportions kept; what cannot be seen does not colour
/// what can.
fn scaled(image: DynamicImage, most: u64) -> Result<DynamicImage, Fault> {
    let (width, height) = (image.width(), image.height());
    if is_small((width, height), most) {
        return Ok(image);
    }
    let ratio = (most as f64 / (f64::from(width) * f64::from(height))).sqrt();
    // Rounded down, so that the product stays below; `as` saturates, and no side is lost.
    let side = |side: u32| ((f64::from(side) * ratio) as u32).max(1);
    let colour = image.color();
    let mut small = DynamicImage::new(side(width), side(height), ColorType::Rgba8);
    let sharply = ResizeAlg::Convolution(FilterType::CatmullRom);
    let options = ResizeOptions::new().resize_alg(sharply).use_alpha(colour.has_alpha());
    let all = DynamicImage::from(image.into_rgba8());
    Resizer::new().resize(&all, &mut small, &options).map_err(|why| {
        Fault::new(Code::BrokenImage, message!("the picture cannot be made smaller: {why}", why))
    })?;
    Ok(match (colour.has_color(), colour.has_alpha()) {
        (_, true) => small,
        (true, false) => small.into_rgb8().into(),
        (false, false) => small.into_luma8().into(),
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Luma, Rgb, Rgba};

    use super::*;

    fn png_of(image: impl Into<DynamicImage>) -> Picture {
        let mut bytes = Vec::new();
        image.into().write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        super::super::png::read(bytes).unwrap().0
    }

    #[test]
    fn what_readers_take_passes_as_it_is() {
        let picture = png_of(RgbImage::from_pixel(4, 4, Rgb([1, 2, 3])));
        assert!(matches!(for_reader(&picture).unwrap(), Cow::Borrowed(_)));
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let deep: ImageBuffer<Luma<u16>, Vec<u16>> =
            ImageBuffer::from_pixel(2, 2, Luma([0x8080_u16]));
        let made = for_reader(&png_of(DynamicImage::from(deep))).unwrap().into_owned();
        assert!(!has_sixteen_bits(&made.bytes));
        assert_eq!(pixels(&made).unwrap().samples, [0x80; 4]);
    }

    #[test]
    fn a_large_picture_becomes_smaller_and_keeps_its_proportions() {
        let large = png_of(GrayImage::from_pixel(4000, 2000, Luma([7])));
        let made = for_reader(&large).unwrap().into_owned();
        let Kind::Png { pixels: (width, height), .. } = made.kind else { panic!("a PNG") };
        assert_eq!((width, height), (3346, 1673));
        assert_eq!(made.size, large.size);
        let raster = pixels(&made).unwrap();
        assert_eq!((raster.colour, raster.alpha, raster.samples[0]), (Colour::Grey, None, 7));
    }

    #[test]
    fn a_large_picture_keeps_its_colours() {
        let large = png_of(RgbImage::from_pixel(3000, 2000, Rgb([9, 80, 200])));
        let raster = pixels(&for_reader(&large).unwrap()).unwrap();
        assert_eq!((raster.colour, raster.alpha), (Colour::Rgb, None));
        assert_eq!(raster.samples[..3], [9, 80, 200]);
    }

    #[test]
    fn what_is_transparent_does_not_colour_its_edge() {
        let half = |x, _| if x < 1500 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 255, 0, 0]) };
        let made = for_reader(&png_of(RgbaImage::from_fn(3000, 3000, half))).unwrap().into_owned();
        let raster = pixels(&made).unwrap();
        let alpha = raster.alpha.unwrap();
        let (shown, _) = raster.samples.as_chunks::<3>();
        let greenest =
            shown.iter().zip(&alpha).filter(|&(_, &alpha)| alpha > 0).map(|(it, _)| it[1]);
        assert_eq!(greenest.max(), Some(0));
    }

    #[test]
    fn inks_become_colours_of_a_screen() {
        let inks = Raster {
            width: 2,
            height: 1,
            colour: Colour::Cmyk,
            samples: vec![0, 0, 0, 0, 0, 255, 255, 0],
            alpha: None,
        };
        let screen = in_srgb(inks, None).unwrap();
        assert_eq!(screen.colour, Colour::Rgb);
        assert!(screen.samples[..3].iter().all(|&sample| sample > 245), "{:?}", screen.samples);
        let [red, green, blue] = screen.samples[3..] else { panic!("three samples") };
        assert!(red > 190 && green < 60 && blue < 70, "{red} {green} {blue}");
    }
}
