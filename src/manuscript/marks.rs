//! Marks on words: `[孔子]{.name}`, `[直]{lang=ja}`, `{汉字|hàn zì}`.
//!
//! The parser knows none of them and gives their signs as text. They are looked for among the
//! inlines of one level, so that a mark and emphasis lie inside each other or apart, as emphasis and
//! links do. A sign after a backslash, or one that nothing answers, stays as it is.

use std::ops::Range;

use super::parse::Parser;
use super::{Inline, Name, Text, attributes, index};
use crate::diag::{Code, Diagnostic, Span, nearest};
use crate::message;
use crate::script::{self, is_cjk};

/// The classes of words.
const CLASSES: [&str; 5] = [".name", ".book", ".dot", ".gloss", ".index"];

/// A mark that is put on words.
enum Mark {
    Name,
    Title,
    Dotted,
    Gloss,
    Foreign(Name),
    Abbreviation(Text),
}

impl Mark {
    fn wrap(self, content: Vec<Inline>) -> Inline {
        match self {
            Self::Name => Inline::Name(content),
            Self::Title => Inline::Title(content),
            Self::Dotted => Inline::Dotted(content),
            Self::Gloss => Inline::Gloss(content),
            Self::Foreign(language) => Inline::Foreign { language, content },
            Self::Abbreviation(expansion) => Inline::Abbreviation { expansion, content },
        }
    }
}

/// The most brackets that wait for their answer: more than any line has.
const MOST_OPEN: usize = 64;

/// The inlines of a level while their marks are looked for.
#[derive(Default)]
struct Row {
    inlines: Vec<Inline>,
    /// Which of them are brackets that wait for their answer.
    brackets: Vec<usize>,
    /// The last brace, while it waits for its own.
    brace: Option<Brace>,
}

/// The `{` of a ruby.
struct Brace {
    /// Which of the inlines it is.
    at: usize,
    /// Which of them is the `|` after it.
    bar: Option<usize>,
}

impl Row {
    fn open_bracket(&mut self, sign: Option<Inline>) {
        if self.brackets.len() == MOST_OPEN {
            self.brackets.clear();
        }
        self.brackets.push(self.inlines.len());
        self.inlines.extend(sign);
    }

    fn open_brace(&mut self, sign: Option<Inline>) {
        self.brace = Some(Brace { at: self.inlines.len(), bar: None });
        self.inlines.extend(sign);
    }

    fn bar(&mut self, sign: Option<Inline>) {
        if let Some(Brace { bar: bar @ None, .. }) = &mut self.brace {
            *bar = Some(self.inlines.len());
        }
        self.inlines.extend(sign);
    }

    /// Takes the last bracket; a brace after it is answered by nothing.
    fn answer_bracket(&mut self) -> Option<usize> {
        let at = self.brackets.pop()?;
        self.brace.take_if(|brace| brace.at > at);
        Some(at)
    }

    /// Whether the last inline is a link that ends at byte `at` of the source.
    fn ends_with_link(&self, at: usize) -> bool {
        matches!(self.inlines.last(), Some(Inline::Link { span, .. }) if span.range().end == at)
    }

    /// Takes the last brace, if a `|` stands after it; brackets between are answered by nothing.
    fn answer_brace(&mut self) -> Option<(usize, usize)> {
        let Brace { at, bar } = self.brace.take()?;
        while self.brackets.pop_if(|bracket| *bracket > at).is_some() {}
        Some((at, bar?))
    }
}

impl Parser<'_> {
    /// Finds the marks among the inlines of one level.
    pub(super) fn marked(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let has_brace =
            |inline: &Inline| matches!(inline, Inline::Text(text) if text.text.contains('{'));
        if self.is_too_deep() || !inlines.iter().any(has_brace) {
            return inlines;
        }
        let mut row = Row::default();
        for inline in inlines {
            match inline {
                // Every byte has its place, so that escapes can be seen.
                Inline::Text(text) if text.text.len() == text.span.range().len() => {
                    self.signs(&text, &mut row);
                }
                other => row.inlines.push(other),
            }
        }
        joined(row.inlines)
    }

    /// Looks for signs in a text.
    fn signs(&mut self, text: &Text, row: &mut Row) {
        let mut done = 0;
        while let Some(found) = text.text[done..].find(['[', ']', '{', '|', '}']) {
            let at = done + found;
            row.inlines.extend(part(text, done..at));
            done = at + 1;
            let sign = part(text, at..done);
            // In a table a `|` is written with a backslash.
            let escaped = self.is_escaped(text.span.start as usize + at);
            match text.text.as_bytes()[at] {
                b'|' => row.bar(sign),
                _ if escaped => row.inlines.extend(sign),
                b'[' => row.open_bracket(sign),
                b'{' => match block(&text.text[at..]) {
                    Some(length) if row.ends_with_link(text.span.start as usize + at) => {
                        let start = text.span.start as usize + at;
                        self.link_words(start..start + length, row);
                        done = at + length;
                    }
                    _ => row.open_brace(sign),
                },
                b']' => match (row.answer_bracket(), block(&text.text[done..])) {
                    // Without words, only a place can be meant.
                    (Some(open), Some(length))
                        if open + 1 < row.inlines.len()
                            || index::is_place(&text.text[done..done + length]) =>
                    {
                        let start = text.span.start as usize + done;
                        self.words(open, start..start + length, row);
                        done += length;
                    }
                    _ => row.inlines.extend(sign),
                },
                _ => match row.answer_brace() {
                    Some((open, bar)) => self.ruby(open, bar, sign, row),
                    None => row.inlines.extend(sign),
                },
            }
        }
        row.inlines.extend(part(text, done..text.text.len()));
    }

    /// Whether the character at byte `at` of the source stands after a backslash that is none itself.
    fn is_escaped(&self, at: usize) -> bool {
        let before = self.text[..at].bytes().rev();
        before.take_while(|&byte| byte == b'\\').count() % 2 == 1
    }

    /// Puts the marks that the block at `range` of the source names on the words since the bracket
    /// `open`.
    fn words(&mut self, open: usize, range: Range<usize>, row: &mut Row) {
        let mut content = joined(row.inlines.split_off(open + 1));
        row.inlines.pop();
        if let Some(mark) = self.index_mark(&content, range.clone())
            && self.has_room(&content, range.clone())
        {
            content = vec![Inline::Indexed { mark: Box::new(mark), content }];
        }
        for mark in self.mark_names(range.start + 1..range.end - 1) {
            if !self.has_room(&content, range.clone()) {
                break;
            }
            content = vec![mark.wrap(content)];
        }
        row.inlines.extend(content);
    }

    /// Puts on the link before it what the block at `range` of the source says.
    fn link_words(&mut self, range: Range<usize>, row: &mut Row) {
        for place in attributes::words(self.text, range.start + 1..range.end - 1) {
            let word = &self.text[place.clone()];
            let hint = match (word, row.inlines.pop()) {
                (".page", Some(Inline::Link { target, span, content })) if content.is_empty() => {
                    row.inlines.push(Inline::PageOf { target, span });
                    continue;
                }
                (".page", last) => {
                    row.inlines.extend(last);
                    "a page has no words of its own: `[](#id){.page}`"
                }
                (_, last) => {
                    row.inlines.extend(last);
                    "links take `.page`"
                }
            };
            let message = message!("`{word}` means nothing here", word);
            let finding = Diagnostic::new(Code::UnknownAttribute, self.span(place), message);
            self.findings.report(finding.hint(hint));
        }
    }

    /// The marks that the words at `range` of the source name.
    fn mark_names(&mut self, range: Range<usize>) -> Vec<Mark> {
        let words = attributes::words(self.text, range).into_iter();
        words
            .filter(|place| !index::is_word(&self.text[place.clone()]))
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|place| self.mark_name(place))
            .collect()
    }

    /// The mark that the word at `place` of the source names.
    fn mark_name(&mut self, place: Range<usize>) -> Option<Mark> {
        let word = &self.text[place.clone()];
        if let Some(expansion) = attributes::value(word, "abbr") {
            let span = self.span(self.locate_last(expansion, &place));
            return Some(Mark::Abbreviation(Text { text: expansion.to_owned(), span }));
        }
        let tag = attributes::value(word, "lang");
        match (word, tag) {
            (".name", _) => Some(Mark::Name),
            (".book", _) => Some(Mark::Title),
            (".dot", _) => Some(Mark::Dotted),
            (".gloss", _) => Some(Mark::Gloss),
            (_, Some(tag)) if script::is_tag(tag) => {
                let span = self.span(self.locate_last(tag, &place));
                Some(Mark::Foreign(Name { text: tag.to_owned(), span }))
            }
            (_, Some(tag)) => {
                let message = message!("`{tag}` is no language tag", tag);
                let finding = Diagnostic::new(Code::UnknownAttribute, self.span(place), message)
                    .hint("write `lang=ja`, `lang=zh-Hant`, `lang=en` or the like");
                self.findings.report(finding);
                None
            }
            (_, None) => {
                let message = message!("`{word}` means nothing here", word);
                let mut finding =
                    Diagnostic::new(Code::UnknownAttribute, self.span(place), message);
                if let Some(near) = nearest(word, CLASSES) {
                    finding = finding.hint(message!("did you mean `{near}`?", near));
                }
                self.findings.report(finding.hint(
                    "words take `.name`, `.book`, `.dot`, `.gloss`, `.index`, `index=\"…\"`, \
                     `abbr=\"…\"` and `lang=…`",
                ));
                None
            }
        }
    }

    /// Makes a ruby of what stands since the brace `open` and the `bar`, if it is one: hanzi, kana or
    /// hangul below and plain characters above. `end` is the closing sign.
    fn ruby(&mut self, open: usize, bar: usize, end: Option<Inline>, row: &mut Row) {
        let base = &row.inlines[open + 1..bar];
        let sound = base.iter().all(is_base) && base.iter().any(has_cjk);
        match text_of(&row.inlines[bar + 1..]).filter(|_| sound) {
            Some(reading) if self.has_room(base, reading.span.range()) => {
                row.inlines.truncate(bar);
                let base = joined(row.inlines.split_off(open + 1));
                row.inlines.pop();
                row.inlines.push(Inline::Ruby { base, reading });
            }
            _ => row.inlines.extend(end),
        }
    }
}

/// The length of the block that `text` begins with, if every word of it is an attribute.
fn block(text: &str) -> Option<usize> {
    let body = text.strip_prefix('{')?;
    // No further than the next sign, so that looking for blocks takes no longer than reading.
    let end = body.find(['[', ']', '{', '}']).filter(|&end| body[end..].starts_with('}'))?;
    let is_attribute = |word: &str| word.starts_with(['.', '#']) || word.contains('=');
    let words = attributes::words(&body[..end], 0..end);
    let sound = words.iter().all(|word| is_attribute(&body[word.clone()]));
    (!words.is_empty() && sound).then_some(end + 2)
}

/// A part of a text; none when it is empty.
fn part(text: &Text, range: Range<usize>) -> Option<Inline> {
    if range.is_empty() {
        return None;
    }
    let start = text.span.start as usize;
    let span = Span::new(text.span.source, start + range.start..start + range.end);
    Some(Inline::Text(Text { text: text.text[range].to_owned(), span }))
}

/// The characters of inlines that are all text, if they say anything.
fn text_of(inlines: &[Inline]) -> Option<Text> {
    let mut whole: Option<Text> = None;
    for inline in inlines {
        let Inline::Text(text) = inline else { return None };
        match &mut whole {
            None => whole = Some(text.clone()),
            Some(whole) => {
                whole.text.push_str(&text.text);
                whole.span.end = text.span.end;
            }
        }
    }
    whole.filter(|whole| !whole.text.trim().is_empty())
}

/// Whether a reading can stand over an inline.
fn is_base(inline: &Inline) -> bool {
    match inline {
        Inline::Text(_) => true,
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strike(content)
        | Inline::Name(content)
        | Inline::Title(content)
        | Inline::Dotted(content)
        | Inline::Foreign { content, .. }
        | Inline::Abbreviation { content, .. }
        | Inline::Indexed { content, .. }
        | Inline::Link { content, .. } => content.iter().all(is_base),
        Inline::Subscript(_)
        | Inline::Superscript(_)
        | Inline::Gloss(_)
        | Inline::Ruby { .. }
        | Inline::Code(_)
        | Inline::PageOf { .. }
        | Inline::Image { .. }
        | Inline::NoteMark(_)
        | Inline::Citation(_)
        | Inline::Break => false,
    }
}

/// Whether an inline that [`is_base`] holds a hanzi, kana or hangul.
fn has_cjk(inline: &Inline) -> bool {
    if let Inline::Text(text) = inline {
        return text.text.contains(is_cjk);
    }
    inline.content().iter().any(has_cjk)
}

/// The same inlines, with texts that follow each other in the source as one.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (joined.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text))
                if before.span.end == text.span.start && is_exact(before) && is_exact(&text) =>
            {
                before.text.push_str(&text.text);
                before.span.end = text.span.end;
            }
            (_, inline) => joined.push(inline),
        }
    }
    joined
}

/// Whether every byte of a text is the byte at its place.
fn is_exact(text: &Text) -> bool {
    text.text.len() == text.span.range().len()
}
