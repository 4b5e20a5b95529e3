//! What stands around the page for the printer: crop marks and registration marks.

use lopdf::{Object, Stream, dictionary};

use crate::units::{Length, Point};

use super::boxes::Boxes;
use super::syntax::{length, name};
use crate::profile::Colours;

/// Decimals of coordinates in points.
const PLACE: u32 = 3;
/// Distance from the bleed to the crop marks.
const GAP: Length = Length::mm(1.0);
/// Length of a crop mark.
const CROP: Length = Length::mm(5.0);
/// Distance from the bleed to the middle of a registration mark.
pub const TARGET: Length = Length::mm(5.0);
/// Half of the cross of a registration mark.
pub const ARM: Length = Length::mm(2.5);
/// The radius of its circle.
const RADIUS: Length = Length::mm(1.5);

/// The marks of every page as one form (ISO 32000-1, 8.10), from the corner of the sheet.
pub fn form(boxes: &Boxes, colours: Colours) -> Stream {
    let media = |extent: Length| extent + boxes.surround * 2;
    let (width, height) = (media(boxes.trim.width), media(boxes.trim.height));
    let mut dictionary = dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Form"),
        "BBox" => vec![0.into(), 0.into(), Object::Real(width.as_pt() as f32),
            Object::Real(height.as_pt() as f32)],
    };
    let mut out = Vec::new();
    match colours {
        Colours::All | Colours::Grey => out.extend_from_slice(b"0 G "),
        Colours::Cmyk => {
            let space = dictionary! { "All" => every_plate() };
            dictionary.set("Resources", dictionary! { "ColorSpace" => space });
            out.extend_from_slice(b"/All CS 1 SCN ");
        }
    }
    out.extend_from_slice(b"0.25 w\n");
    crop_marks(boxes, (width, height), &mut out);
    let (near, middle) = (boxes.surround - boxes.bleed - TARGET, |extent: Length| extent / 2);
    for (x, y) in [
        (middle(width), near),
        (middle(width), height - near),
        (near, middle(height)),
        (width - near, middle(height)),
    ] {
        registration_mark(Point { x, y }, &mut out);
    }
    Stream::new(dictionary, out)
}

/// The colour that all plates print (8.6.6.4).
fn every_plate() -> Vec<Object> {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::from(0); 4],
        "C1" => vec![Object::from(1); 4],
        "N" => 1,
    };
    vec![name("Separation"), name("All"), name("DeviceCMYK"), tint.into()]
}

/// Two at each corner, on the lines that the knife cuts.
fn crop_marks(boxes: &Boxes, (width, height): (Length, Length), out: &mut Vec<u8>) {
    let inner = boxes.surround - boxes.bleed - GAP;
    for far in [(inner - CROP, inner), (width - inner, width - inner + CROP)] {
        for y in [boxes.surround, height - boxes.surround] {
            line(Point { x: far.0, y }, Point { x: far.1, y }, out);
        }
    }
    for far in [(inner - CROP, inner), (height - inner, height - inner + CROP)] {
        for x in [boxes.surround, width - boxes.surround] {
            line(Point { x, y: far.0 }, Point { x, y: far.1 }, out);
        }
    }
}

/// A cross in a circle: where the plates are in register, the crosses of all fall on one.
fn registration_mark(centre: Point, out: &mut Vec<u8>) {
    let at = |x, y| Point { x: centre.x + x, y: centre.y + y };
    line(at(-ARM, Length::ZERO), at(ARM, Length::ZERO), out);
    line(at(Length::ZERO, -ARM), at(Length::ZERO, ARM), out);
    // The curve that comes nearest to a quarter of a circle.
    let reach = RADIUS.fraction(5523, 10_000);
    let (none, far) = (Length::ZERO, RADIUS);
    place(at(far, none), out);
    out.extend_from_slice(b"m ");
    for quarter in [
        [(far, reach), (reach, far), (none, far)],
        [(-reach, far), (-far, reach), (-far, none)],
        [(-far, -reach), (-reach, -far), (none, -far)],
        [(reach, -far), (far, -reach), (far, none)],
    ] {
        quarter.into_iter().for_each(|(x, y)| place(at(x, y), out));
        out.extend_from_slice(b"c ");
    }
    out.extend_from_slice(b"s\n");
}

fn line(from: Point, to: Point, out: &mut Vec<u8>) {
    place(from, out);
    out.extend_from_slice(b"m ");
    place(to, out);
    out.extend_from_slice(b"l S\n");
}

fn place(point: Point, out: &mut Vec<u8>) {
    length(out, point.x, PLACE);
    length(out, point.y, PLACE);
}
