//! A title slip (题签) on a cover of cloth, sewn with thread at the spine, as old books have it.

use super::Words;
use super::canvas::{Anchor, BRUSH, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use crate::manifest::Palette;
use crate::profile::Binding;
use crate::script::Class;

/// The most hanzi in a column of the slip.
const LONGEST_COLUMN: usize = 9;
/// The most hanzi of a title that stands upright.
const LONGEST_UPRIGHT: usize = 27;

/// Draws the cover.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette, binding: Binding) {
    let (width, height) = (canvas.width, canvas.height);
    let mut slip = Slip {
        canvas,
        paper: Colour::new(palette.paper),
        ink: Colour::new(palette.ink),
        accent: Colour::new(palette.accent),
        thread: thread_colour(palette),
        binding,
    };
    slip.canvas.rectangle(0.0, 0.0, width, height, &slip.accent);
    slip.thread();
    match slip.columns(&words.title) {
        Some(columns) => slip.upright(&columns, words),
        None => slip.lying(words),
    }
    slip.foot(words);
}

/// The thread's colour: that of the cloth, bleached.
fn thread_colour(palette: Palette) -> Colour {
    Colour::mixed(palette.paper, palette.accent, 45)
}

/// The holes that the thread goes through, from the head down in parts of the height.
pub const HOLES: [f64; 4] = [0.07, 0.355, 0.645, 0.93];

/// How thick the thread is on a cover of a width.
fn thread_width(cover: f64) -> f64 {
    cover * 0.0022
}

/// The thread around a spine whose covers are `cover` wide.
pub fn threads_around(canvas: &mut Canvas<'_>, cover: f64, palette: Palette) {
    let (width, height) = (canvas.width, canvas.height);
    for hole in HOLES {
        let y = height * hole;
        canvas.rectangle(0.0, y, width, thread_width(cover), &thread_colour(palette));
    }
}

/// The cover with its colours.
struct Slip<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    paper: Colour,
    ink: Colour,
    accent: Colour,
    thread: Colour,
    binding: Binding,
}

impl Slip<'_, '_> {
    /// The thread: around the back at four holes, and along them (四眼装).
    fn thread(&mut self) {
        let (width, height) = (self.canvas.width, self.canvas.height);
        let (inset, line) = (width * 0.062, thread_width(width));
        let (x, spine) = match self.binding {
            Binding::Left => (inset, 0.0),
            Binding::Right => (width - inset - line, width - inset),
        };
        self.canvas.rectangle(x, 0.0, line, height, &self.thread);
        for hole in HOLES {
            self.canvas.rectangle(spine, height * hole, inset, line, &self.thread);
        }
    }

    /// The columns of a title that can stand upright: one of hanzi alone, parted where it has spaces
    /// or colons, and evenly where it is long.
    fn columns(&self, title: &str) -> Option<Vec<Vec<char>>> {
        let parts = title.split([' ', '\u{3000}', '：', '·']).map(|part| part.chars().collect());
        let parts: Vec<Vec<char>> = parts.filter(|part: &Vec<char>| !part.is_empty()).collect();
        let stands = |c: &char| self.canvas.rules.class(*c) == Class::Han;
        let count: usize = parts.iter().map(Vec::len).sum();
        if !(1..=LONGEST_UPRIGHT).contains(&count) || !parts.iter().flatten().all(stands) {
            return None;
        }
        let divided = parts.iter().flat_map(|part| {
            let columns = part.len().div_ceil(LONGEST_COLUMN);
            part.chunks(part.len().div_ceil(columns)).map(<[char]>::to_vec)
        });
        let divided: Vec<Vec<char>> = divided.collect();
        (divided.len() <= 4).then_some(divided)
    }

    /// The slip with its double frame.
    fn slip(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.canvas.rectangle(x, y, width, height, &self.paper);
        let unit = self.canvas.width;
        for (inset, line) in [(0.012, 0.0045), (0.021, 0.0013)] {
            let inset = unit * inset;
            let size = (width - 2.0 * inset, height - 2.0 * inset);
            self.canvas.outline((x + inset, y + inset), size, unit * line, &self.accent);
        }
    }

    /// The margin away from the spine, and how words are held there.
    fn outer(&self) -> (f64, Anchor) {
        let margin = self.canvas.margin();
        match self.binding {
            Binding::Left => (self.canvas.width - margin, Anchor::End),
            Binding::Right => (margin, Anchor::Start),
        }
    }

    /// A title that stands upright; the subtitle lies on the cloth.
    fn upright(&mut self, columns: &[Vec<char>], words: &Words) {
        let (unit, height, margin) = (self.canvas.width, self.canvas.height, self.canvas.margin());
        let standing = Standing::new(self.canvas, columns);
        let x = match self.binding {
            Binding::Left => unit - margin - standing.width,
            Binding::Right => margin,
        };
        let top = height * 0.075;
        self.slip((x, top), (standing.width, standing.height));
        standing.draw(self.canvas, (x, top), &self.ink);
        let room = (self.canvas.measure() - unit * 0.03, height * 0.12);
        let frame = self.canvas.frame(room, (0.042, 0.034), 1.5);
        let subtitle = self.canvas.fit(&words.subtitle, SUBTITLE, &frame);
        let (edge, anchor) = self.outer();
        let at = (edge, top + standing.height + unit * 0.05);
        self.canvas.block(&subtitle, at, anchor, &self.paper);
    }

    /// A title that lies, with the subtitle below it on the slip.
    fn lying(&mut self, words: &Words) {
        let (unit, height, margin) = (self.canvas.width, self.canvas.height, self.canvas.margin());
        let pad = unit * 0.06;
        let width = unit - margin * 2.35;
        let x = match self.binding {
            Binding::Left => margin * 1.35,
            Binding::Right => margin,
        };
        let measure = width - 2.0 * pad;
        let frame = self.canvas.frame((measure, height * 0.34), (0.115, 0.075), 1.3);
        let title = self.canvas.fit(&words.title, TITLE, &frame);
        let frame =
            self.canvas.frame((measure, height * 0.1), (0.042, 0.032), 1.45).below(title.size());
        let subtitle = self.canvas.fit(&words.subtitle, SUBTITLE, &frame);
        let gap = if subtitle.is_empty() { 0.0 } else { unit * 0.04 };
        let depth = title.depth() + gap + subtitle.depth();
        let top = height * 0.115;
        self.slip((x, top), (width, depth + 2.0 * pad));
        let (middle, first) = (x + width / 2.0, top + pad);
        self.canvas.block(&title, (middle, first), Anchor::Middle, &self.ink);
        let second = first + title.depth() + gap;
        self.canvas.block(&subtitle, (middle, second), Anchor::Middle, &self.ink);
    }

    /// Authors, publisher and date at the foot.
    fn foot(&mut self, words: &Words) {
        let unit = self.canvas.width;
        let (edge, anchor) = self.outer();
        let mut foot = self.canvas.height - self.canvas.margin() * 0.85;
        for (text, largest) in [
            (&words.date, 0.029),
            (&words.publisher, 0.037),
            (&words.notice, 0.027),
            (&words.authors, 0.042),
        ] {
            let room = (self.canvas.measure() - unit * 0.03, unit * 0.12);
            let frame = self.canvas.frame(room, (largest, 0.028), 1.4);
            let block = self.canvas.fit(text, SMALL, &frame);
            if block.is_empty() {
                continue;
            }
            foot -= block.depth();
            self.canvas.block(&block, (edge, foot), anchor, &self.paper);
            foot -= unit * 0.02;
        }
    }
}

/// From one hanzi of a column to the next, in ems.
const PITCH: f64 = 1.12;
/// From one column to the next, in ems.
const COLUMN: f64 = 1.3;

/// A title that stands upright on its slip, its columns from right to left.
struct Standing<'a> {
    columns: &'a [Vec<char>],
    size: f64,
    /// Between the title and the sides of the slip.
    side: f64,
    /// Between the title and the head of the slip.
    head: f64,
    /// Of the slip.
    width: f64,
    height: f64,
}

impl<'a> Standing<'a> {
    /// The title as large as a cover allows.
    fn new(canvas: &Canvas<'_>, columns: &'a [Vec<char>]) -> Self {
        let (unit, height) = (canvas.width, canvas.height);
        let longest = columns.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let most = [0.135, 0.1, 0.078, 0.064][columns.len().min(4) - 1] * unit;
        let pad = unit * 0.055;
        let size = most.min((height * 0.62 - 2.0 * pad) / (longest * PITCH));
        let side = pad * 0.72;
        let width = size * COLUMN * columns.len() as f64 + 2.0 * side;
        // A slip is longer than it is wide, however short the title.
        let natural = size * PITCH * longest + 2.0 * pad;
        let height = natural.max(width * 2.2);
        let head = pad + (height - natural) / 2.0;
        Self { columns, size, side, head, width, height }
    }

    /// Draws the title on a slip with its corner there.
    fn draw(&self, canvas: &mut Canvas<'_>, (x, y): (f64, f64), ink: &Colour) {
        let Self { columns, size, side, head, width, .. } = *self;
        for (place, characters) in columns.iter().enumerate() {
            let middle = x + width - side - size * COLUMN * (place as f64 + 0.5);
            for (row, c) in characters.iter().enumerate() {
                let baseline = y + head + size * (0.88 + PITCH * row as f64);
                let text = c.to_string();
                canvas.text(&text, BRUSH, size, (middle, baseline), Anchor::Middle, ink);
            }
        }
    }
}
