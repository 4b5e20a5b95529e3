//! The handbook is a book without findings, and does what it says: its examples are built and its
//! commands are called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

/// What a book has that an example is put into.
const HEAD: &str = "title = \"题\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\n";
/// The chapters of that book.
const CONTENTS: &str = "[contents]\nbody = [\"one.md\", \"two.md\"]\n";
/// The edition that examples speak of.
const EDITION: &str =
    "[[editions]]\nname = \"tw\"\nlanguage = \"zh-TW\"\nidentifier = \"urn:uuid:1\"\n";
/// What stands at the end of a line of a recorded output that differs from run to run.
const VARIES: char = '…';

/// A piece of code of a chapter.
struct Example {
    chapter: String,
    /// What stands behind its fence: a language, and what kind of piece it is.
    kind: Vec<String>,
    text: String,
}

#[test]
fn the_handbook_in_chinese() {
    follow("zh");
}

#[test]
fn the_handbook_in_english() {
    follow("en");
}

fn follow(language: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/handbook").join(language);
    let book = Folder::Disk(folder.clone());
    let mut sink = Sink::default();
    let built = banxin::build(&book, None, &[], &mut sink);
    assert_eq!(told(&sink), "");
    assert_eq!(built.map_or(0, |edition| edition.files.len()), 3);

    let examples = examples(&folder);
    assert!(examples.len() > 20, "the examples have been found");
    let works = examples.iter().find(|example| example.kind[0] == "bib").unwrap();
    let place = tempfile::tempdir().unwrap();
    articles(&folder.with_file_name("articles"), place.path());
    for example in &examples {
        match example.kind[0].as_str() {
            "markdown" | "toml" => build(example, &works.text),
            "console" => call(example, place.path()),
            // Installing, a file of works, what a chapter shows as code.
            "sh" | "bib" | "rust" => {}
            other => panic!("{}: what is `{other}`?", example.chapter),
        }
    }
}

/// Puts the articles that the handbook imports where its commands are called.
fn articles(from: &Path, place: &Path) {
    let to = place.join("articles");
    std::fs::create_dir(&to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The examples of the chapters, in the order of the book.
fn examples(folder: &Path) -> Vec<Example> {
    let toml = std::fs::read_to_string(folder.join("book.toml")).unwrap();
    let chapters = toml
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\",").map(str::to_owned));
    let mut examples = Vec::new();
    for chapter in chapters {
        let text = std::fs::read_to_string(folder.join(&chapter)).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let kind = line.trim_start_matches('`');
            let fence = &line[..line.len() - kind.len()];
            if fence.len() < 3 {
                continue;
            }
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            examples.push(Example {
                chapter: chapter.clone(),
                kind: kind.split(' ').map(str::to_owned).collect(),
                text: inside.join("\n") + "\n",
            });
        }
    }
    examples
}

/// Builds a book with a piece of it, and finds nothing wrong.
fn build(example: &Example, works: &str) {
    let Example { chapter, kind, text } = example;
    let part = kind.get(1).map_or("", String::as_str);
    let mut one = "# 题\n\n文。\n".to_owned();
    let toml = match (kind[0].as_str(), part) {
        ("toml", "whole") => text.clone(),
        ("toml", "contents") => format!("{HEAD}{text}"),
        ("toml", _) => format!("{HEAD}{CONTENTS}{text}"),
        (_, part) => {
            one = if text.starts_with("# ") {
                text.clone()
            } else {
                format!("# 题\n\n文。\n\n{text}")
            };
            let cites =
                if text.contains("[@") { "citations.files = [\"references.bib\"]\n" } else { "" };
            let editions = if part == "editions" { EDITION } else { "" };
            format!("{HEAD}{cites}{CONTENTS}{editions}")
        }
    };
    let bars = include_bytes!("../docs/handbook/zh/figures/bars.svg");
    let mut cover = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(160, 256).write_to(&mut cover, image::ImageFormat::Jpeg).unwrap();
    let other = b"# \xE9\xA2\x98\n\n\xE6\x96\x87\xE3\x80\x82\n".to_vec();
    let files = [
        ("book.toml", toml.into_bytes()),
        ("one.md", one.into_bytes()),
        ("two.md", other.clone()),
        ("preface.md", other.clone()),
        ("tables.md", other),
        ("figures/bars.svg", bars.to_vec()),
        ("references.bib", works.as_bytes().to_vec()),
        ("cover.jpg", cover.into_inner()),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    let mut sink = Sink::default();
    let edition = text.contains("[[editions]]").then_some("tw");
    let _ = banxin::build(&Folder::Memory(files), edition, &[Product::Screen], &mut sink);
    assert_eq!(told(&sink), "", "{chapter}:\n{text}");
}

/// Calls the commands of a recorded session, and compares what they print.
fn call(example: &Example, place: &Path) {
    let program = Path::new(env!("CARGO_BIN_EXE_banxin")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let known = std::env::split_paths(&path);
    let path = std::env::join_paths([PathBuf::from(program)].into_iter().chain(known)).unwrap();
    let mut sessions = example.text.split("$ ");
    assert_eq!(sessions.next(), Some(""), "{}: a session begins with a command", example.chapter);
    for session in sessions {
        let (command, expected) = session.split_once('\n').unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} 2>&1")]).current_dir(place).env("PATH", &path);
        let output = shell.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let same = said.lines().count() == expected.lines().count()
            && said.lines().zip(expected.lines()).all(|(said, expected)| {
                match expected.strip_suffix(VARIES) {
                    Some(start) => said.starts_with(start),
                    None => said == expected,
                }
            });
        assert!(same, "{}: `{command}` says\n{said}", example.chapter);
    }
}

fn told(sink: &Sink) -> String {
    let lines: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    lines.join("\n")
}
