//! The title in a field of colour, over rings that spread from its upper corner.

use super::Words;
use super::canvas::{Anchor, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use crate::manifest::Palette;

/// How deep the field is, in parts of the cover.
pub const FIELD: f64 = 0.66;
/// How many rings there are.
const RINGS: u32 = 9;

/// Draws the cover.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette) {
    let [paper, ink, accent] = [palette.paper, palette.ink, palette.accent].map(Colour::new);
    let (width, height) = (canvas.width, canvas.height);
    canvas.rectangle(0.0, 0.0, width, height, &paper);
    canvas.rectangle(0.0, 0.0, width, height * FIELD, &accent);
    rings(canvas, &Colour::mixed(palette.paper, palette.accent, 22));
    title(canvas, words, &paper);
    names(canvas, words, &ink);
    foot(canvas, words, [&ink, &accent]);
}

/// Rings around the upper right corner of the field.
fn rings(canvas: &mut Canvas<'_>, colour: &Colour) {
    let unit = canvas.width;
    // The largest ring touches the left edge and stays in the field.
    let step = unit.min(canvas.height * FIELD) / f64::from(RINGS);
    // They go on straight over the edges.
    let (above, beyond) = (-canvas.bleed().ends, unit + canvas.bleed().right);
    for place in 1..=RINGS {
        let radius = step * f64::from(place);
        let from = unit - radius;
        canvas.line(
            format_args!(
                "M{from:.3} {above:.3}V0A{radius:.3} {radius:.3} 0 0 0 {unit:.3} {radius:.3}H{beyond:.3}"
            ),
            unit * 0.0024,
            colour,
        );
    }
}

/// The title at the foot of the field.
fn title(canvas: &mut Canvas<'_>, words: &Words, paper: &Colour) {
    let (height, margin) = (canvas.height, canvas.margin());
    let frame = canvas.frame((canvas.measure(), height * 0.42), (0.185, 0.11), 1.26);
    let title = canvas.fit(&words.title, TITLE, &frame);
    let top = height * FIELD - margin * 0.9 - title.depth();
    canvas.block(&title, (margin, top), Anchor::Start, paper);
}

/// Subtitle and authors below the field.
fn names(canvas: &mut Canvas<'_>, words: &Words, ink: &Colour) {
    let (height, margin, measure) = (canvas.height, canvas.margin(), canvas.measure());
    let of_subtitle = canvas.frame((measure, height * 0.1), (0.046, 0.034), 1.45);
    let of_authors = canvas.frame((measure, height * 0.06), (0.038, 0.03), 1.4);
    let mut y = height * FIELD + margin * 0.7;
    for block in [
        canvas.fit(&words.subtitle, SUBTITLE, &of_subtitle),
        canvas.fit(&words.authors, SMALL, &of_authors),
    ] {
        canvas.block(&block, (margin, y), Anchor::Start, ink);
        if !block.is_empty() {
            y += block.depth() + canvas.width * 0.035;
        }
    }
}

/// Publisher and date on one line over the foot, or one above the other where they have no room;
/// above them that the book is not for sale.
fn foot(canvas: &mut Canvas<'_>, words: &Words, [ink, accent]: [&Colour; 2]) {
    let (unit, margin, measure) = (canvas.width, canvas.margin(), canvas.measure());
    let baseline = canvas.height - margin * 0.85;
    let date = unit * 0.029;
    canvas.text(&words.date, SMALL, date, (unit - margin, baseline), Anchor::End, accent);
    let frame = canvas.frame((measure - date * 5.5, unit * 0.09), (0.035, 0.024), 1.4);
    let publisher = canvas.fit(&words.publisher, SMALL, &frame);
    let top = publisher.top_over(baseline);
    canvas.block(&publisher, (margin, top), Anchor::Start, ink);
    let frame = canvas.frame((measure, unit * 0.07), (0.024, 0.021), 1.4);
    let notice = canvas.fit(&words.notice, SMALL, &frame);
    canvas.block(&notice, (margin, notice.top_over(top - unit * 0.03)), Anchor::Start, ink);
}
