//! All differences between two documents, and the verdict.

use std::fmt;

use serde::Serialize;

use crate::change::{Change, Severity};
use crate::kinds;
use crate::rust::{Bump, Crate, RustEffect, Unmeasured};

/// The version of a [`Report`]'s JSON format. It is incremented when a member is removed or its meaning changes.
pub const SCHEMA_VERSION: u32 = 2;

/// The overall verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No differences.
    Identical,
    /// Only documentation, names and order differ.
    Cosmetic,
    /// The API changed, but no change is breaking. There may be warnings.
    Additive,
    /// At least one change is breaking.
    Breaking,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The number of changes of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are named after the severities")]
pub struct Counts {
    pub breaking: usize,
    pub warning: usize,
    pub info: usize,
    pub cosmetic: usize,
}

/// The result of a comparison. Its serialized form is the documented JSON output.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub version: u32,
    /// The overall verdict.
    pub verdict: Verdict,
    /// The number of changes of each severity.
    pub counts: Counts,
    /// The changes, starting with the most severe.
    pub changes: Vec<Change>,
    /// The effect on the public items of the crates, as measured by comparing the code generated from both documents.
    /// Empty until [`with_rust`](Self::with_rust) adds it.
    pub rust: Vec<RustEffect>,
    /// The crates whose code could not be compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rust_unmeasured: Vec<Unmeasured>,
    /// Notes about the report itself, in Markdown. Text from the documents is in code spans.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Report {
    pub(crate) fn new(mut changes: Vec<Change>, notes: Vec<String>) -> Self {
        // The sort is stable, so changes of the same severity remain in document order.
        changes.sort_by_key(|change| std::cmp::Reverse(change.severity));
        Self {
            version: SCHEMA_VERSION,
            verdict: verdict(&changes),
            counts: count(&changes),
            changes,
            rust: Vec::new(),
            rust_unmeasured: Vec::new(),
            notes,
        }
    }

    /// Adds the effect on the crates, sorted so that the changes with the highest version bump come first.
    #[must_use]
    pub fn with_rust(self, mut rust: Vec<RustEffect>, rust_unmeasured: Vec<Unmeasured>) -> Self {
        rust.sort_by_key(|effect| (effect.package, std::cmp::Reverse(effect.bump), effect.effect));
        Self {
            rust,
            rust_unmeasured,
            ..self
        }
    }

    /// Returns the version bump that a crate requires, or `None` if its public items are unchanged or were not compared.
    #[must_use]
    pub fn bump(&self, package: Crate) -> Option<Bump> {
        let effects = self.rust.iter().filter(|effect| effect.package == package);
        effects.map(|effect| effect.bump).max()
    }

    /// Returns the highest severity, or `None` if there are no changes.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.changes.iter().map(|change| change.severity).max()
    }
}

fn count(changes: &[Change]) -> Counts {
    let of = |severity| {
        changes
            .iter()
            .filter(|change| change.severity == severity)
            .count()
    };
    Counts {
        breaking: of(Severity::Breaking),
        warning: of(Severity::Warning),
        info: of(Severity::Info),
        cosmetic: of(Severity::Cosmetic),
    }
}

/// Determines the verdict. Changed names are cosmetic even if they are warnings, because no request or response
/// contains them.
fn verdict(changes: &[Change]) -> Verdict {
    let of = |change: &Change| match change.severity {
        Severity::Breaking => Verdict::Breaking,
        Severity::Cosmetic => Verdict::Cosmetic,
        Severity::Warning | Severity::Info if kinds::is_only_a_name(&change.id) => Verdict::Cosmetic,
        Severity::Warning | Severity::Info => Verdict::Additive,
    };
    changes.iter().map(of).max().unwrap_or(Verdict::Identical)
}
