//! The report on an import, in plain words.

use super::article::{Fate, Remark};
use crate::diag::{List, Message};
use crate::message;

/// What became of all that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The file for its words, in the book's folder.
    pub path: String,
    /// Source by source.
    pub(super) told: Vec<Told>,
    /// What became of `book.toml`.
    pub(super) manifest: Vec<Remark>,
}

/// What is told of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What the user calls it.
    pub shown: String,
    /// The paths of the chapters that it became.
    pub chapters: Vec<String>,
    /// What was done.
    pub remarks: Vec<Remark>,
}

/// The order in which the report tells, and its words.
const FATES: [(Fate, &str); 5] = [
    (Fate::Wanted, "pictures to be supplied"),
    (Fate::Guessed, "guessed: please look"),
    (Fate::Left, "left out of the book"),
    (Fate::Cleaned, "cleaned"),
    (Fate::Taken, "taken"),
];

impl Report {
    /// The report in the language of `say`: source by source, and then `book.toml`.
    pub fn text(&self, say: impl Fn(&Message) -> String) -> String {
        let mut text = String::new();
        for Told { shown, chapters, remarks } in &self.told {
            let chapters: List = chapters.iter().collect();
            text += &say(&message!("{shown} → {chapters}", shown = *shown, chapters));
            text.push('\n');
            text += &by_fate(remarks, &say);
            text.push('\n');
        }
        if !self.manifest.is_empty() {
            text += "book.toml\n";
            text += &by_fate(&self.manifest, &say);
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
        text + "\n"
    }
}

fn by_fate(remarks: &[Remark], say: &impl Fn(&Message) -> String) -> String {
    let mut text = String::new();
    for (fate, title) in FATES {
        let mut of_fate = remarks.iter().filter(|remark| remark.fate == fate).peekable();
        if of_fate.peek().is_some() {
            text += &format!("  {}\n", say(&title.into()));
        }
        for remark in of_fate {
            text += &format!("    {}\n", say(&with_words(remark)));
        }
    }
    text
}

/// What was done, and to which words.
fn with_words(Remark { what, words, .. }: &Remark) -> Message {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = what.clone();
    if words.is_empty() { what } else { message!("{what}: “{words}”", what, words) }
}
