//! The title over an open leaf of an old book.
//!
//! The leaf is that of a block-printed book: a double frame, columns between thin rules, and in the
//! middle the 版心 with its two fish tails (鱼尾), where the sheet was folded.

use super::Words;
use super::canvas::{Anchor, Canvas, Colour, SMALL, SUBTITLE, TITLE};
use crate::manifest::Palette;

/// Where the band at the foot begins, in parts of the cover.
pub const BAND: f64 = 0.6;

/// Draws the cover.
pub fn draw(canvas: &mut Canvas<'_>, words: &Words, palette: Palette) {
    let (width, height) = (canvas.width, canvas.height);
    let mut leaf = Leaf {
        canvas,
        paper: Colour::new(palette.paper),
        ink: Colour::new(palette.ink),
        accent: Colour::new(palette.accent),
        // Halfway between the band and the ground.
        rule: Colour::mixed(palette.accent, palette.paper, 59),
    };
    leaf.canvas.rectangle(0.0, 0.0, width, height, &leaf.paper);
    leaf.head(words);
    leaf.names(words);
    leaf.band(words);
}

/// The cover with its colours.
struct Leaf<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    paper: Colour,
    ink: Colour,
    accent: Colour,
    /// Rules on the band.
    rule: Colour,
}

impl Leaf<'_, '_> {
    /// A short thick rule, and the date across from it; above them that the book is not for sale.
    fn head(&mut self, words: &Words) {
        let canvas = &mut *self.canvas;
        let (width, margin, y) = (canvas.width, canvas.margin(), canvas.height * 0.075);
        canvas.rectangle(margin, y, width * 0.1, width * 0.011, &self.accent);
        let size = width * 0.029;
        let at = (width - margin, y + size * 0.73);
        canvas.text(&words.date, SMALL, size, at, Anchor::End, &self.accent);
        // Its last line stands over the rule, however many there are.
        let room = (canvas.measure(), y - width * 0.04);
        let frame = canvas.frame(room, (0.029 * 0.9, 0.029 * 0.8), 1.35);
        let notice = canvas.fit(&words.notice, SMALL, &frame);
        let top = notice.top_over(y - size * 0.9).max(width * 0.02);
        canvas.block(&notice, (margin, top), Anchor::Start, &self.ink);
    }

    /// Title, subtitle and authors, one under the other between head and band: higher than the
    /// middle, where the eye expects it.
    fn names(&mut self, words: &Words) {
        let canvas = &mut *self.canvas;
        let (top, foot) = (canvas.height * 0.125, canvas.height * BAND - canvas.width * 0.07);
        let (depth, gap) = (foot - top, canvas.width * 0.045);
        let frame = |part: f64, sizes: (f64, f64), leading: f64| {
            canvas.frame((canvas.measure(), depth * part), sizes, leading)
        };
        let title = canvas.fit(&words.title, TITLE, &frame(0.58, (0.2, 0.115), 1.28));
        let of_subtitle = frame(0.18, (0.048, 0.036), 1.5).below(title.size());
        let of_authors = frame(0.1, (0.04, 0.03), 1.5).below(title.size());
        let mut blocks = vec![
            title,
            canvas.fit(&words.subtitle, SUBTITLE, &of_subtitle),
            canvas.fit(&words.authors, SMALL, &of_authors),
        ];
        blocks.retain(|block| !block.is_empty());
        let used: f64 = blocks.iter().map(|block| block.depth() + gap).sum();
        let mut top = top + (depth - used + gap).max(0.0) * 0.36;
        for block in &blocks {
            canvas.block(block, (canvas.margin(), top), Anchor::Start, &self.ink);
            top += block.depth() + gap;
        }
    }

    /// The band at the foot, the leaf on it, and the publisher under the leaf.
    fn band(&mut self, words: &Words) {
        let canvas = &mut *self.canvas;
        let (width, height, margin) = (canvas.width, canvas.height, canvas.margin());
        let top = height * BAND;
        canvas.rectangle(0.0, top, width, height - top, &self.accent);
        let frame = canvas.frame((canvas.measure(), width * 0.1), (0.037, 0.026), 1.4);
        let publisher = canvas.fit(&words.publisher, SMALL, &frame);
        let publisher_top = height - margin * 0.8 - publisher.depth();
        canvas.block(&publisher, (margin, publisher_top), Anchor::Start, &self.paper);
        let leaf_top = top + margin * 0.8;
        let gap = if publisher.is_empty() { 0.0 } else { margin * 0.6 };
        self.leaf(margin, leaf_top, width - 2.0 * margin, publisher_top - gap - leaf_top);
    }

    /// An open leaf in the rectangle: frame, columns, fold with fish tails.
    fn leaf(&mut self, x: f64, y: f64, width: f64, height: f64) {
        // In a picture for e-readers a thin rule is two pixels wide wherever it stands.
        let (thick, thin) = (self.canvas.width * 0.0045, self.canvas.width * 0.00125);
        self.canvas.outline((x, y), (width, height), thick, &self.rule);
        let inset = thick * 2.2;
        let (x, y, width, height) =
            (x + inset, y + inset, width - 2.0 * inset, height - 2.0 * inset);
        self.canvas.outline((x, y), (width, height), thin, &self.rule);
        // Nine columns on either page, and a fold as wide as one and a third.
        let column = width / (18.0 + 4.0 / 3.0);
        let offsets = (1..=9).map(|rule| column * f64::from(rule));
        let rules = offsets.flat_map(|offset| [x + offset, x + width - offset]);
        let lefts = rules.map(|rule| rule - thin / 2.0);
        self.canvas.rectangles(lefts, y, (thin, height), &self.rule);
        self.fold(x + 9.0 * column, y, column * 4.0 / 3.0, height);
    }

    /// The fold: two fish tails that face each other, each at the end of a line from the frame.
    fn fold(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let middle = x + width / 2.0;
        let line = width * 0.2;
        let (head, tail) = (height * 0.17, width * 0.95);
        for (edge, direction) in [(y, 1.0), (y + height, -1.0)] {
            let body = edge + head * direction;
            let notch = body + tail * 0.5 * direction;
            let tip = body + tail * direction;
            self.canvas.rectangle(middle - line / 2.0, edge.min(body), line, head, &self.paper);
            let right = x + width;
            self.canvas.path(
                format_args!(
                    "M{x:.3} {body:.3}H{right:.3}V{tip:.3}L{middle:.3} {notch:.3}L{x:.3} {tip:.3}Z"
                ),
                &self.paper,
            );
        }
    }
}
