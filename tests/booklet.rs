//! Booklets of small books: what is on their sheets, and what is said where there can be none.

use std::collections::BTreeMap;

use banxin::book::Book;
use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::font::Fonts;
use banxin::layout::{self, Layout};
use banxin::manifest::{BookletChoice, BookletKind, CoverPages, Part};
use banxin::press::{self, Leaf};
use banxin::profile::Product;

use super::conformance::{findings, resolved};

/// The word that stands on the page of a chapter, which has no other page.
pub fn word(chapter: usize) -> String {
    format!("N{chapter:03}")
}

/// A book of chapters with a page each, and `more` in its `book.toml`.
pub fn folder(chapters: usize, more: &str) -> Folder {
    let mut files = BTreeMap::new();
    let mut body = String::new();
    for chapter in 1..=chapters {
        body += &format!("\"c{chapter}.md\", ");
        let text = format!("# 章\n\n{} 正文。\n", word(chapter));
        files.insert(format!("c{chapter}.md"), text.into_bytes());
    }
    let toml = format!(
        "title = \"书\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\n\
         [contents]\nbody = [{body}]\n{more}"
    );
    files.insert("book.toml".to_owned(), toml.into_bytes());
    Folder::Memory(files)
}

/// A book and its pages.
pub fn laid_out(chapters: usize) -> (Book, Fonts, Layout) {
    let (book, fonts) = resolved(&folder(chapters, ""));
    let layout = layout::lay_out(&book, &fonts, &mut Sink::default());
    (book, fonts, layout)
}

/// The pages on the sheets of a booklet of six chapters with a page each, from the first sheet to the
/// last, or what is said.
fn leaves(part: Part) -> Result<Vec<Leaf>, String> {
    leaves_of(&folder(6, ""), part)
}

fn leaves_of(folder: &Folder, part: Part) -> Result<Vec<Leaf>, String> {
    let (mut book, fonts) = resolved(folder);
    let layout = layout::lay_out(&book, &fonts, &mut Sink::default());
    let kind = BookletKind::HandoutTwo;
    let cover = CoverPages::Without;
    book.booklet = BookletChoice { kind, cover, part, ..BookletChoice::default() };
    let mut sink = Sink::default();
    let sheets = press::impose(&book, &layout, &mut sink).map_err(|_| findings(&sink))?;
    Ok(sheets.sides.iter().flat_map(|side| &side.frames).map(|frame| frame.leaf).collect())
}

#[test]
fn a_part_is_told_by_printed_numbers_or_by_chapters() {
    let (_, _, layout) = laid_out(6);
    let first = layout
        .pages
        .iter()
        .position(|page| page.folio.is_some_and(|folio| folio.printed() == "1"))
        .unwrap();
    let expected = |numbers: &[usize]| {
        Ok(numbers.iter().map(|number| Leaf::Page(first + number - 1)).collect::<Vec<_>>())
    };
    assert_eq!(leaves(Part::pages("2-4").unwrap()), expected(&[2, 3, 4]));
    assert_eq!(leaves(Part::pages("5, 1～2，2").unwrap()), expected(&[1, 2, 5]));
    let chapters = |files: &[&str]| Part::Chapters(files.iter().map(|&it| it.into()).collect());
    assert_eq!(leaves(chapters(&["c3.md"])), expected(&[3]));
    assert_eq!(leaves(chapters(&["c6.md", "c2"])), expected(&[2, 6]));
}

#[test]
fn a_chapter_of_several_pages_has_all_of_them() {
    let Folder::Memory(mut files) = folder(3, "") else { unreachable!() };
    let long = format!("# 章\n\n{}\n", "正文。".repeat(700));
    files.insert("c2.md".to_owned(), long.into_bytes());
    let folder = Folder::Memory(files);
    let by_chapter = leaves_of(&folder, Part::Chapters(vec!["c2.md".to_owned()]));
    assert_eq!(by_chapter.as_ref().map(Vec::len), Ok(4));
    assert_eq!(by_chapter, leaves_of(&folder, Part::pages("2-5").unwrap()));
}

#[test]
fn a_part_that_the_book_does_not_have_is_told() {
    let said = |part| leaves(part).unwrap_err();
    assert_eq!(
        said(Part::pages("5-9").unwrap()),
        "error[no-pages]: no page has the number `9`\n  hint: the pages are numbered i-iv, 1-6\n"
    );
    assert_eq!(
        said(Part::pages("5-2").unwrap()),
        "error[no-pages]: page 5 comes after page 2\n  hint: write `2-5`\n"
    );
    assert_eq!(
        said(Part::Chapters(vec!["c33.md".into()])),
        "error[no-pages]: the book has no chapter `c33.md`\n  hint: did you mean `c3.md`?\n"
    );
    assert_eq!(
        said(Part::Chapters(Vec::new())),
        "error[no-pages]: a booklet of no pages was asked for\n"
    );
    assert_eq!(Part::pages("12-"), None);
    assert_eq!(Part::pages(""), None);
}

#[test]
fn what_book_toml_asks_for_is_told_at_its_place() {
    let said = |more| {
        let mut sink = Sink::default();
        let only = [Product::Booklet];
        let built = banxin::build(&folder(1, more), None, &only, &mut sink);
        assert!(built.is_err());
        findings(&sink)
    };
    assert_eq!(
        said("[booklet]\nchapters = [\"two.md\"]\n"),
        "error[no-pages] book.toml:7:12: the book has no chapter `two.md`\n  hint: name a file of the \
         `contents` of `book.toml`\n"
    );
    assert_eq!(
        said("[pages]\ntrim = \"16开\"\n[booklet]\nscale = \"none\"\npaper = \"A4\"\n"),
        "error[sheet-too-small] book.toml:10:9: a page has 185 × 260 mm, and half a sheet of paper \
         148.5 × 210 mm\n  hint: choose a larger `paper` in `[booklet]`, or `scale = \"fit\"`\n"
    );
}

#[test]
fn a_part_keeps_its_openings_and_a_book_of_a_page_is_a_booklet() {
    let (mut book, _, layout) = laid_out(2);
    let first = layout.pages.len() - 2;
    let mut sides = |part| {
        book.booklet = BookletChoice { part, ..BookletChoice::default() };
        let sheets = press::impose(&book, &layout, &mut Sink::default()).unwrap();
        let frames = sheets.sides.iter().map(|side| side.frames.iter().map(|it| it.leaf).collect());
        frames.collect::<Vec<Vec<Leaf>>>()
    };
    let one = |number: &str| Part::Pages(vec![(number.into(), number.into())]);
    // A right-hand page stands first; a left-hand one second, on the back.
    assert_eq!(sides(one("1")), [vec![Leaf::Page(first)], vec![]]);
    assert_eq!(sides(one("2")), [vec![], vec![Leaf::Page(first + 1)]]);
}
