//! Which notes a chapter has, in the order of their marks: those that it writes, and works that are
//! cited in notes.

use std::collections::BTreeMap;

use super::NoteId;
use super::cited::Works;
use super::walk::{self, Node};
use crate::diag::{Code, Diagnostic, Sink, Span, nearest};
use crate::manuscript::{Block, Chapter, Inline, Name, Note};
use crate::message;

/// The most characters of a note that Kobo's readers show beside the text.
const LONGEST: usize = 5_000;

/// The notes of a chapter that have a mark.
#[derive(Default)]
pub(super) struct Marked {
    /// The note that a name means.
    ids: BTreeMap<String, NoteId>,
    /// The note that the citation at a byte of the chapter becomes.
    cited: BTreeMap<u32, NoteId>,
    /// What each note says.
    pub notes: Vec<Said>,
}

/// What a note says.
#[derive(Clone, Copy)]
pub(super) enum Said {
    /// What is written at a place among the definitions.
    Written(usize),
    /// The works that the citation at a place names.
    Cited(Span),
}

/// The mark of a note, or a citation that becomes one.
enum Sign<'a> {
    Mark(&'a Name),
    Citation(Span),
}

/// Names are the same in capitals and small letters, as in the parser.
fn key(name: &Name) -> String {
    name.text.to_lowercase()
}

impl Marked {
    /// The note that a mark names.
    pub fn note(&self, name: &Name) -> Option<NoteId> {
        self.ids.get(&key(name)).copied()
    }

    /// The note that a citation becomes.
    pub fn citation(&self, span: Span) -> Option<NoteId> {
        self.cited.get(&span.start).copied()
    }

    /// The places of the notes that the chapter writes among their definitions.
    pub fn written(&self) -> impl Iterator<Item = usize> {
        self.notes.iter().filter_map(|said| match said {
            Said::Written(definition) => Some(*definition),
            Said::Cited(_) => None,
        })
    }

    /// Adds a note.
    fn add(&mut self, said: Said) -> NoteId {
        let id = NoteId(u32::try_from(self.notes.len()).unwrap_or(u32::MAX));
        self.notes.push(said);
        id
    }

    /// Finds the notes of `chapter`, and what is wrong with them.
    pub fn new(chapter: &Chapter, works: &Works, sink: &mut Sink) -> Self {
        let defined = definitions(&chapter.notes, sink);
        let mut marked = Self::default();
        for sign in signs(chapter, works) {
            let mark = match sign {
                Sign::Mark(mark) => mark,
                Sign::Citation(span) => {
                    let id = marked.add(Said::Cited(span));
                    marked.cited.insert(span.start, id);
                    continue;
                }
            };
            let key = key(mark);
            if marked.ids.contains_key(&key) {
                continue;
            }
            match defined.get(&key) {
                Some(&definition) => {
                    let id = marked.add(Said::Written(definition));
                    marked.ids.insert(key, id);
                }
                None => sink.report(missing(mark, &chapter.notes)),
            }
        }
        let inner = marks_in_notes(&chapter.notes);
        sink.report_all(inner.iter().map(|mark| {
            Diagnostic::new(Code::NoteInNote, mark.span, "a note cannot have a note of its own")
                .hint("move the words into the note itself")
        }));
        for (index, note) in chapter.notes.iter().enumerate() {
            let first = defined.get(&key(&note.name)) == Some(&index);
            let named_in_note = inner.iter().any(|mark| key(mark) == key(&note.name));
            if first && !named_in_note && marked.note(&note.name).is_none() {
                sink.report(unused(note));
            }
        }
        marked
    }
}

/// The place of each name's definition; a second one is reported.
fn definitions(notes: &[Note], sink: &mut Sink) -> BTreeMap<String, usize> {
    let mut defined: BTreeMap<String, usize> = BTreeMap::new();
    for (index, note) in notes.iter().enumerate() {
        match defined.get(&key(&note.name)) {
            Some(&first) => {
                let (line, _) = sink.sources.line_column(notes[first].name.span);
                let name = &note.name.text;
                let message =
                    message!("the note `{name}` is already there, on line {line}", name, line);
                let finding = Diagnostic::new(Code::DuplicateNote, note.name.span, message)
                    .hint("give one of the two another name");
                sink.report(finding);
            }
            None => {
                defined.insert(key(&note.name), index);
            }
        }
    }
    defined
}

/// The place of the note that a mark names among the definitions of a chapter.
pub(super) fn written_note(chapter: &Chapter, mark: &Name) -> Option<usize> {
    chapter.notes.iter().position(|note| key(&note.name) == key(mark))
}

/// The marks in a chapter's title and text, and the citations there that become notes, in order.
fn signs<'a>(chapter: &'a Chapter, works: &Works) -> Vec<Sign<'a>> {
    let mut signs = Vec::new();
    let mut visit = |node: Node<'a>| match node {
        Node::Inline(Inline::NoteMark(name)) => signs.push(Sign::Mark(name)),
        Node::Inline(Inline::Citation(citation)) if works.is_note(citation.span) => {
            signs.push(Sign::Citation(citation.span));
        }
        Node::Inline(_) | Node::Block(..) => {}
    };
    walk::inlines(&chapter.title.content, &mut visit);
    walk::blocks(&chapter.blocks, 0, &mut visit);
    signs
}

/// The marks in notes.
fn marks_in_notes(notes: &[Note]) -> Vec<&Name> {
    let mut marks = Vec::new();
    for note in notes {
        walk::blocks(&note.blocks, 0, &mut |node| marks.extend(mark(node)));
    }
    marks
}

/// The name in a mark.
fn mark(node: Node<'_>) -> Option<&Name> {
    match node {
        Node::Inline(Inline::NoteMark(name)) => Some(name),
        Node::Inline(_) | Node::Block(..) => None,
    }
}

/// Tells which notes of a chapter e-readers do not show beside the text.
pub(super) fn too_long(chapter: &Chapter, sink: &mut Sink) {
    for note in &chapter.notes {
        let mut characters = 0;
        walk::blocks(&note.blocks, 0, &mut |node| characters += length(node));
        if characters > LONGEST {
            let message = message!(
                "the note `{note}` has {characters} characters",
                note = note.name.text,
                characters
            );
            let finding = Diagnostic::new(Code::LongNote, note.name.span, message);
            sink.report(finding.hint(message!(
                "e-readers open a note beside the text up to {most}: move some of it into the text",
                most = LONGEST
            )));
        }
    }
}

/// How many characters stand in one thing itself.
fn length(node: Node<'_>) -> usize {
    match node {
        Node::Inline(Inline::Text(run) | Inline::Code(run)) => run.text.chars().count(),
        Node::Block(Block::Code { text, .. }, _) => text.text.chars().count(),
        Node::Inline(_) | Node::Block(..) => 0,
    }
}

/// Says that a mark has no note.
fn missing(mark: &Name, notes: &[Note]) -> Diagnostic {
    let name = &mark.text;
    let message = message!("there is no note `{name}` in this file", name);
    let finding = Diagnostic::new(Code::MissingNote, mark.span, message);
    match nearest(name, notes.iter().map(|note| note.name.text.as_str())) {
        Some(near) => finding.hint(message!("did you mean `[^{near}]`?", near)),
        None => finding.hint(message!("write it in a paragraph of its own: `[^{name}]: …`", name)),
    }
}

/// Says that a note has no mark.
fn unused(note: &Note) -> Diagnostic {
    let name = &note.name.text;
    let message = message!("no mark names the note `{name}`; it is left out", name);
    Diagnostic::new(Code::UnusedNote, note.name.span, message)
        .hint(message!("put `[^{name}]` where it belongs, or delete it", name))
}
