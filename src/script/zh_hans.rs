//! Simplified Chinese.

use super::{
    Access, Blanks, Dots, Forms, HeadingNumbers, Labels, MiddleDot, Numerals, Rules, Words,
};

/// The rules of `zh-Hans`.
pub const RULES: Rules = Rules {
    tag: "zh-Hans",
    script: "hani",
    forms: Forms::Simplified,
    indent: 2,
    words: Words::Joined,
    widest_space: 50,
    autospace: true,
    middle_dot: MiddleDot::Half,
    blanks: Blanks::Half,
    classes: &[],
    dots: Dots::Under,
    day: "{year}年{month}月{day}日",
    months: &[],
    headings: HeadingNumbers {
        chapter: ("第{}章", Numerals::Han),
        part: ("第{}编", Numerals::Han),
        sections: [("{}、", Numerals::Han), ("（{}）", Numerals::Han), ("{}.", Numerals::Arabic)],
    },
    labels: Labels {
        contents: "目录",
        credits: "编撰名单",
        cover: "封面",
        title_page: "书名页",
        pages: "页码",
        start: "正文",
        figure: "图",
        table: "表",
        continued: "续表{}",
        source: "资料来源",
        note_from: "接上页注{}",
        note_on: "注{}转下页",
        notes: "注释",
        references: "参考文献",
        original: "原文",
        back_to_text: "返回正文",
        colon: "：",
        name_separator: "、",
        access: Access {
            between: "",
            text: "文字可以重排和朗读，标题分级，附有目录。",
            notes: "注释与正文互相链接。",
            described: "图片都有文字说明。",
            undescribed: "有的图片没有文字说明。",
            pages: "可以按印刷版的页码翻查。",
            ruby: "部分文字有注音。",
        },
    },
};
