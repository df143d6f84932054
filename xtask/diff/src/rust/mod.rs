//! The effect on the Rust crates: public items that differ between the code generated from the two documents.

mod effect;
mod surface;

pub use effect::{Bump, Crate, Effect, RustEffect, Unmeasured};
pub use surface::Surface;
