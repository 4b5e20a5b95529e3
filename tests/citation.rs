//! Files of works in, references out.

use std::collections::BTreeMap;

use banxin::citation::{self, Face, Run, Stands};
use banxin::diag::{Sink, Span};
use banxin::files::{BookPath, Folder};
use banxin::manifest::{
    CitationForm, CitationStyle, Citations, GbEdition, GbStyle, Located, MarkWidth, Scope,
};
use banxin::script;

use crate::cases;

#[test]
fn books() {
    cases::run("citation/books.txt", listed);
}

#[test]
fn parts() {
    cases::run("citation/parts.txt", listed);
}

#[test]
fn serials() {
    cases::run("citation/serials.txt", listed);
}

#[test]
fn other_kinds() {
    cases::run("citation/other_kinds.txt", listed);
}

#[test]
fn names() {
    cases::run("citation/names.txt", listed);
}

#[test]
fn edition_of_2025() {
    cases::run("citation/edition_2025.txt", listed);
}

#[test]
fn formats() {
    cases::run("citation/formats.txt", listed);
}

#[test]
fn bad_input() {
    cases::run("citation/bad_input.txt", listed);
}

#[test]
fn csl() {
    cases::run("citation/csl.txt", listed);
}

#[test]
fn hostile_files_end_in_findings() {
    let deep = "{".repeat(100_000);
    let laughs: String =
        (1..40).map(|n| format!("@string{{a{n} = a{} # a{}}}\n", n - 1, n - 1)).collect();
    for (name, text) in [
        ("a.bib", "@string{a = a}\n@book{b, title = a}".to_owned()),
        ("a.bib", format!("@string{{a0 = \"ha\"}}\n{laughs}@book{{b, title = a39}}")),
        ("a.bib", "@book{a, crossref = {b}}\n@book{b, crossref = {a}}".to_owned()),
        ("a.bib", "@xdata{a, xdata = {a}}".to_owned()),
        ("a.bib", format!("@book{{b, title = {deep}")),
        ("a.bib", "@book{b, date = {9999999999-99-99}, volume = {99999999999999999999}}".into()),
        ("a.bib", "@book{b, ids = {\\}}".into()),
        ("a.yaml", "a: ".repeat(10_000)),
        ("a.yaml", "[".repeat(100_000)),
        ("a.json", "[".repeat(100_000)),
        ("a.json", "[{\"id\": {}, \"author\": 3, \"issued\": {\"date-parts\": [[]]}}]".into()),
        ("a.json", "[{\"id\": \"b\", \"issued\": {\"date-parts\": [[\"x\", -1, 99]]}}]".into()),
    ] {
        let found = list(name, &text, "gb-7714-2015");
        assert!(found.len() < 100_000, "{}", found.len());
        let found = list(name, &text, "apa");
        assert!(found.len() < 100_000, "{}", found.len());
    }
}

/// The list of all works of a case. Its first line may be `% style [form] [width]`; a line `@@ name`
/// may say what the file is called, else it is `works.bib`.
fn listed(input: &str) -> String {
    let (head, input) = match input.split_once('\n') {
        Some((head, rest)) if head.starts_with("% ") => (&head[2..], rest),
        _ => ("gb-7714-2015", input),
    };
    match input.strip_prefix("@@ ").and_then(|rest| rest.split_once('\n')) {
        Some((name, text)) => list(name, text, head),
        None => list("works.bib", input, head),
    }
}

fn list(name: &str, text: &str, head: &str) -> String {
    let files = BTreeMap::from([(name.to_owned(), text.as_bytes().to_vec())]);
    let mut sink = Sink::default();
    let source = sink.sources.add("book.toml", "");
    let span = Span::new(source, 0..0);
    let located = |path: &str| Located { value: BookPath::new(path).unwrap(), span };
    let style = Located { value: style(head), span };
    let citations =
        Citations { files: vec![located(name)], style, scope: Scope::Book, nocite: Vec::new() };
    let rules = script::rules("zh-Hans").unwrap();
    let library = citation::read(&citations, rules, &Folder::Memory(files), &mut sink);
    let mut text = String::new();
    if let Some(library) = library {
        let all: Vec<_> = library.all().collect();
        // A style in CSL lists what is cited.
        let cited = all.iter().map(|&work| citation::Citation {
            items: vec![citation::Item {
                work,
                prefix: String::new(),
                locator: citation::Locator::None,
                author: citation::Author::Shown,
            }],
            stands: Stands::InText,
            chapter: 0,
        });
        let cited: Vec<_> = cited.collect();
        let set = library.set(&cited, &[], &mut sink);
        for entry in set.entries {
            text += format!("{} {}", entry.label, shown(&entry.runs)).trim_start();
            text += "\n";
        }
        sink.report_all(all.into_iter().filter_map(|work| library.lacks(work)));
    }
    for finding in sink.findings() {
        text += &(sink.line(finding) + "\n");
    }
    text
}

fn style(head: &str) -> CitationStyle {
    let words: Vec<&str> = head.split_whitespace().collect();
    let edition = match words[0] {
        "gb-7714-2015" => GbEdition::Of2015,
        "gb-7714-2025" => GbEdition::Of2025,
        name => return CitationStyle::Named(name.to_owned()),
    };
    let mut style = GbStyle { edition, form: CitationForm::Numeric, width: MarkWidth::Half };
    for word in &words[1..] {
        match *word {
            "author-date" => style.form = CitationForm::AuthorDate,
            "notes" => style.form = CitationForm::Notes,
            "full" => style.width = MarkWidth::Full,
            word => panic!("`{word}` says nothing"),
        }
    }
    CitationStyle::Gb(style)
}

/// Words with their looks: `_slanted_`, `*bold*`, `^above^`, and `<…>` around what leads to an address.
fn shown(runs: &[Run]) -> String {
    let show = |run: &Run| {
        let text = match run.face {
            Face::Plain => run.text.clone(),
            Face::Italic => format!("_{}_", run.text),
            Face::Bold => format!("*{}*", run.text),
            Face::Superscript => format!("^{}^", run.text),
            Face::Subscript => format!("~{}~", run.text),
        };
        match &run.url {
            Some(url) if *url == run.text => format!("<{text}>"),
            Some(url) => format!("<{text} → {url}>"),
            None => text,
        }
    };
    runs.iter().map(show).collect()
}
