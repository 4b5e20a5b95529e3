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

use banxin::profile::Product;
use cost::{Size, figures, row};

#[path = "support/cost.rs"]
mod cost;
#[path = "support/generated.rs"]
mod generated;
#[path = "support/instructions.rs"]
mod instructions;
#[path = "support/memory.rs"]
mod memory;

const SIZES: [Size; 2] = [
    Size { times: 1, instructions: 3.0, memory: 100.0 },
    Size { times: 4, instructions: 10.0, memory: 200.0 },
];

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => SIZES.iter().for_each(|size| drop(cost::ours(size, ""))),
        ["typst"] => SIZES.iter().for_each(beside_typst),
        ["build", folder, file] => {
            cost::build(Path::new(folder), Product::Screen, Path::new(file));
        }
        _ => panic!("`typst`, `build FOLDER FILE` or nothing"),
    }
}

/// What banxin's PDF of the book costs, and what Typst takes.
fn beside_typst(size: &Size) {
    let (folder, ours) = cost::ours(size, "");
    let python = std::env::var("BANXIN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/compare.py");
    let source = folder.path().join("book.typ");
    let mut convert = Command::new(&python);
    convert.args([script, "source"]).arg(folder.path()).arg(&source);
    assert!(convert.status().is_ok_and(|status| status.success()), "Typst's text is not written");
    let words = [&*python, script, "typst", &*source.to_string_lossy()];
    let theirs = cost::cost(&words, &folder.path().join("typst.pdf"));
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

/// What part of `theirs` is `ours`.
fn part(ours: f64, theirs: f64) -> String {
    format!("{:.3}", ours / theirs)
}
