//! Text out is text in: what poppler and pikepdf read is what was set.

use std::path::Path;
use std::process::Command;

use banxin::book::Book;
use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::image::{Kind, Shape};
use banxin::layout::{self, Item, Page};
use banxin::profile::Product;

use super::{built, call, constructs, page_texts, printed, python_package, resolved, run, sample};

/// The characters that were set on each page of a book, its covers too, without white space.
fn set(folder: &Folder) -> Vec<String> {
    let (book, fonts) = resolved(folder);
    let layout = layout::lay_out(&book, &fonts, &mut Sink::default());
    layout.sides().map(|page| on_page(page, &book)).collect()
}

/// The characters of a page and of the drawings on it, as they lie one on the other.
fn on_page(page: &Page, book: &Book) -> String {
    let mut text = String::new();
    for item in &page.items {
        match item {
            Item::Glyphs(run) => {
                for glyph in &page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize] {
                    let start = glyph.text_start as usize;
                    text.push_str(&page.text[start..start + usize::from(glyph.text_length)]);
                }
            }
            Item::Picture { picture, .. } => text.push_str(&drawn(&book.picture(*picture).kind)),
            Item::Rule { .. } | Item::Wave { .. } | Item::Link { .. } | Item::Tag(_) => {}
        }
    }
    dense(&text)
}

/// The characters of a drawing.
fn drawn(kind: &Kind) -> String {
    let Kind::Drawing(drawing) = kind else { return String::new() };
    let glyphs = drawing.shapes.iter().flat_map(|shape| match shape {
        Shape::Glyphs { glyphs, .. } => glyphs.as_slice(),
        Shape::Path { .. } => &[],
    });
    glyphs.map(|glyph| glyph.text.as_str()).collect()
}

/// A text without white space.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Asserts that a screen PDF says on each page what was set there.
pub fn assert_same(file: &Path, folder: &Folder) {
    let Some(found) = page_texts(file, &[]) else { return };
    let expected = set(folder);
    assert_eq!(found.len(), expected.len(), "the pages of {}", file.display());
    for (number, (found, expected)) in (1..).zip(found.iter().zip(&expected)) {
        assert_eq!(&dense(found), expected, "page {number} of {}", file.display());
    }
}

#[test]
fn the_digest_comes_back_character_for_character() {
    assert_same(&built(Product::Screen), &Folder::Disk(sample()));
}

#[test]
fn every_construct_comes_back_character_for_character() {
    assert_same(&constructs(Product::Screen), &constructs::folder());
}

#[test]
fn divided_addresses_and_words_rejoin() {
    let Some(pages) = page_texts(&constructs(Product::Screen), &[]) else { return };
    let text = pages.concat();
    // A soft hyphen before the end of a line is no part of the word.
    let joined = text.replace("\u{AD}\n", "").replace('\n', "");
    for whole in [
        "https://www.example.org/reports/2025/ai-governance/a-very-long-path/index.html?lang=zh&page=3",
        "https://example.com/another/long/address/that/goes/over/the/line#chapter-12",
        "https://example.org/a/very/long/address/in/a/note/which/goes/over/index.html",
        "interoperability",
        "省略……破折——连接～到",
    ] {
        assert!(!text.contains(whole) || whole.contains("省略"), "`{whole}` is divided");
        assert!(joined.contains(whole), "{whole}: {text}");
    }
}

/// Prints the title and the bookmarks of a file, a line each.
const STRINGS: &str = "\
import sys, pikepdf
with pikepdf.open(sys.argv[1]) as pdf, pdf.open_outline() as outline:
    print(pdf.docinfo.Title)
    print(pdf.docinfo.Author)
    def tell(entries):
        for entry in entries:
            print(entry.title)
            tell(entry.children)
    tell(outline.root)
";

#[test]
fn strings_with_delimiters_in_their_bytes_are_read_back_right() {
    if python_package("pikepdf").is_none() {
        return;
    }
    let file = constructs(Product::Screen);
    let mut command = Command::new("python3");
    let Some(output) = call(command.args(["-c", STRINGS]).arg(&file)) else { return };
    let lines = printed(&output);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines[..2], ["名不服质：(一) \\ <二>", "甲、乙、丙"]);
    let deep = "（二）名不服质 (1) \\ ⑵";
    assert!(lines.contains(&deep) && lines.contains(&"第四章　表"), "{lines:?}");
    let Some(output) = run("pdfinfo", &["-enc", "UTF-8"], &file) else { return };
    let info = printed(&output);
    let title = "Title:           名不服质：(一) \\ <二>\n";
    assert!(info.starts_with(title), "{info}");
}
