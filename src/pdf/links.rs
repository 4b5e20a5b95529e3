//! Links as annotations (ISO 32000-1, 12.5.6.5).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};

use crate::book::{Book, Target};
use crate::diag::{Code, Diagnostic, Place};
use crate::layout::{Item, Layout, Page};
use crate::units::{Length, Rect};

use super::names;
use super::pages::PageTree;
use super::syntax::{name, points, text_string};

/// Findings for links to anchors that stand on no page.
pub fn check(book: &Book, layout: &Layout) -> Vec<Diagnostic> {
    let lost = layout.pages.iter().flat_map(links).filter_map(|(_, target)| match target {
        Target::Anchor(id) => (!layout.places.contains_key(id)).then_some(*id),
        Target::Url(_) => None,
    });
    let lost: BTreeSet<_> = lost.collect();
    lost.into_iter()
        .map(|id| {
            let message = format!("`{}` is linked to and stands on no page", book.anchor(id).name);
            Diagnostic::new(Code::WriterFailed, Place::Book, message)
        })
        .collect()
}

fn links(page: &Page) -> impl Iterator<Item = (Rect, &Target)> {
    page.items.iter().filter_map(|item| match item {
        Item::Link { rect, target } => Some((*rect, target)),
        Item::Glyphs(_) | Item::Rule { .. } | Item::Wave { .. } | Item::Picture { .. } => None,
    })
}

/// Adds the links of all pages and says which belong to which page.
pub fn add(
    document: &mut Document,
    book: &Book,
    layout: &Layout,
    pages: &PageTree,
) -> BTreeMap<ObjectId, Vec<Object>> {
    let mut annotations = BTreeMap::new();
    for (page, id) in layout.pages.iter().zip(&pages.pages) {
        let of_page: Vec<Object> = links(page)
            .map(|(rect, target)| {
                let link = link(book, rect, target, layout.sheet.trim.height);
                Object::Reference(document.add_object(link))
            })
            .collect();
        if !of_page.is_empty() {
            annotations.insert(*id, of_page);
        }
    }
    annotations
}

fn link(book: &Book, rect: Rect, target: &Target, height: Length) -> lopdf::Dictionary {
    const PRINTED: i64 = 4;
    let corners = [rect.origin.x, height - rect.bottom(), rect.right(), height - rect.origin.y];
    let mut link = dictionary! {
        "Type" => name("Annot"),
        "Subtype" => name("Link"),
        "Rect" => corners.map(points).to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => PRINTED,
    };
    match target {
        Target::Anchor(id) => {
            let anchor = book.anchor(*id);
            link.set("Contents", text_string(&anchor.label));
            link.set("Dest", names::key(&anchor.name));
        }
        Target::Url(url) => {
            let address = Object::String(percent_encoded(url).into(), StringFormat::Literal);
            link.set("Contents", text_string(url));
            link.set("A", dictionary! { "S" => name("URI"), "URI" => address });
        }
    }
    link
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
