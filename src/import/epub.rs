//! EPUBs, of the second generation and the third (EPUB 3.3; OPF 2.0.1).
//!
//! The package says which documents there are and in which order; each that has text is an article.
//! Notes are found among all of them first, for they may stand in a document of their own.

mod documents;
mod lock;
mod metadata;
mod notes;
mod own;
mod package;
mod toc;
mod told;
mod written;

use std::cell::RefCell;
use std::collections::BTreeMap;

use self::documents::Use;
use self::package::Package;
use self::written::Reading;
use super::article::{Extent, Note, Work};
use super::html::{Maker, Manner, Reader, Shelf};
use super::sources::Source;
use super::zipped::{Zipped, beside};
use super::{chapters_wanted, no_article};
use crate::diag::Sink;

/// Reads an EPUB; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let mut zipped = Zipped::open(source, sink)?;
    let mut work = Work { extent: Extent::Book, ..Work::default() };
    lock::open(&mut zipped, source, &mut work.remarks, sink)?;
    let mut package = Package::read(&mut zipped, source, sink)?;
    if package.maker == Maker::Banxin {
        work.extent = Extent::Own;
    }
    let toc = toc::read(&package, &mut zipped);
    let (mut documents, missing) =
        documents::read(&package, &mut zipped, source, &mut work.remarks, sink)?;
    chapters_wanted(source, missing, sink);
    own::find(&mut documents, &mut package, &mut work.remarks);
    notes::find(&mut documents, &mut work.remarks);
    let findings = RefCell::new(Sink::default());
    let zipped = RefCell::new(zipped);
    let mut reading = Reading::new(&toc, &package.metadata.title);
    let mut notes = BTreeMap::new();
    for document in &documents {
        let bytes = |address: &str| {
            let name = beside(&document.leaf.path, address)?;
            zipped.borrow_mut().bytes(&name, &mut findings.borrow_mut())
        };
        let shelf = Shelf { beside: &bytes };
        let mut reader = Reader::new(&shelf, Manner::Leaf(&document.leaf));
        for (name, body) in document.bodies() {
            let mut own = Reader::new(&shelf, Manner::Leaf(&document.leaf));
            let mut blocks = own.read(body);
            let number = document.number(&name);
            notes::without_number(&mut blocks, number);
            work.visible += notes::bare(&own.visible, number);
            work.remarks.append(&mut own.remarks);
            reading.link(&mut own.linked);
            notes.insert(name.clone(), (Note { name, blocks }, own.marked));
        }
        match &document.used {
            Use::Text(division) => {
                let blocks = reader.read(document.body());
                reading.add(document, *division, blocks, &mut reader);
                reading.link(&mut reader.linked);
                work.visible += &reader.visible;
                work.remarks.append(&mut reader.remarks);
            }
            Use::Part => reading.begin_part(document.words()),
            Use::Left => {}
        }
    }
    sink.report_all(findings.into_inner().findings().iter().cloned());
    work.articles = reading.finish(&mut work.remarks, &notes);
    package.metadata.told(&mut work);
    if work.articles.is_empty() {
        no_article(source, "there are no words in this EPUB", sink);
        return None;
    }
    Some(work)
}
