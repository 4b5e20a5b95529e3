//! XML of documents as a tree. Entities are the five of XML; none is ever declared or expanded.

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// The most levels of elements, and the most elements of a part.
const DEEPEST: usize = 200;
const MOST: usize = 1_500_000;

/// An element. Names keep the prefix that all programs write.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements in this one.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Whether the element is called so, whatever its prefix.
    pub fn is(&self, name: &str) -> bool {
        self.name.rsplit(':').next() == Some(name)
    }

    /// The first element of a name in this one.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// This element and all below it, in their order.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(element) = waiting.pop() {
            found.push(element);
            let first = waiting.len();
            waiting.extend(element.elements());
            waiting[first..].reverse();
        }
        found
    }

    /// The first element of a name at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.all().into_iter().find(|element| element.name == name)
    }

    /// All characters in this element.
    pub fn text(&self) -> String {
        let pieces = self.children.iter().map(|node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        });
        pieces.collect()
    }
}

/// Reads a part.
///
/// # Errors
/// Why it is no XML that can be taken, in plain words.
pub(super) fn read(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        let event = event.map_err(|error| format!("{error} at byte {at}"))?;
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                push(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    push(&mut open, Node::Element(element));
                }
            }
            Event::Text(piece) => push_text(&mut open, &piece.xml10_content()),
            Event::CData(piece) => push_text(&mut open, &piece.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().ok().flatten();
                let named = || resolve_xml_entity(entity.as_ref()).map(str::to_owned);
                match character.map(String::from).or_else(named) {
                    Some(text) => push_text(&mut open, &text),
                    None => return Err(format!("an entity of its own at byte {at}")),
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        count += 1;
        if open.len() > DEEPEST {
            return Err(format!("elements lie more than {DEEPEST} deep at byte {at}"));
        }
        if count > MOST {
            return Err(format!("there are more than {MOST} elements"));
        }
    }
    if open.len() > 1 {
        return Err("it ends in the midst of an element".to_owned());
    }
    let root = open.pop().unwrap_or_default();
    let found = root.elements().next().cloned();
    found.ok_or_else(|| "it is empty".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

fn push(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(last) = open.last_mut() else { return };
    if let Some(Node::Text(before)) = last.children.last_mut() {
        before.push_str(text);
    } else {
        last.children.push(Node::Text(text.to_owned()));
    }
}
