//! The worst books: each ends in findings with their places, or in files, and never in a panic.

use std::collections::BTreeMap;

use banxin::Built;
use banxin::diag::{Outcome, Sink};
use banxin::files::Folder;

/// What every book here begins with.
const TOML: &str =
    "title = \"题\"\nidentifier = \"urn:x:1\"\ndate = \"2025-12-23\"\nslug = \"a\"\n";
/// One chapter, `one.md`.
const ONE: &str = "contents.body = [\"one.md\"]\n";
/// A sentence that fills most of a line.
const SENTENCE: &str = "这是一句普通的话，用来填满版心的一行。";

/// Builds a book of these files; gives it and its findings, a line each, without hints.
fn build(files: &[(&str, &[u8])]) -> (Outcome<Vec<Built>>, String) {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|&(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let mut sink = Sink::default();
    let built = banxin::build(&Folder::Memory(files), None, &[], &mut sink);
    let first = |line: String| line.lines().next().unwrap_or_default().to_owned();
    let lines: Vec<String> =
        sink.findings().iter().map(|finding| first(sink.line(finding))).collect();
    (built.map(|edition| edition.files), lines.join("\n"))
}

/// The findings of a book that must have some, and no files.
fn findings(toml: &str, files: &[(&str, &[u8])]) -> String {
    let toml = format!("{TOML}{toml}");
    let mut all: Vec<(&str, &[u8])> = vec![("book.toml", toml.as_bytes())];
    all.extend(files);
    let (built, findings) = build(&all);
    assert!(built.is_err(), "it was built: {findings}");
    findings
}

/// The findings of a chapter that must be built as three files.
fn built(chapter: &str) -> String {
    let toml = format!("{TOML}{ONE}");
    let (built, findings) =
        build(&[("book.toml", toml.as_bytes()), ("one.md", chapter.as_bytes())]);
    assert_eq!(built.map_or(0, |files| files.len()), 3, "{findings}");
    findings
}

#[test]
fn chapters_that_are_no_text() {
    let of = |bytes: &[u8]| findings(ONE, &[("one.md", bytes)]);
    let quotes = ">".repeat(1000);
    let cases: [(&[u8], &str); 7] = [
        (b"", "error[missing-title] one.md:1:1: the chapter does not begin with its title"),
        (
            b"# a\n\nb\0c\n",
            "error[control-character] one.md:3:2: the control character U+0000 has no place in a text",
        ),
        (
            b"# a\n\n\x1b[2J\n",
            "error[control-character] one.md:3:1: the control character U+001B has no place in a text",
        ),
        (b"\xff\xfe#\0", "error[not-utf8] one.md: the file is not UTF-8: line 1 holds other bytes"),
        (
            b"# \xcc\xe2\n",
            "error[not-utf8] one.md: the file is not UTF-8: line 1 holds other bytes",
        ),
        (
            "# a\n\n😀\n".as_bytes(),
            "error[missing-glyph] one.md:3:1: no font has U+1F600 `😀`, which stands once",
        ),
        (
            &[b"# a\n\n", quotes.as_bytes(), b" b\n"].concat(),
            "error[nested-too-deep] one.md:3:33: this lies more than 32 levels deep",
        ),
    ];
    for (bytes, expected) in cases {
        assert_eq!(of(bytes).lines().next(), Some(expected));
    }
}

#[test]
fn links_that_lead_nowhere() {
    for to in [
        "#nix",
        "two.md",
        "../a.md",
        "/etc/passwd",
        "file:///etc/passwd",
        "data:,x",
        "JavaScript:x",
        "//a.b",
        "",
        "https://",
    ] {
        let chapter = format!("# a\n\n[x]({to})\n");
        let found = findings(ONE, &[("one.md", chapter.as_bytes())]);
        assert!(found.starts_with("error[unknown-reference] one.md:3:1: "), "{to}: {found}");
    }
}

#[test]
fn paths_that_leave_the_folder() {
    let found = findings("contents.body = [\"../one.md\", \"/etc/passwd\"]\n", &[]);
    let expected = "\
error[path-outside] book.toml:5:18: `../one.md` does not lead to a file of the book
error[path-outside] book.toml:5:31: `/etc/passwd` does not lead to a file of the book";
    assert_eq!(found, expected);
}

#[test]
fn a_title_without_a_glyph_is_found_in_the_manifest() {
    let found = findings(&format!("subtitle = \"😀\"\n{ONE}"), &[("one.md", b"# a\n")]);
    let expected = "error[missing-glyph] book.toml: no font has U+1F600 `😀`, which stands once";
    assert_eq!(found, expected);
}

#[test]
fn pictures_that_are_none() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">";
    let nested = format!("{drawing}{}{}</svg>", "<g>".repeat(5000), "</g>".repeat(5000));
    let cases: [(&str, &[u8], &str); 4] = [
        ("a.png", b"", "broken-image"),
        ("b.png", b"GIF89a....", "image-mismatch"),
        ("c.svg", drawing.as_bytes(), "broken-image"),
        ("d.svg", nested.as_bytes(), "nested-too-deep"),
    ];
    for (name, bytes, code) in cases {
        let chapter = format!("# a\n\n![x]({name})\n");
        let found = findings(ONE, &[("one.md", chapter.as_bytes()), (name, bytes)]);
        assert!(found.starts_with(&format!("error[{code}] one.md:3:")), "{found}");
    }
}

#[test]
fn a_drawing_is_a_cover_of_any_proportion() {
    for (width, height) in [(30, 900), (900, 30), (148, 210)] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><rect width=\"9\" height=\"9\"/></svg>"
        );
        let toml = format!("{TOML}cover = \"c.svg\"\n{ONE}");
        let files: [(&str, &[u8]); 3] =
            [("book.toml", toml.as_bytes()), ("one.md", b"# a\n"), ("c.svg", svg.as_bytes())];
        let (built, findings) = build(&files);
        assert_eq!(built.map_or(0, |files| files.len()), 3, "{findings}");
    }
}

#[test]
fn texts_that_no_line_or_page_was_made_for() {
    let table = |columns: usize| format!("{}|\n{}|\n", "|a".repeat(columns), "|-".repeat(columns));
    let chapters = [
        "# a\n\n\u{200b}\n\n\u{301}\u{301}\n\n&nbsp;\n".to_owned(),
        format!("# a\n\n{}\n\n{}\n", "。".repeat(200), "字\u{2060}".repeat(200)),
        format!("# {}\n\n## {}\n\nb\n", "题".repeat(2000), "节".repeat(2000)),
        format!("# a\n\n|b|c|\n|-|-|\n|{}|d|\n", SENTENCE.repeat(80)),
        format!("# a\n\n|b|{}|\n|-|-|\n|c|d|\n", SENTENCE.repeat(80)),
        format!("# a\n\nb[^1]\n\n[^1]: {}\n", SENTENCE.repeat(90)),
        format!("# a\n\n{}- b\n", "- ".repeat(20)),
        format!("# a\n\n{}", table(1)),
        "# a\n\n999999999. b\n1. c\n".to_owned(),
        "# a\r\n\r\nb\r\n\r\n## c\r\n\r\nd\r\n".to_owned(),
    ];
    for chapter in chapters {
        let findings = built(&chapter);
        let codes: Vec<&str> = findings.lines().filter_map(|line| line.split(' ').next()).collect();
        // Marks and joined hanzi without end must be divided where nothing allows it.
        let expected = if chapter.contains("。。") { &["warning[let-go]"; 2][..] } else { &[] };
        assert_eq!(codes, expected, "{chapter:.80}");
    }
    assert!(
        built(&format!("# a\n\n{}", table(40))).starts_with("warning[wide-table] one.md:3:1: ")
    );
}

/// What is told of a paragraph that nothing allows to be divided.
const LET_GO: &str =
    "warning[let-go] one.md:3:1: a line of this paragraph is divided where no line should end";

#[test]
fn long_lines_take_time_in_proportion() {
    // Were any of these done in squares, the test would not end within minutes.
    let texts =
        [(SENTENCE, ""), ("word ", ""), ("！", LET_GO), ("—", ""), ("“", LET_GO), ("”", LET_GO)];
    for (text, expected) in texts {
        let findings = built(&format!("# a\n\n{}\n", text.repeat(300_000 / text.len())));
        assert_eq!(findings.trim_end(), expected, "{text}");
    }
}

#[test]
fn fonts_that_are_none_and_fonts_that_may_not_be_embedded() {
    let toml = format!("fonts.folder = \"f\"\n{ONE}");
    let found = findings(&toml, &[("one.md", b"# a\n\nb\n"), ("f/a.ttf", b"no font")]);
    assert!(found.starts_with("error[broken-font] f/a.ttf: this font cannot be used: "), "{found}");

    let own = std::fs::read("fonts/NotoSansMono-Regular.ttf").unwrap();
    let table = own.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let at = u32::from_be_bytes(own[table + 8..table + 12].try_into().unwrap()) as usize;
    let closed = [&own[..at + 8], &2_u16.to_be_bytes(), &own[at + 10..]].concat();
    let toml = format!(
        "{TOML}fonts.folder = \"f\"\nfonts.mono = \"Noto Sans Mono\"\nepub.embed = \"full\"\n{ONE}"
    );
    let chapter = b"# a\n\n`b`\n";
    let files = [("book.toml", toml.as_bytes()), ("one.md", chapter), ("f/a.ttf", &closed)];
    let (made, found) = build(&files);
    assert!(made.is_ok(), "{found}");
    let expected = "warning[font-left-out]: the EPUB leaves the font `NotoSansMono-Regular` \
                    out: its maker does not permit that";
    assert_eq!(found, expected);
}
