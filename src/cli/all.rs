//! Many books: each is written as soon as it is built, then all are told of.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use banxin::diag::{Message, Outcome, Severity, Sink};
use banxin::files::Stopwatch;
use banxin::shelf::{self, Shelved};
use banxin::{Edition, build_all, message};
use indicatif::DecimalBytes;
use serde::Serialize;
use serde_json::Value;

use super::arguments::{All, Findings};
use super::findings::{Printer, coloured, errors_alone, row, warnings_alone};
use super::language::Speaker;
use super::report::{self, Finding, GENERATOR};
use super::{Exit, say, steps, write};

/// What is kept of a book that is through: neither its files nor its texts.
struct Done {
    path: String,
    exit: Exit,
    counts: Counts,
    /// Its findings for people.
    findings: String,
    /// Its report for programs, where one is asked for.
    report: Option<Value>,
}

/// What there is of one book, or of all.
#[derive(Clone, Copy, Default, Serialize)]
struct Counts {
    files: usize,
    bytes: usize,
    errors: usize,
    warnings: usize,
}

/// The report on all books.
#[derive(Serialize)]
struct Summary<'a> {
    /// Of its shape and of the reports in it.
    version: u32,
    /// The program and its version.
    generator: &'static str,
    /// Which part of the books; none for all.
    shard: Option<String>,
    totals: Totals,
    books: Vec<Book<'a>>,
    /// What was found beside the books.
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Totals {
    books: usize,
    done: usize,
    failed: usize,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Book<'a> {
    /// From the folder of all, with `/` between its parts.
    path: &'a str,
    state: &'static str,
    report: Option<&'a Value>,
}

/// Builds the books that are asked for, and tells of them.
pub fn build(asked: &All, speaker: &Speaker) -> Exit {
    let watch = Stopwatch::start();
    let mut sink = Sink::default();
    let mut books = shelf::books(&asked.root, asked.out.as_deref(), &mut sink);
    books.retain(|book| asked.shard.is_none_or(|shard| shard.holds(&book.path)));
    let progress = Arc::clone(&sink.progress);
    let passed = AtomicUsize::new(0);
    let (edition, products) = (asked.edition.as_deref(), &asked.products);
    let work = || {
        build_all(&books, edition, products, &progress, |book, built, sink| {
            let done = finish(asked, book, &built, sink, speaker);
            passed.fetch_add(1, Ordering::Relaxed);
            done
        })
    };
    let told = || {
        let count = passed.load(Ordering::Relaxed);
        let books = message!("{count} of {all} books", count, all = books.len());
        steps::counts(&progress).fold(books, row)
    };
    let done = match asked.findings {
        Findings::Json => work(),
        Findings::Text => steps::show(speaker, told, work),
    };
    match asked.findings {
        Findings::Json => say(io::stdout(), report::written(&summary(asked, &done, &sink))),
        Findings::Text => {
            tell(&done, &sink, speaker);
            let seconds = format!("{:.1}", watch.elapsed().as_secs_f64());
            let spent = speaker.say(&message!("done in {seconds} s", seconds));
            say(io::stdout(), format!("{spent}\n"));
        }
    }
    exit(&done, &sink)
}

/// Says what was found, book by book, then a line for each book and one for all.
fn tell(done: &[Done], sink: &Sink, speaker: &Speaker) {
    let found = done.iter().filter(|book| !book.findings.is_empty());
    let grouped: String = found.map(|book| format!("{}\n{}\n", book.path, book.findings)).collect();
    let beside = Printer::new(".".as_ref(), coloured(), speaker).all(sink);
    say(io::stderr(), grouped + &beside);
    let line = |message: &Message| speaker.say(message) + "\n";
    let lines: String = done.iter().map(|book| line(&book.line())).collect();
    say(io::stdout(), lines + &line(&totals(done, sink).line()));
}

/// Writes a book that is built, and keeps what is to be told of it.
fn finish(
    asked: &All,
    book: &Shelved,
    built: &Outcome<Edition>,
    mut sink: Sink,
    speaker: &Speaker,
) -> Done {
    let (exit, _) = write(built, &out(asked, book), speaker, &mut sink);
    let edition = built.as_ref().ok().filter(|_| exit == Exit::Done);
    let files = edition.map_or(&[][..], |edition| &edition.files);
    let report = match asked.findings {
        // Texts and numbers under fixed keys can always be JSON.
        Findings::Json => serde_json::to_value(report::report(edition, &sink)).ok(),
        Findings::Text => None,
    };
    let counts = Counts {
        files: files.len(),
        bytes: files.iter().map(|file| file.bytes.len()).sum(),
        ..Counts::of(&sink)
    };
    let findings = match asked.findings {
        Findings::Json => String::new(),
        Findings::Text => Printer::new(&book.folder, coloured(), speaker).all(&sink),
    };
    Done { path: book.path.clone(), exit, counts, findings, report }
}

/// Where the files of a book go.
fn out(asked: &All, book: &Shelved) -> PathBuf {
    match &asked.out {
        None => book.folder.join("build"),
        Some(out) if book.path == "." => out.clone(),
        Some(out) => out.join(&book.path),
    }
}

/// Errors in a book come before what cannot be written, which may be right in another place.
fn exit(done: &[Done], sink: &Sink) -> Exit {
    let ended = |exit| done.iter().any(|book| book.exit == exit);
    if ended(Exit::BookHasErrors) || Counts::of(sink).errors > 0 {
        Exit::BookHasErrors
    } else if ended(Exit::CannotWrite) {
        Exit::CannotWrite
    } else {
        Exit::Done
    }
}

fn summary<'a>(asked: &All, done: &'a [Done], sink: &'a Sink) -> Summary<'a> {
    let book = |done: &'a Done| Book {
        path: &done.path,
        state: done.state(),
        report: done.report.as_ref(),
    };
    Summary {
        version: shelf::REPORT_VERSION,
        generator: GENERATOR,
        shard: asked.shard.map(|shard| shard.name()),
        totals: totals(done, sink),
        books: done.iter().map(book).collect(),
        findings: report::findings(sink),
    }
}

fn totals(done: &[Done], sink: &Sink) -> Totals {
    let made = done.iter().filter(|book| book.exit == Exit::Done).count();
    let counts = done.iter().fold(Counts::of(sink), |all, book| all.and(book.counts));
    Totals { books: done.len(), done: made, failed: done.len() - made, counts }
}

impl Done {
    fn state(&self) -> &'static str {
        match self.exit {
            Exit::Done => "done",
            Exit::BookHasErrors | Exit::Usage | Exit::CannotWrite => "failed",
        }
    }

    /// `a/b: done, 3 files, 1.20 MB, 2 warnings`
    fn line(&self) -> Message {
        self.told(row(self.state().into(), self.counts.words()))
    }

    /// Something of this book.
    fn told(&self, said: Message) -> Message {
        message!("{path}: {said}", path = self.path, said)
    }
}

impl Totals {
    /// `200 books: 199 done, 1 failed, 597 files, 120.00 MB, 1 error`
    fn line(&self) -> Message {
        let Self { books, done, failed, counts } = self;
        let books =
            if *books == 1 { "1 book".into() } else { message!("{count} books", count = books) };
        let ended = message!("{done} done, {failed} failed", done, failed);
        message!("{books}: {said}", books, said = row(ended, counts.words()))
    }
}

impl Counts {
    /// The findings of a sink.
    fn of(sink: &Sink) -> Self {
        let count = |severity| {
            sink.findings().iter().filter(|finding| finding.code.severity() == severity).count()
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            ..Self::default()
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
        }
    }

    fn words(self) -> Message {
        let Self { files, bytes, errors, warnings } = self;
        let files =
            if files == 1 { "1 file".into() } else { message!("{count} files", count = files) };
        let size = Message::quoted(DecimalBytes(bytes as u64));
        let errors = (errors > 0).then(|| errors_alone(errors));
        let warnings = (warnings > 0).then(|| warnings_alone(warnings));
        errors.into_iter().chain(warnings).fold(row(files, size), row)
    }
}
