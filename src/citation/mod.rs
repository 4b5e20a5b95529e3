//! Cited works: files that describe them in, references set by a style out.
//!
//! [`read`] turns the files that `[citations]` names into a [`Library`]; [`Library::set`] sets what a
//! text cites, and the list of it, as [`Run`]s that know nothing of a book. GB/T 7714 is set by
//! [`gb`], every other style by a processor for CSL.

mod bibtex;
mod csl;
mod csl_json;
mod gb;
mod guard;
mod locator;
mod read;
mod work;
mod yaml;

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, List, Sink, Span, nearest};
use crate::manifest::{CitationForm, GbEdition, GbStyle};
use crate::message;
use work::Work;

pub use crate::manuscript::Author;
pub use locator::Locator;
pub use read::read;

/// The works that a book may cite, and how it cites them.
pub struct Library {
    works: Vec<Work>,
    keys: BTreeMap<String, WorkId>,
    style: Style,
}

/// How references look.
enum Style {
    /// By the standard.
    Gb(GbStyle),
    /// By a style in CSL.
    Csl(Box<csl::Style>),
}

/// A work of a [`Library`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(usize);

/// Where citations go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the text, where they were written.
    InText,
    /// In a note.
    InNote,
}

/// A citation.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The works that it names.
    pub items: Vec<Item>,
    /// Whether it was written in the text or in a note.
    pub stands: Stands,
    /// The chapter that it was written in.
    pub chapter: usize,
}

/// A work that a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The work.
    pub work: WorkId,
    /// What stands before it: `参见`.
    pub prefix: String,
    /// Where in the work.
    pub locator: Locator,
    /// Whether its author is said.
    pub author: Author,
}

/// What citations became, and the list of what they cite.
pub struct Set {
    /// One for each citation.
    pub citations: Vec<Vec<Piece>>,
    /// In the order of the list.
    pub entries: Vec<Entry>,
}

/// A part of a citation.
pub struct Piece {
    /// The work that it leads to.
    pub work: Option<WorkId>,
    /// Its words.
    pub runs: Vec<Run>,
}

/// An entry of the list.
pub struct Entry {
    /// The work.
    pub work: WorkId,
    /// `[1]`; empty where entries have no numbers.
    pub label: String,
    /// Its words.
    pub runs: Vec<Run>,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they look.
    pub face: Face,
    /// The address that they lead to.
    pub url: Option<String>,
}

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// As the words around.
    Plain,
    /// Slanted, or as emphasis is shown.
    Italic,
    /// Bold.
    Bold,
    /// Small above the line.
    Superscript,
    /// Small below the line.
    Subscript,
}

impl Run {
    /// Words that look like those around.
    pub fn plain(text: String) -> Self {
        Self { text, face: Face::Plain, url: None }
    }
}

impl Library {
    /// The work that a key names.
    pub fn find(&self, key: &str) -> Option<WorkId> {
        self.keys.get(key).copied()
    }

    /// The key that is most like `key`.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.keys.keys().map(String::as_str))
    }

    /// All works, in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = WorkId> {
        (0..self.works.len()).map(WorkId)
    }

    fn work(&self, id: WorkId) -> &Work {
        &self.works[id.0]
    }

    /// Where the entry of a work stands.
    pub fn span(&self, id: WorkId) -> Span {
        self.work(id).span
    }

    /// The language of a work's entry; none where it is the book's own Chinese.
    pub fn language(&self, id: WorkId) -> Option<&str> {
        self.work(id).language.tag()
    }

    /// Where citations go by the style.
    pub fn stands(&self) -> Stands {
        let in_notes = match &self.style {
            Style::Gb(style) => match style.form {
                CitationForm::Notes => true,
                CitationForm::Numeric | CitationForm::AuthorDate => false,
            },
            Style::Csl(style) => style.is_in_notes(),
        };
        if in_notes { Stands::InNote } else { Stands::InText }
    }

    /// Sets citations, in their order, and the list of what they cite and of `more`.
    pub fn set(&self, citations: &[Citation], more: &[WorkId], sink: &mut Sink) -> Set {
        match &self.style {
            Style::Gb(style) => gb::set(self, *style, citations, more),
            Style::Csl(style) => style.set(self, citations, more, sink),
        }
    }

    /// Says what the entry of a work lacks.
    pub fn lacks(&self, id: WorkId) -> Option<Diagnostic> {
        let work = self.work(id);
        let lacks = match &self.style {
            Style::Gb(style) => gb::lacks(work, style.edition),
            // What other styles print of a work is theirs to say; each has a title.
            Style::Csl(_) => {
                let mut lacks = gb::lacks(work, GbEdition::Of2015);
                lacks.retain(|(_, field)| *field == "title");
                lacks
            }
        };
        if lacks.is_empty() {
            return None;
        }
        let items: List = lacks.iter().map(|(item, _)| *item).collect();
        let fields: List = lacks.iter().map(|(_, field)| format!("`{field}`")).collect();
        let message = message!("the entry `{key}` lacks {items}", key = work.key, items);
        let hint = message!("BibTeX has {fields} for it", fields);
        Some(Diagnostic::new(Code::IncompleteEntry, work.span, message).hint(hint))
    }
}

/// Says that a second entry has a key.
fn duplicate(key: &str, span: Span) -> Diagnostic {
    let message = message!("another entry has the key `{key}` already", key);
    Diagnostic::new(Code::DuplicateEntry, span, message).hint("give one of the two another key")
}
