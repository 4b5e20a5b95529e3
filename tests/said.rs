//! What the program says to people, in each of its languages, word for word.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::placeholder;
use banxin::profile::Product;
use tempfile::TempDir;

use crate::{cases, sample};

/// The columns of the terminal.
const COLUMNS: &str = "80";

/// A book whose titles count otherwise than banxin does, and whose summary has titles alone.
const OTHERWISE: [(&str, &str); 5] = [
    (
        "SUMMARY.md",
        "# S\n\n# 第三编 甲\n\n- [一](a.md)\n- [标题]()\n  - [二](b.md)\n- [三](c.md)\n",
    ),
    ("a.md", "# 第四章 一\n\n文。\n"),
    ("b.md", "# 二\n\n{% hint %}文{% endhint %}。\n"),
    ("c.md", "# 第五章 三\n\n文。\n"),
    ("book.toml", "[book]\ntitle = \"题\"\ndescription = \"说明。\"\n"),
];
/// One whose headings do.
const HEADINGS: [(&str, &str); 2] =
    [("SUMMARY.md", "- [一](a.md)\n"), ("a.md", "# 一\n\n## 3. 甲\n\n文。\n")];

/// Puts whole books into a folder.
fn books(folder: &Path, words: &str) {
    let all: [(&str, &[(&str, &str)]); 3] =
        [("numbered", &crate::books::NUMBERED), ("otherwise", &OTHERWISE), ("headings", &HEADINGS)];
    for (name, files) in all {
        std::fs::create_dir(folder.join(name)).unwrap();
        for (file, text) in files {
            std::fs::write(folder.join(name).join(file), text).unwrap();
        }
    }
    if words.contains("own.epub") {
        let book = crate::returned::book();
        let built = banxin::build(&book, None, &[Product::Epub], &mut Sink::default()).unwrap();
        std::fs::write(folder.join("own.epub"), &built.files[0].bytes).unwrap();
    }
}

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
    command(folder, words).output().unwrap()
}

fn command(folder: &Path, words: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_banxin"));
    program.args(words.split_whitespace()).current_dir(folder).stdin(Stdio::null());
    program.env("LC_ALL", "C").env("COLUMNS", COLUMNS);
    program
}

/// What is printed to either stream.
fn printed(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

#[test]
fn reports_on_imports() {
    cases::run("said/import.txt", |words| {
        let folder = articles();
        books(folder.path(), words);
        let output = banxin(folder.path(), words);
        let report = std::fs::read(folder.path().join("book/import-report.txt")).unwrap();
        assert_eq!(output.stdout, report, "the report is printed, and kept as a file");
        let report = String::from_utf8(report).unwrap();
        report.split_inclusive('\n').map(without_today).collect()
    });
}

/// A line of a report, with zeros for the day on which the test runs.
fn without_today(line: &str) -> String {
    let says_today = line.contains(", today:") || line.contains("，即今天：");
    let is_of_day = |c: char| says_today && c.is_ascii_digit();
    line.replace(is_of_day, "0")
}

#[test]
fn help_in_both_languages() {
    cases::run("said/help.txt", |words| printed(&banxin(Path::new("."), words)));
}

#[test]
fn calls_that_make_no_sense() {
    cases::run("said/refusals.txt", |words| {
        let output = banxin(articles().path(), words);
        assert_eq!(output.status.code(), Some(2));
        printed(&output)
    });
}

/// A case is a line of words and the files of a book, each after a line `@@ name`; without a
/// `book.toml` it is [`BOOK`]. Seconds and sizes are left out.
#[test]
fn findings() {
    cases::run("said/findings.txt", |case| {
        let (words, files) = case.split_once('\n').unwrap();
        let told = ["en", "zh"].map(|language| {
            let folder = tempfile::tempdir().unwrap();
            let files = files.trim_end().to_owned() + "\n";
            let Folder::Memory(mut files) = sample::folder(&files) else { unreachable!() };
            files.entry("book.toml".to_owned()).or_insert_with(|| BOOK.into());
            for (path, bytes) in files {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                let waits = bytes == b"PLACEHOLDER\n";
                let bytes = if waits { placeholder::PICTURE.into() } else { bytes };
                std::fs::write(path, bytes).unwrap();
            }
            let said = printed(&banxin(folder.path(), &format!("{words} --lang {language}")));
            let stays = |line: &&str| !line.starts_with("done in") && !line.starts_with("用时");
            let lines = said.lines().filter(stays);
            let cut = |line: &str| line.split([' ', '（']).take(2).collect::<Vec<_>>().join(" ");
            let is_file = |line: &str| line.starts_with("wrote ") || line.starts_with("已写出");
            let shown = |line: &str| if is_file(line) { cut(line) } else { line.to_owned() };
            lines.map(|line| shown(line) + "\n").collect::<String>()
        });
        told.join("\n")
    });
}

/// What a book of one chapter is.
const BOOK: &str = "title = \"版心\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\nslug = \"a\"\n[contents]\nbody = [\"one.md\"]\n";

#[test]
fn the_language_of_the_machine_is_spoken_where_none_is_asked_for() {
    let said = |words: &[&str], locale: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_banxin"));
        printed(&program.args(words).env("LC_ALL", locale).output().unwrap())
    };
    assert!(said(&["check", "-h"], "zh_CN.UTF-8").starts_with("检查一本书"));
    assert!(said(&["check", "-h"], "C").starts_with("Do all that a build does"));
    assert!(said(&["--lang", "en", "check", "-h"], "zh_CN.UTF-8").starts_with("Do all"));
    assert!(said(&["check", "--lang", "fr"], "zh_CN.UTF-8").starts_with("错误: `fr`不能作"));
    assert!(said(&["check", "--", "--lang=zh", "x"], "C").starts_with("error: "));
}

/// On a terminal of 80 columns, of which a hanzi takes two.
#[test]
fn a_line_of_chinese_help_is_as_wide_as_a_terminal() {
    let cells = |c: char| if c < '\u{2e80}' { 1 } else { 2 };
    for (call, help) in chinese_help(COLUMNS) {
        for line in help.lines() {
            assert!(line.chars().map(cells).sum::<usize>() <= 80, "`banxin {call}`: {line}");
        }
    }
}

/// The help of the program and of each of its commands, short and long, and how it was called.
pub fn chinese_help(columns: &str) -> Vec<(String, String)> {
    let help = |call: &str| {
        let mut program = command(Path::new("."), &format!("{call} --lang zh"));
        printed(&program.env("COLUMNS", columns).output().unwrap())
    };
    let whole = help("-h");
    let commands = whole.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands = commands.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    let calls =
        commands.chain([""]).flat_map(|name| [format!("{name} -h"), format!("{name} --help")]);
    let calls: Vec<String> = calls.filter(|call| !call.starts_with("help")).collect();
    assert_eq!(calls.len(), 2 * 13, "{calls:?}");
    calls
        .into_iter()
        .map(|call| {
            let said = help(&call);
            (call, said)
        })
        .collect()
}

/// What a `book.toml` can hold is told in both languages.
#[test]
fn both_languages_teach_the_same() {
    let english = code(include_str!("../src/cli/help.txt"));
    assert_eq!(code(include_str!("../src/cli/help.zh.txt")), english);
    assert!(english.contains(&"[contents]"));
}

/// The lines of an indented example, without remarks.
fn code(help: &str) -> Vec<&str> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("    "));
    let lines = lines.take_while(|line| !line.starts_with("my-book.epub"));
    lines
        .filter_map(|line| line.split("# ").next())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}
