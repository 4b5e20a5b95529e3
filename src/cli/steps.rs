//! What the user sees while a book is built.

use std::io;
use std::time::Duration;

use banxin::Stage;
use indicatif::{ProgressBar, ProgressStyle};

/// The steps of a build as they begin.
pub enum Steps {
    /// One line on a terminal, which each step overwrites.
    Terminal(ProgressBar),
    /// A line for each step.
    Lines,
}

impl Steps {
    /// Steps for standard error.
    pub fn new(terminal: bool) -> Self {
        if !terminal {
            return Self::Lines;
        }
        let bar = ProgressBar::new_spinner();
        // Without a colour in it, so that it needs no other form where colours are refused.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self::Terminal(bar)
    }

    /// Tells a step.
    pub fn begin(&self, stage: Stage) {
        match self {
            Self::Terminal(bar) => bar.set_message(name(stage)),
            Self::Lines => super::say(io::stderr(), &format!("{}\n", name(stage))),
        }
    }

    /// Tells that one of many books is through.
    pub fn passed(&self, said: &str) {
        match self {
            Self::Terminal(bar) => bar.set_message(said.to_owned()),
            Self::Lines => super::say(io::stderr(), &format!("{said}\n")),
        }
    }

    /// Leaves the line to others.
    pub fn end(&self) {
        match self {
            Self::Terminal(bar) => bar.finish_and_clear(),
            Self::Lines => {}
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
