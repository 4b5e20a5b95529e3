//! Where stretches of letters and digits may be divided: words by patterns, URLs at their separators.

use super::atoms::End;
use super::chars::Char;
use crate::script::Class;

/// The price of a hyphen between syllables: as much as stretching by a tenth of an em, beyond which a
/// word is divided (R33).
const HYPHEN: u16 = 350;
/// The price of a hyphen between the parts of a name such as DeepSeek, which no pattern divides.
const HYPHEN_IN_NAME: u16 = 700;
/// The price of a break inside a URL or between parts of a compound.
const SPLIT_TOKEN: u16 = 20;
/// The price of a break between the letters and digits of a URL or of code: more than stretching by
/// an eighth of an em, less than by a sixth.
const SPLIT_ANYWHERE: u16 = 1000;
/// The fewest of them on either side of such a break.
const ANYWHERE_LEAST: usize = 3;

/// The fewest letters before a hyphen, and after it (R33).
const LEAST_HEAD: usize = 2;
const LEAST_TAIL: usize = 3;

/// For each character of a stretch without spaces, whether and how a line may end before it. Where
/// no end is allowed for `most` characters, one is made: better anywhere than past the edge.
pub fn cuts(chars: &[Char], code: bool, most: i32) -> Vec<Option<End>> {
    let mut cuts = vec![None; chars.len()];
    if code || is_address(chars) {
        url_cuts(chars, &mut cuts);
    } else {
        word_cuts(chars, &mut cuts);
    }
    for at in 1..chars.len() {
        if chars[at - 1].class == Class::SoftHyphen {
            cuts[at] = Some(End::Hyphen(0));
        }
    }
    let mut since = 0;
    for at in 1..chars.len() {
        since = if cuts[at].is_some() { 0 } else { since + 1 };
        if since >= most && chars[at].class != Class::Combining {
            cuts[at] = Some(End::LetGo);
            since = 0;
        }
    }
    cuts
}

/// Whether a stretch is a URL or a DOI.
fn is_address(chars: &[Char]) -> bool {
    let text: String = chars.iter().map(|char| char.c).collect();
    let doi = text.starts_with("10.") && text.contains('/');
    doi || text.contains("://") || text.starts_with("www.") || text.starts_with("doi:")
}

/// Where a URL, a DOI or code may be divided: after its separators, never before one (R32), and at a
/// high price between its letters and digits.
fn url_cuts(chars: &[Char], cuts: &mut [Option<End>]) {
    for at in 1..chars.len() {
        let (before, after) = (chars[at - 1].c, chars[at].c);
        let separates = matches!(before, '/' | '?' | '&' | '=' | '#' | '-' | '_' | '.' | ':');
        let followed = matches!(after, '/' | '.' | ',' | ':' | ')' | '?' | '&' | '=' | '#');
        if separates && !followed {
            cuts[at] = Some(End::Allowed(SPLIT_TOKEN));
        }
    }
    // Rather between letters than a line blown apart before the whole of them.
    let plain = |char: &Char| char.c.is_ascii_alphanumeric();
    for at in ANYWHERE_LEAST..chars.len().saturating_sub(ANYWHERE_LEAST - 1) {
        let around = &chars[at - ANYWHERE_LEAST..at + ANYWHERE_LEAST];
        if cuts[at].is_none() && around.iter().all(plain) {
            cuts[at] = Some(End::Allowed(SPLIT_ANYWHERE));
        }
    }
}

/// Where words may be divided: after a hyphen, and by patterns with a hyphen (R33).
fn word_cuts(chars: &[Char], cuts: &mut [Option<End>]) {
    let mut start = 0;
    for at in 0..=chars.len() {
        let inside = chars.get(at).is_some_and(|char| char.class == Class::Letter);
        if inside {
            continue;
        }
        divide_word(&chars[start..at], &mut cuts[start..at]);
        start = at + 1;
        let hyphen = chars.get(at).is_some_and(|char| char.class == Class::Hyphen);
        let word_follows = chars.get(at + 1).is_some_and(|char| char.class == Class::Letter);
        if hyphen && at > 0 && word_follows {
            cuts[at + 1] = Some(End::Allowed(SPLIT_TOKEN));
        }
    }
}

/// Divides a word of letters: where a capital follows a small letter, and each part between by the
/// patterns.
fn divide_word(word: &[Char], cuts: &mut [Option<End>]) {
    let mut start = 0;
    for at in 1..=word.len() {
        let inner = word
            .get(at)
            .is_some_and(|char| char.c.is_ascii_uppercase() && word[at - 1].c.is_ascii_lowercase());
        if inner || at == word.len() {
            hyphenate(&word[start..at], &mut cuts[start..at]);
            start = at;
        }
        if inner && at >= LEAST_HEAD && word.len() - at >= LEAST_HEAD {
            cuts[at] = Some(End::Hyphen(HYPHEN_IN_NAME));
        }
    }
}

/// Divides a word, its first letter small or capital, by the English patterns.
fn hyphenate(word: &[Char], cuts: &mut [Option<End>]) {
    let small = |char: &Char| char.c.is_ascii_lowercase();
    let ascii = word.first().is_some_and(|char| char.c.is_ascii_alphabetic());
    if word.len() < LEAST_HEAD + LEAST_TAIL || !ascii || !word[1..].iter().all(small) {
        return;
    }
    let text: String = word.iter().map(|char| char.c).collect();
    let mut at = 0;
    for syllable in hypher::hyphenate_bounded(&text, hypher::Lang::English, LEAST_HEAD, LEAST_TAIL)
    {
        at += syllable.len();
        if let Some(cut) = cuts.get_mut(at) {
            *cut = Some(End::Hyphen(HYPHEN));
        }
    }
}
