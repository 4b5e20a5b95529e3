//! What a file is: by its first bytes, by its ending where these say nothing.

/// A kind of file that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Characters and line ends.
    Text,
    /// A web page.
    Html,
    /// A web page with its pictures in one file (RFC 2557).
    Mhtml,
    /// Word's documents (ISO/IEC 29500).
    Docx,
    /// OpenDocument's texts (ISO/IEC 26300).
    Odt,
    /// An EPUB.
    Epub,
    /// The list of chapters of a book of Markdown files.
    Summary,
    /// Anything else, by its name.
    Other(&'static str),
}

/// Kinds that are no text, by what they begin with.
const OTHERS: [(&[u8], &str); 13] = [
    (b"%PDF", "a PDF"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a file of old Office programs"),
    (b"{\\rtf", "an RTF document"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"\x89PNG\r\n", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"\x1F\x8B", "a compressed file"),
    (b"7z\xBC\xAF", "an archive"),
    (b"Rar!", "an archive"),
    (b"bplist", "a web archive of Safari"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
];

/// What the file called `name` is.
pub(super) fn of(name: &str, bytes: &[u8]) -> Kind {
    if name == "SUMMARY.md" {
        return Kind::Summary;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if bytes.starts_with(b"PK\x03\x04") {
        return of_archive(bytes);
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Other(kind);
    }
    let head = head(bytes);
    if matches!(ending.as_str(), "mht" | "mhtml" | "eml") || is_message(&head) {
        Kind::Mhtml
    } else if is_flat_text(&head) {
        Kind::Odt
    } else if matches!(ending.as_str(), "html" | "htm" | "xhtml" | "shtml") || is_page(&head) {
        Kind::Html
    } else {
        Kind::Text
    }
}

/// What a ZIP file is: EPUB and OpenDocument begin with a `mimetype` (OCF 3.3; part 2, 3.3), Word's
/// documents hold a part that is called so (part 2, 9.2).
fn of_archive(bytes: &[u8]) -> Kind {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let start = &bytes[..bytes.len().min(200)];
    let begins = |name: &[u8]| memchr::memmem::find(start, name).is_some();
    // Texts that were unpacked and packed again often lost the sign at their beginning.
    let has_parts = || has(b"META-INF/manifest.xml") && has(b"content.xml");
    let is_open_document = begins(b"application/vnd.oasis.opendocument.");
    if begins(b"application/epub+zip") || has(b"META-INF/container.xml") {
        Kind::Epub
    } else if begins(b"application/vnd.oasis.opendocument.text") {
        Kind::Odt
    } else if has(b"word/document") {
        Kind::Docx
    } else if has(b"ppt/presentation") || has(b"xl/workbook") {
        Kind::Other("slides or a spreadsheet")
    } else if !is_open_document && has_parts() {
        Kind::Odt
    } else {
        Kind::Other("an archive")
    }
}

/// The first characters as far as they are ASCII, in small letters; also those of UTF-16.
fn head(bytes: &[u8]) -> String {
    let start = bytes[..bytes.len().min(2048)].iter();
    start
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect()
}

/// Whether a text begins with the fields of a message in several parts.
fn is_message(head: &str) -> bool {
    let first = head.lines().next().unwrap_or_default();
    let names = [
        "from:",
        "mime-version:",
        "subject:",
        "date:",
        "content-type:",
        "snapshot-content-location:",
    ];
    names.iter().any(|name| first.starts_with(name)) && head.contains("multipart/related")
}

/// Whether XML begins as OpenDocument's texts in one file do.
fn is_flat_text(head: &str) -> bool {
    head.contains("<office:document") && head.contains("urn:oasis:names:tc:opendocument")
}

/// Whether a text begins as pages do.
fn is_page(head: &str) -> bool {
    let head = head.trim_start();
    head.starts_with('<')
        && ["<!doctype html", "<html", "<head", "<body", "<meta ", "<div", "<section", "<p>"]
            .iter()
            .any(|tag| head.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_and_then_the_ending() {
        assert_eq!(of("a.txt", "题\n\n文".as_bytes()), Kind::Text);
        assert_eq!(of("a", b"\n<!DOCTYPE HTML><html>"), Kind::Html);
        assert_eq!(of("a.txt", b"\xFF\xFE<\0h\0t\0m\0l\0>\0"), Kind::Html);
        assert_eq!(of("a.txt", b"a < b"), Kind::Text);
        assert_eq!(of("a.HTM", b"x"), Kind::Html);
        assert_eq!(
            of("a", b"From: <Saved by Blink>\r\nContent-Type: multipart/related;\r\n"),
            Kind::Mhtml
        );
        assert_eq!(of("a.docx", b"PK\x03\x04....word/document.xml"), Kind::Docx);
        assert_eq!(
            of("a.zip", b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text"),
            Kind::Odt
        );
        assert_eq!(of("a", b"PK\x03\x04..content.xml..META-INF/manifest.xml"), Kind::Odt);
        let flat = b"<?xml version='1.0'?>\n<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>";
        assert_eq!(of("a.xml", flat), Kind::Odt);
        assert_eq!(of("a.txt", b"PK\x03\x04..mimetypeapplication/epub+zip"), Kind::Epub);
        assert_eq!(of("a.txt", b"%PDF-1.7"), Kind::Other("a PDF"));
        assert_eq!(
            of("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            Kind::Other("a file of old Office programs")
        );
    }
}
