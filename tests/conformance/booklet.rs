//! Booklets through poppler, MuPDF and qpdf: what stands on which half of which side.

use std::path::Path;

use banxin::diag::Sink;
use banxin::layout::Layout;
use banxin::manifest::{BookletChoice, CoverPages};
use banxin::pdf::write_sheets;
use banxin::press;
use banxin::profile::Binding;
use banxin::profile::Product;
use banxin::units::Length;

use super::{built, printed, run};
use crate::booklet::{laid_out, word};

/// The fold of a sheet of A4, in points.
const FOLD: f64 = 297.0 / 2.0 * 72.0 / 25.4;

/// The words of pages on the left and the right half of a side, and where they begin.
type Halves = [Option<(String, f64)>; 2];

/// What poppler finds on each side of a file.
fn sides(file: &Path) -> Option<Vec<Halves>> {
    let output = run("pdftotext", &["-bbox"], file)?;
    assert!(output.status.success(), "{}", printed(&output));
    let text = std::fs::read_to_string(file.with_extension("html")).unwrap();
    let mut sides = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            sides.push(Halves::default());
        }
        let Some(start) = line.strip_prefix("<word xMin=\"") else { continue };
        let x: f64 = start.split('"').next().unwrap().parse().unwrap();
        let word = line.split(['<', '>']).nth(2).unwrap();
        if word.starts_with('N') {
            let half = usize::from(x > FOLD);
            let halves = sides.last_mut().unwrap();
            assert!(halves[half].is_none(), "two pages on a half");
            halves[half] = Some((word.to_owned(), x));
        }
    }
    Some(sides)
}

/// The words as a reader meets them who folds the sheets, signature by signature of `sheets`.
fn folded(sides: &[Halves], signatures: &[usize], spine: Binding) -> Vec<Option<String>> {
    let (near, far) = match spine {
        Binding::Left => (0, 1),
        Binding::Right => (1, 0),
    };
    let word = |half: &Option<(String, f64)>| half.as_ref().map(|(word, _)| word.clone());
    let mut read = Vec::new();
    let mut rest = sides;
    for &sheets in signatures {
        let (own, others) = rest.split_at(sheets * 2);
        rest = others;
        for sheet in own.chunks(2) {
            read.extend([word(&sheet[0][far]), word(&sheet[1][near])]);
        }
        for sheet in own.chunks(2).rev() {
            read.extend([word(&sheet[1][far]), word(&sheet[0][near])]);
        }
    }
    assert!(rest.is_empty());
    read
}

/// The sizes of signatures as a binder would write them down.
fn signatures(pages: usize, most: usize) -> Vec<usize> {
    let sheets = pages.div_ceil(4);
    let mut sizes = vec![0; sheets.div_ceil(most)];
    let count = sizes.len();
    (0..sheets).for_each(|sheet| sizes[sheet % count] += 1);
    sizes
}

/// The words that stand on pages in order, and blanks up to the end of the last sheet.
fn expected(pages: usize) -> Vec<Option<String>> {
    let filled = pages.next_multiple_of(4);
    (1..=filled).map(|page| (page <= pages).then(|| word(page))).collect()
}

#[test]
fn the_text_of_folded_sheets_is_in_order_for_1_to_64_pages() {
    let (mut book, fonts, mut layout) = laid_out(64);
    let all = layout.pages.split_off(layout.pages.len() - 64);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("booklet.pdf");
    for (most, spine) in [(usize::MAX, Binding::Left), (4, Binding::Left), (3, Binding::Right)] {
        for count in 1..=64 {
            let pages = all[..count].to_vec();
            layout = Layout { pages, ..layout };
            let cover = CoverPages::Without;
            let usual = BookletChoice::default();
            book.booklet = BookletChoice { signature: most, spine, cover, ..usual };
            let mut sink = Sink::default();
            let sheets = press::impose(&book, &layout, &mut sink).unwrap();
            let written = write_sheets(&book, &fonts, &layout, &sheets, &mut sink).unwrap();
            std::fs::write(&file, written.bytes).unwrap();
            let Some(sides) = sides(&file) else { return };
            let read = folded(&sides, &signatures(count, most), spine);
            assert_eq!(read, expected(count), "{count} pages, {most} sheets, {spine:?}");
        }
    }
}

#[test]
fn words_stand_where_the_creep_moves_them() {
    let (mut book, fonts, mut layout) = laid_out(40);
    layout.pages = layout.pages.split_off(layout.pages.len() - 40);
    let (thickness, cover) = (Length::mm(0.25), CoverPages::Without);
    book.booklet = BookletChoice { thickness, cover, ..BookletChoice::default() };
    let mut sink = Sink::default();
    let sheets = press::impose(&book, &layout, &mut sink).unwrap();
    let written = write_sheets(&book, &fonts, &layout, &sheets, &mut sink).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("booklet.pdf");
    std::fs::write(&file, written.bytes).unwrap();
    let Some(sides) = sides(&file) else { return };
    let x = |side: usize, half: usize| sides[side][half].as_ref().unwrap().1;
    for side in 0..sides.len() {
        let creep = thickness.as_pt() * f64::from(u32::try_from(side / 2).unwrap());
        for (half, moved) in [(0, creep), (1, -creep)] {
            let off = x(side, half) - x(side % 2, half) - moved;
            assert!(off.abs() < 0.002, "side {side}, half {half}: {off} pt off");
        }
    }
}

#[test]
fn a_booklet_of_the_sample_begins_with_its_cover_and_says_how_to_print() {
    let Some(output) = run("qpdf", &["--json", "--json-key=pages"], &built(Product::Booklet))
    else {
        return;
    };
    assert!(output.status.success());
    let Some(output) = run("pdfinfo", &[], &built(Product::Booklet)) else { return };
    let info = printed(&output);
    assert!(info.contains(" · 小册子"), "{info}");
    assert!(info.contains("841.89 x 595.276 pts (A4)"), "{info}");
}
