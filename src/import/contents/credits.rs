//! `[[credits]]`: those who made the book.

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use crate::diag::{List, Message};
use crate::import::article::{Credit, Fate, Remark};
use crate::import::bylines;
use crate::import::people::is_organisation;
use crate::{manifest, message};

/// Adds those of a credit that the book does not name for that role yet, and says whom; none where it
/// names them all.
///
/// # Errors
/// `book.toml` holds something else where the credits should be.
pub(super) fn add(
    document: &mut DocumentMut,
    credit: &Credit,
) -> Result<Option<Message>, &'static str> {
    const REFUSED: &str =
        "`credits` of `book.toml` is no list of tables: name the makers there yourself";
    super::tables("credits", document);
    let item = document.get_mut("credits").ok_or(REFUSED)?;
    let mut of_role: Vec<&mut dyn TableLike> = match item {
        Item::ArrayOfTables(tables) => {
            tables.iter_mut().map(|table| table as &mut dyn TableLike).collect()
        }
        Item::Value(Value::Array(list)) => list
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        Item::None | Item::Value(_) | Item::Table(_) => return Err(REFUSED),
    };
    of_role.retain(|table| table.get("role").and_then(Item::as_str) == Some(&*credit.role));
    let known: Vec<String> = of_role.iter().flat_map(|table| names(&**table)).collect();
    let mut fresh: Vec<String> = Vec::new();
    for name in credit.names.iter().filter(|name| !known.contains(name)) {
        if !fresh.contains(name) {
            fresh.push(name.clone());
        }
    }
    if fresh.is_empty() {
        return Ok(None);
    }
    let list = of_role.into_iter().find_map(|table| table.get_mut("names")?.as_array_mut());
    let names: List = fresh.iter().collect();
    let said = message!("{role}: {names} in `[[credits]]`", role = credit.role, names);
    match list {
        Some(list) => fresh.iter().for_each(|name| push(list, name)),
        None => append(document, credit, &fresh).ok_or(REFUSED)?,
    }
    Ok(Some(said))
}

/// What is to be looked at when a book gets more than its one article, at `path`: those who made the
/// text are named as if they had made all of it.
pub(super) fn doubted(document: &DocumentMut, path: &str) -> Vec<Remark> {
    let tables: Vec<&dyn TableLike> = match document.get("credits") {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter().map(|table| table as &dyn TableLike).collect()
        }
        Some(Item::Value(Value::Array(list))) => {
            let tables = list.iter().filter_map(Value::as_inline_table);
            tables.map(|table| table as &dyn TableLike).collect()
        }
        Some(Item::None | Item::Value(_) | Item::Table(_)) | None => Vec::new(),
    };
    let doubted = tables.into_iter().filter_map(|table| {
        let role = table.get("role").and_then(Item::as_str)?;
        let line = bylines::line(role, &names(table));
        manifest::is_of_text(role).then(|| {
            let what = message!(
                "`[[credits]]` says “{line}” of the whole book, which has more than `{path}` now: if \
                 it is meant of that alone, write it below the title there and delete it here",
                line,
                path
            );
            Remark::new(Fate::Guessed, what, "")
        })
    });
    doubted.collect()
}

/// The names in a credit.
fn names(table: &dyn TableLike) -> Vec<String> {
    let name = |value: &Value| {
        let name = value.as_str().or_else(|| value.as_inline_table()?.get("name")?.as_str());
        name.map(str::to_owned)
    };
    let list = table.get("names").and_then(Item::as_array);
    list.into_iter().flatten().filter_map(name).collect()
}

/// Adds a name as the others stand.
fn push(list: &mut Array, name: &str) {
    let mut value = Value::from(name);
    let prefix = list.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let prefix = prefix.filter(|prefix| prefix.contains('\n')).map(str::to_owned);
    match prefix {
        Some(prefix) => {
            value.decor_mut().set_prefix(prefix);
            list.push_formatted(value);
        }
        None => list.push(value),
    }
}

/// Adds a credit, as far as its names are fresh, behind the others.
fn append(document: &mut DocumentMut, credit: &Credit, names: &[String]) -> Option<()> {
    let Credit { role, relator, .. } = credit;
    let kind = if names.iter().all(|name| is_organisation(name)) { "organisation" } else { "" };
    let mut table = super::table(&[("role", role), ("relator", relator), ("kind", kind)]);
    let written: Array = names.iter().map(|name| written(credit, name)).collect();
    table.insert("names", Item::Value(Value::Array(written)));
    match document.get_mut("credits")? {
        Item::ArrayOfTables(tables) => tables.push(table),
        Item::Value(Value::Array(list)) => list.push(table.into_inline_table()),
        Item::None | Item::Value(_) | Item::Table(_) => return None,
    }
    Some(())
}

/// A name alone, or with what it is sorted by and its forms in other scripts.
fn written(credit: &Credit, name: &str) -> Value {
    let place = credit.names.iter().position(|it| it == name).unwrap_or(usize::MAX);
    let sort = credit.sort.get(place).filter(|sort| *sort != name);
    let others: Array = credit
        .alternates
        .iter()
        .filter(|(of, ..)| *of == place)
        .map(|(_, tag, name)| InlineTable::from_iter([("lang", tag), ("name", name)]))
        .collect();
    if sort.is_none() && others.is_empty() {
        return name.into();
    }
    let mut table = InlineTable::from_iter([("name", name)]);
    if let Some(sort) = sort {
        table.insert("sort", sort.as_str().into());
    }
    if !others.is_empty() {
        table.insert("alternate", Value::Array(others));
    }
    Value::InlineTable(table)
}
