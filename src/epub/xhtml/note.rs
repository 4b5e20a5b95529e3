//! Notes: the marks in the text, and what they say after it.
//!
//! The notes stand after their marks in the same file, each under 5 000 characters as a rule, so
//! that readers can show them in a pop-up.

use super::super::place;
use super::Fact;
use super::chapter::Renderer;
use crate::book::{Block, Note, NoteId};

impl Renderer<'_> {
    /// The mark of a note, joined to what it follows: it must not begin a line.
    pub fn mark(&mut self, note: NoteId) {
        let number = self.number(note);
        let [notes, marks] = &self.prefixes;
        let piece = self.places.splits[self.index].of_note(note);
        let own = piece == self.piece;
        let file = if own { String::new() } else { place::file(self.index, piece) };
        let (href, id) = (format!("{file}#{notes}{number}"), format!("{marks}{number}"));
        let mut attributes = vec![
            ("class", "mark"),
            ("epub:type", "noteref"),
            ("role", "doc-noteref"),
            ("href", href.as_str()),
        ];
        if own && self.marked.insert(note) {
            attributes.push(("id", &id));
        }
        self.xml.text("\u{2060}");
        self.xml.element("a", &attributes, |xml| xml.leaf("sup", &[], &number));
    }

    /// The number of a note in its chapter.
    fn number(&self, note: NoteId) -> String {
        self.book.chapters[self.index].notes[note.0 as usize].number.to_string()
    }

    /// The notes of the chapter whose first marks stand in this piece of it.
    pub fn notes(&mut self, notes: &[Note]) {
        // A chapter has fewer than 4 G notes.
        let numbered = notes.iter().enumerate().map(|(place, note)| (NoteId(place as u32), note));
        let split = &self.places.splits[self.index];
        let own: Vec<(NoteId, &Note)> =
            numbered.filter(|(id, _)| split.of_note(*id) == self.piece).collect();
        if own.is_empty() {
            return;
        }
        self.told.facts.insert(Fact::Notes);
        let label = self.book.metadata.rules.labels.notes;
        let attributes = [("class", "notes"), ("epub:type", "footnotes"), ("aria-label", label)];
        self.holder("section", &attributes, |r| {
            for (id, note) in own {
                r.note(id, note);
            }
        });
    }

    /// A note, its number leading back to its mark.
    fn note(&mut self, id: NoteId, note: &Note) {
        let anchor = format!("{}{}", self.prefixes[0], note.number);
        let attributes =
            [("epub:type", "footnote"), ("role", "doc-footnote"), ("id", anchor.as_str())];
        self.holder("aside", &attributes, |r| {
            let rest = match note.blocks.split_first() {
                Some((Block::Paragraph(content), rest)) => {
                    r.element("p", &[], |r| {
                        r.back(id, note.number);
                        r.inlines(content);
                    });
                    rest
                }
                Some(_) | None => {
                    r.element("p", &[], |r| r.back(id, note.number));
                    &note.blocks
                }
            };
            r.xml.line();
            r.blocks(rest);
        });
    }

    /// The number at the head of a note; a link when its mark is in the text.
    fn back(&mut self, id: NoteId, number: usize) {
        let shown = number.to_string();
        if self.marked.contains(&id) {
            let href = format!("#{}{number}", self.prefixes[1]);
            let label = format!("{} {number}", self.book.metadata.rules.labels.back_to_text);
            let attributes = [
                ("class", "back"),
                ("role", "doc-backlink"),
                ("href", href.as_str()),
                ("aria-label", &label),
            ];
            self.xml.leaf("a", &attributes, &shown);
        } else {
            self.xml.leaf("span", &[("class", "back")], &shown);
        }
        self.xml.text(" ");
    }
}
