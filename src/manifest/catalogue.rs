//! What catalogues ask for beyond title and names: ISBN, series with ISSN, subjects, licence.

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Commons, Isbn, Series, Subject};
use crate::diag::Code;
use crate::message;

/// Systems of subjects that an EPUB may name by a word (EPUB 3.3, 5.5.4.5 and its list of reserved
/// values); others are named by an address.
const AUTHORITIES: [&str; 14] = [
    "AAT", "BIC", "BISAC", "CLC", "CLIL", "DDC", "EuroVoc", "LCC", "LCSH", "MEDTOP", "NDC",
    "Thema", "UDC", "WGS",
];

impl Reader<'_> {
    /// The ISBN: that of the key, or of the identifier where that is one.
    pub fn isbn(&mut self, given: Option<Text>, identifier: Option<&Text>) -> Option<Isbn> {
        let written = match &given {
            Some(given) => given.get_ref().trim(),
            None => number_of_urn(identifier?.get_ref())?,
        };
        let digits: String = written.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if let Some(given) = &given {
            self.check_isbn(&digits, given);
        }
        Some(Isbn { digits, written: written.to_owned() })
    }

    /// The identifier, whose check digit must be right where it is an ISBN (RFC 3187).
    pub fn identifier(&mut self, given: Option<Text>) -> String {
        let number = given.as_ref().and_then(|given| number_of_urn(given.get_ref()));
        let number = number.map(|number| number.replace('-', ""));
        if let (Some(given), Some(number)) = (&given, number) {
            self.check_isbn(&number, given);
        }
        self.required(&super::meaning::ROOT, "identifier", given)
    }

    /// Reports what is no ISBN of thirteen digits (ISO 2108).
    fn check_isbn(&mut self, digits: &str, given: &Text) {
        let numbers: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
        let shaped = numbers.len() == 13
            && digits.len() == 13
            && (digits.starts_with("978") || digits.starts_with("979"));
        if !shaped {
            let message = message!("`{given}` is not an ISBN", given = given.get_ref());
            let hint = match of_ten(digits) {
                Some(long) => {
                    message!("this is one of ten digits, as up to 2006; today it is {long}", long)
                }
                None => "an ISBN has 13 digits and begins with 978 or 979".into(),
            };
            self.report(Code::BadIsbn, given.span(), message).hint(hint);
            return;
        }
        let right = check_digit(&numbers);
        if numbers[12] != right {
            let last = numbers[12];
            let message = message!(
                "the last digit of this ISBN is {last} and should be {right}",
                last,
                right
            );
            let hint = "compare all digits with the number given out: one or two are mistyped";
            self.report(Code::BadIsbn, given.span(), message).hint(hint);
        }
    }

    /// An ISSN (ISO 3297), as it is printed: `1234-5679`; empty when none is given.
    fn issn(&mut self, given: Option<Text>) -> String {
        let Some(given) = given else { return String::new() };
        let text = given.get_ref().trim();
        let characters = text.replacen('-', "", 1).to_ascii_uppercase();
        let (body, last) = characters.split_at_checked(7).unwrap_or_default();
        let shaped = body.bytes().all(|byte| byte.is_ascii_digit())
            && last.len() == 1
            && last.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X');
        if !shaped {
            let message = message!("`{text}` is not an ISSN", text);
            let hint = "an ISSN has 7 digits and a check digit, such as `1234-5679`";
            self.report(Code::BadIssn, given.span(), message).hint(hint);
            return String::new();
        }
        let right = modulo_eleven(body);
        if !last.starts_with(right) {
            let message = message!(
                "the last digit of this ISSN is {last} and should be {right}",
                last,
                right
            );
            let hint = "compare all digits with the number given out: one or two are mistyped";
            self.report(Code::BadIssn, given.span(), message).hint(hint);
        }
        let (first, second) = body.split_at(4);
        format!("{first}-{second}{last}")
    }

    /// The series, and the book's place in it.
    pub fn series(&mut self, given: Option<raw::Placed<raw::Series>>) -> Option<Series> {
        let given = given?;
        let table = given.span();
        let raw::Series { name, position, issn } = given.into_inner().0;
        let name = self.required(&table, "name", name);
        let place = position.as_ref().and_then(|count| u32::try_from(count.get_ref().0).ok());
        if let (Some(given), None | Some(0)) = (&position, place) {
            let message =
                message!("no book has place {given} in a series", given = given.get_ref().0);
            self.report(Code::BadValue, given.span(), message).hint("places count from 1");
        }
        Some(Series { name, position: place, issn: self.issn(issn) })
    }

    /// What the book is about.
    pub fn subjects(&mut self, given: Vec<Spanned<raw::Subject>>) -> Vec<Subject> {
        given.into_iter().map(|subject| self.subject(subject)).collect()
    }

    fn subject(&mut self, given: Spanned<raw::Subject>) -> Subject {
        let at = given.span();
        let (name, authority, term) = match given.into_inner() {
            raw::Brief::Word(name) => (Some(Spanned::new(at.clone(), name)), None, None),
            raw::Brief::Table(table) => (table.name, table.authority, table.term),
        };
        let name = match name {
            Some(name) => self.filled("name", name),
            None => self.required(&at, "name", None),
        };
        let code = match (authority, term) {
            (None, None) => None,
            (Some(authority), Some(term)) => {
                Some((self.authority(&authority), self.filled("term", term)))
            }
            (authority, term) => {
                let missing = if term.is_none() { "term" } else { "authority" };
                let beside = authority.or(term).map_or(at.clone(), |given| given.span());
                if !self.is_cut(&at, missing) {
                    let message = message!("the key `{missing}` is missing", missing);
                    let hint =
                        "a code of a subject needs the system that has it, and that the code";
                    self.report(Code::MissingKey, beside, message).hint(hint);
                }
                None
            }
        };
        Subject { name, code }
    }

    /// A system of subjects: a word of the list, or an address.
    fn authority(&mut self, given: &Text) -> String {
        if is_address(given.get_ref()) {
            return given.get_ref().clone();
        }
        let choices = AUTHORITIES.map(|name| (name, name));
        self.choose("authority", given, &choices).unwrap_or_default().to_owned()
    }

    /// The address of a licence; empty when none is given.
    pub fn licence(&mut self, given: Option<Text>) -> String {
        let Some(given) = given else { return String::new() };
        if is_address(given.get_ref()) {
            return given.into_inner();
        }
        if let Some(commons) = Commons::read(given.get_ref()) {
            return commons.url();
        }
        let message =
            message!("`{given}` is not the address of a licence", given = given.get_ref());
        let hint = "write where the licence stands, or the name of one of Creative Commons with its \
                    version, such as `CC BY 4.0`; words go into `rights`";
        self.report(Code::BadValue, given.span(), message).hint(hint);
        String::new()
    }
}

/// Whether `text` is an address on the web, in the characters that one has (RFC 3986, 2).
pub fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()))
}

/// The number in a URN of an ISBN (RFC 3187).
fn number_of_urn(identifier: &str) -> Option<&str> {
    let (scheme, number) = identifier.trim().split_at_checked("urn:isbn:".len())?;
    scheme.eq_ignore_ascii_case("urn:isbn:").then_some(number)
}

/// The thirteen digits for a right ISBN of ten (ISO 2108, annex D); none for anything else.
fn of_ten(digits: &str) -> Option<String> {
    let (body, last) = digits.split_at_checked(9).filter(|(_, last)| last.len() == 1)?;
    let right = modulo_eleven(body.bytes().all(|byte| byte.is_ascii_digit()).then_some(body)?);
    if !last.to_ascii_uppercase().starts_with(right) {
        return None;
    }
    let long = format!("978{body}");
    let numbers: Vec<u32> = long.chars().filter_map(|c| c.to_digit(10)).collect();
    Some(format!("{long}{}", check_digit(&numbers)))
}

/// The check digit by weights that fall to 2 (ISO 3297, annex A; ISO 2108:1992): `X` stands for 10.
fn modulo_eleven(body: &str) -> char {
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let weights = (2..=digits.len() as u32 + 1).rev();
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('X'),
    }
}

/// The last digit that belongs to the first twelve (ISO 2108, annex A).
fn check_digit(digits: &[u32]) -> u32 {
    let weighed = digits.iter().take(12).enumerate();
    let sum: u32 = weighed.map(|(place, digit)| digit * if place % 2 == 0 { 1 } else { 3 }).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_an_isbn() {
        for isbn in ["9787300000008", "9780306406157", "9791090636071"] {
            let digits: Vec<u32> = isbn.chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(check_digit(&digits), digits[12], "{isbn}");
        }
    }

    #[test]
    fn an_isbn_of_ten_digits_has_one_of_thirteen() {
        assert_eq!(of_ten("0306406152").as_deref(), Some("9780306406157"));
        assert_eq!(of_ten("7302000007"), None);
        assert_eq!(of_ten("080442957X").as_deref(), Some("9780804429573"));
        assert_eq!(of_ten("080442957x").as_deref(), Some("9780804429573"));
        for wrong in ["0306406153", "030640615", "0306406", "X306406152", "中文十个字符也不行的"]
        {
            assert_eq!(of_ten(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_check_digit_of_an_issn() {
        for issn in ["03785955", "20493630", "2434561X", "1050124X", "00280836"] {
            assert!(issn[7..].starts_with(modulo_eleven(&issn[..7])), "{issn}");
        }
    }
}
