//! Recorded counts, used to detect regressions.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::counts::Counts;
use crate::process::directory;

/// The contents of `baselines.json`.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Baselines {
    /// Counts per call, by client.
    pub(crate) calls: BTreeMap<String, Counts>,
    /// Counts for offline operations, by name.
    pub(crate) micro: BTreeMap<String, Counts>,
}

impl Baselines {
    fn path() -> PathBuf {
        directory().join("baselines.json")
    }

    pub(crate) fn read() -> Result<Self> {
        match fs::read_to_string(Self::path()) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Updates the recorded counts.
    pub(crate) fn update(change: impl FnOnce(&mut Self)) -> Result<()> {
        let mut baselines = Self::read()?;
        change(&mut baselines);
        fs::write(Self::path(), serde_json::to_string_pretty(&baselines)? + "\n")?;
        Ok(())
    }
}
