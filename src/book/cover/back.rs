//! The back cover: what the book is about, and at the foot its number as bars, price and publisher.

use super::canvas::{Anchor, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use super::lines::{Frame, Row, rows};
use crate::book::barcode::{self, Module, ean13, is_guard};
use crate::manifest::{Isbn, Palette};
use crate::script::Words as Between;

/// The width of a bar at 100 % (GS1 General Specifications, 5.2.3), in points.
const MODULE: f64 = 0.33 * POINT;
/// The height of the bars (5.2.6.2).
const BARS: f64 = 22.85 * POINT;
/// Points in a millimetre.
const POINT: f64 = 72.0 / 25.4;

/// How deep the band at the foot is, in parts of the margin.
pub const BAND: f64 = 0.3;

/// What a back cover says.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Over the blurb.
    pub title: String,
    /// Paragraphs.
    pub blurb: String,
    pub isbn: Option<Isbn>,
    pub price: String,
    pub publisher: String,
    /// Further small lines at the foot.
    pub small: Vec<String>,
}

/// Draws the cover.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette) {
    let (unit, height, margin) = (canvas.width, canvas.height, canvas.margin());
    let [paper, ink, accent] = [palette.paper, palette.ink, palette.accent].map(Colour::new);
    canvas.rectangle(0.0, 0.0, unit, height, &paper);
    let y = height * 0.075;
    canvas.rectangle(margin, y, unit * 0.1, unit * 0.011, &accent);
    let band = margin * BAND;
    canvas.rectangle(0.0, height - band, unit, band, &accent);
    let bars_top = match &words.isbn {
        Some(isbn) => bars(canvas, isbn, &words.price),
        None => height - margin * 0.85,
    };
    let foot = small(canvas, words, &ink).min(bars_top);
    blurb(canvas, words, (y + unit * 0.06, foot - margin * 0.5), &ink);
}

/// Title and paragraphs between `top` and `foot`; the type becomes smaller until it has room.
fn blurb(canvas: &mut Canvas<'_>, words: &Words, (top, foot): (f64, f64), ink: &Colour) {
    let (unit, margin) = (canvas.width, canvas.margin());
    let measure = unit - 2.0 * margin;
    let frame = Frame {
        width: measure,
        depth: unit * 0.16,
        largest: unit * 0.044,
        ample: unit * 0.036,
        leading: 1.35,
    };
    let title = canvas.fit(&words.title, TITLE, &frame);
    canvas.block(&title, TITLE, &frame, (margin, top), Anchor::Start, ink);
    let top = top + title.depth(&frame) + unit * 0.045;
    let indent = f64::from(canvas.rules.indent);
    let set = |canvas: &Canvas<'_>, ems: f64| -> Vec<Row> {
        let paragraphs = words.blurb.lines().map(str::trim).filter(|line| !line.is_empty());
        let advance = |c| canvas.advance(SUBTITLE, c);
        paragraphs.flat_map(|text| rows(text, canvas.rules, advance, (ems, indent))).collect()
    };
    let mut size = unit * 0.0262;
    let mut lines = set(canvas, measure / size);
    while lines.len() as f64 * size * 1.75 > foot - top && size > unit * 0.012 {
        size *= 0.95;
        lines = set(canvas, measure / size);
    }
    // Between words of spaced scripts only spaces give, which lines of an SVG do not say.
    let justified = canvas.rules.words == Between::Joined && canvas.rules.indent == 2;
    for (line, row) in lines.iter().enumerate() {
        let at = (margin + row.indent * size, top + size * (0.88 + 1.75 * line as f64));
        let gaps = row.text.chars().count().saturating_sub(1);
        let short = measure / size - row.indent - row.width;
        let space = if justified && !row.last && gaps > 0 && short < 2.0 {
            (short / gaps as f64 * size).max(0.0)
        } else {
            0.0
        };
        canvas.spaced((&row.text, space), SUBTITLE, size, at, Anchor::Start, ink);
    }
}

/// Publisher and small lines at the foot on the left; gives their top.
fn small(canvas: &mut Canvas<'_>, words: &Words, ink: &Colour) -> f64 {
    let (unit, margin) = (canvas.width, canvas.margin());
    let beside = if words.isbn.is_some() { symbol_width() + unit * 0.04 } else { 0.0 };
    let frame = Frame {
        width: unit - 2.0 * margin - beside,
        depth: unit * 0.12,
        largest: unit * 0.026,
        ample: unit * 0.024,
        leading: 1.45,
    };
    let mut foot = canvas.height - margin * 0.85;
    let lines = words.small.iter().rev().map(String::as_str).chain([words.publisher.as_str()]);
    for text in lines.filter(|text| !text.is_empty()) {
        let setting = canvas.fit(text, SMALL, &frame);
        foot -= setting.depth(&frame);
        canvas.block(&setting, SMALL, &frame, (margin, foot), Anchor::Start, ink);
        foot -= unit * 0.012;
    }
    foot
}

/// The width of bars with their quiet zones.
fn symbol_width() -> f64 {
    (barcode::QUIET_BEFORE + barcode::MODULES + barcode::QUIET_AFTER) as f64 * MODULE
}

/// The bars at the foot on the right: above them the ISBN, below them its digits and the price; on
/// white, whatever the paper is. Gives their top.
fn bars(canvas: &mut Canvas<'_>, isbn: &Isbn, price: &str) -> f64 {
    let Some(modules) = ean13(&isbn.digits) else { return canvas.height };
    let (black, white) = (Colour::new([0; 3]), Colour::new([255; 3]));
    let margin = canvas.margin();
    let (size, pad, digits) = (8.6, 4.0, 8.9);
    let price_depth = if price.is_empty() { 0.0 } else { size * 1.7 };
    let width = symbol_width();
    let depth = pad + size * 1.45 + BARS + 5.0 * MODULE + digits * 0.55 + price_depth + pad;
    let x = canvas.width - margin - width;
    let top = canvas.height - margin * 0.85 - depth;
    canvas.rectangle(x, top, width, depth, &white);
    let first = x + barcode::QUIET_BEFORE as f64 * MODULE;
    let middle = first + barcode::MODULES as f64 * MODULE / 2.0;
    let line = format!("ISBN {}", isbn.written);
    let at = (middle, top + pad + size * 0.9);
    // As wide as the bars at most.
    let fitted = |canvas: &Canvas<'_>, line: &str| {
        let ems: f64 = line.chars().map(|c| canvas.advance(SMALL, c)).sum();
        size.min(barcode::MODULES as f64 * MODULE / ems.max(1.0))
    };
    let fits = fitted(canvas, &line);
    canvas.text(&line, SMALL, fits, at, Anchor::Middle, &black);
    let bars_top = top + pad + size * 1.45;
    let mut place = 0;
    while place < modules.len() {
        let run = modules[place..].iter().take_while(|module| **module == modules[place]).count();
        if modules[place] == Module::Bar {
            let height = if is_guard(place) { BARS + 5.0 * MODULE } else { BARS };
            let left = first + place as f64 * MODULE;
            canvas.rectangle(left, bars_top, run as f64 * MODULE, height, &black);
        }
        place += run;
    }
    let baseline = bars_top + BARS + digits * 0.86;
    // The first digit stands in the quiet zone, six under either half.
    let centre = |from: f64| first + from * MODULE;
    for (index, digit) in isbn.digits.chars().enumerate() {
        let at = match index {
            0 => centre(-6.0),
            1..=6 => centre(3.0 + 7.0 * (index as f64 - 0.5)),
            _ => centre(50.0 + 7.0 * (index as f64 - 6.5)),
        };
        let digit = digit.to_string();
        canvas.text(&digit, SMALL, digits, (at, baseline), Anchor::Middle, &black);
    }
    if !price.is_empty() {
        let at = (middle, baseline + price_depth);
        let fits = fitted(canvas, price);
        canvas.text(price, SMALL, fits, at, Anchor::Middle, &black);
    }
    top
}
