//! A single difference between two documents: what, where, how bad for a client, and what it does to our crates.

use serde::Serialize;
use serde_json::Value;

use crate::rust::RustEffect;

/// How much a change matters to a client that builds requests and reads responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Words, names and order only.
    Cosmetic,
    /// A fact changed, and every client goes on working.
    Info,
    /// Some clients may notice: somebody should look.
    Warning,
    /// A client that did all right before can fail.
    Breaking,
}

/// Which way the changed part travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// Neither: the operation as such, its servers, its security.
    Operation,
}

impl Direction {
    /// The word that reports use for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Operation => "operation",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The stable name of the kind of change; oasdiff's where it has one.
    pub id: String,
    /// What it means to a client.
    pub severity: Severity,
    /// Which way the changed part travels.
    pub direction: Direction,
    /// The operation, as `METHOD /path`; null for what belongs to the whole document.
    pub operation: Option<String>,
    /// The place within the operation, such as `request.body.permissions[]`.
    pub location: String,
    /// What was there before; null if nothing was.
    pub old: Value,
    /// What is there now; null if nothing is.
    pub new: Value,
    /// All of it in one sentence, in Markdown: text of the documents stands in code spans.
    pub message: String,
    /// What it does to the crates that are made from the document.
    pub rust: RustEffect,
}
