//! Which characters of a text stand in spans of their own: those that a reader's fonts may lack, and
//! short numbers in vertical lines.

use super::fonts::{RARE, is_rare};
use crate::manifest::{Embed, EpubChoice, Writing};

/// The class of characters that stand upright together in one em of a vertical line (縦中横).
const UPRIGHT: &str = "upright";
/// The most digits, and the most marks, that do.
const MOST_UPRIGHT: usize = 2;

/// What the texts of a document mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marking {
    rare: bool,
    upright: bool,
}

impl Marking {
    /// What those of a book mark.
    pub fn of(epub: &EpubChoice) -> Self {
        Self { rare: epub.embed == Embed::Rare, upright: epub.writing == Writing::Vertical }
    }

    /// The text in runs, each with its class.
    pub fn runs(self, text: &str) -> impl Iterator<Item = (Option<&'static str>, &str)> {
        let mut rest = text;
        let mut before = None;
        std::iter::from_fn(move || {
            let (class, run) = self.first(rest, before)?;
            rest = &rest[run.len()..];
            before = run.chars().next_back();
            Some((class, run))
        })
    }

    /// The first run of a text that stands after the character `before`.
    fn first(self, text: &str, before: Option<char>) -> Option<(Option<&'static str>, &str)> {
        if text.is_empty() {
            return None;
        }
        if !(self.rare || self.upright) {
            return Some((None, text));
        }
        if let Some((class, length)) = self.marked(text, before) {
            return Some((Some(class), &text[..length]));
        }
        let mut last = before;
        let end = text.char_indices().find(|&(at, c)| {
            let starts = self.may_start(c) && self.marked(&text[at..], last).is_some();
            last = Some(c);
            starts
        });
        Some((None, &text[..end.map_or(text.len(), |(at, _)| at)]))
    }

    /// Whether a marked run may start with `c`.
    fn may_start(self, c: char) -> bool {
        (self.rare && is_rare(c)) || (self.upright && (c.is_ascii_digit() || is_exclamation(c)))
    }

    /// Class and length in bytes of the marked run that a text starts with.
    fn marked(self, text: &str, before: Option<char>) -> Option<(&'static str, usize)> {
        // A mark or selector belongs to the character before it.
        let is_rare_or_joined = |(at, c): (usize, char)| is_rare(c) || (at > 0 && is_joined(c));
        let stretch = |holds: &dyn Fn((usize, char)) -> bool| {
            text.char_indices().find(|&it| !holds(it)).map_or(text.len(), |(at, _)| at)
        };
        if self.rare && text.starts_with(is_rare) {
            return Some((RARE, stretch(&is_rare_or_joined)));
        }
        if !self.upright {
            return None;
        }
        let digits = stretch(&|(_, c)| c.is_ascii_digit());
        let alone = |c: Option<char>| c.is_none_or(|c| !is_part_of_number(c));
        if (1..=MOST_UPRIGHT).contains(&digits)
            && alone(before)
            && alone(text[digits..].chars().next())
        {
            return Some((UPRIGHT, digits));
        }
        let marks = stretch(&|(_, c)| is_exclamation(c));
        let is_pair = text[..marks].chars().count() == MOST_UPRIGHT;
        (is_pair && before.is_none_or(|c| !is_exclamation(c))).then_some((UPRIGHT, marks))
    }
}

/// Whether `c` only changes the character before it.
const fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{E0100}'..='\u{E01EF}')
}

/// Whether digits beside `c` are part of something longer: a year, a version, a word, a share.
const fn is_part_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '–' | '/' | ':' | '%' | '$' | '€')
}

/// Whether `c` is one of `!?`, of either width.
const fn is_exclamation(c: char) -> bool {
    matches!(c, '!' | '?' | '！' | '？')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs, marked ones in brackets with the first letter of their class.
    fn marked(embed: Embed, writing: Writing, text: &str) -> String {
        let runs = Marking::of(&EpubChoice { embed, writing, ..EpubChoice::default() });
        let show = |(class, run): (Option<&str>, &str)| match class {
            Some(class) => format!("[{}{run}]", &class[..1]),
            None => run.to_owned(),
        };
        runs.runs(text).map(show).collect()
    }

    #[test]
    fn characters_that_readers_lack_stand_apart_with_their_selectors() {
        let rare = |text| marked(Embed::Rare, Writing::Horizontal, text);
        assert_eq!(rare("用𠮷鿏字，𠮷\u{E0101}。12"), "用[r𠮷鿏]字，[r𠮷\u{E0101}]。12");
        assert_eq!(rare("葛\u{E0100}城"), "葛\u{E0100}城");
        assert_eq!(marked(Embed::Full, Writing::Horizontal, "𠮷"), "𠮷");
    }

    #[test]
    fn short_numbers_and_pairs_of_marks_stand_upright_in_vertical_lines() {
        let upright = |text| marked(Embed::None, Writing::Vertical, text);
        assert_eq!(upright("12月5日"), "[u12]月[u5]日");
        assert_eq!(upright("2025年，3.14，A4，50%"), "2025年，3.14，A4，50%");
        assert_eq!(upright("何？！真!?啊！！！"), "何[u？！]真[u!?]啊！！！");
        assert_eq!(marked(Embed::None, Writing::Horizontal, "12月!?"), "12月!?");
    }
}
