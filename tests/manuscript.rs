//! Markdown in, blocks and inlines out.

use banxin::diag::{Sink, Span};
use banxin::files::Folder;
use banxin::manifest::Matter;
use banxin::manuscript::{
    self, Alignment, Attributes, Author, Block, Chapter, Definition, Heading, Inline, List,
    Purpose, Reach, Table, Target, Text,
};

use crate::{cases, sample};

#[test]
fn emphasis() {
    cases::run("manuscript/emphasis.txt", tree);
}

#[test]
fn marks() {
    cases::run("manuscript/marks.txt", tree);
}

#[test]
fn index() {
    cases::run("manuscript/index.txt", tree);
}

#[test]
fn lines() {
    cases::run("manuscript/lines.txt", tree);
}

#[test]
fn headings() {
    cases::run("manuscript/headings.txt", tree);
}

#[test]
fn captions() {
    cases::run("manuscript/captions.txt", tree);
}

#[test]
fn links() {
    cases::run("manuscript/links.txt", tree);
}

#[test]
fn citations() {
    cases::run("manuscript/citations.txt", tree);
}

#[test]
fn notes() {
    cases::run("manuscript/notes.txt", tree);
}

#[test]
fn lists() {
    cases::run("manuscript/lists.txt", tree);
}

#[test]
fn editions() {
    cases::run("manuscript/editions.txt", tree);
}

#[test]
fn html() {
    cases::run("manuscript/html.txt", tree);
}

#[test]
fn the_sample_book_is_read_without_findings() {
    let mut sink = Sink::default();
    let manifest = sample::manifest(&sample::SAMPLE, &mut sink);
    let read = manuscript::read(&manifest, &sample::sample_folder(), &mut sink);
    assert_eq!(findings(&sink), "");
    let manuscript = read.unwrap();
    let mut dump = Dump { sink: &sink, text: String::new() };
    manuscript.chapters.iter().for_each(|chapter| dump.chapter(chapter));
    for literal in ["**", "{#", "[^", "](", "p 表："] {
        assert!(!dump.text.contains(literal), "{literal}");
    }
}

#[test]
fn files_that_are_no_text() {
    let read = |bytes: &[u8]| {
        let mut sink = Sink::default();
        let manifest = sample::manifest(&[("one.md", Matter::Body)], &mut sink);
        let folder = Folder::Memory([("one.md".into(), bytes.to_vec())].into());
        assert!(manuscript::read(&manifest, &folder, &mut sink).is_err());
        findings(&sink)
    };
    assert_eq!(
        read(b"# \xB0\xE6\xD0\xC4\n"),
        "error[not-utf8] one.md: the file is not UTF-8: line 1 holds other bytes\n  \
         hint: save it as UTF-8; older Chinese files are often GB 18030\n"
    );
    let forbidden = [("\0", "0000"), ("\u{8}", "0008"), ("\u{85}", "0085"), ("\u{FDD0}", "FDD0")];
    for (c, code) in forbidden {
        assert_eq!(
            read(format!("# 题\n\n字{c}\n").as_bytes()),
            format!(
                "error[control-character] one.md:3:2: the control character U+{code} has no place \
                 in a text\n  hint: delete it\n"
            )
        );
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let unix = "# 题 {#a}\n\n行一\n行二*三*\n\n```\na\nb\n```\n\none\ntwo\n";
    assert_eq!(tree(&format!("\u{FEFF}{}", unix.replace('\n', "\r\n"))), tree(unix));
}

#[test]
fn a_chapter_that_is_not_there_is_reported_where_it_is_listed() {
    let mut sink = Sink::default();
    let chapters = [("one.md", Matter::Front), ("text/tow.md", Matter::Body)];
    let manifest = sample::manifest(&chapters, &mut sink);
    let folder = sample::folder("# 题\n@@ text/two.md\n# 题\n");
    assert!(manuscript::read(&manifest, &folder, &mut sink).is_err());
    assert_eq!(
        findings(&sink),
        "error[missing-file] book.toml:2:1: there is no file `text/tow.md`\n  \
         hint: did you mean `two.md`?\n"
    );
}

/// Texts made to be hard to read; each is read in a small stack.
#[test]
fn hostile_texts_are_read_in_bounded_depth() {
    let texts: Vec<String> = vec![
        format!("# 题\n\n{}深", "> ".repeat(1_000)),
        format!("# 题\n\n{}深", "- ".repeat(1_000)),
        format!("# 题\n\n{}", "*a **a ".repeat(50_000)),
        format!("# 题\n\n{}{}", "*a **a ".repeat(50_000), "a** a*".repeat(50_000)),
        format!("# 题\n\n{}", "[".repeat(100_000)),
        format!("# 题\n\n{}", "[^".repeat(100_000)),
        format!("# 题\n\n{}{}", "[".repeat(50_000), "](a)".repeat(50_000)),
        format!("# 题\n\n{}", "![".repeat(100_000)),
        format!("# 题\n\n{}", "<sub>".repeat(100_000)),
        format!("# 题\n\n{}", "<".repeat(100_000)),
        format!("# 题\n\n{}", "`".repeat(100_000)),
        format!("# 题\n\n{}", "“*~_".repeat(100_000)),
        format!("# 题\n\n{}", "字。**“字".repeat(100_000)),
        format!("# 题\n\n表：{}\n\n|a|\n|-|\n|b|", "{\"".repeat(100_000)),
        format!("# 题\n\n{}", "a\n<b>\n".repeat(50_000)),
        format!("# 题\n\n<div>{}", "<!--".repeat(100_000)),
        format!("# 题\n\n{}{}", "[字".repeat(50_000), "]{.name}".repeat(50_000)),
        format!("# 题\n\n{}{}", "[字[^x]".repeat(50_000), "]{.nmae}".repeat(50_000)),
        format!("# 题\n\n{}{}", "{字|".repeat(50_000), "}".repeat(50_000)),
        format!("# 题\n\n{}{}", "*[字".repeat(50_000), "]{.dot}*".repeat(50_000)),
        format!("# 题\n\n{}", "[字]{.name".repeat(50_000)),
        format!("# 题\n\n{}", "]{.name}".repeat(50_000)),
    ];
    for text in texts {
        let small = std::thread::Builder::new().stack_size(256 * 1024);
        small.spawn(move || tree(&text).len()).unwrap().join().unwrap();
    }
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let text = format!("# 题\n\n{}", "汉字**“强调”**，word *em* `code` [^x] ".repeat(200_000));
    assert!(tree(&text).len() > 9_000_000);
}

/// The tree of a chapter, then the findings.
fn tree(input: &str) -> String {
    let mut sink = Sink::default();
    let manifest = sample::manifest(&[("one.md", Matter::Body)], &mut sink);
    let read = manuscript::read(&manifest, &sample::folder(input), &mut sink);
    let mut dump = Dump { sink: &sink, text: String::new() };
    if let Ok(manuscript) = &read {
        dump.chapter(&manuscript.chapters[0]);
    }
    dump.text + &findings(&sink)
}

fn findings(sink: &Sink) -> String {
    sink.findings().iter().map(|finding| sink.line(finding) + "\n").collect()
}

/// Where a link leads.
fn leads(target: &Target) -> String {
    match target {
        Target::Id(id) => format!("id {id}"),
        Target::Chapter(path) => format!("chapter {path}"),
        Target::Url(url) => format!("url {url}"),
        Target::Nothing(path) => format!("nothing {path}"),
    }
}

/// Writes trees, and checks on the way that texts stand where they say.
struct Dump<'a> {
    sink: &'a Sink,
    text: String,
}

impl Dump<'_> {
    fn chapter(&mut self, chapter: &Chapter) {
        self.heading(0, &chapter.title);
        self.blocks(0, &chapter.blocks);
        for note in &chapter.notes {
            self.check_name(&note.name.text, note.name.span);
            self.line(0, &format!("note {}", note.name.text));
            self.blocks(1, &note.blocks);
        }
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.text += &format!("{}{line}\n", "  ".repeat(depth));
    }

    fn heading(&mut self, depth: usize, heading: &Heading) {
        let id = heading.id.as_ref().map(|id| {
            self.check_name(&id.text, id.span);
            format!(" #{}", id.text)
        });
        let number = if heading.numbered { "" } else { " unnumbered" };
        let purpose = match heading.purpose {
            Purpose::Text => "",
            Purpose::Glossary => " glossary",
            Purpose::Index => " index",
            Purpose::References => " references",
        };
        let words = self.inlines(&heading.content);
        let id = id.unwrap_or_default();
        self.line(depth, &format!("h{} {words}{id}{number}{purpose}", heading.level));
    }

    fn blocks(&mut self, depth: usize, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(depth, block));
    }

    fn block(&mut self, depth: usize, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(depth, heading),
            Block::Paragraph(inlines) => {
                let words = self.inlines(inlines);
                self.line(depth, &format!("p {words}"));
            }
            Block::Quote(blocks) => {
                self.line(depth, "quote");
                self.blocks(depth + 1, blocks);
            }
            Block::List(list) => self.list(depth, list),
            Block::Definitions(definitions) => {
                definitions.iter().for_each(|definition| self.definition(depth, definition));
            }
            Block::Code { language, text } => {
                self.check(text);
                self.line(depth, &format!("code {language} {:?}", text.text));
            }
            Block::Figure(figure) => {
                self.check_name(&figure.path.text, figure.path.span);
                let caption = self.inlines(&figure.caption);
                let rest = self.attributes(&figure.attributes);
                let (path, alt) = (&figure.path.text, &figure.alt);
                self.line(depth, &format!("figure {path} ({alt}) {caption}{rest}"));
            }
            Block::Table(table) => self.table(depth, table),
            Block::Divider => self.line(depth, "divider"),
        }
    }

    fn list(&mut self, depth: usize, list: &List) {
        let start = list.start.map(|start| format!(" {start}")).unwrap_or_default();
        let tight = if list.tight { "tight" } else { "loose" };
        self.line(depth, &format!("list {tight}{start}"));
        for item in &list.items {
            let task = match item.task {
                Some(true) => " done",
                Some(false) => " open",
                None => "",
            };
            self.line(depth + 1, &format!("item{task}"));
            self.blocks(depth + 2, &item.blocks);
        }
    }

    fn definition(&mut self, depth: usize, definition: &Definition) {
        let term = self.inlines(&definition.term);
        self.line(depth, &format!("term {term}"));
        for body in &definition.bodies {
            self.line(depth + 1, "means");
            self.blocks(depth + 2, body);
        }
    }

    fn table(&mut self, depth: usize, table: &Table) {
        let columns: String = table
            .columns
            .iter()
            .map(|column| match column {
                Alignment::Start => '<',
                Alignment::Centre => '=',
                Alignment::End => '>',
            })
            .collect();
        let caption = self.inlines(&table.caption);
        let rest = self.attributes(&table.attributes);
        self.line(depth, &format!("table {columns} {caption}{rest}"));
        for row in std::iter::once(&table.head).chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| self.inlines(cell)).collect();
            self.line(depth + 1, &cells.join(" | "));
        }
    }

    fn attributes(&self, attributes: &Attributes) -> String {
        let id = attributes.id.as_ref().map(|id| {
            self.check_name(&id.text, id.span);
            format!(" #{}", id.text)
        });
        let source = attributes.source.as_ref().map(|source| {
            self.check(source);
            format!(" source {}", source.text)
        });
        let mut shown = id.unwrap_or_default() + &source.unwrap_or_default();
        for (name, text) in attributes.credit.said() {
            self.check(text);
            shown += &format!(" {name} {}", text.text);
        }
        shown
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) => {
                self.check(text);
                text.text.clone()
            }
            Inline::Emphasis(content) => format!("em({})", self.inlines(content)),
            Inline::Strong(content) => format!("strong({})", self.inlines(content)),
            Inline::Strike(content) => format!("strike({})", self.inlines(content)),
            Inline::Subscript(content) => format!("sub({})", self.inlines(content)),
            Inline::Superscript(content) => format!("sup({})", self.inlines(content)),
            Inline::Name(content) => format!("name({})", self.inlines(content)),
            Inline::Title(content) => format!("book({})", self.inlines(content)),
            Inline::Dotted(content) => format!("dot({})", self.inlines(content)),
            Inline::Gloss(content) => format!("gloss({})", self.inlines(content)),
            Inline::Foreign { language, content } => {
                self.check_name(&language.text, language.span);
                format!("{}({})", language.text, self.inlines(content))
            }
            Inline::Abbreviation { expansion, content } => {
                self.check(expansion);
                format!("abbr({}: {})", expansion.text, self.inlines(content))
            }
            Inline::Indexed { mark, content } => {
                let entries: Vec<String> =
                    mark.entries.iter().map(|entry| entry.join("!")).collect();
                let sort = mark.sort.as_ref().map(|sort| {
                    self.check(sort);
                    format!(" sort {}", sort.text)
                });
                let reach = match mark.reach {
                    Reach::Here => "",
                    Reach::Start => " start",
                    Reach::End => " end",
                };
                let said = entries.join("; ") + &sort.unwrap_or_default() + reach;
                format!("index({said}: {})", self.inlines(content))
            }
            Inline::Ruby { base, reading } => {
                self.check(reading);
                format!("ruby({}: {})", self.inlines(base), reading.text)
            }
            Inline::Code(text) => {
                self.check(text);
                format!("code({})", text.text)
            }
            Inline::Link { target, content, .. } => {
                format!("link({}: {})", leads(target), self.inlines(content))
            }
            Inline::PageOf { target, .. } => format!("page({})", leads(target)),
            Inline::Image { path, alt } => format!("image({} {alt})", path.text),
            Inline::NoteMark(name) => {
                self.check_name(&name.text, name.span);
                format!("mark({})", name.text)
            }
            Inline::Citation(citation) => {
                let works = citation.works.iter().map(|work| {
                    self.check_name(&work.key.text, work.key.span);
                    let author = if work.author == Author::Shown { "" } else { "-" };
                    format!("{}|{author}{}|{}", work.prefix, work.key.text, work.locator)
                });
                format!("cite({})", works.collect::<Vec<_>>().join("; "))
            }
            Inline::Break => "⏎".into(),
        }
    }

    /// A text as long as its place is the text at that place, but for white space.
    fn check(&self, text: &Text) {
        self.check_name(&text.text, text.span);
    }

    fn check_name(&self, text: &str, span: Span) {
        let source = &self.sink.sources.get(span.source).text[span.range()];
        if source.len() == text.len() {
            assert_eq!(source.replace(['\n', '\t'], " "), text.replace(['\n', '\t'], " "));
        }
    }
}
