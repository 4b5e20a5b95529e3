//! The package for libraries: what it holds, and the records of metadata that describe it.

pub mod held;

pub use held::{Format, Held, Role};
