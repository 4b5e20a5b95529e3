//! Word's documents (ISO/IEC 29500-1).

mod package;
mod text;

use std::collections::BTreeMap;

use self::package::Relation;
use self::text::Reader;
use super::article::{Fate, Note, Remark, Work};
use super::pieces::{self, Properties, Whole};
use super::shape;
use super::sources::Source;
use super::xml::Element;
use super::zipped::{Zipped, beside};
use crate::diag::{Code, Diagnostic, Sink};
use crate::message;

/// Reads a document; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let mut zipped = Zipped::open(source, sink)?;
    let main = main_part(&mut zipped, sink);
    let Some(document) = zipped.xml(&main, sink) else {
        let message = message!("the document's text `{main}` is missing or broken", main);
        sink.report(Diagnostic::new(Code::NoArticle, source.place(), message));
        return None;
    };
    let mut work = Work::default();
    let relations = relations(&main, &mut zipped, sink);
    let parts = Parts {
        looks: related("styles", &main, &relations, &mut zipped, sink)
            .map(|it| package::looks(&it.1))
            .unwrap_or_default(),
        lists: related("numbering", &main, &relations, &mut zipped, sink)
            .map(|it| package::lists(&it.1))
            .unwrap_or_default(),
    };
    let mut reader = Reader::new(&parts, main.clone(), relations.clone());
    let pieces = reader.body(&document, &mut zipped, sink);
    work.visible = reader.visible;
    work.remarks.append(&mut reader.remarks);
    let title = reader.title;
    let blocks = pieces::joined(pieces, &mut work.remarks);
    let mut notes = Vec::new();
    for (kind, sign) in [("footnotes", 'f'), ("endnotes", 'e')] {
        let Some((name, part)) = related(kind, &main, &relations, &mut zipped, sink) else {
            continue;
        };
        let own = self::relations(&name, &mut zipped, sink);
        for note in part.elements().filter(|note| is_note(note)) {
            let mut reader = Reader::new(&parts, name.clone(), own.clone());
            let pieces = reader.body(note, &mut zipped, sink);
            work.visible += &reader.visible;
            work.remarks.append(&mut reader.remarks);
            let blocks = pieces::joined(pieces, &mut work.remarks);
            let id = note.attribute("w:id").unwrap_or_default();
            notes.push(Note { name: format!("{sign}{id}"), blocks });
        }
    }
    work.remarks.extend(left(&main, &relations, &mut zipped, sink));
    let properties = properties(&mut zipped, sink);
    pieces::finish(Whole { title, blocks, notes }, properties, &mut work);
    if work.articles.is_empty() {
        let message = "there are no words in this document";
        sink.report(Diagnostic::new(Code::NoArticle, source.place(), message));
        return None;
    }
    Some(work)
}

/// What all texts of a document refer to.
struct Parts {
    looks: BTreeMap<String, package::Look>,
    lists: BTreeMap<String, Vec<Option<u64>>>,
}

/// The name of the part with the text (part 2, 6.5.3.2).
fn main_part(zipped: &mut Zipped<'_>, sink: &mut Sink) -> String {
    let relations = relations("", zipped, sink);
    let found = relations.values().find(|it| it.kind == "officeDocument" && !it.is_external);
    let name = found.and_then(|it| beside("", &it.target));
    name.unwrap_or_else(|| "word/document.xml".to_owned())
}

fn relations(part: &str, zipped: &mut Zipped<'_>, sink: &mut Sink) -> BTreeMap<String, Relation> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{name}.rels");
    zipped.xml(&name, sink).map(|part| package::relations(&part)).unwrap_or_default()
}

/// The part of a kind, with its name.
fn related(
    kind: &str,
    main: &str,
    relations: &BTreeMap<String, Relation>,
    zipped: &mut Zipped<'_>,
    sink: &mut Sink,
) -> Option<(String, Element)> {
    let found = relations.values().find(|it| it.kind == kind && !it.is_external)?;
    let name = beside(main, &found.target)?;
    let part = zipped.xml(&name, sink)?;
    Some((name, part))
}

/// Whether a note is none of the lines that part notes from the text (17.11.10).
fn is_note(note: &Element) -> bool {
    let is_rule = note.attribute("w:type").is_some_and(|kind| kind != "normal");
    matches!(note.name.as_str(), "w:footnote" | "w:endnote") && !is_rule
}

/// What does not come into a book: headers, footers, comments, macros, what lies elsewhere.
fn left(
    main: &str,
    relations: &BTreeMap<String, Relation>,
    zipped: &mut Zipped<'_>,
    sink: &mut Sink,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for relation in relations.values() {
        let kind = relation.kind.as_str();
        if relation.is_external && kind != "hyperlink" {
            let target = &relation.target;
            let what = message!("the {kind} at `{target}` is not fetched", kind, target);
            remarks.push(Remark::new(Fate::Left, what, ""));
        } else if let Some(what) = aside(kind) {
            let part = beside(main, &relation.target).and_then(|name| zipped.xml(&name, sink));
            let words = part.map(|part| text::words(&part)).unwrap_or_default();
            if !words.trim().is_empty() {
                remarks.push(Remark::new(Fate::Left, what, words));
            }
        }
    }
    for name in zipped.names() {
        if name.ends_with("vbaProject.bin") {
            let what = message!("macros in `{name}`, which were not run", name);
            remarks.push(Remark::new(Fate::Left, what, ""));
        } else if name.starts_with("word/embeddings/") {
            let what = message!("the file `{name}` inside the document", name);
            remarks.push(Remark::new(Fate::Left, what, ""));
        }
    }
    remarks
}

/// What a part of a document is called that stands beside its text; none for all other parts.
fn aside(kind: &str) -> Option<&'static str> {
    ["header", "footer", "comments"].into_iter().find(|name| *name == kind)
}

/// Title, author and day (part 2, 8.3).
fn properties(zipped: &mut Zipped<'_>, sink: &mut Sink) -> Properties {
    let core = zipped.xml("docProps/core.xml", sink).unwrap_or_default();
    let said =
        |name: &str| core.child(name).map(Element::text).unwrap_or_default().trim().to_owned();
    let date = shape::day(&said("dcterms:created")).unwrap_or_default();
    Properties { title: said("dc:title"), author: said("dc:creator"), date }
}
