//! Six EPUBs in readers that others wrote: EPUBCheck, Ace, foliate-js and epub.js in Chromium, MuPDF,
//! Calibre, the sanitizer of fonts that browsers use; and whether their text is that of the manuscript.

mod books;
mod draft;
mod opened;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use banxin::book::Book;
use banxin::diag::Sink;
use banxin::layout::{self, Layout};
use banxin::{manifest, manuscript};
use serde_json::Value;

use super::{call, lacking, printed, resolved, run};
use books::Sample;
use opened::{Line, Opened};

/// Where the packages of Node are.
const NODE_MODULES: &str = "BANXIN_NODE_MODULES";

/// A file that stands beside this one.
fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/readers").join(name)
}

/// Runs a script of Node on the books.
fn node<'a>(script: &str, books: impl IntoIterator<Item = &'a Sample>) -> Option<Output> {
    if std::env::var_os(NODE_MODULES).is_none() {
        return lacking(NODE_MODULES, "it says where the packages of Node are");
    }
    let files = books.into_iter().map(|book| &book.epub);
    call(Command::new("node").arg(beside(script)).args(files))
}

/// The titles of the outline as the model has them, the number of each left out.
fn titles(book: &Book) -> Vec<&str> {
    let depth = book.epub.toc_depth;
    let mut titles = Vec::new();
    for chapter in &book.chapters {
        titles.extend(chapter.part.as_ref().map(|part| part.title.as_str()));
        titles.push(&chapter.plain_title);
        let listed = chapter.headings().filter(|heading| heading.level <= depth);
        titles.extend(listed.map(|heading| heading.plain.as_str()));
    }
    let credits = book.metadata.rules.labels.credits;
    titles.extend((!book.credits.is_empty()).then_some(credits));
    titles
}

/// The numbers of the printed pages whose beginning the layout knows.
fn page_numbers(layout: &Layout) -> Vec<String> {
    let pages = layout.pages.iter().zip(&layout.starts);
    let folios = pages.filter_map(|(page, start)| start.and(page.folio));
    folios.map(|folio| folio.numerals.write(folio.number)).collect()
}

#[test]
fn the_nav_says_what_the_book_has() {
    for sample in books::all() {
        let (book, fonts) = resolved(&sample.folder);
        let nav = Opened::new(&sample.epub).nav();
        let titles = titles(&book);
        assert_eq!(nav.toc.len(), titles.len(), "{}", sample.name);
        for ((_, label), title) in nav.toc.iter().zip(titles) {
            assert!(label.ends_with(title), "{}: {label} for {title}", sample.name);
        }
        assert_eq!(nav.landmarks, 3, "{}: cover, contents, text", sample.name);
        if sample.is_paged() {
            let layout = layout::lay_out(&book, &fonts, &mut Sink::default());
            // The contents stand before the preface here, and after it in print.
            let (mut found, mut printed) = (nav.pages, page_numbers(&layout));
            found.sort();
            printed.sort();
            assert_eq!(found, printed, "{}", sample.name);
        } else {
            assert_eq!(nav.pages, [""; 0], "{}", sample.name);
        }
    }
}

#[test]
fn text_out_is_text_in() {
    for sample in books::all() {
        let (book, _) = resolved(&sample.folder);
        let out = words::out(&sample.epub, sample.source);
        let mut sink = Sink::default();
        let manifest = manifest::read(&sample.folder, None, &mut sink).unwrap();
        let manuscript = manuscript::read(&manifest, &sample.folder, &mut sink).unwrap();
        out.assert_same(&words::written(&manuscript, &book), sample.name);
        if let Some(words) = &sample.words {
            out.assert_same(words, sample.name);
        }
    }
}

#[test]
fn epubcheck_finds_nothing() {
    for sample in books::all() {
        let Some(output) = run("epubcheck", &[], &sample.epub) else { return };
        assert!(output.status.success(), "{}: {}", sample.name, printed(&output));
        assert_eq!(printed(&output), "", "{}", sample.name);
    }
}

/// Ace takes near half a second for a document: of the book of many chapters it has a tenth.
#[test]
fn ace_passes() {
    let folder = tempfile::tempdir().unwrap();
    let short = books::shortened(folder.path());
    let traditional = books::traditional(folder.path());
    let (_, most) = books::all().split_last().unwrap();
    let books: Vec<&Sample> = most.iter().chain([&short, &traditional]).collect();
    let Some(output) = node("ace.mjs", books.iter().copied()) else { return };
    let report = printed(&output);
    assert!(output.status.success(), "{report}");
    let outcome = |sample: &&Sample| {
        let documents = Opened::new(&sample.epub).spine().len();
        // The package document, the nav under two names, and the spine.
        format!("{}.epub: pass, {} documents\n", sample.name, documents + 3)
    };
    assert_eq!(report, books.iter().map(outcome).collect::<String>());
}

#[test]
fn browser_readers_show_every_page_font_and_line_of_the_contents() {
    let Some(output) = node("readers.mjs", books::all()) else { return };
    assert!(output.status.success(), "{}", printed(&output));
    let results: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results.len(), 2 * books::all().len());
    for (result, sample) in results.iter().zip(books::all().iter().cycle()) {
        let name = format!("{} in {}", sample.name, result["reader"]);
        assert_eq!(result["faults"], serde_json::json!([]), "{name}");
        let mut opened = Opened::new(&sample.epub);
        let nav = opened.nav();
        assert_eq!(result["toc"], serde_json::json!(nav.toc), "{name}");
        assert_eq!(result["landmarks"], nav.landmarks, "{name}");
        assert_eq!(result["pages"], nav.pages.len(), "{name}");
        let spine = opened.spine();
        let files: Vec<&str> =
            spine.iter().filter_map(|path| path.split('/').next_back()).collect();
        assert_eq!(result["shown"], serde_json::json!(files), "{name}");
        assert_eq!(result["fonts"].as_array().unwrap().len(), opened.fonts().len(), "{name}");
    }
}

#[test]
fn mupdf_has_the_outline_of_the_nav() {
    for sample in books::all() {
        let mut command = Command::new("mutool");
        let command = command.arg("run").arg(beside("outline.js")).arg(&sample.epub);
        let Some(output) = call(command) else { return };
        let text = String::from_utf8(output.stdout).unwrap();
        let line = |line: &str| -> Line {
            let (depth, label) = line.split_once(' ').unwrap();
            (depth.parse().unwrap(), label.to_owned())
        };
        let outline: Vec<Line> = text.lines().map(line).collect();
        assert_eq!(outline, Opened::new(&sample.epub).nav().toc, "{}", sample.name);
    }
}

#[test]
fn the_sanitizer_of_browsers_passes_every_font() {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    for sample in books::all() {
        let mut opened = Opened::new(&sample.epub);
        for path in opened.fonts() {
            let font = folder.path().join("font.ttf");
            std::fs::write(&font, opened.bytes(&path)).unwrap();
            let Some(output) = run("ots-sanitize", &[], &font) else { return };
            assert!(output.status.success(), "{} {path}: {}", sample.name, printed(&output));
            count += 1;
        }
    }
    assert!(count >= 6, "{count} fonts");
}

/// What Calibre reads of a book, by the names of its fields.
fn calibre(name: &str) -> Option<BTreeMap<String, String>> {
    let sample = books::all().iter().find(|sample| sample.name == name).unwrap();
    let mut command = Command::new("ebook-meta");
    let output = call(command.env("LC_ALL", "C.UTF-8").arg(&sample.epub))?;
    assert!(output.status.success(), "{}", printed(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let fields = text.lines().filter_map(|line| line.split_once(": "));
    Some(fields.map(|(name, value)| (name.trim().to_owned(), value.to_owned())).collect())
}

#[test]
fn calibre_reads_what_catalogues_say() {
    for (book, expected) in [
        (
            "notes",
            [
                ("Title", "注释集: 读书\"札记\" & <补遗>"),
                ("Author(s)", "江渡 & 山驿 [Jiang, Du & Shan, Yi]"),
                ("Publisher", "渡口书局"),
                ("Languages", "zho"),
                ("Series", "渡口丛书 #3"),
                ("Identifiers", "isbn:9780306406157"),
            ]
            .as_slice(),
        ),
        (
            "digest",
            &[
                ("Title", "对话与竞逐: 五家智库眼中的全球人工智能治理"),
                ("Author(s)", "黄晶"),
                ("Languages", "zho"),
            ],
        ),
    ] {
        let Some(fields) = calibre(book) else { return };
        for (name, value) in expected {
            assert_eq!(fields.get(*name).map(String::as_str), Some(*value), "{book}: {fields:?}");
        }
    }
}
