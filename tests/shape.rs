//! Articles become chapters: what their lines look like, exactly.

use banxin::diag::Message;

use crate::documents::{chapter, imported};

/// The chapter and the report that a source becomes; none of its words may be lost.
fn made(name: &str, text: &str) -> (String, String) {
    let (made, lines) = imported(name, text.as_bytes().to_vec());
    assert!(lines.iter().all(|line| !line.contains("words-lost")), "{lines:?}");
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    (chapter(&made).to_owned(), made.report.text(Message::english))
}

/// What follows the title `题` of a plain text.
fn text(lines: &str) -> String {
    let (chapter, _) = made("a.txt", &format!("题\n\n{lines}\n"));
    chapter.strip_prefix("# 题 {#a}\n\n").unwrap_or_else(|| panic!("{chapter}")).to_owned()
}

/// What follows the title `题` of a web page, and the report.
fn page(content: &str) -> (String, String) {
    let page = format!("<html><head><title>题</title></head><article>{content}</article></html>");
    let (chapter, report) = made("a.html", &page);
    let text = chapter.strip_prefix("# 题 {#a}\n\n").unwrap_or_else(|| panic!("{chapter}"));
    (text.to_owned(), report)
}

#[test]
fn headings_stay_two_where_an_empty_line_parts_them() {
    let paragraph = "这一段是正文，有句号。";
    let together = text(&format!("为什么是现在\n背景与原因\n\n{paragraph}"));
    assert_eq!(together, format!("## 为什么是现在<br>背景与原因\n\n{paragraph}\n"));
    let apart = text(&format!("为什么是现在\n\n背景与原因\n\n{paragraph}"));
    assert_eq!(apart, format!("## 为什么是现在\n\n## 背景与原因\n\n{paragraph}\n"));
}

#[test]
fn a_line_with_a_number_of_its_own_begins_a_heading() {
    let paragraph = "这一段是正文，有句号。";
    for (first, second, expected) in [
        ("一、起点", "（一）担心", "## 一、起点 {.unnumbered}\n\n### （一）担心 {.unnumbered}"),
        ("（一）担心", "1. 读者", "## （一）担心 {.unnumbered}\n\n### 1\\. 读者 {.unnumbered}"),
        (
            "第一章 起点",
            "第一节 担心",
            "## 第一章 起点 {.unnumbered}\n\n## 第一节 担心 {.unnumbered}",
        ),
        ("起点", "一、担心", "## 起点 {.unnumbered}\n\n## 一、担心 {.unnumbered}"),
    ] {
        for between in ["\n", "\n\n"] {
            let made = text(&format!("{first}{between}{second}\n{paragraph}"));
            assert_eq!(made, format!("{expected}\n\n{paragraph}\n"));
        }
    }
    let three = text(&format!("第一章 起点\n一、担心\n（一）读者\n{paragraph}"));
    let expected =
        "## 第一章 起点 {.unnumbered}\n\n## 一、担心 {.unnumbered}\n\n### （一）读者 {.unnumbered}";
    assert_eq!(three, format!("{expected}\n\n{paragraph}\n"));
}

#[test]
fn a_text_without_empty_lines_has_headings_too() {
    let given = "第一段在这里，有句号。\n两项机制\n第二段在这里，有句号。\n为什么是现在\n背景与原因\n第三段在这里，有句号。";
    let expected = "第一段在这里，有句号。\n\n## 两项机制\n\n第二段在这里，有句号。\n\n## 为什么是现在<br>背景与原因\n\n第三段在这里，有句号。\n";
    assert_eq!(text(given), expected);
}

#[test]
fn a_number_alone_stands_before_the_title_below_it() {
    let paragraph = "这一段是正文，有句号。";
    let expected = format!("## 01 背景 {{.unnumbered}}\n\n{paragraph}\n");
    assert_eq!(text(&format!("01\n背景\n\n{paragraph}")), expected);
    assert_eq!(text(&format!("01\n\n背景\n\n{paragraph}")), expected);
}

#[test]
fn a_short_question_in_running_text_is_no_heading() {
    // Each paragraph stands apart, or none: that a question does too says nothing.
    let (first, last) = ("门口站着一个人，他没有出声。", "他只是笑了笑，把书放下。");
    for between in ["\n", "\n\n"] {
        let given = [first, "你是谁？", last, "真的吗?", first, last].join(between);
        let expected = format!("{first}\n\n你是谁？\n\n{last}\n\n真的吗？\n\n{first}\n\n{last}\n");
        assert_eq!(text(&given), expected);
    }
}

#[test]
fn a_question_that_is_set_off_or_has_a_number_is_a_heading() {
    let (first, last) = ("专家小组由四十人组成。", "治理对话每年举行一次。");
    let digest = format!("{first}\n{last}\n\n为什么是现在？\n\n{first}\n{last}");
    let expected = format!("{first}\n\n{last}\n\n## 为什么是现在？\n\n{first}\n\n{last}\n");
    assert_eq!(text(&digest), expected);
    let within = format!("{first}\n{last}\n为什么是现在？\n{first}\n\n{last}");
    let expected = format!("{first}\n\n{last}\n\n为什么是现在？\n\n{first}\n\n{last}\n");
    assert_eq!(text(&within), expected);
    let numbered = format!("{first}\n\n二、为什么是现在？\n\n{last}");
    let expected = format!("{first}\n\n## 二、为什么是现在？ {{.unnumbered}}\n\n{last}\n");
    assert_eq!(text(&numbered), expected);
}

#[test]
fn a_heading_may_stand_over_a_question() {
    let given = "两项机制\n这意味着什么？\n专家小组由四十人组成。";
    assert_eq!(text(given), "## 两项机制\n\n这意味着什么？\n\n专家小组由四十人组成。\n");
}

#[test]
fn a_mark_after_one_that_was_put_right_is_put_right_too() {
    for (given, expected) in [
        ("两项机制(见下);一是小组,二是对话。", "两项机制（见下）；一是小组，二是对话。"),
        ("他说\"多边\",又说\"单边\":都对。", "他说“多边”，又说“单边”：都对。"),
        ("真的吗?!当然!!他说...,走了。", "真的吗？！当然！！他说……，走了。"),
        ("某刊(2020):第5-7页,共3,000字,3:00开始。", "某刊（2020）：第5-7页，共3,000字，3:00开始。"),
    ] {
        assert_eq!(text(given), format!("{expected}\n"));
    }
}

#[test]
fn entries_of_a_list_of_works_keep_their_marks() {
    for entry in [
        "[1]王五.芯片[J].北京:某社,2020.",
        "[12] 张三, 李四. 治理(修订版)[M]. 2版. 北京: 某社, 2020: 5-7.",
        "王五.芯片[EB/OL].(2020-01-02)[2021-03-04].https://example.org/a.",
        "[3]李四.算力[D].北京:某校,2021",
    ] {
        let paragraph = "正文在前面,有句号。";
        let expected = entry.replace('[', "\\[").replace(']', "\\]");
        let made = text(&format!("{entry}\n{paragraph}\n\n{entry}"));
        assert_eq!(made, format!("{expected}\n\n正文在前面，有句号。\n\n{expected}\n"));
    }
    let prose = "他在文章里(王五.芯片[J].某刊,2020)说,芯片很重要。";
    assert_eq!(text(prose), "他在文章里（王五。芯片\\[J\\].某刊，2020）说，芯片很重要。\n");
}

#[test]
fn a_number_above_a_title_of_a_page_stands_before_it() {
    let large =
        |words: &str| format!("<section><span style='font-size:24px'>{words}</span></section>");
    let bold = |words: &str| format!("<p><strong>{words}</strong></p>");
    let paragraph = "<p>正文一段，有句号。</p>";
    let expected = "## 01 背景 {.unnumbered}\n\n正文一段，有句号。\n\n## 02 现在 {.unnumbered}\n\n正文一段，有句号。\n";
    let in_type =
        large("01") + &bold("背景") + paragraph + &large("02") + &large("现在") + paragraph;
    assert_eq!(page(&in_type).0, expected);
    let plain = format!("<p>01</p><h2>背景</h2>{paragraph}<p>02</p>{}{paragraph}", bold("现在"));
    assert_eq!(page(&plain).0, expected);
    let above_plain =
        large("01") + "<p>背景</p>" + paragraph + &bold("02") + "<p>现在</p>" + paragraph;
    let (text, report) = page(&above_plain);
    assert_eq!(text, expected);
    assert!(report.contains("a short line below a number became a heading: “背景”"), "{report}");
}

#[test]
fn a_number_without_a_title_is_text() {
    let large = |words: &str| format!("<p style='font-size:24px'>{words}</p>");
    let paragraph = "<p>正文一段，有句号。</p>";
    let given = large("01") + paragraph + &large("85") + "<p>个国家参加</p>" + &large("02");
    let (text, report) = page(&given);
    assert_eq!(text, "01\n\n正文一段，有句号。\n\n85\n\n个国家参加\n\n02\n");
    assert!(!report.contains("became a heading"), "{report}");
    let called = format!("<h2>1</h2>{paragraph}<h2>2</h2>{paragraph}");
    assert_eq!(page(&called).0, "## 1\n\n正文一段，有句号。\n\n## 2\n\n正文一段，有句号。\n");
}

#[test]
fn a_title_that_the_page_says_again_stands_once() {
    let told = "what says the same as the title, which stands once: “";
    let paragraph = "<p>正文一段，有句号。</p>";
    for again in [
        "<h2>题</h2>",
        "<p><strong>题 </strong></p>",
        "<p>题</p>",
        "<p><img src='a.png' alt='图像'></p><h2>题</h2>",
    ] {
        let (text, report) = page(&format!("{again}{paragraph}<h2>题外</h2>{paragraph}"));
        let expected = "正文一段，有句号。\n\n## 题外\n\n正文一段，有句号。\n";
        assert!(text.ends_with(expected) && !text.contains("题\n"), "{again}: {text}");
        assert!(report.contains(told), "{again}: {report}");
    }
    let marks = "<html><head><title>能力差距从何而来?</title></head><article><p>导语一段。</p>\
        <h3>能力差距<br>从何而来？</h3><p>正文。</p></article></html>";
    assert_eq!(made("a.html", marks).0, "# 能力差距从何而来？ {#a}\n\n导语一段。\n\n正文。\n");
    // A heading further down that says the same is another one.
    let (text, _) = page(&format!("<h2>题外</h2>{paragraph}<h2>题</h2>{paragraph}"));
    assert_eq!(text, "## 题外\n\n正文一段，有句号。\n\n## 题\n\n正文一段，有句号。\n");
}

#[test]
fn a_line_in_brackets_is_no_heading() {
    let paragraph = "这一段是正文，有句号。";
    for (line, kept) in
        [("（单位：亿千瓦时）", "（单位：亿千瓦时）"), ("(原载某刊)", "（原载某刊）")]
    {
        assert_eq!(text(&format!("{line}\n{paragraph}")), format!("{kept}\n\n{paragraph}\n"));
    }
}

#[test]
fn the_words_beside_a_table_of_a_page_are_its_caption() {
    let table = "<table><tr><td>项</td><td>数</td></tr><tr><td>子</td><td>1</td></tr></table>";
    let grid = "| 项 | 数 |\n|---|---|\n| 子 | 1 |";
    let captioned = format!("表：数目 {{#tbl-a-1}}\n\n{grid}\n");
    for line in
        ["表1 数目", "表 1　数目", "表2-1：数目", "表一、数目", "<strong>表 1 数目</strong>"]
    {
        for given in [format!("<p>{line}</p>{table}"), format!("{table}<p>{line}</p>")] {
            let (text, report) = page(&given);
            assert_eq!(text, captioned, "{given}");
            assert!(report.contains("the words beside a table, with its number: “表"), "{report}");
        }
    }
    for given in [
        table.replace("<tr><td>项", "<caption>表1 数目</caption><tr><td>项"),
        format!("<figure><figcaption>表1　数目</figcaption>{table}</figure>"),
        format!("<figure><div>{table}<figcaption>数目</figcaption></div></figure>"),
    ] {
        let (text, report) = page(&given);
        assert_eq!(text, captioned, "{given}");
        assert!(
            report.contains("the words above a table; banxin counts tables itself"),
            "{report}"
        );
    }
    for unit in ["单位：亿元", "（单位：亿元）"] {
        let (text, _) = page(&format!("<p><strong>表1 数目</strong></p><p>{unit}</p>{table}"));
        assert_eq!(text, captioned.replace("数目", "数目（单位：亿元）"), "{unit}");
        let (alone, _) = page(&format!("<p>正文。</p><p>{unit}</p>{table}"));
        assert_eq!(alone, format!("正文。\n\n{unit}\n\n{grid}\n"));
    }
    // Of two tables the words are for the one below them; a sentence is none, nor is a line alone.
    let two = page(&format!("{table}<p>表2 数目</p>{table}")).0;
    assert_eq!(two, format!("{grid}\n\n{}", captioned.replace("tbl-a-1", "tbl-a-2")));
    let sentence = page(&format!("<p>表1 列出了两项的数目。</p>{table}")).0;
    assert_eq!(sentence, format!("表1 列出了两项的数目。\n\n{grid}\n"));
    assert_eq!(page("<p>表1 数目</p><p>正文。</p>").0, "表1 数目\n\n正文。\n");
}

#[test]
fn the_caption_of_a_table_that_only_puts_boxes_beside_each_other_is_text() {
    let frame = "<table><caption>说明</caption><tr><td>一句话。</td></tr></table>";
    assert_eq!(page(frame).0, "说明\n\n一句话。\n");
}

#[test]
fn the_words_beside_a_picture_of_a_page_are_its_caption() {
    let picture = "<img src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%224%22 height=%223%22/%3E' alt='黑框'>";
    for given in [
        format!("<p>{picture}</p><p>图1 一个框</p>"),
        format!("<p>{picture}</p><p>图 2-1：一个框</p>"),
        format!("<p>图 1　一个框</p><p>{picture}</p>"),
        format!("<figure>{picture}<figcaption>图1　一个框</figcaption></figure>"),
        format!("<figure><figcaption>一个框</figcaption><p>{picture}</p></figure>"),
    ] {
        let expected = "![黑框](pictures/a-1.svg \"一个框\"){#fig-a-1}\n";
        assert_eq!(page(&given).0, expected, "{given}");
    }
}
