//! The words of a catalogue of books.

/// The words of a catalogue of books.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Its title, where it has no other.
    pub title: &'static str,
    /// How many books there are, at `{}`.
    pub count: &'static str,
    /// The day of the last change, at `{}`.
    pub changed: &'static str,
    /// Title of the books that belong to no series.
    pub others: &'static str,
    /// The place of a book in its series, at `{}`.
    pub position: &'static str,
    /// The outputs of a book, by their keywords.
    pub outputs: &'static [(&'static str, &'static str)],
    /// A number of pages, at `{}`.
    pub pages: &'static str,
    /// Before what tells whether a file came whole.
    pub checksums: &'static str,
    /// Before the addresses for reading programs.
    pub feeds: &'static str,
}
