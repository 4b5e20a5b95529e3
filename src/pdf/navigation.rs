//! Ways through the document: bookmarks, page labels, named destinations, links.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::book::{Book, Target};
use crate::layout::{Bookmark, Folio, Item, Layout, Page, PagePlace};
use crate::script::Numerals;
use crate::units::Length;

/// Text in UTF-16BE with its byte order mark (ISO 32000-1 7.9.2.2), in hexadecimal so that no byte
/// of it can be taken for something else.
pub fn text(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The pages of a document: their objects and their height.
pub struct Pages<'a> {
    /// Of each page of the layout.
    pub ids: &'a [ObjectId],
    /// The height of the trimmed page.
    pub height: Length,
}

impl Pages<'_> {
    /// A destination at a place of a page, in the zoom that the reader has.
    fn destination(&self, place: PagePlace) -> Option<Object> {
        let page = *self.ids.get(place.page)?;
        let top = (self.height - place.y).as_pt() as f32;
        Some(vec![page.into(), "XYZ".into(), Object::Null, top.into(), Object::Null].into())
    }
}

/// Adds the tree of bookmarks (12.3.3); none where there are none.
pub fn outline(
    document: &mut Document,
    bookmarks: &[Bookmark],
    pages: &Pages<'_>,
) -> Option<ObjectId> {
    let root = document.new_object_id();
    let (first, last, count) = entries(document, root, bookmarks, pages, true)?;
    let dictionary = dictionary! {
        "Type" => "Outlines",
        "First" => first,
        "Last" => last,
        "Count" => count,
    };
    document.set_object(root, dictionary);
    Some(root)
}

/// Adds entries of one level with those below them; gives the first, the last and how many show.
fn entries(
    document: &mut Document,
    parent: ObjectId,
    bookmarks: &[Bookmark],
    pages: &Pages<'_>,
    open: bool,
) -> Option<(ObjectId, ObjectId, i64)> {
    let level = bookmarks.first()?.level;
    let siblings: Vec<&[Bookmark]> = bookmarks.chunk_by(|_, next| next.level > level).collect();
    let ids: Vec<ObjectId> = siblings.iter().map(|_| document.new_object_id()).collect();
    for (index, family) in siblings.iter().enumerate() {
        let (bookmark, below) = family.split_first()?;
        let mut entry = dictionary! { "Title" => text(&bookmark.title), "Parent" => parent };
        if let Some(destination) = pages.destination(bookmark.place) {
            entry.set("Dest", destination);
        }
        if let Some(&previous) = index.checked_sub(1).and_then(|before| ids.get(before)) {
            entry.set("Prev", previous);
        }
        if let Some(&next) = ids.get(index + 1) {
            entry.set("Next", next);
        }
        if let Some((first, last, count)) = entries(document, ids[index], below, pages, false) {
            entry.set("First", first);
            entry.set("Last", last);
            // Below zero: closed, with so many entries inside.
            entry.set("Count", -count);
        }
        document.set_object(ids[index], entry);
    }
    let shown = if open { ids.len() } else { siblings.len() };
    Some((*ids.first()?, *ids.last()?, shown as i64))
}

/// The page labels (12.4.2): what viewers call each page.
pub fn labels(covers: &[&str], pages: &[Page]) -> Object {
    let mut numbers: Vec<Object> = Vec::new();
    for (index, cover) in covers.iter().enumerate() {
        numbers.push((index as i64).into());
        numbers.push(dictionary! { "P" => text(cover) }.into());
    }
    let mut expected: Option<Folio> = None;
    for (index, page) in pages.iter().enumerate() {
        let Some(folio) = page.folio else { continue };
        if expected != Some(folio) {
            numbers.push(((index + covers.len()) as i64).into());
            let style = match folio.numerals {
                Numerals::Roman => "r",
                Numerals::Arabic | Numerals::Han | Numerals::Circled => "D",
            };
            let start = folio.number as i64;
            numbers.push(dictionary! { "S" => style, "St" => start }.into());
        }
        expected = Some(Folio { number: folio.number + 1, ..folio });
    }
    dictionary! { "Nums" => numbers }.into()
}

/// The named destinations (12.3.2.3): every anchor under its id.
pub fn destinations(book: &Book, layout: &Layout, pages: &Pages<'_>) -> Object {
    let mut named: Vec<(&str, Object)> = layout
        .places
        .iter()
        .filter_map(|(&anchor, &place)| {
            Some((book.anchor(anchor).name.as_str(), pages.destination(place)?))
        })
        .collect();
    named.sort_by_key(|&(name, _)| name);
    let names: Vec<Object> = named
        .into_iter()
        .flat_map(|(name, destination)| [Object::string_literal(name), destination])
        .collect();
    dictionary! { "Dests" => dictionary! { "Names" => names } }.into()
}

/// The link annotations of a page (12.5.6.5).
pub fn links(book: &Book, page: &Page, height: Length) -> Vec<Dictionary> {
    let link = |item: &Item| {
        let Item::Link { rect, target } = item else { return None };
        let bottom = height - rect.bottom();
        let top = bottom + rect.size.height;
        let corners = [rect.origin.x, bottom, rect.right(), top];
        let corners: Vec<Object> =
            corners.iter().map(|length| (length.as_pt() as f32).into()).collect();
        let mut annotation = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => corners,
            "Border" => vec![0.into(), 0.into(), 0.into()],
            // Printed with the page (12.5.3).
            "F" => 4,
        };
        match target {
            Target::Anchor(id) => {
                let anchor = book.anchor(*id);
                annotation.set("Dest", Object::string_literal(anchor.name.as_str()));
                annotation.set("Contents", text(&anchor.label));
            }
            Target::Url(url) => {
                let action =
                    dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii(url)) };
                annotation.set("A", action);
                annotation.set("Contents", text(url));
            }
        }
        Some(annotation)
    };
    page.items.iter().filter_map(link).collect()
}

/// A URL in ASCII: every other byte and every space as `%XX` (RFC 3986 2.1).
fn ascii(url: &str) -> String {
    url.bytes().fold(String::with_capacity(url.len()), |mut ascii, byte| {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
        ascii
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_ascii() {
        assert_eq!(ascii("https://例.cn/a b"), "https://%E4%BE%8B.cn/a%20b");
    }

    #[test]
    fn text_is_utf_16_behind_its_mark() {
        let Object::String(bytes, _) = text("名A") else { panic!("text is a string") };
        assert_eq!(bytes, [0xFE, 0xFF, 0x54, 0x0D, 0x00, 0x41]);
    }

    #[test]
    fn labels_say_where_a_count_begins() {
        let page =
            |numerals, number| Page { folio: Some(Folio { numerals, number }), ..Page::default() };
        let pages = [page(Numerals::Roman, 1), page(Numerals::Roman, 2), page(Numerals::Arabic, 1)];
        let labels = labels(&["封面"], &pages);
        let numbers = labels.as_dict().unwrap().get(b"Nums").unwrap().as_array().unwrap();
        let starts: Vec<i64> = numbers.iter().filter_map(|number| number.as_i64().ok()).collect();
        assert_eq!(starts, [0, 1, 3]);
    }
}
