//! How good the lines of a finished PDF are: glyphs read back from the file, against the rules of
//! Chinese typesetting.
//!
//! `BANXIN_METRIC_FILE=any.pdf cargo test --test suite -- metric::file --nocapture` reports on any
//! file.

mod faulty;
mod generate;
mod glyphs;
mod lines;
mod report;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::manifest::Manifest;
use banxin::profile::{Product, TRIMS, Trim};
use banxin::{book, font, layout, manifest, manuscript, pdf};

use crate::sample;
use report::{Fault, Report};

/// The report on a file.
fn report(pdf: &[u8]) -> Report {
    report::measure(&glyphs::read(pdf))
}

/// The screen PDF of a book, its manifest changed by `change`.
fn built(folder: &Folder, change: impl FnOnce(&mut Manifest)) -> Vec<u8> {
    let mut sink = Sink::default();
    let mut manifest = manifest::read(folder, &mut sink).unwrap();
    change(&mut manifest);
    let manuscript = manuscript::read(&manifest, folder, &mut sink).unwrap();
    let fonts = font::load(&manifest.fonts, folder, &mut sink).unwrap();
    let book = book::resolve(manifest, manuscript, folder, &fonts, &mut sink).unwrap();
    let layout = layout::lay_out(&book, &fonts, &mut sink);
    let findings: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    let mut files = pdf::write(&book, &fonts, &layout, &[Product::Screen], &mut sink).unwrap();
    files.remove(0).1
}

/// Asserts what no page may have, and how far lines may be stretched.
fn assert_gates(report: &Report, most: f64, grid: f64) {
    println!("{report}");
    let none = [
        Fault::Overfull,
        Fault::Short,
        Fault::KinsokuStart,
        Fault::KinsokuEnd,
        Fault::Squeeze,
        Fault::Spacing,
        Fault::Lonely,
        Fault::Stranded,
        Fault::Widow,
        Fault::Orphan,
        Fault::NoteElsewhere,
    ];
    assert!(none.iter().all(|&fault| report.count(fault) == 0), "{report}");
    assert!(report.most() <= most, "{report}");
    assert!(report.grid >= grid, "{report}");
}

#[test]
fn the_sample_book_keeps_every_rule() {
    let report = report(&built(&sample::sample_folder(), |_| {}));
    assert!(report.lines > 500, "{report}");
    assert_gates(&report, 0.14, 0.97);
}

/// A trim with lines of `measure` ems in the middle of the page.
fn trim(measure: u16) -> &'static Trim {
    let size = if measure > 26 { TRIMS[1] } else { TRIMS[0] };
    let rest = size.size.width - size.body * i32::from(measure);
    Box::leak(Box::new(Trim { measure, inner: rest / 2, ..size }))
}

#[test]
fn a_mixed_book_keeps_every_rule_at_18_ems() {
    let report = report(&built(&generate::folder(), |manifest| manifest.trim = trim(18)));
    assert_gates(&report, 0.20, 0.97);
}

#[test]
fn a_mixed_book_keeps_every_rule_at_26_ems() {
    let report = report(&built(&generate::folder(), |manifest| manifest.trim = trim(26)));
    assert_gates(&report, 0.14, 0.97);
}

#[test]
fn a_mixed_book_keeps_every_rule_at_36_ems() {
    let report = report(&built(&generate::folder(), |manifest| manifest.trim = trim(36)));
    assert_gates(&report, 0.14, 0.97);
}

#[test]
fn file() {
    let Some(path) = std::env::var_os("BANXIN_METRIC_FILE") else {
        println!("skipped: `BANXIN_METRIC_FILE` names no file");
        return;
    };
    println!("{}", report(&std::fs::read(path).unwrap()));
}
