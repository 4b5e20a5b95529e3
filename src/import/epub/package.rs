//! The package document: what the book is called, and which documents it consists of (EPUB 3.3, 5).

use std::collections::BTreeMap;

use super::metadata::Metadata;
use crate::diag::{Code, Diagnostic, Sink};
use crate::import::html::{Maker, unescaped};
use crate::import::sources::Source;
use crate::import::xml::Element;
use crate::import::zipped::{Zipped, beside};
use crate::message;

/// The most documents of a book.
const MOST: usize = 20_000;
/// How many documents may stand up to the title page: a cover, a half title.
const EARLY: usize = 3;

/// What a package says.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// What it says of the book.
    pub metadata: Metadata,
    /// The documents in the order of reading.
    pub spine: Vec<Item>,
    /// The navigation document of EPUB 3.
    pub nav: Option<String>,
    /// The one of EPUB 2.
    pub ncx: Option<String>,
    /// The document that is the cover, where the package says so.
    pub cover: Option<String>,
    /// The document with the list of contents, where the package says so.
    pub contents: Option<String>,
    /// The document with the title, where the package says so.
    pub title_page: Option<String>,
    /// What made it.
    pub maker: Maker,
}

/// A file that the package lists.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Where it stands; empty where that is outside the archive or nowhere.
    pub path: String,
    /// What the package has for it.
    pub shown: String,
    /// Its media type.
    pub kind: String,
}

impl Package {
    /// Reads the package of an EPUB; none where it was said why not.
    pub fn read(zipped: &mut Zipped<'_>, source: &Source<'_>, sink: &mut Sink) -> Option<Self> {
        let broken = |sink: &mut Sink, what: &'static str| {
            let finding = Diagnostic::new(Code::UnreadableFile, source.place(), what);
            sink.report(finding.hint("have it checked with EPUBCheck, or made anew"));
        };
        let Some(container) = zipped.xml("META-INF/container.xml", sink) else {
            broken(sink, "`META-INF/container.xml` of this EPUB is missing or broken");
            return None;
        };
        let all = container.all();
        let root = all.iter().find(|it| it.is("rootfile"));
        let path = root.and_then(|it| it.attribute("full-path"));
        let path = path.and_then(|path| beside("", &unescaped(path))).unwrap_or_default();
        let Some(document) = zipped.xml(&path, sink) else {
            let message = message!("the package document `{path}` is missing or broken", path);
            let finding = Diagnostic::new(Code::UnreadableFile, source.place(), message);
            sink.report(finding.hint("have it checked with EPUBCheck, or made anew"));
            return None;
        };
        let package = Self::of(&document, &path);
        if package.spine.is_empty() {
            broken(sink, "the package of this EPUB lists no documents to be read");
            return None;
        }
        if package.spine.len() > MOST {
            let message = message!("a book of more than {most} chapters is none", most = MOST);
            sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
            return None;
        }
        Some(package)
    }

    /// Whether a document is among the first of a book that has more.
    pub fn is_early(&self, path: &str) -> bool {
        let mut early = self.spine.iter().take(EARLY);
        self.spine.len() > EARLY && early.any(|item| item.path == path)
    }

    fn of(document: &Element, path: &str) -> Self {
        let mut package = Self::default();
        let part = |name: &str| document.elements().find(|it| it.is(name));
        let mut items: BTreeMap<&str, Item> = BTreeMap::new();
        for item in part("manifest").into_iter().flat_map(Element::elements) {
            let said = |name: &str| item.attribute(name).unwrap_or_default();
            let place = beside(path, &unescaped(said("href"))).unwrap_or_default();
            if said("properties").split_ascii_whitespace().any(|it| it == "nav") {
                package.nav = Some(place.clone());
            }
            let (shown, kind) = (said("href").to_owned(), said("media-type").to_owned());
            items.insert(said("id"), Item { path: place, shown, kind });
        }
        if let Some(spine) = part("spine") {
            let ncx = spine.attribute("toc").and_then(|id| items.get(id));
            package.ncx = ncx.map(|item| item.path.clone());
            for named in spine.elements().filter(|it| it.is("itemref")) {
                let id = named.attribute("idref").unwrap_or_default();
                let item = items.get(id).cloned();
                let (shown, path, kind) = (id.to_owned(), String::new(), String::new());
                package.spine.push(item.unwrap_or(Item { path, shown, kind }));
            }
        }
        for named in part("guide").into_iter().flat_map(Element::elements) {
            let place = named.attribute("href").and_then(|href| beside(path, &unescaped(href)));
            match named.attribute("type") {
                Some("cover") => package.cover = place,
                Some("toc") => package.contents = place,
                Some("title-page") => package.title_page = place,
                Some(_) | None => {}
            }
        }
        let has = |id: &str, path: &str| items.get(id).is_some_and(|item| item.shown == path);
        let parts = [("nav", "nav.xhtml"), ("ncx", "toc.ncx"), ("css", "stylesheet.css")];
        if document.attribute("unique-identifier") == Some("identifier")
            && parts.into_iter().all(|(id, path)| has(id, path))
            && has("title", "text/title.xhtml")
        {
            package.maker = Maker::Banxin;
        }
        if let Some(metadata) = part("metadata") {
            package.metadata.read(metadata, document.attribute("unique-identifier"));
        }
        package
    }
}
