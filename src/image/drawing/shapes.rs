//! From the resolved tree to shapes: every transform applied, every paint a colour.

use std::collections::BTreeSet;

use resvg::{tiny_skia, usvg};

use super::paint::{colour, plain_stroke, stroke_outline};
use super::simplified::Simplified;
use super::{POINTS, text};
use crate::diag::Code;
use crate::font::Fonts;
use crate::image::{Fill, Remark, Rgb, Segment, Shape};
use crate::message;

/// The shapes of a drawing in points, and what they show otherwise than it asks.
pub fn draw(tree: &usvg::Tree, fonts: &Fonts) -> (Vec<Shape>, Vec<Remark>) {
    let mut pen =
        Pen { fonts, shapes: Vec::new(), simplified: BTreeSet::new(), missing: BTreeSet::new() };
    let place = Place { transform: usvg::Transform::from_scale(POINTS, POINTS), opacity: 1.0 };
    pen.group(tree.root(), place);
    let missing = pen.missing.iter().map(|&c| {
        let message = message!(
            "no font has `{c}` (U+{number}), which the drawing uses",
            c,
            number = format!("{:04X}", u32::from(c))
        );
        Remark::new(Code::MissingGlyph, message)
            .hint("add a font that has it to the book, or use another character")
    });
    let remarks = pen.simplified.iter().map(|feature| feature.remark()).chain(missing).collect();
    (pen.shapes, remarks)
}

/// Where and how strongly something is drawn.
#[derive(Clone, Copy)]
pub struct Place {
    /// From its coordinates to those of the drawing in points.
    pub transform: usvg::Transform,
    /// What the groups around it leave of its colour.
    pub opacity: f32,
}

/// Walks the tree and gathers what it finds.
pub struct Pen<'a> {
    /// The book's faces.
    pub fonts: &'a Fonts,
    /// What was drawn so far.
    pub shapes: Vec<Shape>,
    /// What was drawn otherwise than asked.
    pub simplified: BTreeSet<Simplified>,
    /// Characters that no face has.
    pub missing: BTreeSet<char>,
}

impl Pen<'_> {
    /// Draws a group; what the page cannot do to it as a whole is left undone.
    pub fn group(&mut self, group: &usvg::Group, outer: Place) {
        self.note_effects(group);
        let place = Place {
            transform: outer.transform.pre_concat(group.transform()),
            opacity: outer.opacity * group.opacity().get(),
        };
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.group(group, place),
                usvg::Node::Path(path) => self.path(path, place),
                usvg::Node::Text(text) => text::draw(self, text, place),
                usvg::Node::Image(_) => drop(self.simplified.insert(Simplified::Raster)),
            }
        }
    }

    fn note_effects(&mut self, group: &usvg::Group) {
        let effects = [
            (group.mask().is_some(), Simplified::Mask),
            (!group.filters().is_empty(), Simplified::Filter),
            (group.blend_mode() != usvg::BlendMode::Normal, Simplified::Blend),
            (group.clip_path().is_some_and(|clip| hides(clip, group)), Simplified::Clip),
        ];
        let used = effects.into_iter().filter(|&(used, _)| used);
        self.simplified.extend(used.map(|(_, effect)| effect));
    }

    /// Draws a path: fill and stroke as one shape where that is the order and the stroke is plain.
    pub fn path(&mut self, path: &usvg::Path, place: Place) {
        if !path.is_visible() {
            return;
        }
        let Some(segments) = segments(path.data(), place.transform) else { return };
        let fill = path.fill().and_then(|fill| self.fill(fill, place));
        let stroke = path.stroke().and_then(|stroke| {
            let opacity = place.opacity * stroke.opacity().get();
            let colour = colour(stroke.paint(), opacity, &mut self.simplified)?;
            Some((stroke, colour))
        });
        let Some((stroke, colour)) = stroke else {
            self.shapes.extend(fill.map(|fill| filled(segments, fill)));
            return;
        };
        let filled_first = path.paint_order() == usvg::PaintOrder::FillAndStroke;
        let plain = plain_stroke(path, stroke, colour, place.transform);
        if let (true, Some(stroke)) = (filled_first, &plain) {
            self.shapes.push(Shape::Path { segments, fill, stroke: Some(stroke.clone()) });
            return;
        }
        let stroked = match plain {
            Some(stroke) => {
                Some(Shape::Path { segments: segments.clone(), fill: None, stroke: Some(stroke) })
            }
            None => stroke_outline(path.data(), stroke)
                .and_then(|outline| self::segments(&outline, place.transform))
                .map(|segments| filled(segments, Fill { colour, even_odd: false })),
        };
        let filled = fill.map(|fill| filled(segments, fill));
        let both = if filled_first { [filled, stroked] } else { [stroked, filled] };
        self.shapes.extend(both.into_iter().flatten());
    }

    fn fill(&mut self, fill: &usvg::Fill, place: Place) -> Option<Fill> {
        Some(Fill {
            colour: self.fill_colour(fill, place)?,
            even_odd: fill.rule() == usvg::FillRule::EvenOdd,
        })
    }

    /// The colour of a fill on white; none for one that cannot be seen.
    pub fn fill_colour(&mut self, fill: &usvg::Fill, place: Place) -> Option<Rgb> {
        colour(fill.paint(), place.opacity * fill.opacity().get(), &mut self.simplified)
    }
}

fn filled(segments: Vec<Segment>, fill: Fill) -> Shape {
    Shape::Path { segments, fill: Some(fill), stroke: None }
}

/// Whether a clip path is more than a frame round what it holds, as nested `svg` elements,
/// symbols and markers have one.
fn hides(clip: &usvg::ClipPath, group: &usvg::Group) -> bool {
    let [usvg::Node::Path(frame)] = clip.root().children() else { return true };
    let is_rectangle = frame.data().len() <= 6
        && frame.data().segments().all(|segment| {
            !matches!(
                segment,
                tiny_skia::PathSegment::QuadTo(..) | tiny_skia::PathSegment::CubicTo(..)
            )
        });
    let upright = clip.transform().is_scale_translate() || clip.transform().is_identity();
    if !is_rectangle || !upright || clip.clip_path().is_some() {
        return true;
    }
    let bounds = frame.data().bounds();
    let area = frame.abs_transform().is_identity().then_some(bounds);
    let Some(area) = area.and_then(|area| area.transform(clip.transform())) else { return true };
    let held = group.stroke_bounding_box();
    let slack = 0.01;
    held.left() < area.left() - slack
        || held.top() < area.top() - slack
        || held.right() > area.right() + slack
        || held.bottom() > area.bottom() + slack
}

/// The outline of a path in the drawing's coordinates; none where a number is out of range.
fn segments(path: &tiny_skia::Path, transform: usvg::Transform) -> Option<Vec<Segment>> {
    let path = path.clone().transform(transform)?;
    let mut at = [0.0; 2];
    let mut segments = Vec::with_capacity(path.len());
    for segment in path.segments() {
        let pair = |point: tiny_skia::Point| [point.x, point.y];
        segments.push(match segment {
            tiny_skia::PathSegment::MoveTo(to) => {
                at = pair(to);
                Segment::Move(at)
            }
            tiny_skia::PathSegment::LineTo(to) => {
                at = pair(to);
                Segment::Line(at)
            }
            tiny_skia::PathSegment::QuadTo(control, to) => {
                let (control, to) = (pair(control), pair(to));
                let cubic = Segment::Cubic(third(at, control), third(to, control), to);
                at = to;
                cubic
            }
            tiny_skia::PathSegment::CubicTo(first, second, to) => {
                at = pair(to);
                Segment::Cubic(pair(first), pair(second), at)
            }
            tiny_skia::PathSegment::Close => Segment::Close,
        });
    }
    Some(segments)
}

/// The point two thirds of the way to a quadratic curve's control point, which makes it a cubic.
fn third(from: [f32; 2], control: [f32; 2]) -> [f32; 2] {
    [0, 1].map(|axis| from[axis] + (control[axis] - from[axis]) * 2.0 / 3.0)
}
