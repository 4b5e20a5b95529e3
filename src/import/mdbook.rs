//! Books of Markdown files: mdBook's, GitBook's, and any others whose `SUMMARY.md` lists the chapters.
//!
//! Chapters stay Markdown. What banxin reads otherwise than mdBook is put right where it stands:
//!
//! ```text
//! SUMMARY.md ─ summary ─ entries ─ chapter, includes ─ edits ─ articles
//! ```

mod chapter;
mod edits;
mod html;
mod includes;
mod settings;
mod summary;
mod told;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser};

use self::chapter::Chapter;
use self::edits::{Door, Marks};
use self::summary::Entry;
use super::article::{Article, Extent, Remark, Work};
use super::sources::Source;
use super::{chapters_wanted, no_article, unreadable};
use crate::diag::{Code, Diagnostic, Place, Sink};
use crate::files::{BookPath, Folder};
use crate::message;

/// What banxin asks its parser to know, and mdBook too.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// The most chapters, and the most bytes of one and of all.
const MOST: usize = 5_000;
const LARGEST: u64 = 16 << 20;
const LARGEST_WHOLE: usize = 64 << 20;
/// The most bytes of all pictures.
const LARGEST_PICTURES: u64 = 512 << 20;

/// The summary of a folder that is such a book; none where it is none, or it was said that its
/// chapters lie elsewhere.
pub(super) fn summary_of(folder: &Folder, shown: &str, sink: &mut Sink) -> Option<BookPath> {
    let sought = |name: &str| BookPath::new(name).filter(|path| folder.read(path).is_ok());
    let source = match settings::source_folder(folder) {
        Ok(source) => source?,
        Err(path) => {
            let place = Place::File(format!("{}/book.toml", shown.trim_end_matches('/')));
            let message = message!("`{path}` leads out of the book's folder", path);
            let finding = Diagnostic::new(Code::PathOutside, place, message);
            sink.report(finding.hint("copy the file into the book's folder"));
            return None;
        }
    };
    sought(&format!("{source}/SUMMARY.md")).or_else(|| sought("SUMMARY.md"))
}

/// Reads a book; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let Some((summary, _)) = super::encoding::decode(&source.bytes, None) else {
        unreadable(source, sink);
        return None;
    };
    let mut work = Work { extent: Extent::Book, ..Work::default() };
    let credits = settings::read(source.folder, &mut work);
    let entries = summary::read(&summary, &source.path);
    if entries.len() > MOST {
        let message = message!("a book of more than {most} chapters is none", most = MOST);
        sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
        return None;
    }
    let (chapters, missing) = chapters(source, entries, &mut work, sink)?;
    chapters_wanted(source, missing, sink);
    let anchors = anchors(&chapters);
    let linked: BTreeSet<String> =
        chapters.iter().flat_map(|chapter| chapter.links(&anchors)).collect();
    let room = Cell::new(LARGEST_PICTURES);
    let mut marks = Marks::default();
    let mut nested = 0;
    for chapter in chapters {
        work.visible += &chapter.words();
        let door = Door { anchors: &anchors, linked: &linked, folder: source.folder, room: &room };
        if chapter.entry.depth == 0 {
            marks = Marks::default();
        }
        let article = chapter.article(door, &mut marks, &mut work.remarks);
        match work.articles.last_mut().filter(|_| chapter.entry.depth > 0) {
            Some(above) => {
                nested += 1;
                above.blocks.extend(article.blocks);
            }
            None => work.articles.push(article),
        }
    }
    if nested > 0 {
        work.remarks.push(told::nested(nested));
    }
    let Some(first) = work.articles.first_mut() else {
        no_article(source, "no chapter of this book can be read", sink);
        return None;
    };
    first.credits.extend(credits);
    with_body(&mut work.articles);
    Some(work)
}

/// The chapters that can be read, and how many cannot; none where it was said why the book is too large.
fn chapters(
    source: &Source<'_>,
    entries: Vec<Entry>,
    work: &mut Work,
    sink: &mut Sink,
) -> Option<(Vec<Chapter>, usize)> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut missing = 0;
    let mut size = 0;
    for mut entry in entries {
        let text = entry.path.as_ref().and_then(|path| text(source.folder, path));
        match &entry.path {
            Some(path) if !seen.insert(path.clone()) => {
                work.remarks.push(told::twice(path));
                entry.path = None;
            }
            Some(path) if text.is_none() => {
                missing += 1;
                work.remarks.push(told::missing(path));
                entry.path = None;
            }
            Some(_) | None => {}
        }
        let text = text.filter(|_| entry.path.is_some()).unwrap_or_default();
        let chapter = Chapter::new(entry, &text, source.folder, &mut work.remarks);
        size += chapter.text.len();
        if size > LARGEST_WHOLE {
            let limit = LARGEST_WHOLE >> 20;
            let message = message!("more than {limit} MB of text is no book", limit);
            sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
            return None;
        }
        chapters.push(chapter);
    }
    Some((with_text(chapters, &mut work.remarks), missing))
}

/// The text of a file; none where it has none.
fn text(folder: &Folder, path: &BookPath) -> Option<String> {
    let bytes = folder.read_at_most(path, LARGEST).ok()?;
    super::encoding::decode(&bytes, None).map(|(text, _)| text)
}

/// The chapters without titles that have no file and nothing below them.
fn with_text(chapters: Vec<Chapter>, remarks: &mut Vec<Remark>) -> Vec<Chapter> {
    let mut kept: Vec<Chapter> = Vec::new();
    // From the end: what lies below a title is known before it.
    for mut chapter in chapters.into_iter().rev() {
        let below = kept.last().map_or(0, |next| next.entry.depth);
        if chapter.entry.path.is_some() {
            kept.push(chapter);
        } else if below > chapter.entry.depth {
            remarks.push(told::title(&chapter.entry.title));
            kept.push(chapter);
        } else {
            remarks.extend(chapter.entry.otherwise.take());
        }
    }
    kept.reverse();
    kept
}

/// Where links within the book can lead: the anchors of chapters and their headings, each with the one
/// that stands for it.
fn anchors(chapters: &[Chapter]) -> BTreeMap<String, String> {
    let mut anchors = BTreeMap::new();
    for chapter in chapters {
        for (name, meant) in chapter.anchors() {
            anchors.entry(name).or_insert(meant);
        }
    }
    anchors
}

/// Puts all into the body where nothing stands there: a book has one.
fn with_body(articles: &mut [Article]) {
    use super::article::Division;
    if articles.iter().all(|article| article.division != Division::Body) {
        articles.iter_mut().for_each(|article| article.division = Division::Body);
    }
}

/// The words that a Markdown text shows.
pub(super) fn words(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::Html(text) => words.push_str(&html::words(&text)),
            Event::Start(_)
            | Event::End(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    words
}
