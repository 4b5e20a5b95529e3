//! Many small cases, text in and text out, one folder a stage.
//!
//! A case file holds cases one after the other:
//!
//! ```text
//! === what the case shows
//! the text that goes in
//! --- (the text that must come out follows)
//! the text that comes out
//! ```
//!
//! `UPDATE=1 cargo test` writes what came out into the files; look at the difference before you
//! commit it.

use std::fmt::Write;
use std::path::Path;

/// Between the name of a case and its input.
const NAME: &str = "=== ";
/// Between the input and the expected output.
const EXPECTED: &str = "---";

/// Runs every case of `tests/cases/<file>` through `stage` and compares.
pub fn run(file: &str, stage: impl Fn(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut updated = String::new();
    let mut failures = String::new();
    for case in text.split_inclusive('\n').collect::<String>().split(NAME).skip(1) {
        let (name, rest) = case.split_once('\n').expect("a case has a name and a text");
        let (input, expected) = split_case(rest);
        let found = stage(input);
        let found = found.trim_end();
        write!(updated, "{NAME}{name}\n{input}{EXPECTED}\n{found}\n\n").unwrap();
        if found != expected.trim_end() {
            write!(failures, "\n{NAME}{name}\n{input}--- expected\n{expected}--- found\n{found}\n")
                .unwrap();
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, updated.trim_end().to_owned() + "\n").unwrap();
    } else {
        assert!(failures.is_empty(), "{file}{failures}");
    }
}

/// Input and expected output of a case; a new case may leave the output out.
fn split_case(rest: &str) -> (&str, &str) {
    let separator = format!("\n{EXPECTED}\n");
    match rest.find(&separator) {
        Some(at) => (&rest[..=at], &rest[at + separator.len()..]),
        None => (rest, ""),
    }
}
