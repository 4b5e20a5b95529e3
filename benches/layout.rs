//! From Markdown to laid-out pages: that breaking lines is linear, and what a book costs.
//!
//! `cargo bench --bench layout` prints, for one paragraph of 10,000, 100,000 and 1,000,000
//! characters, the time that setting a character takes; and for a generated book of 450,000
//! characters with figures, notes and tables, and one four times as long, the instructions on one
//! thread: counted by `perf` where the machine has counters, else by Valgrind, else not at all. The
//! gates of both are printed beside them.
//!
//! For a profiler and for other programs, `cargo bench --bench layout -- write FOLDER 4` writes the
//! book, here four times as long, and `-- set FOLDER` reads it and sets its pages, nothing else.
//! With `CARGO_PROFILE_BENCH_DEBUG=1` callgrind names the functions:
//!
//! ```text
//! RAYON_NUM_THREADS=1 valgrind --tool=callgrind target/release/deps/layout-… set FOLDER
//! ```

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench fails by panicking, reads the clock, starts programs, and prints"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use banxin::book::Book;
use banxin::diag::{Outcome, Sink};
use banxin::files::Folder;
use banxin::font::Fonts;
use banxin::{book, font, layout, manifest, manuscript};
#[path = "support/generated.rs"]
mod generated;
#[path = "support/instructions.rs"]
mod instructions;

/// Lengths of the paragraph, and how often each is set in a row: the system's clock goes by
/// milliseconds.
const PARAGRAPHS: [(usize, u32); 3] = [(10_000, 100), (100_000, 10), (1_000_000, 1)];

/// How many such rows there are; the fastest counts.
const ROWS: usize = 7;

/// The most that the dearest character may cost of what the cheapest does.
const LINEAR: f64 = 1.3;

/// The most instructions that it may take, in G.
const MOST: f64 = 1.4;

/// The most that a book four times as long may take of that.
const FOUR_TIMES: f64 = 4.2;

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            paragraphs();
            books();
        }
        ["set", folder] => println!("{} pages", read_and_set(Path::new(folder))),
        ["write", folder] => generated::write(Path::new(folder), 1),
        ["write", folder, times] => {
            generated::write(Path::new(folder), times.parse().expect("a number says how often"));
        }
        _ => panic!("`set FOLDER`, `write FOLDER` or nothing"),
    }
}

/// Sets a book that is one paragraph, at three lengths, on one thread.
fn paragraphs() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    one.expect("a thread can be started").install(measured_paragraphs);
}

fn measured_paragraphs() {
    println!("{:>10} {:>14}", "paragraph", "ns/character");
    let mut costs = Vec::new();
    for (length, times) in PARAGRAPHS {
        let (book, fonts) = resolved(&generated::generate::paragraph(length));
        // The first setting makes the fonts ready.
        set(&book, &fonts);
        let row = |_| (0..times).map(|_| set(&book, &fonts).0).sum::<Duration>();
        let best = (0..ROWS).map(row).min().expect("there are rows");
        let cost = (best / times).as_nanos() as f64 / length as f64;
        println!("{length:>10} {cost:>14.1}");
        costs.push(cost);
    }
    let (least, most) = costs
        .iter()
        .fold((f64::MAX, 0.0_f64), |(least, most), &cost| (least.min(cost), most.max(cost)));
    println!("{:>10} {:>14.2} (at most {LINEAR})\n", "ratio", most / least);
}

/// Counts the instructions of the book and of one four times as long.
fn books() {
    println!("{:>10} {:>9} {:>16}", "book", "seconds", "G instructions");
    let mut counts = Vec::new();
    for times in [1, 4] {
        let folder = tempfile::tempdir().expect("there is room for a book");
        generated::write(folder.path(), times);
        let program = std::env::current_exe().expect("the bench has a path");
        let (program, path) = (program.to_string_lossy(), folder.path().to_string_lossy());
        let start = Instant::now();
        let mut set = Command::new(&*program);
        set.args(["set", &*path]).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
        assert!(set.status().is_ok_and(|status| status.success()), "{times}× failed");
        let seconds = start.elapsed().as_secs_f64();
        let count = instructions::counted(&[&*program, "set", &*path]);
        println!("{times:>9}× {seconds:>9.2} {:>16}", instructions::shown(count));
        counts.extend(count);
    }
    if let [one, four] = counts[..] {
        println!("at most {MOST}; the ratio is {:.2}, at most {FOUR_TIMES}", four / one);
    }
}

/// From a folder to pages: how many there are.
fn read_and_set(folder: &Path) -> usize {
    let (book, fonts) = resolved(&Folder::Disk(folder.to_owned()));
    set(&book, &fonts).1
}

/// A book with everything that its pages need.
fn resolved(folder: &Folder) -> (Book, Fonts) {
    let mut sink = Sink::default();
    read(folder, &mut sink).unwrap_or_else(|_| {
        panic!("{}", sink.findings().iter().map(|finding| sink.line(finding)).collect::<String>())
    })
}

fn read(folder: &Folder, sink: &mut Sink) -> Outcome<(Book, Fonts)> {
    let manifest = manifest::read(folder, None, sink)?;
    let manuscript = manuscript::read(&manifest, folder, sink)?;
    let fonts = font::load(&manifest.fonts, folder, sink)?;
    Ok((book::resolve(manifest, manuscript, folder, &fonts, sink)?, fonts))
}

/// Sets a book: how long that takes, and how many pages it has.
fn set(book: &Book, fonts: &Fonts) -> (Duration, usize) {
    let (start, before) = (Instant::now(), on_processor());
    let layout = layout::lay_out(book, fonts, &mut Sink::default());
    let own = on_processor().zip(before).map(|(after, before)| after - before);
    (own.unwrap_or_else(|| start.elapsed()), layout.pages.len())
}

/// How long this thread was on a processor, where the system tells: what other programs do at the
/// same time does not count.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
