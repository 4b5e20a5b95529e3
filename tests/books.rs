//! Books of other programs become books of banxin: EPUBs, and folders of Markdown with a summary.

use std::collections::BTreeMap;
use std::path::Path;

use banxin::diag::{Message, Severity, Sink};
use banxin::files::{BookPath, Folder};
use banxin::import::{Given, Imported, import};
use banxin::profile::Product;

use crate::documents::{DOT, zipped};
use crate::import::TODAY;

const CONTAINER: &str = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>
    <rootfile full-path='OEBPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";

/// The report on an import in English.
fn said(made: &Imported) -> String {
    made.report.text(Message::english)
}

/// An EPUB of documents, read in the order given, with a package document that says `metadata`.
fn epub(metadata: &str, documents: &[(&str, &str)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let item = |(number, (name, _)): (usize, &(&str, &str))| {
        let properties = if *name == "nav.xhtml" { " properties='nav'" } else { "" };
        let path = name.replace(' ', "%20");
        format!(
            "<item id='i{number}' href='{path}' media-type='application/xhtml+xml'{properties}/>"
        )
    };
    let items: String = documents.iter().enumerate().map(item).collect();
    let spine: String =
        (0..documents.len()).map(|number| format!("<itemref idref='i{number}'/>")).collect();
    let package = format!(
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:opf='http://www.idpf.org/2007/opf' unique-identifier='id'>
        <metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='id'>urn:isbn:9780306406157</dc:identifier>{metadata}</metadata>
        <manifest>{items}<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/></manifest>
        <spine toc='ncx'>{spine}</spine></package>"
    );
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|(name, body)| {
            let text = format!(
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'>\
                 <head><title/><script src='x.js'/></head>{body}</html>"
            );
            (format!("OEBPS/{name}"), text)
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
    ];
    parts.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// Imports a file, or a folder where the name is empty.
fn taken(folder: Folder, name: &str) -> (Option<Imported>, Vec<String>) {
    let shown = if name.is_empty() { "a" } else { name }.to_owned();
    let given = Given { folder, file: BookPath::new(name), shown };
    let mut sink = Sink::default();
    let made = import(&[given], &Folder::Memory(BTreeMap::new()), TODAY, &mut sink);
    (made.ok(), sink.findings().iter().map(|finding| sink.line(finding)).collect())
}

/// Imports an EPUB.
pub(crate) fn imported(bytes: Vec<u8>) -> (Option<Imported>, Vec<String>) {
    taken(Folder::Memory(BTreeMap::from([("a.epub".to_owned(), bytes)])), "a.epub")
}

/// The text of a file of the new book.
pub(crate) fn file<'a>(imported: &'a Imported, path: &str) -> &'a str {
    let names: Vec<&str> = imported.added.iter().map(|(name, _)| name.as_str()).collect();
    let found = imported.added.iter().find(|(name, _)| name == path);
    std::str::from_utf8(&found.unwrap_or_else(|| panic!("no `{path}` in {names:?}")).1).unwrap()
}

/// The folder of what was imported.
pub(crate) fn folder(imported: &Imported) -> Folder {
    let mut files: BTreeMap<String, Vec<u8>> = imported.added.iter().cloned().collect();
    files.insert("book.toml".to_owned(), imported.manifest.clone());
    Folder::Memory(files)
}

/// Builds what was imported, without errors; gives the EPUB.
pub(crate) fn built(folder: &Folder) -> Vec<u8> {
    let mut sink = Sink::default();
    let formats = [Product::Epub, Product::Screen];
    let built = banxin::build(folder, None, &formats, &mut sink);
    let errors: Vec<String> = sink
        .findings()
        .iter()
        .filter(|finding| finding.code.severity() == Severity::Error)
        .map(|finding| sink.line(finding))
        .collect();
    let built = built.unwrap_or_else(|_| panic!("{}", errors.join("\n")));
    let found = built.files.into_iter().find(|file| file.product == Product::Epub);
    found.unwrap().bytes
}

const EPUB2: [(&str, &str); 5] = [
    (
        "cover.xhtml",
        "<body><svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><image xlink:href='images/dot%20one.svg'/></svg></body>",
    ),
    (
        "one.xhtml",
        "<body><div><h1 id='top'>第一章 开头</h1><p>正文<a id='r1'/><a href='notes.xhtml#n1'><sup>[1]</sup></a>，又见<a href='two.xhtml#deep'>别处</a>。</p>\
         <p><b>粗而短</b></p><figure><figcaption>图1 一个框</figcaption><img src='images/dot%20one.svg' alt='框'/></figure>\
         <p><ruby>汉<rt>hàn</rt></ruby><span epub:type='pagebreak' id='p2'>2</span></p>\
         <aside><p>旁白。</p></aside><img src='http://example.org/far.png'/></div></body>",
    ),
    ("one_split.xhtml", "<body><p>接着说。</p></body>"),
    (
        "two.xhtml",
        "<body><h1>Second</h1><h2 id='deep'>小节</h2><table id='t'><caption>表 1-1 数目</caption><tr><td>项</td><td>数</td></tr><tr><td>子</td><td>3</td></tr></table>\
         <p>再注<sup id='r2'><a href='notes.xhtml#n2'>2</a></sup>，见<a href='#t'>表</a>。</p></body>",
    ),
    (
        "notes.xhtml",
        "<body><h2>注释</h2><p id='n1'><a href='one.xhtml#r1'>[1]</a> 甲注。</p><p><a id='n2'/><a href='two.xhtml#r2'>2</a>. 乙注。</p></body>",
    ),
];

const NCX: &str = "<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>
    <navPoint><navLabel><text>开头</text></navLabel><content src='one.xhtml'/></navPoint>
    <navPoint><navLabel><text>Second</text></navLabel><content src='two.xhtml'/></navPoint></navMap></ncx>";

/// An EPUB with notes, pictures, a table.
pub(crate) fn second_generation() -> Vec<u8> {
    let more: [(&str, &[u8]); 2] =
        [("OEBPS/images/dot one.svg", DOT), ("OEBPS/toc.ncx", NCX.as_bytes())];
    epub("<dc:title>书名</dc:title><dc:language>zh-CN</dc:language>", &EPUB2, &more)
}

#[test]
fn an_epub_of_the_second_generation_becomes_a_book() {
    let metadata = "<dc:title>书名</dc:title><dc:creator opf:role='aut'>甲</dc:creator>\
        <dc:contributor opf:role='trl'>乙</dc:contributor><dc:language>zh-CN</dc:language>\
        <dc:publisher>某社</dc:publisher><dc:date>2020-01-02</dc:date><dc:subject>题材</dc:subject>";
    let more: [(&str, &[u8]); 2] =
        [("OEBPS/images/dot one.svg", DOT), ("OEBPS/toc.ncx", NCX.as_bytes())];
    let (made, lines) = imported(epub(metadata, &EPUB2, &more));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let one = "\
# 开头 {#one}

正文[^1]，又见[别处](#two-at-1)。

**粗而短**

![框](pictures/one-1.svg \"一个框\"){#fig-one-1}

{汉|hàn}

旁白。

![图片待补](pictures/one-2.svg)

接着说。

[^1]: 甲注。
";
    assert_eq!(file(&made, "one.md"), one);
    let two = "\
# Second {#two .unnumbered}

## 小节 {#two-at-1}

表：数目 {#tbl-two-at-2}

| 项 | 数 |
|---|---|
| 子 | 3 |

再注[^1]，见[表](#tbl-two-at-2)。

[^1]: 乙注。
";
    assert_eq!(file(&made, "two.md"), two);
    let manifest = "\
title = \"书名\"
publisher = \"某社\"
language = \"zh-Hans\"
";
    let written = std::str::from_utf8(&made.manifest).unwrap();
    assert!(written.starts_with(manifest), "{written}");
    for said in [
        "date = \"2020-01-02\"",
        "names = [\"甲\"]",
        "role = \"译者\"",
        "body = [\n    \"one.md\",\n    \"two.md\",\n]",
    ] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    for told in [
        "cover.xhtml",
        "far.png",
        "urn:isbn",
        "题材",
        "注释",
        "goes on",
        "numbers of pages",
        "which banxin counts itself: “第一章”",
        "banxin gives them none: “Second”",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    assert!(lines.iter().all(|line| !line.contains("words-lost")), "{lines:?}");
    built(&folder(&made));
}

#[test]
fn what_an_epub_marks_is_taken_by_what_it_says() {
    let documents = [
        (
            "contents.xhtml",
            "<body><h1>目录</h1><p><a href='preface.xhtml'>序</a></p><p><a href='a.xhtml'>甲</a></p><p><a href='credits.xhtml'>名单</a></p></body>",
        ),
        (
            "nav.xhtml",
            "<body><nav epub:type='toc'><ol><li><a href='a.xhtml'>甲</a></li></ol></nav></body>",
        ),
        ("title.xhtml", "<body epub:type='titlepage'><p>书名在此</p></body>"),
        (
            "preface.xhtml",
            "<body epub:type='frontmatter'><section role='doc-preface'><h1>序</h1><p>序文。</p></section></body>",
        ),
        ("part.xhtml", "<body><section epub:type='part'><h1>上编</h1></section></body>"),
        (
            "a.xhtml",
            "<body><section epub:type='chapter'><h1>甲</h1><p>文<a epub:type='noteref' href='#f'>见注</a>。</p>\
             <aside epub:type='footnote' id='f'><p>注一。</p><p>注二。</p></aside></section></body>",
        ),
        ("credits.xhtml", "<body epub:type='backmatter'><h1>名单</h1><p>丙。</p></body>"),
    ];
    let (made, lines) = imported(epub("<dc:title>书名</dc:title>", &documents, &[]));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert_eq!(file(&made, "a.md"), "# 甲 {#a}\n\n文[^1]。\n\n[^1]: 注一。\n\n    注二。\n");
    let written = std::str::from_utf8(&made.manifest).unwrap();
    for said in [
        "front = [\n    \"preface.md\",\n]",
        "body = [\n    { part = \"上编\", chapters = [\n    \"a.md\",\n] },\n]",
        "back = [\n    \"credits.md\",\n]",
    ] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    for told in ["书名在此", "contents.xhtml`, a list of links"] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    built(&folder(&made));
}

#[test]
fn endnotes_may_stand_in_a_file_of_their_own() {
    let documents = [
        (
            "a.xhtml",
            "<body><h1>甲</h1><p>文<a id='a1' role='doc-noteref' href='end.xhtml#e1'>1</a>与<sup>[<a id='a2' href='end.xhtml#e2'>2</a>]</sup>，2024年<a href='b.xhtml'>3</a>。</p></body>",
        ),
        (
            "b.xhtml",
            "<body><h1>乙</h1><p>文<a id='b1' role='doc-noteref' href='end.xhtml#e1'>1</a>。</p></body>",
        ),
        (
            "end.xhtml",
            "<body><section role='doc-endnotes'><h1>尾注</h1><ol><li id='e1'><p>其一。<a role='doc-backlink' href='a.xhtml#a1'>返回</a></p></li>\
             <li><p id='e2'>其二，<em>重</em>。<a href='a.xhtml#a2'>↩</a></p><p>又一段。</p></li></ol></section></body>",
        ),
    ];
    let metadata =
        "<dc:title>T</dc:title><dc:creator>A B</dc:creator><dc:language>en-GB</dc:language>";
    let (made, lines) = imported(epub(metadata, &documents, &[]));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let written = std::str::from_utf8(&made.manifest).unwrap();
    for said in ["language = \"en\"", "role = \"author\"\nnames = [\"A B\"]"] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    let expected = "# 甲 {#a}\n\n文[^1]与[^2]，2024年[3](#b)。\n\n[^1]: 其一。\n\n[^2]: 其二，*重*。\n\n    又一段。\n";
    assert_eq!(file(&made, "a.md"), expected);
    assert_eq!(file(&made, "b.md"), "# 乙 {#b}\n\n文[^1]。\n\n[^1]: 其一。\n");
    assert!(made.added.iter().all(|(name, _)| name != "end.md"));
    assert!(said(&made).contains("尾注"), "{}", said(&made));
    built(&folder(&made));
}

/// What a book shows after it was built, imported and built again.
#[test]
fn a_book_of_banxin_comes_back() {
    let chapter = "# 题 {#one}\n\n正文[^a]与**重点**，`码`，见[](#fig-a)。\n\n## 小节\n\n![框](dot.svg \"一个框\"){#fig-a}\n\n\
        > 引文。\n\n1. 甲\n2. 乙\n\n| 项 | 数 |\n|---|--:|\n| 子 | 3 |\n\n术语\n:   释义。\n\n```rust\nlet a = 1;\n```\n\n[^a]: 注文。\n";
    let manifest = "title = \"书\"\nlanguage = \"zh-Hans\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-01-01\"\n\
        [[credits]]\nrole = \"作者\"\nnames = [\"甲\"]\n[contents]\nbody = [\"one.md\"]\n";
    let files =
        [("one.md", chapter.as_bytes()), ("book.toml", manifest.as_bytes()), ("dot.svg", DOT)];
    let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let first = built(&Folder::Memory(BTreeMap::from(files)));
    let (made, lines) = imported(first);
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let expected = "\
# 题 {#ch001}

正文[^1]与**重点**，`码`，见[](#fig-ch001-at-1)。

## 小节

![框](pictures/ch001-1.svg \"一个框\"){#fig-ch001-at-1}

> 引文。

1. 甲
2. 乙

| 项 | 数 |
|---|--:|
| 子 | 3 |

术语
:   释义。

```rust
let a = 1;
```

[^1]: 注文。
";
    assert_eq!(file(&made, "ch001.md"), expected);
    assert!(lines.is_empty(), "{lines:?}");
    for told in ["title.xhtml`, a page with the title", "toc.xhtml`, a list of contents"] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    built(&folder(&made));
}

/// Entities that would be a billion words.
const ENTITIES: &[u8] = b"<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
    <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><container><rootfiles>&c;</rootfiles></container>";

#[test]
fn entities_of_a_document_are_words_and_no_more() {
    let declared = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
    let text = format!("{declared}<html><body><h1>题</h1><p>文&b;。</p></body></html>");
    let one = [("one.xhtml", "<body><h1>甲</h1></body>")];
    let bytes = epub("", &one, &[]);
    let (made, lines) = imported(repacked(&bytes, |name, bytes| match name {
        "OEBPS/one.xhtml" => (name.to_owned(), text.clone().into_bytes()),
        name => (name.to_owned(), bytes),
    }));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert_eq!(file(&made, "one.md"), "# 题 {#one}\n\n文\\&b;。\n");
}

/// An archive with other names or bytes for its parts.
fn repacked(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> (String, Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        parts.push(change(part.name(), bytes));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&parts)
}

#[test]
fn an_archive_in_an_epub_and_a_wrong_mimetype_do_no_harm() {
    let inner = epub("", &[("one.xhtml", "<body><h1>内</h1><p>里面。</p></body>")], &[]);
    let documents = [(
        "one.xhtml",
        "<body><h1>题</h1><p>文，<a href='inner.epub'>内</a>。</p><img src='inner.epub' alt='图样'/></body>",
    )];
    let bytes = epub("", &documents, &[("OEBPS/inner.epub", &inner)]);
    let (made, lines) = imported(repacked(&bytes, |name, bytes| match name {
        "mimetype" => (name.to_owned(), b"application/zip".to_vec()),
        name => (name.to_owned(), bytes),
    }));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let one = "# 题 {#one}\n\n文，内。\n\n![图样](pictures/one-2.svg)\n";
    assert_eq!(file(&made, "one.md"), one);
    let report = said(&made);
    let told = "`pictures/one-1.bin` holds `inner.epub`, which is no kind of picture that is known";
    assert!(report.contains(told), "{report}");
    let names: Vec<&str> = made.added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["one.md", "pictures/one-1.bin", "pictures/one-2.svg"]);
}

#[test]
fn paths_that_leave_an_epub_lead_nowhere_and_nothing_is_written_there() {
    let documents = [
        ("one.xhtml", "<body><h1>题</h1><p>文。</p><img src='/etc/passwd'/></body>"),
        ("two.xhtml", "<body><h1>外</h1><p>不收。</p></body>"),
        ("three.xhtml", "<body><h1>名</h1><p>收。</p></body>"),
    ];
    let bytes = epub("", &documents, &[]);
    let (made, lines) = imported(repacked(&bytes, |name, bytes| match name {
        "OEBPS/two.xhtml" => ("../../two.xhtml".to_owned(), bytes),
        "OEBPS/three.xhtml" => ("/etc/three.xhtml".to_owned(), bytes),
        "OEBPS/book.opf" => {
            let text = String::from_utf8(bytes).unwrap();
            let text = text.replace("href='two.xhtml'", "href='../../two.xhtml'");
            let text = text.replace("href='three.xhtml'", "href='/etc/three.xhtml'");
            (name.to_owned(), text.into_bytes())
        }
        name => (name.to_owned(), bytes),
    }));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(
        lines[0].starts_with("warning[chapter-wanted] a.epub: chapters that did not come along: 2"),
        "{lines:?}"
    );
    let names: Vec<&str> = made.added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["one.md", "pictures/one-1.svg"]);
    for told in ["`../../two.xhtml`, which", "`/etc/three.xhtml`, which", "from /etc/passwd"] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
}

#[test]
fn ten_thousand_documents_are_read_in_time() {
    let names: Vec<String> = (0..10_000).map(|number| format!("章{number}.xhtml")).collect();
    let text = "<body><h1>题</h1><p>文。</p><img src='far.png' alt='图样'/></body>";
    let documents: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text)).collect();
    let points = names.iter().map(|name| {
        format!("<navPoint><navLabel><text>题</text></navLabel><content src='{name}'/></navPoint>")
    });
    let ncx = format!("<ncx><navMap>{}</navMap></ncx>", points.collect::<String>());
    // Were any of it done in squares, the test would not end within minutes.
    let (made, lines) = imported(epub("", &documents, &[("OEBPS/toc.ncx", ncx.as_bytes())]));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let count = made.added.iter().filter(|(name, _)| name.ends_with(".md")).count();
    assert_eq!(count, 10_000);
    assert_eq!(
        file(&made, "chapter-10000.md"),
        "# 题 {#chapter-10000}\n\n文。\n\n![图样](pictures/chapter-10000-1.svg)\n"
    );

    let one = [("one.xhtml", "<body><h1>题</h1><p>文。</p></body>")];
    let bytes = repacked(&epub("", &one, &[]), |name, bytes| {
        let text = String::from_utf8(bytes).unwrap();
        let again = "<itemref idref='i0'/>".repeat(20_001);
        (name.to_owned(), text.replace("<itemref idref='i0'/>", &again).into_bytes())
    });
    let (made, lines) = imported(bytes);
    assert!(made.is_none());
    let expected = "error[file-too-large] a.epub: a book of more than 20000 chapters is none";
    assert_eq!(lines, [expected]);
}

/// A picture of so many pixels.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// What pandoc makes of a title page, formulas, code, tasks and pictures.
#[test]
fn an_epub_of_pandoc_becomes_a_book() {
    let one = "<body><h1 data-number='1'><span class='header-section-number'>1</span> 开头</h1>\
        <p>文<math><semantics><msup><mi>a</mi><mn>2</mn></msup><annotation encoding='application/x-tex'>a^2</annotation></semantics></math>，\
        行内<img src='sign.png' alt='点'/>图。</p>\
        <div class='figure'><img src='plate.png'/><p class='caption'>图1：一个框</p></div>\
        <ul class='task-list'><li><label><input type='checkbox'/>未做</label></li><li><label><input type='checkbox' checked=''/>已做</label></li></ul>\
        <div class='sourceCode' id='cb1'><pre class='sourceCode numberSource rust numberLines'><code class='sourceCode rust'>let a = 1;</code></pre></div>\
        <table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table>\
        <p>诗一。<br/>诗二。</p><dl><dt>词</dt><dd>其一。</dd><dd>其二。</dd></dl></body>";
    let documents = [
        ("title_page.xhtml", "<body><h1 class='title'>书名</h1><p class='author'>甲</p></body>"),
        ("ch001.xhtml", one),
        (
            "ch002.xhtml",
            "<body><h1><span class='header-section-number'>2</span> 经过</h1><p>文。</p></body>",
        ),
        ("ch003.xhtml", "<body><h1>书名</h1><p>又一处。</p></body>"),
    ];
    let (sign, plate) = (picture(40, 30), picture(200, 100));
    let more: [(&str, &[u8]); 2] = [("OEBPS/sign.png", &sign), ("OEBPS/plate.png", &plate)];
    let (made, lines) = imported(epub("<dc:title>书名</dc:title>", &documents, &more));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let expected = "\
# 开头 {#ch001}

文a^2，行内![点](pictures/ch001-1.png)图。

![一个框](pictures/ch001-2.png \"一个框\"){#fig-ch001-1}

- [ ] 未做
- [x] 已做

```rust
let a = 1;
```

| 甲 |
|---|
| 乙 |

诗一。\\
诗二。

词
:   其一。
:   其二。
";
    assert_eq!(file(&made, "ch001.md"), expected);
    assert_eq!(file(&made, "ch002.md"), "# 经过 {#ch002}\n\n文。\n");
    assert_eq!(file(&made, "ch003.md"), "# 书名 {#ch003 .unnumbered}\n\n又一处。\n");
    for told in [
        "title_page.xhtml`, a page with the title: “书名 甲”",
        "“a^2”",
        "which banxin counts itself: “1 · 2”",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    assert!(lines.is_empty(), "{lines:?}");
    built(&folder(&made));
}

#[test]
fn what_a_package_says_of_the_book_and_its_makers_is_taken() {
    let metadata = "<dc:title>书</dc:title><dc:language>zh</dc:language>\
        <dc:creator id='c1'>甲</dc:creator><dc:creator id='c2' opf:file-as='Yi'>乙</dc:creator>\
        <meta refines='#c2' property='role'>aut</meta>\
        <meta refines='#c2' property='alternate-script' xml:lang='en'>B</meta>\
        <dc:contributor id='c3'>甲</dc:contributor><meta refines='#c3' property='role'>edd</meta>\
        <dc:contributor opf:role='pdr'>丙</dc:contributor><dc:contributor opf:role='xyz'>丁</dc:contributor>\
        <dc:description>说明。</dc:description><dc:rights>权利。</dc:rights><dc:source>某刊</dc:source>\
        <dc:subject id='s1'>国际关系</dc:subject><meta refines='#s1' property='authority'>CLC</meta>\
        <meta refines='#s1' property='term'>D815</meta><dc:subject>题材</dc:subject>\
        <meta property='dcterms:license'>https://creativecommons.org/licenses/by/4.0/</meta>\
        <meta name='calibre:series' content='丛书'/><meta name='calibre:series_index' content='3.0'/>";
    let documents = [("one.xhtml", "<body><h1>题</h1><p>文。</p></body>")];
    let (made, lines) = imported(epub(metadata, &documents, &[]));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let written = std::str::from_utf8(&made.manifest).unwrap();
    for said in [
        "description = \"说明。\"\nrights = \"权利。\"\nlicence = \"https://creativecommons.org/licenses/by/4.0/\"\nsource = \"某刊\"\n",
        "subjects = [{ name = \"国际关系\", authority = \"CLC\", term = \"D815\" }, \"题材\"]",
        "[series]\nname = \"丛书\"\nposition = 3\n",
        "[[credits]]\nrole = \"作者\"\nnames = [{ name = \"乙\", sort = \"Yi\", alternate = [{ lang = \"en\", name = \"B\" }] }]\n",
        "[[credits]]\nrole = \"总编\"\nnames = [\"甲\"]\n",
        "[[credits]]\nrole = \"策划\"\nnames = [\"丙\"]\n",
    ] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    assert!(said(&made).contains("someone who made the book, `xyz`: “丁”"), "{}", said(&made));
    built(&folder(&made));
    // In English, a role that banxin does not know by its label has its code beside it.
    let metadata = "<dc:title>T</dc:title><dc:language>en</dc:language><dc:creator opf:role='aui'>A</dc:creator>";
    let made = imported(epub(metadata, &documents, &[])).0.unwrap();
    let written = std::str::from_utf8(&made.manifest).unwrap();
    let said = "role = \"author of the introduction\"\nrelator = \"aui\"\nnames = [\"A\"]\n";
    assert!(written.contains(said), "{written}");
}

#[test]
fn broken_epubs_are_told() {
    let one = [("one.xhtml", "<body><h1>题</h1><p>文。</p></body>")];
    let with = |more: &[(&str, &[u8])]| epub("", &one, more);
    let encrypted = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes256-cbc'/></EncryptedData></encryption>";
    let bomb = " ".repeat(40 << 20);
    let deep = "<div>".repeat(10_000);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (zipped(&[("META-INF/container.xml", b"<container>")]), "error[unreadable-file] a.epub"),
        (
            zipped(&[("META-INF/container.xml", CONTAINER.as_bytes())]),
            "error[unreadable-file] a.epub: the package document `OEBPS/book.opf`",
        ),
        (
            zipped(&[("META-INF/container.xml", CONTAINER.replace("OEBPS", "../..").as_bytes())]),
            "error[unreadable-file] a.epub",
        ),
        (epub("", &[], &[]), "error[unreadable-file] a.epub: the package of this EPUB lists no"),
        (
            with(&[("META-INF/encryption.xml", encrypted.as_bytes())]),
            "error[unknown-source] a.epub",
        ),
        (with(&[("META-INF/rights.xml", b"<rights/>")]), "error[unknown-source] a.epub"),
        (epub("", &[("one.xhtml", &bomb)], &[]), "error[file-too-large] a.epub"),
        (epub("", &[("one.xhtml", &deep)], &[]), "error[nested-too-deep] a.epub"),
        (
            epub("", &[("one.xhtml", "<body><img src='x.png'/></body>")], &[]),
            "error[no-article] a.epub",
        ),
        (b"PK\x03\x04 META-INF/container.xml".to_vec(), "error[unreadable-file] a.epub"),
        (
            zipped(&[("mimetype", b"application/epub+zip")]),
            "error[unreadable-file] a.epub: `META-INF/container.xml` of this EPUB is missing or broken",
        ),
        (
            zipped(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", ENTITIES)]),
            "error[unreadable-file] a.epub: the part `META-INF/container.xml` of this file is broken",
        ),
        (with(&[("META-INF/license.lcpl", b"{}")]), "error[unknown-source] a.epub"),
    ];
    for (bytes, expected) in cases {
        let (made, lines) = imported(bytes);
        assert!(made.is_none(), "{expected}");
        assert!(lines.iter().any(|line| line.starts_with(expected)), "{expected}: {lines:?}");
    }
}

#[test]
fn what_an_epub_names_and_does_not_have_is_told() {
    let documents = [
        (
            "one.xhtml",
            "<body><h1>题</h1><p>文<a href='../../../../etc/passwd#a'>外</a>。</p><img src='../../../etc/passwd'/><iframe src='x'/></body>",
        ),
        ("two.xhtml", "<body><h1>题二</h1><p>文。</p></body>"),
    ];
    let fonts = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/></EncryptedData></encryption>";
    let bytes = epub(
        "",
        &documents,
        &[("META-INF/encryption.xml", fonts.as_bytes()), ("inner.epub", b"PK\x03\x04")],
    );
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.contains("OEBPS/two.xhtml"));
    let missing = bytes.windows(15).enumerate().filter(|(_, it)| it == b"OEBPS/two.xhtml");
    let places: Vec<usize> = missing.map(|(at, _)| at).collect();
    let mut bytes = bytes;
    places.iter().for_each(|at| bytes[at + 6] = b'x');
    let (made, lines) = imported(bytes);
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let expected = "warning[chapter-wanted] a.epub: chapters that did not come along: 1";
    assert!(lines[0].starts_with(expected), "{lines:?}");
    for told in
        ["`two.xhtml`, which the book names", "obfuscated fonts", "etc/passwd", "a `iframe`: x"]
    {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    built(&folder(&made));
}

/// The folder of a book of mdBook.
pub(crate) fn handbook() -> Folder {
    Folder::Disk(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/mdbook"))
}

#[test]
fn a_book_of_mdbook_keeps_its_markdown() {
    let (made, lines) = taken(handbook(), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let preface = "\
# 前言 {#preface}

前言没有标题，见[安装](#readme)与[细节](#readme-at-3)。

## Setext 标题

文。
";
    assert_eq!(file(&made, "preface.md"), preface);
    let readme = "\
# 安装 `x` {#readme}

![框](pictures/readme-1.svg \"一个框\")

![又一框](pictures/readme-1.svg)

远处：![远](pictures/readme-2.svg)，见[注](#readme-at-2)，去[站](https://example.org/)，回[本节](#readme-at-1)，没有。

## 本节 {#readme-at-1}

引一条[^a]，写\\[^没有]和\\[@某人]，\\{汉|hàn}。

[^a]: 注文。

## 细节 {#readme-at-2}

```rust
fn b() {}
```

{{#include ../../../secret.txt}}

{{#include install.md}}

```rust
fn a() {}
// ANCHOR: part
fn b() {}
// ANCHOR_END: part
```

{{#include x}}

### 第二节 {#readme-at-3 .unnumbered}

> [!NOTE]
> 当心。

公式 $$a^2$$，按<kbd>键</kbd>。
";
    assert_eq!(file(&made, "readme.md"), readme);
    assert!(made.added.iter().all(|(name, _)| name != "install.md"));
    let written = std::str::from_utf8(&made.manifest).unwrap();
    for said in [
        "title = \"手册\"\nlanguage = \"zh-Hans\"",
        "front = [\n    \"preface.md\",\n]",
        "    { part = \"上编\", chapters = [\n    \"readme.md\",\n] },\n",
        "    { part = \"下编\", chapters = [\n    \"usage.md\",\n] },\n",
        "back = [\n    \"after.md\",\n]",
        "names = [\"甲\", \"乙\"]",
    ] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    for told in [
        "“草稿”",
        "guide/missing.md`, which the summary lists",
        "SUMMARY.md`: “自己”",
        "outside.md`: “外面”",
        "https://example.org/`: “站”",
        "`src/usage.md`, which the summary lists a second time",
        "chapters below others that became sections of these: 1",
        "secret.txt}}` in `src/guide/install.md`, which leads out",
        "which includes itself",
        "far.png",
        "nowhere.md",
        "formulas",
        "boxes",
        "<kbd>",
        "🙂",
        "more than one title",
        "called as in the summary",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    let starts: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(starts, ["warning[chapter-wanted] a", "warning[picture-wanted] a"]);
    built(&folder(&made));
}

/// A folder of files.
fn files(files: &[(&str, &str)]) -> Folder {
    let owned = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Folder::Memory(owned.collect())
}

/// Imports a folder into a book that says so of itself.
fn taken_into(book: &str, folder: Folder) -> Imported {
    let given = Given { folder, file: None, shown: "a".to_owned() };
    let mut sink = Sink::default();
    let made = import(&[given], &files(&[("book.toml", book)]), TODAY, &mut sink);
    made.unwrap_or_else(|_| panic!("{:?}", sink.findings()))
}

/// A book whose titles say their numbers.
pub(crate) const NUMBERED: [(&str, &str); 6] = [
    (
        "SUMMARY.md",
        "# S\n\n[序](preface.md)\n\n# 第一部分 基础\n\n- [甲](a.md)\n- [乙](b.md)\n  - [丙](c.md)\n\n# 第二编制\n\n- [丁](d.md)\n",
    ),
    ("preface.md", "# 1. 序\n\n文。\n"),
    ("a.md", "# 第1章 开头\n\n## 1.1 起\n\n文。\n\n### 1.1.1 深\n\n文。\n\n## 1.2 承\n\n文。\n"),
    ("b.md", "# 第2章：经过\n\n文。\n"),
    ("c.md", "# 2.1 转\n\n见[承](a.md#12-承)。\n\n## 无数\n\n文。\n"),
    ("d.md", "# 结语\n\n## 一、合\n\n文。\n"),
];

#[test]
fn titles_that_say_their_number_are_counted_once() {
    let (made, lines) = taken(files(&NUMBERED), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert_eq!(file(&made, "preface.md"), "# 1\\. 序 {#preface .unnumbered}\n\n文。\n");
    let a = "# 开头 {#a}\n\n## 起\n\n文。\n\n### 深\n\n文。\n\n## 承 {#a-at-1}\n\n文。\n";
    assert_eq!(file(&made, "a.md"), a);
    let b = "# 经过 {#b}\n\n文。\n\n## 转\n\n见[承](#a-at-1)。\n\n### 无数\n\n文。\n";
    assert_eq!(file(&made, "b.md"), b);
    assert_eq!(file(&made, "d.md"), "# 结语 {#d .unnumbered}\n\n## 一、合\n\n文。\n");
    let written = std::str::from_utf8(&made.manifest).unwrap();
    for said in ["scheme = \"decimal\"", "part = \"基础\"", "part = \"第二编制\""] {
        assert!(written.contains(said), "`{said}` is missing in\n{written}");
    }
    for told in [
        "which banxin counts itself: “第一部分 · 第1章 · 第2章： · 1.1 · 1.1.1 · 1.2 · 2.1”",
        "banxin gives them none: “结语”",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    built(&folder(&made));
}

#[test]
fn titles_keep_their_numbers_where_the_book_has_none() {
    let made = taken_into("title = \"书\"\n[headings]\nnumbers = false\n", files(&NUMBERED));
    let a = "# 第1章 开头 {#a .unnumbered}\n\n## 1.1 起\n\n文。\n\n### 1.1.1 深\n\n文。\n\n## 1.2 承 {#a-at-1}\n\n文。\n";
    assert_eq!(file(&made, "a.md"), a);
    let written = std::str::from_utf8(&made.manifest).unwrap();
    assert!(written.contains("part = \"第一部分 基础\""), "{written}");
    assert!(!said(&made).contains("counts"), "{}", said(&made));
}

#[test]
fn titles_keep_their_numbers_where_they_count_otherwise() {
    let book = "title = \"书\"\n[contents]\nbody = [{ part = \"上\", chapters = [\"x.md\"] }]\n";
    let made = taken_into(book, files(&NUMBERED));
    let a = "# 第1章 开头 {#a .unnumbered}\n\n## 1.1 起\n\n文。\n\n### 1.1.1 深\n\n文。\n\n## 1.2 承 {#a-at-1}\n\n文。\n";
    assert_eq!(file(&made, "a.md"), a);
    let written = std::str::from_utf8(&made.manifest).unwrap();
    assert!(written.contains("part = \"基础\""), "{written}");
    for told in [
        "the number of the part “基础”, 第一部分, is 第二编 in this book",
        "chapters that count otherwise than this book does",
        "“第一部分”",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    let others = "- [A](a.md)\n- [B](b.md)\n";
    let texts = [
        ("SUMMARY.md", others),
        ("a.md", "# Chapter 1: Start\n\n## 2. Second\n\nText.\n\n## 3. Third\n\nText.\n"),
        ("b.md", "# Chapter 2\n\nText.\n"),
    ];
    let (made, lines) = taken(files(&texts), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    // A title that is nothing else cannot lose its number.
    assert!(
        file(&made, "a.md").starts_with("# Chapter 1: Start {#a .unnumbered}\n\n## 2. Second\n")
    );
    let texts = [("SUMMARY.md", "- [A](a.md)\n"), texts[1]];
    let (made, lines) = taken(files(&texts), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let a = "# Start {#a}\n\n## 2. Second {.unnumbered}\n\nText.\n\n## 3. Third {.unnumbered}\n\nText.\n";
    assert_eq!(file(&made, "a.md"), a);
    assert!(said(&made).contains("headings in 1 chapters that count otherwise"), "{}", said(&made));
}

#[test]
fn chapters_below_others_become_sections_of_these() {
    let texts = [
        (
            "SUMMARY.md",
            "- [One](one.md)\n  - [Two](two.md)\n    - [Three](three.md)\n- [Draft]()\n  - [Four](four.md)\n- Words\n  - [Five](five.md)\n- [Gone](gone.md)\n  - [Six](six.md)\n- [Last]()\n\n---\n\n[End](end.md)\n",
        ),
        (
            "one.md",
            "# One\n\nA[^a], [x], see [two][t] and [three](three.md#deep).\n\n[^a]: First.\n\n[t]: two.md\n[x]: https://example.org/one\n",
        ),
        (
            "two.md",
            "# Two\n\nB[^a], [x] and [^b].\n\n# Again\n\nC.\n\n[^a]: Second.\n[^b]: Third.\n\n[x]: https://example.org/two\n",
        ),
        ("three.md", "No title.\n\n##### Deep\n\nD, [x].\n"),
        ("four.md", "# Four\n\nE.\n"),
        ("five.md", "# Five\n\nF.\n"),
        ("six.md", "# Six\n\nG.\n"),
        ("end.md", "# End\n\n{% hint %}H.{% endhint %} See [four](four.html).\n"),
    ];
    let (made, lines) = taken(files(&texts), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    let one = "\
# One {#one}

A[^a], [x](https://example.org/one), see [two](#one-at-1) and [three](#one-at-2).

[^a]: First.

## Two {#one-at-1}

B[^a-2], [x](https://example.org/two) and [^b].

### Again

C.

[^a-2]: Second.
[^b]: Third.

### Three

No title.

###### Deep {#one-at-2}

D, [x].
";
    assert_eq!(file(&made, "one.md"), one);
    let chapters: Vec<&str> = made.added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(chapters, ["one.md", "chapter-1.md", "chapter-2.md", "chapter-3.md", "end.md"]);
    let draft = "# Draft {#chapter-1}\n\n## Four {#chapter-1-at-1}\n\nE.\n";
    assert_eq!(file(&made, "chapter-1.md"), draft);
    let end = "# End {#end}\n\n{% hint %}H.{% endhint %} See [four](#chapter-1-at-1).\n";
    assert_eq!(file(&made, "end.md"), end);
    let written = std::str::from_utf8(&made.manifest).unwrap();
    assert!(written.contains("back = [\n    \"end.md\",\n]"), "{written}");
    assert_eq!(file(&made, "chapter-2.md"), "# Words {#chapter-2}\n\n## Five\n\nF.\n");
    assert_eq!(file(&made, "chapter-3.md"), "# Gone {#chapter-3}\n\n## Six\n\nG.\n");
    for told in [
        "chapters below others that became sections of these: 5",
        "“Draft” has no text of its own: it stands over the chapters below it",
        "“Gone” has no text",
        "a chapter that has no file yet: “Last”",
        "`gone.md`, which the summary lists",
        "`three.md` has no title: it is called as in the summary",
        "`end.md` has tags of GitBook, which stand as they were written",
    ] {
        assert!(said(&made).contains(told), "`{told}` is missing in\n{}", said(&made));
    }
    built(&folder(&made));
}

#[test]
fn a_summary_at_the_top_is_enough() {
    let files = [
        ("SUMMARY.md", "* [Start](README.md)\n* [Two](two.md)\n"),
        ("README.md", "---\nlayout: x\n---\n# Start\n\nSee [two](two.md#a-b).\n"),
        ("two.md", "# Two\n\n## A b\n\n<a id=\"x\"></a>Text {{#include one.txt}}.\n"),
        ("one.txt", "{{#include two.txt}}"),
        ("two.txt", "{{#include one.txt}}"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let (made, lines) = taken(Folder::Memory(BTreeMap::from(files)), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert_eq!(file(&made, "readme.md"), "# Start {#readme}\n\nSee [two](#two-at-1).\n");
    let two = "# Two {#two}\n\n## A b {#two-at-1}\n\n<a id=\"x\"></a>Text {{#include one.txt}}.\n";
    assert_eq!(file(&made, "two.md"), two);
    assert!(said(&made).contains("layout: x"), "{}", said(&made));
    assert!(lines.is_empty(), "{lines:?}");
    built(&folder(&made));
}

#[test]
fn files_that_include_others_many_times_come_to_an_end() {
    let mut files = BTreeMap::from([
        ("SUMMARY.md".to_owned(), b"- [A](a.md)\n".to_vec()),
        ("a.md".to_owned(), b"# A\n\nText.\n\n{{#include 0.txt}}\n".to_vec()),
    ]);
    for level in 0..10 {
        let text = format!("{{{{#include {}.txt}}}}\n", level + 1).repeat(10);
        files.insert(format!("{level}.txt"), text.into_bytes());
    }
    files.insert("10.txt".to_owned(), b"end\n".to_vec());
    let (made, lines) = taken(Folder::Memory(files), "");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(file(&made, "a.md").len() < 1 << 20);
    assert!(said(&made).contains("for files include each other without end"), "{}", said(&made));
}

#[test]
fn chapters_outside_the_folder_are_refused() {
    let files = [("book.toml", "[book]\nsrc = \"../elsewhere\"\n"), ("a.txt", "题\n\n文。\n")];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let (made, lines) = taken(Folder::Memory(BTreeMap::from(files)), "");
    assert!(made.is_none());
    assert!(
        lines.iter().any(|line| line.starts_with("error[path-outside] a/book.toml")),
        "{lines:?}"
    );
}

#[test]
fn a_summary_without_chapters_is_no_book() {
    let files = BTreeMap::from([("SUMMARY.md".to_owned(), b"- [A](a.md)\n".to_vec())]);
    let (made, lines) = taken(Folder::Memory(files), "");
    assert!(made.is_none());
    assert!(lines.iter().any(|line| line.starts_with("error[no-article] a")), "{lines:?}");
}
