//! Line ends inside a paragraph (typography rule R59; CSS Text 4.1.3).
//!
//! Between hanzi, kana or full-width punctuation and anything else a line end is nothing: a gap to
//! Latin text is the page's business. Elsewhere it is a space.

use pulldown_cmark::{Event, Tag};

use super::html::{Html, classify};
use super::parse::{Located, is_inline};
use crate::script::{Class, class, is_cjk, is_hangul};

/// Replaces every soft break by the characters that it stands for.
pub(super) fn settle(events: &mut [Located<'_>]) {
    let mut line = Line::default();
    for index in 0..events.len() {
        match &events[index].0 {
            Event::SoftBreak => line.pending.push(index),
            Event::Text(text) | Event::Code(text) => {
                let sides = text.chars().filter_map(side);
                let (first, last) = ends(sides);
                if let (Some(first), Some(last)) = (first, last) {
                    line.reach(first, events);
                    line.before = Some(last);
                }
            }
            Event::Start(Tag::Image { .. }) => {
                line.reach(Side::Other, events);
                line.before = Some(Side::Other);
            }
            Event::HardBreak => line.end(events),
            Event::InlineHtml(html) if classify(html) == Html::Break => line.end(events),
            Event::Start(tag) if !is_inline(tag) => line.end(events),
            _ => {}
        }
    }
    line.end(events);
}

/// The first and last of some items.
fn ends(mut sides: impl DoubleEndedIterator<Item = Side>) -> (Option<Side>, Option<Side>) {
    let first = sides.next();
    (first, sides.next_back().or(first))
}

/// What a character says about the text that it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Text without spaces between its words.
    Cjk,
    /// Text with spaces.
    Other,
}

/// The side that `c` makes; none for marks that both kinds of text use.
fn side(c: char) -> Option<Side> {
    if c.is_ascii() {
        return (!c.is_ascii_whitespace()).then_some(Side::Other);
    }
    match class(c) {
        Class::QuoteOpen | Class::QuoteClose | Class::Dash | Class::Ellipsis | Class::MiddleDot => {
            None
        }
        _ if is_hangul(c) => Some(Side::Other),
        _ if is_cjk(c) => Some(Side::Cjk),
        _ if c.is_whitespace() => None,
        _ => Some(Side::Other),
    }
}

/// What has been seen of a line.
#[derive(Default)]
struct Line {
    /// The side of what was seen last.
    before: Option<Side>,
    /// Soft breaks since then, by their place among the events.
    pending: Vec<usize>,
}

impl Line {
    /// Settles the pending breaks in front of `after`.
    fn reach(&mut self, after: Side, events: &mut [Located<'_>]) {
        let mut space = self.before == Some(Side::Other) && after == Side::Other;
        for index in self.pending.drain(..) {
            // Of several breaks with nothing between them one is a space.
            let text = if std::mem::take(&mut space) { " " } else { "" };
            events[index].0 = Event::Text(text.into());
        }
    }

    /// Settles the pending breaks where the line ends.
    fn end(&mut self, events: &mut [Located<'_>]) {
        self.reach(Side::Cjk, events);
        self.before = None;
    }
}
