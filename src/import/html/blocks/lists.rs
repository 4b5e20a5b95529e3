//! Lists, and terms with their explanations.

use scraper::ElementRef;

use super::lines::inlines_of;
use super::styles::{Around, plainly};
use super::{Manner, Reader};
use crate::import::article::{Block, Inline};

impl Reader<'_> {
    pub(super) fn list(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let first = element.value().attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let start = (element.value().name() == "ol").then_some(first);
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in element.child_elements() {
            let blocks = match child.value().name() {
                "li" => {
                    self.at_item = matches!(self.manner, Manner::Leaf(_));
                    let blocks = self.apart(child, &plainly(around));
                    self.at_item = false;
                    blocks
                }
                // Lists right in lists belong to the item before them.
                _ => {
                    let outer = std::mem::take(&mut self.blocks);
                    self.element(child, &plainly(around));
                    self.end_line();
                    std::mem::replace(&mut self.blocks, outer)
                }
            };
            match items.last_mut().filter(|_| child.value().name() != "li") {
                Some(last) => last.extend(blocks),
                None if blocks.is_empty() => {}
                None => items.push(blocks),
            }
        }
        self.blocks.extend((!items.is_empty()).then_some(Block::List { start, items }));
    }

    pub(super) fn definitions(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let mut definitions: Vec<(Vec<Inline>, Vec<Vec<Block>>)> = Vec::new();
        for child in element.child_elements() {
            let blocks = self.apart(child, &plainly(around));
            match (child.value().name(), definitions.last_mut()) {
                ("dd", Some((_, bodies))) => bodies.push(blocks),
                _ => definitions
                    .push((blocks.into_iter().flat_map(inlines_of).collect(), Vec::new())),
            }
        }
        self.blocks.extend((!definitions.is_empty()).then_some(Block::Definitions(definitions)));
    }
}
