//! The program as it is called: what it prints, what it leaves on the disk, how it ends.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};
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
    Command::new(program)
        .args(words)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .unwrap()
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
fn a_sound_book_becomes_three_files_and_a_report() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let expected = ["a-print.pdf", "a-report.json", "a.epub", "a.pdf"];
    assert_eq!(names(&folder.path().join("build")), expected);
    let said = text(&output.stdout);
    let lines: Vec<&str> = said.lines().collect();
    let begins =
        ["wrote build/a.epub (", "wrote build/a.pdf (", "wrote build/a-print.pdf (", "done in "];
    assert_eq!(lines.len(), begins.len(), "{said}");
    assert!(lines.iter().zip(begins).all(|(line, begin)| line.starts_with(begin)), "{said}");
    assert!(lines[1].contains(" pages, ") && lines[1].ends_with(" kB)"), "{said}");
    assert_eq!(text(&output.stderr), "", "nobody sees how far it is");
}

#[test]
fn one_product_alone_goes_where_it_is_asked_to() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["build", "book.toml", "--only", "epub", "--out", "x/y"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(names(&folder.path().join("x/y")), ["a-report.json", "a.epub"]);
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
fn findings_are_told_in_the_language_that_is_asked_for() {
    let folder = book(&SOUND.replace("title", "titel"));
    let output = banxin(folder.path(), &["check", "--lang", "zh"]);
    let expected = "\
错误[unknown-key]: 这里没有键`titel`
 --> book.toml:1:1
  |
1 | titel = \"版心\"
  | ^^^^^
  |
  = 提示: 是不是`title`？

1个错误
";
    assert_eq!(text(&output.stderr), expected);
    let output = banxin(folder.path(), &["explain", "unknown-key", "--lang", "zh"]);
    assert!(text(&output.stdout).starts_with("unknown-key\n\n`book.toml` 里有一个不认识的键"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_new_book_is_written_once_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["new", "书", "--title", "新书", "--language", "zh-Hans", "--kind", "digest"];
    let output = banxin(folder.path(), &words);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let made =
        ["书/book.toml", "书/preface.md", "书/one.md", "书/two.md", "书/figures/example.svg"];
    let expected = made.map(|name| name.to_owned() + "\n").concat() + "next: `banxin build 书`\n";
    assert_eq!(text(&output.stdout), expected);
    let checked = banxin(folder.path(), &["check", "书"]);
    assert_eq!((checked.status.code(), text(&checked.stderr).contains('[')), (Some(0), false));

    let again = banxin(folder.path(), &words);
    assert_eq!(again.status.code(), Some(3));
    assert!(text(&again.stderr).starts_with("error[folder-taken]: `书` holds files already\n"));
    let words = ["new", "x", "--language", "en", "--kind", "vertical"];
    assert_eq!(banxin(folder.path(), &words).status.code(), Some(2));
}

#[test]
fn a_new_book_can_begin_with_articles() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "编者按\n\n来源：某报\n\n甲文。\n").unwrap();
    std::fs::write(folder.path().join("b.html"), "<h1>乙</h1><p>乙文。</p>").unwrap();
    for (tag, kind) in [("zh-Hans", "digest"), ("zh-Hant", "monograph"), ("en", "handout")] {
        let words = ["new", kind, "--title", "书", "--language", tag, "--kind", kind];
        let words = [&words[..], &["--from", "a.txt", "b.html"]].concat();
        let output = banxin(folder.path(), &words);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let said = text(&output.stdout);
        let report = folder.path().join(kind).join("import-report.txt");
        let report = std::fs::read_to_string(report).unwrap();
        let end = format!("{kind}/import-report.txt\n{report}next: `banxin build {kind}`\n");
        assert!(said.starts_with(&format!("{kind}/book.toml\n")), "{said}");
        assert!(said.contains(&format!("{kind}/a.md\n{kind}/b.md\n")), "{said}");
        assert!(said.ends_with(&end), "{said}");
        let toml = std::fs::read_to_string(folder.path().join(kind).join("book.toml")).unwrap();
        assert!(toml.starts_with('#') && toml.contains("\"a.md\""), "its remarks stay:\n{toml}");
        assert!(toml.contains("title = \"书\"\n"), "{toml}");
        let samples = ["\nnames = [\"姓名\"]", "\nnames = [\"Name\"]", "\nfront = "];
        assert!(samples.iter().all(|sample| !toml.contains(sample)), "{toml}");
        let built = banxin(folder.path(), &["build", kind]);
        assert_eq!(built.status.code(), Some(0), "{tag} {kind}: {}", text(&built.stderr));
    }
    assert_eq!(
        names(&folder.path().join("digest")),
        ["a.md", "b.md", "book.toml", "build", "import-report.txt"]
    );
}

#[test]
fn a_single_article_gives_a_new_book_its_title() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.html"), "<h1>海上生明月</h1><p>文。</p>").unwrap();
    let output = banxin(folder.path(), &["new", "b", "--from", "a.html"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let toml = std::fs::read_to_string(folder.path().join("b/book.toml")).unwrap();
    assert!(toml.contains("title = \"海上生明月\"\n"), "{toml}");
}

#[test]
fn articles_that_cannot_be_read_begin_no_book() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), "%PDF-1.7").unwrap();
    std::fs::write(folder.path().join("b.txt"), "题\n\n文。\n").unwrap();
    let output = banxin(folder.path(), &["new", "b", "--from", "b.txt", "a.pdf"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    assert!(text(&output.stderr).starts_with("error[unknown-source]: this is a PDF"));
    // As `import` says it.
    let output = banxin(folder.path(), &["new", "b", "--from", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`nowhere.txt` does not exist"));
    assert_eq!(names(folder.path()), ["a.pdf", "b.txt"]);
}

#[test]
fn what_a_new_book_is_not_told_is_what_is_usual() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(banxin(folder.path(), &["new", "my-book"]).status.code(), Some(0));
    let toml = std::fs::read_to_string(folder.path().join("my-book/book.toml")).unwrap();
    for line in ["title = \"my-book\"\n", "language = \"zh-Hans\"\n", "slug = \"my-book\" "] {
        assert!(toml.contains(line), "{line} is missing in\n{toml}");
    }
    assert!(toml.contains("identifier = \"urn:uuid:"), "{toml}");
}

#[test]
fn a_folder_with_a_chinese_name_names_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["new", "文摘 2025：上", "--kind", "digest", "--language", "zh-Hans"];
    assert_eq!(banxin(folder.path(), &words).status.code(), Some(0));
    let output = banxin(folder.path(), &["build", "文摘 2025：上", "--only", "epub"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let files = names(&folder.path().join("文摘 2025：上/build"));
    assert_eq!(files, ["文摘-2025：上-report.json", "文摘-2025：上.epub"]);
}

#[test]
fn a_part_of_a_booklet_leaves_the_whole() {
    let folder = book(SOUND);
    for words in [&["build", "--only", "booklet"][..], &["build", "--chapter", "one.md"]] {
        let output = banxin(folder.path(), words);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    let files = names(&folder.path().join("build"));
    assert_eq!(files, ["a-booklet-one.pdf", "a-booklet.pdf", "a-report.json"]);
}

#[test]
fn the_faces_of_a_book_are_told_with_their_characters() {
    let folder = book(SOUND);
    let output = banxin(folder.path(), &["fonts", "--lang", "zh"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    let lines = "NotoSerifSC-Regular（自带）：有10062字，书页上用到3字\n    1。文\n";
    assert!(said.contains(lines), "{said}");
    assert!(said.contains("NotoSansKR-Bold（自带）："), "{said}");

    std::fs::write(folder.path().join("one.md"), "# 题\n\n𫚈\n").unwrap();
    let output = banxin(folder.path(), &["fonts"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    assert!(text(&output.stderr).contains("error[missing-glyph]: no font has U+2B688 `𫚈`"));
}

#[test]
#[cfg(unix)]
fn an_interrupted_build_leaves_all_files_or_none() {
    let folder = book(SOUND);
    let chapter = format!("# 题\n\n{}\n", "文字很多。".repeat(20_000));
    std::fs::write(folder.path().join("one.md"), chapter).unwrap();
    for wait in [0, 100, 400] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_banxin"));
        let mut running = program
            .args(["build"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let id = running.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        running.wait().unwrap();
        let left = names(&folder.path().join("build"));
        assert!(left.is_empty() || left.len() == 4, "{left:?}");
    }
}

#[test]
fn the_program_tells_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let said = |words: &[&str]| {
        let output = banxin(folder.path(), words);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        text(&output.stdout)
    };
    let doctor = said(&["doctor"]);
    assert!(doctor.contains(" epubcheck: proves that an EPUB keeps EPUB 3.3\n"), "{doctor}");
    assert!(said(&["completions", "fish"]).contains("complete -c banxin"));
    assert!(said(&["manual"]).contains(".SH SUBCOMMANDS"));
    assert_eq!(names(folder.path()).len(), 0);
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
    let why = "`one.md` cannot be read: files of its kind do not allow it";
    assert!(said.contains(&format!("error[unreadable-file]: {why}")), "{said}");
}

/// A book whose findings have a place and a measure.
fn flawed() -> TempDir {
    let folder = book(SOUND);
    let cells = |word: &str| format!("{}|\n", format!("|{word}").repeat(30));
    let table = cells("长长的") + &cells("-") + &cells("格");
    std::fs::write(folder.path().join("one.md"), format!("# 题\n\n{table}")).unwrap();
    folder
}

#[test]
fn the_report_tells_what_was_made_and_found() {
    let folder = flawed();
    let output = banxin(folder.path(), &["build", "--only", "print"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let build = folder.path().join("build");
    let report = std::fs::read_to_string(build.join("a-report.json")).unwrap();
    let pdf = std::fs::read(build.join("a-print.pdf")).unwrap();
    let sha256: String = Sha256::digest(&pdf).iter().map(|byte| format!("{byte:02x}")).collect();
    let expected = format!(
        r#"{{
  "version": 1,
  "generator": "banxin {}",
  "book": {{
    "title": "版心",
    "identifier": "urn:uuid:0"
  }},
  "files": [
    {{
      "product": "print",
      "name": "a-print.pdf",
      "bytes": {},
      "pages": 8,
      "standards": [
        "PDF/X-4"
      ],
      "sha256": "{sha256}"
    }}
  ],
  "findings": [
    {{
      "severity": "warning",
      "code": "wide-table",
      "message": "this table of 30 columns is wider than the measure and stands in 5 parts",
      "file": "one.md",
      "line": 3,
      "column": 1,
      "figure": 240.94,
      "limit": 96.31,
      "unit": "mm",
      "hints": [
        "turn its rows into columns"
      ]
    }}
  ]
}}
"#,
        env!("CARGO_PKG_VERSION"),
        pdf.len()
    );
    assert_eq!(report, expected);
}

#[test]
fn a_check_tells_all_and_writes_nothing() {
    let folder = flawed();
    let output = banxin(folder.path(), &["check", "--only", "print"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).ends_with("\n\n1 warning\n"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("done in "), "{}", text(&output.stdout));
    assert_eq!(names(folder.path()), ["book.toml", "one.md"]);
    let sound = banxin(book(SOUND).path(), &["check"]);
    assert!(text(&sound.stdout).starts_with("Nothing to mend\ndone in "));
}

#[test]
fn a_check_in_json_is_the_report_of_the_build() {
    let folder = flawed();
    let check = banxin(folder.path(), &["check", "--json"]);
    assert_eq!(check.status.code(), Some(0));
    assert_eq!(names(folder.path()), ["book.toml", "one.md"]);
    assert_eq!(banxin(folder.path(), &["build"]).status.code(), Some(0));
    let report = std::fs::read(folder.path().join("build/a-report.json")).unwrap();
    assert_eq!(text(&check.stdout), text(&report));
}

#[test]
fn a_check_of_a_book_with_errors_ends_as_its_build() {
    let folder = book(&SOUND.replace("title", "titel"));
    let output = banxin(folder.path(), &["check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        r#"{{
  "version": 1,
  "generator": "banxin {}",
  "book": null,
  "files": [],
  "findings": [
    {{
      "severity": "error",
      "code": "unknown-key",
      "message": "there is no key `titel` here",
      "file": "book.toml",
      "line": 1,
      "column": 1,
      "figure": null,
      "limit": null,
      "unit": null,
      "hints": [
        "did you mean `title`?"
      ]
    }}
  ]
}}
"#,
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(text(&output.stdout), expected);
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
