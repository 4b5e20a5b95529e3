//! The index (EPUB Indexes 1.0; DPUB-ARIA 1.1 for the roles): entries with links to their places.

use super::chapter::Renderer;
use super::prose;
use crate::book::{AnchorId, CrossEntry, Index, IndexEntry};
use crate::layout::locators;

impl Renderer<'_> {
    /// An index, group by group.
    pub fn index(&mut self, index: &Index) {
        for group in &index.groups {
            self.holder("section", &[("class", "group"), ("epub:type", "index-group")], |r| {
                r.xml.leaf("h2", &[], &prose(&group.title));
                r.xml.line();
                r.entries(&group.entries);
            });
        }
    }

    /// Entries of one level.
    fn entries(&mut self, entries: &[IndexEntry]) {
        self.holder("ul", &[("epub:type", "index-entry-list")], |r| {
            for entry in entries {
                r.entry(entry);
            }
        });
    }

    /// An entry: its words, the printed pages of its places or else their count, other entries, those
    /// below it.
    fn entry(&mut self, entry: &IndexEntry) {
        let id = entry.anchor.map(|anchor| self.book.anchor(anchor).name.clone());
        let mut attributes = vec![("epub:type", "index-entry")];
        attributes.extend(id.as_deref().map(|id| ("id", id)));
        let labels = &self.book.metadata.rules.labels.index;
        self.element("li", &attributes, |r| {
            r.xml.leaf("span", &[("epub:type", "index-term")], &prose(&entry.words));
            let told = locators(&entry.places, &|anchor| r.breaks.folio(anchor));
            for (count, (anchor, words)) in told.iter().enumerate() {
                r.xml.text(if count == 0 { "\u{2003}" } else { ", " });
                r.place(*anchor, "index-locator", words);
            }
            r.cross(labels.see, "index-xref-preferred", entry.see.as_slice());
            r.cross(labels.see_also, "index-xref-related", &entry.also);
            if !entry.entries.is_empty() {
                r.xml.line();
                r.entries(&entry.entries);
            }
        });
        self.xml.line();
    }

    /// Other entries that the reader is sent to.
    fn cross(&mut self, label: &str, kind: &str, entries: &[CrossEntry]) {
        if entries.is_empty() {
            return;
        }
        self.xml.text("\u{2003}");
        self.element("span", &[("epub:type", kind)], |r| {
            r.xml.text(label);
            for (count, entry) in entries.iter().enumerate() {
                r.xml.text(if count == 0 { " " } else { ", " });
                r.place(entry.anchor, "", &entry.words);
            }
        });
    }

    /// Words that lead to an anchor.
    fn place(&mut self, anchor: AnchorId, kind: &str, words: &str) {
        let href = self.places.target(self.book, (self.index, self.piece), anchor);
        let mut attributes = vec![("href", href.as_str())];
        if !kind.is_empty() {
            attributes.push(("epub:type", kind));
        }
        self.xml.leaf("a", &attributes, &prose(words));
    }
}
