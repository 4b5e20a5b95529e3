//! `[index]` and `[glossary]`: how the book is looked up.

use std::collections::BTreeMap;

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{IndexChoice, Located, TermLinks};
use crate::script::{Order, Rules};

impl Reader<'_> {
    /// The choices for the index of a book in a language.
    pub fn index(&mut self, index: raw::Index, rules: &Rules) -> IndexChoice {
        let choices = [("pinyin", Order::Pinyin), ("strokes", Order::Strokes)];
        let order = index.sort.and_then(|given| self.choose("sort", &given, &choices));
        let also = index.also.into_iter().flat_map(|(from, to)| {
            let pair = move |to| (from.clone(), to);
            to.into_iter().map(pair)
        });
        let also: Vec<(String, Text)> = also.collect();
        IndexChoice {
            order: order.unwrap_or(rules.order),
            see: self.entry_pairs("see", index.see),
            also: also.into_iter().map(|(from, to)| (from, self.entry_words("also", to))).collect(),
            readings: self.entry_pairs("readings", index.readings),
        }
    }

    /// What is said of entries.
    fn entry_pairs(
        &mut self,
        key: &str,
        given: BTreeMap<String, Text>,
    ) -> Vec<(String, Located<String>)> {
        given.into_iter().map(|(from, to)| (from, self.entry_words(key, to))).collect()
    }

    fn entry_words(&mut self, key: &str, given: Text) -> Located<String> {
        let span = self.span(given.span());
        Located { value: self.filled(key, given), span }
    }

    /// Which words lead to the glossary.
    pub fn glossary(&mut self, glossary: raw::Glossary) -> TermLinks {
        let choices = [("first", TermLinks::First), ("none", TermLinks::None)];
        let links = glossary.links.and_then(|given| self.choose("links", &given, &choices));
        links.unwrap_or_default()
    }
}
