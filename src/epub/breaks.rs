//! The pages of the printed book, as far as the EPUB can show where they begin.

use std::collections::BTreeMap;

use super::xml::Xml;
use crate::book::{AnchorId, Book};
use crate::layout::{Division, Folio, Layout, Page, PageStart, TextPlace};

/// The pages by where they begin, each by its number as printed.
#[derive(Debug, Default)]
pub struct Breaks {
    labels: BTreeMap<PageStart, String>,
    /// The pages of anchors.
    folios: BTreeMap<AnchorId, Folio>,
    /// What the ids of page breaks begin with.
    prefix: String,
}

/// The pages that begin inside one chapter.
pub type Inside = BTreeMap<TextPlace, String>;

impl Breaks {
    /// The pages of a layout; none without one.
    pub fn new(book: &Book, layout: Option<&Layout>) -> Self {
        layout.map_or_else(
            || Self::of(book, &[], &[]),
            |layout| {
                let anchors = layout.places.keys();
                let folios = anchors.filter_map(|&anchor| Some((anchor, layout.folio(anchor)?)));
                let breaks = Self::of(book, &layout.pages, &layout.starts);
                Self { folios: folios.collect(), ..breaks }
            },
        )
    }

    /// The pages, and where each begins.
    pub fn of(book: &Book, pages: &[Page], starts: &[Option<PageStart>]) -> Self {
        let mut prefix = "page-".to_owned();
        while book.anchors.iter().any(|anchor| anchor.name.starts_with(&prefix)) {
            prefix.push('-');
        }
        let labelled = starts.iter().zip(pages).filter_map(|(start, page)| {
            let folio = page.folio?;
            Some(((*start)?, folio.printed()))
        });
        Self { labels: labelled.collect(), folios: BTreeMap::new(), prefix }
    }

    /// The page of an anchor.
    pub fn folio(&self, anchor: AnchorId) -> Option<Folio> {
        self.folios.get(&anchor).copied()
    }

    /// The page that a division opens.
    pub fn opening(&self, division: Division) -> Option<&str> {
        self.labels.get(&PageStart::Opening(division)).map(String::as_str)
    }

    /// The pages that begin inside a chapter.
    pub fn inside(&self, chapter: usize) -> Inside {
        let labels = self.labels.iter().filter_map(|(start, label)| match start {
            PageStart::Inside { chapter: of, at } if *of == chapter => Some((*at, label.clone())),
            PageStart::Inside { .. } | PageStart::Opening(_) => None,
        });
        labels.collect()
    }

    /// The id of a page break.
    pub fn id(&self, label: &str) -> String {
        format!("{}{label}", self.prefix)
    }

    /// Writes a page break (EPUB structural semantics 1.1, 3.14).
    pub fn mark(&self, xml: &mut Xml, label: &str) {
        let id = self.id(label);
        let attributes = [
            ("epub:type", "pagebreak"),
            ("role", "doc-pagebreak"),
            ("id", id.as_str()),
            ("aria-label", label),
        ];
        xml.empty("span", &attributes);
    }
}
