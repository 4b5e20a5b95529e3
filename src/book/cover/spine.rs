//! The spine: title, authors and publisher, from its head to its foot.
//!
//! What is written in hanzi stands upright, one under the other, and Latin words in it are turned, as
//! Chinese books do; a title in letters runs down the spine.

use super::canvas::{Anchor, Canvas, Colour, MARGIN, SMALL, TITLE};
use super::lines::Frame;
use super::upright;
use super::{Art, back, field, leaf, slip};
use crate::font::Style;
use crate::manifest::{CoverDesign, Palette};
use crate::script::Class;

/// Where the upper part of a spine ends that goes on in one colour.
const SPLIT: f64 = 0.74;
/// Where words begin and end, in parts of its height.
const ENDS: (f64, f64) = (0.075, 0.945);
/// The largest type, in parts of the spine's width and in points.
const LARGEST: (f64, f64) = (0.62, 30.0);

/// What stands on the spine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lettering {
    /// Words, so far from its folds.
    Words(f64),
    /// Nothing: it is too narrow.
    None,
}

/// The two parts of a spine, which go on where those of the front do: where the lower begins, and
/// ground and words of both.
struct Look {
    split: f64,
    upper: [Colour; 2],
    lower: [Colour; 2],
}

impl Look {
    fn of(art: &Art) -> Self {
        let Palette { paper, ink, accent } = art.palette;
        let plain = [paper, ink].map(Colour::new);
        let dark = [accent, paper].map(Colour::new);
        match (art.has_picture, art.design) {
            (true, _) => Self { split: SPLIT, upper: plain.clone(), lower: plain },
            (false, CoverDesign::Leaf) => Self { split: leaf::BAND, upper: plain, lower: dark },
            (false, CoverDesign::Slip) => Self { split: SPLIT, upper: dark.clone(), lower: dark },
            (false, CoverDesign::Field) => Self { split: field::FIELD, upper: dark, lower: plain },
        }
    }
}

/// Draws the spine of a book whose covers are `cover` wide.
pub fn draw(canvas: &mut Canvas<'_>, art: &Art, cover: f64, lettering: Lettering) {
    let look = Look::of(art);
    let (width, height) = (canvas.width, canvas.height);
    let split = height * look.split;
    canvas.rectangle(0.0, 0.0, width, split, &look.upper[0]);
    canvas.rectangle(0.0, split, width, height - split, &look.lower[0]);
    if art.has_picture {
        // The band of the back goes on.
        let band = cover * MARGIN * back::BAND;
        let accent = Colour::new(art.palette.accent);
        canvas.rectangle(0.0, height - band, width, band, &accent);
    } else if art.design == CoverDesign::Slip {
        slip::threads_around(canvas, cover, art.palette);
    }
    let Lettering::Words(inset) = lettering else { return };
    let rules = canvas.rules;
    let stands = art.words.title.chars().any(|c| rules.class(c) == Class::Han);
    let room = Room {
        across: (width - 2.0 * inset).max(0.0),
        largest: (width * LARGEST.0).min(LARGEST.1),
        places: Places::of(art, look.split),
    };
    if stands { room.standing(canvas, art, &look) } else { room.running(canvas, art, &look) }
}

/// Where words stand along the spine, in parts of its height.
struct Places {
    title: (f64, f64),
    /// Authors begin no higher than here; they follow the title.
    authors: (f64, f64),
    /// The publisher ends where this does.
    publisher: (f64, f64),
}

impl Places {
    fn of(art: &Art, split: f64) -> Self {
        if !art.has_picture && art.design == CoverDesign::Slip {
            // Between the threads.
            let between = |hole: usize| (slip::HOLES[hole] + 0.022, slip::HOLES[hole + 1] - 0.022);
            return Self { title: between(0), authors: between(1), publisher: between(2) };
        }
        let (head, foot) = ENDS;
        let end = head + (split - head) * if art.words.authors.is_empty() { 0.94 } else { 0.64 };
        Self { title: (head, end), authors: (head, split - 0.015), publisher: (split + 0.03, foot) }
    }
}

/// The room for words: across the spine, and along it.
struct Room {
    across: f64,
    largest: f64,
    places: Places,
}

impl Room {
    /// Words that stand upright.
    fn standing(&self, canvas: &mut Canvas<'_>, art: &Art, look: &Look) {
        let words = &art.words;
        let middle = canvas.width / 2.0;
        let frame = |depth: f64, part: f64| upright::Frame {
            across: self.across,
            depth,
            largest: self.largest * part,
        };
        let height = canvas.height;
        let Places { title: of_title, authors: of_authors, publisher: of_publisher } = self.places;
        let depth = |(from, to): (f64, f64)| ((to - from) * height).max(0.0);
        let title = upright::fit(canvas, &words.title, TITLE, &frame(depth(of_title), 1.0));
        let top = of_title.0 * height;
        title.draw(canvas, (middle, top), &look.upper[1]);
        let top = (top + title.depth() + self.largest * 1.2).max(of_authors.0 * height);
        let authors = frame((of_authors.1 * height - top).max(0.0), 0.68);
        let authors = upright::fit(canvas, &words.authors, SMALL, &authors);
        authors.draw(canvas, (middle, top), &look.upper[1]);
        let publisher = frame(depth(of_publisher), 0.68);
        let publisher = upright::fit(canvas, &words.publisher, SMALL, &publisher);
        let top = of_publisher.1 * height - publisher.depth();
        publisher.draw(canvas, (middle, top), &look.lower[1]);
    }

    /// Words that run down.
    fn running(&self, canvas: &mut Canvas<'_>, art: &Art, look: &Look) {
        let words = &art.words;
        let height = canvas.height;
        let mut panel = canvas.empty(height, canvas.width);
        let across = self.across;
        let frame = |width: f64, part: f64| Frame {
            width,
            depth: across,
            largest: self.largest * part,
            ample: self.largest * part * 0.45,
            leading: 1.15,
        };
        let mut set = |text: &str, style: Style, frame: Frame, x: f64, anchor, colour: &Colour| {
            let block = panel.fit(text, style, &frame);
            // Capitals stand in the middle, not their line with its descenders.
            let y = (panel.height - block.depth()) / 2.0 - block.size() * 0.02;
            panel.block(&block, (x, y), anchor, colour);
            let lines = block.lines().iter();
            let widths = lines.map(|line| line.chars().map(|c| panel.advance(style, c)).sum());
            widths.fold(0.0, f64::max) * block.size()
        };
        let [upper, lower] = [&look.upper[1], &look.lower[1]];
        let Places { title: of_title, authors: of_authors, publisher: of_publisher } = self.places;
        let extent = |(from, to): (f64, f64)| ((to - from) * height).max(0.0);
        let from = of_title.0 * height;
        let used =
            set(&words.title, TITLE, frame(extent(of_title), 0.9), from, Anchor::Start, upper);
        let from = (from + used + self.largest * 1.2).max(of_authors.0 * height);
        let authors = frame((of_authors.1 * height - from).max(0.0), 0.6);
        set(&words.authors, SMALL, authors, from, Anchor::Start, upper);
        let publisher = frame(extent(of_publisher), 0.6);
        set(&words.publisher, SMALL, publisher, of_publisher.1 * height, Anchor::End, lower);
        canvas.place_turned(&panel);
    }
}
