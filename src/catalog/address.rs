//! Addresses relative to the catalogue.

/// A path as it stands in an address: all but letters, digits and `-._~/` of ASCII is written in
/// percent (RFC 3986, 2.1).
pub fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_be_taken_for_anything_else() {
        assert_eq!(address("books/a-1/a.epub"), "books/a-1/a.epub");
        assert_eq!(address("书 1/a?b#c%\"<.epub"), "%E4%B9%A6%201/a%3Fb%23c%25%22%3C.epub");
        assert_eq!(address("javascript:a"), "javascript%3Aa");
    }
}
