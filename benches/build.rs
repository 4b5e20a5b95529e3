//! Whole builds of the sample book at 1, 10 and 40 times its length: time and peak memory.
//!
//! `cargo bench --bench build` prints a row a size. Each size runs in a process of its own, so that
//! its peak is its own; `cargo bench --bench build -- 40` runs one size alone, for a profiler.
//! Times are for comparing rows of one run, never for a test.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench fails by panicking, reads disk and clock, and prints"
)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use banxin::diag::Sink;
use banxin::files::Folder;

#[path = "support/memory.rs"]
mod memory;
#[path = "support/repeated.rs"]
mod repeated;

/// How many times the chapters of the sample book are repeated.
const SIZES: [usize; 3] = [1, 10, 40];

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse::<usize>().ok());
    match size {
        Some(size) => one(size),
        None => all(),
    }
}

/// Runs this program once for each size.
fn all() {
    println!(
        "{:>5} {:>10} {:>8} {:>9} {:>12}",
        "size", "characters", "seconds", "peak MiB", "bytes"
    );
    let program = std::env::current_exe().expect("the bench has a path");
    for size in SIZES {
        let status = Command::new(&program).arg(size.to_string()).status();
        assert!(status.is_ok_and(|status| status.success()), "size {size} failed");
    }
}

/// Builds the book at one size and prints its row.
fn one(size: usize) {
    let files = repeated::repeated(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"), size);
    let characters: usize = files
        .iter()
        .filter(|(name, _)| name.ends_with(".md"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).chars().count())
        .sum();
    let folder = Folder::Memory(files);
    let start = Instant::now();
    let mut sink = Sink::default();
    let built = banxin::build(&folder, None, &[], &mut sink);
    let findings = || sink.findings().iter().map(|finding| sink.line(finding)).collect::<String>();
    let built = built.unwrap_or_else(|_| panic!("{}", findings()));
    let seconds = start.elapsed().as_secs_f64();
    let bytes: usize = built.files.iter().map(|file| file.bytes.len()).sum();
    let peak = memory::peak_mebibytes();
    println!("{size:>4}× {characters:>10} {seconds:>8.3} {peak:>9.1} {bytes:>12}");
}
