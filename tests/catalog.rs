//! A catalogue of built books: what it says, what it copies, and what it leaves out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use banxin::catalog::{self, Listed};
use banxin::diag::Sink;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::shelf::{banxin, files, word};

/// The least that an EPUB says of a book that can be listed.
const ABOUT: &str = "<dc:identifier id=\"i\">urn:x:1</dc:identifier><dc:title>题</dc:title>\
                     <dc:language>zh-Hans</dc:language><dc:date>2025-12-23</dc:date>\
                     <meta property=\"dcterms:modified\">2025-12-23T00:00:00Z</meta>";

/// An EPUB that says this of itself; its cover is no picture.
fn epub(about: &str) -> Vec<u8> {
    packed(&[
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path=\"a/p.opf\"/></rootfiles></container>"
                .into(),
        ),
        (
            "a/p.opf",
            format!(
                "<package unique-identifier=\"i\"><metadata>{about}</metadata><manifest>\
                 <item href=\"cover.png\" properties=\"cover-image\"/></manifest></package>"
            )
            .into(),
        ),
        ("a/cover.png", b"\x89PNG\r\n\x1a\n".to_vec()),
    ])
}

fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A report that names these files.
fn report(identifier: &str, files: &[(&str, &[u8])]) -> Value {
    let file = |(name, bytes): &(&str, &[u8])| {
        let sha256: String =
            Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "product": "epub", "name": name, "bytes": bytes.len(), "pages": null, "standards": [], "sha256": sha256 })
    };
    json!({
        "version": 1,
        "generator": "banxin 0",
        "book": { "title": "", "identifier": identifier },
        "files": files.iter().map(file).collect::<Vec<Value>>(),
    })
}

/// A book as it lies after its build.
fn place(folder: &Path, slug: &str, report: &Value, files: &[(&str, &[u8])]) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join(format!("{slug}-report.json")), report.to_string()).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// The catalogue of what lies in a folder, and its findings, with `DIR` for the folder.
fn listed(dir: &Path, out: &Path) -> (Option<Listed>, String) {
    let mut sink = Sink::default();
    let listed = catalog::write(&[dir.to_owned()], out, None, &mut sink).ok();
    let lines = sink.findings().iter().map(|finding| sink.line(finding) + "\n");
    (listed, lines.collect::<String>().replace(word(dir), "DIR"))
}

/// The findings of one book with this EPUB and report that must be left out.
fn left_out(epub: &[u8], report: &Value) -> String {
    let dir = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    place(dir.path(), "a", report, &[("a.epub", epub)]);
    let (listed, findings) = listed(dir.path(), out.path());
    assert_eq!(listed, None, "{findings}");
    assert!(files(out.path()).is_empty(), "nothing is written");
    findings
}

/// One book that says this of itself; the files of its catalogue.
fn catalogue(about: &str) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let epub = epub(about);
    place(dir.path(), "a", &report("urn:x:1", &[("a.epub", &epub)]), &[("a.epub", &epub)]);
    let (_, findings) = listed(dir.path(), out.path());
    assert!(findings.starts_with("warning[no-cover] DIR/a-report.json: "), "{findings}");
    files(out.path())
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    std::str::from_utf8(&files[name]).unwrap()
}

/// Three built books: two of a series, one older than the other, and one in English.
fn built() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let book = |name: &str, toml: &str| {
        let folder = root.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        let toml = format!("{toml}slug = \"{name}\"\n[contents]\nbody = [\"one.md\"]\n");
        std::fs::write(folder.join("book.toml"), toml).unwrap();
        std::fs::write(folder.join("one.md"), "# A\n\nB\n").unwrap();
    };
    book(
        "a",
        "title = \"甲\"\nidentifier = \"urn:x:a\"\ndate = \"2024-02-03\"\nseries = { name = \"丛书\", position = 2 }\n",
    );
    book(
        "b",
        "title = \"乙\"\nidentifier = \"urn:x:b\"\ndate = \"2025-02-03\"\nseries = { name = \"丛书\", position = 1 }\n",
    );
    book(
        "c",
        "title = \"C & D\"\nidentifier = \"urn:x:c\"\ndate = \"2023-02-03\"\nlanguage = \"en\"\n",
    );
    let made = banxin(&["build", "--all", word(root.path()), "--only", "epub,screen"]);
    assert_eq!(made.status.code(), Some(0));
    root
}

#[test]
fn books_from_elsewhere_are_copied_and_the_folder_is_whole() {
    let root = built();
    let out = tempfile::tempdir().unwrap();
    let made = || {
        let words = ["catalog", word(root.path()), "--out", word(out.path())];
        let made = banxin(&words);
        assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
        let said = format!("{}/index.html: 3 books\n", word(out.path()));
        assert_eq!(String::from_utf8(made.stdout).unwrap(), said);
        files(out.path())
    };
    let first = made();
    assert!(first == made(), "the same books give the same bytes");
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    let of = |slug: &str| {
        [
            format!("books/{slug}/{slug}.epub"),
            format!("books/{slug}/{slug}.pdf"),
            format!("covers/{slug}-small.png"),
            format!("covers/{slug}.png"),
        ]
    };
    let mut expected: Vec<String> = ["a", "b", "c"].iter().flat_map(|slug| of(slug)).collect();
    expected.extend(["SHA256SUMS", "index.html", "opds.json", "opds.xml"].map(str::to_owned));
    expected.sort();
    assert_eq!(names, expected);
    // By the place in the series; the other book after them; changed when the newest was.
    let feed: Value = serde_json::from_slice(&first["opds.json"]).unwrap();
    let titles: Vec<&Value> = feed["publications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|book| &book["metadata"]["title"])
        .collect();
    assert_eq!(titles, ["乙", "甲", "C & D"]);
    assert_eq!(feed["metadata"]["modified"], "2025-02-03T00:00:00Z");
    let page = text(&first, "index.html");
    assert!(
        page.contains("<html lang=\"zh-Hans\">") && page.contains("<h1>书目</h1>"),
        "most books are Chinese"
    );
    assert!(page.contains("<h3 lang=\"en\">C &amp; D</h3>"), "{page}");
    for sum in text(&first, "SHA256SUMS").lines() {
        let (hash, name) = sum.split_once("  ").unwrap();
        let found: String =
            Sha256::digest(&first[name]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, hash, "{name}");
    }
}

#[test]
fn what_lies_in_the_folder_is_linked_where_it_is() {
    let root = built();
    let before = files(root.path());
    let dir = word(root.path());
    for _ in 0..2 {
        let made = banxin(&["catalog", dir, "--out", dir, "--title", "某馆"]);
        assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let after = files(root.path());
    let new: Vec<&str> =
        after.keys().filter(|name| !before.contains_key(*name)).map(String::as_str).collect();
    let covers = [
        "covers/a-small.png",
        "covers/a.png",
        "covers/b-small.png",
        "covers/b.png",
        "covers/c-small.png",
        "covers/c.png",
    ];
    assert_eq!(
        new,
        [&["SHA256SUMS"][..], &covers, &["index.html", "opds.json", "opds.xml"]].concat()
    );
    assert!(text(&after, "opds.xml").contains("href=\"a/build/a.epub\""));
    assert!(text(&after, "index.html").contains("<title>某馆</title>"));
}

#[test]
fn nothing_that_a_book_says_becomes_markup_or_an_address() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;\"'&amp;";
    let about = ABOUT.replace("题", evil)
        + &format!(
            "<dc:creator>{evil}</dc:creator><dc:subject>{evil}</dc:subject><dc:description>{evil}</dc:description>\
           <meta property=\"belongs-to-collection\" id=\"s\">{evil}</meta><meta refines=\"#s\" property=\"collection-type\">series</meta>"
        );
    let files = catalogue(&about);
    for name in ["index.html", "opds.xml"] {
        let page = text(&files, name);
        assert!(
            !page.contains("<script") && page.contains("&lt;script&gt;alert(1)"),
            "{name}: {page}"
        );
    }
    let feed: Value = serde_json::from_slice(&files["opds.json"]).unwrap();
    assert_eq!(feed["publications"][0]["metadata"]["title"], "<script>alert(1)</script>\"'&");
}

#[test]
fn texts_without_end_are_cut() {
    let files = catalogue(&ABOUT.replace("题", &"长".repeat(1_000_000)));
    assert!(files["index.html"].len() < 50_000, "{}", files["index.html"].len());
}

#[test]
fn a_book_that_is_not_what_its_report_says_is_left_out() {
    let sound = epub(ABOUT);
    let of = |epub: &[u8]| report("urn:x:1", &[("a.epub", epub)]);
    let found = left_out(b"another", &of(&sound));
    assert!(
        found.starts_with("error[changed-file] DIR/a.epub: this file is not the one"),
        "{found}"
    );
    let cases: [(Vec<u8>, &str); 6] = [
        (b"no archive".to_vec(), "`a.epub` cannot be read: "),
        (packed(&[("x", Vec::new())]), "`a.epub` cannot be read: `META-INF/container.xml`: "),
        (
            epub(&ABOUT.replace("urn:x:1", "urn:x:2")),
            "the EPUB of this book has another identifier than its report",
        ),
        (epub(&ABOUT.replace("题", " ")), "the EPUB of this book has no title"),
        (
            epub(&ABOUT.replace("T00:00:00Z", "")),
            "the EPUB of this book does not say when it was changed",
        ),
        // A bomb: a hundred megabytes in a hundred kilobytes.
        (
            packed(&[("META-INF/container.xml", vec![b' '; 100_000_000])]),
            "`a.epub` cannot be read: `META-INF/container.xml` has more than 4194304 bytes",
        ),
    ];
    for (epub, expected) in cases {
        let found = left_out(&epub, &of(&epub));
        assert!(
            found.starts_with(&format!("error[undescribed] DIR/a-report.json: {expected}")),
            "{found}"
        );
    }
}

#[test]
fn a_report_that_names_what_is_not_its_own_is_none() {
    let sound = epub(ABOUT);
    for name in [
        "../a.epub",
        "/etc/passwd",
        "a/../../a.epub",
        "a.html",
        "a.epub.js",
        "b.epub",
        "a\n.epub",
        "a<b>.epub",
        "a%2f.epub",
        "",
    ] {
        let found = left_out(&sound, &report("urn:x:1", &[(name, &sound)]));
        let expected = "error[broken-report] DIR/a-report.json: this is no report on a build: it names a file that is none of the book";
        assert!(found.starts_with(expected), "{name}: {found}");
    }
    let nested = Value::String("[".repeat(100_000));
    for broken in [
        json!({}),
        json!([]),
        nested,
        json!({ "version": 1, "generator": "other", "book": { "identifier": "" }, "files": [] }),
    ] {
        let found = left_out(&sound, &broken);
        assert!(found.starts_with("error[broken-report] DIR/a-report.json: "), "{found}");
    }
}

#[test]
fn a_report_without_end_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(dir.path().join("a-report.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    let (_, findings) = listed(dir.path(), &dir.path().join("out"));
    assert!(findings.contains("it is larger than 8388608 bytes"), "{findings}");
}

#[test]
fn a_file_that_is_gone_is_not_offered() {
    let dir = tempfile::tempdir().unwrap();
    let epub = epub(ABOUT);
    let report = report("urn:x:1", &[("a.epub", &epub), ("a-print.pdf", b"%PDF")]);
    place(dir.path(), "a", &report, &[("a.epub", &epub)]);
    let out = dir.path().join("out");
    let (made, findings) = listed(dir.path(), &out);
    assert_eq!(made, Some(Listed { books: 1, left_out: 0, page: out.join("index.html") }));
    let expected = "warning[missing-output] DIR/a-print.pdf: the report names this file, and it is not there\n";
    assert!(findings.starts_with(expected), "{findings}");
    assert!(!text(&files(&out), "opds.xml").contains("a-print.pdf"));
}

#[test]
fn of_two_books_with_one_identifier_or_slug_the_first_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let book = |folder: &str, slug: &str, identifier: &str| {
        let epub = epub(&ABOUT.replace("urn:x:1", identifier));
        let name = format!("{slug}.epub");
        let files: [(&str, &[u8]); 1] = [(&name, &epub)];
        place(&dir.path().join(folder), slug, &report(identifier, &files), &files);
    };
    book("1", "a", "urn:x:1");
    book("2", "b", "urn:x:1");
    book("3", "A", "urn:x:2");
    let out = dir.path().join("out");
    let (made, findings) = listed(dir.path(), &out);
    assert_eq!(made, Some(Listed { books: 1, left_out: 2, page: out.join("index.html") }));
    let expected = "\
error[duplicate-identifier] DIR/2/b-report.json: `DIR/1/a-report.json` is the report on a book with the same identifier, `urn:x:1`
  hint: give each book, and each edition, an `identifier` of its own; or name one folder of the two
error[duplicate-slug] DIR/3/A-report.json: `DIR/1/a-report.json` is the report on a book with the same slug, `a`
  hint: give each book a `slug` of its own in `book.toml`, and build it again
";
    assert!(findings.starts_with(expected), "{findings}");
    // One left out is told by the exit code; the catalogue is there all the same.
    let words = ["catalog", word(dir.path()), "--out", word(&out)];
    let made = banxin(&words);
    assert_eq!(made.status.code(), Some(1));
    let said = format!("{}: 1 book, 2 left out\n", word(&out.join("index.html")));
    assert_eq!(String::from_utf8(made.stdout).unwrap(), said);
}

#[test]
fn files_may_have_chinese_names() {
    let dir = tempfile::tempdir().unwrap();
    let (epub, booklet) = (epub(ABOUT), &b"PDF"[..]);
    let files: [(&str, &[u8]); 2] =
        [("《文摘》2025.epub", &epub), ("《文摘》2025-booklet-一_二.pdf", booklet)];
    place(&dir.path().join("书"), "《文摘》2025", &report("urn:x:1", &files), &files);
    let out = tempfile::tempdir().unwrap();
    let (made, findings) = listed(dir.path(), out.path());
    assert_eq!(made.map(|made| made.books), Some(1), "{findings}");
    let files = self::files(out.path());
    assert_eq!(files["books/《文摘》2025/《文摘》2025-booklet-一_二.pdf"], booklet);
    let address = "books/%E3%80%8A%E6%96%87%E6%91%98%E3%80%8B2025/%E3%80%8A%E6%96%87%E6%91%98%E3%80%8B2025.epub";
    assert!(text(&files, "opds.xml").contains(&format!("href=\"{address}\"")));
}

#[test]
fn folders_without_books_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let found = listed(dir.path(), &out);
    let expected = "error[no-books]: there is no built book in these folders\n  hint: build books first: each then has a report beside its files\n";
    assert_eq!(found, (None, expected.to_owned()));
    let mut sink = Sink::default();
    let nowhere: Vec<PathBuf> = vec![dir.path().join("nowhere")];
    assert!(catalog::write(&nowhere, &out, None, &mut sink).is_err());
    let line = sink.line(&sink.findings()[0]);
    assert_eq!(line, format!("error[missing-file] {}: there is no such folder", word(&nowhere[0])));
    assert!(!out.exists());
}
