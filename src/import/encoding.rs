//! From bytes to characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Frequent characters of Chinese, by which the right reading of some bytes is known.
const FREQUENT: &str = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里\
    後這來國個說們為時過對會發經關現業動與種開進機電體實當從無長將給點問題頭樣，。、：；（）“”《》\n";

/// The text in `bytes`, and what it was written in; none where they are no text. A page may declare
/// what it is written in.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<(String, &'static str)> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return sound(encoding, &bytes[length..]);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return is_text(text).then(|| (text.to_owned(), UTF_8.name()));
    }
    if bytes.len().is_multiple_of(2) && bytes.contains(&0) {
        return best(&[UTF_16LE, UTF_16BE], bytes);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(found) = declared.and_then(|encoding| sound(encoding, bytes)) {
        return Some(found);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    best(&[guess, GB18030, BIG5, UTF_16LE, UTF_16BE], bytes)
}

/// The reading of some in which most characters are frequent ones; the first among equals.
fn best(encodings: &[&'static Encoding], bytes: &[u8]) -> Option<(String, &'static str)> {
    let read = encodings.iter().filter_map(|encoding| sound(encoding, bytes));
    read.reduce(|best, next| if score(&next.0) > score(&best.0) { next } else { best })
}

/// How many of ten thousand characters are frequent ones.
fn score(text: &str) -> usize {
    let sample: Vec<char> = text.chars().take(20_000).collect();
    let frequent = sample.iter().filter(|c| FREQUENT.contains(**c)).count();
    frequent * 10_000 / sample.len().max(1)
}

/// The reading by one encoding, if almost all of it can be read and it looks like text.
fn sound(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, &'static str)> {
    let wide = [UTF_16LE, UTF_16BE].contains(&encoding);
    if wide && bytes.len() % 2 == 1 {
        return None;
    }
    // What calls itself GB2312 or GBK often holds characters of its successor.
    let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{fffd}').count();
    (lost * 1000 <= text.chars().count() && is_text(&text))
        .then(|| (text.into_owned(), encoding.name()))
}

/// Whether almost no character is a control character.
fn is_text(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
        .count();
    odd * 200 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        decode(bytes, None).unwrap()
    }

    #[test]
    fn short_chinese_texts_are_read_in_whatever_they_were_written() {
        for text in
            ["联合国的新机制", "人工智能治理对话。\n各国的态度不一。", "图片来源：查塔姆研究所"]
        {
            let gb = GB18030.encode(text).0;
            assert_eq!(read(&gb), (text.to_owned(), "gb18030"));
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(read(&[b"\xFF\xFE", &*wide].concat()), (text.to_owned(), "UTF-16LE"));
        }
        for text in ["聯合國的新機制", "人工智慧治理對話。\n各國的態度不一。"]
        {
            let big5 = BIG5.encode(text).0;
            assert_eq!(read(&big5), (text.to_owned(), "Big5"));
        }
        let text = "联合国的新机制\n能否立得住\n";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide), (text.to_owned(), "UTF-16BE"));
    }

    #[test]
    fn rubbish_is_no_text() {
        let rubbish: Vec<u8> =
            (0..4001_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&rubbish, None), None);
        assert_eq!(decode(b"a\0\0\0\x01\x02\x03b", None), None);
    }
}
