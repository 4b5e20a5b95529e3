//! How good the lines of a finished PDF are: glyphs read back from the file, against the rules of
//! Chinese typesetting.
//!
//! `BANXIN_METRIC_FILE=any.pdf cargo test --test suite -- metric::file --nocapture` reports on any
//! file, or several with `:` between them; a book's folder is set first, in lines of 18, 26 and 36
//! ems. `benches/compare.py` uses it to compare engines.

mod faulty;
#[expect(dead_code, reason = "benches set figures, tables and paragraphs without end")]
mod generate;
mod glyphs;
mod lines;
mod report;

use std::path::Path;

use banxin::diag::{Code, Sink};
use banxin::files::Folder;
use banxin::manifest::Manifest;
use banxin::profile::{Product, TRIMS, Trim};
use banxin::{book, font, layout, manifest, manuscript, pdf};

use crate::sample;
use generate::{Extent, Inserts, Mix};
use report::{Fault, Report};

/// The report on a file.
fn report(pdf: &[u8]) -> Report {
    report::measure(&glyphs::read(pdf))
}

/// The screen PDF of a book, its manifest changed by `change`.
fn built(folder: &Folder, change: impl FnOnce(&mut Manifest)) -> Vec<u8> {
    let mut sink = Sink::default();
    let mut manifest = manifest::read(folder, None, &mut sink).unwrap();
    change(&mut manifest);
    let narrow = manifest.trim.measure < 20;
    let manuscript = manuscript::read(&manifest, folder, &mut sink).unwrap();
    let fonts = font::load(&manifest.fonts, folder, &mut sink).unwrap();
    let book = book::resolve(manifest, manuscript, folder, &fonts, &mut sink).unwrap();
    let layout = layout::lay_out(&book, &fonts, &mut sink);
    // The report counts short lines itself; the sample book's tables are not made for 18 ems.
    let known = |code| code == Code::ShortLine || (narrow && code == Code::WideTable);
    let findings = sink.findings().iter().filter(|finding| !known(finding.code));
    let findings: Vec<String> = findings.map(|finding| sink.line(finding)).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    let mut files = pdf::write(&book, &fonts, &layout, &[Product::Screen], &mut sink).unwrap();
    files.remove(0).1.bytes
}

/// What a document may have at most, and how much of it must stand on the grid.
struct Gate {
    /// Lines that no legal break can fill, each left short.
    short: usize,
    /// Ems between hanzi.
    stretch: f64,
    /// Of the lines without Latin letters or digits.
    grid: f64,
}

/// Asserts what no page may have, and the gate.
fn assert_gate(report: &Report, gate: &Gate) {
    println!("{report}");
    let none = [
        Fault::Overfull,
        Fault::KinsokuStart,
        Fault::KinsokuEnd,
        Fault::Squeeze,
        Fault::Spacing,
        Fault::Quote,
        Fault::Lonely,
        Fault::Stranded,
        Fault::Widow,
        Fault::Orphan,
        Fault::NoteElsewhere,
    ];
    assert!(none.iter().all(|&fault| report.count(fault) == 0), "{report}");
    assert!(report.count(Fault::Short) <= gate.short, "{report}");
    // The numbers of a PDF are rounded.
    assert!(report.most() <= gate.stretch + 0.001, "{report}");
    assert!(report.grid >= gate.grid, "{report}");
}

/// The report on the sample book in lines of `measure` ems.
fn sample(measure: u16) -> Report {
    let folder = sample::sample_folder();
    let report = report(&built(&folder, |manifest| manifest.trim = trim(measure)));
    assert!(report.lines > 300, "{report}");
    report
}

#[test]
fn the_sample_book_keeps_every_rule_at_18_ems() {
    assert_gate(&sample(18), &Gate { short: 0, stretch: 0.20, grid: 0.97 });
}

#[test]
fn the_sample_book_keeps_every_rule_at_26_ems() {
    assert_gate(&sample(26), &Gate { short: 0, stretch: 0.14, grid: 0.97 });
}

#[test]
fn the_sample_book_keeps_every_rule_at_36_ems() {
    assert_gate(&sample(36), &Gate { short: 0, stretch: 0.14, grid: 0.97 });
}

/// A trim with lines of `measure` ems in the middle of the page.
fn trim(measure: u16) -> &'static Trim {
    let size = if measure > 26 { TRIMS[1] } else { TRIMS[0] };
    let rest = size.size.width - size.body * i32::from(measure);
    Box::leak(Box::new(Trim { measure, inner: rest / 2, ..size }))
}

/// The report on a generated book of 100,000 characters in lines of `measure` ems.
fn mixed(mix: Mix, measure: u16) -> Report {
    let extent = Extent { chapters: 20, length: 5_000, inserts: Inserts::None, mix };
    let report =
        report(&built(&generate::folder(extent), |manifest| manifest.trim = trim(measure)));
    assert!(report.lines > 2000, "{report}");
    report
}

#[test]
fn a_mixed_book_keeps_the_rules_at_18_ems() {
    assert_gate(&mixed(Mix::Usual, 18), &Gate { short: 2, stretch: 0.20, grid: 0.97 });
}

#[test]
fn a_mixed_book_keeps_the_rules_at_26_ems() {
    assert_gate(&mixed(Mix::Usual, 26), &Gate { short: 1, stretch: 0.14, grid: 0.97 });
}

#[test]
fn a_mixed_book_keeps_the_rules_at_36_ems() {
    assert_gate(&mixed(Mix::Usual, 36), &Gate { short: 0, stretch: 0.14, grid: 0.97 });
}

#[test]
fn a_dense_book_keeps_the_rules_at_18_ems() {
    assert_gate(&mixed(Mix::Dense, 18), &Gate { short: 4, stretch: 0.20, grid: 0.97 });
}

#[test]
fn a_dense_book_keeps_the_rules_at_26_ems() {
    assert_gate(&mixed(Mix::Dense, 26), &Gate { short: 1, stretch: 0.14, grid: 0.97 });
}

#[test]
fn a_dense_book_keeps_the_rules_at_36_ems() {
    assert_gate(&mixed(Mix::Dense, 36), &Gate { short: 0, stretch: 0.14, grid: 0.97 });
}

/// The measures that books are compared at.
const MEASURES: [u16; 3] = [18, 26, 36];

#[test]
fn file() {
    let Some(paths) = std::env::var_os("BANXIN_METRIC_FILE") else {
        println!("skipped: `BANXIN_METRIC_FILE` names no file");
        return;
    };
    for path in std::env::split_paths(&paths) {
        if path.is_dir() {
            set(&path);
        } else {
            println!("== {}\n{}", path.display(), report(&std::fs::read(&path).unwrap()));
        }
    }
}

/// Sets a book's folder at each measure and writes `folder-26.pdf` and so on beside it.
fn set(folder: &Path) {
    for measure in MEASURES {
        let pdf = built(&Folder::Disk(folder.to_owned()), |manifest| manifest.trim = trim(measure));
        let name = folder.with_file_name(format!(
            "{}-{measure}.pdf",
            folder.file_name().unwrap_or_default().to_string_lossy()
        ));
        println!("== {}\n{}", name.display(), report(&pdf));
        std::fs::write(name, pdf).unwrap();
    }
}
