//! A difference between two documents: what changed, where, and how severe the change is.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// The effect of a change on a client that builds requests and reads responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Only documentation, names or order changed.
    Cosmetic,
    /// The API changed, but all clients continue to work.
    Info,
    /// Some clients may be affected. Needs review.
    Warning,
    /// A client that works with the old document may fail.
    Breaking,
}

/// The direction in which the changed part is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// Not sent: the operation itself, its servers or its security.
    Operation,
}

impl Direction {
    /// Swaps the request and response directions. Used, for example, for operations that the server calls.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
            Self::Operation => Self::Operation,
        }
    }
}

/// Formats the name used in reports.
impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A difference between two documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The stable id of the kind of change. If oasdiff has an equivalent rule, the ids are the same.
    pub id: String,
    /// The effect on clients.
    pub severity: Severity,
    /// The direction in which the changed part is sent.
    pub direction: Direction,
    /// The operation, as `METHOD /path`, or `None` for changes to the document as a whole.
    pub operation: Option<String>,
    /// The location within the operation, such as `request.body.permissions[]`.
    pub location: String,
    /// The old value, or null if there was none.
    pub old: Value,
    /// The new value, or null if there is none.
    pub new: Value,
    /// A description of the change as a single line of Markdown. Text from the documents is in code spans.
    pub message: String,
}
