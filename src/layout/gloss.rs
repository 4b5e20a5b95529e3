//! Notes inside the line (夹注, 割注): two rows of half the size in one line of the text (R42, jlreq
//! 3.4.2).
//!
//! To the line breaker a note is a row of cells, each half an em wide and holding two characters one
//! above the other; between any two cells a line may end. Which characters are in which row is known
//! when the cells of a line are.

use std::ops::Range;

use crate::book::Inline;
use crate::script::{Class, class};

/// The characters of a note that is all hanzi and marks, at least two: one that is set in rows.
pub fn characters(inlines: &[Inline]) -> Option<String> {
    let mut characters = String::new();
    for inline in inlines.iter().filter(|inline| inline.anchor().is_none()) {
        let Inline::Text(text) = inline else { return None };
        characters.push_str(&text.text);
    }
    let in_rows = characters.chars().all(|c| takes_a_cell(class(c)));
    (in_rows && characters.chars().nth(1).is_some()).then_some(characters)
}

/// Whether characters of a class are as wide as hanzi.
fn takes_a_cell(class: Class) -> bool {
    class.is_mark()
        || matches!(class, Class::Han | Class::Dash | Class::Ellipsis | Class::MiddleDot)
}

/// How many cells a note takes: half as many as it has characters, and one more where only that keeps
/// a mark from standing alone at the end of a row or the start of the next.
pub fn cells(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    let least = characters.len().div_ceil(2);
    match first_row(&characters, least).is_none() && first_row(&characters, least + 1).is_some() {
        true => least + 1,
        false => least,
    }
}

/// The two rows of those cells of a note that stand in one line, as bytes of its text.
pub fn rows(text: &str, line: Range<usize>) -> [Range<usize>; 2] {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let all = cells(text).max(1);
    // As evenly as the cells.
    let before = |cell: usize| (cell * starts.len()).div_ceil(all).min(starts.len());
    let (start, end) = (before(line.start), before(line.end));
    let characters: Vec<char> = text.chars().skip(start).take(end - start).collect();
    let first = first_row(&characters, line.len()).unwrap_or(characters.len().div_ceil(2));
    let byte = |character: usize| starts.get(character).copied().unwrap_or(text.len());
    [byte(start)..byte(start + first), byte(start + first)..byte(end)]
}

/// How many characters of a line's part of a note stand in its first row, which holds `most`: half of
/// them, or more so that neither row begins or ends with a mark that may not (R13, R14).
fn first_row(characters: &[char], most: usize) -> Option<usize> {
    (characters.len().div_ceil(2)..=most.min(characters.len())).find(|&first| {
        let ends = first.checked_sub(1).and_then(|last| characters.get(last));
        let starts = characters.get(first);
        !ends.is_some_and(|&c| matches!(class(c), Class::Open | Class::QuoteOpen))
            && !starts.is_some_and(|&c| stays_with_the_last(c))
    })
}

/// Whether a row does not begin with `c`.
fn stays_with_the_last(c: char) -> bool {
    matches!(
        class(c),
        Class::Close | Class::QuoteClose | Class::Pause | Class::Stop | Class::MiddleDot
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, line: Range<usize>) -> [&str; 2] {
        rows(text, line).map(|row| &text[row])
    }

    #[test]
    fn the_first_row_is_as_long_as_the_second_or_longer() {
        assert_eq!(cells("甲乙丙丁"), 2);
        assert_eq!(shown("甲乙丙丁", 0..2), ["甲乙", "丙丁"]);
        assert_eq!(shown("甲乙丙丁戊", 0..3), ["甲乙丙", "丁戊"]);
    }

    #[test]
    fn each_line_has_two_rows_of_its_own() {
        assert_eq!(shown("甲乙丙丁戊己庚", 0..1), ["甲", "乙"]);
        assert_eq!(shown("甲乙丙丁戊己庚", 1..4), ["丙丁戊", "己庚"]);
    }

    #[test]
    fn no_row_begins_with_a_mark_that_may_not() {
        assert_eq!(cells("甲乙，丁"), 3);
        assert_eq!(shown("甲乙，丁", 0..3), ["甲乙，", "丁"]);
        assert_eq!(shown("甲《丙》丁戊", 0..4), ["甲《丙》", "丁戊"]);
    }
}
