//! OpenDocument texts become chapters: nothing that they show is lost.

use std::collections::BTreeMap;

use banxin::diag::{Message, Sink};
use banxin::files::Folder;
use banxin::import::Imported;
use banxin::profile::Product;

use super::documents::{DOT, chapter, imported, zipped};

const MIMETYPE: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");

/// Styles that programs give along, as far as these texts use them.
const STYLES: &str = "<office:document-styles><office:styles>
    <style:style style:name='Heading' style:family='paragraph'/>
    <style:style style:name='Title' style:family='paragraph' style:parent-style-name='Heading'/>
    <style:style style:name='Heading_20_1' style:display-name='Heading 1' style:family='paragraph'
        style:parent-style-name='Heading' style:default-outline-level='1'/>
    <style:style style:name='Caption' style:family='paragraph'/>
    <style:style style:name='Figure' style:family='paragraph' style:parent-style-name='Caption'/>
    <style:style style:name='Table' style:family='paragraph' style:parent-style-name='Caption'/>
    <style:style style:name='Quotations' style:family='paragraph'><style:text-properties fo:font-style='italic'/></style:style>
    <style:style style:name='Preformatted_20_Text' style:family='paragraph'/>
    <style:style style:name='Horizontal_20_Line' style:family='paragraph'/>
    <style:style style:name='Source_20_Text' style:family='text'/>
    <style:style style:name='Emphasis' style:family='text'><style:text-properties fo:font-style='italic'/></style:style>
    <style:style style:name='Internet_20_link' style:family='text'><style:text-properties style:text-underline-style='solid'/></style:style>
    <text:list-style style:name='Signs'><text:list-level-style-bullet text:level='1'/>
        <text:list-level-style-number text:level='2' style:num-format='a'/></text:list-style>
    <text:list-style style:name='Numbers'>
        <text:list-level-style-number text:level='1' style:num-format='1' text:start-value='3'/>
        <text:list-level-style-bullet text:level='2'/></text:list-style>
    </office:styles><office:master-styles><style:master-page>
    <style:header><text:p>页眉文字</text:p></style:header><style:header-left><text:p>页眉文字</text:p></style:header-left>
    <style:footer><text:p>第<text:page-number>1</text:page-number>页</text:p></style:footer>
    </style:master-page></office:master-styles></office:document-styles>";

const AUTOMATIC: &str = "<office:automatic-styles>
    <style:style style:name='P1' style:family='paragraph' style:parent-style-name='Standard'><style:text-properties fo:font-weight='bold'/></style:style>
    <style:style style:name='P2' style:family='paragraph' style:parent-style-name='Quotations'/>
    <style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold' style:font-weight-asian='bold'/></style:style>
    <style:style style:name='N' style:family='text'><style:text-properties fo:font-weight='normal'/></style:style>
    <style:style style:name='E' style:family='text' style:parent-style-name='Emphasis'><style:text-properties style:text-line-through-style='solid'/></style:style>
    <style:style style:name='Up' style:family='text'><style:text-properties style:text-position='super 58%'/></style:style>
    <style:style style:name='Down' style:family='text'><style:text-properties style:text-position='-25% 58%'/></style:style>
    <style:style style:name='Hidden' style:family='text'><style:text-properties text:display='none'/></style:style>
    </office:automatic-styles>";

/// A text of a body, with more parts.
fn document(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{AUTOMATIC}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut parts: Vec<(&str, &[u8])> =
        vec![MIMETYPE, ("content.xml", content.as_bytes()), ("styles.xml", STYLES.as_bytes())];
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// A paragraph of a style.
fn styled(style: &str, content: &str) -> String {
    format!("<text:p text:style-name='{style}'>{content}</text:p>")
}

fn heading(level: u8, content: &str) -> String {
    format!("<text:h text:outline-level='{level}'>{content}</text:h>")
}

fn p(content: &str) -> String {
    format!("<text:p>{content}</text:p>")
}

fn item(content: &str) -> String {
    format!("<text:list-item>{content}</text:list-item>")
}

/// The import of a body after the title `书名`: nothing of its words may be lost.
fn made(body: &str, more: &[(&str, &[u8])]) -> Imported {
    let (made, lines) = imported("a.odt", document(&(styled("Title", "书名") + body), more));
    assert!(lines.iter().all(|line| !line.contains("words-lost")), "{lines:?}");
    made.unwrap_or_else(|| panic!("{lines:?}"))
}

/// What the body of a text becomes, without the title.
fn text(body: &str) -> String {
    let made = made(body, &[("Pictures/dot.svg", DOT)]);
    chapter(&made).strip_prefix("# 书名 {#a}\n\n").unwrap().to_owned()
}

/// The report in English.
fn said(made: &Imported) -> String {
    made.report.text(Message::english)
}

fn report(body: &str, more: &[(&str, &[u8])]) -> String {
    said(&made(body, more))
}

#[test]
fn characters_have_the_manners_of_their_styles() {
    let styles = p(
        "正<text:span text:style-name='B'>重</text:span>文\n <text:span text:style-name='E'>删</text:span>后x<text:span text:style-name='Up'>2</text:span>y<text:span text:style-name='Down'>1</text:span>完。",
    );
    assert_eq!(text(&styles), "正**重**文*<!-- -->~~删~~*后x<sup>2</sup>y<sub>1</sub>完。\n");
    let inside = p(
        "一<text:span text:style-name='B'>二<text:span text:style-name='Emphasis'>三</text:span><text:span text:style-name='N'>四</text:span></text:span>",
    );
    assert_eq!(text(&inside), "一**二*三***四\n");
    let by_hand = styled("P1", "全<text:span text:style-name='N'>不</text:span>重。");
    assert_eq!(text(&by_hand), "**全**不**重。**\n");
    let code = p("用<text:span text:style-name='Source_20_Text'>a * b</text:span>。");
    assert_eq!(text(&code), "用`a * b`。\n");
}

#[test]
fn a_bold_line_with_a_number_is_a_heading_and_a_mark_in_it_is_small_once() {
    let note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注文。</text:p></text:note-body></text:note>";
    let raised = format!("<text:span text:style-name='Up'>2{note}</text:span>");
    let body = styled("P1", "一、背景") + &p(&format!("正文x{raised}。"));
    let expected = "## 一、背景 {.unnumbered}\n\n正文x<sup>2</sup>[^1]。\n\n[^1]: 注文。\n";
    assert_eq!(text(&body), expected);
    let told = "a bold line with a number became a heading: “一、背景”";
    assert!(report(&body, &[]).contains(told));
}

#[test]
fn white_space_is_read_as_the_format_has_it() {
    let body = p(
        "\n  one\n  <text:span>\ttwo</text:span><text:s text:c='4000000000'/>three<text:tab/>four<text:line-break/>five ",
    );
    assert_eq!(text(&body), "one two three four\\\nfive\n");
    let code = styled("Preformatted_20_Text", "if x:")
        + &styled("Preformatted_20_Text", "<text:s text:c='4'/>y")
        + &styled("Preformatted_20_Text", "")
        + &styled("Preformatted_20_Text", "<text:tab/>z");
    assert_eq!(text(&code), "```\nif x:\n    y\n\n\tz\n```\n");
}

#[test]
fn paragraphs_are_what_their_styles_or_the_parents_of_these_are() {
    let body = heading(2, "小节")
        + "<text:h text:outline-level='3' text:is-list-header='true'>前言</text:h>"
        + &p("文。")
        + &styled("P2", "引文一。")
        + &styled("P2", "引文二。")
        + &styled("Horizontal_20_Line", "")
        + &p(
            "<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>hàn</text:ruby-text></text:ruby>字。",
        );
    let expected = "## 小节\n\n### 前言 {.unnumbered}\n\n文。\n\n> 引文一。\n>\n> 引文二。\n\n* * *\n\n{汉|hàn}字。\n";
    assert_eq!(text(&body), expected);
}

#[test]
fn each_heading_of_the_first_level_begins_a_chapter() {
    let body = heading(1, "甲") + &p("文。") + &styled("Heading_20_1", "乙") + &p("文。");
    let chapters = |body: &str| -> Vec<String> {
        let (made, _) = imported("a.odt", document(body, &[]));
        let added = made.unwrap().added.into_iter();
        let added = added.filter(|(path, _)| path.ends_with(".md"));
        added.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
    };
    let two = ["# 甲 {#chapter-1}\n\n文。\n", "# 乙 {#chapter-2}\n\n文。\n"];
    assert_eq!(chapters(&body), two);
    // Below a title they are the sections of an article, unless it is as long as a book.
    let titled = styled("Title", "书名") + &body;
    assert_eq!(chapters(&titled), ["# 书名 {#a}\n\n## 甲\n\n文。\n\n## 乙\n\n文。\n"]);
    assert_eq!(chapters(&(titled + &p(&"文".repeat(15_000)))).len(), 2);
}

#[test]
fn lists_lie_in_each_other_and_go_on() {
    let nested = format!(
        "<text:list text:style-name='Numbers'>{}{}</text:list>",
        item(&(p("甲") + "<text:list>" + &item(&p("乙")) + "</text:list>")),
        item(&(p("丙") + &p("又。")))
    );
    assert_eq!(text(&nested), "3. 甲\n\n   - 乙\n\n4. 丙\n\n   又。\n");
    let list =
        |attributes: &str, items: &str| format!("<text:list {attributes}>{items}</text:list>");
    let goes_on = list("xml:id='one' text:style-name='Numbers'", &item(&p("甲")))
        + &p("间。")
        + &list("text:style-name='Numbers' text:continue-numbering='true'", &item(&p("乙")))
        + &p("间。")
        + &list("text:style-name='Numbers' text:continue-list='one'", &item(&p("丙")))
        + &p("间。")
        + &list(
            "text:style-name='Numbers'",
            &item(&p("丁"))
                .replace("item>", "item text:start-value='9'>")
                .replace("</text:list-item text:start-value='9'>", "</text:list-item>"),
        );
    assert_eq!(text(&goes_on), "3. 甲\n\n间。\n\n4. 乙\n\n间。\n\n4. 丙\n\n间。\n\n9. 丁\n");
    let deeper = list("text:style-name='Signs'", &item(&p("甲")))
        + &list("text:style-name='Signs'", &item(&list("", &(item(&p("乙")) + &item(&p("丙"))))));
    assert_eq!(text(&deeper), "- 甲\n  1. 乙\n  2. 丙\n");
    let headings = list("text:style-name='Numbers'", &item(&heading(2, "节"))) + &p("文。");
    assert_eq!(text(&headings), "## 节\n\n文。\n");
    let alone = "<text:numbered-paragraph text:style-name='Numbers' text:level='1'><text:number>3.</text:number><text:p>甲</text:p></text:numbered-paragraph>";
    assert_eq!(text(alone), "3. 甲\n");
}

#[test]
fn tables_keep_the_grid_under_their_spans() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let body = styled(
        "Table",
        "表 <text:sequence text:ref-name='refTable0'>1</text:sequence>：数目",
    ) + "<table:table table:name='T'><table:table-column table:number-columns-repeated='3'/><table:table-header-rows><table:table-row>"
        + &cell("table:number-columns-spanned='2'", "题")
        + "<table:covered-table-cell/>"
        + &cell("", "数")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + &cell("table:number-rows-spanned='2'", "高")
        + &cell("", "子</text:p><text:p>丑")
        + &cell("", "1")
        + "</table:table-row><table:table-row><table:covered-table-cell><text:p>盖住</text:p></table:covered-table-cell><table:table-cell table:number-columns-repeated='2'/></table:table-row></table:table>"
        + &p("见<text:sequence-ref text:ref-name='refTable0'>表 1</text:sequence-ref>。");
    let expected = "表：数目 {#tbl-a-at-1}\n\n| 题 |  | 数 |\n|---|---|---|\n| 高 | 子<br>丑 | 1 |\n|  |  |  |\n\n见[表 1](#tbl-a-at-1)。\n";
    assert_eq!(text(&body), expected);
    let report = report(&body, &[]);
    for told in ["the first of them: “题”", "the first of them: “高”", "another one covers: “盖住”"]
    {
        assert!(report.contains(told), "`{told}` is missing in\n{report}");
    }
}

#[test]
fn notes_stand_below_the_text() {
    let note = |class: &str, text: &str| {
        format!(
            "<text:note text:note-class='{class}'><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
            p(text)
        )
    };
    let body = p(&format!("一{}二{}。", note("footnote", "脚注"), note("endnote", "尾注")));
    assert_eq!(text(&body), "一[^1]二[^2]。\n\n[^1]: 脚注\n\n[^2]: 尾注\n");
}

#[test]
fn links_and_references_lead_to_their_places() {
    let link = |to: &str, words: &str| {
        format!(
            "<text:a xlink:href='{to}'><text:span text:style-name='Internet_20_link'>{words}</text:span></text:a>"
        )
    };
    let body = heading(
        2,
        "<text:bookmark-start text:name='b'/>甲<text:bookmark-end text:name='b'/>",
    ) + &p("文<text:reference-mark text:name='b'/>。")
        + &heading(2, "乙")
        + &p(&format!(
            "{}{}{}{}<text:bookmark-ref text:ref-name='b'>四</text:bookmark-ref><text:reference-ref text:ref-name='b'>五</text:reference-ref>",
            link("https://example.org/", "一"),
            link("#b", "二"),
            link("#1.%E4%B9%99|outline", "三"),
            link("../file.odt", "外")
        ));
    let expected = "## 甲 {#a-at-1}\n\n文。\n\n## 乙 {#a-at-2}\n\n[一](https://example.org/)[二](#a-at-1)[三](#a-at-2)外[四](#a-at-1)[五](#a-at-1)\n";
    assert_eq!(text(&body), expected);
    let report = report(&body, &[]);
    for told in ["links to 1 places in paragraphs", "a link to `../file.odt`"] {
        assert!(report.contains(told), "`{told}` is missing in\n{report}");
    }
}

#[test]
fn pictures_come_along_with_their_words_and_remote_ones_are_not_fetched() {
    let image = |to: &str, more: &str| {
        format!("<draw:frame svg:height='5cm'><draw:image xlink:href='{to}'/>{more}</draw:frame>")
    };
    let boxed = format!(
        "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>",
        styled(
            "Figure",
            &(image("Pictures/dot.svg", "<svg:desc>黑框</svg:desc>")
                + "图 <text:sequence>1</text:sequence>：一个框")
        )
    );
    let small = "<draw:frame svg:height='0.4cm'><svg:title>点</svg:title><draw:image xlink:href='Pictures/dot.svg'/></draw:frame>";
    let body = p(&format!("文{small}。{boxed}")) + &p(&image("https://example.org/far.png", ""));
    let expected = "文![点](pictures/a-1.svg)。\n\n![黑框](pictures/a-1.svg \"一个框\"){#fig-a-1}\n\n![图片待补](pictures/a-2.svg){#fig-a-2}\n";
    assert_eq!(text(&body), expected);
    let made = made(&body, &[("Pictures/dot.svg", DOT)]);
    assert!(made.added.iter().any(|(path, bytes)| path == "pictures/a-1.svg" && bytes == DOT));
    let told = "did not come along, from https://example.org/far.png";
    assert!(said(&made).contains(told), "{}", said(&made));
    let outside = report(&p(&image("../../etc/passwd", "")), &[]);
    assert!(outside.contains("did not come along, from ../../etc/passwd"), "{outside}");
}

#[test]
fn what_does_not_come_into_a_book_is_told() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>某人</dc:creator></office:change-info><text:p>删去</text:p></text:deletion></text:changed-region></text:tracked-changes>".to_owned()
        + "<text:table-of-content><text:table-of-content-source><text:index-title-template>模板</text:index-title-template></text:table-of-content-source><text:index-body><text:p>目录一条</text:p></text:index-body></text:table-of-content>"
        + &p("文<text:change-start/>增<text:change-end/><office:annotation><dc:creator>某人</dc:creator><text:p>批注</text:p></office:annotation><text:span text:style-name='Hidden'>藏</text:span><text:script script:language='JavaScript'>alert()</text:script>。")
        + "<text:section text:display='none'><text:p>暗</text:p></text:section>"
        + "<text:section><text:section-source xlink:href='https://example.org/a.odt'/><text:p>远</text:p></text:section>"
        + "<office:forms><form:form form:name='F'/></office:forms>"
        + &p("词<text:alphabetical-index-mark text:string-value='词'/><text:a xlink:href='https://example.org/'><office:event-listeners><script:event-listener xlink:href='vnd.sun.star.script:x'/></office:event-listeners>链</text:a>。")
        + &p("<draw:frame><draw:object xlink:href='./Object 1'/><draw:image xlink:href='./ObjectReplacements/Object 1'/></draw:frame>")
        + &p("<draw:custom-shape><text:p>框里的话</text:p></draw:custom-shape>");
    assert_eq!(text(&body).lines().next(), Some("文增。"));
    let chart: &[u8] = b"<office:document-content><office:chart/></office:document-content>";
    let more: [(&str, &[u8]); 3] = [
        ("Object 1/content.xml", chart),
        ("Basic/Standard/Module1.xml", b"Shell"),
        ("ObjectReplacements/Object 1", b"VCLMTF"),
    ];
    let report = report(&body, &more);
    for told in [
        "words deleted in the document: “删去”",
        "a list that banxin makes itself: “目录一条”",
        "a comment: “批注”",
        "hidden words: “藏”",
        "hidden words: “暗”",
        "macros in `JavaScript`, which were not run",
        "macros in `Basic/Standard/Module1.xml`, which were not run",
        "the object `./Object 1` inside the document",
        "the text at `https://example.org/a.odt` is not fetched",
        "the controls of the form `F`",
        "a call of the macro `vnd.sun.star.script:x`, which was not run",
        "the marks of 1 entries in an index",
        "a text box stands after its paragraph: “ 框里的话”",
        "header: “页眉文字”",
        "footer: “第1页”",
    ] {
        assert!(report.contains(told), "`{told}` is missing in\n{report}");
    }
    assert_eq!(report.matches("页眉文字").count(), 1);
}

#[test]
fn formulas_become_characters() {
    let math = "<math><semantics><mrow><msup><mi>a</mi><mn>2</mn></msup></mrow><annotation>a^2</annotation></semantics></math>";
    let body = p("设<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame>。");
    let made = made(&body, &[("Object 1/content.xml", math.as_bytes())]);
    assert!(chapter(&made).ends_with("设a^(2)。\n"), "{}", chapter(&made));
    assert!(said(&made).contains("became plain characters: “a^(2)”"), "{}", said(&made));
}

#[test]
fn properties_give_a_title_and_are_told() {
    let meta = "<office:document-meta><office:meta><dc:title>题名</dc:title><meta:initial-creator>甲</meta:initial-creator><meta:creation-date>2025-01-02T03:04:05</meta:creation-date></office:meta></office:document-meta>";
    let (made, _) = imported("a.odt", document(&p("文。"), &[("meta.xml", meta.as_bytes())]));
    let made = made.unwrap();
    assert_eq!(chapter(&made), "# 题名 {#a}\n\n文。\n");
    assert!(said(&made).contains("甲 · 2025-01-02"), "{}", said(&made));
}

#[test]
fn a_text_in_one_file_is_read_with_its_pictures() {
    let flat = format!(
        "<?xml version='1.0'?>\n<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>{AUTOMATIC}<office:scripts><office:script script:language='ooo:Basic'>Shell</office:script></office:scripts><office:body><office:text>{}{}</office:text></office:body></office:document>",
        heading(1, "题"),
        p(
            "文<text:span text:style-name='B'>重</text:span>。<draw:frame><draw:image><office:binary-data>PHN2\nZz48L3N2Zz4=</office:binary-data></draw:image></draw:frame>"
        )
    );
    let (made, lines) = imported("a.fodt", flat.into_bytes());
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert_eq!(chapter(&made), "# 题 {#a}\n\n文**重**。\n\n![图片](pictures/a-1.svg){#fig-a-1}\n");
    assert!(made.added.contains(&("pictures/a-1.svg".to_owned(), b"<svg></svg>".to_vec())));
    assert!(said(&made).contains("macros in `ooo:Basic`, which were not run"), "{}", said(&made));
}

/// A text with a picture, a table, a note.
fn sample() -> String {
    heading(2, "小节")
        + &p(
            "正文<text:span text:style-name='E'>删</text:span><text:note><text:note-body><text:p>注。</text:p></text:note-body></text:note>。",
        )
        + &format!("<text:list text:style-name='Numbers'>{}</text:list>", item(&p("甲")))
        + "<table:table><table:table-row><table:table-cell><text:p>子</text:p></table:table-cell><table:table-cell><text:p>丑</text:p></table:table-cell></table:table-row></table:table>"
        + &p("<draw:frame><draw:image xlink:href='Pictures/dot.svg'/></draw:frame>")
}

/// The same as a file.
pub(crate) fn writer() -> Vec<u8> {
    document(&(styled("Title", "书名") + &sample()), &[("Pictures/dot.svg", DOT)])
}

#[test]
fn books_are_built_of_texts() {
    let made = made(&sample(), &[("Pictures/dot.svg", DOT)]);
    let mut files: BTreeMap<String, Vec<u8>> = made.added.into_iter().collect();
    files.insert("book.toml".to_owned(), made.manifest);
    let mut sink = Sink::default();
    let formats = [Product::Epub, Product::Screen];
    let built = banxin::build(&Folder::Memory(files), None, &formats, &mut sink);
    let lines: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    assert!(built.is_ok(), "{lines:?}");
}

#[test]
fn broken_and_locked_texts_are_told() {
    let bomb = vec![b' '; 40 << 20];
    let deep = format!("<office:document-content>{}", "<text:section>".repeat(100_000));
    let declared = "<!DOCTYPE d [<!ENTITY e 'eeee'>]><d>&e;</d>";
    let locked = "<manifest:manifest><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let of = |content: &[u8]| zipped(&[MIMETYPE, ("content.xml", content)]);
    for (bytes, expected) in [
        (of(&bomb), "error[file-too-large] a.odt"),
        (of(deep.as_bytes()), "error[unreadable-file] a.odt"),
        (of(declared.as_bytes()), "error[unreadable-file] a.odt"),
        (of(b"<a><b></a>"), "error[unreadable-file] a.odt"),
        (of(b"<office:document-content/>"), "error[no-article] a.odt: there are no words"),
        (document("", &[]), "error[no-article] a.odt: there are no words"),
        (zipped(&[MIMETYPE]), "error[no-article] a.odt: the document's text `content.xml`"),
        (
            zipped(&[
                MIMETYPE,
                ("META-INF/manifest.xml", locked.as_bytes()),
                ("content.xml", b"\x01"),
            ]),
            "error[unreadable-file] a.odt: this document is locked with a password",
        ),
        (
            b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><a>"
                .to_vec(),
            "error[unreadable-file] a.odt: this file is broken",
        ),
    ] {
        let (made, lines) = imported("a.odt", bytes);
        assert!(made.is_none() && lines.iter().any(|line| line.starts_with(expected)), "{lines:?}");
    }
}

#[test]
fn what_lies_deep_is_read_as_far_as_the_format_lets_it() {
    let count = 40;
    let lists = "<text:list text:style-name='Signs'><text:list-item>".repeat(count)
        + &p("深")
        + &"</text:list-item></text:list>".repeat(count);
    assert!(text(&lists).contains('深'));
    let tables = "<table:table><table:table-row><table:table-cell>".repeat(count)
        + &p("深")
        + &"</table:table-cell></table:table-row></table:table>".repeat(count);
    assert_eq!(text(&tables), "深\n");
    let wide = "<table:table><table:table-row><table:table-cell table:number-columns-repeated='4000000000'/><table:table-cell><text:p>宽</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(text(wide).matches('|').count(), 124);
}
