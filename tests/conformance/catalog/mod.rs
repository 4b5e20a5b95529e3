//! A catalogue of the sample book and others in reading programs' own readers of OPDS, in a browser
//! and in the checker of accessibility that is built into many of them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{call, lacking, printed, sample};
use crate::shelf::{banxin, word};

/// The catalogue of the sample book, and of one in English with all that a catalogue tells.
fn catalogue() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let english = folder.path().join("english");
        std::fs::create_dir(&english).unwrap();
        let toml = "title = \"<Think> & \\\"Tanks\\\"\"\nsubtitle = \"A Comparison\"\nlanguage = \"en\"\n\
                    identifier = \"urn:x:en\"\ndate = \"2024-05-06\"\nslug = \"en\"\npublisher = \"A & B\"\n\
                    description = \"Of a kind.\"\nseries = { name = \"Series\", position = 2 }\n\
                    subjects = [\"Policy\", { name = \"Politics\", authority = \"CLC\", term = \"D815\" }]\n\
                    [[credits]]\nrole = \"Author\"\nnames = [\"Jane Doe\"]\n[contents]\nbody = [\"one.md\"]\n";
        std::fs::write(english.join("book.toml"), toml).unwrap();
        std::fs::write(english.join("one.md"), "# One\n\nText.\n").unwrap();
        let (built, site) = (folder.path().join("built"), folder.path().join("site"));
        for book in [word(&english), word(&sample())] {
            let made = banxin(&["build", book, "--out", word(&built)]);
            assert!(made.status.success(), "{}", printed(&made));
        }
        let words = ["catalog", word(&built), "--out", word(&site), "--title", "书目 <1> & 2"];
        let made = banxin(&words);
        assert!(made.status.success(), "{}", printed(&made));
        folder
    });
    folder.path().join("site")
}

/// The catalogue as others read it.
fn read() -> Option<Value> {
    let modules = "BANXIN_NODE_MODULES";
    if std::env::var_os(modules).is_none() {
        return lacking(modules, "it says where the packages of Node are");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/catalog/reader.mjs");
    let output = call(Command::new("node").arg(script).arg(catalogue()))?;
    assert!(output.status.success(), "{}", printed(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_feed_and_the_page_are_well_formed() {
    for name in ["opds.xml", "index.html"] {
        let mut command = Command::new("xmllint");
        let command = command.args(["--nonet", "--noout"]).arg(catalogue().join(name));
        let Some(output) = call(command) else { return };
        assert!(output.status.success(), "{}", printed(&output));
    }
}

#[test]
fn reading_programs_find_the_books_their_files_and_covers() {
    let Some(found) = read() else { return };
    let files = |slug: &str| {
        let at = |ending: &str| format!("books/{slug}/{slug}{ending}");
        let pdf = "application/pdf";
        json!([[at(".epub"), "application/epub+zip"], [at(".pdf"), pdf], [at("-print.pdf"), pdf]])
    };
    let images = |slug: &str| {
        let at = |ending: &str| format!("covers/{slug}{ending}.png");
        json!([[at(""), "image/png"], [at("-small"), "image/png"]])
    };
    let sample = "ai-governance-digest";
    for (reader, is_second) in [("foliate", false), ("r2of1", false), ("r2of2", true)] {
        let [english, chinese] = &found[reader].as_array().unwrap()[..] else {
            panic!("two books")
        };
        // Title and subtitle are two things in OPDS 2 alone.
        let subtitle = if is_second { "" } else { ": A Comparison" };
        assert_eq!(english["title"], format!("<Think> & \"Tanks\"{subtitle}"), "{reader}");
        assert_eq!(english["identifier"], "urn:x:en", "{reader}");
        assert_eq!(english["authors"], json!(["Jane Doe"]), "{reader}");
        assert_eq!((&english["language"], &chinese["language"]), (&json!("en"), &json!("zh-Hans")));
        for (book, slug) in [(english, "en"), (chinese, sample)] {
            assert_eq!(book["files"], files(slug), "{reader}");
            assert_eq!(book["images"], images(slug), "{reader}");
        }
        if reader != "foliate" {
            assert_eq!(english["series"], json!([["Series", 2]]), "{reader}");
        }
    }
}

#[test]
fn the_page_is_for_all_windows_and_all_readers() {
    let Some(found) = read() else { return };
    let windows = found["page"].as_array().unwrap();
    assert_eq!(windows.len(), 6);
    for window in windows {
        for (what, expected) in [
            ("sticksOut", json!(false)),
            ("scripts", json!(0)),
            ("images", json!(2)),
            ("violations", json!([])),
            ("faults", json!([])),
        ] {
            assert_eq!(window[what], expected, "{what}: {window}");
        }
        for link in window["links"].as_array().unwrap() {
            let link = link.as_str().unwrap();
            let there = link.starts_with('#') || catalogue().join(link).is_file();
            assert!(there, "{link} leads nowhere");
        }
    }
}
