//! What a language asks of the page: labels, number words, indents, spacing, and the classes of
//! characters that line breaking and squeezing go by.
//!
//! Each language is one constant of [`Rules`]; a new language is a file and a line in [`ALL`].

mod class;
mod en;
mod numerals;
mod zh_hans;

pub use class::{Class, class, is_cjk, is_hangul, is_punctuation};
pub use numerals::Numerals;

/// The rules of one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Rules {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Script tag for shaping (ISO 15924, as OpenType writes it).
    pub script: &'static str,
    /// First-line indent of a paragraph in ems (clreq 3.1.1.1; jlreq 3.5.1).
    pub indent: u16,
    /// Space between hanzi and Latin letters or digits.
    pub autospace: bool,
    /// How a day is written, with `{year}`, `{month}` and `{day}`.
    pub day: &'static str,
    /// How numbers in headings are written, from chapters down.
    pub headings: HeadingNumbers,
    /// Fixed words.
    pub labels: Labels,
}

/// Number words of chapters and sections.
#[derive(Debug, PartialEq, Eq)]
pub struct HeadingNumbers {
    /// A chapter, its number at `{}`.
    pub chapter: (&'static str, Numerals),
    /// A part, its number at `{}`.
    pub part: (&'static str, Numerals),
    /// Headings of level 2, 3 and 4 inside a chapter.
    pub sections: [(&'static str, Numerals); 3],
}

/// Words that the book itself says.
#[derive(Debug, PartialEq, Eq)]
pub struct Labels {
    /// Title of the contents page.
    pub contents: &'static str,
    /// Title of the credits page.
    pub credits: &'static str,
    /// Title of the cover for readers that list it.
    pub cover: &'static str,
    /// Title of the title page for readers that list it.
    pub title_page: &'static str,
    /// Title of the start of the text for readers that list it.
    pub start: &'static str,
    /// Before a figure's number.
    pub figure: &'static str,
    /// Before a table's number.
    pub table: &'static str,
    /// Head of a table's further pages, after its number.
    pub continued: &'static str,
    /// Before the source of a figure or table.
    pub source: &'static str,
    /// Beside a note that goes on from the page before, its number at `{}`.
    pub note_from: &'static str,
    /// Beside a note that goes on overleaf, its number at `{}`.
    pub note_on: &'static str,
    /// Title of the notes.
    pub notes: &'static str,
    /// Before the title of the piece that a chapter digests.
    pub original: &'static str,
    /// Back from a note to its mark.
    pub back_to_text: &'static str,
    /// Between a label and the words that explain it.
    pub colon: &'static str,
    /// Between names in a row.
    pub name_separator: &'static str,
    /// What every book offers those who cannot see it, for the metadata of an EPUB.
    pub access_text: &'static str,
    /// What a book adds to that whose pictures are all described.
    pub access_pictures: &'static str,
}

/// Every language that has rules.
pub const ALL: [&Rules; 2] = [&zh_hans::RULES, &en::RULES];

/// The rules of the language that a tag names: the longest known prefix of it, so that `zh-Hans-CN`
/// finds `zh-Hans`, and `zh` and `zh-CN` mean simplified Chinese.
pub fn rules(tag: &str) -> Option<&'static Rules> {
    let tag = tag.to_ascii_lowercase();
    if ["zh", "zh-cn", "zh-sg"].contains(&tag.as_str()) {
        return Some(&zh_hans::RULES);
    }
    ALL.into_iter().find(|rules| {
        let known = rules.tag.to_ascii_lowercase();
        tag == known || tag.strip_prefix(&known).is_some_and(|rest| rest.starts_with('-'))
    })
}

/// Whether `tag` has the shape of a language tag: parts of one to eight letters or digits with `-`
/// between them, the first of letters alone (BCP 47, 2.1).
pub fn is_tag(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.split('-').all(is_part) && tag.starts_with(|c: char| c.is_ascii_alphabetic())
}

impl Rules {
    /// A day given as `YYYY-MM-DD` in the words of the language; anything else as it is.
    pub fn day(&self, date: &str) -> String {
        let parts: Vec<&str> = date.split('-').collect();
        let [year, month, day] = parts[..] else { return date.to_owned() };
        let (Ok(month), Ok(day)) = (month.parse::<u8>(), day.parse::<u8>()) else {
            return date.to_owned();
        };
        let words = self.day.replace("{year}", year).replace("{month}", &month.to_string());
        words.replace("{day}", &day.to_string())
    }

    /// The words for chapter `number`: `第一章`.
    pub fn chapter_number(&self, number: usize) -> String {
        let (pattern, numerals) = self.headings.chapter;
        pattern.replace("{}", &numerals.write(number))
    }

    /// The words for part `number`: `第一编`.
    pub fn part_number(&self, number: usize) -> String {
        let (pattern, numerals) = self.headings.part;
        pattern.replace("{}", &numerals.write(number))
    }

    /// The words for heading `number` of `level` 2 to 4: `一、`, `（一）`, `1.`; none below.
    pub fn section_number(&self, level: u8, number: usize) -> Option<String> {
        let (pattern, numerals) = self.headings.sections.get(usize::from(level).checked_sub(2)?)?;
        Some(pattern.replace("{}", &numerals.write(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_the_rules_of_its_longest_prefix() {
        assert_eq!(rules("zh-Hans-CN").unwrap().tag, "zh-Hans");
        assert_eq!(rules("zh").unwrap().tag, "zh-Hans");
        assert_eq!(rules("en-GB").unwrap().tag, "en");
        assert_eq!(rules("eng"), None);
    }

    #[test]
    fn tags_by_their_shape() {
        assert!(["zh", "zh-Hant-HK", "de-1996", "x-klingon"].into_iter().all(is_tag));
        assert!(!["", "zh_CN", "-zh", "zh-", "1996", "日本語"].into_iter().any(is_tag));
    }

    #[test]
    fn a_day_in_words() {
        let rules = rules("zh-Hans").unwrap();
        assert_eq!(rules.day("2025-09-08"), "2025年9月8日");
        assert_eq!(rules.day("2025年秋"), "2025年秋");
    }

    #[test]
    fn chinese_headings_are_numbered_by_the_usual_scheme() {
        let rules = rules("zh-Hans").unwrap();
        assert_eq!(rules.chapter_number(12), "第十二章");
        assert_eq!(rules.section_number(2, 3).unwrap(), "三、");
        assert_eq!(rules.section_number(3, 10).unwrap(), "（十）");
        assert_eq!(rules.section_number(4, 1).unwrap(), "1.");
        assert_eq!(rules.section_number(5, 1), None);
    }
}
