//! JPEG: what its markers say, and that it can be decoded.
//!
//! The markers are read here because the decoder forgives a missing end. CMYK is decoded by what
//! stands behind it, which would make RGB of it.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageEncoder};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{
    Colour, Density, Fault, Kind, Picture, Profile, Raster, Remark, embedded, natural_size, raster,
};
use crate::diag::Code;
use crate::message;

/// What the markers of a file say (ISO/IEC 10918-1 annex B).
#[derive(Debug, Default, PartialEq)]
struct Header {
    pixels: (u32, u32),
    components: u8,
    /// From JFIF, else from EXIF.
    density: Option<Density>,
    /// 1 for upright, as EXIF numbers the others.
    orientation: u8,
    /// The pieces of a colour profile by their numbers (ISO 15076-1 annex B.4).
    profile: BTreeMap<u8, Vec<u8>>,
}

/// How good a photograph stays that has to be turned and written anew.
const TURNED_QUALITY: u8 = 95;

/// Reads a JPEG and decodes it once, to be sure that it can be.
pub fn read(bytes: Vec<u8>) -> Result<(Picture, Vec<Remark>), Fault> {
    let header = Header::read(&bytes)?;
    raster::check_pixels(header.pixels)?;
    let colour = header.colour()?;
    let Header { pixels, density, orientation, profile, .. } = header;
    let profile = (!profile.is_empty()).then(|| profile.into_values().flatten().collect());
    let (profile, remarks) = embedded(profile, colour);
    let orientation = Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms);
    let picture = match (colour, orientation) {
        (Colour::Cmyk, Orientation::NoTransforms) => {
            inks(&bytes)?;
            upright(bytes, pixels, colour, density, profile)
        }
        (Colour::Cmyk, _) => {
            let message = "a CMYK JPEG that has to be turned cannot be used";
            return Err(Fault::new(Code::UnsupportedImage, message)
                .hint("turn it in a picture editor and save it again"));
        }
        (Colour::Grey | Colour::Rgb, Orientation::NoTransforms) => {
            decode(&bytes)?;
            upright(bytes, pixels, colour, density, profile)
        }
        (Colour::Grey | Colour::Rgb, _) => turned(decode(&bytes)?, orientation, density, profile)?,
    };
    Ok((picture, remarks))
}

/// A picture that is as its file has it.
fn upright(
    bytes: Vec<u8>,
    pixels: (u32, u32),
    colour: Colour,
    density: Option<Density>,
    profile: Option<Profile>,
) -> Picture {
    Picture {
        kind: Kind::Jpeg { pixels, colour, profile },
        size: natural_size(pixels, density),
        bytes: bytes.into(),
    }
}

/// The pixels of a grey or RGB JPEG.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    raster::decode(JpegDecoder::new(Cursor::new(bytes)).map_err(raster::fault)?)
}

/// The pixels of a CMYK JPEG, whose first three inks may stand as luminance and chroma of what they
/// leave (Adobe TN 5116).
pub fn inks(bytes: &[u8]) -> Result<Raster, Fault> {
    let fault = |error: zune_jpeg::errors::DecodeErrors| {
        Fault::new(Code::BrokenImage, message!("the picture cannot be decoded: {error}", error))
            .hint("copy or export it again")
    };
    let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().map_err(fault)?;
    let coded = match decoder.input_colorspace() {
        Some(ColorSpace::YCCK) => ColorSpace::YCCK,
        _ => ColorSpace::CMYK,
    };
    let limits = DecoderOptions::default().set_max_width(SIDE).set_max_height(SIDE);
    decoder.set_options(limits.jpeg_set_out_colorspace(coded));
    let mut samples = decoder.decode().map_err(fault)?;
    if coded == ColorSpace::YCCK {
        samples.as_chunks_mut().0.iter_mut().for_each(without_chroma);
    }
    if counts_missing_ink(bytes) {
        samples.iter_mut().for_each(|sample| *sample = !*sample);
    }
    let (width, height) = decoder.dimensions().unwrap_or_default();
    // No side is longer than 65,535.
    let (width, height) = (width as u32, height as u32);
    Ok(Raster { width, height, colour: Colour::Cmyk, samples, alpha: None })
}

/// The longest side that a JPEG can have.
const SIDE: usize = 65_535;

/// From luminance and chroma to the inks that they were made from (ITU-T T.871, 7).
fn without_chroma(pixel: &mut [u8; 4]) {
    let [luma, blue, red] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
    let (blue, red) = (blue - 128.0, red - 128.0);
    let light =
        [luma + 1.402 * red, luma - 0.344_136 * blue - 0.714_136 * red, luma + 1.772 * blue];
    for (ink, light) in pixel.iter_mut().zip(light) {
        // `as` saturates.
        *ink = 255 - light.round() as u8;
    }
}

/// Whether a JPEG of four components counts the ink that is missing: those with the segment APP14 of
/// Adobe before their pixels do (Adobe TN 5116).
pub fn counts_missing_ink(bytes: &[u8]) -> bool {
    const APP14: u8 = 0xEE;
    const START_OF_SCAN: u8 = 0xDA;
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, high, low, body @ ..] = rest {
        match *marker {
            APP14 if body.starts_with(b"Adobe") => return true,
            START_OF_SCAN => return false,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        rest = rest.get(2 + length.max(2)..).unwrap_or_default();
    }
    false
}

/// A photograph turned upright and written anew: a PDF shows pixels as they are stored.
fn turned(
    mut image: DynamicImage,
    orientation: Orientation,
    density: Option<Density>,
    profile: Option<Profile>,
) -> Result<Picture, Fault> {
    image.apply_orientation(orientation);
    let sideways = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let density = density.map(|[x, y]| if sideways { [y, x] } else { [x, y] });
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, TURNED_QUALITY);
    if let Some(profile) = &profile {
        encoder
            .set_icc_profile(profile.bytes().to_vec())
            .map_err(|error| raster::fault(image::ImageError::Unsupported(error)))?;
    }
    encoder.encode_image(&image).map_err(raster::fault)?;
    let pixels = (image.width(), image.height());
    let colour = if image.color().has_color() { Colour::Rgb } else { Colour::Grey };
    Ok(upright(bytes, pixels, colour, density, profile))
}

impl Header {
    /// Walks from marker to marker up to the end of the image.
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let mut header = Self { orientation: 1, ..Self::default() };
        let mut at = 2;
        loop {
            let marker = next_marker(bytes, &mut at).ok_or_else(cut_off)?;
            match marker {
                // Temporary, restart and start markers stand alone.
                0x01 | 0xD0..=0xD8 => continue,
                0xD9 => break,
                _ => {}
            }
            let length = be16(bytes, at).ok_or_else(cut_off)?;
            let segment = bytes.get(at + 2..at + length.max(2)).ok_or_else(cut_off)?;
            header.take(marker, segment);
            at += length.max(2);
            if marker == 0xDA {
                at = end_of_scan(bytes, at);
            }
        }
        if header.pixels.0 == 0 || header.pixels.1 == 0 {
            return Err(Fault::new(Code::BrokenImage, "this JPEG has no size"));
        }
        Ok(header)
    }

    /// The colours that as many components have.
    fn colour(&self) -> Result<Colour, Fault> {
        match self.components {
            1 => Ok(Colour::Grey),
            3 => Ok(Colour::Rgb),
            4 => Ok(Colour::Cmyk),
            other => {
                let message = message!("a JPEG of {other} components cannot be used", other);
                Err(Fault::new(Code::UnsupportedImage, message))
            }
        }
    }

    /// Takes what a segment says.
    fn take(&mut self, marker: u8, segment: &[u8]) {
        match marker {
            // Start of frame of any process; C4, C8 and CC are tables.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let side = |at| be16(segment, at).and_then(|side| u32::try_from(side).ok());
                self.pixels = (side(3).unwrap_or(0), side(1).unwrap_or(0));
                self.components = segment.get(5).copied().unwrap_or(0);
            }
            0xE0 if segment.starts_with(b"JFIF\0") => {
                let dots = |at| be16(segment, at).map_or(0.0, |dots| dots as f64);
                self.density = match segment.get(7) {
                    Some(1) => Some([dots(8), dots(10)]),
                    Some(2) => Some([dots(8) * 2.54, dots(10) * 2.54]),
                    _ => self.density,
                };
            }
            0xE1 => {
                if let Some(tiff) = segment.strip_prefix(b"Exif\0\0") {
                    self.take_exif(tiff);
                }
            }
            0xE2 => {
                if let Some([number, _, piece @ ..]) = segment.strip_prefix(b"ICC_PROFILE\0") {
                    self.profile.insert(*number, piece.to_vec());
                }
            }
            _ => {}
        }
    }

    /// Takes orientation and density from the first directory of EXIF data (TIFF 6.0 section 2).
    fn take_exif(&mut self, tiff: &[u8]) {
        let little = match tiff.get(..2) {
            Some(b"II") => true,
            Some(b"MM") => false,
            _ => return,
        };
        let number = |at: usize, bytes: usize| -> Option<usize> {
            let field = tiff.get(at..at.checked_add(bytes)?)?;
            let join = |value: usize, byte: &u8| value << 8 | usize::from(*byte);
            Some(if little { field.iter().rev().fold(0, join) } else { field.iter().fold(0, join) })
        };
        let ratio = |entry: usize| -> Option<f64> {
            let at = number(entry + 8, 4)?;
            Some(number(at, 4)? as f64 / number(at + 4, 4)? as f64)
        };
        let Some(directory) = number(4, 4) else { return };
        let (mut across, mut down, mut unit) = (None, None, 1.0);
        for entry in 0..number(directory, 2).unwrap_or(0) {
            let entry = directory + 2 + entry * 12;
            match number(entry, 2) {
                Some(0x0112) => {
                    let value = number(entry + 8, 2).and_then(|value| u8::try_from(value).ok());
                    self.orientation = value.unwrap_or(1);
                }
                Some(0x011A) => across = ratio(entry),
                Some(0x011B) => down = ratio(entry),
                Some(0x0128) if number(entry + 8, 2) == Some(3) => unit = 2.54,
                Some(_) => {}
                None => break,
            }
        }
        if let (None, Some(across), Some(down)) = (self.density, across, down) {
            self.density = Some([across * unit, down * unit]);
        }
    }
}

/// The code of the next marker; `at` moves behind it.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    // Any number of FF may stand before a marker's code.
    while *bytes.get(*at)? != 0xFF {
        *at += 1;
    }
    while *bytes.get(*at)? == 0xFF {
        *at += 1;
    }
    *at += 1;
    bytes.get(*at - 1).copied()
}

/// Where the first marker after entropy-coded data stands: stuffed bytes and restarts belong to it.
fn end_of_scan(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    rest.windows(2).position(ends).map_or(bytes.len(), |offset| start + offset)
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..at + 2) {
        Some([high, low]) => Some(usize::from(*high) << 8 | usize::from(*low)),
        _ => None,
    }
}

fn cut_off() -> Fault {
    Fault::new(Code::BrokenImage, "this JPEG ends before its last line")
        .hint("copy or export it again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Length;
    use image::{ExtendedColorType, GrayImage, ImageEncoder, RgbImage};

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
        let mut bytes = Vec::new();
        JpegEncoder::new(&mut bytes).encode_image(&image).unwrap();
        bytes
    }

    /// Puts an EXIF segment with an orientation and 300 dots an inch right behind the start.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
        tiff.extend([orientation, 0, 0]);
        tiff.extend(b"\x01\x1A\0\x05\0\0\0\x01\0\0\0\x32");
        tiff.extend(b"\x01\x1B\0\x05\0\0\0\x01\0\0\0\x32");
        tiff.extend(b"\0\0\0\0\0\0\x01\x2C\0\0\0\x01");
        let length = u8::try_from(tiff.len() + 8).unwrap();
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, length];
        bytes.extend(b"Exif\0\0");
        bytes.extend(&tiff);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    #[test]
    fn a_jpeg_passes_through_as_it_is() {
        let bytes = jpeg(40, 20);
        let (picture, _) = read(bytes.clone()).unwrap();
        assert_eq!(&*picture.bytes, &bytes);
        assert_eq!(picture.size.width, Length::pt(30.0));
        let Kind::Jpeg { pixels, colour, .. } = picture.kind else { panic!("{:?}", picture.kind) };
        assert_eq!((pixels, colour), ((40, 20), Colour::Rgb));
    }

    #[test]
    fn a_grey_jpeg_is_grey() {
        let mut bytes = Vec::new();
        JpegEncoder::new(&mut bytes).encode_image(&GrayImage::new(8, 8)).unwrap();
        let (picture, _) = read(bytes).unwrap();
        assert!(matches!(picture.kind, Kind::Jpeg { colour: Colour::Grey, .. }));
    }

    #[test]
    fn a_cut_off_jpeg_is_broken_wherever_it_is_cut() {
        let bytes = jpeg(64, 64);
        for length in [3, 10, 25, 200, bytes.len() / 2, bytes.len() - 2, bytes.len() - 1] {
            let fault = read(bytes[..length].to_vec()).unwrap_err();
            assert_eq!(fault.code, Code::BrokenImage, "{length}: {}", fault.message.english());
        }
        // A thumbnail's end inside a segment is not the end.
        let mut comment = vec![0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 0xFF, 0xD9];
        comment.extend(&bytes[2..bytes.len() - 2]);
        assert_eq!(read(comment).unwrap_err().code, Code::BrokenImage);
    }

    #[test]
    fn exif_gives_the_density_and_turns_the_picture_upright() {
        let mut plain = Vec::new();
        // No JFIF segment, so that the density of EXIF counts.
        let image = RgbImage::new(40, 20);
        JpegEncoder::new(&mut plain)
            .write_image(image.as_raw(), 40, 20, ExtendedColorType::Rgb8)
            .unwrap();
        let jfif = plain.windows(4).position(|window| window == b"JFIF").unwrap();
        let length = usize::from(plain[jfif - 1]);
        plain.drain(jfif - 4..jfif - 2 + length);

        let (upright, _) = read(with_exif(&plain, 1)).unwrap();
        assert_eq!(upright.size.width, Length::pt(9.6));
        let (turned, _) = read(with_exif(&plain, 6)).unwrap();
        assert_eq!(turned.size.height, Length::pt(9.6));
        assert!(matches!(turned.kind, Kind::Jpeg { pixels: (20, 40), .. }));
        assert_eq!(Header::read(&turned.bytes).unwrap().orientation, 1);
    }

    #[test]
    fn adobes_marker_is_found_among_the_segments() {
        let adobe = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xEE\x00\x0EAdobe\x00\x64\0\0\0\0\x02\xFF\xDA";
        assert!(counts_missing_ink(adobe));
        assert!(!counts_missing_ink(b"\xFF\xD8\xFF\xDA\x00\x02\xFF\xEE\x00\x0EAdobe"));
        assert!(!counts_missing_ink(b"\xFF\xD8\xFF\xE0\x00\x00\xFF"));
        assert!(!counts_missing_ink(b""));
    }

    #[test]
    fn a_jpeg_of_two_components_is_not_supported() {
        let mut bytes = jpeg(8, 8);
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        bytes[frame + 9] = 2;
        assert_eq!(read(bytes).unwrap_err().code, Code::UnsupportedImage);
    }
}
