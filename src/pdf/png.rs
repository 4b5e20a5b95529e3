//! PNG and PDF share their compression and its predictors (ISO 32000-1, 7.4.4.4), so that most PNG
//! files can lend a PDF their pixels as they are packed.

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

use super::deflate::packed;
use super::picture::image_dictionary;
use super::syntax::name;

/// What the rows of a packed picture look like: PNG's filters, chosen row by row.
pub fn predictor(width: u32, components: u8, bits: u8) -> Dictionary {
    dictionary! {
        "Predictor" => 15,
        "Colors" => i64::from(components),
        "BitsPerComponent" => i64::from(bits),
        "Columns" => i64::from(width),
    }
}

/// The picture of a PNG file with its pixels as they are packed there; none for a file with
/// transparency, interlacing or anything unusual, which must be decoded.
pub fn pass_through(file: &[u8]) -> Option<Stream> {
    const COLOUR_GREY: u8 = 0;
    const COLOUR_RGB: u8 = 2;
    const COLOUR_PALETTE: u8 = 3;
    let chunks = Chunks::of(file)?;
    let [w0, w1, w2, w3, h0, h1, h2, h3, bits, colour, 0, 0, 0] = *chunks.header else {
        return None;
    };
    let (width, height) =
        (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    let (components, space) = match colour {
        COLOUR_GREY => (1, name("DeviceGray")),
        COLOUR_RGB => (3, name("DeviceRGB")),
        COLOUR_PALETTE => (1, indexed(chunks.palette?)?),
        _ => return None,
    };
    let mut dictionary = image_dictionary((width, height), bits, space);
    dictionary.set("DecodeParms", predictor(width, components, bits));
    Some(packed(dictionary, chunks.pixels))
}

/// A space of numbered colours (8.6.6.3).
fn indexed(palette: &[u8]) -> Option<Object> {
    let colours =
        i64::try_from(palette.len() / 3).ok().filter(|colours| (1..=256).contains(colours))?;
    let table = Object::String(palette.to_vec(), StringFormat::Hexadecimal);
    Some(vec![name("Indexed"), name("DeviceRGB"), (colours - 1).into(), table].into())
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

/// PNG's filters (PNG 3rd edition, 9.2) without the seldom useful Average.
const FILTERS: [u8; 4] = [0, 1, 2, 4];

/// Prepares samples of eight bits for compression: each row by the filter that leaves the least.
pub fn filter(samples: &[u8], width: usize, components: u8) -> Vec<u8> {
    let step = usize::from(components);
    let row_length = (width * step).max(1);
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row_length + 1);
    let above_first = vec![0; row_length];
    let mut above: &[u8] = &above_first;
    for row in samples.chunks_exact(row_length) {
        let cost = |filter: &u8| -> u64 {
            filtered(*filter, row, above, step)
                .map(|byte| u64::from(byte.cast_signed().unsigned_abs()))
                .sum()
        };
        let best = FILTERS.into_iter().min_by_key(cost).unwrap_or_default();
        out.push(best);
        out.extend(filtered(best, row, above, step));
        above = row;
    }
    out
}

/// A row after one filter.
fn filtered<'a>(
    filter: u8,
    row: &'a [u8],
    above: &'a [u8],
    step: usize,
) -> impl Iterator<Item = u8> + 'a {
    row.iter().zip(above).enumerate().map(move |(at, (&byte, &up))| {
        let before = at.checked_sub(step);
        let left = before.map_or(0, |before| row[before]);
        let guess = match filter {
            1 => left,
            2 => up,
            4 => paeth(left, up, before.map_or(0, |before| above[before])),
            _ => 0,
        };
        byte.wrapping_sub(guess)
    })
}

/// The neighbour that is nearest to a straight continuation (9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let straight = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |neighbour: u8| (straight - i16::from(neighbour)).abs();
    [left, up, corner].into_iter().min_by_key(|&neighbour| distance(neighbour)).unwrap_or(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filtered_rows_decode_to_what_they_were() {
        let samples: Vec<u8> = (0..5 * 7 * 3_u32).map(|n| (n * n * 31 / 7) as u8).collect();
        let rows = filter(&samples, 5, 3);
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
        assert_eq!(decoded, samples);
    }

    #[test]
    fn a_cut_file_is_not_passed_through() {
        let file = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0....\0\0\0\x02IDATxx....\0\0\0\0IEND....";
        assert!(pass_through(file).is_some());
        for end in 0..file.len() - 4 {
            assert!(pass_through(&file[..end]).is_none(), "{end}");
        }
    }
}
