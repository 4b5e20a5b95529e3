//! Imposed sheets, as the file has them.

use super::*;
use crate::manifest::{BookletChoice, BookletKind};
use crate::pdf::write_sheets;
use crate::press::{self, Leaf};

/// Pages that say their numbers.
fn numbered(fonts: &Fonts, count: usize) -> Layout {
    let page = |number: usize| {
        let mut hand = Hand::new(fonts, Numerals::Arabic, number);
        let words = number.to_string();
        hand.line(&words, TEXT, Ink::Text, (100.0, 100.0), Length::ZERO);
        hand.page
    };
    layout((1..=count).map(page).collect())
}

fn imposed(choice: BookletChoice, layout: &Layout, fonts: &Fonts) -> Vec<u8> {
    let book = Book { booklet: choice, ..book(Vec::new()) };
    let mut sink = Sink::default();
    let sheets = press::impose(&book, layout, &mut sink).unwrap();
    let written = write_sheets(&book, fonts, layout, &sheets, &mut sink);
    let written = written.unwrap_or_else(|_| panic!("{:?}", sink.findings()));
    assert!(sink.findings().is_empty(), "{:?}", sink.findings());
    written.bytes
}

fn uncovered() -> BookletChoice {
    BookletChoice { cover: crate::manifest::CoverPages::Without, ..BookletChoice::default() }
}

#[test]
fn each_page_is_drawn_at_its_creep_within_its_half_of_the_sheet() {
    let fonts = fonts();
    let layout = numbered(&fonts, 16);
    let document = read(&imposed(uncovered(), &layout, &fonts));
    assert_eq!(document.get_pages().len(), 8);
    for side in 1..=8 {
        let content = content(&document, side);
        let frames: Vec<&str> = content.lines().filter(|line| line.ends_with(" cm")).collect();
        // Half of 297 mm, less a page of 148 mm, and a tenth of a millimetre for each sheet outside.
        let creep = f64::from((side - 1) / 2) * 0.1 * 72.0 / 25.4;
        let (fold, width) = (148.5 * 72.0 / 25.4, 148.0 * 72.0 / 25.4);
        let xs = frames.iter().map(|line| line.split(' ').nth(4).unwrap().parse::<f64>().unwrap());
        let expected = [fold - width + creep, fold - creep];
        for (x, expected) in xs.zip(expected) {
            assert!((x - expected).abs() < 0.0015, "side {side}: {x}, not {expected}");
        }
        assert_eq!(frames.len(), 2, "{content}");
        let clips = content.lines().filter(|line| line.ends_with(" W")).count();
        assert_eq!(clips, 2, "{content}");
    }
}

#[test]
fn the_file_says_how_it_is_printed_and_what_it_is() {
    let fonts = fonts();
    let document = read(&imposed(uncovered(), &numbered(&fonts, 5), &fonts));
    let preferences = from_root(&document, &["ViewerPreferences"]);
    assert_eq!(
        format!("{preferences:?}"),
        "<</DisplayDocTitle true/PrintScaling /None/Duplex /DuplexFlipShortEdge/PickTrayByPDFSize true>>"
    );
    assert_eq!(
        format!("{:?}", from_root(&document, &["PageLabels", "Nums"])),
        "[0 <</P (1a)>> 1 <</P (1b)>> 2 <</P (2a)>> 3 <</P (2b)>>]"
    );
    let handout = BookletChoice { kind: BookletKind::HandoutTwo, ..uncovered() };
    let document = read(&imposed(handout, &numbered(&fonts, 5), &fonts));
    let duplex = from_root(&document, &["ViewerPreferences", "Duplex"]);
    assert_eq!(format!("{duplex:?}"), "/DuplexFlipLongEdge");
    assert_eq!(document.get_pages().len(), 3);
}

#[test]
fn a_side_costs_no_more_objects_for_its_pages() {
    let fonts = fonts();
    let objects = |count| {
        let bytes = imposed(
            BookletChoice { signature: 4, ..uncovered() },
            &numbered(&fonts, count),
            &fonts,
        );
        read(&bytes).objects.len()
    };
    // A page object and its content for each side, and object streams of two hundred.
    let more = objects(1000) - objects(200);
    assert!((800..=820).contains(&more), "{more}");
}

#[test]
fn the_same_bytes_come_from_one_thread_and_from_many() {
    let fonts = fonts();
    let layout = numbered(&fonts, 30);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| imposed(uncovered(), &layout, &fonts))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn covers_are_the_first_page_and_the_last() {
    let fonts = fonts();
    let layout = numbered(&fonts, 6);
    let book = Book { booklet: BookletChoice::default(), ..book(Vec::new()) };
    let mut back = layout;
    back.back = Some(Page::default());
    let sheets = press::impose(&book, &back, &mut Sink::default()).unwrap();
    let leaves: Vec<Vec<Leaf>> =
        sheets.sides.iter().map(|side| side.frames.iter().map(|it| it.leaf).collect()).collect();
    // Two blanks after the sixth page, and the insides of the covers.
    let page = Leaf::Page;
    let expected: [Vec<Leaf>; 6] = [
        vec![Leaf::Back, Leaf::Cover],
        vec![],
        vec![page(0)],
        vec![page(1)],
        vec![page(5), page(2)],
        vec![page(3), page(4)],
    ];
    assert_eq!(leaves, expected);
}
