//! Headings, and what paragraphs have that only look like some.

use scraper::ElementRef;

use super::styles::Around;
use super::{Manner, Reader};
use crate::import::article::{Block, Heading, Inline, plain, unstyled};

impl Reader<'_> {
    pub(super) fn heading(&mut self, element: ElementRef<'_>) {
        self.end_line();
        self.children(element, &Around::default());
        let content = std::mem::take(&mut self.line);
        if let (Manner::Web, Some(id)) = (self.manner, element.value().attr("id")) {
            self.anchors.push((id.to_owned(), self.said[1]));
        }
        let level = element.value().name().as_bytes().get(1).map_or(2, |digit| digit - b'0');
        if !plain(&content).trim().is_empty() {
            self.push_heading(level, unstyled(content));
        }
        self.said[1] = self.said[0];
    }

    pub(super) fn push_heading(&mut self, level: u8, content: Vec<Inline>) {
        let anchors = self.take_anchors();
        self.blocks.push(Block::Heading(Heading { level, anchors, numbered: true, content }));
    }
}
