//! OpenDocument's texts (ISO/IEC 26300), in an archive or in one file of XML.

mod frames;
mod left;
mod lists;
mod package;
mod places;
mod styles;
mod tables;
mod text;

use self::styles::Styles;
use self::text::Reader;
use super::article::Work;
use super::pieces::{self, Properties, Whole};
use super::shape;
use super::sources::Source;
use super::xml::Element;
use crate::diag::{Code, Diagnostic, Sink};

/// Reads a text; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let (roots, mut package) = package::open(source, sink)?;
    let Some(body) = roots.iter().find_map(|root| root.at(&["office:body", "office:text"])) else {
        sink.report(no_words(source));
        return None;
    };
    let styles = Styles::of(&roots);
    let mut reader = Reader::new(&styles, places::targets(body), &mut package, sink);
    let pieces = reader.body(body);
    let mut work = Work { visible: text::words(body), ..Work::default() };
    let (title, notes) = (std::mem::take(&mut reader.title), std::mem::take(&mut reader.notes));
    work.remarks.append(&mut reader.remarks);
    let sections = std::mem::take(&mut reader.sections);
    let mut blocks = pieces::joined(pieces, &mut work.remarks);
    work.remarks.extend(sections.settle(&mut blocks));
    work.remarks.extend(left::left(&roots, &package.names()));
    pieces::finish(Whole { title, blocks, notes }, properties(&roots), &mut work);
    if work.articles.is_empty() {
        sink.report(no_words(source));
        return None;
    }
    Some(work)
}

fn no_words(source: &Source<'_>) -> Diagnostic {
    Diagnostic::new(Code::NoArticle, source.place(), "there are no words in this document")
}

/// Title, author and day (`office:meta`).
fn properties(roots: &[Element]) -> Properties {
    let meta = roots.iter().find_map(|root| root.child("office:meta"));
    let said = |name: &str| {
        meta.and_then(|it| it.child(name)).map(Element::text).unwrap_or_default().trim().to_owned()
    };
    let first = |names: [&str; 2]| {
        names.into_iter().map(said).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let date = shape::day(&first(["meta:creation-date", "dc:date"])).unwrap_or_default();
    let author = first(["meta:initial-creator", "dc:creator"]);
    Properties { title: said("dc:title"), author, date }
}
