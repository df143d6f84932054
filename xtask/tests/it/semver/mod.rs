//! The semver impact that `cargo xtask diff` reports, compared with the generated code.

mod labels;
mod surface;
