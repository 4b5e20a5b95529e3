//! What a source says of itself as a book, as `book.toml` has it.

use std::collections::BTreeMap;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use crate::import::article::About;
use crate::manifest::{Numbering, Series, Subject};
use crate::script::Scheme;

/// What a source says, by the keys of `book.toml`, beside title, language, publisher and date.
pub(super) fn said(about: &About) -> Vec<(&'static str, String)> {
    let words = [
        ("description", about.description.clone()),
        ("rights", about.rights.clone()),
        ("licence", about.licence.clone()),
        ("source", about.source.clone()),
        ("subjects", joined(about.subjects.iter().map(|it| it.name.as_str()))),
        ("series", about.series.as_ref().map(of_series).unwrap_or_default()),
        ("dedication", about.dedication.clone()),
        ("contents", about.lists.join(", ")),
        ("index.see", pairs(&about.see)),
        ("index.also", pairs(&about.also)),
    ];
    words.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn of_series(series: &Series) -> String {
    let position = series.position.map(|it| it.to_string()).unwrap_or_default();
    let said = [series.name.as_str(), &position, &series.issn];
    joined(said.into_iter().filter(|it| !it.is_empty()))
}

fn pairs(pairs: &[(String, String)]) -> String {
    let shown: Vec<String> = pairs.iter().map(|(from, to)| format!("{from} → {to}")).collect();
    joined(shown.iter().map(String::as_str))
}

/// Puts what a source says into a new `book.toml`.
pub(super) fn insert(document: &mut DocumentMut, about: &About) {
    let About { description, rights, licence, source, dedication, .. } = about;
    for (key, value) in [
        ("description", description),
        ("rights", rights),
        ("licence", licence),
        ("source", source),
        ("dedication", dedication),
    ] {
        if !value.is_empty() {
            document.insert(key, toml_edit::value(value));
        }
    }
    if !about.subjects.is_empty() {
        let subjects: Array = about.subjects.iter().map(subject).collect();
        document.insert("subjects", Item::Value(Value::Array(subjects)));
    }
    if let Some(Series { name, position, issn }) = &about.series {
        let mut table = super::table(&[("name", name), ("issn", issn)]);
        if let Some(position) = position {
            table.insert("position", toml_edit::value(i64::from(*position)));
        }
        document.insert("series", Item::Table(table));
    }
    let headings = match about.numbering {
        Some(Numbering::Off) => Some(("numbers", Value::from(false))),
        Some(Numbering::On(Scheme::Decimal)) => Some(("scheme", Value::from("decimal"))),
        Some(Numbering::On(Scheme::Words)) | None => None,
    };
    table("headings", headings.map(|(key, value)| (key, Item::Value(value))), document);
    table("contents", about.lists.iter().map(|key| (*key, toml_edit::value(true))), document);
    let mut also: BTreeMap<&str, Array> = BTreeMap::new();
    for (from, to) in &about.also {
        also.entry(from).or_default().push(to);
    }
    let also = also.into_iter().map(|(from, to)| (from, Item::Value(Value::Array(to))));
    let see = about.see.iter().map(|(from, to)| (from.as_str(), toml_edit::value(to)));
    let mut index = Table::new();
    index.set_implicit(true);
    for (key, mut entries) in [("see", Table::from_iter(see)), ("also", Table::from_iter(also))] {
        if !entries.is_empty() {
            entries.set_implicit(false);
            index.insert(key, Item::Table(entries));
        }
    }
    if !index.is_empty() {
        document.insert("index", Item::Table(index));
    }
}

/// Puts a table into a file, where it says something.
fn table<'a>(
    key: &str,
    says: impl IntoIterator<Item = (&'a str, Item)>,
    document: &mut DocumentMut,
) {
    let table = Table::from_iter(says);
    if !table.is_empty() {
        document.insert(key, Item::Table(table));
    }
}

/// A subject alone, or with its code.
fn subject(subject: &Subject) -> Value {
    let Subject { name, code } = subject;
    match code {
        None => name.into(),
        Some((authority, term)) => {
            let said = [("name", name), ("authority", authority), ("term", term)];
            Value::InlineTable(InlineTable::from_iter(said))
        }
    }
}
