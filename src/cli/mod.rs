//! The command line: words become a request, findings become text, and the end an exit code.

mod arguments;
mod findings;
mod import;
mod report;
mod steps;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use banxin::diag::{Code, Diagnostic, Outcome, Place, Sink};
use banxin::files::{self, Folder, Stopwatch};
use banxin::{Built, Edition, build};
use indicatif::DecimalBytes;

use arguments::{Findings, Order, Request, Task};
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
        Ok(Order::Make(request)) => make(&request),
        Ok(Order::Import(request)) => import::run(&request),
        Err(said) => {
            // When even this cannot be printed, the exit code still tells.
            let _ = said.print();
            if said.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
}

/// Builds the book, and does with it what the request says.
fn make(request: &Request) -> Exit {
    let watch = Stopwatch::start();
    let mut sink = Sink::default();
    let steps = Steps::new(io::stderr().is_terminal());
    let folder = Folder::Disk(request.folder.clone());
    let built = build(
        &folder,
        request.edition.as_deref(),
        &request.products,
        &|stage| steps.begin(stage),
        &mut sink,
    );
    let (exit, said) = match &request.task {
        Task::Write { out } => write(&built, out, &mut sink),
        Task::Check(findings) => check(&built, *findings, &sink),
    };
    steps.end();
    let quiet = request.task == Task::Check(Findings::Json);
    if !quiet {
        let colour = io::stderr().is_terminal() && !files::colour_refused();
        say(io::stderr(), &Printer::new(&request.folder, colour).all(&sink));
    }
    say(io::stdout(), &said);
    if exit == Exit::Done && !quiet {
        say(io::stdout(), &format!("done in {:.1} s\n", watch.elapsed().as_secs_f64()));
    }
    exit
}

/// Writes the files of a book and the report on them, all or none, and says a line about each.
fn write(built: &Outcome<Edition>, out: &Path, sink: &mut Sink) -> (Exit, String) {
    let Ok(edition) = built else { return (Exit::BookHasErrors, String::new()) };
    let report = report::json(Some(edition), sink);
    match save(edition, &report, out) {
        Ok(lines) => (Exit::Done, lines),
        Err(finding) => {
            sink.report(finding);
            (Exit::CannotWrite, String::new())
        }
    }
}

/// Says what a check prints: the report, or nothing but the findings.
fn check(built: &Outcome<Edition>, findings: Findings, sink: &Sink) -> (Exit, String) {
    let exit = if built.is_ok() { Exit::Done } else { Exit::BookHasErrors };
    let said = match findings {
        Findings::Text => String::new(),
        Findings::Json => report::json(built.as_ref().ok(), sink),
    };
    (exit, said)
}

/// Writes the files and the report and says a line about each; or why one cannot be written.
fn save(edition: &Edition, report: &str, out: &Path) -> Result<String, Diagnostic> {
    let Edition { slug, files, .. } = edition;
    let report_name = slug.clone() + report::SUFFIX;
    let books = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
    let all: Vec<(&str, &[u8])> = books.chain([(&*report_name, report.as_bytes())]).collect();
    let places = files::save(out, &all).map_err(|(place, error)| {
        let message = format!("`{}` cannot be written: {error}", place.display());
        Diagnostic::new(Code::Unwritable, Place::Book, message)
    })?;
    Ok(files.iter().zip(&places).map(|(file, place)| line(file, place)).collect())
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
