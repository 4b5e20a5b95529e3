//! Where links lead.

use pulldown_cmark::LinkType;

use super::Target;
use crate::files::BookPath;

/// The target of a link to `destination` in the chapter at `path`.
pub(super) fn target(kind: LinkType, destination: &str, path: &BookPath) -> Target {
    if matches!(kind, LinkType::Email) {
        return Target::Url(format!("mailto:{destination}"));
    }
    if is_address(destination) {
        return Target::Url(destination.to_owned());
    }
    let decoded = decode(destination);
    let (file, id) = decoded.split_once('#').map_or((decoded.as_str(), ""), |parts| parts);
    let is_markdown = file.ends_with(".md") || file.ends_with(".markdown");
    if !id.is_empty() && (file.is_empty() || is_markdown) {
        return Target::Id(id.to_owned());
    }
    match path.beside(file) {
        Some(chapter) if is_markdown => Target::Chapter(chapter),
        _ => Target::Nothing(destination.to_owned()),
    }
}

/// The schemes of addresses that lead out of a book: what runs in the reader or looks at the
/// reader's files has no place in one.
const SCHEMES: [&str; 6] = ["https", "http", "mailto", "tel", "ftp", "urn"];

/// Whether a destination is an address with one of these schemes (RFC 3986, 3.1) and something
/// after it.
fn is_address(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, rest)| {
        SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
            && !rest.trim_start_matches('/').is_empty()
    })
}

/// `path` with `%20` and the like as the bytes they stand for (RFC 3986, 2.1); as it is where
/// these are no text.
pub(super) fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = digits
            .filter(|pair| byte == b'%' && pair.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_by_what_they_lead_to() {
        let path = BookPath::new("text/one.md").unwrap();
        let leads = |to: &str| target(LinkType::Inline, to, &path);
        let chapter = |path: &str| Target::Chapter(BookPath::new(path).unwrap());
        assert_eq!(leads("#fig-a"), Target::Id("fig-a".into()));
        assert_eq!(leads("#%E5%9B%BE"), Target::Id("图".into()));
        assert_eq!(leads("two.md#b"), Target::Id("b".into()));
        assert_eq!(leads("two.md"), chapter("text/two.md"));
        assert_eq!(leads("../front/a%20b.md#"), chapter("front/a b.md"));
        assert_eq!(leads("https://example.org/#x"), Target::Url("https://example.org/#x".into()));
        for nothing in [
            "",
            "#",
            "two.pdf",
            "two.pdf#x",
            "../../two.md",
            "C:\\two.md",
            "JavaScript:x",
            "file:///x",
            "data:,x",
            "https://",
        ] {
            assert_eq!(leads(nothing), Target::Nothing(nothing.into()));
        }
    }
}
