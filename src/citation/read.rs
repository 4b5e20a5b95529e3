//! The verb of this module: from files to a library.

use std::collections::BTreeMap;

use super::{Library, Style, WorkId, bibtex, csl, csl_json, duplicate, yaml};
use crate::diag::{Code, Diagnostic, Message, Sink, SourceId, nearest};
use crate::files::{BookPath, Folder, ReadError};
use crate::manifest::{CitationStyle, Citations, Located};
use crate::message;
use crate::script::Rules;

/// The most bytes of a file: some ten thousand works.
const LIMIT: usize = 16 * 1024 * 1024;

/// Reads the files that describe works, and the style that they are cited in. What is wrong with them
/// is reported; a library without a style is none, nor one that lacks works: nobody could say which
/// keys are wrong.
pub fn read(
    citations: &Citations,
    rules: &Rules,
    folder: &Folder,
    sink: &mut Sink,
) -> Option<Library> {
    let mut library = Library {
        works: Vec::new(),
        keys: BTreeMap::new(),
        style: style(citations, rules, folder, sink)?,
    };
    let mut is_whole = true;
    for file in &citations.files {
        let Some((source, text)) = text(file, folder, sink) else {
            is_whole = false;
            continue;
        };
        let mut findings = Vec::new();
        let works = match kind(file.value.name()) {
            Some(read) => read(&text, source, &mut findings),
            None => {
                findings.push(unknown_kind(file));
                Vec::new()
            }
        };
        is_whole &= findings.iter().all(|finding| finding.code == Code::DuplicateEntry);
        sink.report_all(findings);
        for work in works {
            if library.keys.contains_key(&work.key) {
                sink.report(duplicate(&work.key, work.span));
                continue;
            }
            library.keys.insert(work.key.clone(), WorkId(library.works.len()));
            library.works.push(work);
        }
    }
    is_whole.then_some(library)
}

/// Reads the works of a text.
type Read = fn(&str, SourceId, &mut Vec<Diagnostic>) -> Vec<super::Work>;

/// What reads a file, by the ending of its name.
fn kind(name: &str) -> Option<Read> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "bib" => Some(bibtex::read),
        "json" => Some(csl_json::read),
        "yaml" | "yml" => Some(yaml::read),
        _ => None,
    }
}

fn unknown_kind(file: &Located<BookPath>) -> Diagnostic {
    let message = message!("`{file}` is not known as a file of works", file = file.value);
    Diagnostic::new(Code::BadValue, file.span, message)
        .hint("BibTeX ends in `.bib`, CSL-JSON in `.json`, Hayagriva's format in `.yaml`")
}

/// The text of a file that `book.toml` names, kept in the sink as well.
fn text(file: &Located<BookPath>, folder: &Folder, sink: &mut Sink) -> Option<(SourceId, String)> {
    let path = &file.value;
    let finding = match folder.read(path) {
        Ok(bytes) if bytes.len() > LIMIT => {
            let message = message!("`{path}` is larger than {limit} MB", path, limit = LIMIT >> 20);
            Diagnostic::new(Code::FileTooLarge, file.span, message)
        }
        Ok(bytes) => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => return Some((sink.sources.add(path.as_str(), text), text.to_owned())),
                Err(_) => {
                    let message = message!("`{path}` is not UTF-8", path);
                    Diagnostic::new(Code::NotUtf8, file.span, message)
                        .hint("save it as UTF-8; older Chinese files are often GB 18030")
                }
            }
        }
        Err(ReadError::Missing) => {
            let message = message!("there is no file `{path}`", path);
            let finding = Diagnostic::new(Code::MissingFile, file.span, message);
            let names = folder.list_beside(path);
            match nearest(path.name(), names.iter().map(BookPath::name)) {
                Some(name) => finding.hint(message!("did you mean `{name}`?", name)),
                None => finding,
            }
        }
        Err(ReadError::Outside) => {
            let message = message!("`{path}` leads out of the book's folder", path);
            Diagnostic::new(Code::PathOutside, file.span, message)
                .hint("copy the file into the book's folder")
        }
        Err(ReadError::TooLarge { limit }) => {
            let message = message!("`{path}` is larger than {limit} MB", path, limit = limit >> 20);
            Diagnostic::new(Code::FileTooLarge, file.span, message)
        }
        Err(ReadError::Io(error)) => {
            let error = Message::of_system(&error);
            let message = message!("`{path}` cannot be read: {error}", path, error);
            Diagnostic::new(Code::UnreadableFile, file.span, message)
        }
    };
    sink.report(finding);
    None
}

/// The style that `book.toml` asks for.
fn style(citations: &Citations, rules: &Rules, folder: &Folder, sink: &mut Sink) -> Option<Style> {
    let found = match &citations.style.value {
        CitationStyle::Gb(style) => return Some(Style::Gb(*style)),
        CitationStyle::Named(name) => csl::named(name, rules, citations.style.span),
        CitationStyle::File(path) => {
            let file = Located { value: path.clone(), span: citations.style.span };
            let (source, text) = text(&file, folder, sink)?;
            csl::from_text(&text, rules, source)
        }
    };
    match found {
        Ok(style) => Some(Style::Csl(Box::new(style))),
        Err(finding) => {
            sink.report(*finding);
            None
        }
    }
}
