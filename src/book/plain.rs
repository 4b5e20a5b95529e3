//! Inlines as plain characters.

use super::walk::{self, Node};
use super::{Inline, Target};
use crate::manuscript;

/// The characters of resolved inlines; note marks, citations, readings and pages say nothing, pictures their
/// alternative text.
pub fn resolved(inlines: &[Inline]) -> String {
    let mut text = String::new();
    gather(inlines, &mut text);
    text.trim().to_owned()
}

/// Adds the characters of `inlines` to `text`.
fn gather(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(run) | Inline::Code(run) => text.push_str(&run.text),
            Inline::Gloss(content) => {
                text.push('（');
                gather(content, text);
                text.push('）');
            }
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::Anchor(_)
            | Inline::PageOf { .. }
            | Inline::NoteMark(_)
            | Inline::Link { target: Target::Entry { .. }, .. } => {}
            Inline::Break => text.push(' '),
            Inline::Emphasis(_, content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content)
            | Inline::Name(content)
            | Inline::Title(content)
            | Inline::Foreign { content, .. }
            | Inline::Abbreviation { content, .. }
            | Inline::Term { content, .. }
            | Inline::Ruby { base: content, .. }
            | Inline::Link { content, .. } => gather(content, text),
        }
    }
}

/// The characters of inlines as written, for a label: references without words say nothing yet.
pub(super) fn written(inlines: &[manuscript::Inline]) -> String {
    use manuscript::Inline;
    let mut text = String::new();
    walk::inlines(inlines, &mut |node| match node {
        Node::Inline(Inline::Text(run) | Inline::Code(run)) => text.push_str(&run.text),
        Node::Inline(Inline::Image { alt, .. }) => text.push_str(alt),
        Node::Inline(Inline::Break) => text.push(' '),
        Node::Inline(_) | Node::Block(..) => {}
    });
    text.trim().to_owned()
}
