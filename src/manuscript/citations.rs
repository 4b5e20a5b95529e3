//! Citations: `[@key]`, `[@key, 第12页]`, `[参见 @a; -@b]`, as Pandoc has them.
//!
//! Only brackets make one: an `@` alone is a name in a Chinese text.

use std::ops::Range;

/// A bracket that cites.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, brackets and all.
    pub range: Range<usize>,
    /// The works that it names; none where nobody can tell which.
    pub items: Vec<Item>,
}

/// A work that a bracket names; places are those of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// What stands before the key.
    pub prefix: Range<usize>,
    /// Whether a `-` stands before the `@`.
    pub dash: bool,
    /// The key.
    pub key: Range<usize>,
    /// What stands after the key and its comma.
    pub locator: Range<usize>,
}

/// The brackets of a text that cite. A note's mark, a link and marked words are none.
pub fn found(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '[' => open = Some(at),
            ']' => {
                let Some(start) = open.take() else { continue };
                let is_other = text[at + 1..].starts_with(['{', '(']);
                let items = if is_other { None } else { items(text, start + 1..at) };
                all.extend(items.map(|items| Found { range: start..at + 1, items }));
            }
            _ => {}
        }
    }
    all
}

/// The works that the words between two brackets name, no work where they begin as if to name one and
/// do not; none where they are no citation.
fn items(text: &str, range: Range<usize>) -> Option<Vec<Item>> {
    let begins = text[range.clone()].trim_start().trim_start_matches('-').starts_with('@');
    let mut items: Vec<Item> = Vec::new();
    let mut start = range.start;
    for part in text[range.clone()].split_inclusive([';', '；']) {
        let end = start + part.trim_end_matches([';', '；']).len();
        match (item(text, start..end), items.last_mut()) {
            (Some(item), _) => items.push(item),
            // Words behind a semicolon belong to the work before it.
            (None, Some(before)) => before.locator.end = end,
            (None, None) => return begins.then(Vec::new),
        }
        start += part.len();
    }
    // A second key that `;` does not part from the first is no place in a work.
    let is_broken = items.iter().any(|item| text[item.locator.clone()].contains('@'));
    Some(if is_broken { Vec::new() } else { items })
}

/// The work that a stretch names.
fn item(text: &str, range: Range<usize>) -> Option<Item> {
    let words = &text[range.clone()];
    let at = words.char_indices().find_map(|(at, c)| {
        let before = words[..at].strip_suffix('-').unwrap_or(&words[..at]);
        let begins = before.is_empty() || before.ends_with(char::is_whitespace);
        (c == '@' && begins).then_some(at)
    })?;
    let dash = words[..at].ends_with('-');
    let prefix = trimmed(text, range.start..range.start + at - usize::from(dash));
    let start = range.start + at + 1;
    let (key, after) = key(text, start..range.end);
    let rest = &text[after..range.end];
    if !rest.is_empty() && !rest.starts_with([',', '，', ' ', '\u{3000}']) {
        return None;
    }
    let words = rest.trim_start_matches([',', '，', ' ', '\u{3000}']);
    let locator = trimmed(text, range.end - words.len()..range.end);
    Some(Item { prefix, dash, key, locator })
}

/// The key at the start of a stretch, in braces or as far as it goes, and where it ends.
fn key(text: &str, range: Range<usize>) -> (Range<usize>, usize) {
    let words = &text[range.clone()];
    if let Some(braced) = words.strip_prefix('{')
        && let Some(length) = braced.find('}')
    {
        let start = range.start + 1;
        return (start..start + length, start + length + 1);
    }
    let mut end = 0;
    for (at, c) in words.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
        } else if !":.#$%&-+?<>~/".contains(c) || end < at {
            // A mark is part of a key between two letters.
            break;
        }
    }
    (range.start..range.start + end, range.start + end)
}

/// A stretch without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each citation as its works: prefix, dash, key, locator.
    fn shown(text: &str) -> Vec<String> {
        let item = |item: &Item| {
            let dash = if item.dash { "-" } else { "" };
            let [prefix, key, locator] =
                [&item.prefix, &item.key, &item.locator].map(|range| &text[range.clone()]);
            format!("({prefix}|{dash}{key}|{locator})")
        };
        found(text).iter().map(|found| found.items.iter().map(item).collect()).collect()
    }

    #[test]
    fn brackets_with_a_key_cite() {
        assert_eq!(shown("甲[@knuth]乙[@luxun, 第12页]"), ["(|knuth|)", "(|luxun|第12页)"]);
        assert_eq!(shown("[@a; @b；-@c，p. 3]"), ["(|a|)(|b|)(|-c|p. 3)"]);
        assert_eq!(shown("[参见 @a, 12; 下同]"), ["(参见|a|12; 下同)"]);
        assert_eq!(shown("[@史记1982:本纪.1, 3]"), ["(|史记1982:本纪.1|3)"]);
        assert_eq!(shown("[@{a b}]"), ["(|a b|)"]);
        assert_eq!(shown("[@]"), ["(||)"]);
    }

    #[test]
    fn what_begins_as_a_citation_and_is_none_is_found() {
        for text in ["[@a、@k]", "[@a。]", "[@a，@k]", "[-@a/]", "[@a; @b。]", "[@某。]", "[@a)b]"]
        {
            assert_eq!(shown(text), [""], "{text}");
        }
    }

    #[test]
    fn other_brackets_do_not() {
        for text in ["@knuth", "[问@张三]", "[^@a]", "[@a]{.name}", "[@a](b)", "[a@b.c]"] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
