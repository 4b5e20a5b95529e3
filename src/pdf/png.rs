//! PNG and PDF share their compression and its predictors (ISO 32000-1, 7.4.4.4), so that most PNG
//! files can lend a PDF their pixels as they are packed.

use lopdf::{Dictionary, Stream, dictionary};

use crate::image::Colour;

use super::deflate::{Deflater, packed};
use super::picture::image_dictionary;

/// What the rows of a packed picture look like: PNG's filters, chosen row by row.
pub fn predictor(width: u32, components: u8, bits: u8) -> Dictionary {
    dictionary! {
        "Predictor" => 15,
        "Colors" => i64::from(components),
        "BitsPerComponent" => i64::from(bits),
        "Columns" => i64::from(width),
    }
}

/// What a PNG file can lend.
pub struct Lent {
    /// The pixels as they are packed; it still needs a colour space.
    pub image: Stream,
    /// The colours of the pixels or of the palette.
    pub colour: Colour,
    /// The colours that the pixels number.
    pub palette: Option<Vec<u8>>,
}

/// The picture of a PNG file with its pixels as they are packed there; none for a file with
/// transparency, interlacing or anything unusual, which must be decoded.
pub fn lend(file: &[u8]) -> Option<Lent> {
    const COLOUR_GREY: u8 = 0;
    const COLOUR_RGB: u8 = 2;
    const COLOUR_PALETTE: u8 = 3;
    let chunks = Chunks::of(file)?;
    let [w0, w1, w2, w3, h0, h1, h2, h3, bits, colour, 0, 0, 0] = *chunks.header else {
        return None;
    };
    let (width, height) =
        (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    let (components, colour, palette) = match colour {
        COLOUR_GREY => (1, Colour::Grey, None),
        COLOUR_RGB => (3, Colour::Rgb, None),
        COLOUR_PALETTE => (1, Colour::Rgb, Some(palette(chunks.palette?)?)),
        _ => return None,
    };
    let mut dictionary = image_dictionary((width, height), bits);
    dictionary.set("DecodeParms", predictor(width, components, bits));
    Some(Lent { image: packed(dictionary, chunks.pixels), colour, palette })
}

/// Whole colours, and as many as a byte can number.
fn palette(colours: &[u8]) -> Option<Vec<u8>> {
    let whole = colours.len().is_multiple_of(3) && (1..=256).contains(&(colours.len() / 3));
    whole.then(|| colours.to_vec())
}

/// The parts of a PNG file that matter here.
struct Chunks<'a> {
    header: &'a [u8],
    palette: Option<&'a [u8]>,
    pixels: Vec<u8>,
}

impl<'a> Chunks<'a> {
    fn of(file: &'a [u8]) -> Option<Self> {
        let mut chunks = Self { header: &[], palette: None, pixels: Vec::new() };
        let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1A\n")?;
        loop {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (kind, after) = after.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            let (body, after) = after.split_at_checked(length)?;
            match kind {
                b"IHDR" => chunks.header = body,
                b"PLTE" => chunks.palette = Some(body),
                b"IDAT" => chunks.pixels.extend_from_slice(body),
                b"IEND" => return (!chunks.pixels.is_empty()).then_some(chunks),
                // Transparency, and the frames of an animation.
                b"tRNS" | b"acTL" => return None,
                _ => {}
            }
            rest = after.get(4..)?;
        }
    }
}

/// PNG's filters (PNG 3rd edition, 9.2) that are tried: none for flat colours and sharp edges, Sub
/// for slow gradients, Paeth for photographs.
const FILTERS: [u8; 3] = [0, 1, 4];

/// Rows in a row that are tried, and how often in a picture.
const TRIED: (usize, usize) = (8, 8);

/// Samples of eight bits, packed with the filter by which some rows of the picture become the
/// smallest.
pub fn pack(samples: &[u8], width: usize, components: u8, deflater: &mut Deflater) -> Vec<u8> {
    let step = usize::from(components);
    let row = (width * step).max(1);
    let (rows, places) = TRIED;
    let distance = (samples.len() / row / places).max(rows) * row;
    let bands = samples.chunks(distance).map(|band| &band[..band.len().min(rows * row)]);
    let tried = bands.collect::<Vec<_>>().concat();
    let cost = |filter: &u8| deflater.compress(&filtered(*filter, &tried, row, step)).len();
    let best = FILTERS.into_iter().min_by_key(cost).unwrap_or_default();
    deflater.compress(&filtered(best, samples, row, step))
}

/// Rows after a filter, each with its number before it.
fn filtered(filter: u8, samples: &[u8], row_length: usize, step: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row_length);
    let first = vec![0; row_length];
    let mut above: &[u8] = &first;
    for row in samples.chunks_exact(row_length) {
        out.push(filter);
        let (start, rest) = row.split_at(step.min(row.len()));
        match filter {
            1 => {
                out.extend_from_slice(start);
                out.extend(rest.iter().zip(row).map(|(byte, left)| byte.wrapping_sub(*left)));
            }
            4 => {
                out.extend(start.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(*up)));
                let around = row.iter().zip(&above[start.len()..]).zip(above);
                out.extend(rest.iter().zip(around).map(|(byte, ((&left, &up), &corner))| {
                    byte.wrapping_sub(paeth(left, up, corner))
                }));
            }
            _ => out.extend_from_slice(row),
        }
        above = row;
    }
    out
}

/// The neighbour that is nearest to a straight continuation (9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let straight = i16::from(left) + i16::from(up) - i16::from(corner);
    let [by_left, by_up, by_corner] =
        [left, up, corner].map(|neighbour| (straight - i16::from(neighbour)).abs());
    if by_left <= by_up && by_left <= by_corner {
        left
    } else if by_up <= by_corner {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filtered_rows_decode_to_what_they_were() {
        let samples: Vec<u8> = (0..5 * 7 * 3_u32).map(|n| (n * n * 31 / 7) as u8).collect();
        for filter in FILTERS {
            assert_eq!(decoded(&filtered(filter, &samples, 15, 3)), samples, "{filter}");
        }
    }

    /// Rows of five RGB pixels as they were before their filters.
    fn decoded(rows: &[u8]) -> Vec<u8> {
        let mut decoded: Vec<u8> = Vec::new();
        for row in rows.chunks_exact(16) {
            let above =
                decoded.len().checked_sub(15).map_or(vec![0; 15], |at| decoded[at..].to_vec());
            let mut line: Vec<u8> = Vec::new();
            for (at, byte) in row[1..].iter().enumerate() {
                let left = at.checked_sub(3).map_or(0, |at| line[at]);
                let corner = at.checked_sub(3).map_or(0, |at| above[at]);
                let guess = [0, left, above[at], 0, paeth(left, above[at], corner)];
                line.push(byte.wrapping_add(guess[usize::from(row[0])]));
            }
            decoded.extend(line);
        }
        decoded
    }

    #[test]
    fn the_filter_that_packs_best_is_taken() {
        let mut deflater = Deflater::new();
        let mut is = |filter: u8, samples: &[u8]| {
            let packed = pack(samples, 64, 1, &mut deflater);
            deflater.compress(&filtered(filter, samples, 64, 1)) == packed
        };
        let mut state: u32 = 1;
        let mut chance = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 31) as u8
        };
        let ramp: Vec<u8> = (0..64 * 64_u32).map(|n| (n % 64 * 3) as u8 + chance()).collect();
        assert!(is(1, &ramp));
        let two: Vec<u8> = (0..64 * 64).map(|_| chance() * 200).collect();
        assert!(is(0, &two));
    }

    #[test]
    fn a_cut_file_is_not_passed_through() {
        let file = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0....\0\0\0\x02IDATxx....\0\0\0\0IEND....";
        assert!(lend(file).is_some());
        for end in 0..file.len() - 4 {
            assert!(lend(&file[..end]).is_none(), "{end}");
        }
    }
}
