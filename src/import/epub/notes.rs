//! Which links of an EPUB are the marks of notes, and where these stand.
//!
//! EPUB 3 says so (`noteref`, `footnote`); in others a number that leads to a paragraph is a mark where
//! the paragraph leads back.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::documents::{Document, Use};
use crate::import::article::{Block, Fate, Inline, Remark, Style, plain};
use crate::import::html::has_kind;

/// Kinds of marks, of notes, and of links back.
const MARKS: [&str; 1] = ["noteref"];
const NOTES: [&str; 5] = ["footnote", "endnote", "rearnote", "note", "biblioentry-note"];
const BACK: [&str; 2] = ["backlink", "referrer"];
/// Kinds of links to a list of works, to a glossary, to entries of an index: no marks.
const OTHERS: [&str; 3] = ["biblioref", "glossref", "index-locator"];

/// Elements that a note can be.
const BLOCKS: [&str; 8] = ["li", "p", "div", "aside", "dd", "td", "section", "blockquote"];
/// Those that hold one note and no more.
const HOLDERS: [&str; 3] = ["li", "aside", "dd"];
/// The most characters of a note, and the most elements and texts.
const LONGEST: usize = 50_000;
const LARGEST: usize = 2_000;
/// The most elements and texts of a mark with what is around it.
const FEW: usize = 16;

/// Signs around and behind the number of a note.
const OPENING: [char; 6] = ['[', '(', '【', '（', '〔', '［'];
const CLOSING: [char; 13] =
    [']', ')', '】', '）', '〕', '］', '.', '．', '、', '：', ':', ' ', '\u{3000}'];

/// A place in the book: the document, and an element in it.
type Place = (usize, NodeId);

/// A link that may be the mark of a note.
struct Link {
    from: Place,
    to: Place,
    /// Whether the book says that it is one.
    said: bool,
    /// Whether it stands before what it leads to.
    precedes: bool,
}

/// Finds the notes of a book.
pub(super) fn find(documents: &mut [Document], remarks: &mut Vec<Remark>) {
    let anchors = anchors(documents);
    let links = links(documents, &anchors);
    let targets: BTreeSet<Place> = links.iter().map(|link| link.to).collect();
    let places: BTreeMap<Place, Option<Place>> =
        targets.iter().map(|to| (*to, body(documents, *to, &targets))).collect();
    let mut names: BTreeMap<Place, String> = BTreeMap::new();
    let mut marks: Vec<(Place, Place)> = Vec::new();
    let mut left: BTreeSet<Place> = BTreeSet::new();
    for link in &links {
        let Some(body) = places.get(&link.to).copied().flatten() else { continue };
        if !(link.said || link.precedes) || holds(documents, body, link.from) {
            continue;
        }
        let back = back(documents, body, link, &anchors);
        if link.said || !back.is_empty() {
            let name = format!("note {}", names.len() + 1);
            names.entry(body).or_insert(name);
            marks.push((link.from, body));
            left.extend(back);
        }
    }
    for (from, body) in marks {
        // What a note has to its mark is the link back.
        let Some(element) = documents[from.0].element(from.1).filter(|_| !left.contains(&from))
        else {
            continue;
        };
        let Some(name) = names.get(&body) else { continue };
        let shown = bracketless(&element.text().collect::<String>()).to_owned();
        let whole = outermost(element).id();
        documents[from.0].leaf.marks.insert(whole, name.clone());
        documents[body.0].numbers.entry(name.clone()).or_insert(shown);
    }
    for ((document, id), name) in names {
        documents[document].notes.push((name, id));
        left.insert((document, id));
    }
    for (document, id) in left {
        let outer = documents[document].element(id).map(|it| outermost(it).id());
        documents[document].leaf.left.extend([Some(id), outer].into_iter().flatten());
    }
    documents.iter_mut().for_each(|document| leave_frames(document, remarks));
}

/// Where the anchors of a book stand, and in which order.
fn anchors(documents: &[Document]) -> BTreeMap<String, (Place, usize)> {
    let mut anchors = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for (order, element) in document.elements().enumerate() {
            let names = [element.value().attr("id"), element.value().attr("name")];
            for name in names.into_iter().flatten() {
                let anchor = format!("{}#{name}", document.leaf.path);
                anchors.entry(anchor).or_insert(((number, element.id()), order));
            }
        }
    }
    anchors
}

/// The links that may be marks of notes.
fn links(documents: &[Document], anchors: &BTreeMap<String, (Place, usize)>) -> Vec<Link> {
    let mut links = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        for (order, element) in document.elements().enumerate() {
            let href = element.value().attr("href").filter(|_| element.value().name() == "a");
            let Some(address) = href.and_then(|href| document.leaf.address(href)) else { continue };
            let Some((to, place)) = anchors.get(&address) else { continue };
            let mut classes = element.value().classes();
            let is_named =
                classes.any(|it| matches!(it, "duokan-footnote" | "noteref" | "footnote-ref"));
            let said = has_kind(element, &MARKS) || is_named;
            let text: String = element.text().collect();
            let is_other = has_kind(element, &BACK) || has_kind(element, &OTHERS);
            if is_other || !(said || is_number(&text)) {
                continue;
            }
            let target = documents[to.0].element(to.1);
            let is_note = |it: ElementRef<'_>| has_kind(it, &NOTES);
            let said =
                said || target.is_some_and(|it| is_note(it) || around(it).take(3).any(is_note));
            let precedes = (number, order) < (to.0, *place);
            links.push(Link { from: (number, element.id()), to: *to, said, precedes });
        }
    }
    links
}

/// The elements around one, from the inside.
fn around(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// The note at an anchor: the block there, or the element that holds only that.
fn body(documents: &[Document], to: Place, targets: &BTreeSet<Place>) -> Option<Place> {
    let (number, id) = to;
    let target = documents[number].element(id)?;
    let is_block = |it: &ElementRef<'_>| BLOCKS.contains(&it.value().name());
    let mut body = std::iter::once(target).chain(around(target)).find(is_block)?;
    for holder in around(body).take(4) {
        let holds = HOLDERS.contains(&holder.value().name()) || has_kind(holder, &NOTES);
        let mut inner = holder.descendants().filter(|it| targets.contains(&(number, it.id())));
        if holds && inner.nth(1).is_none() {
            body = holder;
        }
    }
    if body.descendants().nth(LARGEST).is_some() {
        return None;
    }
    let is_whole = matches!(body.value().name(), "section" | "div") && {
        let mut all = body.descendants().filter_map(ElementRef::wrap);
        !has_kind(body, &NOTES) && all.any(|it| matches!(it.value().name(), "h1" | "h2" | "h3"))
    };
    let length = body.text().map(str::len).sum::<usize>();
    (!is_whole && length <= LONGEST).then_some((number, body.id()))
}

/// Whether an element stands in a note.
fn holds(documents: &[Document], body: Place, inner: Place) -> bool {
    let element = documents[inner.0].element(inner.1);
    body.0 == inner.0 && element.into_iter().flat_map(around).any(|it| it.id() == body.1)
}

/// The links in a note that lead back to its mark.
fn back(
    documents: &[Document],
    body: Place,
    link: &Link,
    anchors: &BTreeMap<String, (Place, usize)>,
) -> Vec<Place> {
    let (number, id) = body;
    let document = &documents[number];
    let mut near: BTreeSet<NodeId> = BTreeSet::new();
    if let Some(mark) = documents[link.from.0].element(link.from.1) {
        near.extend(mark.descendants().take(LARGEST).map(|it| it.id()));
        near.extend(around(mark).take(3).map(|it| it.id()));
        // An empty anchor may stand right before the mark.
        near.extend(mark.prev_siblings().take(2).map(|it| it.id()));
    }
    let leads_back = |it: &ElementRef<'_>| {
        let address = it.value().attr("href").and_then(|href| document.leaf.address(href));
        let to = address.and_then(|address| anchors.get(&address));
        let leads = to.is_some_and(|((file, id), _)| *file == link.from.0 && near.contains(id));
        let text: String = it.text().collect();
        has_kind(*it, &BACK) || (leads && (is_number(&text) || !text.contains(char::is_alphabetic)))
    };
    let all = document.element(id).into_iter().flat_map(|it| it.descendants());
    let links = all.filter_map(ElementRef::wrap).filter(|it| it.value().name() == "a");
    links.filter(leads_back).map(|it| (number, it.id())).collect()
}

/// An element with those around it that add nothing but brackets or a manner.
fn outermost(element: ElementRef<'_>) -> ElementRef<'_> {
    let words = |it: ElementRef<'_>| bracketless(&it.text().collect::<String>()).to_owned();
    let own = words(element);
    let frames = around(element).take_while(|it| {
        matches!(it.value().name(), "sup" | "span" | "small" | "b" | "i" | "font")
            && it.descendants().nth(FEW).is_none()
            && words(*it) == own
    });
    frames.last().unwrap_or(element)
}

/// Leaves out what stands around notes alone, and the headings over them.
fn leave_frames(document: &mut Document, remarks: &mut Vec<Remark>) {
    let mut frames: Vec<NodeId> = document.notes.iter().map(|(_, id)| *id).collect();
    while !frames.is_empty() {
        let parents: BTreeSet<NodeId> = frames
            .iter()
            .filter_map(|id| document.element(*id)?.parent().map(|parent| parent.id()))
            .filter(|id| !document.leaf.left.contains(id))
            .collect();
        frames.clear();
        for parent in parents {
            let Some(element) = document.element(parent) else { continue };
            let Some(headings) = headings_alone(element, &document.leaf.left) else { continue };
            if element.value().name() == "body" {
                document.used = Use::Left;
            } else {
                frames.push(parent);
            }
            document.leaf.left.insert(parent);
            if !headings.trim().is_empty() {
                remarks.push(Remark::new(Fate::Left, "the heading over notes", headings));
            }
        }
    }
}

/// The words of headings in an element that holds nothing else beside what is left; none where it does.
fn headings_alone(element: ElementRef<'_>, left: &BTreeSet<NodeId>) -> Option<String> {
    let mut headings = String::new();
    let mut waiting = vec![*element];
    while let Some(node) = waiting.pop() {
        for child in node.children().filter(|child| !left.contains(&child.id())) {
            match child.value() {
                Node::Text(text) if !text.trim().is_empty() => return None,
                Node::Element(it) if matches!(it.name(), "img" | "svg" | "table") => return None,
                Node::Element(it) if matches!(it.name().as_bytes(), [b'h', b'1'..=b'6']) => {
                    headings.extend(ElementRef::wrap(child).into_iter().flat_map(|it| it.text()));
                }
                Node::Element(_) => waiting.push(child),
                Node::Text(_)
                | Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {}
            }
        }
    }
    Some(headings)
}

/// A text without brackets and white space around it.
fn bracketless(text: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || OPENING.contains(&c) || "])】）〕］".contains(c);
    text.trim_matches(is_around)
}

/// Whether a text is what marks of notes show: a number, a sign, a letter.
fn is_number(text: &str) -> bool {
    let text = bracketless(text);
    let text = text.strip_prefix(['注', '註']).filter(|it| !it.is_empty()).unwrap_or(text);
    let is_circled = |c: char| matches!(c, '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{32bf}' | '\u{2776}'..='\u{2793}');
    let count = text.chars().count();
    (1..=4).contains(&count)
        && (text.chars().all(|c| c.is_ascii_digit())
            || text.chars().all(|c| "*＊†‡§¶※".contains(c))
            || text.chars().all(is_circled)
            || (count == 1 && text.chars().all(|c| c.is_ascii_lowercase()))
            || text.chars().all(|c| "ivxlc".contains(c))
            || matches!(text, "注" | "註"))
}

/// Takes the number from the beginning of a note.
pub(super) fn without_number(blocks: &mut [Block], number: &str) {
    let Some(Block::Paragraph(content)) = blocks.first_mut() else { return };
    if let Some(Inline::Styled(Style::Superscript, inner)) = content.first()
        && bracketless(&plain(inner)) == number
        && !number.is_empty()
    {
        content.remove(0);
    }
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = bare(first, number).to_owned();
    }
}

/// A text without the number at its beginning, and without the signs around that.
pub(super) fn bare<'t>(text: &'t str, number: &str) -> &'t str {
    let start = text.trim_start();
    let inner = start.trim_start_matches(OPENING);
    let rest = inner.strip_prefix(number).unwrap_or(inner);
    let is_cut = !number.is_empty()
        && inner.starts_with(number)
        && !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let rest = if is_cut { rest } else { inner };
    // Without a number, brackets are its own only where they are empty.
    if is_cut || rest.starts_with(CLOSING) { rest.trim_start_matches(CLOSING) } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_notes_are_told_from_words() {
        for number in ["1", "[12]", "〔3〕", "*", "①", "注5", "注", "a", "iv"] {
            assert!(is_number(number), "{number}");
        }
        for words in ["", "第一章", "12345", "see", "注释", "A1"] {
            assert!(!is_number(words), "{words}");
        }
    }

    #[test]
    fn a_note_loses_its_number() {
        assert_eq!(bare(" 1. 注文", "1"), "注文");
        assert_eq!(bare("[12] 注文", "12"), "注文");
        assert_eq!(bare("[] 注文", "1"), "注文");
        assert_eq!(bare("1984年", "1"), "1984年");
        assert_eq!(bare("（注）文", "1"), "（注）文");
    }
}
