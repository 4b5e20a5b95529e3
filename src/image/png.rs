//! PNG: what its chunks say, and that it can be decoded.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder};

use super::{Colour, Density, Fault, Kind, Picture, Remark, Tones, embedded, natural_size, raster};
use crate::diag::Code;

/// What every PNG begins with (ISO/IEC 15948 5.2).
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Inches in a metre.
const INCHES: f64 = 1000.0 / 25.4;

/// What the chunks of a file say.
#[derive(Debug)]
struct Header {
    pixels: (u32, u32),
    density: Option<Density>,
    bits: u8,
    colour: Colour,
}

/// Reads a PNG and decodes it once, to be sure that it can be.
pub fn read(bytes: Vec<u8>) -> Result<(Picture, Vec<Remark>), Fault> {
    let header = Header::read(&bytes)?;
    raster::check_pixels(header.pixels)?;
    let mut decoder = decoder(&bytes)?;
    let profile = decoder.icc_profile().map_err(raster::fault)?;
    raster::decode(decoder)?;
    let (profile, remarks) = embedded(profile, header.colour);
    let tones = if header.bits == 1 { Tones::None } else { Tones::Many };
    let picture = Picture {
        kind: Kind::Png { pixels: header.pixels, tones, profile },
        size: natural_size(header.pixels, header.density),
        bytes: bytes.into(),
    };
    Ok((picture, remarks))
}

/// The pixels of a PNG, with as many bits and components as it has; a palette is looked up.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    raster::decode(decoder(bytes)?)
}

fn decoder(bytes: &[u8]) -> Result<PngDecoder<Cursor<&[u8]>>, Fault> {
    PngDecoder::with_limits(Cursor::new(bytes), raster::limits()).map_err(raster::fault)
}

impl Header {
    /// Takes size and colour from the chunk `IHDR` and the density from `pHYs`; every chunk up to
    /// `IEND` must be whole.
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let mut header = Self { pixels: (0, 0), density: None, bits: 0, colour: Colour::Rgb };
        let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
        loop {
            let length = be32(rest, 0).ok_or_else(cut_off)? as usize;
            let name = rest.get(4..8).ok_or_else(cut_off)?;
            let chunk = rest.get(8..).and_then(|rest| rest.get(..length)).ok_or_else(cut_off)?;
            if name == b"IEND" {
                break;
            }
            header.take(name, chunk);
            // A checksum follows; the decoder looks at it.
            rest = rest.get(length + 12..).ok_or_else(cut_off)?;
        }
        if header.pixels.0 == 0 || header.pixels.1 == 0 {
            return Err(Fault::new(Code::BrokenImage, "this PNG has no size"));
        }
        Ok(header)
    }

    /// Takes what a chunk says.
    fn take(&mut self, name: &[u8], chunk: &[u8]) {
        match name {
            b"IHDR" => {
                self.pixels = (be32(chunk, 0).unwrap_or(0), be32(chunk, 4).unwrap_or(0));
                self.bits = chunk.get(8).copied().unwrap_or(0);
                // 0 is grey, 4 grey with alpha (ISO/IEC 15948 11.2.2).
                if matches!(chunk.get(9), Some(0 | 4)) {
                    self.colour = Colour::Grey;
                }
            }
            // Unit 1 is the metre; 0 gives only the shape of a pixel.
            b"pHYs" if chunk.get(8) == Some(&1) => {
                let dots = |at| be32(chunk, at).map_or(0.0, |dots| f64::from(dots) / INCHES);
                self.density = Some([dots(0), dots(4)]);
            }
            _ => {}
        }
    }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let field: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_be_bytes(field))
}

fn cut_off() -> Fault {
    Fault::new(Code::BrokenImage, "this PNG ends before its last line")
        .hint("copy or export it again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Length;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let image = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([x as u8, y as u8, (x * y) as u8])
        });
        raster::encode((width, height), || [image.as_raw().clone()]).unwrap()
    }

    /// Puts a chunk without a right checksum right behind the header.
    fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut bytes = png[..33].to_vec();
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(name);
        bytes.extend(data);
        bytes.extend([0; 4]);
        bytes.extend(&png[33..]);
        bytes
    }

    #[test]
    fn a_png_says_its_size_and_density() {
        let (picture, _) = read(png(96, 48)).unwrap();
        assert_eq!(picture.size.width, Length::pt(72.0));
        assert!(matches!(picture.kind, Kind::Png { pixels: (96, 48), .. }));
        let phys = [11811_u32.to_be_bytes(), 11811_u32.to_be_bytes()].concat();
        let with = |unit: u8| {
            Header::read(&with_chunk(&png(96, 48), b"pHYs", &[&*phys, &[unit]].concat())).unwrap()
        };
        let size = natural_size(with(1).pixels, with(1).density);
        assert_eq!((size.width.as_pt() * 100.0).round(), 2304.0);
        assert_eq!(with(0).density, None);
    }

    #[test]
    fn a_cut_off_or_damaged_png_is_broken() {
        let bytes = png(64, 64);
        for length in [8, 20, 33, bytes.len() / 2, bytes.len() - 12, bytes.len() - 5] {
            let fault = read(bytes[..length].to_vec()).unwrap_err();
            assert_eq!(fault.code, Code::BrokenImage, "{length}: {}", fault.message.english());
        }
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x40;
        assert_eq!(read(damaged).unwrap_err().code, Code::BrokenImage);
    }

    #[test]
    fn a_picture_of_a_thousand_megapixels_is_refused_by_its_header() {
        let mut bytes = png(1, 1);
        bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        let fault = read(bytes).unwrap_err();
        assert_eq!(fault.code, Code::FileTooLarge);
        assert_eq!(fault.message.english(), "30000 × 30000 pixels are more than can be decoded");
    }
}
