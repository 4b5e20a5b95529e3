//! Marks and spaces of Chinese text that were typed as those of Latin text.

use super::Cleaned;
use crate::import::shape;
use crate::message;
use crate::script::{is_cjk, is_hangul, is_punctuation};

/// Marks of the narrow keyboard, and those of Chinese text.
const PAIRS: [(char, char); 6] =
    [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('.', '。')];

/// What becomes of each character of a line.
pub(super) fn settle(line: &[char], cleaned: &mut Cleaned) -> Vec<String> {
    let mut found: Vec<String> = line.iter().map(char::to_string).collect();
    let in_address = addresses(line);
    let is_chinese = line.iter().any(|c| is_hanzi(*c)) && !line.iter().any(|c| is_hangul(*c));
    let is_reference = shape::is_reference(&line.iter().collect::<String>());
    if is_chinese && !is_reference {
        brackets(line, &in_address, &mut found, cleaned);
        quotes(line, &in_address, &mut found, cleaned);
        let mut at = 0;
        while at < line.len() {
            at += match in_address[at] {
                true => 1,
                false => mark(line, at, &mut found, cleaned),
            };
        }
        spaces(line, &mut found, cleaned);
    }
    double_spaces(line, &mut found);
    found
}

/// A hanzi or a full-width mark.
fn is_hanzi(c: char) -> bool {
    is_cjk(c) && c != '\u{3000}'
}

/// The next character in a direction that is no space.
fn beside(line: &[char], at: usize, step: isize) -> Option<char> {
    let mut at = at.checked_add_signed(step)?;
    while *line.get(at)? == ' ' {
        at = at.checked_add_signed(step)?;
    }
    Some(line[at])
}

/// Which characters belong to addresses, in which every mark is as it must be.
fn addresses(line: &[char]) -> Vec<bool> {
    let mut inside = vec![false; line.len()];
    let mut at = 0;
    while at < line.len() {
        let end = (at..line.len()).find(|end| !line[*end].is_ascii_graphic()).unwrap_or(line.len());
        let word: String = line[at..end].iter().collect();
        if ["://", "www.", "@", ".com", ".cn", ".org", ".net"]
            .iter()
            .any(|sign| word.contains(sign))
        {
            inside[at..end].fill(true);
        }
        at = end + 1;
    }
    inside
}

/// The last character before a place, as it has been put right.
fn written_before(found: &[String], at: usize) -> Option<char> {
    found[..at].iter().rev().find_map(|written| written.chars().next_back())
}

/// Puts one mark right; gives how many characters were looked at.
fn mark(line: &[char], at: usize, found: &mut [String], cleaned: &mut Cleaned) -> usize {
    let c = line[at];
    let run = line[at..].iter().take_while(|next| **next == c).count();
    let before = written_before(found, at);
    let after_hanzi = before.is_some_and(is_hanzi);
    let closes = before.is_some_and(|c| "”’》）」』】…".contains(c));
    match c {
        // Three dots, and three stops, are an ellipsis of two.
        '.' | '。' if run >= 3 && (after_hanzi || closes || c == '。') => {
            set(line, at, run, "……", found, cleaned);
            run
        }
        '-' if run == 2 && (after_hanzi || beside(line, at + 1, 1).is_some_and(is_hanzi)) => {
            set(line, at, run, "——", found, cleaned);
            run
        }
        ',' | ';' | ':' | '?' | '!' | '.' if run <= 2 && (after_hanzi || closes) => {
            let next = line.get(at + 1).copied();
            let in_word = c == '.' && next.is_some_and(|c| c.is_ascii_alphanumeric());
            let meant = PAIRS.iter().find(|(narrow, _)| *narrow == c);
            if let Some((_, wide)) = meant.filter(|_| !in_word && run == 1 || c == '!' || c == '?')
            {
                set(line, at, 1, &wide.to_string(), found, cleaned);
            }
            1
        }
        // After a letter or a digit a mark belongs to the sentence where a hanzi follows at once.
        ',' | ';' | '?' | '!'
            if line.get(at + 1).copied().is_some_and(|c| is_hanzi(c) && !is_punctuation(c)) =>
        {
            if let Some((_, wide)) = PAIRS.iter().find(|(narrow, _)| *narrow == c) {
                set(line, at, 1, &wide.to_string(), found, cleaned);
            }
            1
        }
        // Full-width dots and commas inside numbers are points.
        '．' if before.is_some_and(|c| c.is_ascii_digit())
            && line.get(at + 1).is_some_and(char::is_ascii_digit) =>
        {
            set(line, at, 1, ".", found, cleaned);
            1
        }
        _ => 1,
    }
}

/// Puts `meant` in the place of `count` characters.
fn set(
    line: &[char],
    at: usize,
    count: usize,
    meant: &str,
    found: &mut [String],
    cleaned: &mut Cleaned,
) {
    let was: String = line[at..at + count].iter().collect();
    let around: String =
        line[at.saturating_sub(4)..(at + count + 4).min(line.len())].iter().collect();
    cleaned.count(message!("{was} → {meant}", was, meant), around);
    found[at] = meant.to_owned();
    found[at + 1..at + count].iter_mut().for_each(String::clear);
}

/// Brackets in pairs that hold hanzi or stand behind one.
fn brackets(line: &[char], in_address: &[bool], found: &mut [String], cleaned: &mut Cleaned) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..line.len() {
        match line[at] {
            '(' if !in_address[at] => open.push(at),
            ')' if !in_address[at] => {
                let Some(start) = open.pop() else { continue };
                let holds = line[start..at].iter().any(|c| is_hanzi(*c));
                let behind = beside(line, start, -1).is_some_and(is_hanzi);
                if holds || behind {
                    set(line, start, 1, "（", found, cleaned);
                    set(line, at, 1, "）", found, cleaned);
                }
            }
            _ => {}
        }
    }
}

/// Straight quotes in pairs that hold hanzi, or stand between them.
fn quotes(line: &[char], in_address: &[bool], found: &mut [String], cleaned: &mut Cleaned) {
    let signs = (0..line.len()).filter(|at| line[*at] == '"' && !in_address[*at]);
    let signs: Vec<usize> = signs.collect();
    // An odd one could be inches, or belong to another paragraph.
    if signs.len() % 2 == 1 {
        return;
    }
    for pair in signs.chunks_exact(2) {
        let (start, end) = (pair[0], pair[1]);
        let holds = line[start..end].iter().any(|c| is_hanzi(*c));
        let behind = start.checked_sub(1).is_some_and(|before| is_hanzi(line[before]));
        if holds || behind {
            set(line, start, 1, "“", found, cleaned);
            set(line, end, 1, "”", found, cleaned);
        }
    }
}

/// Takes out spaces beside full-width marks, and between the hanzi of a sentence; in a line without
/// marks they may part names or words of a title, and in one of labels names and labels.
fn spaces(line: &[char], found: &mut [String], cleaned: &mut Cleaned) {
    let is_sentence = line.iter().any(|c| "，。；、：？！".contains(*c)) && !is_labelled(line);
    let is_mark = |c: char| is_hanzi(c) && is_punctuation(c);
    for at in (0..line.len()).filter(|at| line[*at] == ' ') {
        let (Some(before), Some(after)) = (beside(line, at, -1), beside(line, at, 1)) else {
            continue;
        };
        let stray = (is_hanzi(before) && is_hanzi(after) && is_sentence)
            || is_mark(before)
            || is_mark(after);
        if stray {
            let around: String =
                line[at.saturating_sub(3)..(at + 4).min(line.len())].iter().collect();
            cleaned.count("spaces between hanzi taken out", around);
            found[at].clear();
        }
    }
}

/// Whether a line has a label before its first space and short words behind, as credits have:
/// 编辑：吴越 视觉：周海.
fn is_labelled(line: &[char]) -> bool {
    let words: Vec<&[char]> = line.split(|c| *c == ' ').filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let bare = if "（(【[".contains(first[0]) { &first[1..] } else { first };
    let label = bare.iter().take_while(|c| is_hanzi(**c) && !is_punctuation(**c)).count();
    let sign = bare.get(label).or_else(|| words.get(1)?.first());
    (1..=8).contains(&label)
        && sign.is_some_and(|c| "：:｜|／/".contains(*c))
        && words.iter().all(|word| word.len() <= 12)
        && !line.iter().any(|c| "，。；？！,;?!".contains(*c))
}

/// Of several spaces in a row one stays.
fn double_spaces(line: &[char], found: &mut [String]) {
    for at in 1..line.len() {
        if line[at] == ' ' && line[at - 1] == ' ' {
            found[at].clear();
        }
    }
}
