//! `import`: articles become chapters on the disk.

use std::path::Path;
use std::sync::Arc;

use banxin::diag::{Code, Diagnostic, Message, Outcome, Place, Sink};
use banxin::files::{self, Folder};
use banxin::import::{Given, Imported, import};
use banxin::{manifest, message};

use super::arguments::Import;
use super::language::Speaker;
use super::{Exit, report_findings, steps, tell};

/// Imports what is given, and prints the report.
pub(super) fn run(request: &Import, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let folder = Folder::Disk(request.into.clone());
    let imported = read(&request.given, &folder, speaker, &mut sink);
    let imported = imported.map_err(|_| Exit::BookHasErrors);
    let report = imported.and_then(|it| save(&it, &request.into, speaker, &mut sink));
    // Sources may lie anywhere: they are called as the user calls them.
    report_findings(Path::new("."), &sink, speaker);
    match report {
        Ok(report) => tell(report),
        Err(exit) => exit,
    }
}

/// Reads what is given as chapters of a book, and shows how far that is.
pub(super) fn read(
    given: &[Given],
    folder: &Folder,
    speaker: &Speaker,
    sink: &mut Sink,
) -> Outcome<Imported> {
    let progress = Arc::clone(&sink.progress);
    steps::show(speaker, || steps::told(&progress), || import(given, folder, &super::today(), sink))
}

/// Writes all files and the report, or none; gives the report, or how the program is to end.
pub(super) fn save(
    imported: &Imported,
    into: &Path,
    speaker: &Speaker,
    sink: &mut Sink,
) -> Result<String, Exit> {
    let report = imported.report.text(|it| speaker.say(it));
    let added = imported.added.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let report_file = (imported.report.path.as_str(), report.as_bytes());
    let added: Vec<(&str, &[u8])> = added.chain([report_file]).collect();
    match files::extend(into, &added, (manifest::NAME, &imported.manifest)) {
        Ok(()) => Ok(report),
        Err((place, error)) => {
            let (place, error) = (place.display(), Message::of_system(&error));
            let message = message!("`{place}` cannot be written: {error}", place, error);
            sink.report(Diagnostic::new(Code::Unwritable, Place::Book, message));
            Err(Exit::CannotWrite)
        }
    }
}
