//! From Markdown to the written screen PDF: what a book costs, and what it costs in Typst.
//!
//! `cargo bench --bench pdf` prints for a generated book of 450,000 characters, 40 chapters with a
//! figure each, notes and tables, and for one four times as long: the instructions on one thread, the
//! seconds on a processor and the peak memory on all threads, the bytes of the file, and the gates.
//! `cargo bench --bench pdf -- typst` also sets the same text by Typst on the same page, and prints what
//! part of its costs banxin's are. Typst is the Python package of that name; `BANXIN_PYTHON` names the Python
//! that has it, if not `python3`. Where only Valgrind counts, this takes half an hour.
//!
//! For a profiler, `-- build FOLDER FILE` builds a book's screen PDF alone; `cargo bench --bench layout --
//! write FOLDER 4` writes the book.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench fails by panicking, reads the environment, starts programs, and prints"
)]

use std::path::Path;
use std::process::Command;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

#[path = "support/generated.rs"]
mod generated;
#[path = "support/instructions.rs"]
mod instructions;
#[path = "support/memory.rs"]
mod memory;

/// A length of the book, and the most that it may cost.
struct Size {
    times: usize,
    /// G instructions.
    instructions: f64,
    /// MiB at the peak.
    memory: f64,
}

const SIZES: [Size; 2] = [
    Size { times: 1, instructions: 3.0, memory: 100.0 },
    Size { times: 4, instructions: 10.0, memory: 200.0 },
];

/// What a run took.
struct Cost {
    /// G, where something counts them.
    instructions: Option<f64>,
    /// Seconds on a processor.
    processor: f64,
    /// MiB at the peak.
    memory: f64,
    bytes: f64,
}

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => SIZES.iter().for_each(|size| drop(ours(size))),
        ["typst"] => SIZES.iter().for_each(beside_typst),
        ["build", folder, file] => build(Path::new(folder), Path::new(file)),
        _ => panic!("`typst`, `build FOLDER FILE` or nothing"),
    }
}

/// Writes the screen PDF of a book, and prints what that took.
fn build(folder: &Path, file: &Path) {
    let mut sink = Sink::default();
    let built = banxin::build(
        &Folder::Disk(folder.to_owned()),
        None,
        &[Product::Screen],
        &|_| {},
        &mut sink,
    );
    let findings = || sink.findings().iter().map(|finding| sink.line(finding)).collect::<String>();
    let built = built.unwrap_or_else(|_| panic!("{}", findings()));
    std::fs::write(file, &built.files[0].bytes).expect("the file can be written");
    println!("{} {}", on_processor(), memory::peak_mebibytes());
}

/// The seconds that the threads of this process were on a processor, where the system tells.
fn on_processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let told = threads.filter_map(|thread| {
        let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<f64>().ok()
    });
    told.sum::<f64>() / 1e9
}

/// What banxin's PDF of the book costs, printed with the gates.
fn ours(size: &Size) -> (tempfile::TempDir, Cost) {
    let folder = tempfile::tempdir().expect("there is room for a book");
    generated::write(folder.path(), size.times);
    let program = std::env::current_exe().expect("the bench has a path");
    let file = folder.path().join("banxin.pdf");
    let words = [&*program.to_string_lossy(), "build", &*folder.path().to_string_lossy()];
    let cost = cost(&words, &file);
    println!("{}× {}", size.times, row("", &head()));
    println!("   {}", row("banxin", &figures(&cost)));
    let most = [size.instructions.to_string(), String::new(), size.memory.to_string()];
    println!("   {}", row("at most", &most));
    (folder, cost)
}

/// The same, and what Typst takes.
fn beside_typst(size: &Size) {
    let (folder, ours) = ours(size);
    let python = std::env::var("BANXIN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/compare.py");
    let source = folder.path().join("book.typ");
    let mut convert = Command::new(&python);
    convert.args([script, "source"]).arg(folder.path()).arg(&source);
    assert!(convert.status().is_ok_and(|status| status.success()), "Typst's text is not written");
    let words = [&*python, script, "typst", &*source.to_string_lossy()];
    let theirs = cost(&words, &folder.path().join("typst.pdf"));
    println!("   {}", row("Typst", &figures(&theirs)));
    let counts = ours.instructions.zip(theirs.instructions);
    let parts = [
        counts.map_or("not counted".to_owned(), |(ours, theirs)| part(ours, theirs)),
        part(ours.processor, theirs.processor),
        part(ours.memory, theirs.memory),
        part(ours.bytes, theirs.bytes),
    ];
    println!("   {}\n", row("part of it", &parts));
}

/// What a program costs that writes `file`, its last word, and prints seconds and MiB.
fn cost(words: &[&str], file: &Path) -> Cost {
    let path = file.to_string_lossy();
    let all: Vec<&str> = words.iter().copied().chain([&*path]).collect();
    let run = Command::new(all[0]).args(&all[1..]).output().expect("the program can be started");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let told: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [processor, memory] = told[..] else { panic!("{said}") };
    let bytes = std::fs::metadata(file).expect("the file is written").len() as f64;
    Cost { instructions: instructions::counted(&all), processor, memory, bytes }
}

fn head() -> [String; 4] {
    ["G instructions", "CPU s", "peak MiB", "bytes"].map(str::to_owned)
}

fn figures(cost: &Cost) -> [String; 4] {
    [
        instructions::shown(cost.instructions),
        format!("{:.2}", cost.processor),
        format!("{:.1}", cost.memory),
        cost.bytes.to_string(),
    ]
}

/// What part of `theirs` is `ours`.
fn part(ours: f64, theirs: f64) -> String {
    format!("{:.3}", ours / theirs)
}

fn row(name: &str, figures: &[String]) -> String {
    let figures: String = figures.iter().map(|figure| format!(" {figure:>14}")).collect();
    format!("{name:<10}{figures}")
}
