//! Readings given to what they stand over.

use super::{Inline, Text};
use crate::diag::Span;
use crate::script::{Class, class};

/// What parts readings.
const BETWEEN: [char; 3] = [' ', '|', '\u{3000}'];

/// `base` with its reading: as many readings, parted by spaces or `|`, as it has characters go one to
/// each, so that a line may end between them; otherwise all of it has one (clreq 3.3.2, jlreq 3.3.1).
pub(super) fn spread(base: Vec<Inline>, reading: &Text) -> Vec<Inline> {
    let count: usize = base.iter().map(characters).sum();
    let readings = words(reading);
    if count > 1 && readings.len() == count {
        return one_to_each(base, &mut readings.into_iter());
    }
    let text = reading.text.trim_matches(BETWEEN);
    let start = reading.text.len() - reading.text.trim_start_matches(BETWEEN).len();
    let reading = Text { text: text.replace('|', " "), ..part(reading, start, text) };
    vec![Inline::Ruby { base, reading }]
}

/// The readings in a text.
fn words(reading: &Text) -> Vec<Text> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in reading.text.split_inclusive(BETWEEN) {
        let word = piece.trim_end_matches(BETWEEN);
        if !word.is_empty() {
            words.push(part(reading, at, word));
        }
        at += piece.len();
    }
    words
}

/// A part of a text that begins at byte `start`, with its place.
fn part(whole: &Text, start: usize, text: &str) -> Text {
    let exact = whole.text.len() == whole.span.range().len();
    let place = whole.span.start as usize + start;
    let span = match exact {
        true => Span::new(whole.span.source, place..place + text.len()),
        false => whole.span,
    };
    Text { text: text.to_owned(), span }
}

/// Whether a reading goes with `c`: no mark, no space, nothing that belongs to the character before.
fn is_read(c: char) -> bool {
    let class = class(c);
    !class.is_mark() && !matches!(class, Class::Space | Class::Combining | Class::MiddleDot)
}

/// How many characters of an inline have readings.
fn characters(inline: &Inline) -> usize {
    if let Inline::Text(text) = inline {
        return text.text.chars().filter(|&c| is_read(c)).count();
    }
    inline.content().iter().map(characters).sum()
}

/// The same inlines with the next of `readings` over each character.
fn one_to_each(base: Vec<Inline>, readings: &mut dyn Iterator<Item = Text>) -> Vec<Inline> {
    let mut resolved = Vec::with_capacity(base.len());
    for mut inline in base {
        match &mut inline {
            Inline::Text(text) => {
                over_characters(text, readings, &mut resolved);
                continue;
            }
            Inline::Emphasis(_, content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content)
            | Inline::Name(content)
            | Inline::Title(content)
            | Inline::Gloss(content)
            | Inline::Foreign { content, .. }
            | Inline::Abbreviation { content, .. }
            | Inline::Term { content, .. }
            | Inline::Ruby { base: content, .. }
            | Inline::Link { content, .. } => {
                *content = one_to_each(std::mem::take(content), readings);
            }
            Inline::Code(_)
            | Inline::Anchor(_)
            | Inline::PageOf { .. }
            | Inline::Image { .. }
            | Inline::NoteMark(_)
            | Inline::Break => {}
        }
        resolved.push(inline);
    }
    resolved
}

/// Adds the characters of a text, the next of `readings` over each that is read; others, with what
/// belongs to the character before, stay text.
fn over_characters(
    text: &Text,
    readings: &mut dyn Iterator<Item = Text>,
    resolved: &mut Vec<Inline>,
) {
    let starts: Vec<usize> = text
        .text
        .char_indices()
        .filter(|&(_, c)| class(c) != Class::Combining)
        .map(|(at, _)| at)
        .collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.text.len());
        let character = part(text, start, &text.text[start..end]);
        let reading = match character.text.starts_with(is_read) {
            true => readings.next(),
            false => None,
        };
        let base = Inline::Text(character);
        resolved.push(match reading {
            Some(reading) => Inline::Ruby { base: vec![base], reading },
            None => base,
        });
    }
}
