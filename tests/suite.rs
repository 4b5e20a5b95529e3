//! The one integration binary.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test fails by panicking, reads its cases from the disk and says what it skipped"
)]

mod architecture;
mod archive;
mod book;
mod booklet;
mod books;
mod cases;
mod catalog;
mod citation;
mod cli;
mod conformance;
mod cover;
mod documents;
mod handbook;
mod hostile;
mod image;
mod import;
mod index;
mod layout;
mod manifest;
mod manuscript;
mod messages;
mod metric;
mod opendocument;
mod preview;
mod reproducible;
mod returned;
mod said;
mod sample;
mod shape;
mod shelf;
mod terminal;
