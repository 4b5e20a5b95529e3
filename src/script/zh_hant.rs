//! Traditional Chinese.

use super::{
    Access, Blanks, Class, Dots, Forms, HeadingNumbers, Labels, MiddleDot, Numerals, Rules, Words,
};

/// The rules of `zh-Hant`.
pub const RULES: Rules = Rules {
    tag: "zh-Hant",
    script: "hani",
    forms: Forms::Traditional,
    indent: 2,
    words: Words::Joined,
    widest_space: 50,
    autospace: true,
    middle_dot: MiddleDot::Half,
    blanks: Blanks::Half,
    // Pauses and stops stand in the middle of their em, so does the dot of a name (clreq 3.1.4).
    classes: &[("、，。．：；！？·‧・", Class::Centred)],
    dots: Dots::Under,
    day: "{year}年{month}月{day}日",
    months: &[],
    headings: HeadingNumbers {
        chapter: ("第{}章", Numerals::Han),
        part: ("第{}編", Numerals::Han),
        sections: [("{}、", Numerals::Han), ("（{}）", Numerals::Han), ("{}.", Numerals::Arabic)],
    },
    labels: Labels {
        contents: "目錄",
        credits: "編撰名單",
        cover: "封面",
        title_page: "書名頁",
        pages: "頁碼",
        start: "正文",
        figure: "圖",
        table: "表",
        continued: "續表{}",
        source: "資料來源",
        notes: "註釋",
        references: "參考文獻",
        note_from: "接上頁註{}",
        note_on: "註{}轉下頁",
        original: "原文",
        back_to_text: "返回正文",
        colon: "：",
        name_separator: "、",
        access: Access {
            between: "",
            text: "文字可以重排和朗讀，標題分級，附有目錄。",
            notes: "註釋與正文互相連結。",
            described: "圖片都有文字說明。",
            undescribed: "有的圖片沒有文字說明。",
            pages: "可以按印刷版的頁碼翻查。",
            ruby: "部分文字有注音。",
        },
    },
};
