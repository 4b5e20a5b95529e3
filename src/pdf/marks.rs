//! What stands around the page for the printer: crop marks and registration marks.

use lopdf::{Object, Stream, dictionary};

use crate::profile::Colours;
use crate::units::{Length, Point, Size};

use super::boxes::Boxes;
use super::syntax::{length, name, points};

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
    let media = boxes.media;
    let mut dictionary = dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Form"),
        "BBox" => vec![0.into(), 0.into(), points(media.width), points(media.height)],
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
    crop_marks(boxes, media, &mut out);
    registration_marks(boxes, media, &mut out);
    if let Some(spine) = boxes.spine {
        fold_marks(boxes, media, spine, &mut out);
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
fn crop_marks(boxes: &Boxes, media: Size, out: &mut Vec<u8>) {
    let inner = boxes.surround - boxes.bleed - GAP;
    // Where marks begin and end along a side, before the page and after it.
    let stretches = |extent| [(inner - CROP, inner), (extent - inner, extent - inner + CROP)];
    let cuts = |extent| [boxes.surround, extent - boxes.surround];
    for (from, to) in stretches(media.width) {
        for y in cuts(media.height) {
            line(Point { x: from, y }, Point { x: to, y }, out);
        }
    }
    for (from, to) in stretches(media.height) {
        for x in cuts(media.width) {
            line(Point { x, y: from }, Point { x, y: to }, out);
        }
    }
}

/// Dashed ones where a cover is folded around the block: at both edges of its spine.
fn fold_marks(boxes: &Boxes, media: Size, spine: Length, out: &mut Vec<u8>) {
    let inner = boxes.surround - boxes.bleed - GAP;
    out.extend_from_slice(b"[3 1.5] 0 d\n");
    for x in [media.width / 2 - spine / 2, media.width / 2 + spine / 2] {
        for (from, to) in
            [(inner - CROP, inner), (media.height - inner, media.height - inner + CROP)]
        {
            line(Point { x, y: from }, Point { x, y: to }, out);
        }
    }
    out.extend_from_slice(b"[] 0 d\n");
}

/// One at the middle of each side, or of the cover on the right where folds are in the middle: where the plates are in register, the marks of all fall together.
fn registration_marks(boxes: &Boxes, media: Size, out: &mut Vec<u8>) {
    let near = boxes.surround - boxes.bleed - TARGET;
    let middle_y = media.height / 2;
    let middle_x = match boxes.spine {
        None => media.width / 2,
        Some(spine) => media.width / 2 + spine / 2 + (boxes.trim.width - spine) / 4,
    };
    for (x, y) in [
        (middle_x, near),
        (middle_x, media.height - near),
        (near, middle_y),
        (media.width - near, middle_y),
    ] {
        registration_mark(Point { x, y }, out);
    }
}

/// A cross in a circle.
fn registration_mark(centre: Point, out: &mut Vec<u8>) {
    let at = |x, y| Point { x: centre.x + x, y: centre.y + y };
    let (none, far) = (Length::ZERO, RADIUS);
    line(at(-ARM, none), at(ARM, none), out);
    line(at(none, -ARM), at(none, ARM), out);
    // The curve that comes nearest to a quarter of a circle.
    let reach = RADIUS.fraction(5523, 10_000);
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
