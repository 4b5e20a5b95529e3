//! Headings, and what paragraphs have that only look like some.

use scraper::ElementRef;

use super::styles::Around;
use super::{Manner, Reader};
use crate::import::article::{Block, Heading, Inline, Style, plain};

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

/// Whether all words are strong.
pub(super) fn is_all_strong(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Styled(Style::Strong, _) | Inline::Break => true,
        Inline::Styled(_, content) | Inline::Link(_, content) => is_all_strong(content),
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Code(_) | Inline::Ruby { .. } | Inline::NoteMark(_) | Inline::Picture { .. } => {
            false
        }
    })
}

/// The inlines without their boldness, which a heading has by itself.
pub(super) fn unstyled(line: Vec<Inline>) -> Vec<Inline> {
    let mut row = Vec::new();
    for inline in line {
        match inline {
            Inline::Styled(Style::Strong, content) => row.extend(unstyled(content)),
            Inline::Styled(style, content) => row.push(Inline::Styled(style, unstyled(content))),
            Inline::Link(_, content) => row.extend(unstyled(content)),
            other => row.push(other),
        }
    }
    row
}
