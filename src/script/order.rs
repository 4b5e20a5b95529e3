//! The order of an index: by the collation of a language (UTS #35, part 5), grouped as its readers
//! look things up.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::readings::{Polyphone, syllables, toneless};
use super::{Numerals, Rules, is_cjk, is_punctuation};

/// What an index is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The reading of hanzi in standard Chinese (音序).
    Pinyin,
    /// Their strokes (笔画).
    Strokes,
    /// Kana, in which readings are given.
    Kana,
    /// Hangul.
    Hangul,
    /// Letters.
    Letters,
}

/// What the entries of a group begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initial {
    /// Digits and signs.
    Signs,
    /// A letter, kana or hangul; of hanzi, that of their reading.
    Letter(char),
    /// A hanzi of so many strokes.
    Strokes(usize),
    /// Letters, in a book whose own words are written otherwise.
    Foreign,
    /// Hanzi whose place cannot be told.
    Hanzi,
}

/// The initials of kana and of hangul: the first of each row.
const KANA: &str = "あかさたなはまやらわ";
const HANGUL: &str = "가나다라마바사아자차카타파하";
/// What stands before the letters of the collation of hanzi by readings, and before the counts of that
/// by strokes, from U+2801 on (CLDR, index characters).
const INDEX: char = '\u{FDD0}';
const COUNTS: u32 = 0x2800;
/// The most strokes that the collation counts.
const MOST_STROKES: u32 = 64;

/// Compares what entries are sorted by.
pub struct Collation {
    order: Order,
    collator: CollatorBorrowed<'static>,
}

impl Collation {
    /// The collation of an order.
    #[expect(clippy::expect_used, reason = "the data of every collation are compiled in")]
    pub fn new(order: Order) -> Self {
        let locale = match order {
            Order::Pinyin => locale!("zh-u-co-pinyin"),
            Order::Strokes => locale!("zh-u-co-stroke"),
            Order::Kana => locale!("ja"),
            Order::Hangul => locale!("ko"),
            Order::Letters => locale!("en"),
        };
        let collator = Collator::try_new((&locale).into(), CollatorOptions::default());
        Self { order, collator: collator.expect("compiled data") }
    }

    /// What an entry is sorted by: its words without punctuation, or what its reading makes of them;
    /// none where the reading does not go with them.
    pub fn key(&self, words: &str, reading: Option<&str>) -> Option<String> {
        let words = sorted(words);
        match (reading, self.order) {
            (None, _) => Some(words),
            (Some(reading), Order::Pinyin) => self.read(&words, reading),
            // How a word sounds says nothing of its strokes.
            (Some(reading), Order::Strokes) if !reading.contains(is_cjk) => Some(words),
            (Some(reading), Order::Strokes | Order::Kana | Order::Hangul | Order::Letters) => {
                Some(sorted(reading))
            }
        }
    }

    /// Words with hanzi of the sound that the reading gives each of theirs.
    fn read(&self, words: &str, reading: &str) -> Option<String> {
        let mut syllables = reading.split([' ', '\'', '’', '-']).filter(|it| !it.is_empty());
        let mut key = String::with_capacity(words.len());
        for c in words.chars() {
            key.push(if is_cjk(c) { self.sounding(c, &toneless(syllables.next()?))? } else { c });
        }
        syllables.next().is_none().then_some(key)
    }

    /// A hanzi that the collation has where `c` belongs when it is read as `syllable`.
    fn sounding(&self, c: char, syllable: &str) -> Option<char> {
        let other = Polyphone::of(c).and_then(|it| it.others().find(|it| it.0 == syllable));
        if let Some((_, same)) = other {
            return Some(same);
        }
        let (_, own) = syllables().find(|it| it.0 == syllable)?;
        // The block of a syllable lies between the hanzi of its neighbours.
        let before = syllables().take_while(|it| it.0 != syllable).last();
        let after = syllables().skip_while(|it| it.0 != syllable).nth(1);
        let above = before.is_none_or(|(_, before)| self.are(before, Ordering::Less, c));
        let below = after.is_none_or(|(_, after)| self.are(c, Ordering::Less, after));
        Some(if above && below { c } else { own })
    }

    /// Whether two characters stand so to each other.
    fn are(&self, a: char, order: Ordering, b: char) -> bool {
        self.collator.compare(a.encode_utf8(&mut [0; 4]), b.encode_utf8(&mut [0; 4])) == order
    }

    /// Compares two keys.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }

    /// The group of a key.
    pub fn initial(&self, key: &str) -> Initial {
        let Some(first) = key.chars().next().filter(|c| c.is_alphabetic()) else {
            return Initial::Signs;
        };
        let cjk = is_cjk(first);
        match self.order {
            Order::Pinyin | Order::Strokes | Order::Kana | Order::Hangul if !cjk => {
                Initial::Foreign
            }
            Order::Pinyin => {
                let letters = ('A'..='Z').map(|letter| (format!("{INDEX}{letter}"), letter));
                self.last(letters, key).map_or(Initial::Hanzi, Initial::Letter)
            }
            Order::Strokes => {
                let counts = (1..=MOST_STROKES).filter_map(|count| {
                    let sign = char::from_u32(COUNTS + count)?;
                    Some((format!("{INDEX}{sign}"), count as usize))
                });
                self.last(counts, key).map_or(Initial::Hanzi, Initial::Strokes)
            }
            Order::Kana if is_kana(first) => self.row(KANA, key),
            Order::Kana => Initial::Hanzi,
            Order::Hangul => self.row(HANGUL, key),
            Order::Letters if cjk => Initial::Hanzi,
            Order::Letters => {
                let letters = ('A'..='Z').map(|letter| (letter.to_string(), letter));
                self.last(letters, key).map_or(Initial::Signs, Initial::Letter)
            }
        }
    }

    /// The row of kana or hangul that a key begins in.
    fn row(&self, rows: &str, key: &str) -> Initial {
        let rows = rows.chars().map(|first| (first.to_string(), first));
        self.last(rows, key).map_or(Initial::Hanzi, Initial::Letter)
    }

    /// What the last of those has that do not stand after a key.
    fn last<T>(&self, starts: impl Iterator<Item = (String, T)>, key: &str) -> Option<T> {
        // What the collation does not know stands behind all.
        let reached = starts.filter(|(start, _)| self.compare(start, key).is_le());
        reached.last().map(|(_, initial)| initial)
    }

    /// Among the first two characters of words, one whose reading has to be given: the usual readings,
    /// then the others; none where nothing is in doubt.
    pub fn doubt(&self, words: &str) -> Option<(char, Vec<&'static str>)> {
        if self.order != Order::Pinyin {
            return None;
        }
        sorted(words).chars().take(2).find_map(|c| {
            let polyphone = Polyphone::of(c)?;
            let others = polyphone.others().map(|(reading, _)| reading);
            Some((c, std::iter::once(polyphone.usual).chain(others).collect()))
        })
    }
}

impl Initial {
    /// The title of its group.
    pub fn title(self, rules: &Rules) -> String {
        let labels = &rules.labels.index;
        match self {
            Self::Signs => labels.signs.to_owned(),
            Self::Letter(letter) => letter.to_string(),
            Self::Strokes(count) => labels.strokes.replace("{}", &Numerals::Han.write(count)),
            Self::Foreign => labels.letters.to_owned(),
            Self::Hanzi => labels.others.to_owned(),
        }
    }
}

/// Words as they are sorted: what stands around titles and quotations is no part of them.
fn sorted(words: &str) -> String {
    let is_kept = |c: &char| c.is_ascii() || !is_punctuation(*c);
    words.trim_matches(['"', '\'', ' ']).chars().filter(is_kept).collect()
}

/// Whether `c` is a kana.
const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}
