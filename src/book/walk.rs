//! Everything in a text, in reading order.

use crate::manuscript::{Block, Inline};

/// One thing in a text.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// A block, and in how many others it stands.
    Block(&'a Block, usize),
    /// An inline.
    Inline(&'a Inline),
}

/// What is done with each thing.
pub(super) type Visit<'a, 'v> = &'v mut dyn FnMut(Node<'a>);

/// Visits blocks that stand in `depth` others, and everything in them.
pub(super) fn blocks<'a>(blocks: &'a [Block], depth: usize, visit: Visit<'a, '_>) {
    for block in blocks {
        visit(Node::Block(block, depth));
        match block {
            Block::Heading(heading) => inlines(&heading.content, visit),
            Block::Paragraph(content) => inlines(content, visit),
            Block::Quote(inner) => self::blocks(inner, depth + 1, visit),
            Block::List(list) => {
                for item in &list.items {
                    self::blocks(&item.blocks, depth + 1, visit);
                }
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&definition.term, visit);
                    for body in &definition.bodies {
                        self::blocks(body, depth + 1, visit);
                    }
                }
            }
            Block::Figure(figure) => inlines(&figure.caption, visit),
            Block::Table(table) => {
                inlines(&table.caption, visit);
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    inlines(cell, visit);
                }
            }
            Block::Code { .. } | Block::Divider => {}
        }
    }
}

/// Visits inlines and everything in them.
pub(super) fn inlines<'a>(inlines: &'a [Inline], visit: Visit<'a, '_>) {
    for inline in inlines {
        visit(Node::Inline(inline));
        self::inlines(inline.content(), visit);
    }
}
