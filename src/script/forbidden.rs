//! Characters that no text holds.

use super::scan;

/// Whether no text holds `c`: control characters other than white space, and noncharacters.
pub fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{FDD0}'..='\u{FDEF}' => true,
        _ => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// The first character of `text` that no text holds, and where it stands.
pub fn find_forbidden(text: &str) -> Option<(usize, char)> {
    let mut from = 0;
    loop {
        let at = from + scan::first(&text.as_bytes()[from..], may_be_forbidden)?;
        let c = text[at..].chars().next()?;
        if is_forbidden(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

/// Whether a character that no text holds may begin with `byte` and `next`.
pub const fn may_be_forbidden(byte: u8, next: u8) -> bool {
    let control = (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    // U+0080 to U+009F; U+FDC0 to U+FDFF and U+FFC0 to U+FFFF; the last of each plane after the first.
    let late = (byte == 0xC2) & (next < 0xA0);
    let last = (byte == 0xEF) & ((next == 0xB7) | (next == 0xBF));
    control | (byte == 0x7F) | late | last | (byte >= 0xF0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_exactly_where_it_is_forbidden() {
        for c in '\0'..=char::MAX {
            let text = format!("版{c}心");
            let found = is_forbidden(c).then_some((3, c));
            assert_eq!(find_forbidden(&text), found, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_ends_of_a_text_are_looked_at() {
        assert_eq!(find_forbidden("版\u{7F}"), Some((3, '\u{7F}')));
        assert_eq!(find_forbidden("\0"), Some((0, '\0')));
        assert_eq!(find_forbidden("版\u{2FFFF}"), Some((3, '\u{2FFFF}')));
        assert_eq!(find_forbidden(""), None);
    }
}
