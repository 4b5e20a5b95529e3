//! The ways into the book: the nav (EPUB 3.3, 7), the NCX for older readers, and the contents
//! page that everybody sees. All three tell the same outline.

use std::collections::BTreeSet;

use super::place::{self, Content, Page, Places};
use super::xhtml;
use super::xml::Xml;
use crate::book::{AnchorId, Book, Chapter, Heading, Listing, Purpose};
use crate::manifest::Matter;
use crate::script::gap_after;

/// A line of the outline.
struct Entry<'a> {
    /// The file, and the place in it, from the folder of the texts.
    target: String,
    /// `第一章`; empty where there is none.
    number: &'a str,
    /// The title.
    title: &'a str,
    /// Who published the piece that a chapter digests; empty where nobody is named.
    institution: &'a str,
    /// What it is, for the style sheet.
    kind: &'static str,
    /// The lines under it.
    children: Vec<Entry<'a>>,
}

impl<'a> Entry<'a> {
    /// A line with nothing under it.
    fn new(kind: &'static str, target: String, number: Option<&'a str>, title: &'a str) -> Self {
        let number = number.unwrap_or_default();
        Self { target, number, title, institution: "", kind, children: Vec::new() }
    }

    /// Number and title in one row.
    fn label(&self) -> String {
        format!("{}{}{}", self.number, gap_after(self.number), self.title)
    }

    /// How many levels there are from here down.
    fn depth(&self) -> usize {
        1 + self.children.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// The outline: parts, the chapters in them, their sections; at last the credits.
fn outline<'a>(book: &'a Book, places: &Places) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut part: Option<Entry> = None;
    for (index, chapter) in book.chapters.iter().enumerate() {
        if chapter.part.is_some() || chapter.matter != Matter::Body {
            entries.extend(part.take());
        }
        if let Some(starts) = &chapter.part {
            let target = place::part(book, index);
            part = Some(Entry::new("part", target, starts.number.as_deref(), &starts.title));
        }
        let entry = chapter_entry(book, places, index, chapter);
        match &mut part {
            Some(part) => part.children.push(entry),
            None => entries.push(entry),
        }
    }
    entries.extend(part);
    if !book.credits.is_empty() {
        let title = book.metadata.rules.labels.credits;
        entries.push(Entry::new("chapter", "credits.xhtml".to_owned(), None, title));
    }
    if !book.origins.is_empty() {
        let title = book.metadata.rules.labels.pictures.title;
        entries.push(Entry::new("chapter", "pictures.xhtml".to_owned(), None, title));
    }
    if entries.is_empty() {
        // A nav without a line is not valid (EPUB 3.3, 7.3).
        entries.push(Entry::new("chapter", "title.xhtml".to_owned(), None, &book.metadata.title));
    }
    entries
}

/// A chapter and its headings, as deep as the book asks for.
fn chapter_entry<'a>(
    book: &'a Book,
    places: &Places,
    index: usize,
    chapter: &'a Chapter,
) -> Entry<'a> {
    let file = place::file(index, 0);
    let listed = |heading: &&Heading| heading.level <= book.epub.toc_depth;
    let mut headings: Vec<&Heading> = chapter.headings().filter(listed).collect();
    headings.reverse();
    let target = |id: AnchorId| format!("{}#{}", places.file(index, id), book.anchor(id).name);
    let children = sections(&target, &mut headings, 2);
    let institution = chapter.source.as_ref().map_or("", |source| &source.institution);
    let number = chapter.number.as_deref();
    Entry { children, institution, ..Entry::new("chapter", file, number, &chapter.plain_title) }
}

/// The sections of a chapter at `level` and below, taken off the end of `headings`.
fn sections<'a>(
    target: &dyn Fn(AnchorId) -> String,
    headings: &mut Vec<&'a Heading>,
    level: u8,
) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    while let Some(heading) = headings.pop_if(|heading| heading.level >= level) {
        let place = target(heading.anchor);
        let mut entry = Entry::new("section", place, heading.number.as_deref(), &heading.plain);
        entry.children = sections(target, headings, heading.level + 1);
        entries.push(entry);
    }
    entries
}

/// `nav.xhtml`: the contents for the reader's own menu, and the landmarks. It lies outside the
/// spine; readers that show it all the same must not show the landmarks.
pub fn nav(book: &Book, places: &Places, breaks: &[(String, String)]) -> Vec<u8> {
    let labels = &book.metadata.rules.labels;
    xhtml::document(book, "", labels.contents, &[("class", "nav")], |xml| {
        let attributes =
            [("epub:type", "toc"), ("role", "doc-toc"), ("aria-labelledby", "contents")];
        xml.element("nav", &attributes, |xml| {
            xml.leaf("h1", &[("id", "contents")], labels.contents);
            xml.line();
            list(xml, &outline(book, places), &|xml, entry| {
                xml.leaf("a", &[("href", &format!("text/{}", entry.target))], &entry.label());
            });
        });
        xml.line();
        xml.element("nav", &[("epub:type", "landmarks"), ("hidden", "hidden")], |xml| {
            xml.element("ol", &[], |xml| landmarks(xml, book, &places.pages));
        });
        xml.line();
        for &kind in &book.listings {
            listing(xml, book, kind, &|anchor| format!("text/{}", places.elsewhere(book, anchor)));
        }
        if !breaks.is_empty() {
            page_list(xml, labels.pages, breaks);
        }
    })
}

/// The pages of the printed book (EPUB 3.3, 7.4.3).
fn page_list(xml: &mut Xml, label: &str, breaks: &[(String, String)]) {
    let attributes = [
        ("epub:type", "page-list"),
        ("role", "doc-pagelist"),
        ("aria-label", label),
        ("hidden", "hidden"),
    ];
    xml.element("nav", &attributes, |xml| {
        xml.element("ol", &[], |xml| {
            xml.line();
            for (label, target) in breaks {
                xml.element("li", &[], |xml| xml.leaf("a", &[("href", target)], label));
                xml.line();
            }
        });
    });
    xml.line();
}

/// The lines of an outline as nested lists.
fn list(xml: &mut Xml, entries: &[Entry], line: &dyn Fn(&mut Xml, &Entry)) {
    xml.open("ol", &[]);
    xml.line();
    for entry in entries {
        xml.element("li", &[("class", entry.kind)], |xml| {
            line(xml, entry);
            if !entry.children.is_empty() {
                xml.line();
                list(xml, &entry.children, line);
            }
        });
        xml.line();
    }
    xml.close("ol");
}

/// Where readers want to go at once (EPUB 3.3, 7.4.4): each kind of place once, in reading order.
fn landmarks(xml: &mut Xml, book: &Book, pages: &[Page]) {
    let mut passed = BTreeSet::new();
    for page in pages {
        for (kind, label) in kinds(book, page.content) {
            if passed.insert(kind) {
                xml.element("li", &[], |xml| {
                    xml.leaf("a", &[("epub:type", kind), ("href", &page.path())], label);
                });
            }
        }
    }
}

/// What kinds of landmark a page is, and what they are called.
fn kinds(book: &Book, content: Content) -> Vec<(&'static str, &'static str)> {
    let labels = &book.metadata.rules.labels;
    match content {
        Content::Cover => vec![("cover", labels.cover)],
        Content::Copyright => {
            vec![(xhtml::copyright_kind(labels.imprint.placement), labels.imprint.title)]
        }
        Content::Contents => vec![("toc", labels.contents)],
        Content::Listing(Listing::Figures) => vec![("loi", labels.figures)],
        Content::Listing(Listing::Tables) => vec![("lot", labels.tables)],
        Content::Part(index) => start(book, index).into_iter().collect(),
        Content::Chapter(index) => {
            let own = match book.chapters[index].purpose {
                Purpose::Text | Purpose::References => None,
                Purpose::Glossary => Some(("glossary", labels.glossary)),
                Purpose::Index => Some(("index", labels.index.title)),
            };
            start(book, index).into_iter().chain(own).collect()
        }
        Content::Title | Content::Dedication | Content::Credits | Content::Origins => Vec::new(),
    }
}

/// The start of the text, where this chapter belongs to it.
fn start(book: &Book, chapter: usize) -> Option<(&'static str, &'static str)> {
    let is_body = book.chapters[chapter].matter == Matter::Body;
    is_body.then_some(("bodymatter", book.metadata.rules.labels.start))
}

/// A list of the figures or tables, whose places `target` gives (EPUB structural semantics 1.1, 3.6).
pub fn listing(xml: &mut Xml, book: &Book, listing: Listing, target: &dyn Fn(AnchorId) -> String) {
    let (kind, id) = match listing {
        Listing::Figures => ("loi", "figures"),
        Listing::Tables => ("lot", "tables"),
    };
    let attributes = [("class", "contents"), ("epub:type", kind), ("aria-labelledby", id)];
    xml.element("nav", &attributes, |xml| {
        xml.leaf("h1", &[("id", id)], book.listing_title(listing));
        xml.line();
        xml.element("ol", &[], |xml| {
            xml.line();
            for caption in book.listed(listing) {
                xml.element("li", &[], |xml| {
                    xml.element("a", &[("href", &target(caption.anchor))], |xml| {
                        let words = format!("{}\u{3000}{}", caption.label, caption.plain_title());
                        xml.text(&xhtml::prose(words.trim()));
                    });
                });
                xml.line();
            }
        });
    });
    xml.line();
}

/// The body of the contents page: what the nav says, with the institution under each chapter.
pub fn contents(xml: &mut Xml, book: &Book, places: &Places) {
    let attributes = [("class", "contents"), ("role", "doc-toc"), ("aria-labelledby", "contents")];
    xml.element("nav", &attributes, |xml| {
        xml.leaf("h1", &[("id", "contents")], book.metadata.rules.labels.contents);
        xml.line();
        list(xml, &outline(book, places), &|xml, entry| {
            xml.element("a", &[("href", &entry.target)], |xml| {
                if !entry.number.is_empty() {
                    xml.leaf("span", &[("class", "number")], entry.number);
                    xml.text(gap_after(entry.number));
                }
                xml.text(&xhtml::prose(entry.title));
            });
            if !entry.institution.is_empty() {
                xml.text(" ");
                xml.leaf("span", &[("class", "institution")], entry.institution);
            }
        });
    });
    xml.line();
}

/// `toc.ncx` (DAISY Z39.86-2005, 8): the same outline for readers of EPUB 2.
pub fn ncx(book: &Book, places: &Places) -> Vec<u8> {
    let metadata = &book.metadata;
    let outline = outline(book, places);
    let depth = outline.iter().map(Entry::depth).max().unwrap_or(1).to_string();
    let mut xml = Xml::indented();
    let attributes = [
        ("xmlns", "http://www.daisy.org/z3986/2005/ncx/"),
        ("version", "2005-1"),
        ("xml:lang", metadata.language.as_str()),
    ];
    xml.element("ncx", &attributes, |xml| {
        xml.element("head", &[], |xml| {
            for (name, content) in [
                ("dtb:uid", metadata.identifier.as_str()),
                ("dtb:depth", &depth),
                ("dtb:totalPageCount", "0"),
                ("dtb:maxPageNumber", "0"),
            ] {
                xml.empty("meta", &[("name", name), ("content", content)]);
            }
        });
        xml.element("docTitle", &[], |xml| xml.leaf("text", &[], &metadata.title));
        xml.element("navMap", &[], |xml| points(xml, &outline, &mut 0));
    });
    xml.finish()
}

/// Lines of the NCX, counted through in reading order.
fn points(xml: &mut Xml, entries: &[Entry], order: &mut usize) {
    for entry in entries {
        *order += 1;
        let (id, count) = (format!("point{order}"), order.to_string());
        xml.element("navPoint", &[("id", &id), ("playOrder", &count)], |xml| {
            xml.element("navLabel", &[], |xml| xml.leaf("text", &[], &entry.label()));
            xml.empty("content", &[("src", &format!("text/{}", entry.target))]);
            points(xml, &entry.children, order);
        });
    }
}
