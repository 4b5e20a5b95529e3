//! Words and marks that an entry adds, in its own language (2015, 8; 2025, 7).

use crate::citation::work::Language;
use crate::manifest::MarkWidth;
use crate::script::Numerals;

/// The words of a language.
pub struct Words {
    /// After three names, where there are more.
    pub and_others: &'static str,
    /// The role of translators.
    pub translated: &'static str,
    /// The role of editors beside authors.
    pub edited: &'static str,
    /// In the place of a town that nobody knows.
    pub no_place: &'static str,
    /// In the place of a publisher that nobody knows.
    pub no_publisher: &'static str,
    /// In the place of a year that nobody knows.
    pub no_year: &'static str,
    /// In the place of an author that nobody knows.
    pub anonymous: &'static str,
}

/// Chinese words are those of the standard. It has no examples of the others but the Latin ones.
pub const fn words(language: &Language) -> Words {
    const LATIN: Words = Words {
        and_others: "et al.",
        translated: "trans.",
        edited: "ed.",
        no_place: "[S.l.]",
        no_publisher: "[s.n.]",
        no_year: "[n.d.]",
        anonymous: "Anon",
    };
    match language {
        Language::Chinese => Words {
            and_others: "等",
            translated: "译",
            edited: "编",
            no_place: "[出版地不详]",
            no_publisher: "[出版者不详]",
            no_year: "[出版年不详]",
            anonymous: "佚名",
        },
        Language::Japanese => {
            Words { and_others: "他", translated: "訳", edited: "編", ..LATIN }
        }
        Language::Korean => {
            Words { and_others: "외", translated: "옮김", edited: "엮음", ..LATIN }
        }
        Language::Russian => {
            Words { and_others: "и др.", translated: "пер.", edited: "ред.", ..LATIN }
        }
        Language::Western(_) => LATIN,
    }
}

/// The marks between the parts of an entry.
#[derive(Clone, Copy)]
pub struct Marks {
    /// Before a further name, a year, a volume.
    pub comma: &'static str,
    /// Before what follows a title, a publisher, pages.
    pub colon: &'static str,
    /// Between works.
    pub semicolon: &'static str,
    /// Around an issue, a date.
    pub brackets: [&'static str; 2],
}

/// Narrow marks have a space after them.
const HALF: Marks = Marks { comma: ", ", colon: ": ", semicolon: "; ", brackets: ["(", ")"] };
/// Full stops and square brackets stay narrow (the printing of the edition of 2025).
const FULL: Marks =
    Marks { comma: "，", colon: "：", semicolon: "；", brackets: ["（", "）"] };

/// The marks of an entry; only Chinese ones can have wide ones.
pub const fn marks(width: MarkWidth, language: &Language) -> Marks {
    match (width, language) {
        (MarkWidth::Full, Language::Chinese) => FULL,
        (MarkWidth::Full | MarkWidth::Half, _) => HALF,
    }
}

/// An edition: `3版`, `5th ed.` (2015, 8.3; 2025, 7.4); none for the first.
pub fn edition(text: &str, language: &Language) -> Option<String> {
    const ORDINALS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let text = text.trim();
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches("edition").trim_end_matches("ed.").trim();
    let bare = bare.trim_start_matches('第').trim_end_matches('版').trim();
    let digits = bare.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    let ordinal = |&number: &usize| ORDINALS.get(number - 1).is_some_and(|word| *word == bare);
    let number = digits.parse().ok().or_else(|| {
        (1..100).find(|number| ordinal(number) || Numerals::Han.write(*number) == bare)
    });
    match (number, language) {
        _ if text.is_empty() => None,
        (Some(1), _) => None,
        (Some(number), Language::Chinese | Language::Japanese) => Some(format!("{number}版")),
        (Some(number), Language::Korean) => Some(format!("{number}판")),
        (Some(number), Language::Russian) => Some(format!("{number}-е изд.")),
        (Some(number), Language::Western(_)) => Some(format!("{} ed.", self::ordinal(number))),
        (None, _) => Some(text.to_owned()),
    }
}

/// `2nd`, `11th`
fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// A volume behind a title: `第1卷`, `Vol. 1`; as it stands where it is no number.
pub fn volume(text: &str, language: &Language) -> String {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match language {
        _ if !is_number => text.to_owned(),
        Language::Chinese => format!("第{text}卷"),
        Language::Japanese => format!("第{text}巻"),
        Language::Korean => format!("제{text}권"),
        Language::Russian => format!("Т. {text}"),
        Language::Western(_) => format!("Vol. {text}"),
    }
}
