//! What a terminal sees while a book is built, and what whoever reads a pipe does not.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use banxin::diag::Sink;
use banxin::files::Folder;
use tempfile::TempDir;

/// What takes away a line.
const CLEARED: &str = "\x1b[2K";

/// The files of a book whose chapter has so many sentences.
fn files(sentences: usize) -> [(&'static str, String); 2] {
    let toml = "title = \"版心\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\nslug = \"a\"\ncontents.body = [\"one.md\"]\n";
    [
        ("book.toml", toml.to_owned()),
        ("one.md", format!("# 题\n\n{}\n", "文字很多。".repeat(sentences))),
    ]
}

/// The same on the disk, with a chapter that a warning is made of.
fn book(sentences: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files(sentences) {
        std::fs::write(folder.path().join(path), text + "\n![](none.png)\n").unwrap();
    }
    std::fs::write(folder.path().join("book.toml"), &files(0)[0].1).unwrap();
    folder
}

/// What a terminal gets of a command that calls the program by `$banxin`.
fn seen(folder: &Path, command: &str, environment: &[(&str, &str)]) -> String {
    let mut script = Command::new("script");
    script.args(["-qec", command, "/dev/null"]).current_dir(folder);
    script.env("SHELL", "/bin/sh").env("LC_ALL", "C").env("TERM", "xterm");
    script.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    script.env("banxin", env!("CARGO_BIN_EXE_banxin")).envs(environment.iter().copied());
    String::from_utf8(script.output().unwrap().stdout).unwrap()
}

/// What stands there at the end.
fn left(seen: &str) -> &str {
    seen.rsplit_once(CLEARED).map_or(seen, |(_, left)| left)
}

#[test]
fn a_terminal_sees_how_far_a_build_is_and_keeps_what_was_made() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files(20_000) {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let seen = seen(folder.path(), "$banxin build --lang zh", &[]);
    assert!(seen.contains("排版，"), "{seen:?}");
    assert!(seen.contains("页，文件"), "{seen:?}");
    let left = left(&seen);
    assert!(left.starts_with("已写出 build/a.epub（"), "{left:?}");
    assert!(left.ends_with("秒\r\n") && left.lines().count() == 4, "{left:?}");
}

#[test]
fn findings_stand_where_the_line_was() {
    let folder = book(1);
    let seen = seen(folder.path(), "$banxin check", &[("NO_COLOR", "1")]);
    assert!(seen.contains(CLEARED), "{seen:?}");
    assert!(left(&seen).starts_with("warning[missing-alt]: "), "{seen:?}");
}

#[test]
fn a_build_that_is_interrupted_takes_its_line_away() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files(100_000) {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let command = "$banxin build & building=$!; sleep 0.4; kill -INT $building; wait $building; echo ended in $?";
    let seen = seen(folder.path(), command, &[]);
    assert!(seen.contains(CLEARED), "{seen:?}");
    assert_eq!(left(&seen), "ended in 130\r\n");
}

#[test]
fn colours_are_as_the_environment_says() {
    let folder = book(1);
    let coloured = |command, environment: &[(&str, &str)]| {
        seen(folder.path(), command, environment).replace(CLEARED, "").contains('\x1b')
    };
    assert!(coloured("$banxin check", &[]));
    assert!(!coloured("$banxin check", &[("NO_COLOR", "1")]));
    assert!(!coloured("$banxin check 2>&1 | cat", &[]));
    assert!(coloured("$banxin check 2>&1 | cat", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("$banxin check 2>&1 | cat", &[("CLICOLOR_FORCE", "0")]));
    let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert!(!coloured("$banxin check 2>&1 | cat", &both));
    // Not even the line, which such a terminal could not take away again.
    let dumb = seen(folder.path(), "$banxin check", &[("TERM", "dumb")]);
    assert!(dumb.starts_with("warning[missing-alt]: "), "{dumb:?}");
}

#[test]
fn pages_and_files_are_counted_as_they_come_to_be() {
    let files: BTreeMap<String, Vec<u8>> =
        files(2_000).map(|(path, text)| (path.to_owned(), text.into_bytes())).into();
    let mut sink = Sink::default();
    let edition = banxin::build(&Folder::Memory(files), None, &[], &mut sink).unwrap();
    let pages = edition.files.iter().find(|file| file.name == "a.pdf").unwrap().pages;
    let progress = &sink.progress;
    // The file for the screen has the cover before them.
    assert_eq!(Some(progress.pages() + 1), pages);
    assert_eq!((progress.finished_files(), progress.expected_files()), (3, 3));
    assert_eq!(progress.stages().count(), 0);
}
