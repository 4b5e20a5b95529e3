//! A title slip (题签) on a cover of cloth, sewn with thread at the spine, as old books have it.

use super::Words;
use super::canvas::{Anchor, BRUSH, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use super::lines::Frame;
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

    /// A title that stands upright, its columns from right to left; the subtitle lies on the cloth.
    fn upright(&mut self, columns: &[Vec<char>], words: &Words) {
        let (unit, height, margin) = (self.canvas.width, self.canvas.height, self.canvas.margin());
        let longest = columns.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let most = [0.135, 0.1, 0.078, 0.064][columns.len().min(4) - 1] * unit;
        let (pad, pitch) = (unit * 0.055, 1.12);
        let top = height * 0.075;
        let size = most.min((height * 0.62 - 2.0 * pad) / (longest * pitch));
        let column = size * 1.3;
        let slip_width = column * columns.len() as f64 + 2.0 * pad * 0.72;
        // A slip is longer than it is wide, however short the title.
        let natural = size * pitch * longest + 2.0 * pad;
        let slip_height = natural.max(slip_width * 2.2);
        let first = top + pad + (slip_height - natural) / 2.0;
        let (x, edge, anchor) = match self.binding {
            Binding::Left => (unit - margin - slip_width, unit - margin, Anchor::End),
            Binding::Right => (margin, margin, Anchor::Start),
        };
        self.slip((x, top), (slip_width, slip_height));
        for (place, characters) in columns.iter().enumerate() {
            let middle = x + slip_width - pad * 0.72 - column * (place as f64 + 0.5);
            for (row, c) in characters.iter().enumerate() {
                let baseline = first + size * (0.88 + pitch * row as f64);
                let text = c.to_string();
                self.canvas.text(&text, BRUSH, size, (middle, baseline), Anchor::Middle, &self.ink);
            }
        }
        let frame = Frame {
            width: unit - 2.0 * margin - unit * 0.03,
            depth: height * 0.12,
            largest: unit * 0.042,
            ample: unit * 0.034,
            leading: 1.5,
        };
        let subtitle = self.canvas.fit(&words.subtitle, SUBTITLE, &frame);
        let y = top + slip_height + unit * 0.05;
        self.canvas.block(&subtitle, SUBTITLE, &frame, (edge, y), anchor, &self.paper);
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
        let frame = |depth: f64, largest: f64, ample: f64, leading: f64| Frame {
            width: width - 2.0 * pad,
            depth: height * depth,
            largest: unit * largest,
            ample: unit * ample,
            leading,
        };
        let (of_title, of_subtitle) =
            (frame(0.34, 0.115, 0.075, 1.3), frame(0.1, 0.042, 0.032, 1.45));
        let title = self.canvas.fit(&words.title, TITLE, &of_title);
        let subtitle = self.canvas.fit(&words.subtitle, SUBTITLE, &of_subtitle);
        let gap = if subtitle.lines.is_empty() { 0.0 } else { unit * 0.04 };
        let (first, second) = (title.depth(&of_title), subtitle.depth(&of_subtitle));
        let (top, slip_height) = (height * 0.115, first + gap + second + 2.0 * pad);
        self.slip((x, top), (width, slip_height));
        let middle = x + width / 2.0;
        let y = top + pad;
        self.canvas.block(&title, TITLE, &of_title, (middle, y), Anchor::Middle, &self.ink);
        let at = (middle, y + first + gap);
        self.canvas.block(&subtitle, SUBTITLE, &of_subtitle, at, Anchor::Middle, &self.ink);
    }

    /// Authors, publisher and date at the foot.
    fn foot(&mut self, words: &Words) {
        let (unit, margin) = (self.canvas.width, self.canvas.margin());
        let frame = |largest: f64| Frame {
            width: unit - 2.0 * margin - unit * 0.03,
            depth: unit * 0.12,
            largest: unit * largest,
            ample: unit * 0.028,
            leading: 1.4,
        };
        let mut foot = self.canvas.height - margin * 0.85;
        let lines = [
            (&words.date, frame(0.029)),
            (&words.publisher, frame(0.037)),
            (&words.notice, frame(0.027)),
            (&words.authors, frame(0.042)),
        ];
        for (text, frame) in lines {
            let setting = self.canvas.fit(text, SMALL, &frame);
            if setting.lines.is_empty() {
                continue;
            }
            foot -= setting.depth(&frame);
            let (x, anchor) = match self.binding {
                Binding::Left => (unit - margin, Anchor::End),
                Binding::Right => (margin, Anchor::Start),
            };
            self.canvas.block(&setting, SMALL, &frame, (x, foot), anchor, &self.paper);
            foot -= unit * 0.02;
        }
    }
}
