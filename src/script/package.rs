//! Words of the page that a package for libraries begins with.

/// Titles of its parts, and terms for what is known of the book.
#[derive(Debug, PartialEq, Eq)]
pub struct PackageLabels {
    /// Who publishes the book.
    pub publisher: &'static str,
    /// When it was published.
    pub date: &'static str,
    /// What it is known by.
    pub identifier: &'static str,
    /// What may be done with it.
    pub rights: &'static str,
    /// The files that are to be kept for good.
    pub preservation: &'static str,
    /// Those that are to be read.
    pub access: &'static str,
    /// Those that are to be printed.
    pub print: &'static str,
    /// What the book was made from.
    pub source: &'static str,
    /// Licences of its parts.
    pub licence: &'static str,
    /// What programs found that looked it over.
    pub report: &'static str,
    /// What catalogues say of it.
    pub metadata: &'static str,
    /// A size, its number at `{}`.
    pub bytes: &'static str,
}
