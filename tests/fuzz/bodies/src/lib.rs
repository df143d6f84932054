//! Fuzz target implementations. Regular tests run them too.
//!
//! Each function takes bytes and panics if a property is violated.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "fuzz targets report failures by panicking"
)]

mod claims;
mod documents;
mod escape;
mod overlay;
mod response;
mod space;
mod time;

pub use claims::claims;
pub use documents::{diff, import};
pub use escape::escape;
pub use overlay::overlay;
pub use response::{error_body, retry_after};
pub use space::space;
pub use time::time;

/// A function that a fuzz target runs on each input.
pub type Body = fn(&[u8]);

/// All targets, with the name used for each target's program and corpus directory.
pub const TARGETS: [(&str, Body); 9] = [
    ("claims", claims),
    ("diff", diff),
    ("error_body", error_body),
    ("escape", escape),
    ("import", import),
    ("overlay", overlay),
    ("retry_after", retry_after),
    ("space", space),
    ("time", time),
];
