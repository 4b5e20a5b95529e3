//! Articles of other programs as chapters: web pages, plain texts, documents.
//!
//! [`import`] turns files into what is to be written into a book's folder: Markdown, pictures, a
//! `book.toml` that lists them, and a report. Nothing is fetched and nothing that exists is changed
//! but `book.toml`, which keeps what stands in it.
//!
//! ```text
//! file ─ kind ─ a reader ─ Work ─ shape ─ markdown, pictures, contents ─ report
//! ```

mod article;
mod contents;
mod escape;
mod kind;
mod markdown;
mod names;
mod pictures;
mod report;
mod sources;

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, Stopped};
use crate::files::{BookPath, Folder};

use article::{Article, Block, Work};
use kind::Kind;
use names::Names;
use pictures::Pictures;
use sources::Source;

pub use sources::Given;

/// What is to be written into the book's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Files that the book does not have: paths and bytes.
    pub added: Vec<(String, Vec<u8>)>,
    /// `book.toml` as it is to be.
    pub manifest: Vec<u8>,
    /// What was taken, guessed, cleaned and left, in plain words; it is among the files too.
    pub report: String,
}

/// Reads what is given as chapters of the book in `folder`, which may be empty.
///
/// # Errors
/// Something cannot be read, or holds no article; `sink` says what. Nothing is half imported.
pub fn import(given: &[Given], folder: &Folder, sink: &mut Sink) -> Outcome<Imported> {
    let mut works = Vec::new();
    for source in sources::gather(given, sink) {
        if let Some(work) = read(&source, sink) {
            works.push((source.shown, work));
        }
    }
    let works = sink.settle(works)?;
    if works.is_empty() {
        sink.report(Diagnostic::new(Code::NoArticle, Place::Book, "there is nothing to import"));
        return Err(Stopped);
    }
    let mut manifest = contents::Contents::read(folder, sink)?;
    let mut names = Names::of(folder, &manifest.chapters());
    let mut pictures = Pictures::beside(existing_pictures(folder));
    let mut added = Vec::new();
    let mut told = Vec::new();
    for (shown, mut work) in works {
        let chapters = write(&mut work, &shown, &mut names, &mut pictures);
        for (article, (path, text)) in work.articles.iter().zip(&chapters) {
            manifest.add(path, text, article, &work.title);
            added.push((path.clone(), text.clone().into_bytes()));
        }
        told.push(report::Told { shown, chapters, remarks: work.remarks });
    }
    added.append(&mut pictures.files);
    let report = report::text(&told, manifest.remarks());
    added.push((names.report(), report.clone().into_bytes()));
    Ok(Imported { added, manifest: manifest.bytes(), report })
}

/// Reads one source by what it is; none where it was said why not.
fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    match source.kind {
        Kind::Text => unknown(source, "a text", sink),
        Kind::Html => unknown(source, "a web page", sink),
        Kind::Mhtml => unknown(source, "a web archive", sink),
        Kind::Docx => unknown(source, "a Word document", sink),
        Kind::Odt => unknown(source, "an OpenDocument text", sink),
        Kind::Epub => unknown(source, "an EPUB", sink),
        Kind::Other(name) => unknown(source, name, sink),
    }
}

/// Says that a kind of file is not read.
fn unknown(source: &Source<'_>, name: &str, sink: &mut Sink) -> Option<Work> {
    let message = format!("this is {name}, which cannot be imported");
    let finding = Diagnostic::new(Code::UnknownSource, source.place(), message);
    sink.report(finding.hint("save it as a web page, a plain text or a Word document (.docx)"));
    None
}

/// The chapters of a work: paths and texts.
fn write(
    work: &mut Work,
    shown: &str,
    names: &mut Names,
    pictures: &mut Pictures,
) -> Vec<(String, String)> {
    let articles = work.articles.iter();
    let stems: Vec<String> =
        articles.map(|_| names.chapter(shown, work.articles.len() == 1)).collect();
    let ids = ids(&work.articles, &stems);
    let mut chapters = Vec::new();
    for (article, stem) in work.articles.iter().zip(&stems) {
        let text = markdown::write(article, stem, &ids, pictures, &mut work.remarks);
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
        let anchored = article.blocks.iter().filter_map(anchors);
        for (number, (sign, anchors)) in anchored.enumerate() {
            let id = format!("{sign}{stem}-at-{}", number + 1);
            for anchor in anchors {
                ids.entry(anchor.clone()).or_insert_with(|| id.clone());
            }
        }
    }
    ids
}

/// The anchors of a block, and what its id begins with; none where it has none.
fn anchors(block: &Block) -> Option<(&'static str, &[String])> {
    let (sign, anchors) = match block {
        Block::Heading(heading) => ("", heading.anchors.as_slice()),
        Block::Figure(figure) => ("fig-", figure.anchors.as_slice()),
        Block::Table(table) => ("tbl-", table.anchors.as_slice()),
        Block::Paragraph(_)
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Divider => return None,
    };
    (!anchors.is_empty()).then_some((sign, anchors))
}

/// The names of the pictures that a book has.
fn existing_pictures(folder: &Folder) -> Vec<String> {
    let inside = BookPath::new(pictures::FOLDER).map(|path| folder.list(&path));
    inside.into_iter().flatten().map(|path| path.name().to_owned()).collect()
}
