//! Attribute blocks: `{#id source="…" author="…"}` after a figure or a table's caption.

use std::ops::Range;

use super::parse::Parser;
use super::{Attributes, Name, Text};
use crate::diag::{Code, Diagnostic};
use crate::manifest::is_address;
use crate::message;

/// What values are put between.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// What a block on a link says.
const LINK: &str = ".page";

/// Where the attribute block at the end of `text` starts, if there is one. The block of a mark, as in
/// `[孔子]{.name}`, or of a link, as in `[](#a){.page}`, and a reading, as in `{汉字|hàn zì}`, are parts of
/// the text.
pub(super) fn trailing(text: &str) -> Option<usize> {
    let body = text.trim_end().strip_suffix('}')?;
    let mut quoted = false;
    let mut barred = false;
    let start = body.char_indices().rev().find_map(|(at, c)| {
        quoted ^= c == '"';
        barred |= c == '|' && !quoted;
        (c == '{' && !quoted).then_some(at)
    })?;
    let of_words = body[..start].ends_with(']');
    let of_link = body[..start].ends_with(')') && body[start + 1..].trim() == LINK;
    (!barred && !of_words && !of_link).then_some(start)
}

impl Parser<'_> {
    /// Reads the attribute block at `range` of the source, braces and all.
    pub(super) fn attributes(&mut self, range: Range<usize>) -> Attributes {
        let mut attributes = Attributes::default();
        for place in words(self.text, range.start + 1..range.end - 1) {
            self.attribute(place, &mut attributes);
        }
        attributes
    }

    /// Reads one word of an attribute block.
    fn attribute(&mut self, place: Range<usize>, attributes: &mut Attributes) {
        let word = &self.text[place.clone()];
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            attributes.id = Some(Name { text: id.into(), span: self.span(place) });
            return;
        }
        let field = word.split_once('=').and_then(|(name, value)| {
            let field = match name {
                "source" => &mut attributes.source,
                name => attributes.credit.field(name)?,
            };
            Some((
                name,
                field,
                name.len() + 1 + value.len() - value.trim_start_matches(QUOTES).len(),
            ))
        });
        if let Some((name, field, lead)) = field {
            let value = word[lead..].trim_end_matches(QUOTES);
            let start = place.start + lead;
            let span = self.span(start..start + value.len());
            let is_address = name != "url" || is_address(value);
            *field = Some(Text { text: value.replace(['\n', '\r'], " "), span });
            if !is_address {
                let message = message!("`{value}` is not an address on the web", value);
                let finding = Diagnostic::new(Code::BadValue, span, message);
                self.findings.report(finding.hint("it begins with `https://` or `http://`"));
            }
        } else {
            let message = message!("`{word}` means nothing here", word);
            let finding = Diagnostic::new(Code::UnknownAttribute, self.span(place), message).hint(
                "figures and tables take `#id` and `source=\"…\"`, figures also `author`, \
                     `title`, `licence`, `url` and `permission`",
            );
            self.findings.report(finding);
        }
    }
}

impl Parser<'_> {
    /// Reports what is said of the origin of a picture where none stands.
    pub(super) fn without_picture(&mut self, attributes: &Attributes) {
        for (name, text) in attributes.credit.said() {
            let message = message!("`{name}` means nothing here", name);
            let finding = Diagnostic::new(Code::UnknownAttribute, text.span, message)
                .hint("tables take `#id` and `source=\"…\"`");
            self.findings.report(finding);
        }
    }
}

/// The value of `word`, where it is `key="value"`, with or without quotes.
pub(super) fn value<'a>(word: &'a str, key: &str) -> Option<&'a str> {
    let value = word.strip_prefix(key)?.strip_prefix('=')?;
    Some(value.trim_matches(QUOTES))
}

/// The words in the stretch `range` of `text`.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = range.start;
    while let Some(word) = word(&text[at..range.end]) {
        words.push(at + word.start..at + word.end);
        at += word.end;
    }
    words
}

/// The first word of `text`; white space between quotes is part of it.
fn word(text: &str) -> Option<Range<usize>> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let mut quoted = false;
    let length = text[start..].find(|c: char| {
        quoted = match c {
            '"' => !quoted,
            '“' => true,
            '”' => false,
            _ => quoted,
        };
        c.is_whitespace() && !quoted
    });
    Some(start..length.map_or(text.len(), |length| start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_at_the_end_is_found_past_braces_in_quotes() {
        assert_eq!(trailing("题 {#a source=\"{x}\"} "), Some(4));
        assert_eq!(trailing("题 {a} b"), None);
        assert_eq!(trailing("}"), None);
    }

    #[test]
    fn what_belongs_to_the_words_is_no_attribute_block() {
        assert_eq!(trailing("论[史记]{.book}"), None);
        assert_eq!(trailing("论[史记]{.book} {#a}"), Some(19));
        assert_eq!(trailing("见[](#b){.page}"), None);
        assert_eq!(trailing("题(注){#a}"), Some(8));
        assert_eq!(trailing("{汉字|hàn zì}"), None);
        assert_eq!(trailing("题 {source=\"a|b\"}"), Some(4));
    }

    #[test]
    fn words_keep_what_is_quoted() {
        let text = " #a  source=\"b c\"";
        let first = word(text).unwrap();
        assert_eq!(&text[first.clone()], "#a");
        assert_eq!(&text[first.end..][word(&text[first.end..]).unwrap()], "source=\"b c\"");
    }
}
