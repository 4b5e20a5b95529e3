//! mdBook's `book.toml`: what the book is called, and where its chapters lie.

use toml_edit::{DocumentMut, Item};

use crate::files::{BookPath, Folder};
use crate::import::article::{Credit, Work};

/// Where the chapters lie: `[book] src`, or `src`; none where the `book.toml` is one of banxin.
///
/// # Errors
/// That leads out of the folder.
pub(super) fn source_folder(folder: &Folder) -> Result<Option<String>, String> {
    let Some(document) = document(folder) else { return Ok(Some("src".to_owned())) };
    if document.contains_key("contents") {
        return Ok(None);
    }
    let source = said(&document, "src");
    let source = if source.is_empty() { "src" } else { &source };
    match source.trim_end_matches('/') {
        "" | "." => Ok(Some(".".to_owned())),
        source => match BookPath::new(source) {
            Some(path) => Ok(Some(path.as_str().to_owned())),
            None => Err(source.to_owned()),
        },
    }
}

/// Takes title and language, and gives those who wrote the book.
pub(super) fn read(folder: &Folder, work: &mut Work) -> Option<Credit> {
    let document = document(folder)?;
    work.title = said(&document, "title");
    work.about.language = said(&document, "language");
    work.about.description = said(&document, "description");
    let authors = book(&document).and_then(|book| book.get("authors")).and_then(Item::as_array);
    let names = authors.into_iter().flatten().filter_map(|name| name.as_str());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.extend(Some(said(&document, "author")).filter(|name| !name.is_empty()));
    let is_foreign = !work.about.language.is_empty() && !work.about.language.starts_with("zh");
    let role = if is_foreign { "author" } else { "作者" };
    (!names.is_empty()).then(|| Credit { role: role.to_owned(), names, ..Credit::default() })
}

fn document(folder: &Folder) -> Option<DocumentMut> {
    let bytes = folder.read(&BookPath::new("book.toml")?).ok()?;
    String::from_utf8(bytes).ok()?.parse().ok()
}

fn book(document: &DocumentMut) -> Option<&Item> {
    document.get("book")
}

/// What `[book]` says under a key.
fn said(document: &DocumentMut, key: &str) -> String {
    let value = book(document).and_then(|book| book.get(key)).and_then(Item::as_str);
    value.unwrap_or_default().trim().to_owned()
}
