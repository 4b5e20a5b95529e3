//! Languages and scripts as the records name them.

/// Two-letter subtags and the codes of three letters that libraries have for them (ISO 639-2/B).
const CODES: [(&str, &str); 22] = [
    ("ar", "ara"),
    ("cs", "cze"),
    ("da", "dan"),
    ("de", "ger"),
    ("el", "gre"),
    ("en", "eng"),
    ("es", "spa"),
    ("fa", "per"),
    ("fi", "fin"),
    ("fr", "fre"),
    ("he", "heb"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("la", "lat"),
    ("nl", "dut"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ru", "rus"),
    ("sv", "swe"),
    ("vi", "vie"),
    ("zh", "chi"),
];

/// The code of three letters for a BCP 47 tag (MARC Code List for Languages; ONIX code list 74);
/// none for one that the table does not have.
pub fn code(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    CODES.iter().find(|(short, _)| *short == primary).map(|(_, code)| *code)
}

/// The script of a text in a language (ISO 15924; ONIX code list 121).
pub fn script(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    let has = |subtag: &str| tag.split('-').skip(1).any(|part| part == subtag);
    let traditional = ["hant", "tw", "hk", "mo"].into_iter().any(has);
    match tag.split('-').next() {
        _ if has("latn") => Some("Latn"),
        Some("zh") if traditional => Some("Hant"),
        Some("zh") => Some("Hans"),
        Some("ja") => Some("Jpan"),
        Some("ko") => Some("Kore"),
        Some("ru") => Some("Cyrl"),
        Some("en" | "fr" | "de" | "es" | "it" | "pt") => Some("Latn"),
        Some(_) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_languages_of_books_have_codes_and_scripts() {
        for (tag, language, writing) in [
            ("zh-Hans", "chi", "Hans"),
            ("zh-Hant", "chi", "Hant"),
            ("zh-TW", "chi", "Hant"),
            ("ja", "jpn", "Jpan"),
            ("ko", "kor", "Kore"),
            ("en-GB", "eng", "Latn"),
            ("zh-Latn-pinyin", "chi", "Latn"),
        ] {
            assert_eq!((code(tag), script(tag)), (Some(language), Some(writing)), "{tag}");
        }
        assert_eq!((code("tlh"), script("tlh")), (None, None));
    }
}
