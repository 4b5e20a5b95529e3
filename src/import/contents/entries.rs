//! `[contents] body`: the list of chapters.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use crate::import::article::{Article, Division, Origin};

/// What an entry's key for a part's chapters is.
const CHAPTERS: &str = "chapters";

/// The files that a list of entries names, those of its parts too.
pub(super) fn files(item: &Item, files: &mut Vec<String>) {
    match item {
        Item::Value(Value::Array(array)) => array.iter().for_each(|value| of_value(value, files)),
        Item::ArrayOfTables(tables) => {
            for table in tables {
                files.extend(table.get("file").and_then(Item::as_str).map(str::to_owned));
                table.get(CHAPTERS).into_iter().for_each(|item| self::files(item, files));
            }
        }
        Item::None | Item::Value(_) | Item::Table(_) => {}
    }
}

fn of_value(value: &Value, files: &mut Vec<String>) {
    if let Some(file) = value.as_str() {
        files.push(file.to_owned());
    } else if let Some(table) = value.as_inline_table() {
        files.extend(table.get("file").and_then(Value::as_str).map(str::to_owned));
        let chapters = table.get(CHAPTERS).and_then(Value::as_array);
        chapters.into_iter().flatten().for_each(|value| of_value(value, files));
    }
}

/// How many parts a list of entries has.
pub(super) fn parts(item: &Item) -> usize {
    match item {
        Item::Value(Value::Array(array)) => {
            let is_part = |value: &&Value| {
                value.as_inline_table().is_some_and(|table| table.contains_key("part"))
            };
            array.iter().filter(is_part).count()
        }
        Item::ArrayOfTables(tables) => {
            tables.iter().filter(|table| table.contains_key("part")).count()
        }
        Item::None | Item::Value(_) | Item::Table(_) => 0,
    }
}

/// The key of a division.
pub(super) fn key(division: Division) -> &'static str {
    match division {
        Division::Front => "front",
        Division::Body => "body",
        Division::Appendix => "appendix",
        Division::Back => "back",
    }
}

/// Lists the chapter at `path` behind all others of its division, in its part.
///
/// # Errors
/// `book.toml` holds something else where the list should be.
pub(super) fn add(
    document: &mut DocumentMut,
    path: &str,
    article: &Article,
) -> Result<(), &'static str> {
    const REFUSED: &str =
        "`[contents]` of `book.toml` has something else than a list: list the chapters yourself";
    let contents = document.entry("contents").or_insert_with(|| Item::Table(Table::new()));
    let contents = contents.as_table_like_mut().ok_or(REFUSED)?;
    let body = contents
        .entry(key(article.division))
        .or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let entry = entry(path, &article.origin);
    match body {
        Item::Value(Value::Array(list)) => match part_of_array(list, &article.part) {
            Some(chapters) => push(chapters, entry),
            None => push(list, entry),
        },
        Item::ArrayOfTables(list) => into_tables(list, entry, &article.part)?,
        Item::None | Item::Value(_) | Item::Table(_) => return Err(REFUSED),
    }
    Ok(())
}

/// The chapters of the part that a chapter goes to; none where the list has no parts.
fn part_of_array<'a>(list: &'a mut Array, part: &str) -> Option<&'a mut Array> {
    let last = list.len().checked_sub(1).and_then(|last| list.get(last)?.as_inline_table());
    let last = last.and_then(|table| table.get("part")).and_then(Value::as_str);
    if !part.is_empty() && last != Some(part) {
        let mut table = InlineTable::new();
        table.insert("part", part.into());
        table.insert(CHAPTERS, Value::Array(Array::new()));
        push(list, Value::InlineTable(table));
    }
    let last = list.len().checked_sub(1)?;
    list.get_mut(last)?.as_inline_table_mut()?.get_mut(CHAPTERS)?.as_array_mut()
}

/// Puts an entry among tables.
fn into_tables(list: &mut ArrayOfTables, entry: Value, part: &str) -> Result<(), &'static str> {
    const REFUSED: &str =
        "the last part in `book.toml` has no list of chapters: list the new ones yourself";
    let last = list.iter().last().and_then(|table| table.get("part")).and_then(Item::as_str);
    if !part.is_empty() && last != Some(part) {
        let mut table = super::table(&[("part", part)]);
        table.insert(CHAPTERS, Item::Value(Value::Array(Array::new())));
        list.push(table);
    }
    let count = list.len();
    match count.checked_sub(1).and_then(|last| list.get_mut(last)) {
        Some(last) if last.contains_key("part") => match last.get_mut(CHAPTERS) {
            Some(Item::Value(Value::Array(chapters))) => push(chapters, entry),
            Some(Item::ArrayOfTables(chapters)) => chapters.push(as_table(entry)),
            Some(Item::None | Item::Value(_) | Item::Table(_)) | None => return Err(REFUSED),
        },
        Some(_) | None => list.push(as_table(entry)),
    }
    Ok(())
}

/// An entry as a table of its own.
fn as_table(entry: Value) -> Table {
    let mut table = match entry {
        Value::InlineTable(table) => return table.into_table(),
        other => {
            let mut table = Table::new();
            table.insert("file", Item::Value(other));
            table
        }
    };
    table.decor_mut().clear();
    table
}

/// A chapter's file; with what it was made from where that has a name.
fn entry(path: &str, origin: &Origin) -> Value {
    if origin.institution.is_empty() {
        return path.into();
    }
    let Origin { institution, title, date, url, language, note } = origin;
    let mut source = InlineTable::new();
    for (key, value) in [
        ("institution", institution),
        ("title", title),
        ("date", date),
        ("language", language),
        ("url", url),
        ("note", note),
    ] {
        if !value.is_empty() {
            source.insert(key, value.as_str().into());
        }
    }
    let mut table = InlineTable::new();
    table.insert("file", path.into());
    table.insert("source", Value::InlineTable(source));
    Value::InlineTable(table)
}

/// Adds a value on a line of its own where the list has lines, or is to have some. What follows the
/// last value so far, a comment perhaps, stays behind it.
fn push(list: &mut Array, mut value: Value) {
    let lines = list.iter().find_map(|value| {
        let prefix = value.decor().prefix()?.as_str()?;
        Some(prefix[prefix.rfind('\n')?..].to_owned())
    });
    let long = value.as_str().is_none() || list.is_empty();
    let Some(lines) = lines.or_else(|| long.then(|| "\n    ".to_owned())) else {
        list.push(value);
        return;
    };
    let trailing = list.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    // Without a comma behind it, a comment belongs to the last value.
    value.decor_mut().set_prefix(trailing + &lines);
    list.push_formatted(value);
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}
