//! Numbers and strings as PDF writes them (ISO 32000-1, 7.3).

use std::io::Write;

use lopdf::{Object, ObjectId, StringFormat};

use crate::units::Length;

/// Scaled points in a point, as a shift.
const SCALE_BITS: u32 = 16;

/// Writes `value` / 10^`decimals` without exponent and without useless zeros; `decimals` at most 5.
pub fn decimal(out: &mut Vec<u8>, value: i64, decimals: u32) {
    let mut digits = [0; 32];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    let mut fraction = false;
    for _ in 0..decimals {
        let digit = rest % 10;
        rest /= 10;
        if fraction || digit != 0 {
            fraction = true;
            at -= 1;
            digits[at] = b'0' + digit as u8;
        }
    }
    if fraction {
        at -= 1;
        digits[at] = b'.';
    }
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes `length` in points, rounded to `decimals` places, and a space.
pub fn length(out: &mut Vec<u8>, length: Length, decimals: u32) {
    let scaled = i64::from(length.raw()) * 10_i64.pow(decimals);
    decimal(out, (scaled + (1 << (SCALE_BITS - 1))) >> SCALE_BITS, decimals);
    out.push(b' ');
}

/// Writes `number`, rounded to `decimals` places, and a space; what is no number counts as 0.
pub fn number(out: &mut Vec<u8>, number: f32, decimals: u32) {
    // Far beyond any page, and short of what readers can hold (ISO 32000-1, annex C).
    const LARGEST: f64 = 30_000_000.0;
    let bounded = f64::from(number).clamp(-LARGEST, LARGEST);
    // `as` maps NaN to zero.
    decimal(out, (bounded * f64::from(10_u32.pow(decimals))).round() as i64, decimals);
    out.push(b' ');
}

/// Writes one byte of a literal string (7.3.4.2).
pub fn string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // A bare end of line would be read as a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        other => out.push(other),
    }
}

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// Writes an object as it stands in a file (7.3). No two of its words run into each other.
pub fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(integer) => decimal(out, *integer, 0),
        // The shortest decimal that is the same number. Writing to bytes cannot fail.
        Object::Real(real) => drop(write!(out, "{real}")),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            bytes.iter().for_each(|&byte| string_byte(out, byte));
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                out.extend([byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]));
            }
            out.push(b'>');
        }
        Object::Array(array) => {
            out.push(b'[');
            for (index, object) in array.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_object(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => {
            out.extend_from_slice(b"<<");
            for (key, value) in dictionary {
                write_name(out, key);
                out.push(b' ');
                write_object(out, value);
            }
            out.extend_from_slice(b">>");
        }
        Object::Reference(id) => reference(out, *id),
        // A stream stands in a file by itself, never inside another object.
        Object::Stream(_) => {}
    }
}

/// Writes a reference to an object (7.3.10).
pub fn reference(out: &mut Vec<u8>, (number, generation): ObjectId) {
    decimal(out, number.into(), 0);
    out.push(b' ');
    decimal(out, generation.into(), 0);
    out.extend_from_slice(b" R");
}

/// Writes a name, what is not a regular character as `#XX` (7.3.5).
fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if matches!(byte, b'!'..=b'~') && !b"#()<>[]{}/%".contains(&byte) {
            out.push(byte);
        } else {
            out.push(b'#');
            out.extend([byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]));
        }
    }
}

/// Bytes as an object that is written in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> Object {
    Object::String(bytes.to_vec(), StringFormat::Hexadecimal)
}

/// Writes `text` as a hexadecimal string in UTF-16 with its byte order mark (7.9.2.2).
pub fn utf16(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        for shift in [12, 8, 4, 0] {
            out.push(DIGITS[usize::from(unit >> shift & 15)]);
        }
    }
    out.push(b'>');
}

/// A text string: plain where it is printable ASCII, else UTF-16 with its byte order mark (7.9.2.2).
pub fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Object::String(text.into(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A length in points as an object, to a thousandth.
pub fn points(length: Length) -> Object {
    Object::Real(((length.as_pt() * 1000.0).round() / 1000.0) as f32)
}

/// A name as an object.
pub fn name(name: &str) -> Object {
    Object::Name(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_written_short_and_exact() {
        let cases = [(0, "0"), (10_500, "10.5"), (-1, "-0.001"), (120_000, "120"), (7, "0.007")];
        for (thousandths, expected) in cases {
            assert_eq!(written(|out| decimal(out, thousandths, 3)), expected);
        }
        assert_eq!(written(|out| decimal(out, i64::MIN, 5)), "-92233720368547.75808");
        assert_eq!(written(|out| length(out, Length::pt(-2.625), 3)), "-2.625 ");
        assert_eq!(written(|out| length(out, Length::mm(148.0), 3)), "419.528 ");
        assert_eq!(written(|out| number(out, f32::NAN, 3)), "0 ");
        assert_eq!(written(|out| number(out, f32::INFINITY, 3)), "30000000 ");
    }

    #[test]
    fn strings_survive_their_own_delimiters() {
        assert_eq!(
            written(|out| b"(\\)\r\n".iter().for_each(|&b| string_byte(out, b))),
            "\\(\\\\\\)\\r\n"
        );
        assert_eq!(written(|out| utf16(out, "a𠮷")), "<FEFF0061D842DFB7>");
    }

    #[test]
    fn text_strings_choose_their_encoding() {
        assert_eq!(text_string("a(b").as_str().unwrap(), b"a(b");
        assert_eq!(text_string("名").as_str().unwrap(), [0xFE, 0xFF, 0x54, 0x0D]);
        assert_eq!(text_string("a\u{7F}").as_str().unwrap()[..2], [0xFE, 0xFF]);
    }
}
