//! `import`: articles become chapters on the disk.

use std::io;
use std::path::Path;
use std::sync::Arc;

use banxin::diag::{Code, Diagnostic, Message, Outcome, Place, Sink};
use banxin::files::{self, Folder};
use banxin::import::{Given, Imported, import};
use banxin::{manifest, message};

use super::arguments::Import;
use super::language::Speaker;
use super::{Exit, report_findings, say, steps};

/// Imports what is given, and prints the report.
pub(super) fn run(request: &Import, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let folder = Folder::Disk(request.into.clone());
    let imported = read(&request.given, &folder, speaker, &mut sink);
    let exit = match &imported {
        Ok(imported) => save(imported, &request.into, &mut sink),
        Err(_) => Exit::BookHasErrors,
    };
    // Sources may lie anywhere: they are called as the user calls them.
    report_findings(Path::new("."), &sink, speaker);
    if let Ok(imported) = imported
        && exit == Exit::Done
    {
        say(io::stdout(), &imported.report);
    }
    exit
}

/// Reads what is given as chapters of a book, and shows how far that is.
pub(super) fn read(
    given: &[Given],
    folder: &Folder,
    speaker: &Speaker,
    sink: &mut Sink,
) -> Outcome<Imported> {
    let progress = Arc::clone(&sink.progress);
    steps::show(speaker, || steps::told(&progress), || import(given, folder, sink))
}

/// Writes all files, or none.
pub(super) fn save(imported: &Imported, into: &Path, sink: &mut Sink) -> Exit {
    let added = imported.added.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let added: Vec<(&str, &[u8])> = added.collect();
    match files::extend(into, &added, (manifest::NAME, &imported.manifest)) {
        Ok(()) => Exit::Done,
        Err((place, error)) => {
            let place = place.display();
            let error = Message::quoted(error);
            let message = message!("`{place}` cannot be written: {error}", place, error);
            sink.report(Diagnostic::new(Code::Unwritable, Place::Book, message));
            Exit::CannotWrite
        }
    }
}
