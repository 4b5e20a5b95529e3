//! English.

use super::{
    Access, Blanks, Class, Dots, Forms, HeadingNumbers, Labels, MiddleDot, Numerals, Rules, Words,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The rules of `en`.
pub const RULES: Rules = Rules {
    tag: "en",
    script: "latn",
    forms: Forms::Western,
    indent: 1,
    words: Words::Joined,
    widest_space: 50,
    autospace: false,
    middle_dot: MiddleDot::Half,
    blanks: Blanks::Half,
    classes: &[("“‘", Class::LatinOpen), ("”’…", Class::LatinClose), ("—–", Class::Hyphen)],
    dots: Dots::Under,
    day: "{day} {month} {year}",
    months: &MONTHS,
    headings: HeadingNumbers {
        chapter: ("Chapter {}", Numerals::Arabic),
        part: ("Part {}", Numerals::RomanCapital),
        sections: [("{}.", Numerals::Arabic), ("({})", Numerals::Arabic), ("{}.", Numerals::Roman)],
    },
    labels: Labels {
        contents: "Contents",
        credits: "Credits",
        cover: "Cover",
        title_page: "Title page",
        pages: "Pages",
        start: "Start of the text",
        figure: "Figure ",
        table: "Table ",
        continued: "Table {}, continued",
        source: "Source",
        note_from: "note {} continued",
        note_on: "note {} continues overleaf",
        notes: "Notes",
        references: "References",
        original: "Original",
        back_to_text: "Back to the text",
        colon: ": ",
        name_separator: ", ",
        access: Access {
            between: " ",
            text: "The text can be reflowed and read aloud; headings are graded, and there is a table of contents.",
            notes: "Notes and text link to each other.",
            described: "Every picture is described in words.",
            undescribed: "Some pictures are not described in words.",
            pages: "The page numbers of the printed book can be used.",
            ruby: "Some characters have their reading beside them.",
        },
    },
};
