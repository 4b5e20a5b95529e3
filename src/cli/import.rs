//! `import`: articles become chapters on the disk.

use std::io::{self, IsTerminal};
use std::path::Path;

use banxin::diag::{Code, Diagnostic, Place, Sink};
use banxin::files::{self, Folder};
use banxin::import::{Imported, import};
use banxin::manifest;

use super::arguments::Import;
use super::findings::Printer;
use super::{Exit, say};

/// Imports what is given, and prints the report.
pub(super) fn run(request: &Import) -> Exit {
    let mut sink = Sink::default();
    let folder = Folder::Disk(request.into.clone());
    let imported = import(&request.given, &folder, &mut sink);
    let exit = match &imported {
        Ok(imported) => save(imported, &request.into, &mut sink),
        Err(_) => Exit::BookHasErrors,
    };
    let colour = io::stderr().is_terminal() && !files::colour_refused();
    // Sources may lie anywhere: they are called as the user calls them.
    say(io::stderr(), &Printer::new(Path::new("."), colour).all(&sink));
    if let Ok(imported) = imported
        && exit == Exit::Done
    {
        say(io::stdout(), &imported.report);
    }
    exit
}

/// Writes all files, or none.
fn save(imported: &Imported, into: &Path, sink: &mut Sink) -> Exit {
    let added = imported.added.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let added: Vec<(&str, &[u8])> = added.collect();
    match files::extend(into, &added, (manifest::NAME, &imported.manifest)) {
        Ok(()) => Exit::Done,
        Err((place, error)) => {
            let message = format!("`{}` cannot be written: {error}", place.display());
            sink.report(Diagnostic::new(Code::Unwritable, Place::Book, message));
            Exit::CannotWrite
        }
    }
}
