//! Numbers that titles say themselves: 第一章, Part I, 1.2.

use crate::script::Numerals;

/// What a title stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// Chapters.
    Part,
    /// Sections.
    Chapter,
    /// What is added to the chapters.
    Appendix,
    /// A piece of a chapter.
    Section,
}

/// A number that a title begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What it counts, from the chapter down: `1.2` is two counts.
    pub counts: Vec<usize>,
    /// How many bytes of the title it takes, with what parts it from the words.
    pub length: usize,
    /// How sure it is that this is a number.
    pub sign: Sign,
}

/// By what a number is told from words, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// By a word: 第…章, Chapter.
    Word,
    /// By a mark: 一、, 1., (1), 1.2.
    Mark,
    /// By a space alone: `1 Start`, which may be words as `12 Months` are.
    Space,
}

/// A way of counting: a count at the beginning of a text, and how many bytes it takes.
type Way = fn(&str) -> Option<(usize, usize)>;

/// What follows a number between 第 or 제 and itself, the longer first.
const PARTS: &[&str] = &["部分", "单元", "單元", "编", "編", "部", "篇", "卷", "辑", "輯", "부"];
const CHAPTERS: &[&str] = &["章", "讲", "講", "回", "课", "課", "话", "話", "篇", "节", "節", "장"];
const SECTIONS: &[&str] = &["节", "節", "절"];
/// Those that words may follow at once, as in 第一章开头; 第一编制 has no number.
const CLOSE: &[&str] = &["章", "部分"];
/// What with such a word before it is another word: 章程.
const JOINED: [char; 3] = ['程', '节', '節'];

/// Signs between a number and the words.
const MARKS: [char; 15] =
    ['.', '．', '、', '：', ':', '·', '•', '|', '｜', '—', '–', '-', ')', '）', '，'];
/// White space there.
const SPACES: [char; 4] = [' ', '\t', '\u{a0}', '\u{3000}'];

/// The number that a title begins with; none where it has none. Some say it twice: `1 第一章`.
pub(super) fn at_start(title: &str, rank: Rank) -> Option<Said> {
    let start = title.len() - title.trim_start().len();
    let mut said = once(&title[start..], rank)?;
    said.length += start;
    let again = once(&title[said.length..], rank);
    if let Some(again) = again.filter(|again| again.counts.last() == said.counts.last()) {
        said.length += again.length;
        said.sign = again.sign.min(said.sign);
    }
    Some(said)
}

/// The number that words begin with, read once.
fn once(words: &str, rank: Rank) -> Option<Said> {
    counted(words, rank).or_else(|| named(words, rank)).or_else(|| bare(words, rank))
}

/// A number between 第 and what is counted.
fn counted(words: &str, rank: Rank) -> Option<Said> {
    let units = match rank {
        Rank::Part => PARTS,
        Rank::Chapter => CHAPTERS,
        Rank::Section => SECTIONS,
        Rank::Appendix => return None,
    };
    let after = words.strip_prefix(['第', '제'])?.trim_start();
    let (count, length) = first(after, &[arabic, han])?;
    let rest = after[length..].trim_start();
    let unit = units.iter().find(|unit| rest.starts_with(**unit))?;
    let rest = &rest[unit.len()..];
    let title = past_gap(rest);
    let is_parted = title.len() < rest.len() || title.is_empty();
    let is_close = CLOSE.contains(unit) && !title.starts_with(JOINED);
    let length = words.len() - title.len();
    (is_parted || is_close).then_some(Said { counts: vec![count], length, sign: Sign::Word })
}

/// A number behind the name of what is counted: Chapter 1, 附录A.
fn named(words: &str, rank: Rank) -> Option<Said> {
    let (names, ways): (&[&str], &[Way]) = match rank {
        Rank::Part => (&["Part", "Book", "Volume"], &[arabic, roman, word]),
        Rank::Chapter => (&["Chapter", "Lesson", "Unit"], &[arabic, roman, word]),
        Rank::Appendix => (&["Appendix", "附录", "附錄", "付録", "부록"], &[arabic, han, letter]),
        Rank::Section => (&["Section"], &[arabic, roman]),
    };
    let starts =
        |name: &&str| words.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let name = names.iter().find(|name| starts(name))?;
    let after = words[name.len()..].trim_start();
    let (count, length) = first(after, ways)?;
    let rest = &after[length..];
    let title = past_gap(rest);
    let is_parted = title.len() < rest.len() || title.is_empty();
    let length = words.len() - title.len();
    is_parted.then_some(Said { counts: vec![count], length, sign: Sign::Word })
}

/// A number alone: 一、, 1.2, (1), ①.
fn bare(words: &str, rank: Rank) -> Option<Said> {
    let (counts, rest, is_marked) = bracketed(words).or_else(|| listed(words, rank))?;
    let title = past_gap(rest);
    let gap = &rest[..rest.len() - title.len()];
    // A dash, a bracket and the like part words too.
    let is_ended = gap.starts_with(['.', '．', '、', '：', ':', ')', '）']);
    let sign = if is_marked || is_ended || (counts.len() > 1 && !gap.is_empty()) {
        Sign::Mark
    } else if gap.starts_with(SPACES) {
        Sign::Space
    } else {
        return None;
    };
    Some(Said { counts, length: words.len() - title.len(), sign })
}

/// A number in brackets or in a circle, what follows it, and that it is marked.
fn bracketed(words: &str) -> Option<(Vec<usize>, &str, bool)> {
    let first_sign = words.chars().next()?;
    if let '①'..='⑳' = first_sign {
        let count = u32::from(first_sign) - u32::from('①') + 1;
        return Some((vec![count as usize], &words[first_sign.len_utf8()..], true));
    }
    let inner = words.strip_prefix(['（', '('])?;
    let (count, length) = first(inner, &[arabic, han])?;
    let rest = inner[length..].strip_prefix(['）', ')'])?;
    Some((vec![count], rest, true))
}

/// A number, or several with dots between, what follows, and that nothing marks it.
fn listed(words: &str, rank: Rank) -> Option<(Vec<usize>, &str, bool)> {
    let ways: &[Way] = match rank {
        Rank::Part | Rank::Chapter => &[arabic, han, capital_roman],
        Rank::Appendix => &[letter],
        Rank::Section => &[arabic, han, capital_roman, letter_roman],
    };
    let (count, length) = first(words, ways)?;
    let mut counts = vec![count];
    let mut rest = &words[length..];
    while let Some((count, length)) = rest.strip_prefix(['.', '．']).and_then(arabic) {
        counts.push(count);
        rest = &rest.trim_start_matches(['.', '．'])[length..];
    }
    Some((counts, rest, false))
}

/// A text without the white space and the signs before its words.
fn past_gap(rest: &str) -> &str {
    rest.trim_start_matches(|c| MARKS.contains(&c) || SPACES.contains(&c))
}

/// The count that the first fitting way reads.
fn first(text: &str, ways: &[Way]) -> Option<(usize, usize)> {
    ways.iter().find_map(|way| way(text))
}

/// Up to three digits: four are a year.
fn arabic(text: &str) -> Option<(usize, usize)> {
    let digits: String = text
        .chars()
        .map_while(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
            c => c.is_ascii_digit().then_some(c),
        })
        .collect();
    let bytes: usize = text.chars().take(digits.len()).map(char::len_utf8).sum();
    let count = digits.parse().ok().filter(|_| digits.len() <= 3)?;
    Some((count, bytes))
}

/// Number words of hanzi: 十二, 一百零一, 一〇一.
fn han(text: &str) -> Option<(usize, usize)> {
    let digit = |c: char| {
        let place = "零一二三四五六七八九".chars().position(|digit| digit == c);
        place.or_else(|| (c == '〇').then_some(0))
    };
    let unit = |c: char| match c {
        '十' => Some(10),
        '百' => Some(100),
        _ => None,
    };
    let is_numeral = |c: &char| digit(*c).is_some() || unit(*c).is_some();
    let numerals: Vec<char> = text.chars().take_while(is_numeral).take(7).collect();
    let bytes: usize = numerals.iter().map(|c| c.len_utf8()).sum();
    let has_units = numerals.iter().any(|c| unit(*c).is_some());
    let (mut count, mut last) = (0, None);
    for c in &numerals {
        match (digit(*c), unit(*c)) {
            (Some(value), _) if has_units => last = Some(value),
            (Some(value), _) => count = count * 10 + value,
            (None, size) => count += last.take().unwrap_or(1) * size.unwrap_or(1),
        }
    }
    (!numerals.is_empty()).then_some((count + last.unwrap_or(0), bytes))
}

/// Roman numerals, capital or small, as a word.
fn roman(text: &str) -> Option<(usize, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let word = &text[..length];
    let is_one_case = !word.bytes().any(|byte| byte.is_ascii_lowercase())
        || !word.bytes().any(|byte| byte.is_ascii_uppercase());
    let small = word.to_ascii_lowercase();
    let count = (1..100).find(|count| Numerals::Roman.write(*count) == small)?;
    is_one_case.then_some((count, length))
}

/// Capital roman numerals.
fn capital_roman(text: &str) -> Option<(usize, usize)> {
    roman(text).filter(|_| text.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Small roman numerals with a dot.
fn letter_roman(text: &str) -> Option<(usize, usize)> {
    roman(text).filter(|(_, length)| text[*length..].starts_with('.'))
}

/// Number words of English.
fn word(text: &str) -> Option<(usize, usize)> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let place = WORDS.iter().position(|word| text[..length].eq_ignore_ascii_case(word))?;
    Some((place + 1, length))
}

/// A capital letter that is a word.
fn letter(text: &str) -> Option<(usize, usize)> {
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_uppercase)?;
    let is_word = !letters.next().is_some_and(|c| c.is_ascii_alphanumeric());
    is_word.then_some((usize::from(first as u8 - b'A') + 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of a title's number, and the words behind it.
    fn read(title: &str, rank: Rank) -> Option<(Vec<usize>, &str, Sign)> {
        let said = at_start(title, rank)?;
        Some((said.counts, &title[said.length..], said.sign))
    }

    #[test]
    fn numbers_are_read_in_every_way_that_titles_say_them() {
        for (title, rank, count, rest) in [
            ("第一部分 基础", Rank::Part, 1, "基础"),
            ("第二部分基础", Rank::Part, 2, "基础"),
            ("第三编　机制", Rank::Part, 3, "机制"),
            ("Part I: Basics", Rank::Part, 1, "Basics"),
            ("PART TWO — Depth", Rank::Part, 2, "Depth"),
            ("제2부 시작", Rank::Part, 2, "시작"),
            ("第1章 开头", Rank::Chapter, 1, "开头"),
            ("第十二章开头", Rank::Chapter, 12, "开头"),
            ("第一百零三回　相逢", Rank::Chapter, 103, "相逢"),
            ("第 4 讲：结语", Rank::Chapter, 4, "结语"),
            ("Chapter 1. Start", Rank::Chapter, 1, "Start"),
            ("Chapter IX Ends", Rank::Chapter, 9, "Ends"),
            ("附录A 表", Rank::Appendix, 1, "表"),
            ("附录二：图", Rank::Appendix, 2, "图"),
            ("Appendix C", Rank::Appendix, 3, ""),
            ("第二节 方法", Rank::Section, 2, "方法"),
        ] {
            assert_eq!(read(title, rank), Some((vec![count], rest, Sign::Word)), "{title}");
        }
        for (title, rank, count, rest) in [
            ("1. Intro", Rank::Chapter, 1, "Intro"),
            ("3、结语", Rank::Chapter, 3, "结语"),
            ("二、方法", Rank::Section, 2, "方法"),
            ("（三）结果", Rank::Section, 3, "结果"),
            ("(4) Ends", Rank::Section, 4, "Ends"),
            ("② 둘", Rank::Section, 2, "둘"),
            ("iv. Ends", Rank::Section, 4, "Ends"),
            ("II. Depth", Rank::Chapter, 2, "Depth"),
            ("B. Tables", Rank::Appendix, 2, "Tables"),
        ] {
            assert_eq!(read(title, rank), Some((vec![count], rest, Sign::Mark)), "{title}");
        }
        assert_eq!(read("1.2 Set up", Rank::Section), Some((vec![1, 2], "Set up", Sign::Mark)));
        assert_eq!(read("1.2.3. 步骤", Rank::Section), Some((vec![1, 2, 3], "步骤", Sign::Mark)));
        assert_eq!(read("1 第一章 开头", Rank::Chapter), Some((vec![1], "开头", Sign::Word)));
        assert_eq!(read("7 Days", Rank::Chapter), Some((vec![7], "Days", Sign::Space)));
        assert_eq!(read("一　序", Rank::Section), Some((vec![1], "序", Sign::Space)));
    }

    #[test]
    fn words_are_no_numbers() {
        for (title, rank) in [
            ("第一编制", Rank::Part),
            ("第一章程", Rank::Chapter),
            ("第一部队", Rank::Part),
            ("Particles", Rank::Part),
            ("Part of it", Rank::Part),
            ("Chapters", Rank::Chapter),
            ("2024年", Rank::Chapter),
            ("2024. A year", Rank::Chapter),
            ("一个人", Rank::Section),
            ("3D", Rank::Chapter),
            ("附录", Rank::Appendix),
            ("In short", Rank::Section),
        ] {
            assert_eq!(read(title, rank), None, "{title}");
        }
    }
}
