//! The example of `docs/ray` on a cluster of two workers.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{call, lacking, printed};
use crate::shelf::{banxin, files, shelf, word};

/// How many books the shelf has.
const COUNT: usize = 200;

#[test]
fn four_parts_on_a_cluster_are_what_one_machine_makes() {
    let question = Command::new("python3").args(["-c", "import ray"]).output();
    if !question.is_ok_and(|output| output.status.success()) {
        return lacking("ray", "python3 cannot import it").unwrap_or_default();
    }
    let root = shelf(COUNT);
    let broken = root.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("book.toml"), "titel = \"x\"\n").unwrap();
    let out = tempfile::tempdir().unwrap();
    let (here, there) = (out.path().join("here"), out.path().join("there"));
    let only = ["--only", "epub"];

    let all = ["build", "--all", word(root.path()), "--out", word(&here), "--json"];
    let made = banxin(&[&all[..], &only].concat());
    assert_eq!(made.status.code(), Some(1), "{}", printed(&made));
    let one: Value = serde_json::from_slice(&made.stdout).unwrap();

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ray/shards.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(root.path()).arg(&there).args(only);
    command.args(["--shards", "4", "--banxin", env!("CARGO_BIN_EXE_banxin")]);
    let Some(output) = call(command.env("RAY_USAGE_STATS_ENABLED", "0")) else { return };
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("\nbroken: failed\n201 books: 200 done, 1 failed, 200 files\n"),
        "{said}"
    );

    let report: Value =
        serde_json::from_slice(&std::fs::read(there.join("report.json")).unwrap()).unwrap();
    assert_eq!(report, one, "the parts' reports together are the report on all");
    std::fs::remove_file(there.join("report.json")).unwrap();
    let (here, there) = (files(&here), files(&there));
    // An EPUB and a report for each.
    assert_eq!(here.len(), 2 * COUNT);
    assert!(here == there, "the cluster makes the same bytes");
}
