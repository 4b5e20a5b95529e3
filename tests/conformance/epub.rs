//! The EPUB through EPUBCheck and MuPDF.

use banxin::profile::Product;

use super::{built, printed, run};

#[test]
fn epubcheck_finds_nothing() {
    let file = built(Product::Epub).with_extension("epub");
    std::fs::copy(built(Product::Epub), &file).unwrap();
    let Some(output) = run("epubcheck", &["--format", "json"], &file) else { return };
    let report = printed(&output);
    assert!(output.status.success(), "{report}");
    for severity in ["ERROR", "FATAL", "WARNING"] {
        assert!(!report.contains(severity), "{report}");
    }
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
