//! Pictures as XObjects: JPEG as it is, other rasters compressed anew, drawings as forms.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, Stream, dictionary};
use rayon::prelude::*;

use super::content::{self, Resources};
use super::document::deflate;
use super::inventory::Inventory;
use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Place};
use crate::image::{Colour, Drawing, Kind, Picture, Raster, pixels};

/// A raster picture, the same in every product.
#[derive(Clone)]
pub struct Image {
    /// Its colours.
    pub picture: Stream,
    /// How opaque it is, where that differs.
    pub mask: Option<Stream>,
}

/// The streams of all raster pictures that are used.
///
/// # Errors
/// A finding for every picture that cannot be decoded.
pub fn streams(
    book: &Book,
    inventory: &Inventory,
) -> Result<BTreeMap<PictureId, Image>, Vec<Diagnostic>> {
    let used: Vec<PictureId> = inventory.pictures.iter().copied().collect();
    let made: Vec<Result<Option<(PictureId, Image)>, Diagnostic>> = used
        .into_par_iter()
        .map(|id| Ok(image(book.picture(id))?.map(|image| (id, image))))
        .collect();
    let (images, failures): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    if failures.is_empty() {
        Ok(images.into_iter().flatten().flatten().collect())
    } else {
        Err(failures.into_iter().filter_map(Result::err).collect())
    }
}

/// The streams of a picture; none for a drawing, whose colours differ from product to product.
fn image(picture: &Picture) -> Result<Option<Image>, Diagnostic> {
    match &picture.kind {
        Kind::Jpeg { pixels, colour } => {
            let mut dictionary = raster(*pixels, *colour);
            dictionary.set("Filter", "DCTDecode");
            if *colour == Colour::Cmyk {
                // Adobe's CMYK JPEGs are stored inverted.
                let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(Object::from).to_vec();
                dictionary.set("Decode", inverted);
            }
            Ok(Some(Image { picture: stream(dictionary, picture.bytes.to_vec()), mask: None }))
        }
        Kind::Png { .. } => {
            let decoded = pixels(picture)
                .map_err(|fault| Diagnostic::new(Code::WriterFailed, Place::Book, fault.message))?;
            Ok(Some(flate(&decoded)))
        }
        Kind::Drawing(_) => Ok(None),
    }
}

fn raster((width, height): (u32, u32), colour: Colour) -> Dictionary {
    let space = match colour {
        Colour::Grey => "DeviceGray",
        Colour::Rgb => "DeviceRGB",
        Colour::Cmyk => "DeviceCMYK",
    };
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
    }
}

fn flate(raster_picture: &Raster) -> Image {
    let Raster { width, height, colour, samples, alpha } = raster_picture;
    let components = match colour {
        Colour::Grey => 1,
        Colour::Rgb => 3,
        Colour::Cmyk => 4,
    };
    let plane = |colour, components: usize, samples: &[u8]| {
        let mut dictionary = raster((*width, *height), colour);
        dictionary.set("Filter", "FlateDecode");
        dictionary.set(
            "DecodeParms",
            dictionary! {
                "Predictor" => 15,
                "Colors" => components as i64,
                "BitsPerComponent" => 8,
                "Columns" => i64::from(*width),
            },
        );
        stream(dictionary, deflate(&predicted(samples, *width as usize * components, components)))
    };
    Image {
        picture: plane(*colour, components, samples),
        mask: alpha.as_ref().map(|alpha| plane(Colour::Grey, 1, alpha)),
    }
}

fn stream(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dictionary, content);
    stream.allows_compression = false;
    stream
}

/// Rows of samples, each after the PNG filter that leaves the least of it (PNG 12.8).
fn predicted(samples: &[u8], row_length: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row_length.max(1) + 1);
    let mut above = vec![0; row_length];
    let mut trial = vec![0; row_length];
    for row in samples.chunks_exact(row_length.max(1)) {
        let mut best: Option<(u64, u8, Vec<u8>)> = None;
        for filter in [1, 2, 4] {
            for (index, slot) in trial.iter_mut().enumerate() {
                let left = index.checked_sub(pixel).map_or(0, |place| row[place]);
                let corner = index.checked_sub(pixel).map_or(0, |place| above[place]);
                let guess = match filter {
                    1 => left,
                    2 => above[index],
                    _ => paeth(left, above[index], corner),
                };
                *slot = row[index].wrapping_sub(guess);
            }
            let rest = trial.iter().map(|&byte| u64::from(byte.min(byte.wrapping_neg()))).sum();
            if best.as_ref().is_none_or(|(least, ..)| rest < *least) {
                best = Some((rest, filter, trial.clone()));
            }
        }
        if let Some((_, filter, bytes)) = best {
            out.push(filter);
            out.extend_from_slice(&bytes);
        }
        above.copy_from_slice(row);
    }
    out
}

/// Of left, above and corner, the one nearest to left + above - corner (PNG 9.4).
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let estimate = a + b - c;
    let [near_a, near_b, near_c] = [a, b, c].map(|value| (estimate - value).abs());
    if near_a <= near_b && near_a <= near_c {
        left
    } else if near_b <= near_c {
        above
    } else {
        corner
    }
}

/// A drawing as a form that fills the unit square, as pictures do.
pub fn form(drawing: &Drawing, resources: &Resources<'_>, fonts: Object) -> Stream {
    let [width, height] =
        [drawing.size.width, drawing.size.height].map(|length| length.as_pt().max(0.001));
    let number = |value: f64| Object::Real(value as f32);
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), number(width), number(height)],
        "Matrix" => vec![number(1.0 / width), 0.into(), 0.into(), number(1.0 / height), 0.into(), 0.into()],
        "Resources" => dictionary! { "Font" => fonts },
        "Filter" => "FlateDecode",
    };
    stream(dictionary, deflate(&content::drawing(drawing, resources)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_alike_leave_nothing_after_the_filter() {
        let samples = [10, 20, 30, 10, 20, 30];
        assert_eq!(predicted(&samples, 3, 3), [1, 10, 20, 30, 2, 0, 0, 0]);
    }

    #[test]
    fn paeth_chooses_the_nearest() {
        assert_eq!(paeth(10, 20, 10), 20);
        assert_eq!(paeth(20, 10, 10), 20);
        assert_eq!(paeth(5, 5, 5), 5);
    }
}
