//! banxin (版心, the type area of a page) builds a book from a folder.

pub mod book;
pub mod diag;
pub mod epub;
pub mod files;
pub mod font;
pub mod image;
pub mod layout;
pub mod manifest;
pub mod manuscript;
pub mod pdf;
pub mod profile;
pub mod script;
pub mod units;
