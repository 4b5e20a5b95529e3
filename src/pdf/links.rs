//! Links as annotations (ISO 32000-1, 12.5.6.5).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};

use crate::book::Book;
use crate::diag::{Code, Diagnostic, Place};
use crate::layout::{Destination, ElementId, Item, Layout, Page, PagePlace, Tag};
use crate::message;
use crate::units::{Length, Rect};

use super::file::Ready;
use super::names;
use super::pages::PageTree;
use super::structure::Annotated;
use super::syntax::{name, points, text_string, write_object};

/// Findings for links to anchors that stand on no page.
pub fn check(book: &Book, layout: &Layout) -> Vec<Diagnostic> {
    let lost = layout.pages.iter().flat_map(links).filter_map(|link| match link.target {
        Destination::Anchor(id) => (!layout.places.contains_key(id)).then_some(*id),
        Destination::Url(_) | Destination::Element { .. } => None,
    });
    let lost: BTreeSet<_> = lost.collect();
    lost.into_iter()
        .map(|id| {
            let message =
                message!("`{id}` is linked to and stands on no page", id = book.anchor(id).name);
            Diagnostic::new(Code::WriterFailed, Place::Book, message)
        })
        .collect()
}

/// A link of a page.
struct Link<'a> {
    rect: Rect,
    target: &'a Destination,
    tag: Tag,
}

/// The links of a page, each with what it belongs to.
fn links(page: &Page) -> impl Iterator<Item = Link<'_>> {
    let mut current = Tag::LAYOUT;
    page.items.iter().filter_map(move |item| match item {
        Item::Link { rect, target } => Some(Link { rect: *rect, target, tag: current }),
        Item::Tag(tag) => {
            current = *tag;
            None
        }
        Item::Glyphs(_) | Item::Rule { .. } | Item::Wave { .. } | Item::Picture { .. } => None,
    })
}

/// The links of a file.
#[derive(Default)]
pub struct Links {
    /// The annotations of each page.
    pub of_pages: BTreeMap<ObjectId, Vec<Object>>,
    /// The annotations that belong to elements, in the order of the pages; the number of each in the
    /// parent tree is its place after `pages` pages.
    pub annotated: Vec<Annotated>,
}

/// Writes the links of all pages, under numbers that are new in `document`. Annotations are numbered in
/// the parent tree after the pages.
pub fn write(
    document: &mut Document,
    ready: &mut Ready,
    book: &Book,
    layout: &Layout,
    pages: &PageTree,
) -> Links {
    let mut made = Links::default();
    let landings = landings(layout);
    for (page, &id) in layout.pages.iter().zip(&pages.pages) {
        for link in links(page) {
            let mut dictionary = annotation(book, &link, layout.sheet.trim.height);
            if let Destination::Element { id, .. } = link.target {
                let place = landings.get(id).and_then(|&place| pages.destination(place));
                let Some(place) = place else { continue };
                dictionary.set("Dest", place);
            }
            let annotation = document.new_object_id();
            if let Tag::Element(element) = link.tag {
                let number = pages.count() + made.annotated.len();
                dictionary.set("StructParent", number as i64);
                made.annotated.push(Annotated { element, annotation, page: id });
            }
            write_object(ready.begin(annotation), &dictionary.into());
            made.of_pages.entry(id).or_default().push(Object::Reference(annotation));
        }
    }
    made
}

/// Where the elements stand that links lead to.
fn landings(layout: &Layout) -> BTreeMap<ElementId, PagePlace> {
    let of_page = |(page, content): (usize, &Page)| {
        let landings = content.landings.clone();
        landings.into_iter().map(move |(element, y)| (element, PagePlace { page, y }))
    };
    layout.pages.iter().enumerate().flat_map(of_page).collect()
}

fn annotation(book: &Book, link: &Link<'_>, height: Length) -> lopdf::Dictionary {
    const PRINTED: i64 = 4;
    let rect = link.rect;
    let corners = [rect.origin.x, height - rect.bottom(), rect.right(), height - rect.origin.y];
    let mut annotation = dictionary! {
        "Type" => name("Annot"),
        "Subtype" => name("Link"),
        "Rect" => corners.map(points).to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => PRINTED,
    };
    match link.target {
        Destination::Anchor(id) => {
            let anchor = book.anchor(*id);
            annotation.set("Contents", text_string(&anchor.label));
            annotation.set("Dest", names::key(&anchor.name));
        }
        Destination::Url(url) => {
            let address = Object::String(percent_encoded(url).into(), StringFormat::Literal);
            annotation.set("Contents", text_string(url));
            annotation.set("A", dictionary! { "S" => name("URI"), "URI" => address });
        }
        Destination::Element { label, .. } => annotation.set("Contents", text_string(label)),
    }
    annotation
}

/// `url` in ASCII (RFC 3987, 3.1): what a URI cannot hold becomes `%XX`, what is already so stays.
fn percent_encoded(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                encoded.push_str(&format!("%{byte:02X}"));
            }
            b'!'..=b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_ascii() {
        assert_eq!(
            percent_encoded("https://例.cn/a b%20c?q=(1)#文"),
            "https://%E4%BE%8B.cn/a%20b%20c?q=(1)#%E6%96%87"
        );
    }
}
