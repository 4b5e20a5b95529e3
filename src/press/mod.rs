//! Sheets for the press: the cover around the book.

mod cover;

pub use cover::{CoverSheet, cover};
