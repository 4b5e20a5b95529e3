//! Headings, and what paragraphs have that only look like some.

use scraper::ElementRef;

use super::styles::Around;
use super::{Manner, Reader};
use crate::import::article::{Block, Fate, Heading, Inline, Remark, is_strong, plain, unstyled};
use crate::import::shape;
use crate::message;

impl Reader<'_> {
    pub(super) fn heading(&mut self, element: ElementRef<'_>) {
        self.end_line();
        self.children(element, &Around::default());
        self.end_entry();
        let content = std::mem::take(&mut self.line);
        if let (Manner::Web, Some(id)) = (self.manner, element.value().attr("id")) {
            self.anchors.push((id.to_owned(), self.said[1]));
        }
        let level = element.value().name().as_bytes().get(1).map_or(2, |digit| digit - b'0');
        if !plain(&content).trim().is_empty() {
            let (anchors, content) = (self.take_anchors(), unstyled(content));
            self.blocks.push(Block::Heading(Heading { level, anchors, numbered: true, content }));
        }
        self.said[1] = self.said[0];
    }

    /// A paragraph, or the heading that it is by its type, which may be large.
    pub(super) fn push_line(&mut self, line: Vec<Inline>, large: bool) {
        let words = plain(&line).trim().to_owned();
        let looks = matches!(self.manner, Manner::Web) && (is_strong(&line) || large);
        if !looks || !shape::is_short(&words) || shape::special(&words).is_some() {
            self.blocks.push(Block::Paragraph(line));
            return;
        }
        let (anchors, content) = (self.take_anchors(), unstyled(line));
        let level = shape::level(&words).unwrap_or(2);
        // A number alone may become a part of a heading or none: see `join_numbers`.
        let numbered = !shape::is_number(&words);
        if numbered {
            let what =
                message!("a short line in bold or large type became a heading: “{words}”", words);
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
        }
        self.blocks.push(Block::Heading(Heading { level, anchors, numbered, content }));
    }
}
