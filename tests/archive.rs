//! A book in; the records of its package out.

use std::fmt::Write;

use banxin::archive::records::{self, Work};
use banxin::archive::{Held, Role};
use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::font::{self};
use banxin::{book, manifest, manuscript};

use crate::{cases, conformance, sample};

#[test]
fn records_of_a_digest() {
    cases::run("archive/digest.txt", shown);
}

#[test]
fn records_of_books_in_other_languages() {
    cases::run("archive/languages.txt", shown);
}

#[test]
fn records_of_a_book_that_says_all() {
    cases::run("archive/rich.txt", shown);
}

/// Every record of the book of a case, whose package holds an EPUB and the chapters.
fn shown(input: &str) -> String {
    let folder = sample::folder(input);
    let mut shown = String::new();
    for (name, bytes) in written(&folder) {
        write!(shown, "{name}\n{}", String::from_utf8(bytes).unwrap()).unwrap();
    }
    without_sums(&shown.replace(env!("CARGO_PKG_VERSION"), "VERSION"))
}

/// A text without sizes and checksums, which change with the program's version.
fn without_sums(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut line = line.to_owned();
        for (start, end) in
            [("<size>", "<"), ("<messageDigest>", "<"), (" SIZE=\"", "\""), (" CHECKSUM=\"", "\"")]
        {
            if let Some(at) = line.find(start) {
                let from = at + start.len();
                let length = line[from..].find(end).unwrap();
                line.replace_range(from..from + length, "…");
            }
        }
        line + "\n"
    });
    lines.collect()
}

#[test]
fn records_tell_sizes_and_checksums_of_each_other() {
    let records = written(&rich());
    let find = |wanted| {
        let (_, bytes) = records.iter().find(|(name, _)| *name == wanted).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let (premis, mets) = (find("premis.xml"), find("mets.xml"));
    for (name, bytes) in &records[..5] {
        let held = Held::new(String::new(), Role::Metadata, bytes);
        let said = format!("SIZE=\"{}\" CHECKSUM=\"{}\"", held.size, held.sha512);
        // As a record and as a file.
        assert_eq!(mets.matches(&said).count(), 2, "{name}");
        assert_eq!(premis.matches(&held.sha256).count(), usize::from(*name != "premis.xml"));
    }
    assert!(premis.contains("<size>58</size>"));
}

/// The records of a book.
pub fn written(folder: &Folder) -> Vec<(&'static str, Vec<u8>)> {
    let mut sink = Sink::default();
    let mut manifest = manifest::read(folder, None, &mut sink).unwrap();
    // As without `SOURCE_DATE_EPOCH`.
    manifest.metadata.modified = manifest.metadata.date.clone() + "T00:00:00Z";
    let imprint = manifest.imprint.clone();
    let manuscript = manuscript::read(&manifest, folder, &mut sink).unwrap();
    let fonts = font::load(&manifest.fonts, folder, &mut sink).unwrap();
    let book = book::resolve(manifest, manuscript, folder, &fonts, &mut sink)
        .unwrap_or_else(|_| panic!("{}", conformance::findings(&sink)));
    let epub = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/epub+zip"].concat();
    let mut held = vec![Held::new("data/access/book.epub".into(), Role::Access, &epub)];
    for chapter in &book.chapters {
        let path = format!("data/source/{}.md", chapter.stem);
        held.push(Held::new(path, Role::Source, chapter.plain_title.as_bytes()));
    }
    let work = Work { book: &book, imprint: imprint.as_ref(), pages: Some(62) };
    records::write(work, &held)
}

/// MARCXML has no schema at hand: what it would say of lengths, indicators and codes is looked at here.
#[test]
fn a_marc_record_has_fields_of_the_right_shape() {
    for folder in [sample::sample_folder(), rich()] {
        let records = written(&folder);
        let (_, marc) = records.iter().find(|(name, _)| *name == "marc21.xml").unwrap();
        let text = String::from_utf8(marc.clone()).unwrap();
        let between =
            |line: &str| line.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned();
        let mut last = String::new();
        for line in text.lines() {
            let line = line.trim();
            if line.starts_with("<leader") {
                assert_eq!(between(line).len(), 24, "{line}");
            } else if line.contains("tag=\"008\"") {
                assert_eq!(between(line).len(), 40, "{line}");
            } else if line.contains("tag=\"007\"") {
                assert_eq!(between(line).len(), 14, "{line}");
            } else if line.starts_with("<datafield") {
                let value = |name: &str| {
                    let (_, rest) = line.split_once(&format!(" {name}=\"")).unwrap();
                    rest.split_once('"').unwrap().0.to_owned()
                };
                let tag = value("tag");
                assert!(tag.len() == 3 && tag[..1] >= last[..1.min(last.len())], "{line}");
                for indicator in [value("ind1"), value("ind2")] {
                    assert!(indicator == " " || indicator.parse::<u8>().is_ok_and(|it| it < 10));
                }
                last = tag;
            } else if line.starts_with("<subfield") {
                let code = line.split('"').nth(1).unwrap();
                assert!(code.len() == 1 && code.chars().all(|c| c.is_ascii_alphanumeric()));
                assert!(!between(line).is_empty(), "{line}");
            }
        }
        assert_eq!(text.matches("tag=\"245\"").count(), 1);
    }
}

/// A book that says all that a catalogue asks for, in words that XML must escape.
pub fn rich() -> Folder {
    let case = include_str!("cases/archive/rich.txt");
    let (_, case) = case.split_once('\n').unwrap();
    let (book, _) = case.split_once("\n---\n").unwrap();
    sample::folder(book)
}

#[test]
fn a_book_without_rights_comes_as_a_whole_package_with_a_warning() {
    let toml = "title = \"小书\"\nidentifier = \"urn:uuid:6b0d1fd6-2f0e-4c61-9f0d-6c2b8d0f7a11\"\n\
                date = \"2025-12-23\"\ncontents.body = [\"一.md\"]\n";
    let files = [("book.toml", toml), ("一.md", "# 第一篇\n\n正文。\n"), ("other.md", "# x\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.into())).into();
    let mut sink = Sink::default();
    let only = [banxin::profile::Product::Archive];
    let built = banxin::build(&Folder::Memory(files), None, &only, &mut sink).unwrap();
    let found: Vec<&str> = sink.findings().iter().map(|one| one.code.as_str()).collect();
    // Who made it, who publishes it, what may be done with it.
    assert_eq!(found, ["archive-lacks"; 3]);
    let [package] = built.files.as_slice() else { panic!("more than the package") };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("package.zip");
    std::fs::write(&path, &package.bytes).unwrap();
    assert!(banxin::archive::verify(&path, &mut sink).is_ok());
    let zip = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let sources: Vec<&str> = zip.file_names().filter(|name| name.contains("/source/")).collect();
    assert_eq!(sources, ["book-archive/data/source/book.toml", "book-archive/data/source/一.md"]);
}
