//! The EPUB through EPUBCheck and MuPDF.

use std::io::Read;

use banxin::profile::Product;

use super::{built, pdf, printed, run};

#[test]
fn epubcheck_finds_nothing() {
    let file = built(Product::Epub).with_extension("epub");
    std::fs::copy(built(Product::Epub), &file).unwrap();
    let Some(output) = run("epubcheck", &[], &file) else { return };
    assert!(output.status.success(), "{}", printed(&output));
    assert_eq!(printed(&output), "");
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
