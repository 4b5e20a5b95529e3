//! Documents of word processors become chapters: nothing that they show is lost.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use banxin::diag::{Message, Sink};
use banxin::files::{BookPath, Folder};
use banxin::import::{Given, Imported, import};
use banxin::profile::Product;
use zip::CompressionMethod::{Deflated, Stored};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import::TODAY;

const NAMESPACES: &str = "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:m=\"m\"";
pub(crate) const DOT: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"40\" height=\"30\"/></svg>";

/// An archive of parts; that which tells the kind lies there as it is.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let packed = if *name == "mimetype" { Stored } else { Deflated };
        let options = SimpleFileOptions::default().compression_method(packed);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document of a body, with styles, a list, a note, a comment, a picture and links.
fn document(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let text = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let relations = "<Relationships>
        <Relationship Id='s' Type='x/styles' Target='styles.xml'/>
        <Relationship Id='n' Type='x/numbering' Target='numbering.xml'/>
        <Relationship Id='f' Type='x/footnotes' Target='footnotes.xml'/>
        <Relationship Id='c' Type='x/comments' Target='comments.xml'/>
        <Relationship Id='p' Type='x/image' Target='media/dot.svg'/>
        <Relationship Id='far' Type='x/image' Target='http://example.org/far.png' TargetMode='External'/>
        <Relationship Id='u' Type='x/hyperlink' Target='https://example.org/' TargetMode='External'/>
        </Relationships>";
    let styles = "<w:styles xmlns:w='w'>
        <w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>
        <w:style w:styleId='2'><w:name w:val='标题 2'/></w:style>
        <w:style w:styleId='t'><w:name w:val='Title'/></w:style>
        <w:style w:styleId='q'><w:name w:val='Quote'/></w:style>
        <w:style w:styleId='k'><w:name w:val='caption'/></w:style></w:styles>";
    let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'>
        <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>
        <w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>
        <w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='-1'/>
        <w:footnote w:id='1'><w:p><w:r><w:t>注文。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let comments = "<w:comments xmlns:w='w'><w:comment><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment></w:comments>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("word/media/dot.svg", DOT),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// A paragraph of a style; the rest is runs.
fn styled(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{runs}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

pub(crate) fn imported(name: &str, bytes: Vec<u8>) -> (Option<Imported>, Vec<String>) {
    let folder = Folder::Memory(BTreeMap::from([(name.to_owned(), bytes)]));
    let given = Given { folder, file: BookPath::new(name), shown: name.to_owned() };
    let mut sink = Sink::default();
    let made = import(&[given], &Folder::Memory(BTreeMap::new()), TODAY, &mut sink);
    (made.ok(), sink.findings().iter().map(|finding| sink.line(finding)).collect())
}

/// The first chapter.
pub(crate) fn chapter(imported: &Imported) -> &str {
    let (_, bytes) = imported.added.iter().find(|(path, _)| path.ends_with(".md")).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

fn item(level: u8, text: &str) -> String {
    let list = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='7'/></w:numPr>");
    format!("<w:p><w:pPr>{list}</w:pPr>{}</w:p>", run(text))
}

fn sample() -> String {
    let picture = |id: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:docPr descr='黑框'/><a:blip r:embed='{id}'/></w:drawing></w:r></w:p>"
        )
    };
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
    [
        styled("t", &run("书名")),
        styled("2", &run("小节")),
        format!(
            "<w:p>{}<w:r><w:rPr><w:b/></w:rPr><w:t>重</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins>{}</w:ins><w:r><w:footnoteReference w:id='1'/></w:r><w:hyperlink r:id='u'>{}</w:hyperlink></w:p>",
            run("正文"), run("增"), run("链接")
        ),
        format!("<w:p>{}<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>", run("读作"), run("hàn"), run("汉")),
        item(0, "甲"),
        item(1, "乙"),
        item(0, "丙"),
        styled("q", &run("引文。")),
        picture("p"),
        styled("k", &run("图 1 一个框")),
        picture("far"),
        styled("k", &run("表 1 数目")),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("项"), cell("数"), cell("子"), cell("丑")),
    ]
    .concat()
}

/// A document of Word with pictures, a table, notes.
pub(crate) fn word() -> Vec<u8> {
    document(&sample(), &[])
}

#[test]
fn a_document_of_word_becomes_a_chapter() {
    let (made, lines) = imported("a.docx", document(&sample(), &[("word/vbaProject.bin", b"x")]));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let text = chapter(&made);
    for expected in [
        "# 书名 {#a}",
        "## 小节",
        "正文**重**增[^",
        "[链接](https://example.org/)",
        "{汉|hàn}",
        "3. 甲",
        "- 乙",
        "4. 丙",
        "> 引文。",
        "](pictures/a-1.svg",
        "数目",
        "| 子",
        "注文。",
    ] {
        assert!(text.contains(expected), "`{expected}` is missing in\n{text}");
    }
    assert!(!text.contains("http://example.org/far.png"), "{text}");
    let report = made.report.text(Message::english);
    for told in ["“删”", "批注", "word/vbaProject.bin", "far.png"] {
        assert!(report.contains(told), "`{told}` is missing in\n{report}");
    }
    assert!(lines.iter().all(|line| !line.contains("words-lost")), "{lines:?}");
}

/// The chapter and the report that a body becomes below the title `书名`; no word may be lost.
fn made(body: &str) -> (String, String) {
    let (made, lines) = imported("a.docx", document(&(styled("t", &run("书名")) + body), &[]));
    assert!(lines.iter().all(|line| !line.contains("words-lost")), "{lines:?}");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let text = chapter(&made).strip_prefix("# 书名 {#a}\n\n").unwrap().to_owned();
    (text, made.report.text(Message::english))
}

/// A paragraph of runs.
fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn bold(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn the_mark_of_a_note_is_made_small_once() {
    let raised = |content: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>{content}</w:r>")
    };
    let mark = "<w:footnoteReference w:id='1'/>";
    let body = [run("正文"), raised(mark), run("，x"), raised(&format!("<w:t>2</w:t>{mark}"))];
    let expected = "正文[^1]，x<sup>2</sup>[^1]\n\n[^1]: 注文。\n";
    assert_eq!(made(&p(&body.concat())).0, expected);
}

#[test]
fn a_bold_line_with_a_number_is_a_heading() {
    let body = [
        p(&bold("一、背景")),
        p(&run("正文，有句号。")),
        p(&(bold("（一）") + &bold("起点") + "<w:r><w:footnoteReference w:id='1'/></w:r>")),
        p(&run("正文，有句号。")),
        p(&bold("1. 读者")),
        p(&bold("要点")),
        p(&bold("二、这一句虽然加粗，却有句号。")),
        p(&(bold("三、") + &run("这一句只有一半加粗"))),
        format!("<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr></w:tbl>", p(&bold("1. 项"))),
    ];
    let (text, report) = made(&body.concat());
    let expected = "\
## 一、背景 {.unnumbered}

正文，有句号。

### （一）起点[^1] {.unnumbered}

正文，有句号。

#### 1\\. 读者 {.unnumbered}

**要点**

**二、这一句虽然加粗，却有句号。**

**三、**这一句只有一半加粗

| **1. 项** | **1. 项** |
|---|---|

[^1]: 注文。
";
    assert_eq!(text, expected);
    let told = "\
    a bold line with a number became a heading: “一、背景”
    a bold line with a number became a heading: “（一）起点”
    a bold line with a number became a heading: “1. 读者”
    a bold line stayed a paragraph; is it a heading? “要点”
";
    assert!(report.contains(told), "{report}");
    assert!(!report.contains("“1. 项”"), "{report}");
}

#[test]
fn the_words_above_or_below_a_table_are_its_caption() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&run(text)));
    let row = |one: &str, two: &str| format!("<w:tr>{}{}</w:tr>", cell(one), cell(two));
    let table = format!("<w:tbl>{}{}</w:tbl>", row("项", "数"), row("子", "1"));
    let mark = "<w:r><w:footnoteReference w:id='1'/></w:r>";
    let end = p(&(run("正文。") + mark));
    let expected =
        "表：数目 {#tbl-a-1}\n\n| 项 | 数 |\n|---|---|\n| 子 | 1 |\n\n正文。[^1]\n\n[^1]: 注文。\n";
    for words in [
        p(&run("表1 数目")),
        p(&(bold("表 2-1：") + &bold("数目"))),
        styled("k", &run("表1　数目")),
        styled("k", &run("数目")),
    ] {
        assert_eq!(made(&(words.clone() + &table + &end)).0, expected, "{words}");
        assert_eq!(made(&(table.clone() + &words + &end)).0, expected, "{words}");
    }
    // What else a caption has stays: manners, links, marks of notes.
    let rich = styled("k", &(run("表1 ") + &bold("数") + &run("目") + mark)) + &table + &end;
    assert_eq!(made(&rich).0, expected.replace("数目 {", "**数**目[^1] {"));
}

#[test]
fn a_title_that_the_text_says_again_stands_once() {
    let told = "what says the same as the title, which stands once: “书 名”";
    let note = "<w:r><w:footnoteReference w:id='1'/></w:r>";
    let paragraph = p(&(run("正文，有句号。") + note));
    let (text, report) = made(&(styled("1", &run("书 名")) + &paragraph));
    assert_eq!(text, "正文，有句号。[^1]\n\n[^1]: 注文。\n");
    assert!(report.contains(told), "{report}");
    // Its properties may say the title, and a bold line print it.
    let core = "<cp:coreProperties><dc:title>两项机制:一问</dc:title></cp:coreProperties>";
    let body = p(&(bold("两项机制：一问") + note)) + &paragraph;
    let bytes = document(&body, &[("docProps/core.xml", core.as_bytes())]);
    let made = imported("a.docx", bytes).0.unwrap();
    let expected = "# 两项机制：一问[^1] {#a}\n\n正文，有句号。[^1]\n\n[^1]: 注文。\n";
    assert_eq!(chapter(&made), expected);
}

#[test]
fn books_are_built_of_documents() {
    let made = imported("a.docx", document(&sample(), &[])).0.unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = made.added.into_iter().collect();
    files.insert("book.toml".to_owned(), made.manifest);
    let mut sink = Sink::default();
    let formats = [Product::Epub, Product::Screen];
    let built = banxin::build(&Folder::Memory(files), None, &formats, &mut sink);
    let lines: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    assert!(built.is_ok(), "{lines:?}");
}

#[test]
fn broken_documents_are_told() {
    let bomb = vec![b' '; 40 << 20];
    let declared = "<!DOCTYPE d [<!ENTITY e 'eeee'>]><d>&e;</d>";
    let deep = "<a>".repeat(100_000);
    for (bytes, expected) in [
        (zipped(&[("word/document.xml", &bomb)]), "error[file-too-large] a.docx"),
        (zipped(&[("word/document.xml", declared.as_bytes())]), "error[unreadable-file] a.docx"),
        (zipped(&[("word/document.xml", deep.as_bytes())]), "error[unreadable-file] a.docx"),
        (zipped(&[("word/document.xml", b"<a><b></a>")]), "error[unreadable-file] a.docx"),
        (b"PK\x03\x04 word/document.xml".to_vec(), "error[unreadable-file] a.docx"),
    ] {
        let (made, lines) = imported("a.docx", bytes);
        assert!(made.is_none() && lines.iter().any(|line| line.starts_with(expected)), "{lines:?}");
    }
}

#[test]
fn the_first_of_a_documents_chapters_says_who_made_all_of_it_where_no_other_says_anything() {
    let line = |text: &str| format!("<w:p>{}</w:p>", run(text));
    let heading = |text: &str| styled("1", &run(text));
    let of_all = [line("作者：王五"), heading("甲"), line("文。"), heading("乙"), line("文。")];
    let (made, _) = imported("a.docx", document(&of_all.concat(), &[]));
    let made = made.unwrap();
    let manifest = String::from_utf8(made.manifest).unwrap();
    assert!(manifest.ends_with("[[credits]]\nrole = \"作者\"\nnames = [\"王五\"]\n"), "{manifest}");
    let texts = made.added.iter().map(|(_, text)| String::from_utf8_lossy(text));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        ["# 甲 {#chapter-1}\n\n文。\n", "# 乙 {#chapter-2}\n\n文。\n"]
    );
    let of_each =
        [heading("甲"), line("作者：王五"), line("文。"), heading("乙"), line("作者：赵六")];
    let (made, _) = imported("a.docx", document(&of_each.concat(), &[]));
    let made = made.unwrap();
    assert!(!String::from_utf8_lossy(&made.manifest).contains("credits"));
    let texts = made.added.iter().map(|(_, text)| String::from_utf8_lossy(text));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        ["# 甲 {#chapter-1}\n\n作者：王五\n\n文。\n", "# 乙 {#chapter-2}\n\n作者：赵六\n"]
    );
}
