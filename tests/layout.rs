//! A chapter in, its pages out.
//!
//! In a case, a line `×30 文字` stands for the words 30 times over. A page comes out as its folio and
//! its lines: how far the first glyph stands from the left edge of the type area, in ems of the body;
//! how far the baseline stands below its head, in lines of the grid; the characters.

use std::fmt::Write;

use banxin::book;
use banxin::diag::Sink;
use banxin::font;
use banxin::layout::{self, GlyphRun, Item, Layout, Page};
use banxin::manifest::Matter;
use banxin::manuscript;
use banxin::script::{self, Numerals};
use banxin::units::Length;

use crate::{cases, sample};

#[test]
fn blocks() {
    cases::run("layout/blocks.txt", pages);
}

/// Each language has a file that its tag names.
#[test]
fn languages() {
    for tag in ["zh-Hant", "ja", "ko", "en"] {
        cases::run(&format!("layout/{tag}.txt"), |markdown| pages_in(tag, markdown));
    }
}

#[test]
fn marks() {
    cases::run("layout/marks.txt", pages);
}

#[test]
fn notes() {
    cases::run("layout/notes.txt", pages);
}

#[test]
fn tables() {
    cases::run("layout/tables.txt", pages);
}

#[test]
fn breaks() {
    cases::run("layout/breaks.txt", pages);
}

/// The pages of the text of a simplified Chinese book.
fn pages(markdown: &str) -> String {
    pages_in("zh-Hans", markdown)
}

/// The pages of the text of a book with one chapter in a language, then the findings.
fn pages_in(language: &str, markdown: &str) -> String {
    let folder = sample::folder(&repeated(markdown));
    let mut sink = Sink::default();
    let mut manifest = sample::manifest(&[("one.md", Matter::Body)], &mut sink);
    manifest.metadata.language = language.into();
    manifest.metadata.rules = script::rules(language).unwrap();
    manifest.fonts.forms = manifest.metadata.rules.forms;
    let manuscript = manuscript::read(&manifest, &folder, &mut sink);
    let fonts = font::load(&manifest.fonts, &folder, &mut sink).unwrap();
    let mut text = String::new();
    if let Ok(manuscript) = manuscript
        && let Ok(book) = book::resolve(manifest, manuscript, &folder, &fonts, &mut sink)
    {
        let layout = layout::lay_out(&book, &fonts, &mut sink);
        text = shown(&layout);
    }
    for finding in sink.findings() {
        writeln!(text, "{}", sink.line(finding)).unwrap();
    }
    text
}

/// A text with its repetitions written out.
fn repeated(markdown: &str) -> String {
    let line = |line: &str| {
        let repeated = line.strip_prefix('×').and_then(|rest| rest.split_once(' '));
        match repeated.and_then(|(times, words)| Some((times.parse::<usize>().ok()?, words))) {
            Some((times, words)) => words.repeat(times) + "\n",
            None => line.to_owned() + "\n",
        }
    };
    markdown.lines().map(line).collect()
}

/// The pages of the text; those before it are the same in every case.
fn shown(layout: &Layout) -> String {
    let arabic = |page: &&Page| page.folio.is_some_and(|folio| folio.numerals == Numerals::Arabic);
    let mut text = String::new();
    for (index, page) in layout.pages.iter().enumerate().filter(|(_, page)| arabic(page)) {
        let number = page.folio.map_or(0, |folio| folio.number);
        writeln!(text, "[{number}]").unwrap();
        let left =
            if index % 2 == 0 { layout.sheet.margins.inner } else { layout.sheet.margins.outer };
        lines(&mut text, layout, page, left);
    }
    text
}

/// The runs of a page in the order of drawing, those on one baseline together.
fn lines(text: &mut String, layout: &Layout, page: &Page, left: Length) {
    let mut baseline = None;
    for item in &page.items {
        match item {
            Item::Glyphs(run) => {
                if baseline != Some(run.origin.y) {
                    let x = (run.origin.x - left).as_pt() / layout.sheet.body.as_pt();
                    let y = (run.origin.y - layout.sheet.margins.head).as_pt();
                    let y = y / layout.sheet.leading.as_pt();
                    if baseline.is_some() {
                        text.push('\n');
                    }
                    write!(text, "{x:5.2} {y:5.2}  ").unwrap();
                }
                text.push_str(characters(page, run));
                baseline = Some(run.origin.y);
            }
            Item::Picture { alt, .. } => write!(text, "〔{alt}〕").unwrap(),
            Item::Rule { .. } | Item::Wave { .. } | Item::Link { .. } => {}
        }
    }
    text.push('\n');
}

/// The characters of a run.
fn characters<'p>(page: &'p Page, run: &GlyphRun) -> &'p str {
    let glyphs = &page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize];
    let start = glyphs.first().map_or(0, |glyph| glyph.text_start as usize);
    let end =
        glyphs.iter().map(|glyph| glyph.text_start as usize + usize::from(glyph.text_length)).max();
    &page.text[start..end.unwrap_or(start).max(start)]
}
