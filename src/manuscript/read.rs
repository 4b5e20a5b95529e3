//! From files to texts: what a chapter's file may hold.

use rayon::prelude::*;

use super::{Chapter, Manuscript, editions, parse};
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, SourceId, Span, nearest};
use crate::files::{BookPath, Folder, ReadError};
use crate::manifest::{ChapterEntry, Entry, Manifest};
use crate::message;
use crate::script::find_forbidden;

/// Reads every chapter that the manifest lists.
///
/// # Errors
/// A file cannot be read or is no text, a chapter has no title, or its text holds what no page can
/// show; the findings say where.
pub fn read(manifest: &Manifest, folder: &Folder, sink: &mut Sink) -> Outcome<Manuscript> {
    let entries: Vec<&ChapterEntry> = manifest
        .contents
        .iter()
        .filter_map(|entry| match entry {
            Entry::Chapter(chapter) => Some(chapter),
            Entry::Part(_) => None,
        })
        .collect();
    let files: Vec<_> = entries.par_iter().map(|entry| folder.read(&entry.file.value)).collect();
    let mut texts = Vec::new();
    for (entry, file) in entries.into_iter().zip(files) {
        texts.extend(text(entry, file, folder, sink));
    }
    let sources = &sink.sources;
    let read: Vec<(Chapter, Vec<String>, Sink)> = texts
        .par_iter()
        .map(|&(source, path)| chapter(source, path, &sources.get(source).text, manifest))
        .collect();
    let (mut chapters, mut left_out) = (Vec::new(), elsewhere(manifest, folder));
    for (chapter, ids, findings) in read {
        chapters.push(chapter);
        left_out.extend(ids);
        sink.report_all(findings.findings().iter().cloned());
    }
    sink.settle(Manuscript { chapters, left_out })
}

/// A chapter as the edition has it, the ids that it does not have, and what is wrong.
fn chapter(
    source: SourceId,
    path: &BookPath,
    text: &str,
    manifest: &Manifest,
) -> (Chapter, Vec<String>, Sink) {
    let mut cuts = Sink::default();
    let cut = editions::cut(text, &manifest.edition, source, &mut cuts);
    let (mut chapter, mut findings) = parse::chapter(source, path, &cut.text);
    editions::convert(&mut chapter, &manifest.edition);
    findings.report_all(cuts.findings().iter().cloned());
    (chapter, cut.left_out, findings)
}

/// The ids in the chapters that the edition does not have.
fn elsewhere(manifest: &Manifest, folder: &Folder) -> Vec<String> {
    let texts = manifest.edition.left_out.iter().filter_map(|path| folder.read(path).ok());
    let texts = texts.filter_map(|bytes| String::from_utf8(bytes).ok());
    texts.flat_map(|text| editions::ids(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Registers the text of a chapter's file, or says why it has none.
fn text<'a>(
    entry: &'a ChapterEntry,
    file: Result<Vec<u8>, ReadError>,
    folder: &Folder,
    sink: &mut Sink,
) -> Option<(SourceId, &'a BookPath)> {
    let path = &entry.file.value;
    let bytes = match file {
        Ok(bytes) => bytes,
        Err(error) => {
            sink.report(unreadable(entry, &error, folder));
            return None;
        }
    };
    // A byte order mark says only that the text is Unicode.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            sink.report(not_utf8(path, bytes, error.valid_up_to()));
            return None;
        }
    };
    let source = sink.sources.add(path.as_str(), text);
    if let Some((at, c)) = find_forbidden(text) {
        sink.report(forbidden(c, Span::new(source, at..at + c.len_utf8())));
        return None;
    }
    Some((source, path))
}

/// Says that a text holds `c`.
pub(super) fn forbidden(c: char, span: Span) -> Diagnostic {
    let message = message!(
        "the control character U+{c} has no place in a text",
        c = format!("{:04X}", u32::from(c))
    );
    Diagnostic::new(Code::ControlCharacter, span, message).hint("delete it")
}

/// Says that a chapter's file cannot be had.
fn unreadable(entry: &ChapterEntry, error: &ReadError, folder: &Folder) -> Diagnostic {
    let path = &entry.file.value;
    let span = entry.file.span;
    match error {
        ReadError::Missing => {
            let finding = Diagnostic::new(
                Code::MissingFile,
                span,
                message!("there is no file `{path}`", path),
            );
            let names = folder.list_beside(path);
            match nearest(path.name(), names.iter().map(BookPath::name)) {
                Some(name) => finding.hint(message!("did you mean `{name}`?", name)),
                None => finding,
            }
        }
        ReadError::Outside => {
            let message = message!("`{path}` leads out of the book's folder", path);
            Diagnostic::new(Code::PathOutside, span, message)
                .hint("copy the file into the book's folder")
        }
        ReadError::TooLarge { limit } => {
            let message = message!("`{path}` is larger than {limit} MB", path, limit = limit >> 20);
            Diagnostic::new(Code::FileTooLarge, span, message)
        }
        ReadError::Io(error) => {
            let error = Message::of_system(error);
            let message = message!("`{path}` cannot be read: {error}", path, error);
            Diagnostic::new(Code::UnreadableFile, span, message)
        }
    }
}

/// Says that a file is no UTF-8 from byte `at`.
fn not_utf8(path: &BookPath, bytes: &[u8], at: usize) -> Diagnostic {
    let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let message = message!("the file is not UTF-8: line {line} holds other bytes", line);
    Diagnostic::new(Code::NotUtf8, Place::File(path.to_string()), message)
        .hint("save it as UTF-8; older Chinese files are often GB 18030")
}
