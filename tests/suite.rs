//! The one integration binary.

mod book;
mod cases;
mod manuscript;
mod sample;
