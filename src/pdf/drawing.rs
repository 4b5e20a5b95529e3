//! A drawing as a form XObject (ISO 32000-1, 8.10): paths stay paths and text stays text.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use crate::image::{Drawing, DrawnGlyph, Fill, Segment, Shape, Stroke};
use crate::units::Length;

use super::colour::{Output, Painting};
use super::content::{select_font, show};
use super::deflate::Deflater;
use super::glyphs::{FaceGlyphs, Repertoire, as_on_a_page};
use super::syntax::{name, number};

/// Decimals of coordinates in points.
const PLACE: u32 = 3;
/// Decimals of the factors of a matrix.
const FACTOR: u32 = 5;

/// What drawings are written with.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What their colours become.
    pub output: Output,
    /// The glyphs of their text.
    pub repertoire: &'a Repertoire,
    /// The font dictionary.
    pub fonts: ObjectId,
}

/// The form of `drawing`, which fills the unit square with it.
pub fn form(drawing: &Drawing, look: Look<'_>, deflater: &mut Deflater) -> Stream {
    let [width, height] =
        [drawing.size.width, drawing.size.height].map(|side| side.max(Length::from_raw(1)).as_pt());
    let reals = |numbers: [f64; 4]| numbers.map(|number| Object::Real(number as f32)).to_vec();
    // Drawings count downwards from the top; the unit square upwards from the bottom.
    let mut matrix = reals([1.0 / width, 0.0, 0.0, -1.0 / height]);
    matrix.extend([0.into(), 1.into()]);
    let dictionary = dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Form"),
        "BBox" => reals([0.0, 0.0, width, height]),
        "Matrix" => matrix,
        "Resources" => Dictionary::from_iter([("Font", Object::Reference(look.fonts))]),
    };
    deflater.stream(dictionary, &content(drawing, look))
}

fn content(drawing: &Drawing, look: Look<'_>) -> Vec<u8> {
    // SVG turns a mitre into a bevel at 4, PDF at 10.
    let mut out = b"4 M\n".to_vec();
    for shape in &drawing.shapes {
        match shape {
            Shape::Path { segments, fill, stroke } => {
                write_path(segments, fill.as_ref(), stroke.as_ref(), look.output, &mut out);
            }
            Shape::Glyphs { face, transform, glyphs, colour } => {
                if let Some(font) = look.repertoire.face(*face) {
                    look.output.write(&mut out, *colour, Painting::Fill);
                    write_glyphs(font, *transform, glyphs, &mut out);
                }
            }
        }
    }
    out
}

/// A path and what is done with it (8.5.2, 8.5.3).
fn write_path(
    segments: &[Segment],
    fill: Option<&Fill>,
    stroke: Option<&Stroke>,
    output: Output,
    out: &mut Vec<u8>,
) {
    let paint: &[u8] = match (fill.map(|fill| fill.even_odd), stroke.is_some()) {
        (None, false) => return,
        (None, true) => b"S\n",
        (Some(false), false) => b"f\n",
        (Some(true), false) => b"f*\n",
        (Some(false), true) => b"B\n",
        (Some(true), true) => b"B*\n",
    };
    if let Some(fill) = fill {
        output.write(out, fill.colour, Painting::Fill);
    }
    if let Some(stroke) = stroke {
        write_stroke(stroke, output, out);
    }
    for segment in segments {
        write_segment(*segment, out);
    }
    out.extend_from_slice(paint);
}

fn write_stroke(stroke: &Stroke, output: Output, out: &mut Vec<u8>) {
    output.write(out, stroke.colour, Painting::Stroke);
    number(out, stroke.width, PLACE);
    out.extend_from_slice(b"w ");
    // Readers refuse styles above 2 (8.4.3.3, 8.4.3.4).
    for (style, operator) in [(stroke.cap, b"J "), (stroke.join, b"j ")] {
        number(out, f32::from(style.min(2)), 0);
        out.extend_from_slice(operator);
    }
    out.push(b'[');
    for dash in &stroke.dashes {
        number(out, *dash, PLACE);
    }
    out.extend_from_slice(b"] 0 d\n");
}

fn write_segment(segment: Segment, out: &mut Vec<u8>) {
    let mut write = |points: &[[f32; 2]], operator: &[u8]| {
        for coordinate in points.as_flattened() {
            number(out, *coordinate, PLACE);
        }
        out.extend_from_slice(operator);
    };
    match segment {
        Segment::Move(to) => write(&[to], b"m\n"),
        Segment::Line(to) => write(&[to], b"l\n"),
        Segment::Cubic(first, second, to) => write(&[first, second, to], b"c\n"),
        Segment::Close => write(&[], b"h\n"),
    }
}

/// Glyphs at a size of one point, which their matrix brings to its place and size.
fn write_glyphs(font: &FaceGlyphs, transform: [f32; 6], drawn: &[DrawnGlyph], out: &mut Vec<u8>) {
    let (glyphs, text) = as_on_a_page(drawn);
    out.extend_from_slice(b"BT\n");
    select_font(font, Length::pt(1.0), out);
    for factor in transform {
        number(out, factor, FACTOR);
    }
    out.extend_from_slice(b"Tm\n");
    show(&glyphs, &text, Length::pt(1.0), font, out);
    out.extend_from_slice(b"ET\n");
}
