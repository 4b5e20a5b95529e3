//! Numbers and strings as content streams write them.

use std::io::Write;

/// Adds a number with at most three decimals and a space.
pub fn push(out: &mut Vec<u8>, value: f64) {
    let thousandths = (value * 1000.0).round() as i64;
    let (whole, rest) = (thousandths / 1000, (thousandths % 1000).unsigned_abs());
    if thousandths < 0 && whole == 0 {
        out.push(b'-');
    }
    // Writing into a vector cannot fail.
    let _ = write!(out, "{whole}");
    if rest > 0 {
        let digits =
            [b'0' + (rest / 100) as u8, b'0' + (rest / 10 % 10) as u8, b'0' + (rest % 10) as u8];
        let used = digits.iter().rposition(|&digit| digit != b'0').map_or(0, |last| last + 1);
        out.push(b'.');
        out.extend_from_slice(&digits[..used]);
    }
    out.push(b' ');
}

/// Adds numbers, then an operator and a line end.
pub fn operation(out: &mut Vec<u8>, operands: &[f64], operator: &str) {
    operands.iter().for_each(|&operand| push(out, operand));
    out.extend_from_slice(operator.as_bytes());
    out.push(b'\n');
}

/// Adds a byte of a literal string, escaped where it would mean something else (ISO 32000-1 7.3.4.2).
pub fn push_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Adds text as a hexadecimal string in UTF-16BE with its byte order mark.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push(b'>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_decimals_at_most() {
        let written = |value| {
            let mut out = Vec::new();
            push(&mut out, value);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(10.5), "10.5 ");
        assert_eq!(written(-0.25), "-0.25 ");
        assert_eq!(written(3.0004), "3 ");
        assert_eq!(written(-12.3456), "-12.346 ");
    }

    #[test]
    fn bytes_that_mean_something_are_escaped() {
        let mut out = Vec::new();
        // 名不服质 hold the bytes 0x0D, 0x28, 0x29 and 0x5C in some encodings.
        b"\x54\x0D\x4E\x28\x29\x5C".iter().for_each(|&byte| push_byte(&mut out, byte));
        assert_eq!(out, b"\x54\\r\x4E\\(\\)\\\\");
    }
}
