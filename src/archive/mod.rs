//! The package for libraries: what it holds, and the records of metadata that describe it.

pub mod held;
pub mod records;

pub use held::{Format, Held, Role};
