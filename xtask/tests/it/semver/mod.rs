//! What `cargo xtask` says of a change to those who use the crates: `diff` by its labels, `semver` by its command.

mod labels;
mod surface;
