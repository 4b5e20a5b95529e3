//! Drawings as content: paths, and text in the book's own fonts.

use super::content::Resources;
use super::ink::Colour;
use super::number::{operation, push_byte, push_text};
use crate::font::FaceId;
use crate::image::{Drawing, DrawnGlyph, Fill, Rgb, Segment, Shape, Stroke};

/// The content of a drawing in its own coordinates, turned upright: one unit is a point, upwards
/// from the bottom-left corner.
pub fn write(drawing: &Drawing, resources: &Resources<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    operation(&mut out, &[1.0, 0.0, 0.0, -1.0, 0.0, drawing.size.height.as_pt()], "cm");
    for shape in &drawing.shapes {
        match shape {
            Shape::Path { segments, fill, stroke } => {
                path(&mut out, segments, *fill, stroke.as_ref(), resources);
            }
            Shape::Glyphs { face, transform, glyphs, colour } => {
                row(&mut out, *face, *transform, glyphs, *colour, resources);
            }
        }
    }
    out
}

fn path(
    out: &mut Vec<u8>,
    segments: &[Segment],
    fill: Option<Fill>,
    stroke: Option<&Stroke>,
    resources: &Resources<'_>,
) {
    let paint = match (fill, stroke) {
        (Some(Fill { even_odd: false, .. }), None) => "f",
        (Some(Fill { even_odd: true, .. }), None) => "f*",
        (Some(Fill { even_odd: false, .. }), Some(_)) => "B",
        (Some(Fill { even_odd: true, .. }), Some(_)) => "B*",
        (None, Some(_)) => "S",
        (None, None) => return,
    };
    if let Some(fill) = fill {
        Colour::drawn(fill.colour, resources.product).fill(out);
    }
    if let Some(stroke) = stroke {
        pen(out, stroke, resources);
    }
    for segment in segments {
        match *segment {
            Segment::Move([x, y]) => operation(out, &[x, y].map(f64::from), "m"),
            Segment::Line([x, y]) => operation(out, &[x, y].map(f64::from), "l"),
            Segment::Cubic([a, b], [c, d], [x, y]) => {
                operation(out, &[a, b, c, d, x, y].map(f64::from), "c");
            }
            Segment::Close => out.extend_from_slice(b"h\n"),
        }
    }
    out.extend_from_slice(paint.as_bytes());
    out.push(b'\n');
}

fn pen(out: &mut Vec<u8>, stroke: &Stroke, resources: &Resources<'_>) {
    Colour::drawn(stroke.colour, resources.product).stroke(out);
    operation(out, &[f64::from(stroke.width)], "w");
    operation(out, &[f64::from(stroke.cap)], "J");
    operation(out, &[f64::from(stroke.join)], "j");
    out.push(b'[');
    stroke.dashes.iter().for_each(|&dash| super::number::push(out, f64::from(dash)));
    out.extend_from_slice(b"]0 d\n");
}

/// Glyphs of a drawing, each in its own place.
fn row(
    out: &mut Vec<u8>,
    face: FaceId,
    transform: [f32; 6],
    glyphs: &[DrawnGlyph],
    colour: Rgb,
    resources: &Resources<'_>,
) {
    let (Some(program), Some(used)) =
        (resources.programs.get(&face), resources.inventory.faces.get(&face))
    else {
        return;
    };
    Colour::drawn(colour, resources.product).fill(out);
    out.extend_from_slice(b"BT\n/");
    out.extend_from_slice(program.resource.as_bytes());
    out.extend_from_slice(b" 1 Tf\n");
    let [a, b, c, d, e, f] = transform.map(f64::from);
    for glyph in glyphs {
        let id = used.new_id(glyph.id);
        let x = f64::from(glyph.x);
        operation(out, &[a, b, c, d, e + a * x, f + b * x], "Tm");
        let plain = used.text_of(id) == glyph.text;
        if !plain {
            out.extend_from_slice(b"/Span <</ActualText ");
            push_text(out, &glyph.text);
            out.extend_from_slice(b">> BDC\n");
        }
        out.push(b'(');
        id.to_be_bytes().into_iter().for_each(|byte| push_byte(out, byte));
        out.extend_from_slice(b")Tj\n");
        if !plain {
            out.extend_from_slice(b"EMC\n");
        }
    }
    out.extend_from_slice(b"ET\n");
}
