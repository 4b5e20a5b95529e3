//! What a language asks of the page: labels, number words, indents, spacing, and the classes of
//! characters that line breaking and squeezing go by.
//!
//! Each language is one constant of [`Rules`]; a new language is a file and a line in [`ALL`].

mod catalogue;
mod class;
mod convert;
mod en;
mod forbidden;
mod imprint;
mod ja;
mod ko;
mod numerals;
mod order;
mod package;
mod radicals;
mod readings;
pub mod scan;
mod zh_hans;
mod zh_hant;

pub use catalogue::Catalogue;
pub use class::{Class, class, is_cjk, is_hangul, is_punctuation};
pub use convert::Conversion;
pub use forbidden::{find_forbidden, is_forbidden, may_be_forbidden};
pub use imprint::{Commons, Imprint, PictureCredits, Placement};
pub use numerals::Numerals;
pub use order::{Collation, Initial, Order};
pub use package::PackageLabels;
pub use radicals::hanzi_of_radical;

/// The rules of one language.
#[derive(Debug)]
pub struct Rules {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Script tag for shaping (ISO 15924, as OpenType writes it).
    pub script: &'static str,
    /// Whose forms of hanzi and marks its text is set in (R60).
    pub forms: Forms,
    /// First-line indent of a paragraph in ems (clreq 3.1.1.1; jlreq 3.5.1).
    pub indent: u16,
    /// What parts one word from the next.
    pub words: Words,
    /// How wide a space becomes before hanzi are parted, in hundredths of an em (R25). Where nothing
    /// else gives, it is more.
    pub widest_space: u16,
    /// Space between hanzi and Latin letters or digits (R26).
    pub autospace: bool,
    /// Whether brackets, pauses and stops have blanks beside them (R15–R17).
    pub blanks: Blanks,
    /// The room of the dot between the parts of a name (R20).
    pub middle_dot: MiddleDot,
    /// Characters that are to the line something else here than [`class`] says: where marks stand in
    /// their em (R44, R20), what starts no line (R13), whose quotes are narrow (R29).
    pub classes: &'static [(&'static str, Class)],
    /// Where the dots of emphasis stand (R36).
    pub dots: Dots,
    /// What an index is ordered by, where the book does not say.
    pub order: Order,
    /// How a day is written, with `{year}`, `{month}` and `{day}`.
    pub day: &'static str,
    /// The names of the months; none where they are numbered.
    pub months: &'static [&'static str],
    /// How numbers in headings are written, from chapters down.
    pub headings: HeadingNumbers,
    /// Fixed words.
    pub labels: Labels,
}

/// Whose forms a character has where the languages write it each in its own way: 骨, 直, 角, 与.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Forms {
    /// Those of China.
    #[default]
    Simplified,
    /// Those of Taiwan.
    Traditional,
    /// Those of Japan.
    Japanese,
    /// Those of Korea.
    Korean,
    /// None of its own; hanzi are quoted in those of China.
    Western,
}

impl Forms {
    /// Whether they are those of Chinese.
    pub const fn is_chinese(self) -> bool {
        match self {
            Self::Simplified | Self::Traditional => true,
            Self::Japanese | Self::Korean | Self::Western => false,
        }
    }

    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Simplified, Self::Traditional, Self::Japanese, Self::Korean, Self::Western];

    /// How far the forms of `other` are from these; nothing where they are the same.
    pub fn distance(self, other: Self) -> usize {
        use Forms::{Japanese, Korean, Simplified, Traditional, Western};
        let nearest = match self {
            Simplified => [Simplified, Traditional, Japanese, Korean, Western],
            Traditional => [Traditional, Simplified, Japanese, Korean, Western],
            Japanese => [Japanese, Traditional, Simplified, Korean, Western],
            Korean => [Korean, Traditional, Japanese, Simplified, Western],
            Western => [Western, Simplified, Traditional, Japanese, Korean],
        };
        // Each list names them all.
        nearest.into_iter().position(|forms| forms == other).unwrap_or(nearest.len())
    }
}

/// What parts the words of a language that is written with hanzi, kana or hangul.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Nothing: a line may end between any two of their characters.
    Joined,
    /// Spaces, and only there may a line end (`keep-all`).
    Spaced,
}

/// The blanks beside full-width brackets, pauses and stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// Half an em, which lines may take away.
    Half,
    /// None: the marks are half an em wide.
    None,
}

/// The room of a middle dot between hanzi.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MiddleDot {
    /// Half an em, a whole one where the line is to be filled.
    Half,
    /// An em, on both sides a quarter that lines may take away (jlreq 3.8.3).
    Em,
}

/// The mark that emphasis puts to each hanzi.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dots {
    /// A dot under it (着重号).
    Under,
    /// A sesame over it (圏点).
    Over,
}

/// How headings are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Each level by number words of its own: 第一章, 一、, （一）.
    #[default]
    Words,
    /// Each level by the numbers of all above it: 第1章, 1.1, 1.1.1 (GB/T 1.1—2020, 7.1).
    Decimal,
}

/// Number words of chapters and sections.
#[derive(Debug, PartialEq, Eq)]
pub struct HeadingNumbers {
    /// A chapter, its number at `{}`.
    pub chapter: (&'static str, Numerals),
    /// A part, its number at `{}`.
    pub part: (&'static str, Numerals),
    /// An appendix, its letter at `{}`.
    pub appendix: &'static str,
    /// What a reference to a section with a decimal number says, the number at `{}`.
    pub section: &'static str,
    /// Headings of level 2, 3 and 4 inside a chapter.
    pub sections: [(&'static str, Numerals); 3],
}

/// Words that the book itself says.
#[derive(Debug, PartialEq, Eq)]
pub struct Labels {
    /// Title of the contents page.
    pub contents: &'static str,
    /// Title of the list of figures.
    pub figures: &'static str,
    /// Title of the list of tables.
    pub tables: &'static str,
    /// Title of the glossary for readers that list it.
    pub glossary: &'static str,
    /// Title of the credits page.
    pub credits: &'static str,
    /// Title of the cover for readers that list it.
    pub cover: &'static str,
    /// Title of the title page for readers that list it.
    pub title_page: &'static str,
    /// Title of the list of the printed book's pages for readers that list it.
    pub pages: &'static str,
    /// Title of the start of the text for readers that list it.
    pub start: &'static str,
    /// Before a figure's number.
    pub figure: &'static str,
    /// Before a table's number.
    pub table: &'static str,
    /// Head of a table's further pages, its number at `{}`.
    pub continued: &'static str,
    /// A page that the text speaks of, its number at `{}`.
    pub page: &'static str,
    /// Before the source of a figure or table.
    pub source: &'static str,
    /// Beside a note that goes on from the page before, its number at `{}`.
    pub note_from: &'static str,
    /// Beside a note that goes on overleaf, its number at `{}`.
    pub note_on: &'static str,
    /// Title of the notes.
    pub notes: &'static str,
    /// Title of the list of cited works.
    pub references: &'static str,
    /// Before the title of the piece that a chapter digests.
    pub original: &'static str,
    /// Back from a note to its mark.
    pub back_to_text: &'static str,
    /// Between a label and the words that explain it.
    pub colon: &'static str,
    /// Between names in a row.
    pub name_separator: &'static str,
    /// Title of the back cover for readers that list it.
    pub back_cover: &'static str,
    /// What sheets are called that are folded.
    pub booklet: &'static str,
    /// What sheets are called that are handed out, with room for notes.
    pub handout: &'static str,
    /// Title of the dedication for readers that list it.
    pub dedication: &'static str,
    /// The names of languages, by the first part of their tags.
    pub languages: &'static [(&'static str, &'static str)],
    /// Of the list of where pictures come from.
    pub pictures: PictureCredits,
    /// Of the first page of a package for libraries.
    pub package: PackageLabels,
    /// Of the copyright page.
    pub imprint: Imprint,
    /// Of a catalogue of books.
    pub catalogue: Catalogue,
    /// The words of an index.
    pub index: IndexLabels,
    /// What a book offers those who cannot see it, for the metadata of an EPUB.
    pub access: Access,
}

/// The words of an index.
#[derive(Debug, PartialEq, Eq)]
pub struct IndexLabels {
    /// Its title.
    pub title: &'static str,
    /// Before the entry that an entry stands for.
    pub see: &'static str,
    /// Before the entries that belong to an entry.
    pub see_also: &'static str,
    /// Over the entries of so many strokes, at `{}`.
    pub strokes: &'static str,
    /// Over the entries of digits and signs.
    pub signs: &'static str,
    /// Over the entries in letters, where the others are not.
    pub letters: &'static str,
    /// Over the entries whose place cannot be told.
    pub others: &'static str,
}

/// Sentences on what a book offers those who cannot see it.
#[derive(Debug, PartialEq, Eq)]
pub struct Access {
    /// Between two of them.
    pub between: &'static str,
    /// Of every book.
    pub text: &'static str,
    /// Of one with notes.
    pub notes: &'static str,
    /// Of one whose pictures are all described.
    pub described: &'static str,
    /// Of one whose pictures are not.
    pub undescribed: &'static str,
    /// Of one that tells the pages of the printed book.
    pub pages: &'static str,
    /// Of one where characters have readings.
    pub ruby: &'static str,
}

/// Every language that has rules.
pub const ALL: [&Rules; 5] = [&zh_hans::RULES, &zh_hant::RULES, &ja::RULES, &ko::RULES, &en::RULES];

/// Tags that say a place instead of a script: which rules they mean.
const PLACES: [(&str, &Rules); 6] = [
    ("zh-cn", &zh_hans::RULES),
    ("zh-sg", &zh_hans::RULES),
    ("zh-my", &zh_hans::RULES),
    ("zh-tw", &zh_hant::RULES),
    ("zh-hk", &zh_hant::RULES),
    ("zh-mo", &zh_hant::RULES),
];

/// What stands between a heading's number and the title after it: an em after hanzi (clreq 7.1.2),
/// nothing after a full-width mark, which brings its own blank.
pub fn gap_after(number: &str) -> &'static str {
    match number.chars().next_back().map(class) {
        None | Some(Class::Pause | Class::Close | Class::Stop) => "",
        Some(Class::Han) => "\u{3000}",
        Some(_) => " ",
    }
}

/// The rules of the language that a tag names: those whose tag it begins with, so that `zh-Hans-CN`
/// finds `zh-Hans` and `ja-JP` finds `ja`. `zh-TW`, `zh-HK` and `zh-MO` are traditional Chinese,
/// `zh` and its other places simplified.
pub fn rules(tag: &str) -> Option<&'static Rules> {
    let tag = tag.to_ascii_lowercase();
    let begins = |known: &str| {
        let rest = tag.strip_prefix(&known.to_ascii_lowercase());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let place = PLACES.into_iter().find(|(known, _)| begins(known)).map(|(_, rules)| rules);
    let rules = || ALL.into_iter().find(|rules| begins(rules.tag));
    place.or_else(rules).or_else(|| (tag == "zh").then_some(&zh_hans::RULES))
}

impl PartialEq for Rules {
    /// A language has one constant, which its tag names.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.tag == other.tag
    }
}

impl Eq for Rules {}

/// Whether `tag` has the shape of a language tag: parts of one to eight letters or digits with `-`
/// between them, the first of letters alone (BCP 47, 2.1).
pub fn is_tag(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.split('-').all(is_part) && tag.starts_with(|c: char| c.is_ascii_alphabetic())
}

impl Rules {
    /// What `c` is to a line of this language.
    pub fn class(&self, c: char) -> Class {
        // No language has a hanzi, a syllable or a sign of ASCII of its own.
        let own = match c {
            '\0'..='\x7F' | '一'..='鿿' | '가'..='힣' => None,
            _ => self.classes.iter().find(|(characters, _)| characters.contains(c)),
        };
        match own.map_or_else(|| class(c), |&(_, own)| own) {
            // A word of hangul or hanzi is as whole as one of Latin letters.
            Class::Han if self.words == Words::Spaced && c.is_alphabetic() => Class::Letter,
            class => class,
        }
    }

    /// Its place in [`ALL`].
    pub fn index(&self) -> usize {
        ALL.into_iter().position(|rules| rules == self).unwrap_or(0)
    }

    /// A day given as `YYYY-MM-DD` in the words of the language; anything else as it is.
    pub fn day(&self, date: &str) -> String {
        let parts: Vec<&str> = date.split('-').collect();
        let [year, month, day] = parts[..] else { return date.to_owned() };
        let (Ok(month), Ok(day)) = (month.parse::<usize>(), day.parse::<u8>()) else {
            return date.to_owned();
        };
        let name = month.checked_sub(1).and_then(|index| self.months.get(index));
        let month = name.map_or_else(|| month.to_string(), |&name| name.to_owned());
        let words = self.day.replace("{year}", year).replace("{month}", &month);
        words.replace("{day}", &day.to_string())
    }

    /// A month given as `YYYY-MM` in the words of the language; anything else as it is.
    pub fn month(&self, date: &str) -> String {
        let Some((year, month)) = date.split_once('-') else { return date.to_owned() };
        let Ok(number) = month.parse::<usize>() else { return date.to_owned() };
        let name = number.checked_sub(1).and_then(|index| self.months.get(index));
        let month = name.map_or_else(|| number.to_string(), |&name| name.to_owned());
        self.labels.imprint.month.replace("{year}", year).replace("{month}", &month)
    }

    /// What the language with this tag is called; the tag where the table does not have it.
    pub fn language<'a>(&self, tag: &'a str) -> &'a str {
        let first = tag.split('-').next().unwrap_or_default();
        let mut known = self.labels.languages.iter();
        known.find(|(tag, _)| tag.eq_ignore_ascii_case(first)).map_or(tag, |(_, name)| *name)
    }

    /// The words for chapter `number`: `第一章`, `第1章`.
    pub fn chapter_number(&self, number: usize, scheme: Scheme) -> String {
        let (pattern, numerals) = self.headings.chapter;
        let numerals = match scheme {
            Scheme::Words => numerals,
            Scheme::Decimal => Numerals::Arabic,
        };
        pattern.replace("{}", &numerals.write(number))
    }

    /// The words for appendix `letter`: `附录A`.
    pub fn appendix_number(&self, letter: &str) -> String {
        self.headings.appendix.replace("{}", letter)
    }

    /// What a reference to section `number` says: `第1.1节`.
    pub fn section_label(&self, number: &str) -> String {
        self.headings.section.replace("{}", number)
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
        for tag in ["zh-TW", "zh-HK", "zh-Hant", "zh-Hant-HK", "zh-MO"] {
            assert_eq!(rules(tag).unwrap().tag, "zh-Hant");
        }
        assert_eq!(rules("zh-Hans-TW").unwrap().tag, "zh-Hans");
        assert_eq!(rules("ja-JP").unwrap().tag, "ja");
        assert_eq!(rules("ko-KR").unwrap().tag, "ko");
        assert_eq!(rules("zh-yue"), None);
        assert_eq!(rules("eng"), None);
    }

    #[test]
    fn every_language_has_its_place_and_its_script() {
        for (index, rules) in ALL.into_iter().enumerate() {
            assert_eq!(rules.index(), index);
            assert_eq!(rules.script.len(), 4);
        }
    }

    #[test]
    fn marks_are_what_their_language_makes_of_them() {
        let classes = |c| ALL.map(|rules| rules.class(c));
        let [hans, hant, ja, ko, en] = classes('，');
        assert_eq!([hans, ja, ko, en], [Class::Pause; 4]);
        assert_eq!(hant, Class::Centred);
        assert_eq!(classes('：')[..3], [Class::Pause, Class::Centred, Class::Centred]);
        assert_eq!(classes('？')[..3], [Class::Stop, Class::Centred, Class::Centred]);
        assert_eq!(classes('。')[..3], [Class::Stop, Class::Centred, Class::Stop]);
        let [hans, hant, ja, ko, en] = classes('“');
        assert_eq!([hans, hant], [Class::QuoteOpen; 2]);
        assert_eq!([ja, ko, en], [Class::LatinOpen; 3]);
        assert_eq!(classes('ゃ')[..3], [Class::Han, Class::Han, Class::Small]);
        assert_eq!(classes('한')[2..], [Class::Han, Class::Letter, Class::Han]);
        assert_eq!(classes('漢')[2..], [Class::Han, Class::Letter, Class::Han]);
        assert!(ALL.iter().all(|rules| rules.class('①') == Class::Han));
    }

    #[test]
    fn tags_by_their_shape() {
        assert!(["zh", "zh-Hant-HK", "de-1996", "x-klingon"].into_iter().all(is_tag));
        assert!(!["", "zh_CN", "-zh", "zh-", "1996", "日本語"].into_iter().any(is_tag));
    }

    #[test]
    fn a_day_in_words() {
        let days = ALL.map(|rules| rules.day("2025-09-08"));
        let written =
            ["2025年9月8日", "2025年9月8日", "2025年9月8日", "2025년 9월 8일", "8 September 2025"];
        assert_eq!(days, written);
        assert_eq!(rules("zh-Hans").unwrap().day("2025年秋"), "2025年秋");
    }

    #[test]
    fn a_month_and_a_language_in_words() {
        let months = ALL.map(|rules| rules.month("2025-09"));
        assert_eq!(months, ["2025年9月", "2025年9月", "2025年9月", "2025년 9월", "September 2025"]);
        let names = ALL.map(|rules| rules.language("en-GB"));
        assert_eq!(names, ["英文", "英文", "英語", "영어", "English"]);
        assert_eq!(ALL[0].language("tlh"), "tlh");
    }

    #[test]
    fn chapters_and_parts_are_counted_in_the_words_of_the_language() {
        let chapters = ALL.map(|rules| rules.chapter_number(12, Scheme::Words));
        assert_eq!(chapters, ["第十二章", "第十二章", "第十二章", "제12장", "Chapter 12"]);
        let parts = ALL.map(|rules| rules.part_number(2));
        assert_eq!(parts, ["第二编", "第二編", "第二部", "제2부", "Part II"]);
    }

    #[test]
    fn chinese_headings_are_numbered_by_the_usual_scheme() {
        let rules = rules("zh-Hans").unwrap();
        assert_eq!(rules.chapter_number(12, Scheme::Words), "第十二章");
        assert_eq!(rules.section_number(2, 3).unwrap(), "三、");
        assert_eq!(rules.section_number(3, 10).unwrap(), "（十）");
        assert_eq!(rules.section_number(4, 1).unwrap(), "1.");
        assert_eq!(rules.section_number(5, 1), None);
    }
}
