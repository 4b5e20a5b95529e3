//! Japanese.

use super::{
    Access, Blanks, Class, Dots, Forms, HeadingNumbers, Labels, MiddleDot, Numerals, Rules, Words,
};

/// The rules of `ja`.
pub const RULES: Rules = Rules {
    tag: "ja",
    script: "kana",
    forms: Forms::Japanese,
    indent: 1,
    words: Words::Joined,
    widest_space: 50,
    autospace: true,
    middle_dot: MiddleDot::Em,
    blanks: Blanks::Half,
    // 、 and 。 stand in the corner, all others in the middle (jlreq 3.1.2). Curly quotes are those
    // of Latin text.
    classes: &[
        ("：；！？", Class::Centred),
        ("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ", Class::Small),
        ("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿーｰ々〻ゝゞヽヾ゛゜", Class::Small),
        ("“‘", Class::LatinOpen),
        ("”’", Class::LatinClose),
    ],
    dots: Dots::Over,
    day: "{year}年{month}月{day}日",
    months: &[],
    headings: HeadingNumbers {
        chapter: ("第{}章", Numerals::Han),
        part: ("第{}部", Numerals::Han),
        sections: [("{}", Numerals::Han), ("（{}）", Numerals::Han), ("{}.", Numerals::Arabic)],
    },
    labels: Labels {
        contents: "目次",
        credits: "制作者一覧",
        cover: "表紙",
        title_page: "扉",
        pages: "ページ一覧",
        start: "本文",
        figure: "図",
        table: "表",
        continued: "表{}（続き）",
        source: "出典",
        notes: "注",
        references: "参考文献",
        note_from: "前頁注{}の続き",
        note_on: "注{}は次頁に続く",
        original: "原文",
        back_to_text: "本文に戻る",
        colon: "：",
        name_separator: "、",
        access: Access {
            between: "",
            text: "本文はリフローと読み上げに対応し、見出しに階層があり、目次があります。",
            notes: "注と本文は相互にリンクしています。",
            described: "すべての図版に説明文があります。",
            undescribed: "説明文のない図版があります。",
            pages: "印刷版のページ番号で移動できます。",
            ruby: "一部の文字にルビがあります。",
        },
    },
};
