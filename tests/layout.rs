//! A chapter in, its pages out.
//!
//! In a case, a line `×30 文字` stands for the words 30 times over, and `¶` in it for the end of a
//! paragraph. A page comes out as its folio and its lines: how far the first glyph stands from the
//! left edge of the type area, in ems of the body; how far the baseline stands below its head, in
//! lines of the grid; the characters. Where a case shows rules, each has a
//! line of its own with its width in ems and its thickness in points, and so has each run of glyphs.
//!
//! A case of lines has text without a heading; each glyph comes out as its characters and its place.
//!
//! A case of structure shows which elements the characters of the text belong to, each as often as a
//! page or another element parts it; artifacts stand where they are drawn.
//!
//! A case of a whole book shows all its pages. It has chapters `@@ one.md`; those whose name begins
//! with `front` or `back` stand there. `@@ part 题` begins a part, `@@ recto` opens chapters on
//! right-hand pages.

use std::fmt::Write;

use banxin::book;
use banxin::diag::Sink;
use banxin::font;
use banxin::layout::{
    self, Destination, Division, ElementId, GlyphRun, Item, Layout, Page, PageStart, Tag,
};
use banxin::manifest::{self, Manifest, Matter, Opening};
use banxin::manuscript;
use banxin::script::{self, Numerals};
use banxin::units::{Length, Point};

use crate::{cases, sample};

#[test]
fn blocks() {
    cases::run("layout/blocks.txt", pages);
}

/// Each language has a file that its tag names.
#[test]
fn languages() {
    for tag in ["zh-Hant", "ja", "ko", "en"] {
        let show = Shown { language: tag, ..Shown::TEXT };
        cases::run(&format!("layout/{tag}.txt"), |markdown| set(markdown, &[Entry::One], show));
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

#[test]
fn paragraphs_at_page_ends() {
    cases::run("layout/page_ends.txt", pages);
}

#[test]
fn figures() {
    cases::run("layout/figures.txt", pages);
}

/// The lines of a paragraph on the default page, each character with its place.
#[test]
fn lines_of_text() {
    cases::run("layout/lines.txt", |text| {
        drawn(&format!("# 题\n\n{text}"), &[Entry::One], "zh-Hans", placed)
    });
}

#[test]
fn code() {
    cases::run("layout/code.txt", pages);
}

#[test]
fn rules() {
    cases::run("layout/rules.txt", |text| {
        set(text, &[Entry::One], Shown { rules: true, ..Shown::TEXT })
    });
}

#[test]
fn bad_input() {
    cases::run("layout/bad_input.txt", pages);
}

#[test]
fn books() {
    cases::run("layout/books.txt", whole_book);
}

/// The pages that the book says of itself, by its own `book.toml`.
#[test]
fn imprint() {
    cases::run("layout/imprint.txt", |text| around(text, |_| true));
}

/// Data of cataloguing in publication.
#[test]
fn cip() {
    cases::run("layout/cip.txt", |text| around(text, |division| division == Division::Copyright));
}

/// The pages that the text tells, in the end.
#[test]
fn pages_told() {
    cases::run("layout/pages.txt", whole_book);
}

/// viii is wider than ix: on page viii, the number of page ix is told, which leaves room for the
/// section on page viii.
#[test]
fn a_number_that_moves_what_it_tells_is_reported() {
    let text = "@@ front.md\n# 序\n\n×50 见[](#a){.page}，\n\
                ×165 甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥，\n\n## 节 {#a}\n\n甲\n\
                @@ one.md\n# 题\n\n甲\n";
    let entries = ["front.md", "one.md"].map(|name| Entry::Chapter(name.into()));
    let found = drawn(text, &entries, "zh-Hans", |_| String::new());
    let first = found.lines().next().unwrap();
    assert!(first.starts_with("warning[unsettled] front.md:3:2: page "), "{found}");
    assert_eq!(found.matches("unsettled").count(), 1);
}

/// Marks of the index, which take no room, leave every glyph in its place.
#[test]
fn marks_of_the_index_change_no_line() {
    let marked = "# 题\n\n×12 甲[乙丙]{.index}丁，“[戊]{index=\"己!庚\"}”[]{index=\"辛\"}type \
                  [area]{.index}s、**[壬]{.index}**——癸（[子丑]{.index}）。\n\n[寅]{.index}卯\n";
    let plain = "# 题\n\n×12 甲乙丙丁，“戊”type areas、**壬**——癸（子丑）。\n\n寅卯\n";
    let placed = |text: &str| drawn(text, &[Entry::One], "zh-Hans", placed);
    assert_eq!(placed(marked), placed(plain));
    assert!(placed(plain).lines().count() > 8);
}

/// Marks in headings, cells, notes and empty paragraphs stand on the pages of these.
#[test]
fn marks_of_the_index_stand_everywhere() {
    let text = "# 题[甲]{.index}\n\n[]{index=\"乙\"}\n\n## 节[丙]{.index}\n\n丁[^1]\n\n\
                | [戊]{.index} | 己 |\n|---|---|\n| 庚 | []{index=\"辛\"} |\n\n\
                - []{index=\"壬\"}\n\n[^1]: 注[癸]{.index}。\n";
    let stand = drawn(text, &[Entry::One], "zh-Hans", |layout| {
        let folio = |anchor: &book::AnchorId| layout.folio(*anchor).unwrap().printed();
        let folios: Vec<String> = layout.places.keys().map(folio).collect();
        folios.join(" ")
    });
    // The chapter, the section and eight marks; the index on a page of its own.
    assert_eq!(stand, "1 1 1 1 1 1 1 1 1 2");
}

/// The tree of elements with their characters, in the order of the pages, and what is an artifact.
#[test]
fn structure() {
    cases::run("layout/structure.txt", |text| drawn(text, &[Entry::One], "zh-Hans", tree));
}

/// What of a book is shown.
#[derive(Clone, Copy)]
struct Shown {
    /// The tag of the book's language.
    language: &'static str,
    /// The pages before the text, too.
    front: bool,
    /// Rules, too.
    rules: bool,
}

impl Shown {
    /// The text of a simplified Chinese book.
    const TEXT: Self = Self { language: "zh-Hans", front: false, rules: false };
}

/// A line of a book's contents.
#[derive(Clone, PartialEq)]
enum Entry {
    /// `one.md`
    One,
    /// A chapter.
    Chapter(String),
    /// A part.
    Part(String),
    /// From here on, nothing but: chapters open on a recto.
    Recto,
}

/// The pages of the text of a book with one chapter, then the findings.
fn pages(markdown: &str) -> String {
    set(markdown, &[Entry::One], Shown::TEXT)
}

/// All pages of a book with the chapters of a case, then the findings.
fn whole_book(text: &str) -> String {
    let mut entries = Vec::new();
    let mut files = String::new();
    for line in text.split_inclusive('\n') {
        let entry = line.strip_prefix("@@ ").map(str::trim_end);
        match entry {
            Some("recto") => entries.push(Entry::Recto),
            Some(part) if part.starts_with("part ") => entries.push(Entry::Part(part[5..].into())),
            Some(file) => {
                files.push_str(line);
                if file.ends_with(".md") {
                    entries.push(Entry::Chapter(file.into()));
                }
            }
            None => files.push_str(line),
        }
    }
    set(&files, &entries, Shown { front: true, ..Shown::TEXT })
}

/// The pages of a book with these contents, then the findings.
fn set(text: &str, entries: &[Entry], show: Shown) -> String {
    drawn(text, entries, show.language, |layout| shown(layout, show))
}

/// What `draw` makes of a book with these contents, then the findings.
fn drawn(
    text: &str,
    entries: &[Entry],
    language: &str,
    draw: impl Fn(&Layout) -> String,
) -> String {
    let folder = sample::folder(&repeated(text));
    let mut sink = Sink::default();
    let mut manifest = manifest(entries, &mut sink);
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
        text = draw(&layout);
    }
    for finding in sink.findings() {
        writeln!(text, "{}", sink.line(finding)).unwrap();
    }
    text
}

/// The pages around the text of a book with its own `book.toml`, those that are `wanted`.
fn around(text: &str, wanted: impl Fn(Division) -> bool) -> String {
    let folder = sample::folder(text);
    let mut sink = Sink::default();
    let mut text = String::new();
    if let Ok(manifest) = manifest::read(&folder, None, &mut sink)
        && let Ok(manuscript) = manuscript::read(&manifest, &folder, &mut sink)
        && let Ok(fonts) = font::load(&manifest.fonts, &folder, &mut sink)
        && let Ok(book) = book::resolve(manifest, manuscript, &folder, &fonts, &mut sink)
    {
        let layout = layout::lay_out(&book, &fonts, &mut sink);
        let mut shown = false;
        for (index, (page, start)) in layout.pages.iter().zip(&layout.starts).enumerate() {
            match *start {
                Some(PageStart::Opening(division)) => {
                    let text = matches!(division, Division::Chapter(_) | Division::Contents);
                    shown = wanted(division) && !text;
                }
                Some(PageStart::Inside { .. }) => shown = false,
                None => {}
            }
            let Some(folio) = page.folio.filter(|_| shown) else { continue };
            let number = folio.numerals.write(folio.number);
            writeln!(text, "[{number}] {start:?}").unwrap();
            let margins = layout.sheet.margins;
            let left = if index % 2 == 0 { margins.inner } else { margins.outer };
            lines(&mut text, &layout, page, left, Shown::TEXT);
        }
    }
    for finding in sink.findings() {
        writeln!(text, "{}", sink.line(finding)).unwrap();
    }
    text
}

/// The manifest of a book with these contents.
fn manifest(entries: &[Entry], sink: &mut Sink) -> Manifest {
    let matter = |name: &str| match name {
        name if name.starts_with("front") => Matter::Front,
        name if name.starts_with("back") => Matter::Back,
        _ => Matter::Body,
    };
    let name = |entry| match entry {
        &Entry::One => Some("one.md"),
        Entry::Chapter(name) => Some(name.as_str()),
        Entry::Part(_) | Entry::Recto => None,
    };
    let chapters: Vec<(&str, Matter)> =
        entries.iter().filter_map(name).map(|name| (name, matter(name))).collect();
    let mut manifest = sample::manifest(&chapters, sink);
    for (index, entry) in entries.iter().filter(|&entry| *entry != Entry::Recto).enumerate() {
        if let Entry::Part(title) = entry {
            manifest.contents.insert(index, manifest::Entry::Part(title.clone()));
        }
    }
    if entries.contains(&Entry::Recto) {
        manifest.opening = Opening::Recto;
    }
    manifest
}

/// A text with its repetitions written out.
fn repeated(markdown: &str) -> String {
    let line = |line: &str| {
        let repeated = line.strip_prefix('×').and_then(|rest| rest.split_once(' '));
        match repeated.and_then(|(times, words)| Some((times.parse::<usize>().ok()?, words))) {
            Some((times, words)) => words.replace('¶', "\n\n").repeat(times) + "\n",
            None => line.to_owned() + "\n",
        }
    };
    markdown.lines().map(line).collect()
}

/// The pages; those before the text are the same in every case of one chapter.
fn shown(layout: &Layout, show: Shown) -> String {
    let mut text = String::new();
    for (index, page) in layout.pages.iter().enumerate() {
        let Some(folio) = page.folio else { continue };
        if !show.front && folio.numerals != Numerals::Arabic {
            continue;
        }
        writeln!(text, "[{}]", folio.numerals.write(folio.number)).unwrap();
        let left =
            if index % 2 == 0 { layout.sheet.margins.inner } else { layout.sheet.margins.outer };
        lines(&mut text, layout, page, left, show);
    }
    text
}

/// The runs of a page in the order of drawing, those on one baseline together.
fn lines(text: &mut String, layout: &Layout, page: &Page, left: Length, show: Shown) {
    let ems = |length: Length| length.as_pt() / layout.sheet.body.as_pt();
    let place = |point: Point| {
        let y = point.y - layout.sheet.margins.head;
        format!("{:5.2} {:5.2}  ", ems(point.x - left), y.as_pt() / layout.sheet.leading.as_pt())
    };
    let mut baseline = None;
    let mut shown = String::new();
    for item in &page.items {
        match item {
            Item::Glyphs(run) => {
                if show.rules || baseline != Some(run.origin.y) {
                    write!(shown, "\n{}", place(run.origin)).unwrap();
                }
                shown.push_str(&characters(page, run));
                baseline = Some(run.origin.y);
            }
            Item::Picture { alt, .. } => write!(shown, "〔{alt}〕").unwrap(),
            Item::Rule { rect, .. } if show.rules => {
                let (width, thickness) = (ems(rect.size.width), rect.size.height.as_pt());
                write!(shown, "\n{}▬ {width:.2} × {thickness:.1}", place(rect.origin)).unwrap();
                baseline = None;
            }
            Item::Rule { .. } | Item::Wave { .. } | Item::Link { .. } | Item::Tag(_) => {}
        }
    }
    writeln!(text, "{}", shown.trim_start_matches('\n')).unwrap();
}

/// The lines under the opening of the first page: each glyph's characters and, in hundredths of an em,
/// its distance from the left edge of the type area.
fn placed(layout: &Layout) -> String {
    let text = |page: &&Page| page.folio.is_some_and(|f| f.numerals == Numerals::Arabic);
    let page = layout.pages.iter().find(text).unwrap();
    let top = layout.sheet.margins.head + layout.sheet.leading * 8;
    let mut shown = String::new();
    let mut baseline = None;
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        if run.origin.y < top {
            continue;
        }
        if baseline.is_some_and(|before| run.origin.y > before) {
            shown.push('\n');
        }
        baseline = baseline.max(Some(run.origin.y));
        for glyph in &page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize] {
            let start = glyph.text_start as usize;
            let word = &page.text[start..start + usize::from(glyph.text_length)];
            let word = word.replace(SOFT_HYPHEN, "-");
            let x = run.origin.x + glyph.x - layout.sheet.margins.inner;
            let place = (100.0 * x.as_pt() / layout.sheet.body.as_pt()).round();
            write!(shown, "{word}{place} ").unwrap();
        }
    }
    shown.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// What a divided word ends with; shown as `-`.
const SOFT_HYPHEN: char = '\u{AD}';

/// The characters of a run.
fn characters(page: &Page, run: &GlyphRun) -> String {
    let glyphs = &page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize];
    let start = glyphs.first().map_or(0, |glyph| glyph.text_start as usize);
    let end =
        glyphs.iter().map(|glyph| glyph.text_start as usize + usize::from(glyph.text_length)).max();
    page.text[start..end.unwrap_or(start).max(start)].replace(SOFT_HYPHEN, "-")
}

/// What the characters of the text belong to: a line for each element that begins or goes on.
fn tree(layout: &Layout) -> String {
    let mut text = String::new();
    let mut open: Vec<ElementId> = Vec::new();
    let in_text = |page: &&Page| page.folio.is_some_and(|at| at.numerals == Numerals::Arabic);
    for page in layout.pages.iter().filter(in_text) {
        let parts = page.items.chunk_by(|_, next| !matches!(next, Item::Tag(_)));
        for part in parts {
            let Some(Item::Tag(tag)) = part.first() else { panic!("no tag begins {part:?}") };
            let said: String = part[1..].iter().map(|item| said(page, item)).collect();
            match tag {
                Tag::Element(id) => {
                    let path = path(layout, *id);
                    let shared = path.iter().zip(&open).take_while(|(a, b)| a == b).count();
                    for (depth, id) in path.iter().enumerate().skip(shared.min(path.len() - 1)) {
                        let role = &layout.structure[id.0 as usize].role;
                        write!(text, "\n{:width$}{role:?}", "", width = depth * 2).unwrap();
                    }
                    write!(text, " {said}").unwrap();
                    open = path;
                }
                Tag::Artifact(artifact) => write!(text, "\n({artifact:?} {said})").unwrap(),
            }
        }
    }
    text.trim_start().to_owned() + "\n"
}

/// An element and those around it, below the chapter's.
fn path(layout: &Layout, id: ElementId) -> Vec<ElementId> {
    let parent = |id: &ElementId| layout.structure[id.0 as usize].parent;
    let mut path: Vec<ElementId> = std::iter::successors(Some(id), parent).collect();
    path.reverse();
    path.split_off(2)
}

/// What an item says.
fn said(page: &Page, item: &Item) -> String {
    match item {
        Item::Glyphs(run) => characters(page, run),
        Item::Picture { .. } => "〔picture〕".into(),
        Item::Rule { .. } => "▬".into(),
        Item::Wave { .. } => "〰".into(),
        Item::Link { target: Destination::Url(url), .. } => format!("→{url}"),
        Item::Link { target: Destination::Anchor(_), .. } => "→".into(),
        Item::Link { target: Destination::Element { id, .. }, .. } => format!("→{}", id.0),
        Item::Tag(_) => String::new(),
    }
}

/// Where in the source each page begins, and with which characters the page itself does.
#[test]
fn starts() {
    cases::run("layout/starts.txt", |text| {
        let source = repeated(text);
        drawn(text, &[Entry::One], "zh-Hans", |layout| begun(layout, &source))
    });
}

/// A line for each page of the text: its number, where it begins, eight characters of the source
/// from there on, and those of the page.
fn begun(layout: &Layout, source: &str) -> String {
    let mut shown = String::new();
    for (page, start) in layout.pages.iter().zip(&layout.starts) {
        let Some(folio) = page.folio.filter(|folio| folio.numerals == Numerals::Arabic) else {
            continue;
        };
        let at = match start {
            None => "nowhere".to_owned(),
            Some(PageStart::Opening(division)) => format!("{division:?}"),
            Some(PageStart::Inside { at, .. }) => {
                let rest = source[at.start as usize..].chars().skip(at.characters as usize);
                rest.take(8).collect()
            }
        };
        let page: String = page.text.chars().take(8).collect();
        writeln!(shown, "[{}] {} | {page}", folio.number, at.replace('\n', "¶")).unwrap();
    }
    shown
}
