//! Books for tests: files in memory or the sample book, with a manifest that lists them.

use std::collections::BTreeMap;

use banxin::diag::{Sink, Span};
use banxin::files::{BookPath, Folder};
use banxin::manifest::{
    BookletChoice, ChapterEntry, CoverChoice, EditionChoice, Entry, EpubChoice, FontChoice,
    IndexChoice, Located, Manifest, Matter, Metadata, Numbering, Opening, TermLinks, Typesetting,
};
use banxin::profile::{Binding, Printer, Product, TRIMS};
use banxin::script::{self, Order, Scheme};

/// A picture of one white pixel.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\xb18\xf6\x14\x00\x00\x00\x00IEND\xaeB`\x82";

/// A folder that holds the files of a text, each after a line `@@ name`; a text without such a line
/// is `one.md`. A file that says `PNG` is a picture.
pub fn folder(text: &str) -> Folder {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut name = "one.md";
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("@@ ") {
            Some(next) => {
                name = next.trim_end();
                files.insert(name.into(), Vec::new());
            }
            None => files.entry(name.into()).or_default().extend(line.as_bytes()),
        }
    }
    for bytes in files.values_mut().filter(|bytes| bytes.trim_ascii() == b"PNG") {
        *bytes = PNG.to_vec();
    }
    Folder::Memory(files)
}

/// A manifest for chapters, each with where it stands in the book. Its `book.toml` is a list of
/// their names, so that findings can point at them.
pub fn manifest(chapters: &[(&str, Matter)], sink: &mut Sink) -> Manifest {
    let names: Vec<&str> = chapters.iter().map(|&(name, _)| name).collect();
    let source = sink.sources.add("book.toml", &names.join("\n"));
    let mut start = 0;
    let mut entry = |&(name, matter): &(&str, Matter)| {
        let span = Span::new(source, start..start + name.len());
        start += name.len() + 1;
        let file = Located { value: BookPath::new(name).unwrap(), span };
        Entry::Chapter(ChapterEntry { file, matter, source: None })
    };
    Manifest {
        binding: Binding::Left,
        metadata: Metadata {
            title: "书名".into(),
            subtitle: String::new(),
            language: "zh-Hans".into(),
            rules: script::rules("zh-Hans").unwrap(),
            identifier: "urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870a".into(),
            isbn: None,
            publisher: String::new(),
            date: "2025-12-23".into(),
            modified: "2025-12-23T00:00:00Z".into(),
            description: String::new(),
            rights: String::new(),
            licence: String::new(),
            source: String::new(),
            subjects: Vec::new(),
            series: None,
        },
        credits: Vec::new(),
        contents: chapters.iter().map(&mut entry).collect(),
        listings: Vec::new(),
        cover: CoverChoice::default(),
        half_title: false,
        dedication: String::new(),
        imprint: None,
        picture_credits: false,
        trim: &TRIMS[0],
        opening: Opening::Any,
        numbering: Numbering::On(Scheme::Words),
        typesetting: Typesetting::default(),
        fonts: FontChoice::default(),
        printer: Located { value: Printer::default(), span: Span::new(source, 0..0) },
        booklet: BookletChoice::default(),
        epub: EpubChoice::default(),
        index: IndexChoice {
            order: Order::Pinyin,
            see: Vec::new(),
            also: Vec::new(),
            readings: Vec::new(),
        },
        glossary: TermLinks::First,
        edition: EditionChoice {
            known: vec!["main".into(), "zh-Hant".into()],
            ..EditionChoice::default()
        },
        citations: None,
        archive: Default::default(),
        outputs: Product::USUAL.to_vec(),
        slug: "book".into(),
    }
}

/// The sample book's folder.
pub fn sample_folder() -> Folder {
    Folder::Disk(concat!(env!("CARGO_MANIFEST_DIR"), "/book").into())
}

/// The chapters of the sample book.
pub const SAMPLE: [(&str, Matter); 10] = [
    ("preface.md", Matter::Front),
    ("chatham-house.md", Matter::Body),
    ("csis.md", Matter::Body),
    ("cfr.md", Matter::Body),
    ("nbr.md", Matter::Body),
    ("brookings.md", Matter::Body),
    ("comparison.md", Matter::Body),
    ("timeline.md", Matter::Back),
    ("glossary.md", Matter::Back),
    ("references.md", Matter::Back),
];
