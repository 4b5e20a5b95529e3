//! EAN-13, the bars of an ISBN (ISO/IEC 15420, 4.3).

/// A bar or a space of one module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Dark.
    Bar,
    /// Light.
    Space,
}

/// The modules of a symbol, without its quiet zones.
pub const MODULES: usize = 95;
/// The quiet zone before the first bar, in modules.
pub const QUIET_BEFORE: usize = 11;
/// The quiet zone after the last bar.
pub const QUIET_AFTER: usize = 7;

/// Number set A: each digit as seven modules, dark ones as 1 (table 1). Set C has the opposite
/// colours, and set B is C read backwards.
const SET_A: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111, 0b011_1011,
    0b011_0111, 0b000_1011,
];

/// Which of the six digits on the left are of set B, as bits, by the first digit, which has no bars
/// of its own (table 2).
const LEFT_OF_B: [u8; 10] = [
    0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110,
    0b011010,
];

/// The bars of thirteen digits; none for anything else. Whether the last is right is not asked.
pub fn ean13(number: &str) -> Option<[Module; MODULES]> {
    let digits: Vec<usize> =
        number.chars().map(|c| Some(c.to_digit(10)? as usize)).collect::<Option<_>>()?;
    let [first, rest @ ..] = <[usize; 13]>::try_from(digits).ok()?;
    let mut bits = Vec::with_capacity(MODULES);
    let mut add = |pattern: u8, modules: u32| {
        bits.extend((0..modules).rev().map(|bit| pattern >> bit & 1 == 1));
    };
    add(0b101, 3);
    for (place, &digit) in rest[..6].iter().enumerate() {
        let of_b = LEFT_OF_B[first] >> (5 - place) & 1 == 1;
        add(if of_b { set_b(digit) } else { SET_A[digit] }, 7);
    }
    add(0b01010, 5);
    rest[6..].iter().for_each(|&digit| add(set_c(digit), 7));
    add(0b101, 3);
    let modules = bits.into_iter().map(|dark| if dark { Module::Bar } else { Module::Space });
    <[Module; MODULES]>::try_from(modules.collect::<Vec<_>>()).ok()
}

/// A digit of number set C.
fn set_c(digit: usize) -> u8 {
    !SET_A[digit] & 0b111_1111
}

/// A digit of number set B.
fn set_b(digit: usize) -> u8 {
    // Backwards among eight bits leaves the seven at the high end.
    set_c(digit).reverse_bits() >> 1
}

/// Whether the bars at a place reach down between the digits: those of the three guard patterns.
pub const fn is_guard(module: usize) -> bool {
    module < 3 || (module >= 45 && module < 50) || module >= 92
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(number: &str) -> String {
        let sign = |module| if module == Module::Bar { '1' } else { '0' };
        ean13(number).map(|modules| modules.into_iter().map(sign).collect()).unwrap_or_default()
    }

    #[test]
    fn the_bars_of_an_isbn() {
        let found = shown("9780306406157");
        assert_eq!(found.len(), MODULES);
        // 9 | 7 8 0 3 0 6 | 4 0 6 1 5 7: A B B A B A, then C.
        let expected = [
            "101", "0111011", "0001001", "0100111", "0111101", "0100111", "0101111", "01010",
            "1011100", "1110010", "1010000", "1100110", "1001110", "1000100", "101",
        ];
        assert_eq!(found, expected.concat());
    }

    #[test]
    fn every_digit_is_two_bars_and_two_spaces_of_odd_even_parity() {
        for (digit, a) in SET_A.into_iter().enumerate() {
            let [b, c] = [set_b(digit), set_c(digit)];
            // Sets A and B begin with a space and end with a bar, C the other way round.
            assert_eq!([a >> 6, b >> 6, c >> 6], [0, 0, 1]);
            assert_eq!([a & 1, b & 1, c & 1], [1, 1, 0]);
            assert_eq!([a, b, c].map(|set| set.count_ones() % 2), [1, 0, 0]);
            for set in [a, b, c] {
                let edges = (0..6).filter(|bit| set >> bit & 1 != set >> (bit + 1) & 1).count();
                assert_eq!(edges, 3, "{digit}");
            }
        }
    }

    #[test]
    fn the_first_digit_is_told_by_the_sets_on_the_left() {
        let mut seen = std::collections::BTreeSet::new();
        for (first, sets) in LEFT_OF_B.into_iter().enumerate() {
            assert!(seen.insert(sets));
            assert_eq!(sets.count_ones(), if first == 0 { 0 } else { 3 });
            assert!(sets < 0b10_0000, "the first digit on the left is of set A");
        }
    }

    #[test]
    fn nothing_but_thirteen_digits_has_bars() {
        for number in
            ["", "978030640615", "97803064061570", "978030640615X", "９７８０３０６４０６１５７"]
        {
            assert_eq!(ean13(number), None, "{number}");
        }
    }
}
