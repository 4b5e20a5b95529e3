//! The command line: words become a request, findings become text, and the end an exit code.

mod arguments;
mod findings;
mod steps;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use banxin::diag::{Code, Diagnostic, Place, Sink};
use banxin::files::{self, Folder, Stopwatch};
use banxin::{Built, build};
use indicatif::DecimalBytes;

use arguments::Request;
use findings::Printer;
use steps::Steps;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was made.
    Done = 0,
    /// The book has errors; nothing was written.
    BookHasErrors = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// The outputs cannot be written.
    CannotWrite = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Does what the command line says.
pub fn run() -> Exit {
    match arguments::read() {
        Ok(request) => make(&request),
        Err(said) => {
            // When even this cannot be printed, the exit code still tells.
            let _ = said.print();
            if said.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
}

/// Builds the book and writes its files, all or none.
fn make(request: &Request) -> Exit {
    let watch = Stopwatch::start();
    let mut sink = Sink::default();
    let steps = Steps::new(io::stderr().is_terminal());
    let folder = Folder::Disk(request.folder.clone());
    let built = build(&folder, &request.products, &|stage| steps.begin(stage), &mut sink);
    let saved = built.map(|files| save(&files, &request.out));
    steps.end();
    let exit = match &saved {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(finding)) => {
            sink.report(finding.clone());
            Exit::CannotWrite
        }
        Err(_) => Exit::BookHasErrors,
    };
    let colour = io::stderr().is_terminal() && !files::colour_refused();
    say(io::stderr(), &Printer::new(&request.folder, colour).all(&sink));
    if let Ok(Ok(lines)) = saved {
        let seconds = watch.elapsed().as_secs_f64();
        say(io::stdout(), &format!("{lines}made in {seconds:.1} s\n"));
    }
    exit
}

/// Writes the files and says a line about each; or why one cannot be written.
fn save(built: &[Built], out: &Path) -> Result<String, Diagnostic> {
    let files: Vec<(&str, &[u8])> =
        built.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    let places = files::save(out, &files).map_err(|(place, error)| {
        let message = format!("`{}` cannot be written: {error}", place.display());
        Diagnostic::new(Code::Unwritable, Place::Book, message)
    })?;
    Ok(built.iter().zip(&places).map(|(file, place)| line(file, place)).collect())
}

/// `book/build/book.pdf: 1.20 MB, 96 pages`
fn line(file: &Built, place: &Path) -> String {
    let size = DecimalBytes(file.bytes.len() as u64);
    let pages = match file.pages {
        Some(1) => ", 1 page".to_owned(),
        Some(pages) => format!(", {pages} pages"),
        None => String::new(),
    };
    format!("{}: {size}{pages}\n", place.display())
}

/// Prints a text. A reader that has gone away is no reason to fail.
fn say(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
