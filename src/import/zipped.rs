//! Files that are archives of parts: Word's documents, OpenDocument texts, EPUBs.
//!
//! Parts are only looked up by their names, and never written anywhere by these. Sizes are counted
//! while a part is unpacked, whatever the archive says of them.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::sources::Source;
use super::xml::{self, Element};
use crate::diag::{Code, Diagnostic, Message, Place, Sink};
use crate::message;

/// The most parts of an archive.
const MOST_PARTS: usize = 20_000;
/// The most bytes of one part that is a picture, of one that is XML, and of all that are read.
const LARGEST: u64 = 128 << 20;
pub(super) const LARGEST_XML: u64 = 48 << 20;
const LARGEST_WHOLE: u64 = 512 << 20;
/// How many times as large as in the archive a part of more than a megabyte may be.
const RATIO: u64 = 300;

/// The parts of an archive.
pub(super) struct Zipped<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    place: Place,
    /// The bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Zipped<'a> {
    /// Opens a source; none where it was said why it is no archive.
    pub fn open(source: &'a Source<'_>, sink: &mut Sink) -> Option<Self> {
        let archive = match ZipArchive::new(Cursor::new(source.bytes.as_slice())) {
            Ok(archive) => archive,
            Err(error) => {
                let message = message!(
                    "the archive that this file is cannot be read: {error}",
                    error = Message::quoted(error)
                );
                let finding = Diagnostic::new(Code::UnreadableFile, source.place(), message);
                sink.report(finding.hint("open it in the program it comes from, and save it anew"));
                return None;
            }
        };
        if archive.len() > MOST_PARTS {
            let message =
                message!("an archive of more than {most} parts is no article", most = MOST_PARTS);
            sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
            return None;
        }
        Some(Self { archive, place: source.place(), unpacked: 0 })
    }

    /// The names of the parts.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().map(str::to_owned).collect()
    }

    /// The bytes of a part; none where there is none, or it was said why not.
    pub fn bytes(&mut self, name: &str, sink: &mut Sink) -> Option<Vec<u8>> {
        self.unpack(name, LARGEST, sink)
    }

    /// The text of a part.
    pub fn text(&mut self, name: &str, sink: &mut Sink) -> Option<String> {
        let bytes = self.unpack(name, LARGEST_XML, sink)?;
        let Some((text, _)) = super::encoding::decode(&bytes, None) else {
            let message = message!("the part `{name}` is no text", name);
            sink.report(Diagnostic::new(Code::UnknownEncoding, self.place.clone(), message));
            return None;
        };
        Some(text)
    }

    /// The root element of a part.
    pub fn xml(&mut self, name: &str, sink: &mut Sink) -> Option<Element> {
        let text = self.text(name, sink)?;
        match xml::read(&text) {
            Ok(root) => Some(root),
            Err(fault) => {
                let message = message!(
                    "the part `{name}` of this file is broken: {fault}",
                    name,
                    fault = Message::quoted(fault)
                );
                let finding = Diagnostic::new(Code::UnreadableFile, self.place.clone(), message);
                sink.report(finding.hint("open it in the program it comes from, and save it anew"));
                None
            }
        }
    }

    fn unpack(&mut self, name: &str, most: u64, sink: &mut Sink) -> Option<Vec<u8>> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return None,
            Err(error) => {
                let message = message!(
                    "the part `{name}` of this file cannot be read: {error}",
                    name,
                    error = Message::quoted(error)
                );
                sink.report(Diagnostic::new(Code::UnreadableFile, self.place.clone(), message));
                return None;
            }
        };
        let by_ratio = part.compressed_size().saturating_mul(RATIO).max(1 << 20);
        let limit = most.min(by_ratio).min(LARGEST_WHOLE - self.unpacked);
        let mut bytes = Vec::new();
        if let Err(error) = part.take(limit + 1).read_to_end(&mut bytes) {
            let message = message!(
                "the part `{name}` of this file cannot be unpacked: {error}",
                name,
                error = Message::of_system(&error)
            );
            sink.report(Diagnostic::new(Code::UnreadableFile, self.place.clone(), message));
            return None;
        }
        if bytes.len() as u64 > limit {
            let message =
                message!("the part `{name}` unpacks to more than {limit} bytes", name, limit);
            let finding = Diagnostic::new(Code::FileTooLarge, self.place.clone(), message);
            sink.report(finding.hint("no sound document is packed so; ask where the file is from"));
            return None;
        }
        self.unpacked += bytes.len() as u64;
        Some(bytes)
    }
}

/// The part that `address` in the part `from` names; none where it leads out of the archive.
pub(super) fn beside(from: &str, address: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    if address.starts_with('/') {
        folders.clear();
    }
    for step in address.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(folders.pop()?),
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}
