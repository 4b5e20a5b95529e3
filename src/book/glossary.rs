//! The glossary: which words of the text lead to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{AnchorId, Block, Chapter, Inline, Purpose, Text, plain};
use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::manifest::TermLinks;
use crate::message;

/// Has the first use of each term in each chapter lead to where the glossary explains it, where that is
/// wanted. Headings, captions, tables, notes and the titles of works stay as they are.
pub(super) fn link(links: TermLinks, chapters: &mut [Chapter], sink: &mut Sink) {
    let terms = Terms::new(chapters, sink);
    if links == TermLinks::None || terms.0.is_empty() {
        return;
    }
    for chapter in chapters.iter_mut().filter(|chapter| chapter.purpose == Purpose::Text) {
        Linker { terms: &terms, met: BTreeSet::new(), titles: 0 }.blocks(&mut chapter.blocks);
    }
}

/// The terms that the glossary explains, by their first characters; longer ones before those that they
/// begin with.
#[derive(Default)]
struct Terms(BTreeMap<char, Vec<(String, AnchorId)>>);

impl Terms {
    /// Those of all chapters that are glossaries; a second explanation is reported.
    fn new(chapters: &[Chapter], sink: &mut Sink) -> Self {
        let mut terms = Self::default();
        for chapter in chapters.iter().filter(|chapter| chapter.purpose == Purpose::Glossary) {
            terms.blocks(&chapter.blocks, sink);
        }
        for alike in terms.0.values_mut() {
            alike.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        terms
    }

    fn blocks(&mut self, blocks: &[Block], sink: &mut Sink) {
        for definition in blocks.iter().flat_map(definitions) {
            let words = plain::resolved(&definition.term);
            let (Some(anchor), Some(first)) = (definition.anchor, words.chars().next()) else {
                continue;
            };
            let alike = self.0.entry(first).or_default();
            if alike.iter().all(|(known, _)| *known != words) {
                alike.push((words, anchor));
                continue;
            }
            let message = message!("the glossary explains `{words}` twice", words);
            let twice = |span| {
                Diagnostic::new(Code::DuplicateTerm, span, message)
                    .hint("put both explanations under one term")
            };
            sink.report_all(place(&definition.term).map(twice));
        }
    }

    /// The longest term that a text begins with, in bytes, and where it is explained. `before` stands
    /// before the text: a word of letters is met whole or not at all.
    fn at(&self, text: &str, before: Option<char>) -> Option<(usize, AnchorId)> {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
        let first = text.chars().next();
        let alike = self.0.get(&first?)?;
        alike.iter().find_map(|(words, anchor)| {
            let after = text.strip_prefix(words.as_str())?.chars().next();
            let starts_inside = is_letter(before) && is_letter(first);
            let ends_inside = is_letter(words.chars().next_back()) && is_letter(after);
            (!starts_inside && !ends_inside).then_some((words.len(), *anchor))
        })
    }
}

/// The definitions of a block.
fn definitions(block: &Block) -> &[super::Definition] {
    match block {
        Block::Definitions(definitions) => definitions,
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Quote(_)
        | Block::List(_)
        | Block::Code { .. }
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Index(_)
        | Block::References(_)
        | Block::Divider => &[],
    }
}

/// Where the first text of inlines stands.
fn place(inlines: &[Inline]) -> Option<Span> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => Some(text.span),
        inline => place(inline.content()),
    })
}

/// Makes the links of a chapter.
struct Linker<'a> {
    terms: &'a Terms,
    met: BTreeSet<AnchorId>,
    /// How many 《 are open.
    titles: usize,
}

impl Linker<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) => {
                    self.titles = 0;
                    self.inlines(content);
                }
                Block::Quote(inner) => self.blocks(inner),
                Block::List(list) => {
                    list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
                }
                Block::Definitions(definitions) => {
                    let bodies = definitions.iter_mut().flat_map(|it| &mut it.bodies);
                    bodies.for_each(|body| self.blocks(body));
                }
                Block::Heading(_)
                | Block::Code { .. }
                | Block::Figure(_)
                | Block::Table(_)
                | Block::Index(_)
                | Block::References(_)
                | Block::Divider => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut linked = Vec::with_capacity(inlines.len());
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Text(text) => {
                    self.text(text, &mut linked);
                    continue;
                }
                Inline::Emphasis(_, content)
                | Inline::Strong(content)
                | Inline::Name(content)
                | Inline::Abbreviation { content, .. } => self.inlines(content),
                // A link holds no other, and the rest is set by its own rules.
                Inline::Title(_)
                | Inline::Strike(_)
                | Inline::Subscript(_)
                | Inline::Superscript(_)
                | Inline::Gloss(_)
                | Inline::Foreign { .. }
                | Inline::Ruby { .. }
                | Inline::Term { .. }
                | Inline::Code(_)
                | Inline::Link { .. }
                | Inline::Anchor(_)
                | Inline::PageOf { .. }
                | Inline::Image { .. }
                | Inline::NoteMark(_)
                | Inline::Break => {}
            }
            linked.push(inline);
        }
        *inlines = linked;
    }

    /// Divides a text at the terms that it is the first to use.
    fn text(&mut self, text: &Text, linked: &mut Vec<Inline>) {
        let mut done = 0;
        let mut at = 0;
        // Where a byte of the text has no place of its own, page breaks could not be told apart.
        let exact = text.text.len() == text.span.range().len();
        while exact && let Some(c) = text.text[at..].chars().next() {
            let before = text.text[..at].chars().next_back();
            self.titles = match c {
                '《' => self.titles + 1,
                '》' => self.titles.saturating_sub(1),
                _ => self.titles,
            };
            if self.titles > 0 {
                at += c.len_utf8();
                continue;
            }
            match self.terms.at(&text.text[at..], before) {
                Some((length, anchor)) => {
                    if self.met.insert(anchor) {
                        linked.extend(part(text, done, at));
                        done = at + length;
                        let content = part(text, at, done).into_iter().collect();
                        linked.push(Inline::Term { anchor, content });
                    }
                    at += length;
                }
                None => at += c.len_utf8(),
            }
        }
        linked.extend(part(text, done, text.text.len()));
    }
}

/// A part of a text; none where it is empty.
fn part(text: &Text, start: usize, end: usize) -> Option<Inline> {
    let first = text.span.start as usize;
    let words =
        text.text.get(start..end).filter(|words| !words.is_empty() || text.text.is_empty())?;
    let whole = start == 0 && end == text.text.len();
    let span = match whole {
        true => text.span,
        false => Span::new(text.span.source, first + start..first + end),
    };
    Some(Inline::Text(Text { text: words.to_owned(), span }))
}
