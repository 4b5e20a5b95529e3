//! The EPUB through EPUBCheck and MuPDF.

use banxin::profile::Product;

use super::{built, printed, run};

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
