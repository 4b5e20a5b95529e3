//! Many books at once: each as when it is built alone, one that fails alone, and in parts.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A shelf of so many small books in folders of several depths, and what is none.
pub fn shelf(count: usize) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for number in 0..count {
        let folder = ["", "a/", "a/b/", "又/"][number % 4];
        book(&root.path().join(format!("{folder}book-{number}")), number);
    }
    let first = root.path().join("book-0");
    // None of these is a book of the shelf.
    for inside in [first.join("inner"), root.path().join("build/x"), root.path().join(".hidden/x")]
    {
        book(&inside, 9999);
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&first, root.path().join("link")).unwrap();
    root
}

/// A small book with a number of its own.
pub fn book(folder: &Path, number: usize) {
    std::fs::create_dir_all(folder).unwrap();
    let series = match number % 3 {
        0 => format!("series = {{ name = \"丛书\", position = {} }}\n", number + 1),
        _ => String::new(),
    };
    let toml = format!(
        "title = \"第{number}本\"\nidentifier = \"urn:x:{number}\"\ndate = \"2025-01-{:02}\"\nslug = \"b{number}\"\n\
         {series}[contents]\nbody = [\"one.md\"]\n[[credits]]\nrole = \"著\"\nnames = [\"张三\"]\n",
        number % 28 + 1
    );
    std::fs::write(folder.join("book.toml"), toml).unwrap();
    std::fs::write(folder.join("one.md"), format!("# 题\n\n第{number}本的文。\n")).unwrap();
}

/// Calls the program.
pub fn banxin(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banxin")).args(words).output().unwrap()
}

/// A path as a word.
pub fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Every file below a folder, by its path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    found
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn parts_together_are_all_books_and_each_is_as_built_alone() {
    let root = shelf(20);
    std::fs::create_dir(root.path().join("broken")).unwrap();
    std::fs::write(root.path().join("broken/book.toml"), "titel = \"x\"\n").unwrap();
    let root = root.path();
    let out = tempfile::tempdir().unwrap();
    let (whole, parts) = (out.path().join("whole"), out.path().join("parts"));
    let all = ["build", "--all", word(root), "--json", "--only", "epub"];
    let made = banxin(&[&all[..], &["--out", word(&whole)]].concat());
    assert_eq!(made.status.code(), Some(1), "one book is broken: {}", text(&made.stderr));

    let report: Value = serde_json::from_slice(&made.stdout).unwrap();
    let totals = &report["totals"];
    assert_eq!(
        (&totals["books"], &totals["done"], &totals["failed"]),
        (&21.into(), &20.into(), &1.into())
    );
    assert_eq!((&totals["files"], &totals["errors"]), (&20.into(), &4.into()));
    let books = report["books"].as_array().unwrap();
    let paths: Vec<&str> = books.iter().map(|book| book["path"].as_str().unwrap()).collect();
    assert!(paths.is_sorted(), "{paths:?}");
    assert!(paths.contains(&"a/b/book-2") && paths.contains(&"又/book-3"), "{paths:?}");
    let broken = books.iter().find(|book| book["path"] == "broken").unwrap();
    assert_eq!(broken["state"], "failed");
    assert_eq!(broken["report"]["findings"][0]["code"], "unknown-key");

    let mut counts = 0;
    for part in ["1/3", "2/3", "3/3"] {
        let made = banxin(&[&all[..], &["--out", word(&parts), "--shard", part]].concat());
        let report: Value = serde_json::from_slice(&made.stdout).unwrap();
        assert_eq!(report["shard"], part);
        counts += report["totals"]["books"].as_u64().unwrap();
    }
    assert_eq!(counts, 21);
    assert!(files(&whole) == files(&parts), "parts make what all make");

    let alone = out.path().join("alone");
    let made =
        banxin(&["build", word(&root.join("a/book-1")), "--only", "epub", "--out", word(&alone)]);
    assert_eq!(made.status.code(), Some(0));
    assert!(files(&alone) == files(&whole.join("a/book-1")), "a book alone is the same");
}

#[test]
fn books_are_built_where_they_are_and_told_of_together() {
    let root = tempfile::tempdir().unwrap();
    book(&root.path().join("one"), 1);
    book(&root.path().join("two"), 2);
    std::fs::write(root.path().join("two/one.md"), "# 题\n\n[x](#nowhere)\n").unwrap();
    let made = banxin(&["build", "--all", word(root.path())]);
    assert_eq!(made.status.code(), Some(1));
    let build = files(&root.path().join("one/build"));
    let names: Vec<&str> = build.keys().map(String::as_str).collect();
    assert_eq!(names, ["b1-print.pdf", "b1-report.json", "b1.epub", "b1.pdf"]);
    let alone = tempfile::tempdir().unwrap();
    let one = root.path().join("one");
    let made_alone = banxin(&["build", word(&one), "--out", word(alone.path())]);
    assert_eq!(made_alone.status.code(), Some(0));
    assert!(files(alone.path()) == build, "alone it is the same, PDFs and all");
    assert!(!root.path().join("two/build").exists());
    let said = text(&made.stderr);
    let place = format!(
        "two\nerror[unknown-reference]: nothing in the book has the id `nowhere`\n --> {}/two/one.md:3:1\n",
        word(root.path())
    );
    assert!(said.contains(&place), "{said}");
    let told = text(&made.stdout);
    assert!(told.contains("one: done, 3 files, "), "{told}");
    assert!(
        told.contains("\ntwo: failed, 0 files, 0 B, 1 error\n2 books: 1 done, 1 failed, 3 files, "),
        "{told}"
    );
    // What lies in `build` is no book, and is no reason to build anything else.
    let again = banxin(&["build", "--all", word(&root.path().join("one")), "--only", "epub"]);
    assert!(text(&again.stdout).starts_with(".: done, 1 file, "), "{}", text(&again.stdout));
}

#[test]
fn a_folder_without_books_is_an_error_and_an_empty_part_is_none() {
    let root = tempfile::tempdir().unwrap();
    let made = banxin(&["build", "--all", word(root.path())]);
    assert_eq!(made.status.code(), Some(1));
    assert!(
        text(&made.stderr).starts_with("error[no-books]: there is no book in `"),
        "{}",
        text(&made.stderr)
    );
    book(&root.path().join("one"), 1);
    let codes = ["1/2", "2/2"].map(|part| {
        banxin(&["build", "--all", word(root.path()), "--only", "epub", "--shard", part])
            .status
            .code()
    });
    assert_eq!(codes, [Some(0), Some(0)]);
}

/// Whoever runs the tests as the superuser may read everything.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    book(&root.path().join("one"), 1);
    let shut = root.path().join("shut");
    std::fs::create_dir(&shut).unwrap();
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o0)).unwrap();
    let readable = std::fs::read_dir(&shut).is_ok();
    let made = banxin(&["build", "--all", word(root.path()), "--only", "epub"]);
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).unwrap();
    if !readable {
        assert_eq!(made.status.code(), Some(1));
        let said = text(&made.stderr);
        assert!(said.contains("error[unreadable-file]: this folder cannot be read"), "{said}");
    }
    assert!(text(&made.stdout).contains("one: done"), "{}", text(&made.stdout));
}

#[test]
fn outputs_that_cannot_be_written_end_in_three() {
    let root = tempfile::tempdir().unwrap();
    book(&root.path().join("one"), 1);
    std::fs::write(root.path().join("out"), "").unwrap();
    let out = root.path().join("out");
    let made =
        banxin(&["build", "--all", word(root.path()), "--only", "epub", "--out", word(&out)]);
    assert_eq!(made.status.code(), Some(3), "{}", text(&made.stderr));
}
