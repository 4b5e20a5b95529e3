//! Drawings inside a side: their shapes as the PDFs have them, not the SVG that they were read from,
//! which may look otherwise with the faces of this machine.

use std::fmt::Write;

use crate::image::{Drawing, Fill, Rgb, Segment, Shape, Stroke};
use crate::units::Rect;

use super::page::{Glyphs, place};

/// Draws a drawing that fills a rectangle.
pub fn write(drawing: &Drawing, rect: Rect, glyphs: &mut Glyphs<'_>, out: &mut String) {
    let (width, height) = (drawing.size.width.as_pt(), drawing.size.height.as_pt());
    let view = format!("viewBox=\"0 0 {width:.2} {height:.2}\" preserveAspectRatio=\"none\"");
    // Writing into a string does not fail, here and below.
    let _ = write!(out, "<svg {} {view}>", place(rect));
    for shape in &drawing.shapes {
        match shape {
            Shape::Path { segments, fill, stroke } => {
                write_path(segments, *fill, stroke.as_ref(), out);
            }
            Shape::Glyphs { face, transform, glyphs: row, colour } => {
                let em = glyphs.units(*face);
                let [a, b, c, d, e, f] = transform.map(f64::from);
                let _ = write!(out, "<g fill=\"{}\" transform=\"matrix(", hex(*colour));
                let _ = write!(out, "{} {} {} {} {e} {f})\">", a / em, b / em, c / em, d / em);
                for glyph in row {
                    let (name, x) = (glyphs.name(*face, glyph.id), f64::from(glyph.x) * em);
                    let _ = write!(out, "<use href=\"#{name}\" x=\"{x:.1}\"/>");
                }
                out.push_str("</g>");
            }
        }
    }
    out.push_str("</svg>");
}

fn write_path(segments: &[Segment], fill: Option<Fill>, stroke: Option<&Stroke>, out: &mut String) {
    let filled = fill.map_or("none".to_owned(), |fill| hex(fill.colour));
    let _ = write!(out, "<path fill=\"{filled}\"");
    if fill.is_some_and(|fill| fill.even_odd) {
        out.push_str(" fill-rule=\"evenodd\"");
    }
    if let Some(Stroke { colour, width, dashes, cap, join }) = stroke {
        let cap = ["butt", "round", "square"][usize::from(*cap).min(2)];
        let join = ["miter", "round", "bevel"][usize::from(*join).min(2)];
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{width}\"", hex(*colour));
        let _ = write!(out, " stroke-linecap=\"{cap}\" stroke-linejoin=\"{join}\"");
        if !dashes.is_empty() {
            let dashes: Vec<String> = dashes.iter().map(f32::to_string).collect();
            let _ = write!(out, " stroke-dasharray=\"{}\"", dashes.join(" "));
        }
    }
    out.push_str(" d=\"");
    for segment in segments {
        let _ = match segment {
            Segment::Move([x, y]) => write!(out, "M{x} {y}"),
            Segment::Line([x, y]) => write!(out, "L{x} {y}"),
            Segment::Cubic([a, b], [c, d], [x, y]) => write!(out, "C{a} {b} {c} {d} {x} {y}"),
            Segment::Close => write!(out, "Z"),
        };
    }
    out.push_str("\"/>");
}

/// A colour of a screen as CSS writes it.
fn hex(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
