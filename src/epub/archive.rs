//! A ZIP file (APPNOTE 6.3.10) of files that are compressed already: without times, without extra
//! fields, with every length before the bytes that it counts.

use super::deflate::Stream;

/// How a file stands in the archive (APPNOTE, 4.4.5).
#[derive(Clone, Copy)]
enum Method {
    Stored = 0,
    Deflated = 8,
}

/// An archive under construction.
#[derive(Default)]
pub struct Archive {
    /// The files so far, each behind its header.
    bytes: Vec<u8>,
    /// What the central directory says of them.
    directory: Vec<u8>,
    files: u16,
}

/// Why an archive cannot be: it has more than 65 535 files or 4 GB.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it has more than 65 535 files or 4 GB")
    }
}

impl std::error::Error for TooLarge {}

impl Archive {
    /// Adds a file as it is.
    ///
    /// # Errors
    /// The archive becomes too large.
    pub fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), TooLarge> {
        self.file(name, Method::Stored, bytes, bytes.len(), libdeflater::crc32(bytes))
    }

    /// Adds a file that is compressed.
    ///
    /// # Errors
    /// The archive becomes too large.
    pub fn deflated(&mut self, name: &str, stream: &Stream) -> Result<(), TooLarge> {
        self.file(name, Method::Deflated, &stream.deflated, stream.length, stream.crc)
    }

    /// Adds a file of `length` bytes: its local header and its bytes as they stand in the archive
    /// (APPNOTE, 4.3.7), and its header in the central directory (4.3.12).
    fn file(
        &mut self,
        name: &str,
        method: Method,
        bytes: &[u8],
        length: usize,
        crc: u32,
    ) -> Result<(), TooLarge> {
        let start = long(self.bytes.len())?;
        let shared = shared(name, method, [crc, long(bytes.len())?, long(length)?])?;
        self.files = self.files.checked_add(1).ok_or(TooLarge)?;
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&shared);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(bytes);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(MADE_BY.to_le_bytes());
        self.directory.extend(&shared);
        // No comment, the first disk, no internal attributes.
        self.directory.extend([0; 6]);
        self.directory.extend(ATTRIBUTES.to_le_bytes());
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(name.as_bytes());
        Ok(())
    }

    /// The archive with its central directory and the record at its end (APPNOTE, 4.3.16).
    ///
    /// # Errors
    /// It is too large.
    pub fn finish(self) -> Result<Vec<u8>, TooLarge> {
        let Self { mut bytes, directory, files } = self;
        let (start, length) = (long(bytes.len())?, long(directory.len())?);
        bytes.extend(directory);
        bytes.extend(b"PK\x05\x06");
        // The first disk, which is the only one.
        bytes.extend([0; 4]);
        bytes.extend([files, files].map(u16::to_le_bytes).concat());
        bytes.extend([length, start].map(u32::to_le_bytes).concat());
        // No comment.
        bytes.extend([0; 2]);
        Ok(bytes)
    }
}

/// Made on Unix, by version 2.0 of the format (APPNOTE, 4.4.2).
const MADE_BY: u16 = 3 << 8 | 20;
/// A plain file that all may read (APPNOTE, 4.4.15).
const ATTRIBUTES: u32 = 0o100_644 << 16;
/// Names are UTF-8 (APPNOTE, 4.4.4).
const UTF8: u16 = 1 << 11;
/// 1980-01-01, the first day that the format has (APPNOTE, 4.4.6).
const DATE: u16 = 1 << 5 | 1;

/// What both headers of a file say: from the version that is needed to read it to the length of its
/// extra field. `numbers` are its checksum, its compressed and its own length.
fn shared(name: &str, method: Method, numbers: [u32; 3]) -> Result<Vec<u8>, TooLarge> {
    let needed = match method {
        Method::Stored => 10,
        Method::Deflated => 20,
    };
    let flags = if name.is_ascii() { 0 } else { UTF8 };
    let length = u16::try_from(name.len()).map_err(|_| TooLarge)?;
    let midnight = 0;
    let before = [needed, flags, method as u16, midnight, DATE].map(u16::to_le_bytes);
    let after = [length, 0].map(u16::to_le_bytes);
    Ok([before.concat(), numbers.map(u32::to_le_bytes).concat(), after.concat()].concat())
}

/// A length or place as the format writes it.
fn long(length: usize) -> Result<u32, TooLarge> {
    u32::try_from(length).map_err(|_| TooLarge)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::super::deflate::Deflater;
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_under_its_name() {
        let long = "版心".repeat(9000);
        let mut archive = Archive::default();
        archive.store("mimetype", b"application/epub+zip").unwrap();
        archive.deflated("a/版.txt", &Deflater::new().stream(long.as_bytes())).unwrap();
        let bytes = archive.finish().unwrap();
        assert_eq!(&bytes[..10], b"PK\x03\x04\x0a\0\0\0\0\0");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut opened = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = opened.file_names().map(str::to_owned).collect();
        assert_eq!(names, ["mimetype", "a/版.txt"]);
        let mut file = opened.by_name("a/版.txt").unwrap();
        assert_eq!(file.unix_mode(), Some(0o100_644));
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
    }

    #[test]
    fn more_files_than_the_format_counts_are_refused() {
        let mut archive = Archive { files: u16::MAX, ..Archive::default() };
        assert_eq!(archive.store("a", b""), Err(TooLarge));
    }
}
