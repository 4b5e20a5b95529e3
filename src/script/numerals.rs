//! Numbers in words and signs.

/// A way of writing whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numerals {
    /// 1, 2, 3
    Arabic,
    /// 一, 二, 三 … 十一 … 一百零一
    Han,
    /// i, ii, iii
    Roman,
    /// I, II, III
    RomanCapital,
    /// A, B … Z, AA, AB
    Letters,
    /// ①, ② … ㊿, then plain digits
    Circled,
}

impl Numerals {
    /// `number` in this way of writing; what a way cannot write comes in arabic digits.
    pub fn write(self, number: usize) -> String {
        match self {
            Self::Arabic => number.to_string(),
            Self::Han => han(number),
            Self::Roman => roman(number),
            Self::RomanCapital => roman(number).to_uppercase(),
            Self::Letters => letters(number),
            Self::Circled => circled(number).map_or_else(|| number.to_string(), String::from),
        }
    }
}

/// Capital letters as columns of a sheet have them; a digit where there is no letter, for zero.
fn letters(number: usize) -> String {
    let mut letters = Vec::new();
    let mut left = number;
    while let Some(last) = left.checked_sub(1) {
        letters.extend(('A'..='Z').nth(last % 26));
        left = last / 26;
    }
    if letters.is_empty() { number.to_string() } else { letters.iter().rev().collect() }
}

/// Chinese number words up to 9 999; arabic digits beyond.
fn han(number: usize) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(usize, Option<char>); 4] =
        [(1000, Some('千')), (100, Some('百')), (10, Some('十')), (1, None)];
    if number > 9_999 {
        return number.to_string();
    }
    if number == 0 {
        return DIGITS[0].into();
    }
    let mut words = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push(DIGITS[0]);
            gap = false;
        }
        // 十二, not 一十二, at the front.
        if !(unit == 10 && digit == 1 && words.is_empty()) {
            words.push(DIGITS[digit]);
        }
        words.extend(name);
    }
    words
}

/// Small roman numerals up to 3 999; arabic digits beyond.
fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut signs = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            signs.push_str(sign);
            rest -= value;
        }
    }
    signs
}

/// A number in a circle: U+2460…, U+3251…, U+32B1….
fn circled(number: usize) -> Option<char> {
    let base = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32B1 - 36,
        _ => return None,
    };
    char::from_u32(base + u32::try_from(number).ok()?)
}

#[cfg(test)]
mod tests {
    use super::Numerals::{Arabic, Circled, Han, Roman};

    #[test]
    fn numbers_in_their_ways_of_writing() {
        let han = [1, 10, 11, 20, 21, 100, 101, 110, 999, 1010, 10_000].map(|n| Han.write(n));
        assert_eq!(
            han.join(" "),
            "一 十 十一 二十 二十一 一百 一百零一 一百一十 九百九十九 一千零一十 10000"
        );
        assert_eq!([1, 4, 9, 14, 1999].map(|n| Roman.write(n)).join(" "), "i iv ix xiv mcmxcix");
        assert_eq!([1, 20, 21, 36, 50, 51].map(|n| Circled.write(n)).join(" "), "① ⑳ ㉑ ㊱ ㊿ 51");
        assert_eq!(Arabic.write(7), "7");
    }
}
