//! The programs that are measured, as cargo builds them.

use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;

use crate::process::folder;

/// Optimised programs, each built by itself: built together, cargo would give all of them the features of each.
pub(crate) struct Programs {
    copies: TempDir,
}

impl Programs {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            copies: tempfile::tempdir()?,
        })
    }

    /// Builds a package and gives its program, which the next build will not overwrite.
    pub(crate) fn build(&self, package: &str, features: &[&str]) -> Result<PathBuf> {
        eprintln!("building {package} {}", features.join(" "));
        let built = escargot::CargoBuild::new()
            .manifest_path(folder().join("Cargo.toml"))
            .package(package)
            .bin(package)
            .features(features.join(" "))
            .release()
            .run()?;
        let copy = self.copies.path().join([&[package], features].concat().join("-"));
        std::fs::copy(built.path(), &copy)?;
        Ok(copy)
    }
}
