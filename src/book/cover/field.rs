//! The title in a field of colour, over rings that spread from its upper corner.

use super::Words;
use super::canvas::{Anchor, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use super::lines::Frame;
use crate::manifest::Palette;

/// How deep the field is, in parts of the cover.
pub const FIELD: f64 = 0.66;
/// How many rings there are.
const RINGS: u32 = 9;

/// Draws the cover.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette) {
    let (unit, height, margin) = (canvas.width, canvas.height, canvas.margin());
    let [paper, ink, accent] = [palette.paper, palette.ink, palette.accent].map(Colour::new);
    let ring = Colour::mixed(palette.paper, palette.accent, 22);
    let field = height * FIELD;
    canvas.rectangle(0.0, 0.0, unit, height, &paper);
    canvas.rectangle(0.0, 0.0, unit, field, &accent);
    // The largest ring touches the left edge and stays in the field.
    let step = unit.min(field) / f64::from(RINGS);
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
            &ring,
        );
    }
    let frame = |depth: f64, largest: f64, ample: f64, leading: f64| Frame {
        width: unit - 2.0 * margin,
        depth: height * depth,
        largest: unit * largest,
        ample: unit * ample,
        leading,
    };
    let of_title = frame(0.42, 0.185, 0.11, 1.26);
    let title = canvas.fit(&words.title, TITLE, &of_title);
    let top = field - margin * 0.9 - title.depth(&of_title);
    canvas.block(&title, TITLE, &of_title, (margin, top), Anchor::Start, &paper);
    let mut y = field + margin * 0.7;
    for (text, style, frame) in [
        (&words.subtitle, SUBTITLE, frame(0.1, 0.046, 0.034, 1.45)),
        (&words.authors, SMALL, frame(0.06, 0.038, 0.03, 1.4)),
    ] {
        let setting = canvas.fit(text, style, &frame);
        canvas.block(&setting, style, &frame, (margin, y), Anchor::Start, &ink);
        if !setting.lines.is_empty() {
            y += setting.depth(&frame) + unit * 0.035;
        }
    }
    foot(canvas, words, [&ink, &accent]);
}

/// Publisher and date on one line over the foot, or one above the other where they have no room.
fn foot(canvas: &mut Canvas<'_>, words: &Words, [ink, accent]: [&Colour; 2]) {
    let (unit, margin) = (canvas.width, canvas.margin());
    let baseline = canvas.height - margin * 0.85;
    let date = unit * 0.029;
    canvas.text(&words.date, SMALL, date, (unit - margin, baseline), Anchor::End, accent);
    let frame = Frame {
        width: unit - 2.0 * margin - date * 5.5,
        depth: unit * 0.09,
        largest: unit * 0.035,
        ample: unit * 0.024,
        leading: 1.4,
    };
    let publisher = canvas.fit(&words.publisher, SMALL, &frame);
    let top = baseline - publisher.depth(&frame) + publisher.size * 0.12;
    canvas.block(&publisher, SMALL, &frame, (margin, top), Anchor::Start, ink);
    if !words.notice.is_empty() {
        let frame = Frame {
            width: unit - 2.0 * margin,
            depth: unit * 0.07,
            largest: unit * 0.024,
            ample: unit * 0.021,
            leading: 1.4,
        };
        let notice = canvas.fit(&words.notice, SMALL, &frame);
        let top = top - unit * 0.03 - notice.depth(&frame) + notice.size * 0.12;
        canvas.block(&notice, SMALL, &frame, (margin, top), Anchor::Start, ink);
    }
}
