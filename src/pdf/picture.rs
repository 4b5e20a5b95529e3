//! Pictures as XObjects: each once in a file, however often it is placed.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;

use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Message, Place};
use crate::image::{self, Colour, Fault, Kind, Picture, Profile, Raster};
use crate::layout::{Item, Layout, Page};
use crate::message;

use super::appearance::Appearance;
use super::colour::{self, Output, Space};
use super::deflate::{Deflater, packed};
use super::drawing::{self, Look};
use super::png::{self, Lent};
use super::syntax::name;

/// Raster pictures in the colours of the products.
pub struct Rasters(BTreeMap<(PictureId, Output), Form>);

/// How a raster picture stands in a file.
enum Form {
    /// As the JPEG that it is, in the colours of a space.
    Jpeg(Space),
    /// Packed.
    Packed(Box<Packed>),
}

/// A packed picture, its space and its soft mask (ISO 32000-1, 11.6.5.3).
struct Packed {
    image: Stream,
    space: Space,
    /// Colours of `space` that the samples of the picture number.
    palette: Option<Vec<u8>>,
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

/// The pages of a product.
pub fn pages<'a>(layout: &'a Layout, appearance: &Appearance) -> impl Iterator<Item = &'a Page> {
    let (cover, back) = match appearance.cover {
        true => (Some(&layout.cover), layout.back.as_ref()),
        false => (None, None),
    };
    cover.into_iter().chain(&layout.pages).chain(back)
}

/// The pictures that a product shows.
pub fn shown(layout: &Layout, appearance: &Appearance) -> BTreeSet<PictureId> {
    pages(layout, appearance).flat_map(on_page).collect()
}

impl Rasters {
    /// Makes the pictures that products show what they are there, each decoded once at most.
    ///
    /// # Errors
    /// A finding for each that cannot be decoded or converted.
    pub fn pack<'a>(
        book: &Book,
        layout: &Layout,
        appearances: impl Iterator<Item = &'a Appearance>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut wanted: BTreeMap<PictureId, BTreeSet<Output>> = BTreeMap::new();
        for appearance in appearances {
            for id in shown(layout, appearance) {
                wanted.entry(id).or_default().insert(Output::from(&appearance.printer));
            }
        }
        let pack = |deflater: &mut Deflater, (id, outputs): (PictureId, BTreeSet<Output>)| {
            let forms = forms(book.picture(id), &outputs, deflater).map_err(|fault| (id, fault))?;
            Ok(forms.into_iter().map(move |(output, form)| ((id, output), form)))
        };
        let results: Vec<_> = wanted.into_par_iter().map_init(Deflater::new, pack).collect();
        let (mut rasters, mut findings) = (BTreeMap::new(), Vec::new());
        for result in results {
            match result {
                Ok(forms) => rasters.extend(forms),
                Err((id, fault)) => findings.push(finding(fault, book.place(id))),
            }
        }
        if findings.is_empty() { Ok(Self(rasters)) } else { Err(findings) }
    }
}

fn finding(fault: Fault, place: &Place) -> Diagnostic {
    let finding = Diagnostic::new(fault.code, place.clone(), fault.message);
    fault.hints.into_iter().fold(finding, Diagnostic::hint)
}

/// A raster picture as each of `outputs` has it; nothing of a drawing.
fn forms(
    picture: &Picture,
    outputs: &BTreeSet<Output>,
    deflater: &mut Deflater,
) -> Result<Vec<(Output, Form)>, Fault> {
    let profile = match &picture.kind {
        Kind::Jpeg { profile, .. } | Kind::Png { profile, .. } => profile.as_ref(),
        Kind::Drawing(_) => return Ok(Vec::new()),
    };
    let mut decoded: Option<Raster> = None;
    let mut forms = Vec::new();
    for &output in outputs {
        let form = match as_it_is(picture, profile, output)? {
            Some(form) => form,
            None => {
                let raster = match decoded.take() {
                    Some(raster) => raster,
                    None => image::pixels(picture)?,
                };
                let form = pack_raster(&raster, profile, output, deflater)?;
                decoded = Some(raster);
                form
            }
        };
        forms.push((output, form));
    }
    Ok(forms)
}

/// A picture whose pixels a product takes as they are packed in its file.
fn as_it_is(
    picture: &Picture,
    profile: Option<&Profile>,
    output: Output,
) -> Result<Option<Form>, Fault> {
    match &picture.kind {
        Kind::Jpeg { colour, .. } => {
            let space = Space::kept(*colour, profile, output.colours);
            let kept = match space {
                // How much ink it asks for, only its pixels tell.
                Some(Space::Device(Colour::Cmyk)) => {
                    let inks = image::pixels(picture)?.samples;
                    space.filter(|_| colour::is_within(output.ink, &inks))
                }
                Some(Space::Device(Colour::Grey | Colour::Rgb) | Space::Profile(_)) | None => space,
            };
            Ok(kept.map(Form::Jpeg))
        }
        Kind::Png { .. } => match png::lend(&picture.bytes) {
            Some(lent) => lent_form(lent, profile, output),
            None => Ok(None),
        },
        Kind::Drawing(_) => Ok(None),
    }
}

/// A PNG in the colours of a product, where those of its pixels stay or stand in its palette.
fn lent_form(lent: Lent, profile: Option<&Profile>, output: Output) -> Result<Option<Form>, Fault> {
    let Lent { image, colour, palette } = lent;
    let (space, palette) = match palette {
        Some(palette) => {
            let (palette, space) =
                colour::converted(&palette, colour, profile, output).map_err(unconvertible)?;
            (Some(space), Some(palette.into_owned()))
        }
        None => (Space::kept(colour, profile, output.colours), None),
    };
    Ok(space.map(|space| Form::Packed(Box::new(Packed { image, space, palette, mask: None }))))
}

/// Says that a picture's profile does not lead to the colours of a product.
fn unconvertible(why: Message) -> Fault {
    Fault {
        code: Code::BrokenImage,
        message: message!("the colours of a picture cannot be printed by its profile: {why}", why),
        hints: vec!["export it again as sRGB".into()],
    }
}

fn pack_raster(
    raster: &Raster,
    profile: Option<&Profile>,
    output: Output,
    deflater: &mut Deflater,
) -> Result<Form, Fault> {
    let pixels = (raster.width, raster.height);
    let mask = raster.alpha.as_ref().map(|alpha| {
        let mut mask = pack_samples(pixels, Colour::Grey, alpha, deflater);
        mask.dict.set("ColorSpace", name("DeviceGray"));
        mask
    });
    if raster.colour != Colour::Grey
        && let Some((palette, numbers)) = image::indexed(raster)
    {
        let (palette, space) =
            colour::converted(&palette, raster.colour, profile, output).map_err(unconvertible)?;
        let palette = Some(palette.into_owned());
        let image = packed(image_dictionary(pixels, 8), deflater.compress(&numbers));
        return Ok(Form::Packed(Box::new(Packed { image, space, palette, mask })));
    }
    let (samples, space) = colour::converted(&raster.samples, raster.colour, profile, output)
        .map_err(unconvertible)?;
    let image = pack_samples(pixels, space.colour(), &samples, deflater);
    Ok(Form::Packed(Box::new(Packed { image, space, palette: None, mask })))
}

/// Samples of eight bits, packed row by row as a PNG would be.
fn pack_samples(
    pixels: (u32, u32),
    colour: Colour,
    samples: &[u8],
    deflater: &mut Deflater,
) -> Stream {
    let components = colour.components();
    let bytes = png::pack(samples, pixels.0 as usize, components, deflater);
    let mut dictionary = image_dictionary(pixels, 8);
    dictionary.set("DecodeParms", png::predictor(pixels.0, components, 8));
    packed(dictionary, bytes)
}

/// Adds `pictures` to `document` and says which object each has become.
pub fn add(
    document: &mut Document,
    book: &Book,
    pictures: &BTreeSet<PictureId>,
    rasters: &Rasters,
    look: Look<'_>,
) -> BTreeMap<PictureId, ObjectId> {
    let mut deflater = Deflater::new();
    let mut profiles = Profiles::default();
    let mut objects = BTreeMap::new();
    for &id in pictures {
        let picture = book.picture(id);
        let object = match (&picture.kind, rasters.0.get(&(id, look.output))) {
            (Kind::Drawing(drawing), _) => {
                document.add_object(drawing::form(drawing, look, &mut deflater))
            }
            (Kind::Jpeg { pixels, colour, .. }, Some(Form::Jpeg(space))) => {
                let mut image = jpeg(picture, *pixels, *colour);
                image.dict.set("ColorSpace", profiles.space(space, document, &mut deflater));
                document.add_object(image)
            }
            (Kind::Jpeg { .. } | Kind::Png { .. }, Some(Form::Packed(packed))) => {
                add_packed(packed, document, &mut profiles, &mut deflater)
            }
            (Kind::Png { .. }, Some(Form::Jpeg(_)))
            | (Kind::Jpeg { .. } | Kind::Png { .. }, None) => {
                continue;
            }
        };
        objects.insert(id, object);
    }
    objects
}

fn add_packed(
    packed: &Packed,
    document: &mut Document,
    profiles: &mut Profiles,
    deflater: &mut Deflater,
) -> ObjectId {
    let mut image = packed.image.clone();
    let space = profiles.space(&packed.space, document, deflater);
    let space = match &packed.palette {
        Some(palette) => indexed(space, palette, packed.space.colour()),
        None => space,
    };
    image.dict.set("ColorSpace", space);
    if let Some(mask) = &packed.mask {
        image.dict.set("SMask", document.add_object(mask.clone()));
    }
    document.add_object(image)
}

/// A space of numbered colours (8.6.6.3).
fn indexed(base: Object, palette: &[u8], colour: Colour) -> Object {
    let last = palette.len() / usize::from(colour.components()) - 1;
    let table = Object::String(palette.to_vec(), StringFormat::Hexadecimal);
    vec![name("Indexed"), base, i64::try_from(last).unwrap_or(i64::MAX).into(), table].into()
}

/// The profiles that a file holds, each once.
#[derive(Default)]
struct Profiles(BTreeMap<Profile, ObjectId>);

impl Profiles {
    /// The object of a colour space.
    fn space(&mut self, space: &Space, document: &mut Document, deflater: &mut Deflater) -> Object {
        match space {
            Space::Device(colour) => name(device(*colour)),
            Space::Profile(profile) => {
                let object = *self
                    .0
                    .entry(profile.clone())
                    .or_insert_with(|| document.add_object(stream(profile, deflater)));
                vec![name("ICCBased"), object.into()].into()
            }
        }
    }
}

/// A profile as a stream (8.6.5.5).
fn stream(profile: &Profile, deflater: &mut Deflater) -> Stream {
    let dictionary = dictionary! {
        "N" => i64::from(profile.colour().components()),
        "Alternate" => name(device(profile.colour())),
    };
    deflater.stream(dictionary, profile.bytes())
}

/// The entries that all images have (table 89), but their space.
pub fn image_dictionary((width, height): (u32, u32), bits: u8) -> Dictionary {
    dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Image"),
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "BitsPerComponent" => i64::from(bits),
    }
}

/// The colour space of a device (8.6.4).
const fn device(colour: Colour) -> &'static str {
    match colour {
        Colour::Grey => "DeviceGray",
        Colour::Rgb => "DeviceRGB",
        Colour::Cmyk => "DeviceCMYK",
    }
}

/// A JPEG goes into the file as it is (7.4.8). Adobe's four-colour ones count ink the other way
/// round.
fn jpeg(picture: &Picture, pixels: (u32, u32), colour: Colour) -> Stream {
    let mut dictionary = image_dictionary(pixels, 8);
    dictionary.set("Filter", "DCTDecode");
    if colour == Colour::Cmyk && image::counts_missing_ink(&picture.bytes) {
        dictionary
            .set("Decode", [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>());
    }
    Stream::new(dictionary, picture.bytes.to_vec())
}
