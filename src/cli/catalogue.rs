//! A catalogue of built books.

use std::io::{self, IsTerminal};

use banxin::catalog::{self, Listed};
use banxin::diag::{Code, Severity, Sink};
use banxin::files;

use super::arguments::Catalogue;
use super::findings::Printer;
use super::{Exit, say};

/// Writes the catalogue, and tells of it.
pub fn write(asked: &Catalogue) -> Exit {
    let mut sink = Sink::default();
    let Catalogue { roots, out, title } = asked;
    let listed = catalog::write(roots, out, title.as_deref(), &mut sink);
    let colour = io::stderr().is_terminal() && !files::colour_refused();
    say(io::stderr(), &Printer::new(".".as_ref(), colour).all(&sink));
    if let Ok(listed) = &listed {
        say(io::stdout(), &line(listed));
    }
    exit(&sink)
}

/// `site/index.html: 12 books, 1 left out`
fn line(listed: &Listed) -> String {
    let Listed { books, left_out, page } = listed;
    let left_out = match left_out {
        0 => String::new(),
        count => format!(", {count} left out"),
    };
    format!("{}: {books} book{}{left_out}\n", page.display(), if *books == 1 { "" } else { "s" })
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
