//! Articles of other programs as chapters: web pages, plain texts, documents.
//!
//! [`import`] turns files into what is to be written into a book's folder: Markdown, pictures, a
//! `book.toml` that lists them, and a report. Nothing is fetched and nothing that exists is changed
//! but `book.toml`, which keeps what stands in it.
//!
//! ```text
//! file ─ kind ─ a reader ─ Work ─ shape ─ markdown, pictures, contents ─ report
//! ```
//!
//! The report tells by [`Message`]s: who prints or writes it chooses the language.

mod article;
mod bylines;
mod captions;
mod cells;
mod clean;
mod contents;
mod docx;
mod encoding;
mod epub;
mod escape;
mod html;
mod kind;
mod labels;
mod markdown;
mod mdbook;
mod mhtml;
mod names;
mod numbering;
mod numbers;
mod odt;
mod people;
mod pictures;
mod pieces;
mod report;
mod shape;
mod sources;
mod text;
mod titles;
mod words;
mod xml;
mod zipped;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, Stage, Stopped};
use crate::files::{BookPath, Folder};
use crate::message;

use article::{Article, Block, Division, Extent, Fate, Inline, Remark, Stretch, Work, plain};
use clean::Cleaned;
use kind::Kind;
use names::Names;
use pictures::Pictures;
use report::Told;
use sources::Source;
use titles::Titles;

pub use report::Report;
pub use sources::Given;

/// What is to be written into the book's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Files that the book does not have: paths and bytes.
    pub added: Vec<(String, Vec<u8>)>,
    /// `book.toml` as it is to be.
    pub manifest: Vec<u8>,
    /// What was taken, guessed, cleaned and left; its words are to be a file too.
    pub report: Report,
}

/// Reads what is given as chapters of the book in `folder`, which may be empty; `today`, written
/// `YYYY-MM-DD`, is the date of a new book whose articles have none.
///
/// # Errors
/// Something cannot be read, or holds no article; `sink` says what. Nothing is half imported.
pub fn import(given: &[Given], folder: &Folder, today: &str, sink: &mut Sink) -> Outcome<Imported> {
    let progress = Arc::clone(&sink.progress);
    let _importing = progress.begin(Stage::Import);
    let mut works = Vec::new();
    let sources = sources::gather(given, sink);
    progress.expect_files(sources.len());
    for source in sources {
        if let Some(work) = read(&source, sink) {
            works.push((source.shown, source.kind, work));
        }
        progress.count_file();
    }
    let works = sink.settle(works)?;
    if works.is_empty() {
        sink.report(Diagnostic::new(Code::NoArticle, Place::Book, "there is nothing to import"));
        return Err(Stopped);
    }
    let mut manifest = contents::Contents::read(folder, today, sink)?;
    let mut titles = Titles::of(folder, &manifest.chapters());
    let mut names = Names::of(folder, &manifest.chapters());
    let mut counter = manifest.counter(folder);
    let mut pictures = Pictures::beside(existing_pictures(folder));
    let mut added = Vec::new();
    let mut told = Vec::new();
    let articles = works.iter().flat_map(|(.., work)| &work.articles);
    let count = articles.filter(|article| article.division == Division::Body).count();
    let has_several = manifest.articles().len() + count > 1;
    for (shown, kind, mut work) in works {
        cleaned(&mut work);
        titled(&mut work, &shown);
        if has_several && !bylines::is_of_whole(kind, &work) {
            bylines::keep(&mut work);
        }
        counter.settle(&mut work);
        manifest.take(&work);
        let chapters = write(&mut work, &shown, &mut names, &mut pictures);
        twice(&shown, &mut work, &chapters, &mut titles, sink);
        for (article, (path, text)) in work.articles.iter().zip(&chapters) {
            manifest.add(path, text, article);
            added.push((path.clone(), text.clone().into_bytes()));
        }
        warn(&shown, &work, sink);
        let chapters = chapters.into_iter().map(|(path, _)| path).collect();
        told.push(Told { shown, chapters, remarks: work.remarks });
    }
    added.append(&mut pictures.files);
    let report = Report { path: names.report(), told, manifest: manifest.remarks() };
    Ok(Imported { added, manifest: manifest.bytes(), report })
}

/// Cleans the words of a work; those of a book of banxin are as they are meant.
fn cleaned(work: &mut Work) {
    if work.extent == Extent::Own {
        return;
    }
    let mut cleaned = Cleaned::default();
    work.articles.iter_mut().for_each(|article| clean::article(article, &mut cleaned));
    work.remarks.extend(cleaned.remarks());
}

/// The title of the only article that is given; none where there are more, or none that can be read.
pub fn title(given: &[Given]) -> Option<String> {
    let mut sink = Sink::default();
    let sources = sources::gather(given, &mut sink);
    let [source] = &sources[..] else { return None };
    let mut work = read(source, &mut sink)?;
    cleaned(&mut work);
    titled(&mut work, &source.shown);
    let of_first = || work.articles.first().map(|article| plain(&article.title));
    Some(work.title.clone()).filter(|title| !title.is_empty()).or_else(of_first)
}

/// Reads one source by what it is; none where it was said why not.
fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    match source.kind {
        Kind::Text => text::read(source, sink),
        Kind::Html => html::read(source, sink),
        Kind::Mhtml => mhtml::read(source, sink),
        Kind::Docx => docx::read(source, sink),
        Kind::Odt => odt::read(source, sink),
        Kind::Epub => epub::read(source, sink),
        Kind::Summary => mdbook::read(source, sink),
        Kind::Other(name) => unknown(source, name, sink),
    }
}

/// Gives articles without a title the name of their file.
fn titled(work: &mut Work, shown: &str) {
    for article in work.articles.iter_mut().filter(|article| article.title.is_empty()) {
        let name = shown.rsplit(['/', '\\']).next().unwrap_or(shown);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        article.title = vec![Inline::Text(name.to_owned())];
        let what = message!("no title was found: the chapter has the file's name, `{name}`", name);
        work.remarks.push(Remark::new(Fate::Guessed, what, ""));
    }
}

/// Says that a kind of file is not read.
fn unknown(source: &Source<'_>, name: &'static str, sink: &mut Sink) -> Option<Work> {
    let name = Message::from(name);
    let message = message!("this is {name}, which cannot be imported", name);
    let finding = Diagnostic::new(Code::UnknownSource, source.place(), message);
    sink.report(finding.hint(
        "save it as a web page, a plain text, a Word document (.docx), an OpenDocument text (.odt) \
         or an EPUB",
    ));
    None
}

/// Says that the characters of a file cannot be told from its bytes.
fn unreadable(source: &Source<'_>, sink: &mut Sink) {
    let message = "this is no text in UTF-8, UTF-16, GB 18030 or Big5";
    let finding = Diagnostic::new(Code::UnknownEncoding, source.place(), message);
    sink.report(finding.hint("open it in the program it comes from, and save it as UTF-8"));
}

/// Says that a file holds no article.
fn no_article(source: &Source<'_>, why: &'static str, sink: &mut Sink) {
    let finding = Diagnostic::new(Code::NoArticle, source.place(), why);
    sink.report(
        finding.hint("pages that fetch their text are saved without it: copy it into a file"),
    );
}

/// Says how many chapters of a source are missing from it.
fn chapters_wanted(source: &Source<'_>, count: usize, sink: &mut Sink) {
    if count > 0 {
        let message = message!("chapters that did not come along: {count}", count);
        let finding = Diagnostic::new(Code::ChapterWanted, source.place(), message);
        sink.report(finding.hint("the report says which; ask for them, or write them"));
    }
}

/// Says what an editor should know of a work besides what the report tells.
fn warn(shown: &str, work: &Work, sink: &mut Sink) {
    let place = || Place::File(shown.to_owned());
    let wanted = work.remarks.iter().filter(|remark| remark.fate == Fate::Wanted).count();
    if wanted > 0 {
        let message = message!(
            "pictures that did not come along: {wanted}; drawings keep their places",
            wanted
        );
        let finding = Diagnostic::new(Code::PictureWanted, place(), message);
        sink.report(finding.hint("the report says which; put the pictures into `pictures`"));
    }
    let lost = words::lost(work);
    if !lost.is_empty() {
        let message =
            message!("these words stand neither in the chapter nor in the report: {lost}", lost);
        sink.report(Diagnostic::new(Code::WordsLost, place(), message));
    }
}

/// Tells of chapters that the book has by their titles, and remembers those of a work.
fn twice(
    shown: &str,
    work: &mut Work,
    chapters: &[(String, String)],
    titles: &mut Titles,
    sink: &mut Sink,
) {
    let mut held = Vec::new();
    for (path, text) in chapters {
        if let Some(holder) = titles.holder(text) {
            let what = message!("`{path}` has the title of `{holder}`", path, holder);
            work.remarks.push(Remark::new(Fate::Guessed, what, ""));
            held.push(format!("`{holder}`"));
        }
    }
    for (path, text) in chapters {
        titles.add(path, text);
    }
    if !held.is_empty() {
        let message = message!("the book has this by its title: {files}", files = held.join(", "));
        let finding = Diagnostic::new(Code::ImportedTwice, Place::File(shown.to_owned()), message);
        let hint =
            "if it is the same article, delete one of the two files, and its line in `book.toml`";
        sink.report(finding.hint(hint));
    }
}

/// The chapters of a work: paths and texts.
fn write(
    work: &mut Work,
    shown: &str,
    names: &mut Names,
    pictures: &mut Pictures,
) -> Vec<(String, String)> {
    let alone = work.articles.len() == 1;
    let named = work.articles.iter().map(|article| match article.name.as_str() {
        "" => names.chapter(shown, alone),
        name => names.chapter(name, true),
    });
    let stems: Vec<String> = named.collect();
    let ids = ids(&work.articles, &stems);
    let mut chapters = Vec::new();
    for (article, stem) in work.articles.iter().zip(&stems) {
        let text = markdown::write(article, work.extent, stem, &ids, pictures, &mut work.remarks);
        chapters.push((format!("{stem}.md"), text));
    }
    chapters
}

/// The ids that the anchors of a work become.
fn ids(articles: &[Article], stems: &[String]) -> BTreeMap<String, String> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for (article, stem) in articles.iter().zip(stems) {
        for anchor in &article.anchors {
            ids.insert(anchor.clone(), stem.clone());
        }
        let anchored = article.blocks.iter().flat_map(anchors);
        for (number, (sign, anchors)) in anchored.enumerate() {
            let id = format!("{sign}{stem}-at-{}", number + 1);
            for anchor in anchors {
                ids.entry(anchor.clone()).or_insert_with(|| id.clone());
            }
        }
    }
    ids
}

/// The anchors of what in a block can have an id, and what that begins with.
fn anchors(block: &Block) -> Vec<(&'static str, &[String])> {
    let mut anchors = match block {
        Block::Heading(heading) => vec![("", heading.anchors.as_slice())],
        Block::Figure(figure) => vec![("fig-", figure.anchors.as_slice())],
        Block::Table(table) => vec![("tbl-", table.anchors.as_slice())],
        Block::Markdown(stretches) => {
            let ids = stretches.iter().filter_map(|stretch| match stretch {
                Stretch::Closing { anchors, .. } => Some(("", anchors.as_slice())),
                Stretch::Text(_) | Stretch::Opening(_) | Stretch::Link(_) | Stretch::Picture(_) => {
                    None
                }
            });
            ids.collect()
        }
        Block::Paragraph(_)
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Divider => Vec::new(),
    };
    anchors.retain(|(_, anchors)| !anchors.is_empty());
    anchors
}

/// The names of the pictures that a book has.
fn existing_pictures(folder: &Folder) -> Vec<String> {
    let inside = BookPath::new(pictures::FOLDER).map(|path| folder.list(&path));
    inside.into_iter().flatten().map(|path| path.name().to_owned()).collect()
}
