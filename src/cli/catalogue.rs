//! A catalogue of built books.

use std::io;

use banxin::catalog::{self, Listed};
use banxin::diag::{Code, Message, Severity, Sink};
use banxin::message;

use super::arguments::Catalogue;
use super::findings::{Printer, coloured};
use super::language::Speaker;
use super::{Exit, say};

/// Writes the catalogue, and tells of it.
pub fn write(asked: &Catalogue, speaker: &Speaker) -> Exit {
    let mut sink = Sink::default();
    let Catalogue { roots, out, title } = asked;
    let listed = catalog::write(roots, out, title.as_deref(), &mut sink);
    say(io::stderr(), Printer::new(".".as_ref(), coloured(), speaker).all(&sink));
    if let Ok(listed) = &listed {
        say(io::stdout(), speaker.say(&line(listed)) + "\n");
    }
    exit(&sink)
}

/// `site/index.html: 12 books, 1 left out`
fn line(listed: &Listed) -> Message {
    let Listed { books, left_out, page } = listed;
    let page = page.display();
    let count =
        if *books == 1 { "1 book".into() } else { message!("{count} books", count = books) };
    match left_out {
        0 => message!("{page}: {count}", page, count),
        out => message!("{page}: {count}, {out} left out", page, count, out),
    }
}

/// Errors in books come before what cannot be written.
fn exit(sink: &Sink) -> Exit {
    let errors = || {
        let errors = sink.findings().iter().map(|finding| finding.code);
        errors.filter(|code| code.severity() == Severity::Error)
    };
    if errors().any(|code| code != Code::Unwritable) {
        Exit::BookHasErrors
    } else if errors().next().is_some() {
        Exit::CannotWrite
    } else {
        Exit::Done
    }
}
