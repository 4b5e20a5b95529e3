//! The program as it is called: what it prints, what it leaves on the disk, how it ends.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A `book.toml` that a book can be made of.
const SOUND: &str = "title = \"版心\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\nslug = \"a\"\n[contents]\nbody = [\"one.md\"]\n";

/// A folder with a `book.toml` and one chapter.
fn book(toml: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("book.toml"), toml).unwrap();
    std::fs::write(folder.path().join("one.md"), "# 题\n\n文。\n").unwrap();
    folder
}

/// Calls the program in a folder.
fn banxin(folder: &Path, words: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_banxin");
    Command::new(program).args(words).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The names of the files in a folder, sorted; none when there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_sound_book_becomes_three_files() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(names(&folder.path().join("build")), ["a-print.pdf", "a.epub", "a.pdf"]);
    let said = text(&output.stdout);
    assert!(said.contains("./build/a.epub: ") && said.contains(" pages\nmade in "), "{said}");
}

#[test]
fn one_product_alone_goes_where_it_is_asked_to() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build", "book.toml", "--only", "epub", "--out", "x/y"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(names(&folder.path().join("x/y")), ["a.epub"]);
}

#[test]
fn a_book_with_errors_leaves_the_last_good_files() {
    let folder = book(&SOUND.replace("title", "titel"));
    let build = folder.path().join("build");
    std::fs::create_dir(&build).unwrap();
    std::fs::write(build.join("a.epub"), "the last good one").unwrap();
    let output = banxin(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(&build), ["a.epub"]);
    assert_eq!(std::fs::read(build.join("a.epub")).unwrap(), b"the last good one");
    let expected = "\
reading book.toml
error[unknown-key]: there is no key `titel` here
 --> book.toml:1:1
  |
1 | titel = \"版心\"
  | ^^^^^
  |
  = hint: did you mean `title`?

1 error
";
    assert_eq!(text(&output.stderr), expected);
}

#[test]
fn words_without_a_meaning_end_in_two() {
    let folder = book(SOUND);
    for words in [&["build", "nowhere"][..], &["build", "one.md"], &["build", "--only", "pdf"], &[]]
    {
        assert_eq!(banxin(folder.path(), words).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn outputs_that_cannot_be_written_end_in_three() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build", "--only", "epub", "--out", "one.md"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("error[unwritable]: `one.md/a.epub` cannot be written"));
}

#[test]
fn one_file_that_cannot_be_written_leaves_all_as_they_were() {
    let folder = book(SOUND);
    let build = folder.path().join("build");
    std::fs::create_dir_all(build.join("a.pdf")).unwrap();
    std::fs::write(build.join("a.epub"), "the last good one").unwrap();
    assert_eq!(banxin(folder.path(), &["build"]).status.code(), Some(3));
    assert_eq!(names(&build), ["a.epub", "a.pdf"]);
    assert_eq!(std::fs::read(build.join("a.epub")).unwrap(), b"the last good one");
}

/// A pipe would be waited for.
#[cfg(unix)]
#[test]
fn a_chapter_that_is_no_file_is_an_error() {
    let folder = book(SOUND);
    let chapter = folder.path().join("one.md");
    std::fs::remove_file(&chapter).unwrap();
    assert!(Command::new("mkfifo").arg(&chapter).status().unwrap().success());
    let output = banxin(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("error[unreadable-file]: `one.md` cannot be read: it is no plain file"));
}

#[test]
fn help_teaches() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build", "--help"]);
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    for word in ["[contents]", "--only", "-print.pdf", "Exit codes"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}
