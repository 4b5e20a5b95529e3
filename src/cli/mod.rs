//! The command line: words become a request, findings become text, and the end an exit code.

mod all;
mod arguments;
mod catalogue;
mod doctor;
mod explain;
mod findings;
mod import;
mod language;
mod preview;
mod refusal;
mod report;
mod spoken;
mod start;
mod steps;
mod typefaces;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use banxin::archive::{self, Whole};
use banxin::diag::{Code, Diagnostic, Message, Outcome, Place, Sink};
use banxin::files::{self, Folder, StagedFolder, Stopwatch};
use banxin::manifest::moment;
use banxin::profile::Product;
use banxin::{Built, Edition, build_part, message, shelf};
use indicatif::DecimalBytes;

use arguments::{Beginning, Findings, Making, Order, Request, Task};
use findings::{Printer, coloured};
use language::{Language, Speaker};

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
    files::end_when_interrupted(steps::clear);
    let words = files::words();
    let asker = Speaker::new(Language::of_call(&words));
    match arguments::read(&words, &asker) {
        Ok(Request { language, order }) => match order {
            Order::Make(making) => make(&making, &Speaker::new(language)),
            Order::All(asked) => all::build(&asked, &Speaker::new(language)),
            Order::Catalogue(asked) => catalogue::write(&asked, &Speaker::new(language)),
            Order::Import(wish) => import::run(&wish, &Speaker::new(language)),
            Order::Begin(wish) => begin(&wish, &Speaker::new(language)),
            Order::Typefaces { folder, edition } => {
                faces(&folder, edition.as_deref(), &Speaker::new(language))
            }
            Order::Preview(wish) => preview::show(wish, Speaker::new(language)),
            Order::Verify(package) => verify(&package, &Speaker::new(language)),
            Order::Explain(code) => tell(explain::text(code, language)),
            Order::Doctor => tell(doctor::text(&Speaker::new(language))),
            Order::Completions(shell) => tell(arguments::completions(shell, &asker)),
            Order::Manual => tell(arguments::manual(&asker)),
        },
        Err(refusal) => refusal.tell(&asker),
    }
}

/// Prints what was asked for.
fn tell(text: impl AsRef<[u8]>) -> Exit {
    say(io::stdout(), text);
    Exit::Done
}

/// Starts a book.
fn begin(wish: &Beginning, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let begun = start::write(wish, speaker, &mut sink);
    // Articles may lie anywhere: they are called as the user calls them.
    report_findings(Path::new("."), &sink, speaker);
    match begun {
        Ok(said) => tell(said),
        Err(exit) => exit,
    }
}

/// Tells the faces of a book.
fn faces(folder: &Path, edition: Option<&str>, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let found = banxin::typefaces(&Folder::Disk(folder.to_owned()), edition, &mut sink);
    report_findings(folder, &sink, speaker);
    match found {
        Ok(faces) => tell(typefaces::text(&faces, speaker)),
        Err(_) => Exit::BookHasErrors,
    }
}

/// Tells whether a package is whole.
fn verify(package: &Path, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let progress = Arc::clone(&sink.progress);
    let told = || steps::told(&progress);
    let whole = steps::show(speaker, told, || archive::verify(package, &mut sink));
    report_findings(package, &sink, speaker);
    let Ok(Whole { files, bytes }) = whole else { return Exit::BookHasErrors };
    let (package, size) = (package.display(), DecimalBytes(bytes));
    let message = message!("{package}: whole, {files} files, {size}", package, files, size);
    tell(speaker.say(&message) + "\n")
}

/// Prints findings for people.
fn report_findings(folder: &Path, sink: &Sink, speaker: &Speaker) {
    say(io::stderr(), Printer::new(folder, coloured(), speaker).all(sink));
}

/// Builds the book, and does with it what the request says.
fn make(request: &Making, speaker: &Speaker) -> Exit {
    let watch = Stopwatch::start();
    let mut sink = Sink::default();
    let progress = Arc::clone(&sink.progress);
    let mut work = || carry_out(request, speaker, &mut sink);
    let quiet = request.task == Task::Check(Findings::Json);
    let (exit, said) =
        if quiet { work() } else { steps::show(speaker, || steps::told(&progress), work) };
    if !quiet {
        report_findings(&request.folder, &sink, speaker);
    }
    say(io::stdout(), &said);
    if exit == Exit::Done && !quiet {
        let seconds = format!("{:.1}", watch.elapsed().as_secs_f64());
        let done = speaker.say(&message!("done in {seconds} s", seconds));
        say(io::stdout(), format!("{done}\n"));
    }
    exit
}

/// Builds the book, and writes it or not; gives what is to be said of it.
fn carry_out(request: &Making, speaker: &Speaker, sink: &mut Sink) -> (Exit, String) {
    let folder = Folder::Disk(request.folder.clone());
    let (edition, part) = (request.edition.as_deref(), request.part.clone());
    let built = build_part(&folder, edition, &request.products, part, sink);
    match &request.task {
        Task::Write { out } => write(&built, out, speaker, sink),
        Task::Check(findings) => check(&built, *findings, speaker, sink),
    }
}

/// Writes the files of a book and the report on them, all or none, and says a line about each.
fn write(
    built: &Outcome<Edition>,
    out: &Path,
    speaker: &Speaker,
    sink: &mut Sink,
) -> (Exit, String) {
    let Ok(edition) = built else { return (Exit::BookHasErrors, String::new()) };
    let report = report::json(Some(edition), sink);
    match save(edition, &report, out, speaker) {
        Ok(lines) => (Exit::Done, lines),
        Err(finding) => {
            sink.report(finding);
            (Exit::CannotWrite, String::new())
        }
    }
}

/// Says what a check prints: the report, or nothing but the findings.
fn check(
    built: &Outcome<Edition>,
    findings: Findings,
    speaker: &Speaker,
    sink: &Sink,
) -> (Exit, String) {
    let exit = if built.is_ok() { Exit::Done } else { Exit::BookHasErrors };
    let said = match findings {
        Findings::Text if sink.findings().is_empty() => {
            speaker.words("Nothing to mend").to_owned() + "\n"
        }
        Findings::Text => String::new(),
        Findings::Json => report::json(built.as_ref().ok(), sink),
    };
    (exit, said)
}

/// Writes the files and the report and says a line about each; or why one cannot be written.
fn save(
    edition: &Edition,
    report: &str,
    out: &Path,
    speaker: &Speaker,
) -> Result<String, Diagnostic> {
    let Edition { slug, files, .. } = edition;
    let report_name = slug.clone() + shelf::REPORT;
    let books = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
    let all: Vec<(&str, &[u8])> = books.chain([(&*report_name, report.as_bytes())]).collect();
    let unwritable = |place: &Path, error: io::Error| {
        let (place, error) = (place.display(), Message::of_system(&error));
        let message = message!("`{place}` cannot be written: {error}", place, error);
        Diagnostic::new(Code::Unwritable, Place::Book, message)
    };
    let folder = out.join(slug.clone() + Product::Archive.suffix());
    let staged = edition.package.as_ref().map(|package| {
        files::stage_folder(&folder, package, archive::MARK)
            .map_err(|error| unwritable(&folder, error))
    });
    let staged = staged.transpose()?;
    let places = files::save(out, &all).map_err(|(place, error)| unwritable(&place, error))?;
    let settled = staged.map(StagedFolder::settle).transpose();
    let settled = settled.map_err(|error| unwritable(&folder, error))?;
    let wrote = |place: PathBuf| message!("wrote {place}", place = plain(&place).display());
    let last = settled.map(|place| speaker.say(&wrote(place)) + "\n");
    let lines: String =
        files.iter().zip(&places).map(|(file, place)| line(file, place, speaker)).collect();
    Ok(lines + &last.unwrap_or_default())
}

/// `wrote book/build/book.pdf (96 pages, 1.20 MB)`
fn line(file: &Built, place: &Path, speaker: &Speaker) -> String {
    let (place, size) = (plain(place).display(), DecimalBytes(file.bytes.len() as u64));
    let line = match file.pages {
        Some(1) => message!("wrote {place} (1 page, {size})", place, size),
        Some(pages) => message!("wrote {place} ({pages} pages, {size})", place, pages, size),
        None => message!("wrote {place} ({size})", place, size),
    };
    speaker.say(&line) + "\n"
}

/// A path without the `./` that nobody types.
fn plain(place: &Path) -> &Path {
    place.strip_prefix(".").unwrap_or(place)
}

/// Today, `YYYY-MM-DD`, by the machine's clock.
fn today() -> String {
    moment(files::now()).chars().take("YYYY-MM-DD".len()).collect()
}

/// Prints a text. A reader that has gone away is no reason to fail.
fn say(mut to: impl Write, text: impl AsRef<[u8]>) {
    let _ = to.write_all(text.as_ref()).and_then(|()| to.flush());
}
