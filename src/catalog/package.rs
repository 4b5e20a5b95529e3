//! What an EPUB says of its book, and its cover: read as from a stranger, within bounds.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::diag::Message;
use crate::files::BookPath;
use crate::message;

/// The most bytes of a file of XML.
const MOST_XML: u64 = 4 * 1024 * 1024;
/// The most bytes of a cover.
const MOST_COVER: u64 = 64 * 1024 * 1024;
/// The most elements of a package document.
const MOST_ELEMENTS: usize = 100_000;
/// The most characters of a text that is shown.
const LONGEST: usize = 2_000;
/// The most names, subjects and the like.
const MOST_NAMES: usize = 100;

/// What an EPUB says of its book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the book is known by.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Its subtitle; may be empty, as all from here to `rights`.
    pub subtitle: String,
    /// Its language.
    pub language: String,
    /// When it came out, `YYYY-MM-DD`.
    pub date: String,
    /// Who published it.
    pub publisher: String,
    /// What it is about.
    pub description: String,
    /// Who may do what with it.
    pub rights: String,
    /// When it was changed, as Atom writes it (RFC 3339).
    pub modified: String,
    /// Who wrote it, or did what its first credit says.
    pub authors: Vec<String>,
    /// The others, with the MARC relator of what they did.
    pub contributors: Vec<(String, String)>,
    /// What it is about, in words; with the system of subjects and the code that it has in it.
    pub subjects: Vec<(String, Option<(String, String)>)>,
    /// The series that it belongs to, and its place there.
    pub series: Option<(String, Option<u32>)>,
}

/// A file in an EPUB: its path there, and its bytes.
pub type Inside = (BookPath, Vec<u8>);

/// An element of the package document with its characters.
#[derive(Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The elements of a package document, in their order.
struct Package(Vec<Element>);

/// Reads what an EPUB says of its book, and its cover, if it has one.
///
/// # Errors
/// Why it cannot be read, in words for a message.
pub fn read(epub: &[u8]) -> Result<(About, Option<Inside>), Message> {
    let mut archive = ZipArchive::new(Cursor::new(epub)).map_err(Message::quoted)?;
    let container = Package::read(&text(&mut archive, "META-INF/container.xml")?)?;
    let root = container.all("rootfile").next().map(|root| root.attribute("full-path"));
    let root =
        root.and_then(BookPath::new).ok_or("it does not say where its package document is")?;
    let package = Package::read(&text(&mut archive, root.as_str())?)?;
    let cover = package.cover(&root);
    let bytes = |path: BookPath| {
        let bytes = inside(&mut archive, path.as_str(), MOST_COVER).ok()?;
        Some((path, bytes))
    };
    Ok((package.about(), cover.and_then(bytes)))
}

/// The bytes of a file in an EPUB.
fn inside(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limit: u64,
) -> Result<Vec<u8>, Message> {
    let broken = |error: Message| message!("`{name}`: {error}", name, error);
    let file = archive.by_name(name).map_err(|error| broken(Message::quoted(error)))?;
    let mut bytes = Vec::new();
    // What its size is said to be may be a lie.
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| broken(Message::of_system(&error)))?;
    if bytes.len() as u64 > limit {
        return Err(message!("`{name}` has more than {limit} bytes", name, limit));
    }
    Ok(bytes)
}

fn text(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Message> {
    let bytes = inside(archive, name, MOST_XML)?;
    String::from_utf8(bytes).map_err(|_| message!("`{name}` is not UTF-8", name))
}

impl Package {
    /// The elements of a document, one behind the other. Entities other than those of XML are nothing.
    fn read(xml: &str) -> Result<Self, Message> {
        let mut reader = Reader::from_str(xml);
        let mut elements: Vec<Element> = Vec::new();
        loop {
            let event = reader.read_event().map_err(Message::quoted)?;
            let last = elements.last_mut();
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if elements.len() == MOST_ELEMENTS {
                        return Err("it has more elements than any book".into());
                    }
                    elements.push(element(&tag));
                }
                Event::Text(text) => {
                    if let Some(last) = last {
                        last.text.push_str(&text.xml10_content());
                    }
                }
                Event::GeneralRef(entity) => {
                    let c = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let known = || resolve_xml_entity(&entity).map(str::to_owned);
                    if let (Some(last), Some(text)) = (last, c.or_else(known)) {
                        last.text.push_str(&text);
                    }
                }
                Event::CData(text) => {
                    if let Some(last) = last {
                        last.text.push_str(&text);
                    }
                }
                Event::Eof => return Ok(Self(elements)),
                Event::End(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    /// The first text of an element.
    fn first(&self, name: &str) -> String {
        self.all(name).next().map(|element| shown(&element.text)).unwrap_or_default()
    }

    /// What a `meta` says of the element with an id (EPUB 3.3, 5.5.5).
    fn refined(&self, id: &str, property: &str) -> Option<String> {
        let about = |element: &&Element| {
            element.attribute("refines").strip_prefix('#') == Some(id)
                && element.attribute("property") == property
        };
        let found = self.all("meta").find(about).filter(|_| !id.is_empty());
        found.map(|element| shown(&element.text))
    }

    /// The `meta` that say something of the book itself.
    fn metas<'a>(&'a self, property: &'a str) -> impl Iterator<Item = &'a Element> {
        self.all("meta").filter(move |element| {
            element.attribute("property") == property && element.attribute("refines").is_empty()
        })
    }

    fn about(&self) -> About {
        let titled = |kind: &str| {
            let is_kind = |element: &&Element| {
                self.refined(element.attribute("id"), "title-type").as_deref() == Some(kind)
            };
            self.all("dc:title").find(is_kind).map(|element| shown(&element.text))
        };
        let known_by = self.all("package").next().map(|root| root.attribute("unique-identifier"));
        let mut identifiers = self.all("dc:identifier");
        let identifier = identifiers.find(|element| Some(element.attribute("id")) == known_by);
        let modified = self.metas("dcterms:modified").next();
        About {
            identifier: identifier.map(|element| shown(&element.text)).unwrap_or_default(),
            title: titled("main").unwrap_or_else(|| self.first("dc:title")),
            subtitle: titled("subtitle").unwrap_or_default(),
            language: self.first("dc:language"),
            date: self.first("dc:date"),
            publisher: self.first("dc:publisher"),
            description: self.first("dc:description"),
            rights: self.first("dc:rights"),
            modified: modified.map(|element| shown(&element.text)).unwrap_or_default(),
            authors: self.named("dc:creator"),
            contributors: self.contributors(),
            subjects: self.subjects(),
            series: self.series(),
        }
    }

    fn named(&self, name: &str) -> Vec<String> {
        self.all(name).take(MOST_NAMES).map(|element| shown(&element.text)).collect()
    }

    /// Those who are named as contributors, and not as authors too.
    fn contributors(&self) -> Vec<(String, String)> {
        let authors = self.named("dc:creator");
        let others = self.all("dc:contributor").take(MOST_NAMES);
        let role = |id| self.refined(id, "role").unwrap_or_default();
        others
            .map(|element| (shown(&element.text), role(element.attribute("id"))))
            .filter(|(name, _)| !authors.contains(name))
            .collect()
    }

    fn subjects(&self) -> Vec<(String, Option<(String, String)>)> {
        let code = |id| Some((self.refined(id, "authority")?, self.refined(id, "term")?));
        let subjects = self.all("dc:subject").take(MOST_NAMES);
        subjects.map(|element| (shown(&element.text), code(element.attribute("id")))).collect()
    }

    /// The series (EPUB 3.3, D.3.2 to D.3.4).
    fn series(&self) -> Option<(String, Option<u32>)> {
        let is_series = |element: &&Element| {
            self.refined(element.attribute("id"), "collection-type").as_deref() == Some("series")
        };
        let series = self.metas("belongs-to-collection").find(is_series)?;
        let position = self.refined(series.attribute("id"), "group-position");
        Some((shown(&series.text), position.and_then(|position| position.parse().ok())))
    }

    /// The path of the cover (EPUB 3.3, D.2).
    fn cover(&self, root: &BookPath) -> Option<BookPath> {
        let is_cover = |element: &&Element| {
            element
                .attribute("properties")
                .split_ascii_whitespace()
                .any(|word| word == "cover-image")
        };
        root.beside(self.all("item").find(is_cover)?.attribute("href"))
    }
}

/// The element that a tag opens; attributes that are none are left out.
fn element(tag: &BytesStart) -> Element {
    let attributes = tag.attributes().flatten().filter_map(|attribute| {
        let value = attribute.normalized_value(Default::default()).ok()?.into_owned();
        Some((attribute.key.as_ref().to_owned(), value))
    });
    let attributes = attributes.collect();
    Element { name: tag.name().as_ref().to_owned(), attributes, text: String::new() }
}

/// A text on one line, cut where nobody reads on.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line[..end].to_owned() + "…",
        None => line,
    }
}
