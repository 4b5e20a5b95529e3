//! Korean.

use super::{
    Access, Blanks, Class, Dots, Forms, HeadingNumbers, Labels, MiddleDot, Numerals, Rules, Words,
};

/// The rules of `ko`.
pub const RULES: Rules = Rules {
    tag: "ko",
    script: "hang",
    forms: Forms::Korean,
    indent: 1,
    words: Words::Spaced,
    widest_space: 67,
    autospace: false,
    middle_dot: MiddleDot::Half,
    blanks: Blanks::None,
    // Punctuation is that of Latin text; the dot between nouns is no wider (klreq 5.1).
    classes: &[("“‘", Class::LatinOpen), ("”’…", Class::LatinClose), ("—–·・", Class::Hyphen)],
    dots: Dots::Over,
    day: "{year}년 {month}월 {day}일",
    months: &[],
    headings: HeadingNumbers {
        chapter: ("제{}장", Numerals::Arabic),
        part: ("제{}부", Numerals::Arabic),
        sections: [
            ("{}.", Numerals::Arabic),
            ("({})", Numerals::Arabic),
            ("{}", Numerals::Circled),
        ],
    },
    labels: Labels {
        contents: "차례",
        credits: "만든 사람들",
        cover: "표지",
        title_page: "속표지",
        pages: "쪽 목록",
        start: "본문",
        figure: "그림 ",
        table: "표 ",
        continued: "표 {} (계속)",
        source: "출처",
        notes: "주",
        references: "참고 문헌",
        note_from: "앞쪽 주 {}에 이어서",
        note_on: "주 {}은 다음 쪽에 이어짐",
        original: "원문",
        back_to_text: "본문으로 돌아가기",
        colon: ": ",
        name_separator: ", ",
        access: Access {
            between: " ",
            text: "글은 다시 흘릴 수 있고 소리 내어 읽을 수 있으며, 제목에는 단계가 있고, 차례가 있습니다.",
            notes: "주석과 본문은 서로 연결되어 있습니다.",
            described: "모든 그림에 설명이 있습니다.",
            undescribed: "설명이 없는 그림이 있습니다.",
            pages: "인쇄본의 쪽 번호로 찾아갈 수 있습니다.",
            ruby: "일부 글자에 읽는 법이 달려 있습니다.",
        },
    },
};
