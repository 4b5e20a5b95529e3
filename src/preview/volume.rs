//! The EPUB, file by file. It is one of our own: its pages stand in its container in reading order.

use std::io::{Cursor, Read};

use quick_xml::escape::unescape;
use serde::Serialize;
use zip::ZipArchive;

use super::proof::stamp;

/// An EPUB to be shown.
pub struct Volume {
    bytes: Vec<u8>,
    /// Changes with its bytes.
    pub stamp: u64,
    /// What a reader shows one after the other.
    pub documents: Vec<Document>,
}

/// A page of an EPUB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its path in the container.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// The folder of the pages.
const PAGES: &str = "OEBPS/text/";

impl Volume {
    /// An EPUB by its bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut volume = Self { stamp: stamp(&bytes), documents: Vec::new(), bytes };
        let names = volume.archive().map(|archive| {
            archive.file_names().filter(|name| name.starts_with(PAGES)).map(str::to_owned).collect()
        });
        let names: Vec<String> = names.unwrap_or_default();
        volume.documents = names.into_iter().map(|path| volume.document(path)).collect();
        volume
    }

    /// A file of it.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let mut archive = self.archive()?;
        let mut file = archive.by_name(path).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn archive(&self) -> Option<ZipArchive<Cursor<&[u8]>>> {
        ZipArchive::new(Cursor::new(&self.bytes[..])).ok()
    }

    fn document(&self, path: String) -> Document {
        let text = String::from_utf8(self.file(&path).unwrap_or_default()).unwrap_or_default();
        let rest = text.split_once("<title>").map_or("", |(_, rest)| rest);
        let title = rest.split_once("</title>").map_or("", |(title, _)| title);
        let title = unescape(title).map_or(title.to_owned(), |title| title.into_owned());
        Document { path, title }
    }
}

/// The media type of a file by its name.
pub fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::files::Folder;
    use crate::profile::Product;

    #[test]
    fn the_pages_are_there_in_reading_order() {
        let toml = "title = \"小书\"\nidentifier = \"urn:x:y\"\ndate = \"2026-01-02\"\n\
                    contents.body = [\"b.md\", \"a.md\"]\n";
        let files =
            [("book.toml", toml), ("a.md", "# 甲 & 乙\n\n正文。\n"), ("b.md", "# 丙\n\n正文。\n")];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let mut sink = Sink::default();
        let folder = Folder::Memory(files.into());
        let built = crate::build(&folder, None, &[Product::Epub], &mut sink).unwrap();
        let volume = Volume::new(built.files[0].bytes.clone());
        let titles: Vec<&str> = volume.documents.iter().map(|it| &*it.title).collect();
        assert_eq!(titles[3..5], ["丙", "甲 & 乙"], "{titles:?}");
        let first = volume.file(&volume.documents[3].path).unwrap();
        assert!(first.starts_with(b"<?xml"));
        assert_eq!(volume.file("OEBPS/text/../../book.toml"), None);
    }
}
