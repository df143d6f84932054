//! Reads documents and the records of their sources, and replaces files.

mod fetch;
pub mod file;
pub mod source;

pub use self::fetch::{open, open_within};
