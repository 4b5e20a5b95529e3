//! Text of a drawing: glyphs of the book's faces in rows, so that it stays text in a PDF.

use resvg::usvg;
use resvg::usvg::layout::{PositionedGlyph, Span};

use super::shapes::{Pen, Place};
use crate::font::FaceId;
use crate::image::{DrawnGlyph, Rgb, Shape};

/// How far a glyph may stand off its row, in ems.
const OFF_THE_ROW: f32 = 0.002;

/// Draws a text as glyphs where a page can, else as outlines.
pub fn draw(pen: &mut Pen<'_>, text: &usvg::Text, place: Place) {
    if !is_plain(pen, text) {
        pen.group(text.flattened(), place);
        return;
    }
    let mut row = Row::default();
    for span in text.layouted() {
        for line in [&span.overline, &span.underline].into_iter().flatten() {
            row.finish(pen);
            pen.path(line, place);
        }
        let colour = span.fill.as_ref().filter(|_| span.visible);
        if let Some(colour) = colour.and_then(|fill| pen.fill_colour(fill, place)) {
            for glyph in &span.positioned_glyphs {
                add(pen, &mut row, glyph, colour, place);
            }
        }
        if let Some(line) = &span.line_through {
            row.finish(pen);
            pen.path(line, place);
        }
    }
    row.finish(pen);
}

/// Whether glyphs say all there is: filled, from faces that look the same in a PDF.
fn is_plain(pen: &Pen<'_>, text: &usvg::Text) -> bool {
    let known = |glyph: &PositionedGlyph| {
        let face = pen.fonts.database().face(glyph.font);
        face.is_some_and(|face| !pen.fonts.face(face).is_variable())
            && u16::try_from(glyph.id.0).is_ok()
    };
    let plain = |span: &Span| span.stroke.is_none() && span.positioned_glyphs.iter().all(known);
    // A glyph that is a picture of its own has become a group.
    let is_outline = |node: &usvg::Node| matches!(node, usvg::Node::Path(_));
    text.layouted().iter().all(plain) && text.flattened().children().iter().all(is_outline)
}

/// Adds a glyph to the row, or begins a new one with it.
fn add(pen: &mut Pen<'_>, row: &mut Row, glyph: &PositionedGlyph, colour: Rgb, place: Place) {
    let Some(face) = pen.fonts.database().face(glyph.font) else { return };
    if glyph.id.0 == 0 {
        pen.missing.extend(glyph.text.chars().filter(|c| !c.is_whitespace() && !c.is_control()));
        return;
    }
    let em = f32::from(pen.fonts.face(face).units_per_em());
    let transform = place.transform.pre_concat(glyph.outline_transform()).pre_scale(em, em);
    let x = match row.place_of(face, colour, transform) {
        Some(x) => x,
        None => {
            row.finish(pen);
            *row = Row { first: Some((face, colour, transform)), glyphs: Vec::new() };
            0.0
        }
    };
    let id = u16::try_from(glyph.id.0).unwrap_or(0);
    row.glyphs.push(DrawnGlyph { id, x, text: glyph.text.clone() });
}

/// Glyphs of one face, colour, size and baseline.
#[derive(Default)]
struct Row {
    /// Face, colour and place of the first glyph, from ems.
    first: Option<(FaceId, Rgb, usvg::Transform)>,
    glyphs: Vec<DrawnGlyph>,
}

impl Row {
    /// Where on the row a glyph stands, in ems from the first; none if it is not on it.
    fn place_of(&self, face: FaceId, colour: Rgb, transform: usvg::Transform) -> Option<f32> {
        let (row_face, row_colour, row) = self.first?;
        let same_size = [
            (row.sx, transform.sx),
            (row.kx, transform.kx),
            (row.ky, transform.ky),
            (row.sy, transform.sy),
        ]
        .into_iter()
        .all(|(one, other)| (one - other).abs() <= OFF_THE_ROW * row.sx.hypot(row.ky));
        if row_face != face || row_colour != colour || !same_size {
            return None;
        }
        let mut origin = usvg::tiny_skia_path::Point::from_xy(transform.tx, transform.ty);
        row.invert()?.map_point(&mut origin);
        (origin.y.abs() <= OFF_THE_ROW).then_some(origin.x)
    }

    /// Hands the row to the pen and leaves an empty one.
    fn finish(&mut self, pen: &mut Pen<'_>) {
        let row = std::mem::take(self);
        let Some((face, colour, at)) = row.first else { return };
        if row.glyphs.is_empty() {
            return;
        }
        let transform = [at.sx, at.ky, at.kx, at.sy, at.tx, at.ty];
        let glyphs = share_characters(row.glyphs);
        pen.shapes.push(Shape::Glyphs { face, transform, glyphs, colour });
    }
}

/// Gives each glyph of a cluster characters of its own, as far as they reach: the layout gives all
/// of them to the last, and a PDF must not say that a glyph stands for nothing.
fn share_characters(mut glyphs: Vec<DrawnGlyph>) -> Vec<DrawnGlyph> {
    let mut start = 0;
    for end in 0..glyphs.len() {
        if glyphs[end].text.is_empty() {
            continue;
        }
        let text = std::mem::take(&mut glyphs[end].text);
        let mut characters = text.chars();
        for (glyph, c) in glyphs[start..end].iter_mut().zip(&mut characters) {
            glyph.text.push(c);
        }
        glyphs[end].text = characters.as_str().to_owned();
        start = end + 1;
    }
    glyphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_shares_its_characters() {
        let glyphs = ["a", "", "e\u{301}", "fi", "", "", "x"].map(|text| DrawnGlyph {
            id: 1,
            x: 0.0,
            text: text.into(),
        });
        let shared = share_characters(glyphs.into());
        let texts: Vec<&str> = shared.iter().map(|glyph| glyph.text.as_str()).collect();
        assert_eq!(texts, ["a", "e", "\u{301}", "fi", "x", "", ""]);
    }
}
