//! Paints as plain colours, and strokes as a PDF has them.

use std::collections::BTreeSet;

use resvg::{tiny_skia, usvg};

use super::simplified::Simplified;
use crate::image::{Rgb, Stroke};

/// Pattern without a colour of its own that could stand for it.
const MIDDLE_GREY: usvg::Color = usvg::Color { red: 128, green: 128, blue: 128 };

/// The colour that a paint gives on white; none for one that cannot be seen.
///
/// What is lost on the way is added to `simplified`.
pub fn colour(
    paint: &usvg::Paint,
    opacity: f32,
    simplified: &mut BTreeSet<Simplified>,
) -> Option<Rgb> {
    let (colour, own) = match paint {
        usvg::Paint::Color(colour) => (*colour, 1.0),
        usvg::Paint::LinearGradient(gradient) => middle_stop(gradient.stops(), simplified)?,
        usvg::Paint::RadialGradient(gradient) => middle_stop(gradient.stops(), simplified)?,
        usvg::Paint::Pattern(pattern) => {
            simplified.insert(Simplified::Pattern);
            (first_colour(pattern.root()).unwrap_or(MIDDLE_GREY), 1.0)
        }
    };
    let opacity = opacity * own;
    if opacity < 1.0 / 255.0 {
        return None;
    }
    if opacity < 254.5 / 255.0 {
        simplified.insert(Simplified::Opacity);
    }
    // `as` saturates, and the value lies between 0 and 255.
    let on_white = |part: u8| (255.0 - (255.0 - f32::from(part)) * opacity).round() as u8;
    Some(Rgb(on_white(colour.red), on_white(colour.green), on_white(colour.blue)))
}

fn middle_stop(
    stops: &[usvg::Stop],
    simplified: &mut BTreeSet<Simplified>,
) -> Option<(usvg::Color, f32)> {
    simplified.insert(Simplified::Gradient);
    let middle = stops.get(stops.len() / 2)?;
    Some((middle.color(), middle.opacity().get()))
}

/// The first plain colour that a pattern is drawn with.
fn first_colour(group: &usvg::Group) -> Option<usvg::Color> {
    group.children().iter().find_map(|node| match node {
        usvg::Node::Group(group) => first_colour(group),
        usvg::Node::Path(path) => {
            let fill = path.fill().map(usvg::Fill::paint);
            match fill.or_else(|| path.stroke().map(usvg::Stroke::paint)) {
                Some(usvg::Paint::Color(colour)) => Some(*colour),
                Some(
                    usvg::Paint::LinearGradient(_)
                    | usvg::Paint::RadialGradient(_)
                    | usvg::Paint::Pattern(_),
                )
                | None => None,
            }
        }
        usvg::Node::Image(_) | usvg::Node::Text(_) => None,
    })
}

/// The stroke of a path under `transform`, where a PDF can draw it as a stroke.
///
/// A PDF's pen is round under any scale that is the same in all directions; the dashes of
/// [`Stroke`] start with the first, and its mitres end where a PDF's do, at ten line widths.
pub fn plain_stroke(
    path: &usvg::Path,
    stroke: &usvg::Stroke,
    colour: Rgb,
    transform: usvg::Transform,
) -> Option<Stroke> {
    let scale = even_scale(transform)?;
    let mitred = matches!(stroke.linejoin(), usvg::LineJoin::Miter | usvg::LineJoin::MiterClip);
    if stroke.dashoffset() != 0.0 || mitred && has_sharp_corner(path.data(), stroke) {
        return None;
    }
    let dashes = stroke.dasharray().unwrap_or_default();
    Some(Stroke {
        colour,
        width: stroke.width().get() * scale,
        dashes: dashes.iter().map(|dash| dash * scale).collect(),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => 0,
            usvg::LineCap::Round => 1,
            usvg::LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => 0,
            usvg::LineJoin::Round => 1,
            usvg::LineJoin::Bevel => 2,
        },
    })
}

/// The outline of a stroke, to be filled: for strokes that a PDF has no words for.
pub fn stroke_outline(path: &tiny_skia::Path, stroke: &usvg::Stroke) -> Option<tiny_skia::Path> {
    let stroke = stroke.to_tiny_skia();
    // Curves are cut as finely as for eight times the size.
    let fineness = 8.0;
    match &stroke.dash {
        Some(dash) => path.dash(dash, fineness)?.stroke(&stroke, fineness),
        None => path.stroke(&stroke, fineness),
    }
}

/// The factor of a transform that scales alike in all directions.
fn even_scale(transform: usvg::Transform) -> Option<f32> {
    let usvg::Transform { sx, kx, ky, sy, .. } = transform;
    let (across, down) = (sx.hypot(ky), kx.hypot(sy));
    let skew = sx * kx + ky * sy;
    let even = (across - down).abs() <= across * 1e-3 && skew.abs() <= across * down * 1e-3;
    even.then_some((across * down).sqrt())
}

/// Whether a corner is so sharp that the two formats would end its mitre differently: beyond the
/// limit of the drawing, and within ten line widths.
fn has_sharp_corner(path: &tiny_skia::Path, stroke: &usvg::Stroke) -> bool {
    let limit = stroke.miterlimit().get();
    let (low, high) = if limit < 10.0 { (limit, 10.0) } else { (10.0, limit) };
    let corners = corners(path);
    corners.iter().any(|&ratio| ratio > low * 0.999 && ratio < high * 1.001)
}

/// The mitre of every corner in line widths: 1 / sin(θ/2) (PDF 32000-1 8.4.3.5).
fn corners(path: &tiny_skia::Path) -> Vec<f32> {
    let mut ratios = Vec::new();
    let (mut start, mut at) = (tiny_skia::Point::zero(), tiny_skia::Point::zero());
    // Direction in which the outline left its start, and in which it came to the last point.
    let (mut first, mut last) = (None, None);
    for segment in path.segments() {
        let (points, closes) = match segment {
            tiny_skia::PathSegment::MoveTo(point) => {
                (start, at, first, last) = (point, point, None, None);
                continue;
            }
            tiny_skia::PathSegment::LineTo(to) => (vec![to], false),
            tiny_skia::PathSegment::QuadTo(a, to) => (vec![a, to], false),
            tiny_skia::PathSegment::CubicTo(a, b, to) => (vec![a, b, to], false),
            tiny_skia::PathSegment::Close => (vec![start], true),
        };
        for to in points {
            let step = to - at;
            if step.length() > 0.0 {
                ratios.extend(last.map(|last| mitre(last, step)));
                first = first.or(Some(step));
                last = Some(step);
            }
            at = to;
        }
        if let (true, Some(last), Some(first)) = (closes, last, first) {
            ratios.push(mitre(last, first));
        }
    }
    ratios
}

/// The mitre between two directions. θ is the angle between the lines, so that sin(θ/2) is the
/// cosine of half the turn.
fn mitre(into: tiny_skia::Point, out: tiny_skia::Point) -> f32 {
    let cosine = (into.x * out.x + into.y * out.y) / (into.length() * out.length());
    1.0 / ((1.0 + cosine) / 2.0).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mitre_grows_with_the_sharpness_of_its_corner() {
        let ratios = |points: &[(f32, f32)]| {
            let mut builder = tiny_skia::PathBuilder::new();
            builder.move_to(points[0].0, points[0].1);
            points[1..].iter().for_each(|&(x, y)| builder.line_to(x, y));
            corners(&builder.finish().unwrap())
        };
        assert_eq!(ratios(&[(0.0, 0.0), (5.0, 0.0), (9.0, 0.0)]), [1.0]);
        let square = ratios(&[(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)]);
        assert!((square[0] - 2.0_f32.sqrt()).abs() < 1e-5);
        // Down and up again: 2 · atan(1/10), about 11.4 degrees.
        let spike = ratios(&[(0.0, 0.0), (10.0, 1.0), (0.0, 2.0)]);
        assert!((spike[0] - 10.05).abs() < 0.01, "{spike:?}");
    }

    #[test]
    fn only_an_even_scale_keeps_a_pen_round() {
        assert_eq!(even_scale(usvg::Transform::from_scale(2.0, 2.0)), Some(2.0));
        assert_eq!(even_scale(usvg::Transform::from_scale(2.0, -2.0)), Some(2.0));
        assert!(even_scale(usvg::Transform::from_rotate(30.0)).is_some());
        assert_eq!(even_scale(usvg::Transform::from_scale(2.0, 1.0)), None);
        assert_eq!(even_scale(usvg::Transform::from_skew(0.5, 0.0)), None);
    }
}
