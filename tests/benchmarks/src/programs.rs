//! Builds of the measured programs.

use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;

use crate::process::directory;

/// Optimized programs, each built separately. In a common build, Cargo would enable the features of all programs in each.
pub(crate) struct Programs {
    copies: TempDir,
}

impl Programs {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            copies: tempfile::tempdir()?,
        })
    }

    /// Builds a package and returns a copy of its program, which later builds don't overwrite.
    pub(crate) fn build(&self, package: &str, features: &[&str]) -> Result<PathBuf> {
        eprintln!("building {package} {}", features.join(" "));
        let built = escargot::CargoBuild::new()
            .manifest_path(directory().join("Cargo.toml"))
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
