//! The effect on the Rust crates: the public items that differ between the code generated from both documents.

mod effect;
mod surface;

pub use effect::{Bump, Crate, Effect, RustEffect, Unmeasured};
pub use surface::Surface;
