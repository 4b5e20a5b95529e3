//! Where links of a text lead: bookmarks, marks of references, headings, tables, pictures.

use std::collections::{BTreeMap, BTreeSet};

use super::text::is_index;
use crate::import::article::{Block, Fate, Remark, Target};
use crate::import::html::unescaped;
use crate::import::xml::Element;
use crate::message;

/// Where an element leads that is a link or a reference; none where it is neither.
pub(super) fn target(element: &Element) -> Option<Target> {
    let name = || element.attribute("text:ref-name").filter(|name| !name.is_empty());
    match element.name.as_str() {
        "text:a" => {
            let address = element.attribute("xlink:href").filter(|it| !it.is_empty())?;
            Some(match address.strip_prefix('#') {
                Some(place) => Target::Anchor(place_of(&unescaped(place))),
                None => Target::Url(address.to_owned()),
            })
        }
        "text:bookmark-ref" => Some(Target::Anchor(name()?.to_owned())),
        "text:reference-ref" => Some(Target::Anchor(marked(name()?))),
        "text:sequence-ref" => Some(Target::Anchor(counted(name()?))),
        _ => None,
    }
}

/// By which name an element is led to; none where it is no place.
pub(super) fn place(element: &Element) -> Option<String> {
    match element.name.as_str() {
        "text:bookmark" | "text:bookmark-start" => {
            element.attribute("text:name").map(str::to_owned)
        }
        "text:reference-mark" | "text:reference-mark-start" => {
            element.attribute("text:name").map(marked)
        }
        "text:sequence" => element.attribute("text:ref-name").map(counted),
        "table:table" => element.attribute("table:name").map(|name| format!("{name}|table")),
        "draw:frame" => element.attribute("draw:name").map(|name| format!("{name}|graphic")),
        _ => None,
    }
}

/// By which name a heading of some words is led to.
pub(super) fn heading(words: &str) -> String {
    place_of(&format!("{}|outline", words.trim()))
}

/// A place as it is compared: that of a heading has its number before its words, or has none.
fn place_of(place: &str) -> String {
    let is_heading = place.ends_with("|outline");
    let digits = |c: char| is_heading && (c.is_ascii_digit() || c == '.' || c == ' ');
    place.trim_start_matches(digits).to_owned()
}

// Bookmarks, marks and numbers may be called alike.
fn marked(name: &str) -> String {
    format!("mark {name}")
}

fn counted(name: &str) -> String {
    format!("number {name}")
}

/// The places that something leads to, indexes aside.
pub(super) fn targets(body: &Element) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![body];
    while let Some(element) = waiting.pop() {
        if let Some(Target::Anchor(place)) = target(element) {
            found.insert(place);
        }
        waiting.extend(element.elements().filter(|it| !is_index(&it.name)));
    }
    found
}

/// Places in paragraphs, which a book has no names for: links to them lead to the heading above.
#[derive(Debug, Default)]
pub(super) struct Sections {
    count: usize,
    places: BTreeMap<String, Vec<String>>,
}

impl Sections {
    /// Begins a section, and gives the name that its heading is found by.
    pub fn begin(&mut self) -> String {
        self.count += 1;
        self.name()
    }

    /// Adds places to the section that was begun last.
    pub fn add(&mut self, places: Vec<String>) {
        if self.count > 0 && !places.is_empty() {
            self.places.entry(self.name()).or_default().extend(places);
        }
    }

    // No place is called so.
    fn name(&self) -> String {
        format!("\u{0}{}", self.count)
    }

    /// Gives the places to their headings, and tells that it did.
    pub fn settle(mut self, blocks: &mut [Block]) -> Option<Remark> {
        let mut moved = 0;
        for block in blocks {
            let Block::Heading(heading) = block else { continue };
            let own: Vec<String> = heading
                .anchors
                .iter()
                .filter_map(|name| self.places.remove(name))
                .flatten()
                .collect();
            moved += own.len();
            heading.anchors.retain(|name| !name.starts_with('\u{0}'));
            heading.anchors.extend(own);
        }
        let what = message!(
            "links to {moved} places in paragraphs lead to the headings above them",
            moved
        );
        (moved > 0).then(|| Remark::new(Fate::Guessed, what, ""))
    }
}
