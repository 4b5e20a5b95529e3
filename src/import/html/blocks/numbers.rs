//! Numbers in lines of their own, which pages of WeChat set above the titles of sections.

use super::Reader;
use crate::import::article::{Block, Fate, Heading, Inline, Remark, plain, unstyled};
use crate::import::shape;
use crate::message;

/// A number in a line of its own.
struct Number {
    words: String,
    level: u8,
    anchors: Vec<String>,
    /// Whether it is set as headings are.
    stands_out: bool,
}

impl Number {
    /// The number that a block is nothing but.
    fn of(block: &Block) -> Option<Self> {
        let (content, level, anchors, stands_out) = match block {
            Block::Heading(it) => (&it.content, it.level, it.anchors.clone(), true),
            Block::Paragraph(content) => (content, 2, Vec::new(), false),
            _ => return None,
        };
        let words = plain(content).trim().to_owned();
        shape::is_number(&words).then_some(Self { words, level, anchors, stands_out })
    }

    /// The heading of this number and the title below it: a heading, or a short line, where a zero
    /// says that the number counts sections.
    fn over(&self, next: &Block) -> Option<Heading> {
        let counts = self.stands_out && self.words.starts_with(['0', '０']);
        let (title, level, anchors) = match next {
            Block::Heading(next) => (next.content.clone(), next.level, next.anchors.as_slice()),
            Block::Paragraph(next) if counts => (unstyled(next.clone()), self.level, [].as_slice()),
            _ => return None,
        };
        let words = plain(&title);
        let is_title = shape::is_short(words.trim()) && shape::special(&words).is_none();
        if !is_title || shape::is_number(words.trim()) {
            return None;
        }
        let anchors = [&self.anchors, anchors].concat();
        let content = [vec![Inline::Text(format!("{} ", self.words))], title].concat();
        Some(Heading { level, anchors, numbered: false, content })
    }
}

impl Reader<'_> {
    /// Puts numbers before the titles below them. One without a title is text, unless the page calls
    /// it a heading.
    pub(super) fn join_numbers(&mut self) {
        let mut blocks = std::mem::take(&mut self.blocks).into_iter().peekable();
        while let Some(block) = blocks.next() {
            let number = Number::of(&block);
            let joined = number.and_then(|number| number.over(blocks.peek()?));
            let block = match (joined, block) {
                (Some(heading), _) => {
                    if let Some(Block::Paragraph(title)) = blocks.next() {
                        let words = plain(&title);
                        let what = message!(
                            "a short line below a number became a heading: “{words}”",
                            words
                        );
                        self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                    }
                    Block::Heading(heading)
                }
                (None, Block::Heading(Heading { numbered: false, content, mut anchors, .. })) => {
                    self.anchors_above().append(&mut anchors);
                    Block::Paragraph(content)
                }
                (None, block) => block,
            };
            self.blocks.push(block);
        }
    }
}
