//! What is given, file by file.

use super::kind::{self, Kind};
use super::mdbook;
use crate::diag::{Code, Diagnostic, Message, Place, Sink};
use crate::files::{BookPath, Folder, ReadError};
use crate::message;

/// The most bytes that a source may have, pictures and all.
const LIMIT: usize = 256 * 1024 * 1024;

/// A file or a folder to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The folder, or the one that holds the file.
    pub folder: Folder,
    /// The file in it; none for the whole folder.
    pub file: Option<BookPath>,
    /// What the user calls it.
    pub shown: String,
}

/// A file to import.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    /// Where it and what lies beside it are found.
    pub folder: &'a Folder,
    /// The file.
    pub path: BookPath,
    /// What the user calls it.
    pub shown: String,
    /// What it is.
    pub kind: Kind,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Source<'_> {
    /// Where findings on the file as a whole point.
    pub fn place(&self) -> Place {
        Place::File(self.shown.clone())
    }

    /// A file named from this one, as pages name their pictures; none where there is none.
    pub fn beside(&self, name: &str) -> Option<Vec<u8>> {
        self.folder.read(&self.path.beside(name)?).ok()
    }
}

/// The files that are meant, in the order given, those of a folder by their names.
pub(super) fn gather<'a>(given: &'a [Given], sink: &mut Sink) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for Given { folder, file, shown } in given {
        match file {
            Some(path) => sources.extend(source(folder, path, shown.clone(), sink)),
            None if let Some(path) = mdbook::summary_of(folder, shown, sink) => {
                sources.extend(source(folder, &path, shown.clone(), sink));
            }
            None => {
                let paths = folder.list_here();
                let articles = paths.iter().filter(|path| is_meant(path.name()));
                for path in articles {
                    let shown = format!("{}/{path}", shown.trim_end_matches('/'));
                    let source = source(folder, path, shown, sink);
                    // Pictures and the like may lie in a folder of articles.
                    sources.extend(source.filter(|source| !matches!(source.kind, Kind::Other(_))));
                }
            }
        }
    }
    sources
}

/// Whether a file of a folder may be an article: no hidden one, and none that Word leaves while a
/// document is open.
fn is_meant(name: &str) -> bool {
    !name.starts_with('.') && !name.starts_with("~$")
}

/// Reads a file; none where it was said why it cannot be had.
fn source<'a>(
    folder: &'a Folder,
    path: &BookPath,
    shown: String,
    sink: &mut Sink,
) -> Option<Source<'a>> {
    let place = Place::File(shown.clone());
    let finding = match folder.read(path) {
        Ok(bytes) if bytes.len() <= LIMIT => {
            let kind = kind::of(path.name(), &bytes);
            return Some(Source { folder, path: path.clone(), shown, kind, bytes });
        }
        Ok(_) => too_large(place, LIMIT as u64),
        Err(ReadError::TooLarge { limit }) => too_large(place, limit),
        Err(ReadError::Missing) => {
            Diagnostic::new(Code::MissingFile, place, "there is no such file")
        }
        Err(ReadError::Outside) => {
            let message = "this link leads out of its folder";
            Diagnostic::new(Code::PathOutside, place, message).hint("copy the file there")
        }
        Err(ReadError::Io(error)) => {
            let error = Message::of_system(&error);
            let message = message!("the file cannot be read: {error}", error);
            Diagnostic::new(Code::UnreadableFile, place, message)
        }
    };
    sink.report(finding);
    None
}

/// Says that a file is larger than what is read.
pub(super) fn too_large(place: Place, limit: u64) -> Diagnostic {
    let message = message!("the file is larger than {limit} MB", limit = limit >> 20);
    Diagnostic::new(Code::FileTooLarge, place, message)
}
