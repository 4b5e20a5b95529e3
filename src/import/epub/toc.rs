//! What the contents of an EPUB call its documents: the navigation document, or the NCX of EPUB 2.

use scraper::{ElementRef, Html};

use super::documents::opened;
use super::package::Package;
use crate::diag::Sink;
use crate::import::html::{Leaf, has_kind, is_shallow};
use crate::import::xml::Element;
use crate::import::zipped::Zipped;

/// The most levels of entries.
const DEEPEST: usize = 20;

/// An entry of the contents.
#[derive(Debug)]
pub(super) struct Entry {
    /// The anchor that it leads to.
    pub anchor: String,
    /// The anchor that the entry above it leads to; empty where there is none.
    pub above: String,
    /// Its words.
    pub words: String,
}

/// The entries of an EPUB; none where it has none that can be read.
pub(super) fn read(package: &Package, zipped: &mut Zipped<'_>) -> Vec<Entry> {
    // What is wrong with a list that chapters do not need is no matter.
    let mut sink = Sink::default();
    let mut entries = Vec::new();
    if let Some(nav) = &package.nav
        && let Some(text) = zipped.text(nav, &mut sink).map(|text| opened(&text))
        && is_shallow(&text)
    {
        let leaf = Leaf { path: nav.clone(), ..Leaf::default() };
        let html = Html::parse_document(&text);
        let mut all = html.root_element().descendants().filter_map(ElementRef::wrap);
        let found = all.find(|it| it.value().name() == "nav" && has_kind(*it, &["toc"]));
        for list in found.iter().flat_map(ElementRef::child_elements) {
            of_list(list, &leaf, "", 0, &mut entries);
        }
    }
    if let Some(ncx) = package.ncx.as_ref().filter(|_| entries.is_empty())
        && let Some(root) = zipped.xml(ncx, &mut sink)
    {
        let leaf = Leaf { path: ncx.clone(), ..Leaf::default() };
        for map in root.elements().filter(|it| it.is("navMap")) {
            of_points(map, &leaf, "", 0, &mut entries);
        }
    }
    entries
}

/// The entries of a list (EPUB 3.3, 7.3).
fn of_list(list: ElementRef<'_>, leaf: &Leaf, above: &str, depth: usize, found: &mut Vec<Entry>) {
    for item in list.child_elements().filter(|it| it.value().name() == "li" && depth < DEEPEST) {
        let mut anchor = String::new();
        for child in item.child_elements() {
            match child.value().name() {
                "a" => {
                    let href = child.value().attr("href").unwrap_or_default();
                    anchor = leaf.address(href).unwrap_or_default();
                    let words = joined(&child.text().collect::<String>());
                    found.push(Entry { anchor: anchor.clone(), above: above.to_owned(), words });
                }
                "ol" | "ul" => of_list(child, leaf, &anchor, depth + 1, found),
                _ => {}
            }
        }
    }
}

/// The entries of points (OPF 2.0.1, 2.4.1).
fn of_points(map: &Element, leaf: &Leaf, above: &str, depth: usize, found: &mut Vec<Entry>) {
    for point in map.elements().filter(|it| it.is("navPoint") && depth < DEEPEST) {
        let part = |name: &str| point.elements().find(|it| it.is(name));
        let href = part("content").and_then(|it| it.attribute("src")).unwrap_or_default();
        let anchor = leaf.address(href).unwrap_or_default();
        let words = joined(&part("navLabel").map(Element::text).unwrap_or_default());
        found.push(Entry { anchor: anchor.clone(), above: above.to_owned(), words });
        of_points(point, leaf, &anchor, depth + 1, found);
    }
}

fn joined(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
