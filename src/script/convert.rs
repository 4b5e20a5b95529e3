//! From simplified Chinese to traditional, and back.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::{Class, class};

/// From which Chinese to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Simplified to traditional, as OpenCC itself has it.
    Traditional,
    /// Simplified to the traditional of Taiwan.
    Taiwan,
    /// The same, with the words of Taiwan: 软件 becomes 軟體.
    TaiwanWords,
    /// Simplified to the traditional of Hong Kong.
    HongKong,
    /// Traditional to simplified.
    Simplified,
    /// The traditional of Taiwan, with its words, to simplified.
    FromTaiwanWords,
    /// The traditional of Hong Kong to simplified.
    FromHongKong,
}

/// Converters by [`Conversion`], each loaded when a book first asks for it.
static CONVERTERS: [LazyLock<Option<OpenCC>>; 7] = [
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2tw).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2twp).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2hk).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::Tw2sp).ok()),
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::Hk2s).ok()),
];

/// The quotation marks of simplified Chinese and those of traditional (GB/T 15834, 4.8; 重訂標點符號手冊).
const QUOTES: [(char, char); 4] = [('“', '「'), ('”', '」'), ('‘', '『'), ('’', '』')];

impl Conversion {
    /// Each with the word that asks for it, which OpenCC has as well.
    pub const ALL: [(&'static str, Self); 7] = [
        ("s2t", Self::Traditional),
        ("s2tw", Self::Taiwan),
        ("s2twp", Self::TaiwanWords),
        ("s2hk", Self::HongKong),
        ("t2s", Self::Simplified),
        ("tw2sp", Self::FromTaiwanWords),
        ("hk2s", Self::FromHongKong),
    ];

    /// `text` in the other Chinese, with its quotation marks. Of `words`, pairs of a word and what it
    /// becomes, the longest that fits goes before everything else.
    pub fn apply(self, text: &str, words: &[(String, String)]) -> String {
        let mut converted = String::with_capacity(text.len());
        let (mut from, mut at) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let fitting = words.iter().filter(|(word, _)| text[at..].starts_with(word.as_str()));
            match fitting.max_by_key(|(word, _)| word.len()) {
                Some((word, becomes)) => {
                    self.add(&text[from..at], &mut converted);
                    converted.push_str(becomes);
                    at += word.len();
                    from = at;
                }
                None => at += c.len_utf8(),
            }
        }
        self.add(&text[from..], &mut converted);
        converted
    }

    /// Adds `text` in the other Chinese.
    fn add(self, text: &str, converted: &mut String) {
        let of_place = CONVERTERS.get(self as usize).and_then(|converter| converter.as_ref());
        let words = of_place.map_or_else(|| text.to_owned(), |converter| converter.convert(text));
        let mut before = converted.chars().next_back();
        for c in words.chars() {
            // Between letters it is an apostrophe.
            let apostrophe = c == '’' && before.map(class) == Some(Class::Letter);
            converted.push(if apostrophe { c } else { self.quote(c) });
            before = Some(c);
        }
    }

    /// A quotation mark as the other Chinese has it.
    fn quote(self, c: char) -> char {
        let forward = match self {
            Self::Traditional | Self::Taiwan | Self::TaiwanWords | Self::HongKong => true,
            Self::Simplified | Self::FromTaiwanWords | Self::FromHongKong => false,
        };
        let found =
            QUOTES.iter().find(|(plain, angled)| c == if forward { *plain } else { *angled });
        found.map_or(c, |&(plain, angled)| if forward { angled } else { plain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_characters_and_quotes_are_converted() {
        let own = [("人工智能".to_owned(), "人工智慧".to_owned())];
        let convert = |conversion: Conversion, text| conversion.apply(text, &own);
        let text = "“人工智能”的软件里，头发与发展；it’s ‘干’。";
        assert_eq!(
            convert(Conversion::TaiwanWords, text),
            "「人工智慧」的軟體裡，頭髮與發展；it’s 『幹』。"
        );
        assert_eq!(convert(Conversion::HongKong, "里面，“软件”"), "裏面，「軟件」");
        assert_eq!(convert(Conversion::Simplified, "「頭髮」與發展"), "“头发”与发展");
    }

    #[test]
    fn every_conversion_has_its_tables() {
        for (word, conversion) in Conversion::ALL {
            assert!(CONVERTERS[conversion as usize].is_some(), "{word}");
        }
    }
}
