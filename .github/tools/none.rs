//! Empty library target; the package only pins versions, see `Cargo.toml`.
