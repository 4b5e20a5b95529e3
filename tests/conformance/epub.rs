//! EPUBs through EPUBCheck, MuPDF and the sanitizer of fonts that browsers use.

use std::io::Read;
use std::path::{Path, PathBuf};

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

use super::{built, findings, page_texts, pdf, printed, run, traditional};

#[test]
fn epubcheck_finds_nothing() {
    for made in [built(Product::Epub), traditional(Product::Epub)] {
        let file = made.with_extension("epub");
        std::fs::copy(&made, &file).unwrap();
        let Some(output) = run("epubcheck", &[], &file) else { return };
        assert!(output.status.success(), "{}", printed(&output));
        assert_eq!(printed(&output), "");
    }
}

/// The other edition says 對話 with 「」 in the glyphs of Taiwan, and nothing in those of China.
#[test]
fn the_traditional_edition_is_traditional_throughout() {
    let Some(pages) = page_texts(&traditional(Product::Screen), &[]) else { return };
    let text = pages.concat();
    assert!(text.contains("讀者若能隨時追問「這是誰的判斷、"), "{text}");
    assert!(!text.contains(['“', '”', '这', '说', '话']), "{text}");
    let Some(output) = run("pdffonts", &[], &traditional(Product::Screen)) else { return };
    assert!(!printed(&output).contains("SC-"), "{}", printed(&output));
}

#[test]
fn epubcheck_would_find_a_fault() {
    let file = built(Product::Epub).with_extension("broken.epub");
    let mut bytes = std::fs::read(built(Product::Epub)).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&file, bytes).unwrap();
    let Some(output) = run("epubcheck", &[], &file) else { return };
    assert!(!output.status.success() && printed(&output).contains("PKG-"), "{}", printed(&output));
}

#[test]
fn mupdf_reads_every_page_without_a_warning() {
    let file = built(Product::Epub).with_extension("mupdf.epub");
    std::fs::copy(built(Product::Epub), &file).unwrap();
    let Some(output) = run("mutool", &["draw", "-q", "-F", "txt"], &file) else { return };
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", printed(&output));
    assert!(text.contains("第一章"), "the first chapter is there");
}

/// Books whose `[epub]` says something else: a name, the language, the table, a chapter.
const KINDS: [(&str, &str, &str, &str); 7] = [
    ("rare", "zh-Hans", "", "# 字\n\n鿏字，*重点*。\n"),
    (
        "full",
        "zh-Hans",
        "embed = \"full\"",
        "# 字\n\n## 节\n\n**强** `code` [直]{lang=ja}鿏。\n\n表：票数\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
    ),
    (
        "vertical-ja",
        "ja",
        "writing = \"vertical\"\nembed = \"full\"",
        "# 字\n\n　12月5日、本当に！？「版心」という。\n\n## 節\n\n- 一つ\n- 二つ\n",
    ),
    (
        "vertical-tc",
        "zh-Hant",
        "writing = \"vertical\"",
        "# 字\n\n民國12年，*重點*。[^1]\n\n[^1]: 註。\n\n表：票數\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
    ),
    (
        "numeric",
        "zh-Hans",
        "embed = \"full\"\n[citations]\nfiles = [\"works.bib\"]",
        "# 字\n\n甲[@luxun, 第12页]，乙[@knuth; @luxun]。[^n]\n\n[^n]: 又见[@knuth]。\n",
    ),
    (
        "author-date",
        "zh-Hans",
        "embed = \"full\"\n[citations]\nfiles = [\"works.bib\"]\nform = \"author-date\"\nscope = \"chapter\"",
        "# 字\n\n甲[@luxun, 第12页]，鲁迅[-@luxun]，乙[@knuth; @luxun]。\n\n## 所引 {.references}\n",
    ),
    (
        "notes",
        "zh-Hans",
        "embed = \"full\"\n[citations]\nfiles = [\"works.bib\"]\nform = \"notes\"",
        "# 字\n\n甲[@luxun, 第12页]，乙[@knuth]。[^n]\n\n[^n]: 又见[@knuth]。\n\n## 书目 {.references}\n",
    ),
];

/// The works that they cite.
const WORKS: &str = "@book{luxun, author = {鲁迅}, title = {呐喊}, location = {北京}, \
    publisher = {人民文学出版社}, date = {1973}}\n\
    @book{knuth, author = {Knuth, Donald E.}, title = {The TeXbook}, location = {Reading, Mass.}, \
    publisher = {Addison-Wesley}, date = {1984}}\n";

/// The EPUB of one of [`KINDS`], in a folder that goes with the test.
fn small(folder: &Path, kind: (&str, &str, &str, &str)) -> PathBuf {
    let (name, language, table, chapter) = kind;
    let manifest = format!(
        "title = \"版心\"\nlanguage = \"{language}\"\ndate = \"2025-12-23\"\n\
         identifier = \"urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870a\"\n\
         [contents]\nbody = [\"one.md\"]\n[epub]\n{table}\n"
    );
    let files =
        [("book.toml", manifest), ("one.md", chapter.to_owned()), ("works.bib", WORKS.to_owned())];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let mut sink = Sink::default();
    let built = banxin::build(&Folder::Memory(files.into()), None, &[Product::Epub], &mut sink)
        .unwrap_or_else(|_| panic!("{name}: {}", findings(&sink)));
    assert_eq!(findings(&sink), "", "{name}");
    let file = folder.join(name).with_extension("epub");
    std::fs::write(&file, &built.files[0].bytes).unwrap();
    file
}

#[test]
fn epubcheck_finds_nothing_in_books_of_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let Some(output) = run("epubcheck", &[], &small(folder.path(), kind)) else { return };
        assert_eq!(printed(&output), "", "{}", kind.0);
    }
}

#[test]
fn the_sanitizer_of_browsers_passes_every_font() {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let epub = std::fs::File::open(small(folder.path(), kind)).unwrap();
        let mut archive = zip::ZipArchive::new(epub).unwrap();
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        let fonts: Vec<&String> = names.iter().filter(|name| name.ends_with(".ttf")).collect();
        assert_eq!(fonts.is_empty(), kind.0 == "vertical-tc", "{}: {names:?}", kind.0);
        for name in fonts {
            let font = folder.path().join("font.ttf");
            let mut file = std::fs::File::create(&font).unwrap();
            std::io::copy(&mut archive.by_name(name).unwrap(), &mut file).unwrap();
            let Some(output) = run("ots-sanitize", &[], &font) else { return };
            assert!(output.status.success(), "{} {name}: {}", kind.0, printed(&output));
        }
    }
}

/// The file of the EPUB at a path.
fn entry(path: &str) -> String {
    let file = std::fs::File::open(built(Product::Epub)).unwrap();
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The characters of XHTML without tags, readings, numbers of notes and white space.
fn bare(xhtml: &str) -> String {
    let mut words = String::new();
    let mut rest = xhtml;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let hidden = ["rt>", "rp>", "sup>"].into_iter().find(|name| tag.starts_with(name));
        let end = hidden.map_or(">".to_owned(), |name| format!("</{name}"));
        rest = tag.split_once(&end).map_or("", |(_, rest)| rest);
    }
    words.push_str(rest);
    let words = words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    words.chars().filter(|&c| !c.is_whitespace() && c != '\u{2060}').collect()
}

#[test]
fn the_first_words_after_a_page_break_are_the_first_of_the_printed_page() {
    let Some(pages) = pdf::pages(&built(Product::Print), Product::Print) else { return };
    let pages: Vec<String> = pages.iter().map(|page| bare(page)).collect();
    let nav = entry("OEBPS/nav.xhtml");
    let list = nav.split_once("epub:type=\"page-list\"").unwrap().1;
    let breaks: Vec<(&str, String)> = list.lines().filter_map(first_words).collect();
    let first = &breaks.iter().find(|(label, _)| *label == "1").unwrap().1;
    let front = pages.iter().position(|page| page.starts_with(first)).unwrap();
    let mut checked = 0;
    for (label, words) in &breaks {
        let Ok(number) = label.parse::<usize>() else { continue };
        let page = &pages[front + number - 1];
        let found = page.find(words.as_str());
        let before = &page[..found.unwrap_or_else(|| panic!("page {label} lacks {words}: {page}"))];
        // The sign or number of an item is the reader's; a figure or table that waited stands above the text.
        let item = before.trim_end_matches('.');
        let number = item == "•" || item.parse::<usize>().is_ok();
        let above = before.contains('图') || before.contains('表');
        assert!(before.is_empty() || number || above, "page {label}: {words} after {before}");
        checked += usize::from(before.is_empty());
    }
    assert!(checked >= 30, "{checked}");
}

/// The label of a line of the page list, and the first eight characters after the break.
fn first_words(line: &str) -> Option<(&str, String)> {
    let (target, label) = line.strip_prefix("<li><a href=\"")?.split_once("\">")?;
    let label = label.trim_end_matches("</a></li>");
    let (path, id) = target.split_once('#').unwrap();
    let page = entry(&format!("OEBPS/{path}"));
    let (_, after) = page.split_once(&format!("id=\"{id}\" aria-label=\"{label}\"/>")).unwrap();
    Some((label, bare(after).chars().take(8).collect()))
}
