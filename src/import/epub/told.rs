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

fn left(what: impl Into<Message>) -> Remark {
    Remark::new(Fate::Left, what, "")
}
