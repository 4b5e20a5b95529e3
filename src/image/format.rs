//! What a file is: by its first bytes, never by its name alone.

use super::Fault;
use crate::diag::Code;
use crate::files::BookPath;
use crate::message;

/// A kind of file that can be used: every output can carry the first three, and the others can be
/// made into those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// ISO/IEC 10918.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// Scalable Vector Graphics.
    Svg,
    /// RFC 9649.
    WebP,
    /// TIFF 6.0.
    Tiff,
}

/// Kinds of files by what they begin with: offset, bytes, name. None of them can be used.
const OTHERS: [(usize, &[u8], &str); 13] = [
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"jP  \r\n\x87\n", "JPEG 2000"),
    (4, b"JXL \r\n\x87\n", "JPEG XL"),
    (0, b"\xFF\x0A", "JPEG XL"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%!PS", "PostScript"),
    (0, b"\x1F\x8B", "gzip"),
];

impl Format {
    /// What `bytes` are, if that is what the ending of `path` says and what the outputs take.
    pub fn of(path: &BookPath, bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.is_empty() {
            return Err(Fault::new(Code::BrokenImage, "the file is empty"));
        }
        let ending = ending(path);
        let named = Self::named(&ending);
        match Self::sniff(bytes) {
            Some(found) if ending.is_empty() || named == Some(found) => Ok(found),
            Some(found) => Err(mismatch(found.name(), &ending)
                .hint(message!("give it the ending `.{ending}`", ending = found.ending()))),
            None => Err(unusable(bytes, named, &ending).hint(TAKEN)),
        }
    }

    fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(super::png::SIGNATURE) {
            Some(Self::Png)
        } else if is_svg(bytes) {
            Some(Self::Svg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
            Some(Self::Tiff)
        } else {
            None
        }
    }

    fn named(ending: &str) -> Option<Self> {
        match ending {
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "webp" => Some(Self::WebP),
            "tif" | "tiff" => Some(Self::Tiff),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::WebP => "webp",
            Self::Tiff => "tif",
        }
    }
}

/// Which kinds can be used.
const TAKEN: &str = "pictures can be JPEG, PNG, SVG, WebP or TIFF";

/// The fault of a file that is none of these.
fn unusable(bytes: &[u8], named: Option<Format>, ending: &str) -> Fault {
    let begins = |&(offset, magic, name): &(usize, &[u8], &'static str)| {
        bytes.get(offset..)?.starts_with(magic).then_some(name)
    };
    match (OTHERS.iter().find_map(begins), named) {
        (Some(found), Some(_)) => mismatch(found, ending),
        (Some(found), None) => {
            Fault::new(Code::UnsupportedImage, message!("a {found} file cannot be used", found))
        }
        (None, Some(named)) => {
            let message = message!(
                "this is no {named} file, and no other kind that is known",
                named = named.name()
            );
            Fault::new(Code::BrokenImage, message)
        }
        (None, None) => {
            Fault::new(Code::UnsupportedImage, "this is no kind of picture that can be used")
        }
    }
}

fn mismatch(found: &str, ending: &str) -> Fault {
    let message =
        message!("this is a {found} file, and its name ends in `.{ending}`", found, ending);
    Fault::new(Code::ImageMismatch, message)
}

/// What follows the last dot of a file's name, in small letters; empty when there is none.
fn ending(path: &BookPath) -> String {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Whether the bytes are markup whose first element is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    while rest.starts_with(b"<?") || rest.starts_with(b"<!") {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // The subset of a document type holds declarations of its own.
            _ if doctype_has_subset(rest) => b"]>",
            _ => b">",
        };
        let Some(at) = rest.windows(end.len()).position(|window| window == end) else {
            return false;
        };
        rest = rest[at + end.len()..].trim_ascii_start();
    }
    let Some(name) = rest.strip_prefix(b"<") else { return false };
    let end = name.iter().position(|byte| b" \t\r\n/>".contains(byte)).unwrap_or(name.len());
    let name = &name[..end];
    name.rsplit(|&byte| byte == b':').next() == Some(b"svg")
}

fn doctype_has_subset(markup: &[u8]) -> bool {
    let end = markup.iter().position(|&byte| byte == b'>').unwrap_or(markup.len());
    markup[..end].contains(&b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, bytes: &[u8]) -> String {
        match Format::of(&BookPath::new(name).unwrap(), bytes) {
            Ok(format) => format.name().to_owned(),
            Err(fault) => {
                let hints: Vec<String> = fault.hints.iter().map(|hint| hint.english()).collect();
                format!("{}: {}; {}", fault.code, fault.message.english(), hints.join("; "))
            }
        }
    }

    #[test]
    fn the_bytes_decide_and_the_name_must_agree() {
        assert_eq!(verdict("a.JPEG", b"\xFF\xD8\xFF\xE0"), "JPEG");
        assert_eq!(verdict("figures/a", b"\x89PNG\r\n\x1A\n"), "PNG");
        assert_eq!(
            verdict("a.jpg", b"\x89PNG\r\n\x1A\n"),
            "image-mismatch: this is a PNG file, and its name ends in `.jpg`; \
             give it the ending `.png`"
        );
        assert_eq!(
            verdict("a.png", b"GIF89a"),
            "image-mismatch: this is a GIF file, and its name ends in `.png`; \
             pictures can be JPEG, PNG, SVG, WebP or TIFF"
        );
    }

    #[test]
    fn other_kinds_are_named_and_refused() {
        let refusal = |name: &str| {
            format!(
                "unsupported-image: a {name} file cannot be used; pictures can be JPEG, PNG, SVG, WebP or TIFF"
            )
        };
        assert_eq!(verdict("a.gif", b"GIF87a"), refusal("GIF"));
        assert_eq!(verdict("a.psd", b"8BPS"), refusal("Photoshop"));
        assert_eq!(verdict("a.webp", b"RIFF\x10\0\0\0WEBPVP8 "), "WebP");
        assert_eq!(verdict("a.TIFF", b"MM\0*"), "TIFF");
        assert_eq!(verdict("a.avif", b"\0\0\0\x20ftypavif"), refusal("AVIF"));
        assert_eq!(verdict("a.heic", b"\0\0\0\x18ftypheic"), refusal("HEIC"));
        assert_eq!(verdict("a.svgz", b"\x1F\x8B\x08"), refusal("gzip"));
        assert!(verdict("a.bmp", b"BM").starts_with("unsupported-image: this is no kind"));
        assert!(verdict("a.png", b"").starts_with("broken-image: the file is empty"));
        assert!(verdict("a.png", b"hello").starts_with("broken-image: this is no PNG file"));
    }

    #[test]
    fn a_drawing_is_known_behind_declarations_and_comments() {
        for text in [
            "<svg/>",
            "\u{feff}<?xml version='1.0'?>\n<!-- a > b --><svg xmlns='x'>",
            "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg>",
            "<!DOCTYPE svg [<!ENTITY a '<b>'> ]><s:svg>",
        ] {
            assert_eq!(verdict("a.svg", text.as_bytes()), "SVG", "{text}");
        }
        assert!(verdict("a.svg", b"<html>").starts_with("broken-image"));
        assert!(verdict("a.svg", b"<!-- <svg>").starts_with("broken-image"));
    }
}
