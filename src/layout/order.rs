//! The order in which the blocks of a chapter are set: a figure or table stands after the words that
//! first mention it (R53).

use std::collections::BTreeMap;

use crate::book::{AnchorId, Block, Inline, Target};

/// The blocks of a chapter in the order in which they are set. Figures and tables keep their own
/// order, so that their numbers count up.
pub fn in_order(blocks: &[Block]) -> Vec<&Block> {
    let mentions = mentions(blocks);
    let mut order = Vec::with_capacity(blocks.len());
    let mut late: Vec<(&Block, usize)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let mention = anchor(block).and_then(|anchor| mentions.get(&anchor)).copied();
        let after = mention.unwrap_or_default();
        if anchor(block).is_some() && (after > at || !late.is_empty()) {
            late.push((block, after));
            continue;
        }
        order.push(block);
        let due = late.iter().take_while(|&&(_, after)| after <= at).count();
        order.extend(late.drain(..due).map(|(block, _)| block));
    }
    order.extend(late.into_iter().map(|(block, _)| block));
    order
}

/// The anchor of a figure or table.
fn anchor(block: &Block) -> Option<AnchorId> {
    let caption = match block {
        Block::Figure(figure) => figure.caption.as_ref(),
        Block::Table(table) => table.caption.as_ref(),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Quote(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Index(_)
        | Block::References(_)
        | Block::Divider => None,
    };
    caption.map(|caption| caption.anchor)
}

/// For every anchor the first of the blocks that mentions it.
fn mentions(blocks: &[Block]) -> BTreeMap<AnchorId, usize> {
    let mut mentions = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        in_block(block, &mut |anchor| {
            mentions.entry(anchor).or_insert(at);
        });
    }
    mentions
}

/// Tells `note` every anchor that the text of a block leads to.
fn in_block(block: &Block, note: &mut dyn FnMut(AnchorId)) {
    match block {
        Block::Heading(heading) => in_inlines(&heading.content, note),
        Block::Paragraph(inlines) => in_inlines(inlines, note),
        Block::Quote(blocks) => blocks.iter().for_each(|block| in_block(block, note)),
        Block::List(list) => {
            let blocks = list.items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| in_block(block, note));
        }
        Block::Definitions(definitions) => {
            for definition in definitions {
                in_inlines(&definition.term, note);
                definition.bodies.iter().flatten().for_each(|block| in_block(block, note));
            }
        }
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.for_each(|cell| in_inlines(cell, note));
        }
        Block::Code { .. }
        | Block::Figure(_)
        | Block::Index(_)
        | Block::References(_)
        | Block::Divider => {}
    }
}

/// Tells `note` every anchor that inlines lead to.
fn in_inlines(inlines: &[Inline], note: &mut dyn FnMut(AnchorId)) {
    for inline in inlines {
        if let Inline::Link { target: Target::Anchor(anchor), .. } | Inline::PageOf { anchor, .. } =
            inline
        {
            note(*anchor);
        }
        in_inlines(inline.content(), note);
    }
}
