//! An empty library target. The package only pins tool versions; see `Cargo.toml`.
