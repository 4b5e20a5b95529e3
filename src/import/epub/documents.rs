//! The documents of an EPUB as trees, and what each is for.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::NodeId;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use scraper::{ElementRef, Html};

use super::package::{Item, Package};
use super::told;
use crate::diag::{Code, Diagnostic, Sink};
use crate::import::article::{Division, Remark};
use crate::import::html::{self, Leaf, has_kind};
use crate::import::sources::Source;
use crate::import::zipped::Zipped;
use crate::message;

/// The most bytes of all documents.
const LIMIT: usize = 32 << 20;

/// Elements without content (HTML 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that hold the text of a document.
const HOLDERS: [&str; 6] = ["body", "section", "div", "article", "main", "nav"];

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// To be read.
    Text(Division),
    /// To say that a part of the book begins.
    Part,
    /// For what a new book makes itself, or for notes alone.
    Left,
}

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    /// What the reader is told of it.
    pub leaf: Leaf,
    /// What it is for.
    pub used: Use,
    /// The notes in it: their names, and where they stand.
    pub notes: Vec<(String, NodeId)>,
    /// The numbers that the marks of notes show, by the names of these.
    pub numbers: BTreeMap<String, String>,
    html: Html,
}

impl Document {
    /// All its elements, in their order.
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html.tree.root().descendants().filter_map(ElementRef::wrap)
    }

    /// An element.
    pub fn element(&self, id: NodeId) -> Option<ElementRef<'_>> {
        self.html.tree.get(id).and_then(ElementRef::wrap)
    }

    /// The element with all that is shown.
    pub fn body(&self) -> ElementRef<'_> {
        let found = self.elements().find(|it| it.value().name() == "body");
        found.unwrap_or_else(|| self.html.root_element())
    }

    /// The notes with their elements.
    pub fn bodies(&self) -> impl Iterator<Item = (String, ElementRef<'_>)> {
        self.notes.iter().filter_map(|(name, id)| Some((name.clone(), self.element(*id)?)))
    }

    /// The number that the mark of a note shows.
    pub fn number(&self, note: &str) -> &str {
        self.numbers.get(note).map_or("", String::as_str)
    }

    /// All words that it shows.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.body().text().flat_map(str::split_whitespace).collect();
        words.join(" ")
    }

    /// What its head calls it.
    pub fn title(&self) -> String {
        let title = self.elements().find(|it| it.value().name() == "title");
        let words: String = title.map(|it| it.text().collect()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What its outermost section is labelled.
    pub fn label(&self) -> &str {
        self.tops().find_map(|it| it.value().attr("aria-label")).unwrap_or_default().trim()
    }

    /// Whether one of the elements that hold all of it is of a kind.
    pub fn is_for(&self, kinds: &[&str]) -> bool {
        self.tops().any(|it| has_kind(it, kinds))
    }

    /// Whether all its words but those of headings are links to other documents.
    pub fn is_list_of_links(&self) -> bool {
        let leads_out = |it: ElementRef<'_>| {
            let address = it.value().attr("href").and_then(|href| self.leaf.address(href));
            address.is_some_and(|address| address.split('#').next() != Some(&self.leaf.path))
        };
        let mut links = 0;
        for node in self.body().descendants() {
            let Some(text) = node.value().as_text() else { continue };
            let holds = |it: ElementRef<'_>| match it.value().name().as_bytes() {
                b"a" => leads_out(it),
                name => matches!(name, [b'h', b'1'..=b'6']),
            };
            let holder = node.ancestors().filter_map(ElementRef::wrap).find(|it| holds(*it));
            links += usize::from(holder.is_some_and(|it| it.value().name() == "a"));
            if holder.is_none() && text.contains(char::is_alphanumeric) {
                return false;
            }
        }
        links >= 3
    }

    /// The root, the body, and the elements that alone stand in it.
    fn tops(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let below = std::iter::successors(Some(self.body()), |it| {
            let mut children = it.child_elements().filter(|it| !has_kind(*it, &["pagebreak"]));
            let only = children.next()?;
            let holds = HOLDERS.contains(&only.value().name());
            (holds && children.next().is_none()).then_some(only)
        });
        std::iter::once(self.html.root_element()).chain(below)
    }
}

/// The documents in their order, and those that are missing; none where it was said why they cannot be
/// read.
pub(super) fn read(
    package: &Package,
    zipped: &mut Zipped<'_>,
    source: &Source<'_>,
    remarks: &mut Vec<Remark>,
    sink: &mut Sink,
) -> Option<(Vec<Document>, usize)> {
    let mut documents: Vec<Document> = Vec::new();
    let mut missing = 0;
    let mut seen = BTreeSet::new();
    let mut size = 0;
    let names: BTreeSet<String> = zipped.names().into_iter().collect();
    for item in &package.spine {
        let Item { path, shown, kind } = item;
        if !names.contains(path) {
            missing += 1;
            remarks.push(told::missing(shown));
            continue;
        }
        let is_text =
            matches!(kind.as_str(), "application/xhtml+xml" | "text/html" | "text/x-oeb1-document");
        if !is_text {
            remarks.push(told::no_text(path));
            continue;
        }
        if !seen.insert(path.clone()) {
            remarks.push(told::twice(path));
            continue;
        }
        let text = zipped.text(path, sink)?;
        size += text.len();
        if size > LIMIT {
            let message = message!("more than {limit} MB of text is no book", limit = LIMIT >> 20);
            sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
            return None;
        }
        let text = opened(&text);
        if !html::is_sound(&text, source, sink) {
            return None;
        }
        let leaf = Leaf { path: path.clone(), ..Leaf::default() };
        let (used, notes, numbers) = (Use::Left, Vec::new(), BTreeMap::new());
        let html = Html::parse_document(&text);
        let mut document = Document { leaf, used, notes, numbers, html };
        document.used = super::written::used(&document, package, remarks);
        documents.push(document);
    }
    Some((documents, missing))
}

/// An XHTML text as HTML: elements that close themselves there are closed by tags, and entities of its
/// own stay what they are. From where a text is no XML, it is taken as it is.
pub(super) fn opened(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    html.push_str("<!DOCTYPE html>");
    let mut at = 0;
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let (Ok(event), Some(raw)) = (event, text.get(at..end)) else {
            return html + text.get(at..).unwrap_or_default();
        };
        at = end;
        match event {
            Event::Empty(start) => {
                let name = start.name();
                let name: &str = name.as_ref();
                // A `<` that is no tag takes what follows into its name.
                if VOID.contains(&name) || name.contains('<') {
                    html.push_str(raw);
                } else {
                    html.push_str(raw.trim_end_matches('>').trim_end_matches('/'));
                    html.push_str(&format!("></{name}>"));
                }
            }
            Event::CData(text) => html.push_str(&escape(text.xml10_content())),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::GeneralRef(_)
            | Event::Comment(_) => html.push_str(raw),
            Event::Eof => return html,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_close_themselves_are_closed() {
        let given = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e 'e'>]><title/><a id='b'/>&nbsp;<br/><![CDATA[<]]>";
        let expected = "<!DOCTYPE html><title></title><a id='b'></a>&nbsp;<br/>&lt;";
        assert_eq!(opened(given), expected);
        assert_eq!(opened("<p><b/></p></i>"), "<!DOCTYPE html><p><b></b></p></i>");
        assert_eq!(opened("<b/>1<<2<i/>"), "<!DOCTYPE html><b></b>1<<2<i/>");
    }
}
