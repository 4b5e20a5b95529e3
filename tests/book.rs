//! Chapters in, a resolved book out.

use banxin::book::{
    self, Block, Book, Caption, CrossEntry, IndexEntry, IndexPlace, Inline, Target,
};
use banxin::diag::{Sink, Span};
use banxin::files::Folder;
use banxin::font::{self, Fonts};
use banxin::manifest::{self, Entry, FontChoice, Located, Manifest, Matter, Numbering, TermLinks};
use banxin::manuscript;
use banxin::script::Scheme;

use crate::{cases, sample};

#[test]
fn numbers() {
    cases::run("book/numbers.txt", resolved);
}

#[test]
fn references() {
    cases::run("book/references.txt", resolved);
}

#[test]
fn index() {
    cases::run("book/index.txt", resolved);
}

#[test]
fn glossary() {
    cases::run("book/glossary.txt", resolved);
}

#[test]
fn notes() {
    cases::run("book/notes.txt", resolved);
}

#[test]
fn marks() {
    cases::run("book/marks.txt", resolved);
}

#[test]
fn citations() {
    cases::run("book/citations.txt", resolved);
}

#[test]
fn pictures() {
    cases::run("book/pictures.txt", resolved);
}

#[test]
fn glyphs() {
    cases::run("book/glyphs.txt", resolved);
}

#[test]
fn the_sample_book_lacks_nothing() {
    let mut sink = Sink::default();
    let folder = sample::sample_folder();
    let manifest = manifest::read(&folder, None, &mut sink).unwrap();
    let manuscript = manuscript::read(&manifest, &folder, &mut sink).unwrap();
    let book = book::resolve(manifest, manuscript, &folder, &fonts(), &mut sink);
    let findings: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    assert_eq!(findings, Vec::<String>::new());
    let book = book.unwrap();
    let labels: Vec<&str> = book.anchors.iter().map(|anchor| anchor.label.as_str()).collect();
    for label in ["第一章", "第六章", "图1-1", "图3-1", "表6-3", "图1", "表1", "大事记"]
    {
        assert!(labels.contains(&label), "{label}");
    }
    assert!(!dump(&book).contains("[→"));
}

#[test]
fn a_note_too_long_for_readers_is_told() {
    let chapter = |length: usize| format!("# 题\n\n字[^a]\n\n[^a]: {}。", "注".repeat(length - 1));
    let findings = |length| {
        let text = resolved(&chapter(length));
        let lines = text.lines().skip_while(|line| !line.starts_with("warning"));
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    assert_eq!(findings(5_000), Vec::<String>::new());
    let told = [
        "warning[long-note] one.md:5:3: the note `a` has 5001 characters",
        "  hint: e-readers open a note beside the text up to 5000: move some of it into the text",
    ];
    assert_eq!(findings(5_001), told);
}

fn fonts() -> Fonts {
    font::load(&FontChoice::default(), &Folder::Memory(Default::default()), &mut Sink::default())
        .unwrap()
}

/// The book of a case, then the findings. Its contents are the file `contents`: a line for each
/// chapter, `front`, `body`, `appendix` or `back` and its file, or for a part, `part` and its title;
/// without it `one.md`. A line `numbering off` turns numbers off, `numbering decimal` makes them so,
/// `links none` turns off the links to the glossary; `see`, `also` and `reading` say of an entry of the
/// index what `book.toml` does: `see LLM = 语言模型`. A case may have a whole `book.toml` instead,
/// and in the file `edition` the edition that is meant.
fn resolved(input: &str) -> String {
    let mut sink = Sink::default();
    let folder = sample::folder(input);
    let Folder::Memory(files) = &folder else { unreachable!() };
    let edition = files.get("edition").map(|name| std::str::from_utf8(name).unwrap().trim());
    let manifest = match files.contains_key("book.toml") {
        true => manifest::read(&folder, edition, &mut sink).unwrap(),
        false => contents(&folder, &mut sink),
    };
    let manuscript = manuscript::read(&manifest, &folder, &mut sink);
    let book = manuscript
        .and_then(|manuscript| book::resolve(manifest, manuscript, &folder, &fonts(), &mut sink));
    let mut text = book.map(|book| dump(&book)).unwrap_or_default();
    for finding in sink.findings() {
        text += &(sink.line(finding) + "\n");
    }
    text
}

fn contents(folder: &Folder, sink: &mut Sink) -> Manifest {
    let Folder::Memory(files) = folder else { unreachable!() };
    let whole = files
        .get("contents")
        .map_or("body one.md".into(), |bytes| String::from_utf8(bytes.clone()).unwrap());
    let lines: Vec<(&str, &str)> = whole.lines().filter_map(|line| line.split_once(' ')).collect();
    let chapters: Vec<(&str, Matter)> = lines
        .iter()
        .filter_map(|&(kind, file)| match kind {
            "front" => Some((file, Matter::Front)),
            "body" => Some((file, Matter::Body)),
            "appendix" => Some((file, Matter::Appendix)),
            "back" => Some((file, Matter::Back)),
            _ => None,
        })
        .collect();
    let mut manifest = sample::manifest(&chapters, sink);
    let mut at = 0;
    let source = sink.sources.add("contents", &whole);
    let pair = |words: &str| {
        let (from, to) = words.split_once(" = ").unwrap();
        let start = to.as_ptr() as usize - whole.as_ptr() as usize;
        let span = Span::new(source, start..start + to.len());
        (from.to_owned(), Located { value: to.to_owned(), span })
    };
    for (kind, title) in lines {
        match kind {
            "numbering" if title == "decimal" => {
                manifest.numbering = Numbering::On(Scheme::Decimal);
            }
            "numbering" => manifest.numbering = Numbering::Off,
            "links" => manifest.glossary = TermLinks::None,
            "see" => manifest.index.see.push(pair(title)),
            "also" => manifest.index.also.push(pair(title)),
            "reading" => manifest.index.readings.push(pair(title)),
            "part" => {
                manifest.contents.insert(at, Entry::Part(title.into()));
                at += 1;
            }
            _ => at += 1,
        }
    }
    manifest
}

/// A book as text: every anchor with its label, and where it stands.
fn dump(book: &Book) -> String {
    let mut text = String::new();
    for chapter in &book.chapters {
        if let Some(part) = &chapter.part {
            let number = part.number.as_deref().unwrap_or("-");
            text += &format!("part {number} {} #{}\n", part.title, book.anchor(part.anchor).name);
        }
        let anchor = book.anchor(chapter.anchor);
        let number = chapter.number.as_deref().unwrap_or("-");
        let title = inlines(book, &chapter.title);
        text += &format!("chapter {number} {title} #{} “{}”\n", anchor.name, anchor.label);
        blocks(book, &chapter.blocks, 1, &mut text);
        for note in &chapter.notes {
            text += &format!("  note {}\n", note.number);
            blocks(book, &note.blocks, 2, &mut text);
        }
    }
    text
}

fn blocks(book: &Book, all: &[Block], depth: usize, text: &mut String) {
    for block in all {
        let line = match block {
            Block::Heading(heading) => {
                let anchor = book.anchor(heading.anchor);
                assert_eq!(heading.plain.is_empty(), heading.content.is_empty());
                let number = heading.number.as_deref().unwrap_or("-");
                let words = inlines(book, &heading.content);
                format!("h{} {number} {words} #{} “{}”", heading.level, anchor.name, anchor.label)
            }
            Block::Paragraph(content) => format!("p {}", inlines(book, content)),
            Block::Quote(inner) => {
                blocks(book, inner, depth + 1, text);
                continue;
            }
            Block::List(list) => {
                list.items.iter().for_each(|item| blocks(book, &item.blocks, depth + 1, text));
                continue;
            }
            Block::Index(index) => {
                for group in &index.groups {
                    *text += &format!("  [{}]\n", group.title);
                    entries(book, &group.entries, 2, text);
                }
                continue;
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    if let Some(anchor) = definition.anchor {
                        let term = inlines(book, &definition.term);
                        *text += &format!("  term {term} #{}\n", book.anchor(anchor).name);
                    }
                    definition.bodies.iter().for_each(|body| blocks(book, body, depth + 1, text));
                }
                continue;
            }
            Block::Code { text, .. } => format!("code {:?}", text.text),
            Block::Figure(figure) => {
                let caption = caption(book, figure.caption.as_ref());
                format!("figure {} {caption}", figure.picture.0)
            }
            Block::Table(table) => {
                let caption = caption(book, table.caption.as_ref());
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                let cells: Vec<String> = cells.map(|cell| inlines(book, cell)).collect();
                format!("table {caption}: {}", cells.join(" | "))
            }
            Block::Divider => "divider".into(),
            Block::References(references) => {
                for reference in references {
                    let label = inlines(book, &reference.label);
                    let content = inlines(book, &reference.content);
                    let name = &book.anchor(reference.anchor).name;
                    *text += &format!("{}{label} {content} #{name}\n", "  ".repeat(depth));
                }
                continue;
            }
        };
        *text += &format!("{}{line}\n", "  ".repeat(depth));
    }
}

/// Entries of an index, each with the anchors that it leads to.
fn entries(book: &Book, all: &[IndexEntry], depth: usize, text: &mut String) {
    for entry in all {
        let name = |anchor| book.anchor(anchor).name.as_str();
        let place = |place: &IndexPlace| {
            let end = place.to.map_or(String::new(), |to| format!("–{}", name(to)));
            format!(" {}{end}", name(place.from))
        };
        let places: String = entry.places.iter().map(place).collect();
        let cross =
            |label: &str, to: &CrossEntry| format!(" {label} {}→{}", to.words, name(to.anchor));
        let see: String = entry.see.iter().map(|to| cross("see", to)).collect();
        let also: String = entry.also.iter().map(|to| cross("also", to)).collect();
        let own = entry.anchor.map_or(String::new(), |anchor| format!(" #{}", name(anchor)));
        let indent = "  ".repeat(depth);
        *text += &format!("{indent}{}{own}:{places}{see}{also}\n", entry.words);
        entries(book, &entry.entries, depth + 1, text);
    }
}

fn caption(book: &Book, caption: Option<&Caption>) -> String {
    let Some(caption) = caption else { return "-".into() };
    let source = caption.source.as_ref().map_or(String::new(), |text| format!(" ({})", text.text));
    let anchor = book.anchor(caption.anchor);
    assert_eq!(anchor.label, caption.label);
    format!("{} {}{source} #{}", caption.label, inlines(book, &caption.title), anchor.name)
}

fn inlines(book: &Book, all: &[Inline]) -> String {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.text.clone(),
            Inline::Emphasis(_, content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Subscript(content)
            | Inline::Superscript(content)
            | Inline::Name(content)
            | Inline::Title(content)
            | Inline::Gloss(content) => inlines(book, content),
            Inline::Foreign { rules, content, .. } => {
                format!("{}({})", rules.tag, inlines(book, content))
            }
            Inline::Ruby { base, reading } => {
                format!("{{{}|{}}}", inlines(book, base), reading.text)
            }
            Inline::Link { target: Target::Anchor(anchor), content } => {
                format!("[{}→{}]", inlines(book, content), book.anchor(*anchor).name)
            }
            Inline::Link { target: Target::Entry { entry, mark }, content } => {
                let mark = mark.map(|mark| format!(" #{}", book.anchor(mark).name));
                let name = &book.anchor(*entry).name;
                format!("[{}→{name}{}]", inlines(book, content), mark.unwrap_or_default())
            }
            Inline::Link { target: Target::Citation(anchor), content } => {
                format!("[{}↑{}]", inlines(book, content), book.anchor(*anchor).name)
            }
            Inline::Link { target: Target::Url(url), content } => {
                format!("[{}→{url}]", inlines(book, content))
            }
            Inline::Abbreviation { expansion, content } => {
                format!("({}={expansion})", inlines(book, content))
            }
            Inline::Term { anchor, content } => {
                format!("[{}⇢{}]", inlines(book, content), book.anchor(*anchor).name)
            }
            Inline::Anchor(anchor) => format!("‹{}›", book.anchor(*anchor).name),
            Inline::PageOf { anchor, .. } => format!("[p→{}]", book.anchor(*anchor).name),
            Inline::Image { picture, .. } => format!("(picture {})", picture.0),
            Inline::NoteMark(note) => format!("^{}", note.0),
            Inline::Break => "⏎".into(),
        })
        .collect()
}
