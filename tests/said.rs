//! What the program says to people, in each of its languages, word for word.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::cases;

/// The columns of the terminal.
const COLUMNS: &str = "80";

/// A folder with an article to import.
fn articles() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["digest.txt", "page.html"] {
        std::fs::copy(articles.join(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Calls the program in a folder with a line of words, on a machine that speaks English.
fn banxin(folder: &Path, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banxin"))
        .args(words.split_whitespace())
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("COLUMNS", COLUMNS)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What is printed to either stream.
fn printed(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

#[test]
fn reports_on_imports() {
    cases::run("said/import.txt", |words| {
        let folder = articles();
        let output = banxin(folder.path(), words);
        let report = std::fs::read(folder.path().join("book/import-report.txt")).unwrap();
        assert_eq!(output.stdout, report, "the report is printed, and kept as a file");
        String::from_utf8(report).unwrap()
    });
}
