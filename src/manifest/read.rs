//! The stage itself: file, shape, meaning.

use super::Manifest;
use super::meaning::Reader;
use super::parse::{Parsed, parse};
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, SourceId, Span, Stopped};
use crate::files::{BookPath, Folder, ReadError};
use crate::message;

/// The file that describes a book.
pub const NAME: &str = "book.toml";
/// The most bytes that it may have.
const LIMIT: usize = 1024 * 1024;

/// What could be read of a `book.toml`.
#[derive(Debug)]
pub struct Draft {
    /// With a stand-in for each thing that is wrong.
    manifest: Manifest,
    /// Whether nothing is.
    sound: Outcome<()>,
}

impl Draft {
    /// What chapters can be read by, so that what is wrong with them is told as well. No more can be
    /// made of it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The manifest.
    ///
    /// # Errors
    /// Something in it is wrong, and was reported.
    pub fn settle(self) -> Outcome<Manifest> {
        self.sound.map(|()| self.manifest)
    }
}

/// Reads `book.toml` of a book's folder, as its edition `edition` has it where one is wanted.
///
/// # Errors
/// The file is missing, not text, not TOML; or holds keys that it cannot have, lacks keys that it
/// must have, or says something that makes no sense. All of it is reported, each at its place.
pub fn read(folder: &Folder, edition: Option<&str>, sink: &mut Sink) -> Outcome<Manifest> {
    draft(folder, edition, sink)?.settle()
}

/// Reads it as far as it can be.
///
/// # Errors
/// The file is missing, not text, or not TOML; the reason is reported. What else is wrong is reported
/// and no error yet.
pub fn draft(folder: &Folder, edition: Option<&str>, sink: &mut Sink) -> Outcome<Draft> {
    let (source, text) = load(folder, sink)?;
    let Parsed { book, mut faults, cuts } = parse(&text);
    let manifest = book.map(|book| {
        let (own, beside) = (Vec::new(), Vec::new());
        let mut reader = Reader { source, text: &text, cuts: &cuts, faults: own, beside };
        let manifest = reader.manifest(book, edition);
        faults.extend(reader.faults);
        sink.report_all(reader.beside);
        manifest
    });
    faults.sort_by_key(|fault| fault.at.start);
    for fault in faults {
        let finding = Diagnostic::new(fault.code, Span::new(source, fault.at), fault.message);
        sink.report(fault.hints.into_iter().fold(finding, Diagnostic::hint));
    }
    Ok(Draft { manifest: manifest.ok_or(Stopped)?, sound: sink.settle(()) })
}

/// The file's text, kept in the sink as well.
fn load(folder: &Folder, sink: &mut Sink) -> Outcome<(SourceId, String)> {
    let stop = |sink: &mut Sink, finding| {
        sink.report(finding);
        Err(Stopped)
    };
    let path = BookPath::new(NAME).ok_or(Stopped)?;
    let bytes = match folder.read(&path) {
        Ok(bytes) if bytes.len() <= LIMIT => bytes,
        Ok(bytes) => return stop(sink, too_large(bytes.len())),
        Err(error) => return stop(sink, unreadable(&error)),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok((sink.sources.add(NAME, &text), text)),
        Err(error) => {
            let sound = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let source = sink.sources.add(NAME, &text);
            let message = message!("the byte at {sound} is not UTF-8", sound);
            let finding = Diagnostic::new(Code::NotUtf8, Span::new(source, sound..sound), message);
            stop(sink, finding.hint("save the file as UTF-8"))
        }
    }
}

fn too_large(bytes: usize) -> Diagnostic {
    let message = message!(
        "this file has {bytes} bytes, and {limit} are the most it may have",
        bytes,
        limit = LIMIT
    );
    Diagnostic::new(Code::FileTooLarge, Place::File(NAME.to_owned()), message)
}

fn unreadable(error: &ReadError) -> Diagnostic {
    let place = Place::File(NAME.to_owned());
    match error {
        ReadError::Missing => Diagnostic::new(Code::MissingFile, place, "there is no `book.toml`")
            .hint("a book's folder holds a `book.toml`; `banxin build --help` shows one"),
        ReadError::Outside => {
            let message = "this link leads out of the book's folder";
            Diagnostic::new(Code::PathOutside, place, message)
        }
        ReadError::TooLarge { limit } => {
            let message = message!("this file has more than {limit} bytes", limit);
            Diagnostic::new(Code::FileTooLarge, place, message)
        }
        ReadError::Io(error) => {
            let error = Message::of_system(error);
            let message = message!("this file cannot be read: {error}", error);
            Diagnostic::new(Code::UnreadableFile, place, message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(file: Option<Vec<u8>>) -> Vec<String> {
        let files = file.map(|bytes| (NAME.to_owned(), bytes)).into_iter().collect();
        let mut sink = Sink::default();
        assert!(read(&Folder::Memory(files), None, &mut sink).is_err());
        sink.findings().iter().map(|finding| sink.line(finding)).collect()
    }

    #[test]
    fn a_folder_without_the_file_is_told_what_belongs_there() {
        let found = findings(None);
        assert!(found[0].starts_with("error[missing-file] book.toml: there is no `book.toml`\n"));
    }

    #[test]
    fn a_file_that_is_not_text_is_told_where() {
        let found = findings(Some(b"title = \"\xE4\xB9\xA6\"\n# \xFF\n".to_vec()));
        let expected = "error[not-utf8] book.toml:2:3: the byte at 16 is not UTF-8\n  hint: save the file as UTF-8";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_file_too_large_is_not_read() {
        let found = findings(Some(vec![b'#'; LIMIT + 1]));
        assert!(found[0].starts_with("error[file-too-large] book.toml: this file has 1048577"));
    }

    #[test]
    fn hostile_files_end_in_findings() {
        let keys = vec!["a"; 79].join(".");
        let braces: String = (0..78).map(|_| format!("{{{keys}=")).collect();
        for hostile in [
            format!("[{keys}]\n{keys}={braces}1{}", "}".repeat(78)),
            format!("x={}", "[".repeat(500_000)),
            "a=1\n".repeat(250_000),
            (0..100_000).map(|key| format!("k{key}=1\n")).collect(),
            "=".repeat(LIMIT),
            "\0".repeat(LIMIT),
            "[[contents.body]]\n".repeat(50_000),
        ] {
            let count = findings(Some(hostile.into_bytes())).len();
            assert!((1..1000).contains(&count), "{count}");
        }
    }
}
