//! `import`: articles become chapters on the disk.

use std::io;
use std::path::Path;

use banxin::diag::{Code, Diagnostic, Message, Place, Sink};
use banxin::files::{self, Folder};
use banxin::import::{Imported, import};
use banxin::{manifest, message};

use super::arguments::Import;
use super::language::Speaker;
use super::{Exit, report_findings, say};

/// Imports what is given, and prints the report.
pub(super) fn run(request: &Import, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let folder = Folder::Disk(request.into.clone());
    let imported = import(&request.given, &folder, &mut sink);
    let (exit, said) = match &imported {
        Ok(imported) => {
            let report = imported.report.text(|it| speaker.say(it));
            save(imported, report, &request.into, &mut sink)
        }
        Err(_) => (Exit::BookHasErrors, String::new()),
    };
    // Sources may lie anywhere: they are called as the user calls them.
    report_findings(Path::new("."), &sink, speaker);
    say(io::stdout(), said);
    exit
}

/// Writes all files and the report, or none; what is to be said is the report, once it is written.
fn save(imported: &Imported, report: String, into: &Path, sink: &mut Sink) -> (Exit, String) {
    let added = imported.added.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let report_file = (imported.report.path.as_str(), report.as_bytes());
    let added: Vec<(&str, &[u8])> = added.chain([report_file]).collect();
    match files::extend(into, &added, (manifest::NAME, &imported.manifest)) {
        Ok(()) => (Exit::Done, report),
        Err((place, error)) => {
            let place = place.display();
            let error = Message::quoted(error);
            let message = message!("`{place}` cannot be written: {error}", place, error);
            sink.report(Diagnostic::new(Code::Unwritable, Place::Book, message));
            (Exit::CannotWrite, String::new())
        }
    }
}
