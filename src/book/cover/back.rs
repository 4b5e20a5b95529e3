//! The back cover: what the book is about, and at the foot its number as bars, price and publisher.

use super::canvas::{Anchor, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use super::lines::{Row, rows};
use crate::book::barcode::{self, Module, ean13, is_guard};
use crate::manifest::{Isbn, Palette};
use crate::script::Words as Between;

/// The width of a bar at 100 % (GS1 General Specifications, 5.2.3), in points.
const MODULE: f64 = 0.33 * POINT;
/// The height of the bars (5.2.6.2).
const BARS: f64 = 22.85 * POINT;
/// Points in a millimetre.
const POINT: f64 = 72.0 / 25.4;

/// The smallest type of the blurb, in points.
const SMALLEST: f64 = 7.0;
/// From line to line of the blurb, in ems.
const LEADING: f64 = 1.75;

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

/// Draws the cover; gives how much of the blurb has room.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette) -> Extent {
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
    blurb(canvas, words, (y + unit * 0.06, foot - margin * 0.5), &ink)
}

/// Title and paragraphs between `top` and `foot`; gives how much of them has room.
fn blurb(canvas: &mut Canvas<'_>, words: &Words, (top, foot): (f64, f64), ink: &Colour) -> Extent {
    let unit = canvas.width;
    let frame = canvas.frame((canvas.measure(), unit * 0.16), (0.044, 0.036), 1.35);
    let title = canvas.fit(&words.title, TITLE, &frame);
    canvas.block(&title, (canvas.margin(), top), Anchor::Start, ink);
    let top = top + title.depth() + unit * 0.045;
    let mut text = Paragraphs::fit(canvas, &words.blurb, foot - top);
    let extent = text.keep(&words.blurb, foot - top);
    text.draw(canvas, top, ink);
    extent
}

/// How much of a text has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// So many of its characters.
    Part(usize),
}

/// The blurb in lines.
struct Paragraphs {
    size: f64,
    rows: Vec<Row>,
}

impl Paragraphs {
    /// Sets the text smaller until it has room, or is as small as it may be.
    fn fit(canvas: &Canvas<'_>, text: &str, depth: f64) -> Self {
        let mut size = canvas.width * 0.0262;
        loop {
            let set = Self::set(canvas, text, size);
            if set.rows.len() <= set.room(depth) || size <= SMALLEST {
                return set;
            }
            size = (size * 0.95).max(SMALLEST);
        }
    }

    fn set(canvas: &Canvas<'_>, text: &str, size: f64) -> Self {
        let ems = (canvas.measure() / size, f64::from(canvas.rules.indent));
        let paragraphs = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let advance = |c| canvas.advance(SUBTITLE, c);
        let rows = paragraphs.flat_map(|text| rows(text, canvas.rules, advance, ems)).collect();
        Self { size, rows }
    }

    /// How many lines have room.
    fn room(&self, depth: f64) -> usize {
        // `as` saturates: no line has room in less than nothing.
        (depth / (self.size * LEADING)) as usize
    }

    /// Leaves out the lines that have no room.
    fn keep(&mut self, text: &str, depth: f64) -> Extent {
        let room = self.room(depth);
        if self.rows.len() <= room {
            return Extent::Whole;
        }
        self.rows.truncate(room);
        let said = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let kept: usize = self.rows.iter().map(|row| said(&row.text)).sum();
        let mut ends = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        let end = ends.nth(kept).map_or(text.len(), |(end, _)| end);
        Extent::Part(text[..end].trim_end().chars().count())
    }

    /// Draws the lines from `top` down.
    fn draw(&self, canvas: &mut Canvas<'_>, top: f64, ink: &Colour) {
        let Self { size, rows } = self;
        for (line, row) in rows.iter().enumerate() {
            let x = canvas.margin() + row.indent * size;
            let y = top + size * (0.88 + LEADING * line as f64);
            let space = self.space(canvas, row);
            canvas.spaced((&row.text, space), SUBTITLE, *size, (x, y), Anchor::Start, ink);
        }
    }

    /// The space after each character that fills a line.
    fn space(&self, canvas: &Canvas<'_>, row: &Row) -> f64 {
        // Between words of spaced scripts only spaces give, which lines of an SVG do not say.
        let justified = canvas.rules.words == Between::Joined && canvas.rules.indent == 2;
        let gaps = row.text.chars().count().saturating_sub(1);
        let short = canvas.measure() / self.size - row.indent - row.width;
        if justified && !row.last && gaps > 0 && short < 2.0 {
            (short / gaps as f64 * self.size).max(0.0)
        } else {
            0.0
        }
    }
}

/// Publisher and small lines at the foot on the left; gives their top.
fn small(canvas: &mut Canvas<'_>, words: &Words, ink: &Colour) -> f64 {
    let (unit, margin) = (canvas.width, canvas.margin());
    let beside = if words.isbn.is_some() { symbol_width() + unit * 0.04 } else { 0.0 };
    let frame = canvas.frame((canvas.measure() - beside, unit * 0.12), (0.026, 0.024), 1.45);
    let mut foot = canvas.height - margin * 0.85;
    let lines = words.small.iter().rev().map(String::as_str).chain([words.publisher.as_str()]);
    for text in lines.filter(|text| !text.is_empty()) {
        let block = canvas.fit(text, SMALL, &frame);
        foot -= block.depth();
        canvas.block(&block, (margin, foot), Anchor::Start, ink);
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
