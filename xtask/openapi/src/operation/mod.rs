//! The operations in a document.

mod model;
mod path_item;
mod select;
pub mod server;

pub use self::model::{Operation, called, list, operations};
pub use self::select::{Selector, find, select};
