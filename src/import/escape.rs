//! Characters as Markdown that means nothing but them.

use crate::manifest::is_address;
use crate::script::{is_cjk, is_punctuation};

/// What is markup wherever it stands: for the parser, or for banxin's own marks.
const ALWAYS: [char; 14] = ['\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '|', '~', '&'];

/// `text` after `before`, the Markdown of the same line so far, which may be empty.
pub(super) fn text(text: &str, before: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let at_start = before.is_empty();
    if at_start && let Some(length) = list_mark(text) {
        let (mark, rest) = text.split_at(length);
        let (number, sign) = mark.split_at(length - 1);
        return format!("{number}\\{sign}{}", self::text(rest, "x"));
    }
    for (at, c) in text.char_indices() {
        let first = at == 0;
        let after_mark = first && before.ends_with(']');
        let exclaims = c == '!' && text[at + 1..].is_empty();
        let markup = ALWAYS.contains(&c)
            || (first && at_start && matches!(c, '-' | '+' | '=' | ':'))
            || (after_mark && matches!(c, '(' | ':'))
            || exclaims;
        if markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The length of what would begin a numbered list: digits, and a dot or bracket.
fn list_mark(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text.as_bytes().get(digits)?;
    (digits > 0 && matches!(sign, b'.' | b')')).then_some(digits + 1)
}

/// The title of an image: between double quotes (CommonMark 6.3).
pub(super) fn title(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The value of an attribute, which knows no escapes: quotes that would end it are put otherwise.
pub(super) fn value(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' => '\'',
            '“' => '「',
            '”' => '」',
            other => other,
        })
        .collect()
}

/// The destination of a link (CommonMark 6.3); none where it leads to no address on the web.
pub(super) fn destination(url: &str) -> Option<String> {
    let url = url.trim();
    let known = is_address(&url.replace(' ', "%20"))
        || url.starts_with("mailto:")
        || url.starts_with("tel:");
    if !known || url.chars().any(char::is_control) {
        return None;
    }
    let mut escaped = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '"' | '{' | '}' | '|' | '[' | ']' | '`' => {
                escaped += &format!("%{:02X}", u32::from(c));
            }
            '&' => escaped.push_str("\\&"),
            c if c.is_whitespace() => {}
            c => escaped.push(c),
        }
    }
    Some(escaped)
}

/// Code between backticks, as many as it does not hold (CommonMark 6.1).
pub(super) fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A block of code between fences longer than any in it (CommonMark 4.5).
pub(super) fn code_block(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let word: String =
        language.chars().filter(|c| c.is_ascii_alphanumeric() || "+-.".contains(*c)).collect();
    format!("{fence}{word}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// How often `sign` stands in a row at most.
fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}

/// Whether emphasis cannot begin before `inner`, or end behind it, where `outer` stands on its other
/// side: banxin reads CommonMark with its amendment for Chinese.
pub(super) fn blocks_emphasis(outer: Option<char>, inner: char) -> bool {
    let is_letter = |c: char| !c.is_whitespace() && !is_cjk(c) && !is_punctuation(c);
    let is_sign = is_punctuation(inner) && !is_cjk(inner);
    inner.is_whitespace() || (is_sign && outer.is_some_and(is_letter))
}

/// A word that ids and names of files are made of: small ASCII letters, digits, `-`.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() == 40 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_take_as_markup_is_escaped() {
        assert_eq!(
            text("a*b_c [d]{.e} <f> 5~6 #话题# A&B", ""),
            "a\\*b\\_c \\[d\\]\\{.e\\} \\<f\\> 5\\~6 \\#话题\\# A\\&B"
        );
        assert_eq!(text("1. 一", ""), "1\\. 一");
        assert_eq!(text("2025)", ""), "2025\\)");
        assert_eq!(text("2025年", ""), "2025年");
        assert_eq!(text("- 一", ""), "\\- 一");
        assert_eq!(text("- 一", "文"), "- 一");
        assert_eq!(text("(x)", "[^1]"), "\\(x)");
        assert_eq!(text("好!", "x"), "好\\!");
    }

    #[test]
    fn a_destination_is_an_address_on_the_web() {
        let given = "https://example.org/a b(c)?x=1&copy=2";
        assert_eq!(destination(given).unwrap(), "https://example.org/a%20b%28c%29?x=1\\&copy=2");
        assert_eq!(destination("javascript:x"), None);
        assert_eq!(destination("/a"), None);
    }

    #[test]
    fn code_has_more_backticks_around_it_than_in_it() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(code_block("Rust!", "```\nx\n"), "````Rust\n```\nx\n````");
    }
}
