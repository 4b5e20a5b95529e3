//! Pictures as XObjects: each once in a file, however often it is placed.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use crate::book::{Book, PictureId};
use crate::diag::{Diagnostic, Place};
use crate::image::{self, Colour, Fault, Kind, Picture, Raster};
use crate::layout::{Item, Layout, Page};

use super::deflate::{Deflater, packed};
use super::drawing::{self, Look};
use super::png;
use super::syntax::name;

/// Raster pictures that had to be packed for PDF; all products share them.
pub struct Rasters(BTreeMap<PictureId, Packed>);

/// A packed picture and its soft mask (ISO 32000-1, 11.6.5.3).
struct Packed {
    image: Stream,
    mask: Option<Stream>,
}

/// The pictures that a page shows.
pub fn on_page(page: &Page) -> BTreeSet<PictureId> {
    let shown = page.items.iter().filter_map(|item| match item {
        Item::Picture { picture, .. } => Some(*picture),
        Item::Glyphs(_)
        | Item::Rule { .. }
        | Item::Wave { .. }
        | Item::Link { .. }
        | Item::Tag(_) => None,
    });
    shown.collect()
}

/// The pictures that the cover and the pages show.
pub fn in_layout(layout: &Layout) -> BTreeSet<PictureId> {
    std::iter::once(&layout.cover).chain(&layout.pages).flat_map(on_page).collect()
}

impl Rasters {
    /// Packs those of `pictures` that cannot be taken as they are.
    ///
    /// # Errors
    /// A finding for each that cannot be decoded.
    pub fn pack(book: &Book, pictures: &BTreeSet<PictureId>) -> Result<Self, Vec<Diagnostic>> {
        let pack = |deflater: &mut Deflater, &id: &PictureId| {
            let picture = book.picture(id);
            match &picture.kind {
                Kind::Jpeg { .. } | Kind::Drawing(_) => None,
                Kind::Png { .. } => Some(pack_png(picture, deflater).map(|packed| (id, packed))),
            }
        };
        let results: Vec<_> =
            pictures.par_iter().map_init(Deflater::new, pack).flatten_iter().collect();
        let (mut rasters, mut findings) = (BTreeMap::new(), Vec::new());
        for result in results {
            match result {
                Ok((id, packed)) => {
                    rasters.insert(id, packed);
                }
                Err(fault) => findings.push(finding(fault)),
            }
        }
        if findings.is_empty() { Ok(Self(rasters)) } else { Err(findings) }
    }
}

fn finding(fault: Fault) -> Diagnostic {
    let finding = Diagnostic::new(fault.code, Place::Book, fault.message);
    fault.hints.into_iter().fold(finding, Diagnostic::hint)
}

/// Adds the pictures to `document` and says which object each has become.
pub fn add(
    document: &mut Document,
    book: &Book,
    pictures: &BTreeSet<PictureId>,
    rasters: &Rasters,
    look: Look<'_>,
) -> BTreeMap<PictureId, ObjectId> {
    let mut deflater = Deflater::new();
    let mut objects = BTreeMap::new();
    for &id in pictures {
        let picture = book.picture(id);
        let object = match &picture.kind {
            Kind::Jpeg { pixels, colour } => document.add_object(jpeg(picture, *pixels, *colour)),
            Kind::Drawing(drawing) => {
                let form = drawing::form(drawing, look, &mut deflater);
                document.add_object(form)
            }
            Kind::Png { .. } => match rasters.0.get(&id) {
                Some(packed) => add_packed(document, packed),
                None => continue,
            },
        };
        objects.insert(id, object);
    }
    objects
}

fn add_packed(document: &mut Document, packed: &Packed) -> ObjectId {
    let mut image = packed.image.clone();
    if let Some(mask) = &packed.mask {
        image.dict.set("SMask", document.add_object(mask.clone()));
    }
    document.add_object(image)
}

/// The entries that all images have (table 89).
pub fn image_dictionary(
    (width, height): (u32, u32),
    bits: u8,
    space: impl Into<Object>,
) -> Dictionary {
    dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Image"),
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => i64::from(bits),
    }
}

/// The device colour space of a raster (8.6.4).
fn space(colour: Colour) -> Object {
    name(match colour {
        Colour::Grey => "DeviceGray",
        Colour::Rgb => "DeviceRGB",
        Colour::Cmyk => "DeviceCMYK",
    })
}

/// A JPEG goes into the file as it is (7.4.8). Adobe's four-colour ones count ink the other way
/// round.
fn jpeg(picture: &Picture, pixels: (u32, u32), colour: Colour) -> Stream {
    let mut dictionary = image_dictionary(pixels, 8, space(colour));
    dictionary.set("Filter", "DCTDecode");
    if colour == Colour::Cmyk && has_adobe_marker(&picture.bytes) {
        dictionary
            .set("Decode", [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>());
    }
    Stream::new(dictionary, picture.bytes.to_vec())
}

/// Whether a JPEG has the segment APP14 of Adobe before its pixels (Adobe TN 5116).
fn has_adobe_marker(bytes: &[u8]) -> bool {
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

fn pack_png(picture: &Picture, deflater: &mut Deflater) -> Result<Packed, Fault> {
    if let Some(image) = png::pass_through(&picture.bytes) {
        return Ok(Packed { image, mask: None });
    }
    Ok(pack_raster(&image::pixels(picture)?, deflater))
}

fn pack_raster(raster: &Raster, deflater: &mut Deflater) -> Packed {
    let pixels = (raster.width, raster.height);
    let components: u8 = match raster.colour {
        Colour::Grey => 1,
        Colour::Rgb => 3,
        Colour::Cmyk => 4,
    };
    let mut layer = |samples: &[u8], components: u8, space| {
        let bytes = png::filter(samples, raster.width as usize, components);
        let mut dictionary = image_dictionary(pixels, 8, space);
        dictionary.set("DecodeParms", png::predictor(raster.width, components, 8));
        packed(dictionary, deflater.compress(&bytes))
    };
    let image = layer(&raster.samples, components, space(raster.colour));
    let mask = raster.alpha.as_ref().map(|alpha| layer(alpha, 1, space(Colour::Grey)));
    Packed { image, mask }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adobes_marker_is_found_among_the_segments() {
        let adobe = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xEE\x00\x0EAdobe\x00\x64\0\0\0\0\x02\xFF\xDA";
        assert!(has_adobe_marker(adobe));
        assert!(!has_adobe_marker(b"\xFF\xD8\xFF\xDA\x00\x02\xFF\xEE\x00\x0EAdobe"));
        assert!(!has_adobe_marker(b"\xFF\xD8\xFF\xE0\x00\x00\xFF"));
        assert!(!has_adobe_marker(b""));
    }
}
