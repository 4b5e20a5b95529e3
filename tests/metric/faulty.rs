//! Pages with faults, which the report must find.

use super::glyphs::Glyph;
use super::report::{Fault, measure};

/// One em in points.
const EM: f64 = 10.0;

/// Lines of ten ems, a page break at each empty one. A line that begins with `#` is a heading;
/// every character stands in a box of an em but for Latin letters, which take half of one, and
/// circled numbers, which are raised marks.
fn pages(text: &str) -> Vec<Vec<Glyph>> {
    let page = |lines: &str| lines.lines().enumerate().flat_map(line).collect();
    text.split("\n\n").map(page).collect()
}

fn line((number, line): (usize, &str)) -> Vec<Glyph> {
    let (size, words) = line.strip_prefix('#').map_or((EM, line), |words| (1.4 * EM, words));
    let mut x = 50.0;
    let mut glyphs = Vec::new();
    for c in words.chars() {
        let mark = ('①'..='⑳').contains(&c);
        let advance = if mark || c.is_ascii_alphabetic() { EM / 2.0 } else { EM };
        glyphs.push(Glyph {
            text: c.to_string(),
            x,
            y: 100.0 + 17.0 * number as f64 - if mark { 4.0 } else { 0.0 },
            size: if mark { 0.6 * EM } else { size },
            advance,
            font: "Serif".to_owned(),
        });
        x += advance;
    }
    glyphs
}

/// The faults of a page, after a right-hand and a left-hand one that show the measure.
fn faults(text: &str) -> Vec<Fault> {
    let plain =
        "　　一二三四五六七八\n一二三四五六七八九十\n一二三四五六七八九十\n一二三四五六七。\n"
            .repeat(5);
    let report = measure(&pages(&format!("{plain}\n{plain}\n{text}")));
    report.faults.iter().map(|&(fault, ..)| fault).collect()
}

#[test]
fn a_page_without_faults() {
    assert_eq!(faults("　　一二三四五六七八\n一二三四，五六七八九\n一二三。"), []);
}

#[test]
fn each_fault_is_found() {
    let cases = [
        (Fault::Overfull, "　　一二三四五六七八九\n一二。"),
        (Fault::Short, "　　一二三四五六七八\n一二三四五六七八九\n一二。"),
        (Fault::KinsokuStart, "　　一二三四五六七八\n·二三四五六七八九十\n一二。"),
        (Fault::KinsokuStart, "　　一二三四五六七八\n①二三四五六七八九十①\n一二。"),
        (Fault::KinsokuEnd, "　　一二三四五六七￥\n一二。"),
        (Fault::Squeeze, "　　一二》《五六七八\n一二。"),
        (Fault::Spacing, "　　一二三AA五六七八\n一二。"),
        (Fault::Quote, "　　一二三A’A五六七\n一二。"),
        (Fault::Lonely, "　　一二三四五六七八\n一。"),
        (Fault::Stranded, "　　一二三。\n#一二"),
        (Fault::Widow, "　　一二三四五六七八\n一二三四五六七八九十\n\n一二。"),
        (Fault::Orphan, "　　一二三四五六七八\n\n一二三四五六七八九十\n一二。"),
        (Fault::NoteElsewhere, "　　一二三四①①五六七\n一二。"),
    ];
    for (fault, text) in cases {
        assert!(faults(text).contains(&fault), "{fault:?}: {:?} in {text}", faults(text));
    }
}

#[test]
fn stretched_lines_are_measured() {
    let mut pages = pages("　　一二三四五六七八\n一二三四五六七八九十\n一二三。");
    // The second line loses its last character and moves the rest apart to the same edge.
    pages[0].retain(|glyph| glyph.text != "十");
    for glyph in pages[0].iter_mut().filter(|glyph| (116.0..118.0).contains(&glyph.y)) {
        glyph.x += (glyph.x - 50.0) / 8.0;
    }
    let report = measure(&pages);
    assert_eq!(report.faults, []);
    assert!((report.most() - 0.125).abs() < 0.001, "{report}");
    assert_eq!(report.grid, 0.5);
}

#[test]
fn a_mark_at_the_edge_has_its_blank_or_none() {
    // The mark of the first line keeps its blank, that of the second is moved.
    let moved = |by: f64| {
        let full = "一二三四五六七八九十\n".repeat(3);
        let mut pages = pages(&format!("　　一二三四五六七。\n一二三四五六七八九。\n{full}一二。"));
        let second = pages[0].iter_mut().filter(|glyph| (116.0..118.0).contains(&glyph.y));
        second.filter(|glyph| glyph.text == "。").for_each(|glyph| glyph.x += by * EM);
        measure(&pages)
    };
    let kept = moved(0.0);
    assert_eq!((kept.faults, kept.kept), (vec![], 2.0 / 5.0));
    for by in [-0.25, 0.1] {
        let part = moved(by);
        assert!(part.faults.iter().any(|(fault, ..)| *fault == Fault::Squeeze), "{part}");
    }
}

#[test]
fn blanks_that_were_taken_are_measured() {
    let mut pages = pages("　　一，三，五，七八\n一，三，五，七，九十一二\n一二三。");
    for glyph in pages[0].iter_mut().filter(|glyph| (116.0..118.0).contains(&glyph.y)) {
        let marks = ((glyph.x - 50.0) / EM / 2.0).floor().min(4.0);
        glyph.x -= marks * EM / 2.0;
    }
    let report = measure(&pages);
    assert_eq!(report.faults, []);
    assert_eq!((report.blanks, report.tight), (3.0 / 7.0, 0.5));
}
