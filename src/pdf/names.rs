//! Named destinations (ISO 32000-1, 12.3.2.3): every anchor of the book by its id.

use lopdf::{Dictionary, Document, Object, StringFormat, dictionary};

use crate::book::Book;
use crate::layout::Layout;

use super::pages::PageTree;

/// The most names in one leaf of the tree.
pub const LEAF: usize = 64;

/// The key of a destination.
pub fn key(name: &str) -> Object {
    Object::String(name.into(), StringFormat::Literal)
}

/// Adds the name tree of the destinations (7.9.6), sorted by bytes, in leaves of even length.
pub fn add(document: &mut Document, book: &Book, layout: &Layout, pages: &PageTree) -> Dictionary {
    let mut names: Vec<(&str, Object)> = layout
        .places
        .iter()
        .filter_map(|(&id, &place)| {
            Some((book.anchor(id).name.as_str(), pages.destination(place)?))
        })
        .collect();
    names.sort_unstable_by(|one, other| one.0.as_bytes().cmp(other.0.as_bytes()));
    let mut leaves = Vec::new();
    for leaf in names.chunks(LEAF) {
        let limits: Vec<Object> =
            [leaf.first(), leaf.last()].into_iter().flatten().map(|(name, _)| key(name)).collect();
        let entries: Vec<Object> =
            leaf.iter().flat_map(|(name, place)| [key(name), place.clone()]).collect();
        let leaf = dictionary! { "Limits" => limits, "Names" => entries };
        leaves.push(Object::Reference(document.add_object(leaf)));
    }
    dictionary! { "Dests" => dictionary! { "Kids" => leaves } }
}
