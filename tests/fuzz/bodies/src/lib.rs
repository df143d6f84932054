//! What must hold for any input: the bodies of the fuzz targets, which ordinary tests run as well.
//!
//! Each takes bytes and panics where something does not hold that should.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is how a body tells what it has found"
)]

mod answer;
mod claims;
mod documents;
mod escape;
mod overlay;
mod space;
mod time;

pub use answer::{error_body, retry_after};
pub use claims::claims;
pub use documents::{diff, import};
pub use escape::escape;
pub use overlay::overlay;
pub use space::space;
pub use time::time;

/// What a target does with an input.
pub type Body = fn(&[u8]);

/// All targets, by the names of their programs and of the folders with their corpora.
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
