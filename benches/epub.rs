//! From Markdown to the written EPUB: what a book costs.
//!
//! `cargo bench --bench epub` prints for a generated book of 450,000 characters, 40 chapters with a
//! drawing each, notes and tables, and for one four times as long: the instructions on one thread, the
//! seconds on a processor and the peak memory on all threads, the bytes of the file, and the gates.
//! The book has no PDFs, whose pages an EPUB would list, and brings no fonts along: those cost by
//! their characters, not by the length of the book.
//!
//! For a profiler, `-- build FOLDER FILE` builds a book's EPUB alone; `cargo bench --bench layout --
//! write FOLDER 4` writes the book, without the two choices.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench fails by panicking, reads the environment, starts programs, and prints"
)]

use std::path::Path;

use banxin::profile::Product;
use cost::Size;

#[path = "support/cost.rs"]
mod cost;
#[path = "support/generated.rs"]
mod generated;
#[path = "support/instructions.rs"]
mod instructions;
#[path = "support/memory.rs"]
mod memory;

const SIZES: [Size; 2] = [
    Size { times: 1, instructions: 0.45, memory: 14.0 },
    Size { times: 4, instructions: 1.8, memory: 30.0 },
];

/// What the book says beside its contents.
const CHOICES: &str = "\n[outputs]\nformats = [\"epub\"]\n\n[epub]\nembed = \"none\"\n";

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => SIZES.iter().for_each(|size| drop(cost::ours(size, CHOICES))),
        ["build", folder, file] => {
            cost::build(Path::new(folder), Product::Epub, Path::new(file));
        }
        _ => panic!("`build FOLDER FILE` or nothing"),
    }
}
