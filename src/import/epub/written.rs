//! Documents as articles: where one begins, what it is called, and which notes are its own.

use std::collections::{BTreeMap, BTreeSet};

use super::documents::{Document, Use};
use super::package::Package;
use super::toc::Entry;
use crate::diag::Message;
use crate::import::article::{
    Article, Block, Division, Fate, Inline, Note, Purpose, Remark, plain,
};
use crate::import::html::{Maker, Reader};
use crate::message;

/// Kinds of documents that begin something.
const BEGINNINGS: [&str; 18] = [
    "abstract",
    "acknowledgments",
    "afterword",
    "appendix",
    "bibliography",
    "chapter",
    "colophon",
    "conclusion",
    "copyright-page",
    "dedication",
    "epigraph",
    "epilogue",
    "foreword",
    "glossary",
    "index",
    "introduction",
    "preface",
    "prologue",
];

/// The most characters of a title page beside the title.
const LONGEST_TITLE_PAGE: usize = 120;
/// The most characters of a line over a title.
const LONGEST: usize = 60;

/// A note with the names of the notes that it marks.
pub(super) type Marking = (Note, Vec<String>);

/// What a document is for.
pub(super) fn used(document: &Document, package: &Package, remarks: &mut Vec<Remark>) -> Use {
    let path = &document.leaf.path;
    let is = |named: &Option<String>| named.as_ref() == Some(path);
    let words = document.words();
    let left =
        if is(&package.nav) || is(&package.contents) || document.is_for(&["toc", "loi", "lot"]) {
            // Its words are those of the headings.
            Some(("a list of contents", String::new()))
        } else if document.is_list_of_links() {
            Some(("a list of links, such as of the contents", words.clone()))
        } else if is(&package.title_page)
            || document.is_for(&["titlepage", "halftitlepage"])
            || (package.is_early(path) && is_title_page(document, &package.metadata.title))
        {
            Some(("a page with the title", words.clone()))
        } else if document.is_for(&["credits"]) {
            Some(("a list of those who made the book; `[[credits]]` makes one", words.clone()))
        } else if document.is_for(&["cover"]) || is(&package.cover) {
            Some(("the cover; add `[cover]` to `book.toml`", words.clone()))
        } else {
            None
        };
    if let Some((what, words)) = left {
        let what = message!("`{path}`, {what}", path, what = Message::from(what));
        remarks.push(Remark::new(Fate::Left, what, words));
        return Use::Left;
    }
    if document.is_for(&["part"]) && words.chars().count() <= LONGEST && !words.is_empty() {
        return Use::Part;
    }
    Use::Text(if document.is_for(&["appendix"]) {
        Division::Appendix
    } else if document.is_for(&["frontmatter"]) {
        Division::Front
    } else if document.is_for(&["backmatter"]) {
        Division::Back
    } else {
        Division::Body
    })
}

/// Whether a document shows the title of the book over a few words, such as those of who wrote it.
fn is_title_page(document: &Document, title: &str) -> bool {
    let mut headings = document.elements().filter(|it| it.value().name() == "h1");
    let words: String = headings.next().map(|it| it.text().collect()).unwrap_or_default();
    !title.is_empty()
        && words.trim() == title
        && headings.next().is_none()
        && document.words().chars().count() <= title.chars().count() + LONGEST_TITLE_PAGE
}

/// The articles so far.
pub(super) struct Reading<'a> {
    toc: &'a [Entry],
    /// Where in it the anchors stand that it leads to.
    places: BTreeMap<&'a str, usize>,
    title: &'a str,
    /// With the names of the notes that are marked in each.
    articles: Vec<(Article, Vec<String>)>,
    part: String,
    division: Division,
    /// How many numbers of pages were left.
    pages: usize,
    /// The anchors that links lead to.
    linked: BTreeSet<String>,
    remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    pub fn new(toc: &'a [Entry], title: &'a str) -> Self {
        let places = toc.iter().enumerate().rev().map(|(place, entry)| (&*entry.anchor, place));
        Self {
            toc,
            places: places.filter(|(anchor, _)| !anchor.is_empty()).collect(),
            title,
            articles: Vec::new(),
            part: String::new(),
            division: Division::Front,
            pages: 0,
            linked: BTreeSet::new(),
            remarks: Vec::new(),
        }
    }

    /// Remembers where the links lead that were read.
    pub fn link(&mut self, linked: &mut BTreeSet<String>) {
        self.linked.append(linked);
    }

    /// The articles that follow stand in a part.
    pub fn begin_part(&mut self, words: String) {
        self.part = words;
    }

    /// Makes the blocks of a document an article, or a piece of the last one.
    pub fn add(
        &mut self,
        document: &Document,
        division: Division,
        mut blocks: Vec<Block>,
        reader: &mut Reader<'_>,
    ) {
        self.pages += reader.pages;
        let path = &document.leaf.path;
        while !document.notes.is_empty() && blocks.last() == Some(&Block::Divider) {
            blocks.pop();
        }
        let shows = |block: &Block| !matches!(block, Block::Figure(_) | Block::Divider);
        if !blocks.iter().any(shows) && (self.articles.is_empty() || blocks.is_empty()) {
            let what = message!("`{path}`, which has no words; it may be a cover", path);
            self.remarks.push(Remark::new(Fate::Left, what, ""));
            return;
        }
        let mut anchors = vec![path.clone()];
        anchors.append(&mut reader.opening);
        let marked = std::mem::take(&mut reader.marked);
        let own = std::iter::once(path).chain(&reader.first);
        let first = own.filter_map(|anchor| self.places.get(anchor.as_str())).min();
        let entry = first.map(|place| &self.toc[*place]);
        let place = title_place(&blocks);
        if let Some((last, notes)) = self.articles.last_mut()
            && !begins(document, &blocks[place.unwrap_or(0)..], entry, self.toc, last)
        {
            let what = message!("`{path}` goes on with the chapter before it", path);
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
            last.anchors.append(&mut anchors);
            last.blocks.append(&mut blocks);
            notes.extend(marked);
            return;
        }
        let mut title = Vec::new();
        if let Some(place) = place
            && let Block::Heading(heading) = blocks.remove(place)
        {
            anchors.extend(heading.anchors);
            title = heading.content;
        }
        if plain(&title).trim().is_empty() {
            let named = [entry.map(|it| it.words.clone()), Some(document.label().to_owned())];
            let head = Some(document.title()).filter(|title| title != self.title);
            let named = named.into_iter().chain([head]).flatten().find(|it| !it.is_empty());
            if let Some(words) = named {
                let what = message!("`{path}` has no heading: it is called “{words}”", path, words);
                self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                title = vec![Inline::Text(words)];
            }
        }
        self.division = self.division.max(division);
        let in_part = self.division == Division::Body;
        let part = if in_part { self.part.clone() } else { String::new() };
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let division = self.division;
        let purpose = match document.leaf.maker {
            Maker::Banxin if document.is_for(&["glossary"]) => Purpose::Glossary,
            Maker::Banxin if document.is_for(&["index"]) => Purpose::Index,
            Maker::Banxin | Maker::Other => Purpose::Text,
        };
        let origin = std::mem::take(&mut reader.origin);
        let article = Article {
            name,
            title,
            anchors,
            part,
            division,
            purpose,
            origin,
            blocks,
            ..Article::default()
        };
        self.articles.push((article, marked));
    }

    /// The articles with their notes.
    pub fn finish(
        mut self,
        remarks: &mut Vec<Remark>,
        notes: &BTreeMap<String, Marking>,
    ) -> Vec<Article> {
        remarks.append(&mut self.remarks);
        if self.pages > 0 {
            let what =
                message!("numbers of pages of a printed book, {count} of them", count = self.pages);
            remarks.push(Remark::new(Fate::Left, what, ""));
        }
        share(&mut self.articles, notes);
        for block in self.articles.iter_mut().flat_map(|(article, _)| &mut article.blocks) {
            if let Some(anchors) = anchors(block) {
                anchors.retain(|anchor| self.linked.contains(anchor));
            }
        }
        let mut articles: Vec<Article> =
            self.articles.into_iter().map(|(article, _)| article).collect();
        // A book has a body.
        if articles.iter().all(|article| article.division != Division::Body) {
            articles.iter_mut().for_each(|article| article.division = Division::Body);
        }
        articles
    }
}

/// The anchors of a block that can have some.
fn anchors(block: &mut Block) -> Option<&mut Vec<String>> {
    match block {
        Block::Heading(heading) => Some(&mut heading.anchors),
        Block::Figure(figure) => Some(&mut figure.anchors),
        Block::Table(table) => Some(&mut table.anchors),
        Block::Paragraph(_)
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Divider
        | Block::Markdown(_) => None,
    }
}

/// Where among the first blocks the title stands: behind pictures and short lines at most.
fn title_place(blocks: &[Block]) -> Option<usize> {
    let place = blocks.iter().take(3).position(|block| matches!(block, Block::Heading(_)))?;
    let may_precede = |block: &Block| match block {
        Block::Figure(_) | Block::Divider => true,
        Block::Paragraph(content) => plain(content).chars().count() <= LONGEST,
        Block::Heading(_)
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Markdown(_) => false,
    };
    blocks[..place].iter().all(may_precede).then_some(place)
}

/// Whether an article begins with a document, rather than that the last one goes on in it.
fn begins(
    document: &Document,
    blocks: &[Block],
    entry: Option<&Entry>,
    toc: &[Entry],
    last: &Article,
) -> bool {
    let level = match blocks.first() {
        Some(Block::Heading(heading)) => Some(heading.level),
        Some(_) | None => None,
    };
    if level == Some(1) || document.is_for(&BEGINNINGS) {
        return true;
    }
    match entry {
        Some(entry) => entry.above.is_empty() || !last.anchors.contains(&entry.above),
        None => toc.is_empty() && level.is_some(),
    }
}

/// Gives articles the notes that they mark, and those that these mark; what no article marks comes
/// behind the last.
fn share(articles: &mut [(Article, Vec<String>)], notes: &BTreeMap<String, Marking>) {
    let mut unused: Vec<&str> = notes.keys().map(String::as_str).collect();
    let last = articles.len().saturating_sub(1);
    for (place, (article, marked)) in articles.iter_mut().enumerate() {
        let mut waiting: Vec<&str> = marked.iter().rev().map(String::as_str).collect();
        let mut own: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            let Some((note, inner)) = notes.get(name) else { continue };
            if seen.insert(note.name.as_str()) {
                own.push(&note.name);
                waiting.extend(inner.iter().rev().map(String::as_str));
            }
        }
        unused.retain(|name| !seen.contains(name));
        if place == last {
            own.append(&mut unused);
        }
        let found = own.iter().filter_map(|name| notes.get(*name));
        article.notes = found.map(|(note, _)| note.clone()).collect();
    }
}
