//! What the report tells of a book of Markdown files.

use crate::diag::Message;
use crate::files::BookPath;
use crate::import::article::{Fate, Remark};
use crate::message;

/// A chapter that is listed twice.
pub(super) fn twice(path: &BookPath) -> Remark {
    left(message!("`{path}`, which the summary lists a second time", path))
}

/// A chapter whose file is missing, or no text.
pub(super) fn missing(path: &BookPath) -> Remark {
    left(message!("`{path}`, which the summary lists and the book does not have", path))
}

/// A draft chapter.
pub(super) fn draft(title: &str) -> Remark {
    Remark::new(Fate::Left, "a chapter that has no file yet", title)
}

/// A title without a text, and with chapters below it.
pub(super) fn title(title: &str) -> Remark {
    let what =
        message!("“{title}” has no text of its own: it stands over the chapters below it", title);
    Remark::new(Fate::Guessed, what, "")
}

/// An entry that is no chapter: of another kind, elsewhere, outside the folder.
pub(super) fn no_chapter(title: &str, to: &str) -> Remark {
    let what = message!("an entry of the summary that leads to no chapter of the book, `{to}`", to);
    Remark::new(Fate::Left, what, title)
}

/// Chapters below others.
pub(super) fn nested(count: usize) -> Remark {
    let what = message!("chapters below others that became sections of these: {count}", count);
    Remark::new(Fate::Guessed, what, "")
}

/// What is said once of a chapter.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What is said of single places.
    pub remarks: Vec<Remark>,
    /// Tags of HTML that banxin leaves out.
    pub tags: Vec<String>,
    /// How many blocks of code hide lines in mdBook.
    pub hidden: usize,
    /// How many titles became headings below the chapter's.
    pub titles: usize,
}

impl Told {
    /// All of it, of the chapter at `path`.
    pub fn remarks(mut self, path: &str, text: &str) -> Vec<Remark> {
        let guessed = |what: Message| Remark::new(Fate::Guessed, what, "");
        if !self.tags.is_empty() {
            let tags = self.tags.join("`, `");
            let what = message!(
                "`{path}` has HTML, of which a book keeps the words alone: `{tags}`",
                path,
                tags
            );
            self.remarks.push(guessed(what));
        }
        if self.hidden > 0 {
            let what = message!(
                "`{path}` shows lines of code that mdBook hides, in {count} blocks",
                path,
                count = self.hidden
            );
            self.remarks.push(guessed(what));
        }
        if self.titles > 0 {
            let count = self.titles;
            let what = message!(
                "`{path}` has more than one title: {count} became headings below it",
                path,
                count
            );
            self.remarks.push(guessed(what));
        }
        if ["$$", "\\\\(", "\\\\["].iter().any(|sign| text.contains(sign)) {
            let what = message!("`{path}` has formulas, which stand as they were written", path);
            self.remarks.push(guessed(what));
        }
        if text.contains("[!") && text.contains("> [!") || text.contains("```admonish") {
            let what = message!(
                "`{path}` has boxes such as notes and warnings, which stand as they were written",
                path
            );
            self.remarks.push(guessed(what));
        }
        if text.contains("{% ") {
            let what =
                message!("`{path}` has tags of GitBook, which stand as they were written", path);
            self.remarks.push(guessed(what));
        }
        self.remarks
    }
}

/// Something that is not in the book.
pub(super) fn left(what: Message) -> Remark {
    Remark::new(Fate::Left, what, "")
}
