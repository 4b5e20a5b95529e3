//! An EPUB as a reader of our own opens it: the spine, the nav, the fonts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The folder of the package document.
const ROOT: &str = "OEBPS/";

/// What XML is made of.
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters.
    Text(String),
}

/// An element with what it holds.
#[derive(Default)]
pub struct Element {
    /// With its prefix.
    pub name: String,
    attributes: BTreeMap<String, String>,
    /// In their order.
    pub nodes: Vec<Node>,
}

impl Element {
    /// An attribute; empty where there is none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// The elements right below.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name, at any depth.
    pub fn all<'a>(&'a self, name: &'a str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        for child in self.children() {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// All characters.
    pub fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        };
        self.nodes.iter().map(text).collect()
    }

    /// The element that a tag opens.
    fn open(tag: &BytesStart) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(Default::default()).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let attributes = attributes.collect();
        Self { name: tag.name().as_ref().to_owned(), attributes, nodes: Vec::new() }
    }

    /// Characters after what it holds.
    fn push_text(&mut self, more: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(text)) => text.push_str(more),
            Some(Node::Element(_)) | None => self.nodes.push(Node::Text(more.to_owned())),
        }
    }
}

/// A document; what holds its root element.
fn parse(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let last = open.last_mut().unwrap();
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(Element::open(&tag)),
            Event::Empty(tag) => last.nodes.push(Node::Element(Element::open(&tag))),
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().nodes.push(Node::Element(element));
            }
            Event::Text(text) => last.push_text(&text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                Some(c) => last.push_text(&c.to_string()),
                None => last.push_text(resolve_xml_entity(&entity).unwrap()),
            },
            Event::Eof => return open.pop().unwrap(),
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// An open EPUB.
pub struct Opened {
    archive: ZipArchive<File>,
    package: Element,
}

/// A line of the table of contents: how deep it stands, from 1, and what it says.
pub type Line = (usize, String);

/// What the nav tells.
pub struct Nav {
    /// The table of contents.
    pub toc: Vec<Line>,
    /// How many landmarks there are.
    pub landmarks: usize,
    /// The labels of the printed pages.
    pub pages: Vec<String>,
}

impl Opened {
    /// Opens a file.
    pub fn new(epub: &Path) -> Self {
        let archive = ZipArchive::new(File::open(epub).unwrap()).unwrap();
        let mut opened = Self { archive, package: Element::default() };
        opened.package = opened.document("content.opf");
        opened
    }

    /// The bytes of a file below the folder of the package document.
    pub fn bytes(&mut self, path: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut file = self.archive.by_name(&format!("{ROOT}{path}")).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// A file of XML.
    pub fn document(&mut self, path: &str) -> Element {
        parse(&String::from_utf8(self.bytes(path)).unwrap())
    }

    /// The paths of the files of the manifest for which `wanted` holds, in its order.
    fn files(&self, wanted: impl Fn(&Element) -> bool) -> Vec<String> {
        let items = self.package.all("item").into_iter().filter(|item| wanted(item));
        items.map(|item| item.attribute("href").to_owned()).collect()
    }

    /// The paths of the texts in reading order.
    pub fn spine(&self) -> Vec<String> {
        let refs = self.package.all("itemref");
        let path = |id: &str| self.files(|item| item.attribute("id") == id).remove(0);
        refs.iter().map(|itemref| path(itemref.attribute("idref"))).collect()
    }

    /// The paths of the fonts.
    pub fn fonts(&self) -> Vec<String> {
        self.files(|item| item.attribute("media-type").starts_with("font/"))
    }

    /// What the nav tells.
    pub fn nav(&mut self) -> Nav {
        let [path] = &self.files(|item| item.attribute("properties") == "nav")[..] else {
            panic!("not one nav");
        };
        let document = self.document(path);
        let lines = |kind: &str| {
            let navs = document.all("nav").into_iter();
            let nav = navs.filter(|nav| nav.attribute("epub:type") == kind);
            nav.flat_map(|nav| lines(nav, 0)).collect::<Vec<Line>>()
        };
        let pages = lines("page-list").into_iter().map(|(_, label)| label).collect();
        Nav { toc: lines("toc"), landmarks: lines("landmarks").len(), pages }
    }
}

/// The lines of the lists in an element at a depth.
fn lines(element: &Element, depth: usize) -> Vec<Line> {
    let mut found = Vec::new();
    for child in element.children() {
        match child.name.as_str() {
            "ol" => found.extend(lines(child, depth + 1)),
            "a" if depth > 0 => found.push((depth, child.text())),
            _ => found.extend(lines(child, depth)),
        }
    }
    found
}
