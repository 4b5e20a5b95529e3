//! What is seen while something takes long: one line of a terminal, which goes when it is done.

use std::panic;
use std::sync::LazyLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use banxin::diag::{Message, Progress, Stage};
use banxin::files::Stopwatch;
use banxin::message;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::findings::row;
use super::language::Speaker;

/// The line; without colours, so that it needs no other form where these are refused.
static LINE: LazyLock<ProgressBar> = LazyLock::new(ProgressBar::hidden);
/// From one look at the work to the next.
const BEAT: Duration = Duration::from_millis(100);

/// Takes the line away, for good.
pub fn clear() {
    LINE.finish_and_clear();
}

/// Does `work`, and shows what is `told` of it as long as it takes. Only a terminal that can take the
/// line away again gets it.
pub fn show<T>(
    speaker: &Speaker,
    told: impl Fn() -> Message + Send,
    work: impl FnOnce() -> T,
) -> T {
    let target = ProgressDrawTarget::stderr();
    if target.is_hidden() {
        return work();
    }
    LINE.set_draw_target(target);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
        LINE.set_style(style);
    }
    // What a fault says stands above the line.
    let say = panic::take_hook();
    panic::set_hook(Box::new(move |fault| LINE.suspend(|| say(fault))));
    let (working, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watch = Stopwatch::start();
        let look = move || {
            loop {
                let seconds = watch.elapsed().as_secs();
                let spent = message!("{said}, {seconds} s", said = told(), seconds);
                LINE.set_message(speaker.say(&spent));
                LINE.tick();
                if ended.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                    return clear();
                }
            }
        };
        // A thread that the system does not give is missed by nobody: the work goes on unseen.
        let _ = thread::Builder::new().spawn_scoped(scope, look);
        // Dropped when the work ends, even by a fault.
        let _working = working;
        work()
    })
}

/// `setting the pages, 36 pages, 0 of 3 files`
pub fn told(progress: &Progress) -> Message {
    let stages = progress.stages().map(|stage| Message::from(name(stage)));
    let counts = counts(progress);
    stages.chain(counts).reduce(row).unwrap_or_else(|| "at work".into())
}

/// What is counted and not nothing.
pub fn counts(progress: &Progress) -> impl Iterator<Item = Message> {
    let pages = match progress.pages() {
        0 => None,
        1 => Some("1 page".into()),
        count => Some(message!("{count} pages", count)),
    };
    let files = match (progress.finished_files(), progress.expected_files()) {
        (0, 0) => None,
        (1, 0) => Some("1 file".into()),
        (count, 0) => Some(message!("{count} files", count)),
        (count, all) => Some(message!("{count} of {all} files", count, all)),
    };
    pages.into_iter().chain(files)
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
        Stage::Archive => "packing for libraries",
        Stage::Import => "reading the articles",
        Stage::Verify => "looking the package over",
    }
}
