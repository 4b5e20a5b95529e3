//! The files that a package holds: what each is for, which format it has, and its checksums.

use memchr::memmem;
use sha2::{Digest, Sha256, Sha512};

/// A file of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its path from the root of the package: `data/access/book.epub`.
    pub path: String,
    /// What it is.
    pub format: &'static Format,
    /// What it is there for.
    pub role: Role,
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256 (FIPS 180-4), in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its SHA-512, written likewise.
    pub sha512: String,
}

impl Held {
    /// A file at `path` with its checksums; its format is told by its name and first bytes.
    pub fn new(path: String, role: Role, bytes: &[u8]) -> Self {
        let format = Format::of(&path, bytes);
        let sha256 = hexadecimal(&Sha256::digest(bytes));
        let sha512 = hexadecimal(&Sha512::digest(bytes));
        Self { path, format, role, size: bytes.len() as u64, sha256, sha512 }
    }
}

/// Two lower-case digits for each byte.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = b"0123456789abcdef";
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs.map(|digit| char::from(digits[usize::from(digit)])).collect()
}

/// What a file of the package is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// To be read.
    Access,
    /// To be kept for good.
    Preservation,
    /// To be printed.
    Print,
    /// What the book was made from: texts, pictures, `book.toml`.
    Source,
    /// Terms that a part of it stands under.
    Licence,
    /// What validators found.
    Report,
    /// What catalogues say of it.
    Metadata,
    /// The page that a person opens first.
    Start,
}

impl Role {
    /// Every role, in the order in which a package lists them.
    pub const ALL: [Self; 8] = [
        Self::Access,
        Self::Preservation,
        Self::Print,
        Self::Source,
        Self::Licence,
        Self::Report,
        Self::Metadata,
        Self::Start,
    ];

    /// The word that records have for it.
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Preservation => "preservation",
            Self::Print => "print",
            Self::Source => "source",
            Self::Licence => "licence",
            Self::Report => "report",
            Self::Metadata => "metadata",
            Self::Start => "start",
        }
    }
}

/// A format, as registries know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// Its version; empty where it has none or none is told.
    pub version: &'static str,
    /// Its media type (RFC 6838).
    pub media_type: &'static str,
    /// Its identifier in PRONOM (the PUID); none where PRONOM has none or the version decides it
    /// and is not told.
    pub pronom: Option<&'static str>,
    /// What its files begin with; empty for formats that are plain text.
    pub magic: &'static [u8],
}

impl Format {
    /// What the file called `name` is: by its first bytes where its format has such, by the ending
    /// of its name where it is text. The versions that PRONOM tells apart are told apart here.
    pub fn of(name: &str, bytes: &[u8]) -> &'static Self {
        if let Some(known) = of_bytes(bytes) {
            return known;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let found = TEXTS.iter().find(|(endings, _)| endings.contains(&ending.as_str()));
        match (found, std::str::from_utf8(bytes)) {
            (Some((_, format)), Ok(text)) if ending == "svg" => vector(text).unwrap_or(format),
            (Some((_, format)), Ok(_)) => format,
            (None, _) | (_, Err(_)) => &UNKNOWN,
        }
    }
}

/// A format without signature.
const fn textual(name: &'static str, media: &'static str, pronom: Option<&'static str>) -> Format {
    Format { name, version: "", media_type: media, pronom, magic: b"" }
}

/// What nothing is known of.
static UNKNOWN: Format = textual("unknown", "application/octet-stream", None);

/// EPUB (EPUB 3.3, OCF 4.2: the archive begins with the file `mimetype`).
static EPUB: Format = Format {
    name: "ePub format",
    version: "3",
    media_type: "application/epub+zip",
    pronom: Some("fmt/483"),
    magic: b"PK\x03\x04",
};
/// ISO 19005-2, level A.
static PDF_A_2A: Format = portable("PDF/A", "2a", "fmt/476");
/// ISO 15930-7.
static PDF_X_4: Format = portable("PDF/X", "4", "fmt/488");
/// PDF from its first version to ISO 32000-1, by the second digit of the version.
static PDF_1: [Format; 8] = [
    portable("PDF", "1.0", "fmt/14"),
    portable("PDF", "1.1", "fmt/15"),
    portable("PDF", "1.2", "fmt/16"),
    portable("PDF", "1.3", "fmt/17"),
    portable("PDF", "1.4", "fmt/18"),
    portable("PDF", "1.5", "fmt/19"),
    portable("PDF", "1.6", "fmt/20"),
    portable("PDF", "1.7", "fmt/276"),
];

const fn portable(name: &'static str, version: &'static str, puid: &'static str) -> Format {
    let pronom = Some(puid);
    Format { name, version, media_type: "application/pdf", pronom, magic: b"%PDF-" }
}

/// PNG by the chunks that came with each version (PNG 1.1 and 1.2, list of changes).
static PNG: [Format; 3] = [
    raster("Portable Network Graphics", "1.0", "fmt/11"),
    raster("Portable Network Graphics", "1.1", "fmt/12"),
    raster("Portable Network Graphics", "1.2", "fmt/13"),
];

const fn raster(name: &'static str, version: &'static str, puid: &'static str) -> Format {
    let magic = b"\x89PNG\r\n\x1A\n";
    Format { name, version, media_type: "image/png", pronom: Some(puid), magic }
}

/// JPEG streams: by the version of JFIF, those without it, and those of cameras.
static JPEG: [Format; 5] = [
    photographic("JPEG File Interchange Format", "1.00", Some("fmt/42")),
    photographic("JPEG File Interchange Format", "1.01", Some("fmt/43")),
    photographic("JPEG File Interchange Format", "1.02", Some("fmt/44")),
    photographic("Raw JPEG Stream", "", Some("fmt/41")),
    // PRONOM tells its versions apart, which stand deep in the file.
    photographic("Exchangeable Image File Format (Compressed)", "", None),
];

const fn photographic(
    name: &'static str,
    version: &'static str,
    pronom: Option<&'static str>,
) -> Format {
    Format { name, version, media_type: "image/jpeg", pronom, magic: b"\xFF\xD8\xFF" }
}

/// TIFF of both byte orders.
static TIFF: [Format; 2] = [tagged(b"II*\0"), tagged(b"MM\0*")];

const fn tagged(magic: &'static [u8]) -> Format {
    let (name, media_type) = ("Tagged Image File Format", "image/tiff");
    Format { name, version: "", media_type, pronom: Some("fmt/353"), magic }
}

/// WebP by its first chunk (RFC 9649, 2.5 to 2.7): lossy, lossless, extended.
static WEBP: [(&[u8], Format); 3] = [
    (b"VP8 ", riff("WebP, lossy", "fmt/566")),
    (b"VP8L", riff("WebP, lossless", "fmt/567")),
    (b"VP8X", riff("WebP, extended", "fmt/568")),
];

const fn riff(name: &'static str, puid: &'static str) -> Format {
    Format { name, version: "", media_type: "image/webp", pronom: Some(puid), magic: b"RIFF" }
}

/// Fonts (ISO/IEC 14496-22) with outlines of TrueType and of CFF.
static FONTS: [Format; 2] = [
    typeface("TrueType Font", "font/ttf", "x-fmt/453", b"\0\x01\0\0"),
    typeface("OpenType Font File", "font/otf", "fmt/520", b"OTTO"),
];

const fn typeface(
    name: &'static str,
    media_type: &'static str,
    puid: &'static str,
    magic: &'static [u8],
) -> Format {
    Format { name, version: "", media_type, pronom: Some(puid), magic }
}

/// SVG by the version that its root names; one without has no PUID.
static SVG: [Format; 2] = [drawing("1.0", "fmt/91"), drawing("1.1", "fmt/92")];

const fn drawing(version: &'static str, puid: &'static str) -> Format {
    let name = "Scalable Vector Graphics";
    Format { name, version, media_type: "image/svg+xml", pronom: Some(puid), magic: b"" }
}

/// Formats that are text, by the endings of their names.
static TEXTS: [(&[&str], Format); 11] = [
    (&["md"], textual("Markdown", "text/markdown", Some("fmt/1149"))),
    (&["json"], textual("JSON Data Interchange Format", "application/json", Some("fmt/817"))),
    (&["xml"], textual("Extensible Markup Language", "application/xml", Some("fmt/101"))),
    (&["csv"], textual("Comma Separated Values", "text/csv", Some("x-fmt/18"))),
    (&["txt"], textual("Plain Text File", "text/plain", Some("x-fmt/111"))),
    (&["html"], Format { version: "5", ..textual("HTML", "text/html", Some("fmt/471")) }),
    (&["bib"], textual("BibTeX", "application/x-bibtex", Some("fmt/1616"))),
    (&["yaml", "yml"], textual("YAML", "application/yaml", Some("fmt/818"))),
    (&["toml"], textual("TOML", "application/toml", Some("fmt/2065"))),
    (&["css"], textual("Cascading Style Sheet", "text/css", Some("x-fmt/224"))),
    (&["svg"], textual("Scalable Vector Graphics", "image/svg+xml", None)),
];

/// The format that the first bytes tell.
fn of_bytes(bytes: &[u8]) -> Option<&'static Format> {
    let begins = |format: &Format| bytes.starts_with(format.magic);
    if begins(&EPUB) {
        return (bytes.get(30..58) == Some(b"mimetypeapplication/epub+zip")).then_some(&EPUB);
    }
    if begins(&PDF_A_2A) {
        return page_description(bytes);
    }
    if begins(&PNG[0]) {
        return Some(&PNG[pixels(bytes)]);
    }
    if begins(&JPEG[0]) {
        return Some(photograph(bytes));
    }
    if begins(&WEBP[0].1) && bytes.get(8..12) == Some(b"WEBP") {
        let chunk = bytes.get(12..16)?;
        return WEBP.iter().find(|(first, _)| *first == chunk).map(|(_, format)| format);
    }
    FONTS.iter().chain(&TIFF).find(|format| begins(format))
}

/// A PDF by what its XMP claims (ISO 19005-2, 6.6.4; ISO 15930-7), else by the version in its header.
fn page_description(bytes: &[u8]) -> Option<&'static Format> {
    let claim = |element: &str| {
        let rest = &bytes[memmem::find(bytes, element.as_bytes())?..];
        let value = &rest[memchr::memchr(b'>', rest)? + 1..];
        Some(&value[..memchr::memchr(b'<', value)?])
    };
    if claim("<pdfaid:part") == Some(b"2") && claim("<pdfaid:conformance") == Some(b"A") {
        return Some(&PDF_A_2A);
    }
    if claim("<pdfxid:GTS_PDFXVersion") == Some(b"PDF/X-4") {
        return Some(&PDF_X_4);
    }
    let version = bytes.get(5..8)?;
    PDF_1.iter().find(|format| format.version.as_bytes() == version)
}

/// Which version of PNG has all the chunks before the image data: 0 for 1.0.
fn pixels(bytes: &[u8]) -> usize {
    let (mut version, mut at) = (0, 8);
    while let Some((length, kind)) = bytes.get(at..at + 8).map(|head| head.split_at(4)) {
        version = version.max(match kind {
            b"iTXt" => 2,
            b"iCCP" | b"sRGB" | b"sPLT" => 1,
            b"IDAT" => return version,
            _ => 0,
        });
        let length = length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        at = at.saturating_add(length).saturating_add(12).min(bytes.len());
    }
    version
}

/// A JPEG stream by its first segment (JFIF 1.02, page 5; Exif 2.32, 4.5.4).
fn photograph(bytes: &[u8]) -> &'static Format {
    match (bytes.get(6..11), bytes.get(11..13)) {
        (Some(b"JFIF\0"), Some([1, minor @ 0..=2])) => &JPEG[usize::from(*minor)],
        (Some(b"Exif\0"), _) => &JPEG[4],
        (_, _) => &JPEG[3],
    }
}

/// An SVG by the `version` of its root; none where it names none.
fn vector(text: &str) -> Option<&'static Format> {
    let root = &text[text.find("<svg")?..];
    let tag = &root[..root.find('>')?];
    let named = |quote: char, format: &Format| {
        let version = format.version;
        tag.contains(&format!(" version={quote}{version}{quote}"))
    };
    SVG.iter().find(|format| named('"', format) || named('\'', format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_bytes_and_else_by_the_name() {
        let jfif = |minor: u8| [b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01", &[minor][..]].concat();
        let png = |kind: &[u8]| {
            let chunk = [b"\0\0\0\0", kind, b"\0\0\0\0"].concat();
            [PNG[0].magic, &chunk, b"\0\0\0\0IDAT"].concat()
        };
        let epub = [&[0; 30][..], b"mimetypeapplication/epub+zip"].concat();
        let epub = [b"PK\x03\x04", &epub[4..]].concat();
        let claims = "%PDF-1.7\n<pdfaid:part xmlns:pdfaid=\"x\">2</pdfaid:part>\
                      <pdfaid:conformance>A</pdfaid:conformance>";
        let press = "%PDF-1.6\n<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>";
        for (name, bytes, puid) in [
            ("book.epub", epub.as_slice(), "fmt/483"),
            ("book.epub", b"PK\x03\x04 another archive", ""),
            ("book.pdf", claims.as_bytes(), "fmt/476"),
            ("book.pdf", press.as_bytes(), "fmt/488"),
            ("book.pdf", b"%PDF-1.7\n", "fmt/276"),
            ("book.pdf", b"%PDF-1.4\n", "fmt/18"),
            ("book.pdf", b"%PDF-9.9\n", ""),
            ("a.jpg", &jfif(0), "fmt/42"),
            ("a.jpg", &jfif(1), "fmt/43"),
            ("a.jpg", &jfif(2), "fmt/44"),
            ("a.jpg", b"\xFF\xD8\xFF\xDB", "fmt/41"),
            ("a.jpg", b"\xFF\xD8\xFF\xE1\0\x10Exif\0\0", ""),
            ("a.png", &png(b"gAMA"), "fmt/11"),
            ("a.png", &png(b"sRGB"), "fmt/12"),
            ("a.png", &png(b"iTXt"), "fmt/13"),
            ("a.png", b"\x89PNG\r\n\x1A\n\xFF\xFF\xFF\xFFgAMA", "fmt/11"),
            ("a.png", b"not one", ""),
            ("a.tif", b"MM\0*", "fmt/353"),
            ("a.webp", b"RIFF\0\0\0\0WEBPVP8L", "fmt/567"),
            ("a.svg", b"<svg version='1.1' width='1'/>", "fmt/92"),
            ("a.svg", b"<svg width='1'/>", ""),
            ("a.ttf", b"\0\x01\0\0", "x-fmt/453"),
            ("a.otf", b"OTTO", "fmt/520"),
            ("a.MD", "# 题".as_bytes(), "fmt/1149"),
            ("a.txt", b"\xFF\xFE", ""),
            ("bag", b"", ""),
        ] {
            assert_eq!(Format::of(name, bytes).pronom.unwrap_or(""), puid, "{name} {bytes:?}");
        }
    }

    #[test]
    fn a_file_has_its_checksums() {
        let held = Held::new("data/a.txt".into(), Role::Source, b"abc");
        // FIPS 180-4, the examples that NIST gives.
        assert!(held.sha256.starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert!(held.sha512.starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!((held.size, held.sha512.len()), (3, 128));
    }
}
