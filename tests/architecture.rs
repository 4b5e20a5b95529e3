//! Who may use whom, and which module alone names a back end.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The modules, row by row: one may use those of the rows above its own, and none of its own row.
const ROWS: [&[&str]; 15] = [
    &["units", "placeholder"],
    &["diag", "files"],
    &["profile", "script", "shelf"],
    &["manifest"],
    // What is imported is a text for `manuscript` to read, and no more.
    &["import", "manuscript", "start"],
    &["font"],
    &["image", "citation"],
    &["book"],
    &["layout"],
    &["press"],
    &["pdf", "epub"],
    &["archive", "catalog"],
    &["lib"],
    &["preview"],
    &["cli", "main"],
];

/// What stands for the outside world, and the modules that may name it.
const BACK_ENDS: [(&str, &[&str]); 57] = [
    ("annotate_snippets", &["cli"]),
    ("axum", &["preview"]),
    ("biblatex", &["citation"]),
    ("chardetng", &["import"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("ctrlc", &["files"]),
    ("ego_tree", &["import"]),
    ("encoding_rs", &["import"]),
    ("epub_builder", &["epub"]),
    ("fast_image_resize", &["image"]),
    ("ferrous_opencc", &["script"]),
    ("fontdb", &["font", "image"]),
    ("harfrust", &["layout"]),
    ("hayagriva", &["citation"]),
    ("hypher", &["layout"]),
    ("icu_collator", &["script"]),
    ("icu_locale_core", &["script"]),
    ("icu_properties", &["script"]),
    ("imagesize", &["import"]),
    ("indicatif", &["cli"]),
    ("libdeflater", &["pdf"]),
    ("lopdf", &["pdf"]),
    ("mail_parser", &["import"]),
    ("moxcms", &["image"]),
    ("notify", &["files"]),
    ("open", &["files"]),
    // `pdf` has a module of its own that is called so.
    ("png", &["image", "pdf"]),
    ("polib", &["cli"]),
    ("printpdf", &["pdf"]),
    ("pulldown_cmark", &["import", "manuscript"]),
    ("quick_xml", &["archive", "catalog", "epub", "import", "preview"]),
    ("resvg", &["font", "image"]),
    ("same_file", &["files"]),
    ("scraper", &["import"]),
    ("serde", &["catalog", "cli", "manifest", "preview"]),
    ("serde_json", &["catalog", "citation", "cli", "preview"]),
    ("sha2", &["archive", "catalog", "cli", "import", "pdf", "shelf"]),
    ("skrifa", &["font"]),
    ("std::env", &["files"]),
    ("std::fs", &["files"]),
    ("std::time::Instant", &["files"]),
    ("std::time::SystemTime", &["files"]),
    ("subsetter", &["font"]),
    ("syntect", &["book"]),
    ("sys_locale", &["files"]),
    ("tar", &["archive"]),
    ("tempfile", &["files"]),
    ("tokio", &["preview"]),
    ("toml", &["manifest"]),
    ("toml_edit", &["import"]),
    ("usvg", &["font", "image"]),
    ("uuid", &["files"]),
    ("which", &["files"]),
    ("zip", &["archive", "catalog", "epub", "import", "preview"]),
    ("zune_jpeg", &["image"]),
];

/// A line of the program, or a `use` over several: without comments, and before a file's tests.
struct Line {
    module: String,
    place: String,
    code: String,
}

#[test]
fn a_module_uses_only_those_above_it() {
    let mut broken = String::new();
    for line in lines() {
        for used in used(&line.code) {
            if used != line.module && row(&used) >= row(&line.module) {
                writeln!(broken, "{}: `{}` uses `{used}`", line.place, line.module).unwrap();
            }
        }
    }
    assert!(broken.is_empty(), "who may use whom is broken:\n{broken}");
}

#[test]
fn a_back_end_is_named_in_its_module_alone() {
    let mut broken = String::new();
    for line in lines() {
        for (name, modules) in BACK_ENDS {
            if names(&line.code, name) && !modules.contains(&line.module.as_str()) {
                writeln!(broken, "{}: `{}` names `{name}`", line.place, line.module).unwrap();
            }
        }
    }
    assert!(broken.is_empty(), "a back end has left its module:\n{broken}");
}

#[test]
fn the_tests_above_see_what_they_look_for() {
    let group = "use crate::{    book::{Book, image},    diag,}; // pdf";
    assert_eq!(used(group), ["book", "diag"]);
    assert_eq!(used("    let x = crate::layout::lay_out(banxin::pdf::y);"), ["layout", "pdf"]);
    assert!(names("use toml::Spanned;", "toml") && names("resvg::usvg::Tree", "usvg"));
    assert!(!names("let toml = my_toml::x;", "toml") && !names("crate::zip::x", "zip"));
}

/// The row of a module; a module that the table does not have breaks the test.
fn row(module: &str) -> usize {
    let found = ROWS.iter().position(|row| row.contains(&module));
    found.unwrap_or_else(|| panic!("the table of who may use whom lacks `{module}`"))
}

/// The modules of the crate that a line names.
fn used(code: &str) -> Vec<String> {
    let modules = || ROWS.iter().flat_map(|row| row.iter().copied());
    let mut found = Vec::new();
    for root in ["crate::", "banxin::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(first_words(group)),
                None => found.push(word(rest)),
            }
        }
    }
    found.retain(|word| modules().any(|module| module == word));
    found
}

/// The identifiers that the members of a `use` group start with.
fn first_words(group: &str) -> Vec<String> {
    let mut depth = 0;
    let members = group.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth < 0 || (depth == 0 && c == ',')
    });
    members.map(word).collect()
}

/// The identifier that a text starts with.
fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a line names a path: `name::`, or `use name` in any form, and not as the end of a longer
/// name or inside this crate.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let whole = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let ours = before.ends_with("crate::") || before.ends_with("super::");
        let path = after.starts_with("::") || before.trim_start().starts_with("use ");
        ends && whole && !ours && path
    })
}

/// Every line of `src/`.
fn lines() -> Vec<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "`src/` has been found");
    files.iter().flat_map(|file| lines_of(&root, file)).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn lines_of(root: &Path, file: &Path) -> Vec<Line> {
    let inside = file.strip_prefix(root).unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap();
    let module = first.trim_end_matches(".rs");
    if inside.file_name().is_some_and(|name| name == "tests.rs") {
        return Vec::new();
    }
    let text = std::fs::read_to_string(file).unwrap();
    let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
    let mut lines: Vec<Line> = Vec::new();
    let mut open = false;
    for (number, line) in program.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        match lines.last_mut() {
            // A group of names goes on over several lines, and is looked at as one.
            Some(last) if open => last.code += code,
            _ => {
                let place = format!("src/{}:{}", inside.display(), number + 1);
                lines.push(Line { module: module.to_owned(), place, code: code.to_owned() });
                open = code.trim_start().starts_with("use ") || code.starts_with("pub use ");
            }
        }
        open &= !code.contains(';');
    }
    lines
}
