//! The one integration binary.

mod cases;
mod manuscript;
mod sample;
