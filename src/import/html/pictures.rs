//! The pictures of a page: beside it, inside it, or nowhere to be had.

use crate::import::article::Picture;

/// Where the files lie that came along with a page.
pub(in crate::import) struct Shelf<'a> {
    /// A file by the address that the page has for it.
    pub beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// Attributes that name a picture, the surest first: pages that load late have a stand-in as `src`.
const ATTRIBUTES: [&str; 6] =
    ["src", "data-src", "data-original", "data-lazy-src", "data-actualsrc", "href"];

impl Shelf<'_> {
    /// The picture of an element: the first of its addresses that leads to a file, else the first on
    /// the web.
    pub fn picture(&self, element: &scraper::node::Element) -> Option<Picture> {
        let addresses: Vec<&str> = ATTRIBUTES
            .iter()
            // In drawings the attribute has a namespace of its own.
            .filter_map(|name| element.attrs().find(|(own, _)| own == name))
            .map(|(_, address)| address.trim())
            .filter(|it| !it.is_empty())
            .collect();
        let is_late = addresses.len() > 1;
        for address in &addresses {
            let bytes = if let Some(data) = address.strip_prefix("data:") {
                // A stand-in is no picture where another one is named.
                if is_late { None } else { decode(data) }
            } else {
                (self.beside)(address).or_else(|| (self.beside)(&unescaped(address)))
            };
            if let Some(bytes) = bytes {
                let name =
                    if address.starts_with("data:") { "a picture in the page" } else { address };
                return Some(Picture::Here { name: name.to_owned(), bytes });
            }
        }
        let remote = addresses.iter().find(|it| it.starts_with("http") || it.starts_with("//"));
        let address = remote.or_else(|| addresses.iter().find(|it| !it.starts_with("data:")))?;
        Some(Picture::Wanted { address: (*address).to_owned() })
    }
}

/// The bytes of a `data:` address (RFC 2397), without its scheme.
fn decode(data: &str) -> Option<Vec<u8>> {
    let (kind, content) = data.split_once(',')?;
    if kind.ends_with(";base64") {
        return base64(&unescaped(content));
    }
    Some(unescaped(content).into_bytes())
}

/// The bytes that Base64 stands for (RFC 4648, 4).
pub(in crate::import) fn base64(text: &str) -> Option<Vec<u8>> {
    mail_parser::decoders::base64::base64_decode(text.as_bytes())
}

/// `%20` and the like as the characters that they stand for.
pub(in crate::import) fn unescaped(address: &str) -> String {
    let path =
        address.split(['?', '#']).next().filter(|_| !address.starts_with('<')).unwrap_or(address);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let pair =
            tail.get(..2).filter(|_| byte == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
