//! Pixels: decoding within bounds, and the one form in which a PDF wants them.

use std::collections::BTreeMap;
use std::io::Write;

use ::png::{ColorType, DeflateCompression, Encoder, EncodingError, Filter, chunk};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::{Colour, Fault, Kind, Picture, Raster, jpeg, png};
use crate::diag::Code;
use crate::message;

/// The most pixels that are decoded: a double page of A3 at 600 dots an inch has 70 million.
const MOST_PIXELS: u64 = 100_000_000;

/// The most bytes that decoded pixels may take.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// The pixels of a PNG or JPEG, eight bits a component, transparency apart.
///
/// # Errors
/// The picture is a drawing, or its bytes do not decode.
pub fn pixels(picture: &Picture) -> Result<Raster, Fault> {
    let image = match &picture.kind {
        Kind::Jpeg { colour: Colour::Cmyk, .. } => return jpeg::inks(&picture.bytes),
        Kind::Jpeg { colour: Colour::Grey | Colour::Rgb, .. } => jpeg::decode(&picture.bytes)?,
        Kind::Png { .. } => png::decode(&picture.bytes)?,
        Kind::Drawing(_) => {
            return Err(Fault::new(Code::UnsupportedImage, "a drawing has no pixels"));
        }
    };
    let (width, height) = (image.width(), image.height());
    let colour = image.color();
    let (samples, alpha) = match (colour.has_color(), colour.has_alpha()) {
        (false, false) => (image.into_luma8().into_raw(), None),
        (false, true) => split(&image.into_luma_alpha8().into_raw(), 2),
        (true, false) => (image.into_rgb8().into_raw(), None),
        (true, true) => split(&image.into_rgba8().into_raw(), 4),
    };
    let (colour, samples) =
        if colour.has_color() { without_needless_colour(samples) } else { (Colour::Grey, samples) };
    Ok(Raster { width, height, colour, samples, alpha })
}

/// How much is done to pack the pixels of drawings: the cover of an EPUB, 60 kB, could be a sixth smaller
/// in three times as long.
const LEVEL: u8 = 2;

/// The pixels of `raster` as numbers of the colours that stand in a row in the first part, where
/// those are few enough for a byte.
pub fn indexed(raster: &Raster) -> Option<(Vec<u8>, Vec<u8>)> {
    match raster.colour {
        Colour::Grey => numbered::<1>(&raster.samples),
        Colour::Rgb => numbered::<3>(&raster.samples),
        Colour::Cmyk => numbered::<4>(&raster.samples),
    }
}

fn numbered<const N: usize>(samples: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (pixels, _) = samples.as_chunks::<N>();
    let mut palette = Palette::default();
    let mut numbers = Vec::new();
    palette.number(pixels, &mut numbers)?;
    Some((palette.colours.into_flattened(), numbers))
}

/// Colours by number, in the order in which they were met.
#[derive(Default)]
struct Palette<const N: usize> {
    colours: Vec<[u8; N]>,
    /// By [`Self::key`].
    known: BTreeMap<u32, u8>,
}

impl<const N: usize> Palette<N> {
    /// Adds the number of each of `pixels` to `numbers`; none where there are too many colours.
    fn number(&mut self, pixels: &[[u8; N]], numbers: &mut Vec<u8>) -> Option<()> {
        for run in pixels.chunk_by(|before, pixel| before == pixel) {
            let number = self.number_of(run[0])?;
            numbers.resize(numbers.len() + run.len(), number);
        }
        Some(())
    }

    fn number_of(&mut self, pixel: [u8; N]) -> Option<u8> {
        let key = Self::key(pixel);
        if let Some(&number) = self.known.get(&key) {
            return Some(number);
        }
        let number = u8::try_from(self.colours.len()).ok()?;
        self.known.insert(key, number);
        self.colours.push(pixel);
        Some(number)
    }

    /// A colour as one number, which is compared in one step.
    fn key(pixel: [u8; N]) -> u32 {
        pixel.iter().fold(0, |key, &sample| key << 8 | u32::from(sample))
    }
}

/// Takes the last of every `components` apart; nothing when all of it is wholly opaque.
fn split(interleaved: &[u8], components: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut colours = Vec::with_capacity(interleaved.len() / components * (components - 1));
    let mut alpha = Vec::with_capacity(interleaved.len() / components);
    for pixel in interleaved.chunks_exact(components) {
        colours.extend_from_slice(&pixel[..components - 1]);
        alpha.push(pixel[components - 1]);
    }
    let opaque = alpha.iter().all(|&alpha| alpha == u8::MAX);
    (colours, (!opaque).then_some(alpha))
}

/// RGB samples, or grey ones where every pixel is a grey: a third of the size, and no colour
/// separations in print.
pub fn without_needless_colour(rgb: Vec<u8>) -> (Colour, Vec<u8>) {
    if rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]) {
        (Colour::Grey, rgb.chunks_exact(3).map(|pixel| pixel[0]).collect())
    } else {
        (Colour::Rgb, rgb)
    }
}

/// Refuses a picture that is too large to be decoded.
pub fn check_pixels((width, height): (u32, u32)) -> Result<(), Fault> {
    if u64::from(width) * u64::from(height) <= MOST_PIXELS {
        return Ok(());
    }
    let message = message!("{width} × {height} pixels are more than can be decoded", width, height);
    Err(Fault::new(Code::FileTooLarge, message)
        .hint("make it smaller: 600 dots an inch on the page are more than print can show"))
}

/// What a decoder may allocate.
pub fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// Runs a decoder whose picture has passed [`check_pixels`].
pub fn decode(decoder: impl ImageDecoder) -> Result<DynamicImage, Fault> {
    if decoder.total_bytes() > MOST_BYTES {
        return Err(fault_too_large());
    }
    DynamicImage::from_decoder(decoder).map_err(fault)
}

/// Writes RGB pixels as a PNG while they come, in pieces of whole rows, which can be asked for again.
///
/// A drawing has few colours, and their numbers are a third of its bytes. One that has more than a
/// palette holds is written anew, pixel by pixel.
pub fn encode<P: IntoIterator<Item = Vec<u8>>>(
    size: (u32, u32),
    pieces: impl Fn() -> P,
) -> Result<Vec<u8>, Fault> {
    let written = match with_palette(size, pieces()) {
        Ok(None) => without_palette(size, pieces()),
        Ok(Some(written)) => Ok(written),
        Err(why) => Err(why),
    };
    written.map_err(|why| {
        Fault::new(Code::BrokenImage, message!("the picture cannot be written: {why}", why))
    })
}

/// The numbers of colours in a palette; none where there are too many. Rows that are the same are
/// packed well as they are.
fn with_palette(
    (width, height): (u32, u32),
    pieces: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Option<Vec<u8>>, EncodingError> {
    let mut palette = Palette::<3>::default();
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::new(u32::from(LEVEL)));
    let mut numbers = Vec::new();
    for piece in pieces {
        let (pixels, _) = piece.as_chunks::<3>();
        let mut above: &[[u8; 3]] = &[];
        for row in pixels.chunks_exact(width as usize) {
            if row != above {
                numbers.clear();
                // The numbers stand for themselves (ISO/IEC 15948, 9.2).
                numbers.push(0);
                if palette.number(row, &mut numbers).is_none() {
                    return Ok(None);
                }
            }
            rows.write_all(&numbers)?;
            above = row;
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette.colours.into_flattened());
    let mut writer = encoder.write_header()?;
    writer.write_chunk(chunk::IDAT, &rows.finish()?)?;
    writer.finish()?;
    Ok(Some(bytes))
}

/// Every pixel. Rows are told as what changed against the row above: of a drawing, that is little.
fn without_palette(
    (width, height): (u32, u32),
    pieces: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    for piece in pieces {
        stream.write_all(&piece)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}

/// What the decoder found, said once for all formats.
pub fn fault(error: ImageError) -> Fault {
    match error {
        ImageError::Limits(_) => fault_too_large(),
        ImageError::Unsupported(error) => {
            let message = message!("this variety of picture cannot be used: {error}", error);
            Fault::new(Code::UnsupportedImage, message)
                .hint("export it anew, as a baseline JPEG or as a PNG")
        }
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => {
            Fault::new(Code::BrokenImage, message!("the picture cannot be decoded: {error}", error))
                .hint("copy or export it again")
        }
    }
}

fn fault_too_large() -> Fault {
    Fault::new(Code::FileTooLarge, "the picture needs more memory than is allowed for one")
        .hint("export it with 8 bits a component, or smaller")
}

#[cfg(test)]
mod tests {
    use image::RgbImage;
    use image::codecs::png::PngEncoder;

    use super::*;
    use crate::image::Tones;
    use crate::units::Size;

    fn raster(image: impl Into<DynamicImage>) -> Raster {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new(&mut bytes);
        image.into().write_with_encoder(encoder).unwrap();
        let kind = Kind::Png { pixels: (0, 0), tones: Tones::Many, profile: None };
        pixels(&Picture { bytes: bytes.into(), kind, size: Size::default() }).unwrap()
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let image = image::ImageBuffer::from_pixel(2, 1, image::Luma([0x8080_u16]));
        let raster = raster(DynamicImage::ImageLuma16(image));
        assert_eq!((raster.colour, raster.samples), (Colour::Grey, vec![0x80, 0x80]));
    }

    #[test]
    fn transparency_stands_apart_and_only_where_there_is_some() {
        let clear = image::RgbaImage::from_raw(2, 1, vec![1, 2, 3, 255, 4, 5, 6, 0]).unwrap();
        let with = raster(DynamicImage::ImageRgba8(clear));
        assert_eq!(with.samples, [1, 2, 3, 4, 5, 6]);
        assert_eq!(with.alpha, Some(vec![255, 0]));
        let opaque = image::RgbaImage::from_pixel(2, 1, image::Rgba([1, 2, 3, 255]));
        assert_eq!(raster(DynamicImage::ImageRgba8(opaque)).alpha, None);
    }

    #[test]
    fn colours_that_are_all_grey_become_grey() {
        let grey = RgbImage::from_pixel(2, 2, image::Rgb([7, 7, 7]));
        assert_eq!(raster(DynamicImage::ImageRgb8(grey)).samples, [7; 4]);
    }

    /// What a PNG holds of RGB pixels (ISO/IEC 15948, 11.2.2), and those pixels.
    fn written(width: u32, rows: &[Vec<u8>]) -> (u8, Vec<u8>) {
        let height = u32::try_from(rows.len()).unwrap();
        let bytes = encode((width, height), || rows.chunks(3).map(<[Vec<u8>]>::concat)).unwrap();
        (bytes[25], png::decode(&bytes).unwrap().into_rgb8().into_raw())
    }

    #[test]
    fn colours_have_numbers_where_those_suffice_and_all_pixels_stay_as_they_are() {
        let (palette, rgb) = (3, 2);
        for (colours, kind) in [(1, palette), (256, palette), (257, rgb)] {
            let pixel = |at: u32| [(at % colours / 256) as u8, (at % colours) as u8, 7];
            let rows: Vec<Vec<u8>> =
                (0..8).map(|row| (0..300).flat_map(|x| pixel(x + row / 2)).collect()).collect();
            assert_eq!(written(300, &rows), (kind, rows.concat()), "{colours}");
        }
    }

    /// A PNG of one bit a pixel with a palette, as the format's specification builds it.
    #[test]
    fn a_palette_is_looked_up() {
        let bytes = include_bytes!("../../tests/cases/image/palette.png");
        let kind = Kind::Png { pixels: (2, 1), tones: Tones::None, profile: None };
        let picture = Picture { bytes: bytes.as_slice().into(), kind, size: Size::default() };
        let raster = pixels(&picture).unwrap();
        assert_eq!(raster.colour, Colour::Rgb);
        assert_eq!(raster.samples, [157, 47, 34, 255, 255, 255]);
    }
}
