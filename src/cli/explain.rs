//! Why findings are made, and how to mend what they tell: a text for each code and language.

use std::fmt::Write;

use banxin::diag::Code;

use super::language::Language;

/// What begins the text of a code; the code follows.
const HEADING: &str = "# ";

/// What is told of a code; of all, a list with the first sentence of each.
pub fn text(code: Option<Code>, language: Language) -> String {
    match code {
        Some(code) => format!("{code}\n\n{}\n", section(code, language)),
        None => list(language),
    }
}

/// Every code, and what it is about.
fn list(language: Language) -> String {
    let mut list = String::new();
    for code in Code::ALL {
        let text = section(*code, language).split("\n\n").next().unwrap_or_default();
        // Writing into a string does not fail.
        let _ = writeln!(list, "{code}\n    {}", text.replace('\n', "\n    "));
    }
    list
}

/// The text of a code.
fn section(code: Code, language: Language) -> &'static str {
    let mut sections = sections(language);
    sections.find(|(named, _)| *named == code.as_str()).map_or("", |(_, text)| text)
}

/// The codes of a language's texts, and the texts.
fn sections(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let texts = match language {
        Language::En => include_str!("explain/en.md"),
        Language::Zh => include_str!("explain/zh.md"),
    };
    let (first, rest) = texts.split_at(HEADING.len().min(texts.len()));
    debug_assert_eq!(first, HEADING);
    rest.split("\n# ")
        .filter_map(|section| section.split_once('\n'))
        .map(|(code, text)| (code, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_every_language() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        for language in [Language::En, Language::Zh] {
            let explained: Vec<&str> = sections(language).map(|(code, _)| code).collect();
            assert_eq!(explained, codes, "{language:?}");
            for (code, text) in sections(language) {
                // A sentence, then what to do.
                assert!(text.contains("\n\n"), "{code}: {text}");
            }
        }
    }

    #[test]
    fn a_code_is_told_with_its_example() {
        let said = text(Some(Code::MissingTitle), Language::Zh);
        assert!(said.starts_with("missing-title\n\n章节文件开头不是一级标题。"), "{said}");
        assert!(said.ends_with("    # 章名\n\n    正文……\n"), "{said}");
    }
}
