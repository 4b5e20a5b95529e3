//! The preview of the sample book in a browser: it follows edits, and can be used without a mouse, on a
//! phone and in the dark.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{call, lacking, printed, sample};
use crate::preview::Preview;

/// What the browser saw, for a copy of the sample book.
fn seen() -> Option<Value> {
    let modules = "BANXIN_NODE_MODULES";
    if std::env::var_os(modules).is_none() {
        return lacking(modules, "it says where the packages of Node are");
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&sample(), folder.path());
    let preview = Preview::of(folder.path(), "zh");
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/preview/browser.mjs");
    let output = call(Command::new("node").arg(script).arg(&preview.url).arg(folder.path()))?;
    assert!(output.status.success(), "{}", printed(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Copies a folder but for what was built in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() && !path.ends_with("build") {
            copy(&path, &target);
        } else if path.is_file() {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn an_editor_sees_what_changes_and_what_to_mend() {
    let Some(seen) = seen() else { return };
    // How long a change took is told, and not tested: it is another time on every machine.
    println!("milliseconds from the saved file to the changed page: {}", seen["milliseconds"]);
    for (what, expected) in [
        ("faults", json!([])),
        ("contents", json!(true)),
        ("finding", json!("missing-file")),
        ("keptPages", json!(true)),
        ("findingGone", json!(true)),
        ("sourceByMouse", json!(true)),
        ("sourceByKeyboard", json!(true)),
        ("backByEscape", json!(true)),
        ("focusStays", json!(true)),
        ("turned", json!(true)),
        ("linkLeaves", json!(true)),
        ("placeIsKept", json!(true)),
        ("epub", json!(true)),
        ("english", json!([])),
    ] {
        assert_eq!(seen[what], expected, "{what}: {seen}");
    }
    let windows = seen["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 4);
    for window in windows {
        assert_eq!(window["sticksOut"], json!(false), "{window}");
        assert_eq!(window["violations"], json!([]), "{window}");
    }
}
