//! Builds the measured programs.

use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;

use crate::process::directory;

/// Optimized programs. Each is built separately, because a single build would enable the features of all
/// programs in each of them.
pub(crate) struct Programs {
    copies: TempDir,
}

impl Programs {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            copies: tempfile::tempdir()?,
        })
    }

    /// Builds a package and returns a copy of its executable, which later builds don't overwrite.
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
