//! Sheets with exact places, folded in thought and read again.

use super::chosen::Run;
use super::order::{Folded, sheets, signatures};
use super::{Leaf, Sheets, Stroke, Turn, folded, handout};
use crate::diag::Sink;
use crate::manifest::{BookletChoice, BookletKind, Fitting, Notes};
use crate::profile::Binding;
use crate::profile::{Colours, Printer, SHEETS, Sheet, TRIMS};
use crate::units::{Length, Point, Rect, Size};

fn pages(count: usize) -> Run {
    Run { pages: (0..count).map(|page| Some(Leaf::Page(page))).collect(), last: Vec::new() }
}

/// The pages of sheets as a reader turns them: down into each signature, and out again.
fn read(sheets: &[Folded], spine: Binding) -> Vec<Option<Leaf>> {
    let sides = |[left, right]: [Option<Leaf>; 2]| match spine {
        Binding::Left => (left, right),
        Binding::Right => (right, left),
    };
    let mut read = Vec::new();
    for signature in sheets.chunk_by(|one, next| one.signature == next.signature) {
        for sheet in signature {
            read.extend([sides(sheet.front).1, sides(sheet.back).0]);
        }
        for sheet in signature.iter().rev() {
            read.extend([sides(sheet.back).1, sides(sheet.front).0]);
        }
    }
    read
}

#[test]
fn folded_sheets_are_read_in_order_with_the_blanks_at_the_end() {
    for spine in [Binding::Left, Binding::Right] {
        for most in [1, 2, 3, 4, 5, 8, usize::MAX] {
            for count in 1..=64 {
                let sheets = sheets(pages(count), most, spine);
                assert_eq!(sheets.len(), count.div_ceil(4));
                assert!(sheets.iter().all(|sheet| sheet.depth < most));
                let read = read(&sheets, spine);
                let expected = (0..sheets.len() * 4)
                    .map(|page| (page < count).then_some(Leaf::Page(page)))
                    .collect::<Vec<_>>();
                assert_eq!(read, expected, "{count} pages, {most} sheets, {spine:?}");
            }
        }
    }
}

#[test]
fn eight_pages_lie_as_printers_know_them() {
    let page = |number: usize| Some(Leaf::Page(number - 1));
    let found = sheets(pages(8), usize::MAX, Binding::Left);
    let sides: Vec<_> = found.iter().flat_map(|sheet| [sheet.front, sheet.back]).collect();
    let expected = [[page(8), page(1)], [page(2), page(7)], [page(6), page(3)], [page(4), page(5)]];
    assert_eq!(sides, expected);
    let found = sheets(pages(8), usize::MAX, Binding::Right);
    assert_eq!((found[0].front, found[1].back), ([page(1), page(8)], [page(5), page(4)]));
}

#[test]
fn blanks_stand_before_the_back_cover() {
    let run = Run {
        pages: vec![Some(Leaf::Cover), None, Some(Leaf::Page(0)), Some(Leaf::Page(1))],
        last: vec![None, Some(Leaf::Back)],
    };
    let read = read(&sheets(run, usize::MAX, Binding::Left), Binding::Left);
    let (cover, back) = (Some(Leaf::Cover), Some(Leaf::Back));
    let text = [Some(Leaf::Page(0)), Some(Leaf::Page(1))];
    assert_eq!(read, [cover, None, text[0], text[1], None, None, None, back]);
}

#[test]
fn signatures_differ_by_a_sheet_at_most() {
    assert_eq!(signatures(21, 4), [4, 4, 4, 3, 3, 3]);
    assert_eq!(signatures(16, 4), [4, 4, 4, 4]);
    assert_eq!(signatures(3, usize::MAX), [3]);
    assert_eq!(signatures(2, 0), [1, 1]);
    assert_eq!(signatures(0, 4), [0; 0]);
}

/// A book of A5 on sheets, with the findings.
fn imposed(choice: &BookletChoice, count: usize, trim: usize) -> (Option<Sheets>, String) {
    let mut sink = Sink::default();
    let made = folded::impose(choice, &Sheet::new(&TRIMS[trim]), pages(count), &mut sink);
    let said = sink.findings().iter().map(|finding| sink.line(finding) + "\n").collect();
    (made.ok(), said)
}

fn on(paper: usize) -> BookletChoice {
    let printer = Printer::copies(SHEETS[paper].1, Colours::Grey, Length::mm(3.0));
    BookletChoice { printer, ..BookletChoice::default() }
}

#[test]
fn what_stands_on_a_sheet_moves_to_the_fold_by_the_sheets_around_it() {
    let thickness = Length::mm(0.12);
    let choice = BookletChoice { thickness, ..on(1) };
    let sheets = imposed(&choice, 24, 0).0.unwrap();
    assert_eq!((sheets.sides.len(), sheets.turn), (12, Turn::ShortEdge));
    let (fold, width) = (Length::mm(297.0) / 2, Length::mm(148.0));
    for (index, side) in sheets.sides.iter().enumerate() {
        let creep = thickness * i32::try_from(index / 2).unwrap();
        let corners: Vec<Point> = side.frames.iter().map(|frame| frame.corner).collect();
        let at = |x| Point { x, y: Length::ZERO };
        assert_eq!(corners, [at(fold - width + creep), at(fold - creep)], "side {index}");
        // Neither page is seen beyond the fold, and both as far as the sheet reaches outside.
        let clips: Vec<Rect> = side.frames.iter().map(|frame| frame.clip).collect();
        let height = Length::mm(210.0);
        let half = Rect::new(Length::ZERO, Length::ZERO, fold, height);
        let other = Rect::new(fold, Length::ZERO, Length::mm(297.0) - fold, height);
        assert_eq!(clips, [half, other]);
    }
    assert_eq!(sheets.sides[5].label, "3b");
}

#[test]
fn creep_begins_anew_with_each_signature() {
    let choice = BookletChoice { kind: BookletKind::Gathered, signature: 2, ..on(1) };
    let sheets = imposed(&choice, 32, 0).0.unwrap();
    let right = |side: usize| sheets.sides[side].frames[1].corner.x;
    assert_eq!([right(0), right(4), right(12)], [right(0); 3]);
    assert_eq!(right(2), right(0) - choice.thickness);
    let steps: Vec<Length> = sheets
        .sides
        .iter()
        .flat_map(|side| &side.marks)
        .filter(|mark| mark.stroke == Stroke::Collation)
        .map(|mark| mark.from.y)
        .collect();
    assert_eq!(steps, [4, 5, 6, 7].map(|steps| Length::mm(5.0) * steps));
}

#[test]
fn on_a_larger_sheet_cuts_are_marked_and_the_bleed_is_seen() {
    let sheets = imposed(&on(2), 4, 0).0.unwrap();
    let side = &sheets.sides[0];
    let count = |stroke| side.marks.iter().filter(|mark| mark.stroke == stroke).count();
    assert_eq!((count(Stroke::Cut), count(Stroke::Fold)), (8, 2));
    let fold = Length::mm(420.0) / 2;
    let page = Size { width: Length::mm(148.0), height: Length::mm(210.0) };
    let head = (Length::mm(297.0) - page.height) / 2;
    let bleed = Length::mm(3.0);
    let left = fold - page.width - bleed;
    assert_eq!(
        side.frames[0].clip,
        Rect::new(left, head - bleed, fold - left, page.height + bleed * 2)
    );
    let none = BookletChoice { marks: false, ..on(2) };
    assert!(imposed(&none, 4, 0).0.unwrap().sides.iter().all(|side| side.marks.is_empty()));
}

#[test]
fn bound_on_the_right_margins_change_places() {
    let choice = BookletChoice { spine: Binding::Right, ..on(1) };
    let margins = Sheet::new(&TRIMS[0]).margins;
    let sheets = imposed(&choice, 4, 0).0.unwrap();
    let fold = Length::mm(297.0) / 2;
    let [first, last] = [sheets.sides[0].frames[0], sheets.sides[0].frames[1]];
    assert_eq!((first.leaf, last.leaf), (Leaf::Page(0), Leaf::Page(3)));
    let aside = margins.outer - margins.inner;
    assert_eq!(first.corner.x, fold - Length::mm(148.0) + aside);
    assert_eq!(last.corner.x, fold - aside);
}

#[test]
fn pages_too_large_are_made_smaller_and_it_is_said() {
    let (sheets, said) = imposed(&on(1), 4, 1);
    let frame = sheets.unwrap().sides[0].frames[0];
    assert_eq!(frame.scale.parts(), 80_270);
    assert!(frame.corner.x >= Length::ZERO && frame.corner.y > Length::ZERO);
    assert_eq!(
        said,
        "warning[booklet-scaled]: pages of 185 × 260 mm are printed at 80.3 % of their size, to fit \
         half a sheet of 148.5 × 210 mm\n  hint: choose a larger `paper` in `[booklet]` to have them \
         in full size\n"
    );
    let (sheets, said) = imposed(&BookletChoice { fitting: Fitting::Refuse, ..on(1) }, 4, 1);
    assert!(sheets.is_none());
    assert!(said.starts_with("error[sheet-too-small]: a page has 185 × 260 mm, and"), "{said}");
    assert!(imposed(&on(0), 4, 3).0.is_none(), "A4 at half its size on A5");
}

#[test]
fn more_sheets_than_a_stapler_takes_are_told() {
    assert_eq!(imposed(&on(1), 100, 0).1, "");
    let said = imposed(&on(1), 101, 0).1;
    assert_eq!(
        said,
        "warning[booklet-thick]: 26 sheets are folded into each other, 2.6 mm of paper; a stapler \
         takes 2.5 mm\n  hint: write `signature = 8` in `[booklet]`, or `kind = \"gathered\"`\n"
    );
    assert_eq!(imposed(&BookletChoice { signature: 8, ..on(1) }, 101, 0).1, "");
}

#[test]
fn a_handout_has_lines_beside_or_below_its_pages() {
    let a5 = TRIMS[0].size;
    let two = BookletChoice { kind: BookletKind::HandoutTwo, notes: Notes::Beside, ..on(1) };
    let sheets = handout::impose(&two, a5, pages(5), [1, 2]);
    assert_eq!((sheets.sides.len(), sheets.turn), (3, Turn::LongEdge));
    assert_eq!(sheets.sides[2].frames.len(), 1);
    let notes = |side: usize| {
        let marks = sheets.sides[side].marks.iter();
        marks.filter(|mark| mark.stroke == Stroke::Note).copied().collect::<Vec<_>>()
    };
    let page = sheets.sides[0].frames[0].clip;
    assert!(notes(0).len() > 20);
    for note in notes(2) {
        assert!(note.from.x > page.right() && note.to.x <= Length::mm(198.0) + Length::pt(0.01));
        assert!(note.from.y <= page.bottom());
    }
    let below = BookletChoice { notes: Notes::Below, ..two.clone() };
    let side = handout::impose(&below, a5, pages(4), [2, 2]).sides.remove(0);
    let page = side.frames[0].clip;
    let note = side.marks.iter().find(|mark| mark.stroke == Stroke::Note).unwrap();
    assert_eq!(note.from.y, page.bottom() + two.lines);
    let none = BookletChoice { notes: Notes::Nowhere, ..two };
    let side = handout::impose(&none, a5, pages(4), [2, 2]).sides.remove(0);
    assert!(side.marks.iter().all(|mark| mark.stroke == Stroke::Edge));
}

#[test]
fn a_handout_is_read_row_by_row_from_the_side_where_it_is_bound() {
    let order = |spine| {
        let four = BookletChoice { kind: BookletKind::HandoutFour, spine, ..on(1) };
        let side = handout::impose(&four, TRIMS[0].size, pages(4), [2, 2]).sides.remove(0);
        let frames = side.frames.iter();
        frames.map(|frame| (frame.clip.origin.y, frame.clip.origin.x)).collect::<Vec<_>>()
    };
    assert!(order(Binding::Left).is_sorted());
    let [first, second, third, fourth] = order(Binding::Right)[..] else { panic!("four") };
    assert!(first.0 == second.0 && third.0 == fourth.0 && first.0 < third.0);
    assert!(first.1 > second.1 && third.1 > fourth.1);
}
