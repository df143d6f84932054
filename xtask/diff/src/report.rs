//! All differences of two documents and the verdict over them.

use std::fmt;

use serde::Serialize;

use crate::change::{Change, Severity};
use crate::kinds;

/// The version of the JSON form of a [`Report`]; it rises when a member changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// What all changes together amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No difference at all.
    Identical,
    /// Only prose, names and order differ.
    Cosmetic,
    /// Facts differ, but nothing is breaking; warnings among them are for somebody to look at.
    Additive,
    /// At least one change is breaking.
    Breaking,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identical => "identical",
            Self::Cosmetic => "cosmetic",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

/// How many changes there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are those of the severities")]
pub struct Counts {
    pub breaking: usize,
    pub warning: usize,
    pub info: usize,
    pub cosmetic: usize,
}

/// The outcome of a comparison; its serialised form is the documented JSON output.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub version: u32,
    /// What all changes together amount to.
    pub verdict: Verdict,
    /// How many changes there are of each severity.
    pub counts: Counts,
    /// The changes, the worst first.
    pub changes: Vec<Change>,
    /// What a reader must know about the report itself, in Markdown: text of the documents stands in code spans.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Report {
    pub(crate) fn new(mut changes: Vec<Change>, notes: Vec<String>) -> Self {
        // A stable sort: changes of one severity stay in the order of the document.
        changes.sort_by_key(|change| std::cmp::Reverse(change.severity));
        let counts = count(&changes);
        Self {
            version: SCHEMA_VERSION,
            verdict: verdict(&changes),
            counts,
            changes,
            notes,
        }
    }

    /// The severity of the worst change, or `None` if there is no change.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.changes.iter().map(|change| change.severity).max()
    }
}

fn count(changes: &[Change]) -> Counts {
    let mut counts = Counts::default();
    for change in changes {
        match change.severity {
            Severity::Breaking => counts.breaking += 1,
            Severity::Warning => counts.warning += 1,
            Severity::Info => counts.info += 1,
            Severity::Cosmetic => counts.cosmetic += 1,
        }
    }
    counts
}

/// A changed name may deserve a look (a warning) and is still no fact that goes over the wire.
fn verdict(changes: &[Change]) -> Verdict {
    let of = |change: &Change| match change.severity {
        Severity::Breaking => Verdict::Breaking,
        Severity::Cosmetic => Verdict::Cosmetic,
        Severity::Warning | Severity::Info if kinds::is_only_a_name(&change.id) => Verdict::Cosmetic,
        Severity::Warning | Severity::Info => Verdict::Additive,
    };
    changes.iter().map(of).max().unwrap_or(Verdict::Identical)
}
