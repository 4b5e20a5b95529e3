//! The one integration binary.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads its cases from the disk"
)]

mod architecture;
mod book;
mod cases;
mod cli;
mod conformance;
mod image;
mod manifest;
mod manuscript;
mod metric;
mod reproducible;
mod sample;
