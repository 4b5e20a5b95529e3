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

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::manifest::Manifest;
use banxin::profile::{Product, TRIMS, Trim};
use banxin::{book, font, layout, manifest, manuscript, pdf};

use crate::sample;
use generate::{Extent, Inserts};
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
    assert!(report.most() <= gate.stretch, "{report}");
    assert!(report.grid >= gate.grid, "{report}");
}

#[test]
fn the_sample_book_keeps_every_rule() {
    let report = report(&built(&sample::sample_folder(), |_| {}));
    assert!(report.lines > 500, "{report}");
    assert_gate(&report, &Gate { short: 0, stretch: 0.14, grid: 0.95 });
}

/// A trim with lines of `measure` ems in the middle of the page.
fn trim(measure: u16) -> &'static Trim {
    let size = if measure > 26 { TRIMS[1] } else { TRIMS[0] };
    let rest = size.size.width - size.body * i32::from(measure);
    Box::leak(Box::new(Trim { measure, inner: rest / 2, ..size }))
}

/// The generated book: 100,000 characters.
const MIXED: Extent = Extent { chapters: 20, length: 5_000, inserts: Inserts::None };

/// The report on the generated book in lines of `measure` ems. It has far more words that no break
/// divides, marks in clusters and addresses than a book that someone wrote, so that its gates are
/// wider.
fn mixed(measure: u16) -> Report {
    let report = report(&built(&generate::folder(MIXED), |manifest| manifest.trim = trim(measure)));
    assert!(report.lines > 2000, "{report}");
    report
}

#[test]
fn a_mixed_book_keeps_the_rules_at_18_ems() {
    // Four first lines of 16 ems stand before a word, such as `（DeepSeek）`, that has no room there.
    assert_gate(&mixed(18), &Gate { short: 4, stretch: 0.25, grid: 0.75 });
}

#[test]
fn a_mixed_book_keeps_the_rules_at_26_ems() {
    assert_gate(&mixed(26), &Gate { short: 0, stretch: 0.20, grid: 0.82 });
}

#[test]
fn a_mixed_book_keeps_the_rules_at_36_ems() {
    assert_gate(&mixed(36), &Gate { short: 0, stretch: 0.20, grid: 0.87 });
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
