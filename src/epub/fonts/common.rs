//! Which characters a reader's own fonts have.
//!
//! E-readers and telephones of East Asia show what the national sets of 1995 hold, for which their
//! fonts were made: GBK with its 20,902 hanzi (U+4E00–9FA5, those of Unicode 1.1), kana, hangul, and
//! the letters and signs beside them. Hanzi that came later are left to chance: U+9FA6 and above,
//! some of them in the Table of General Standard Chinese Characters of 2013, and all of the
//! extensions.

/// First and last character of each stretch, in order: Latin letters with their accents, pinyin,
/// Greek and Cyrillic; then the signs of GBK and those of the same rows that Big5, JIS X 0208 and
/// KS X 1001 have; then kana, bopomofo, hanzi, hangul, and forms for lines of full width. Characters
/// without ink are among them: no font is brought along for those.
const STRETCHES: [(char, char); 62] = [
    ('\0', '\u{17F}'),
    ('\u{1CD}', '\u{1DC}'),
    ('\u{1F9}', '\u{1F9}'),
    ('\u{251}', '\u{251}'),
    ('\u{261}', '\u{261}'),
    ('\u{2C6}', '\u{2C7}'),
    ('\u{2C9}', '\u{2CB}'),
    ('\u{2D8}', '\u{2DD}'),
    ('\u{300}', '\u{36F}'),
    ('\u{391}', '\u{3A1}'),
    ('\u{3A3}', '\u{3A9}'),
    ('\u{3B1}', '\u{3C9}'),
    ('\u{401}', '\u{401}'),
    ('\u{410}', '\u{44F}'),
    ('\u{451}', '\u{451}'),
    ('\u{2000}', '\u{2027}'),
    ('\u{2028}', '\u{2030}'),
    ('\u{2032}', '\u{2033}'),
    ('\u{2035}', '\u{2035}'),
    ('\u{2039}', '\u{203B}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{20AC}', '\u{20AC}'),
    ('\u{2103}', '\u{2103}'),
    ('\u{2109}', '\u{2109}'),
    ('\u{2116}', '\u{2116}'),
    ('\u{2121}', '\u{2122}'),
    ('\u{2160}', '\u{216B}'),
    ('\u{2170}', '\u{2179}'),
    ('\u{2190}', '\u{2193}'),
    ('\u{2196}', '\u{2199}'),
    ('\u{2202}', '\u{2202}'),
    ('\u{2208}', '\u{2208}'),
    ('\u{220F}', '\u{220F}'),
    ('\u{2211}', '\u{2212}'),
    ('\u{2215}', '\u{2215}'),
    ('\u{221A}', '\u{221A}'),
    ('\u{221D}', '\u{2220}'),
    ('\u{2223}', '\u{2223}'),
    ('\u{2225}', '\u{2225}'),
    ('\u{2227}', '\u{222B}'),
    ('\u{222E}', '\u{222E}'),
    ('\u{2234}', '\u{2237}'),
    ('\u{2248}', '\u{2248}'),
    ('\u{2260}', '\u{2261}'),
    ('\u{2264}', '\u{2267}'),
    ('\u{2295}', '\u{2295}'),
    ('\u{2299}', '\u{2299}'),
    ('\u{22A5}', '\u{22A5}'),
    ('\u{2460}', '\u{249B}'),
    ('\u{2500}', '\u{254B}'),
    ('\u{25A0}', '\u{25A1}'),
    ('\u{25B2}', '\u{25B3}'),
    ('\u{25BC}', '\u{25BD}'),
    ('\u{25C6}', '\u{25C7}'),
    ('\u{25CB}', '\u{25CB}'),
    ('\u{25CE}', '\u{25CF}'),
    ('\u{2605}', '\u{2606}'),
    ('\u{3000}', '\u{312F}'),
    ('\u{4E00}', '\u{9FA5}'),
    ('\u{AC00}', '\u{D7A3}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FE30}', '\u{FFEF}'),
];
/// What only chooses among the shapes of the character before it.
const SELECTORS: (char, char) = ('\u{E0100}', '\u{E01EF}');

/// Whether a reader's own fonts may lack `c`.
pub fn is_rare(c: char) -> bool {
    // Nearly all of a book, without a search.
    if c <= '\u{17F}' || ('\u{4E00}'..='\u{9FA5}').contains(&c) {
        return false;
    }
    let at = STRETCHES.partition_point(|&(_, last)| last < c);
    let common = STRETCHES.get(at).is_some_and(|&(first, _)| first <= c);
    !common && !(SELECTORS.0..=SELECTORS.1).contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_rare_where_no_national_set_of_1995_has_it() {
        let rare: String = "版心〇·—…“”「」，。！？①⑳Ⅲ※→≥ǎàαЖかナㄅ한Ａ￥㎡𠀀𪚥龦鿏☑☐ⁿ㐀"
            .chars()
            .filter(|&c| is_rare(c))
            .collect();
        assert_eq!(rare, "㎡𠀀𪚥龦鿏☑☐ⁿ㐀");
        assert!(!is_rare('\u{2060}') && !is_rare('\u{FE00}') && !is_rare('\u{E0101}'));
    }

    #[test]
    fn the_stretches_stand_in_order() {
        assert!(STRETCHES.iter().all(|(first, last)| first <= last));
        assert!(STRETCHES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
