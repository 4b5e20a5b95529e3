//! The characters of a flow, one after the other across its pieces, with what each is to the line.

use super::flow::{Content, Flow, Piece};
use super::gloss;
use crate::script::{Class, Rules};

/// A character of the flow.
#[derive(Clone, Copy, Debug)]
pub struct Char {
    /// The character itself.
    pub c: char,
    /// What it is to the line.
    pub class: Class,
    /// Which of the flow's pieces it comes from.
    pub piece: u32,
}

/// Stands for a note mark, a picture and a cell of a note inside the line among the characters.
pub const OBJECT: char = '\u{FFFC}';

/// The characters of a flow; objects as [`OBJECT`], forced breaks as a line feed.
pub fn characters(flow: &Flow<'_>) -> Vec<Char> {
    let mut chars = Vec::with_capacity(flow.pieces.iter().map(length).sum());
    for (index, piece) in flow.pieces.iter().enumerate() {
        // A paragraph has fewer than 4 G pieces.
        let piece_index = index as u32;
        let mut push = |c: char, class| chars.push(Char { c, class, piece: piece_index });
        let rules = piece.style.language;
        match &piece.content {
            Content::Text(text) => text.chars().for_each(|c| push(c, rules.class(c))),
            Content::Code(text) => text.chars().for_each(|c| push(c, code_class(rules, c))),
            Content::Gloss(text) => {
                (0..gloss::cells(text)).for_each(|_| push(OBJECT, Class::Han));
            }
            Content::Mark(_) => push(OBJECT, Class::NoteMark),
            Content::Picture(..) => push(OBJECT, Class::Other),
            Content::Break => push('\n', Class::Space),
        }
    }
    chars
}

/// How many characters a piece has.
fn length(piece: &Piece<'_>) -> usize {
    match &piece.content {
        Content::Text(text) => text.chars().count(),
        Content::Code(text) => text.chars().count(),
        Content::Gloss(text) => gloss::cells(text),
        Content::Mark(_) | Content::Picture(..) | Content::Break => 1,
    }
}

/// In code a quote is a sign like any other.
fn code_class(rules: &Rules, c: char) -> Class {
    match rules.class(c) {
        Class::QuoteOpen | Class::QuoteClose => Class::Other,
        other => other,
    }
}

/// Gives curly quotes the class they have here: full-width beside Chinese, proportional inside
/// Latin text (R29). Both quotes of a pair get the same.
pub fn resolve_quotes(chars: &mut [Char]) {
    let quotes = |char: &Char| matches!(char.class, Class::QuoteOpen | Class::QuoteClose);
    if !chars.iter().any(quotes) {
        return;
    }
    let mut open: Vec<usize> = Vec::new();
    let near = Neighbours::new(chars);
    for at in 0..chars.len() {
        match chars[at].class {
            Class::QuoteOpen => open.push(at),
            Class::QuoteClose => {
                let apostrophe =
                    chars[at].c == '’' && is_western(near.before[at]) && is_western(near.after[at]);
                let matching = if apostrophe { None } else { open.pop() };
                match matching {
                    Some(start) if near.is_latin_pair(start, at) => {
                        chars[start].class = Class::LatinOpen;
                        chars[at].class = Class::LatinClose;
                    }
                    Some(_) => {}
                    None if apostrophe || is_western(near.before[at]) => {
                        chars[at].class = Class::LatinClose;
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
}

/// For every character, the class of the nearest before and after it that is neither space nor
/// quote.
struct Neighbours {
    before: Vec<Option<Class>>,
    after: Vec<Option<Class>>,
}

impl Neighbours {
    fn new(chars: &[Char]) -> Self {
        let mut after: Vec<_> = nearest(chars.iter().rev()).collect();
        after.reverse();
        Self { before: nearest(chars.iter()).collect(), after }
    }

    /// A pair of quotes is Latin when what is around it is not Chinese and what is inside begins
    /// so.
    fn is_latin_pair(&self, start: usize, end: usize) -> bool {
        let outside = [self.before[start], self.after[end]];
        let any_western = outside.into_iter().any(is_western);
        let none_chinese = outside.into_iter().flatten().all(|class| is_western(Some(class)));
        any_western && none_chinese && is_western(self.after[start])
    }
}

/// For each character the class of the last one before it that is neither space nor quote.
fn nearest<'c>(chars: impl Iterator<Item = &'c Char>) -> impl Iterator<Item = Option<Class>> {
    let mut last = None;
    chars.map(move |char| {
        let passed = matches!(
            char.class,
            Class::QuoteOpen
                | Class::QuoteClose
                | Class::Space
                | Class::Combining
                | Class::NoteMark
        );
        if passed { last } else { last.replace(char.class) }
    })
}

/// Letters, digits and the punctuation that goes with them.
fn is_western(class: Option<Class>) -> bool {
    matches!(
        class,
        Some(
            Class::Letter
                | Class::Digit
                | Class::LatinOpen
                | Class::LatinClose
                | Class::Hyphen
                | Class::Prefix
        )
    )
}

/// Whether characters of this class are shaped together with their neighbours.
pub const fn is_shaped(class: Class) -> bool {
    match class {
        Class::Letter
        | Class::Digit
        | Class::LatinOpen
        | Class::LatinClose
        | Class::Hyphen
        | Class::Slash
        | Class::Suffix
        | Class::Prefix
        | Class::FixedSpace
        | Class::SoftHyphen
        | Class::Combining
        | Class::Other => true,
        Class::Han
        | Class::Open
        | Class::Close
        | Class::Pause
        | Class::Stop
        | Class::Centred
        | Class::Small
        | Class::QuoteOpen
        | Class::QuoteClose
        | Class::MiddleDot
        | Class::Dash
        | Class::Ellipsis
        | Class::Connector
        | Class::NoteMark
        | Class::Space
        | Class::Joiner
        | Class::ZeroSpace => false,
    }
}
