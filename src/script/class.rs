//! Classes of characters: what a character is to line breaking, squeezing and spacing.

use icu_properties::props::{
    EastAsianWidth, EmojiPresentation, GeneralCategory, GeneralCategoryGroup,
};
use icu_properties::props::{LineBreak, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

/// What a character is to the line (clreq 3.1, GB/T 15834 clause 5, UAX #14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Hanzi, kana, bopomofo, hangul and other full-width signs: breaks before and after.
    Han,
    /// Opening bracket or quote, blank on its left.
    Open,
    /// Closing bracket or quote, blank on its right.
    Close,
    /// 、，；： – a pause, blank on its right.
    Pause,
    /// 。．！？ – an end, blank on its right.
    Stop,
    /// A pause or an end in the middle of its em, all of which is its own (R44).
    Centred,
    /// A small kana, ー or 々: a hanzi that starts no line (jlreq, cl-09 to cl-11).
    Small,
    /// A curly quote, full-width or proportional by its neighbours: the opening ones.
    QuoteOpen,
    /// A curly quote: the closing ones.
    QuoteClose,
    /// · between the parts of a name.
    MiddleDot,
    /// — of a dash, in pairs.
    Dash,
    /// … of an ellipsis, in pairs.
    Ellipsis,
    /// – ～ between the ends of a range.
    Connector,
    /// / between alternatives.
    Slash,
    /// A small mark that stays with what is before it: %, ‰, ℃.
    Suffix,
    /// A small mark that stays with what follows: ¥, $, №.
    Prefix,
    /// A decimal digit.
    Digit,
    /// A letter of a script that puts spaces between words.
    Letter,
    /// - between the parts of a word.
    Hyphen,
    /// Latin punctuation that stays with what is before it: , . ; : ! ?
    LatinClose,
    /// Latin opening bracket.
    LatinOpen,
    /// A space at which a line may end.
    Space,
    /// A space at which it may not.
    FixedSpace,
    /// Forbids a break and takes no room: U+2060, U+FEFF, U+200D.
    Joiner,
    /// Allows a break and takes no room: U+200B.
    ZeroSpace,
    /// A soft hyphen.
    SoftHyphen,
    /// A mark that belongs to the character before it.
    Combining,
    /// The raised mark of a note, which no character is.
    NoteMark,
    /// Anything else: symbols, which break like letters.
    Other,
}

/// The class of `c`.
pub fn class(c: char) -> Class {
    match c {
        '一'..='鿿' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => Class::Han,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '、' | '，' | '；' | '：' | '﹐' | '﹑' => Class::Pause,
        '。' | '．' | '！' | '？' | '｡' | '‼' | '⁇' | '⁈' | '⁉' => Class::Stop,
        '“' | '‘' => Class::QuoteOpen,
        '”' | '’' => Class::QuoteClose,
        '·' | '‧' | '・' => Class::MiddleDot,
        '—' | '⸺' | '⸻' | '―' => Class::Dash,
        '…' | '⋯' => Class::Ellipsis,
        '–' | '～' | '〜' => Class::Connector,
        '/' | '／' => Class::Slash,
        '%' | '‰' | '℃' | '℉' | '°' | '％' | '′' | '″' => Class::Suffix,
        '¥' | '￥' | '$' | '€' | '£' | '№' | '＄' => Class::Prefix,
        '+' | '−' | '±' | '＋' => Class::Other,
        '-' | '‐' => Class::Hyphen,
        // The ideographic space is a blank hanzi: as wide, and not to be squeezed.
        '\u{3000}' => Class::Han,
        ' ' => Class::Space,
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2011}' => Class::FixedSpace,
        '\u{2060}' | '\u{feff}' | '\u{200d}' | '\u{200c}' => Class::Joiner,
        '\u{200b}' => Class::ZeroSpace,
        '\u{ad}' => Class::SoftHyphen,
        _ => by_property(c),
    }
}

/// The class of a character that no rule above names, from its Unicode line-break class.
fn by_property(c: char) -> Class {
    let wide = is_wide(c);
    match CodePointMapData::<LineBreak>::new().get(c) {
        LineBreak::OpenPunctuation if wide => Class::Open,
        LineBreak::OpenPunctuation => Class::LatinOpen,
        LineBreak::ClosePunctuation | LineBreak::CloseParenthesis if wide => Class::Close,
        LineBreak::ClosePunctuation
        | LineBreak::CloseParenthesis
        | LineBreak::Exclamation
        | LineBreak::InfixNumeric
        | LineBreak::Quotation => Class::LatinClose,
        LineBreak::Ideographic
        | LineBreak::Nonstarter
        | LineBreak::ConditionalJapaneseStarter
        | LineBreak::H2
        | LineBreak::H3 => Class::Han,
        LineBreak::CombiningMark | LineBreak::ZWJ => Class::Combining,
        LineBreak::Numeric => Class::Digit,
        LineBreak::PrefixNumeric => Class::Prefix,
        LineBreak::PostfixNumeric => Class::Suffix,
        LineBreak::Alphabetic | LineBreak::HebrewLetter | LineBreak::ComplexContext => {
            if CodePointMapData::<Script>::new().get(c) == Script::Common {
                Class::Other
            } else {
                Class::Letter
            }
        }
        LineBreak::BreakAfter | LineBreak::Space => Class::Space,
        LineBreak::Glue | LineBreak::WordJoiner => Class::FixedSpace,
        // Signs that fonts draw a full em wide: ①, ■, ★.
        LineBreak::Ambiguous => Class::Han,
        _ if wide => Class::Han,
        _ => Class::Other,
    }
}

/// Whether `c` belongs to Chinese, Japanese or Korean text whatever stands beside it: wide,
/// full-width or half-width (UAX #11) and no emoji, or hangul.
pub fn is_cjk(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let width = CodePointMapData::<EastAsianWidth>::new().get(c);
    let wide = matches!(
        width,
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth
    );
    (wide && !CodePointSetData::new::<EmojiPresentation>().contains(c)) || is_hangul(c)
}

/// Whether `c` is hangul, which puts spaces between words.
pub fn is_hangul(c: char) -> bool {
    !c.is_ascii() && CodePointMapData::<Script>::new().get(c) == Script::Hangul
}

/// Whether `c` is punctuation or a symbol (general categories P and S).
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Punctuation.contains(category)
        || GeneralCategoryGroup::Symbol.contains(category)
}

/// Whether `c` fills an em in Chinese type.
fn is_wide(c: char) -> bool {
    matches!(
        CodePointMapData::<EastAsianWidth>::new().get(c),
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth
    )
}

impl Class {
    /// A full-width mark of punctuation.
    pub const fn is_mark(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Close
                | Self::Pause
                | Self::Stop
                | Self::Centred
                | Self::QuoteOpen
                | Self::QuoteClose
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_quotes_and_emoji_are_no_cjk_characters() {
        let cjk = |text: &str| text.chars().all(is_cjk);
        assert!(cjk("汉「。（！ｱ한"));
        assert!(!"“”—…·A*(😀".chars().any(is_cjk));
        assert!("“”—…·*(，。¥".chars().all(is_punctuation));
        assert!(!"汉A1 ".chars().any(is_punctuation));
    }

    #[test]
    fn characters_by_class() {
        let classes = [
            ("汉字々〇①■𠮷\u{3000}", Class::Han),
            ("（《「【", Class::Open),
            ("）》」】", Class::Close),
            ("、，；：", Class::Pause),
            ("。！？", Class::Stop),
            ("(", Class::LatinOpen),
            (",.!)]", Class::LatinClose),
            ("%℃", Class::Suffix),
            ("azéЖα", Class::Letter),
        ];
        for (text, expected) in classes {
            for c in text.chars() {
                assert_eq!(class(c), expected, "{c}");
            }
        }
    }
}
