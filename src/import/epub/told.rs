//! What the report tells of the documents of an EPUB.

use crate::diag::Message;
use crate::import::article::{Fate, Remark};
use crate::message;

/// A document that the archive does not have.
pub(super) fn missing(shown: &str) -> Remark {
    left(message!("`{shown}`, which the book names and does not have", shown))
}

/// A document that stands twice in the order of reading.
pub(super) fn twice(path: &str) -> Remark {
    left(message!("`{path}`, which the book names a second time", path))
}

/// A document of another kind.
pub(super) fn no_text(path: &str) -> Remark {
    left(message!("`{path}`, which is no text", path))
}

/// Fonts that only this EPUB can use.
pub(super) fn fonts() -> Remark {
    left("obfuscated fonts")
}

/// A copyright page of banxin.
pub(super) fn copyright(path: &str, words: String) -> Remark {
    let what = message!("`{path}`, the copyright page; `[copyright]` makes one", path);
    Remark::new(Fate::Left, what, words)
}

/// A list of where pictures come from.
pub(super) fn origins(path: &str, words: String) -> Remark {
    let what = message!(
        "`{path}`, where the pictures come from; what pictures say of that makes such a list",
        path
    );
    Remark::new(Fate::Left, what, words)
}

/// The index of a book of banxin.
pub(super) fn index(path: &str) -> Remark {
    let what = message!("the index in `{path}`; it is made of the marks in the text", path);
    Remark::new(Fate::Taken, what, "")
}

fn left(what: impl Into<Message>) -> Remark {
    Remark::new(Fate::Left, what, "")
}
