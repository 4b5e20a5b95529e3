//! Bookmarks (ISO 32000-1, 12.3.3): a tree of which the first level is open.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::layout::Bookmark;

use super::pages::PageTree;
use super::syntax::{name, text_string};

/// A bookmark and what lies below it.
struct Entry<'a> {
    bookmark: &'a Bookmark,
    object: ObjectId,
    /// Places of the entries directly below.
    below: Vec<usize>,
}

/// Adds the bookmarks; none for a book without any.
pub fn add(document: &mut Document, bookmarks: &[Bookmark], pages: &PageTree) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let (entries, top) = nest(document, bookmarks);
    link(document, &entries, &top, root, pages);
    for entry in &entries {
        link(document, &entries, &entry.below, entry.object, pages);
    }
    let mut dictionary = dictionary! { "Type" => name("Outlines"), "Count" => count(&top) };
    set_ends(&mut dictionary, &entries, &top);
    document.set_object(root, dictionary);
    Some(root)
}

/// The entries with what lies below each, and those of the first level.
fn nest<'a>(document: &mut Document, bookmarks: &'a [Bookmark]) -> (Vec<Entry<'a>>, Vec<usize>) {
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(bookmarks.len());
    let mut top = Vec::new();
    // The last entry of each level that further ones can belong to.
    let mut above: Vec<usize> = Vec::new();
    for (place, bookmark) in bookmarks.iter().enumerate() {
        while above.last().is_some_and(|&last| entries[last].bookmark.level >= bookmark.level) {
            above.pop();
        }
        match above.last() {
            Some(&parent) => entries[parent].below.push(place),
            None => top.push(place),
        }
        above.push(place);
        entries.push(Entry { bookmark, object: document.new_object_id(), below: Vec::new() });
    }
    (entries, top)
}

/// Adds the objects of `siblings`, which lie below `parent` (table 153).
fn link(
    document: &mut Document,
    entries: &[Entry<'_>],
    siblings: &[usize],
    parent: ObjectId,
    pages: &PageTree,
) {
    for (rank, &place) in siblings.iter().enumerate() {
        let entry = &entries[place];
        let mut dictionary = dictionary! {
            "Title" => text_string(&entry.bookmark.title),
            "Parent" => parent,
        };
        if let Some(destination) = pages.destination(entry.bookmark.place) {
            dictionary.set("Dest", destination);
        }
        if let Some(&previous) = rank.checked_sub(1).and_then(|rank| siblings.get(rank)) {
            dictionary.set("Prev", entries[previous].object);
        }
        if let Some(&next) = siblings.get(rank + 1) {
            dictionary.set("Next", entries[next].object);
        }
        set_ends(&mut dictionary, entries, &entry.below);
        if !entry.below.is_empty() {
            // Below zero: closed.
            dictionary.set("Count", -count(&entry.below));
        }
        document.set_object(entry.object, dictionary);
    }
}

fn set_ends(dictionary: &mut Dictionary, entries: &[Entry<'_>], below: &[usize]) {
    for (key, place) in [("First", below.first()), ("Last", below.last())] {
        if let Some(&place) = place {
            dictionary.set(key, Object::Reference(entries[place].object));
        }
    }
}

fn count(places: &[usize]) -> i64 {
    i64::try_from(places.len()).unwrap_or(i64::MAX)
}
