//! Findings: each kind is raised by a test, and each sentence is there in Chinese.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use banxin::diag::Code;

use crate::said::chinese_help;

/// Words that look like sentences and are said to nobody, or as part of another program's.
const SILENT: [&str; 35] = [
    // What a maker of a book in English is called there.
    "cover designer",
    "author of the introduction",
    "author of the afterword",
    "editorial director",
    "project director",
    // Names of styles, of pictures without one, and of places.
    "block text",
    "source text",
    "horizontal line",
    "mark {name}",
    "number {name}",
    "note {}",
    ", expected one of ",
    "duplicate key",
    // How the reader of TOML begins what it says.
    "missing opening quote",
    "invalid basic string",
    "invalid literal string",
    "missing comma between array elements",
    "invalid unquoted key",
    "unquoted keys cannot be empty",
    "invalid key",
    "unclosed array table",
    "unclosed array",
    "unclosed table",
    "missing value",
    "key with no value",
    "computer program",
    "banxin catalog {}",
    "texts and numbers under fixed keys can always be JSON",
    "a report can be JSON",
    "both sides have as many pixels",
    "there are more names than chapters",
    "the lengths agree",
    "unknown field",
    "string values must be quoted",
    "the profile is a part of the program",
];

#[test]
fn every_sentence_is_there_in_chinese() {
    let catalogue = catalogue();
    let mut missing = Vec::new();
    let mut silent: Vec<&str> = SILENT.to_vec();
    for (path, program) in sources("src") {
        let speaks =
            ["Message", "message!", ".hint(", "Remark"].iter().any(|sign| program.contains(sign));
        for said in strings(&program).into_iter().filter(|said| speaks && is_sentence(said)) {
            silent.retain(|known| *known != said);
            if !catalogue.contains_key(&said) && !SILENT.contains(&&*said) {
                missing.push(format!("{}: {said}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "`src/cli/zh.po` lacks\n{}", missing.join("\n"));
    assert!(
        silent.is_empty(),
        "these are said nowhere, or by a module without messages: {silent:?}"
    );
}

/// A sentence of help that is still English stands in a column of its own.
#[test]
fn every_sentence_of_help_is_there_in_chinese() {
    let is_english = |said: &&str| is_sentence(said.trim()) && said.is_ascii();
    for (call, help) in chinese_help("1000") {
        let code = |line: &&str| !line.starts_with("    banxin ") && !line.starts_with("banxin ");
        let columns = help.lines().filter(code).flat_map(|line| line.split("  "));
        let english: Vec<&str> = columns.filter(is_english).collect();
        assert!(english.is_empty(), "`banxin {call}` says {english:?}");
    }
}

#[test]
fn a_sentence_in_chinese_has_the_gaps_of_the_english_one() {
    for (english, chinese) in catalogue() {
        assert_eq!(gaps(&chinese), gaps(&english), "{english}");
        assert!(!chinese.is_empty(), "{english}");
    }
}

#[test]
fn every_kind_of_finding_is_raised_by_a_test() {
    let mut tests: Vec<String> = Vec::new();
    for (path, text) in all_sources("src") {
        let is_test = path.iter().any(|part| part.to_string_lossy().starts_with("tests"));
        tests.push(if is_test { text } else { own_tests(&text).to_owned() });
    }
    tests.extend(all_sources("tests").into_iter().map(|(_, text)| text));
    let raised = |code: &Code| {
        let (named, written) = (format!("Code::{code:?}"), code.as_str());
        tests.iter().any(|text| text.contains(&named) || text.contains(written))
    };
    let never: Vec<&Code> = Code::ALL.iter().filter(|code| !raised(code)).collect();
    assert!(never.is_empty(), "no test raises {never:?}");
}

/// English sentences and their Chinese, of a file in the form of gettext.
fn catalogue() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/zh.po");
    let file = std::fs::read_to_string(path).unwrap();
    let mut sentences = BTreeMap::new();
    for pair in file.split("\n\n").skip(1) {
        let of = |keyword: &str| {
            let line = pair.lines().find_map(|line| line.strip_prefix(keyword)).unwrap_or_default();
            strings(line).into_iter().next().unwrap_or_else(|| panic!("no {keyword} in {pair}"))
        };
        let (english, chinese) = (of("msgid "), of("msgstr "));
        assert_eq!(sentences.insert(english.clone(), chinese), None, "twice: {english}");
    }
    sentences
}

/// Words in small letters with a space between: neither a name nor a piece of a format.
fn is_sentence(said: &str) -> bool {
    let starts_within = |(at, _): (usize, &str)| {
        let (before, after) = (&said[..at], &said[at + 1..]);
        let word =
            before.len() >= 2 && before.bytes().rev().take(2).all(|byte| byte.is_ascii_lowercase());
        word && after.starts_with(|c: char| c.is_ascii_lowercase() || "`{".contains(c))
    };
    let installs = ["apt ", "brew ", "npm ", "pip ", "winget "];
    let is_code = said.starts_with([' ', '\n'])
        || said.contains(['\n', '%'])
        || installs.iter().any(|command| said.starts_with(command));
    !is_code && said.match_indices(' ').any(starts_within)
}

/// The names of a sentence's gaps, sorted.
fn gaps(sentence: &str) -> Vec<&str> {
    let pieces = sentence.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    let mut gaps: Vec<&str> = pieces.map(|(name, _)| name).filter(is_name).collect();
    gaps.sort_unstable();
    gaps
}

/// What stands in double quotes in a program, without comments; escapes are read.
fn strings(program: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = program;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let here = &rest[at..];
        rest = match here.as_bytes() {
            [b'/', b'/', ..] => here.split_once('\n').map_or("", |(_, rest)| rest),
            [b'\'', b'\\', _, b'\'', ..] => &here[4..],
            [b'\'', b'"', b'\'', ..] => &here[3..],
            [b'"', ..] => {
                let (text, rest) = string(&here[1..]);
                found.push(text);
                rest
            }
            _ => &here[1..],
        };
    }
    found
}

/// What stands before the closing quote, and what after it.
fn string(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = quoted.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => return (text, characters.as_str()),
            '\\' => match characters.next() {
                // The line goes on behind the white space of the next.
                Some('\n') => characters = characters.as_str().trim_start().chars(),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    (text, "")
}

/// The programs below a folder, without their tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let programs = all_sources(folder).into_iter();
    let own = programs.filter(|(path, _)| !path.iter().any(|part| part == "tests"));
    let own = own.filter(|(path, _)| !path.ends_with("tests.rs"));
    own.map(|(path, text)| {
        let program = text.len() - own_tests(&text).len();
        (path, text[..program].to_owned())
    })
    .collect()
}

/// The tests at the end of a program.
fn own_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests {").map_or("", |at| &text[at..])
}

/// Every text file below a folder of the project that holds programs or cases.
fn all_sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "txt") {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
