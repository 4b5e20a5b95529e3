//! The title in a field of colour, under rings that spread from its upper corner.

use super::Words;
use super::canvas::{Anchor, Block, Canvas, Colour, SMALL, SUBTITLE, TITLE};
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
    let (title, top) = title(canvas, words);
    rings(canvas, top, &Colour::mixed(palette.paper, palette.accent, 22));
    canvas.block(&title, (canvas.margin(), top), Anchor::Start, &paper);
    names(canvas, words, title.size(), &ink);
    foot(canvas, words, [&ink, &accent]);
}

/// Rings around the upper right corner of the field; none runs through the title, which begins at
/// `title`.
fn rings(canvas: &mut Canvas<'_>, title: f64, colour: &Colour) {
    let unit = canvas.width;
    // The largest ring would touch the left edge and stay in the field.
    let step = unit.min(canvas.height * FIELD) / f64::from(RINGS);
    let least = title - canvas.margin() * 0.4;
    // They go on straight over the edges.
    let (above, beyond) = (-canvas.bleed().ends, unit + canvas.bleed().right);
    let radii = (1..=RINGS).map(|place| step * f64::from(place));
    for radius in radii.take_while(|radius| *radius <= least) {
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

/// The title, and where it begins to stand at the foot of the field.
fn title(canvas: &Canvas<'_>, words: &Words) -> (Block, f64) {
    let (height, margin) = (canvas.height, canvas.margin());
    let frame = canvas.frame((canvas.measure(), height * 0.42), (0.185, 0.11), 1.26);
    let title = canvas.fit(&words.title, TITLE, &frame);
    let top = height * FIELD - margin * 0.9 - title.depth();
    (title, top)
}

/// Subtitle and authors below the field, smaller than the title.
fn names(canvas: &mut Canvas<'_>, words: &Words, title: f64, ink: &Colour) {
    let (height, margin, measure) = (canvas.height, canvas.margin(), canvas.measure());
    let of_subtitle = canvas.frame((measure, height * 0.1), (0.046, 0.034), 1.45).below(title);
    let of_authors = canvas.frame((measure, height * 0.06), (0.038, 0.03), 1.4).below(title);
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
