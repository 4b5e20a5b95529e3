//! Marks of the index: `[大模型]{.index}`, `[]{index="竞赛" range=start}`.

use std::ops::Range;

use super::parse::Parser;
use super::{IndexMark, Inline, Reach, Text, attributes};
use crate::diag::{Code, Diagnostic, Message};
use crate::message;

/// The most levels of entries.
const MOST_LEVELS: usize = 3;
/// What parts entries, and an entry from that above it.
const BETWEEN_ENTRIES: [char; 2] = [';', '；'];
const BETWEEN_LEVELS: [char; 2] = ['!', '！'];

/// Whether a word of an attribute block speaks of the index.
pub(super) fn is_word(word: &str) -> bool {
    let has = |key| attributes::value(word, key).is_some();
    word == ".index" || has("index") || has("sort") || has("range")
}

/// Whether an attribute block, braces and all, names entries: it needs no words before it.
pub(super) fn is_place(block: &str) -> bool {
    let words = attributes::words(block, 1..block.len() - 1);
    words.into_iter().any(|word| attributes::value(&block[word], "index").is_some())
}

impl Parser<'_> {
    /// What the block at `range` of the source says of the index, after the words `content`.
    pub(super) fn index_mark(
        &mut self,
        content: &[Inline],
        range: Range<usize>,
    ) -> Option<IndexMark> {
        let mut entries = Vec::new();
        let (mut sort, mut reach, mut named) = (None, Reach::Here, false);
        for place in attributes::words(self.text, range.start + 1..range.end - 1) {
            let word = &self.text[place.clone()];
            if word == ".index" {
                entries.extend(self.entry(vec![said(content)], &place));
                named = true;
            } else if let Some(value) = attributes::value(word, "index") {
                for entry in value.split(BETWEEN_ENTRIES) {
                    let levels = entry.split(BETWEEN_LEVELS).map(str::to_owned).collect();
                    entries.extend(self.entry(levels, &place));
                }
                named = true;
            } else if let Some(value) = attributes::value(word, "sort") {
                let span = self.span(self.locate_last(value, &place));
                sort = Some((Text { text: value.to_owned(), span }, place));
            } else if let Some(value) = attributes::value(word, "range") {
                reach = self.reach(value, &place);
            }
        }
        if let (false, Some((_, place))) = (named, &sort) {
            let hint = "write it beside `.index` or `index=\"…\"`";
            self.no_entry("`sort` belongs to an entry of the index", hint, place.clone());
        }
        let span = self.span(range);
        let sort = sort.map(|(sort, _)| sort);
        (!entries.is_empty()).then_some(IndexMark { entries, sort, reach, span })
    }

    /// An entry with those above it.
    fn entry(&mut self, levels: Vec<String>, place: &Range<usize>) -> Option<Vec<String>> {
        let levels: Vec<String> = levels.iter().map(|level| level.trim().to_owned()).collect();
        if levels.iter().any(String::is_empty) {
            let hint = "write `index=\"词条\"`, or `[词条]{.index}` where the words are the entry";
            self.no_entry("an entry of the index says nothing", hint, place.clone());
            return None;
        }
        if levels.len() > MOST_LEVELS {
            let message =
                message!("this entry of the index has {levels} levels", levels = levels.len());
            self.no_entry(message, "an index has three at most", place.clone());
            return None;
        }
        Some(levels)
    }

    /// Which end of a longer place it is.
    fn reach(&mut self, value: &str, place: &Range<usize>) -> Reach {
        match value {
            "start" => Reach::Start,
            "end" => Reach::End,
            _ => {
                let message = message!("a place of the index has no `{value}`", value);
                self.no_entry(message, "write `range=start` or `range=end`", place.clone());
                Reach::Here
            }
        }
    }

    /// Reports a mark that makes no sense.
    fn no_entry(&mut self, message: impl Into<Message>, hint: &'static str, place: Range<usize>) {
        let finding = Diagnostic::new(Code::BadEntry, self.span(place), message).hint(hint);
        self.findings.report(finding);
    }
}

/// The characters of inlines.
fn said(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.text.clone(),
        inline => said(inline.content()),
    };
    inlines.iter().map(one).collect()
}
