//! The preview in a terminal: its address, until Ctrl-C.

use std::io;

use banxin::diag::{Code, Diagnostic, Message, Place, Sink};
use banxin::preview::{self, Tongue};
use banxin::{files, message};

use super::arguments::{Opening, Preview};
use super::language::Speaker;
use super::{Exit, report_findings, say};

/// Shows a book in a browser; comes to an end only where it cannot.
pub fn show(asked: Preview, speaker: Speaker) -> Exit {
    let Preview { wish, opening } = asked;
    let folder = wish.folder.clone();
    let words = speaker.clone();
    let tongue =
        Tongue { tag: speaker.language().tag(), say: Box::new(move |said| words.say(said)) };
    let ready = |url: &str| {
        let how = speaker.words("open this address in a browser; Ctrl-C ends the preview");
        say(io::stdout(), format!("{how}\n{url}\n"));
        if opening == Opening::Program && files::show(url).is_err() {
            let said = speaker.words("there is no browser that can be called from here");
            say(io::stderr(), format!("{said}\n"));
        }
    };
    let Err(error) = preview::serve(wish, tongue, ready) else { return Exit::Done };
    let mut sink = Sink::default();
    let error = Message::of_system(&error);
    let message = message!("the preview cannot be shown: {error}", error);
    let finding = Diagnostic::new(Code::NoPreview, Place::Book, message);
    sink.report(finding.hint("choose another `--port`, or none for one that is free"));
    report_findings(&folder, &sink, &speaker);
    Exit::CannotWrite
}
