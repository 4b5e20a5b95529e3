//! What the user sees while a book is built.

use std::io;
use std::time::Duration;

use banxin::Stage;
use indicatif::{ProgressBar, ProgressStyle};

use super::language::Speaker;

/// The steps of a build as they begin.
pub struct Steps<'a> {
    speaker: &'a Speaker,
    /// One line on a terminal, which each step overwrites; else each step has a line.
    bar: Option<ProgressBar>,
}

impl<'a> Steps<'a> {
    /// Steps for standard error.
    pub fn new(terminal: bool, speaker: &'a Speaker) -> Self {
        if !terminal {
            return Self { speaker, bar: None };
        }
        let bar = ProgressBar::new_spinner();
        // Without a colour in it, so that it needs no other form where colours are refused.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { speaker, bar: Some(bar) }
    }

    /// Tells a step.
    pub fn begin(&self, stage: Stage) {
        let name = self.speaker.words(name(stage));
        match &self.bar {
            Some(bar) => bar.set_message(name.to_owned()),
            None => super::say(io::stderr(), format!("{name}\n")),
        }
    }

    /// Leaves the line to others.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A step in words.
fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Manifest => "reading book.toml",
        Stage::Manuscript => "reading the chapters",
        Stage::Fonts => "loading the fonts",
        Stage::Book => "resolving references and pictures",
        Stage::Layout => "setting the pages",
        Stage::Pdf => "writing the PDFs",
        Stage::Epub => "writing the EPUB",
    }
}
