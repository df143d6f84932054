//! Locations in an operation.

use crate::change::{Direction, Severity};
use crate::kinds::{ChangeKind, schema as kinds};

/// Kinds that have a separate id for read-only properties (never sent in requests).
const READ_ONLY: [&str; 6] = [
    "enum-value-removed",
    "exclusive-max-decreased",
    "exclusive-min-increased",
    "max-decreased",
    "max-length-decreased",
    "min-increased",
];

/// Kinds that have a separate id for write-only properties (never sent in responses).
const WRITE_ONLY: [&str; 3] = ["became-optional", "became-required", "enum-value-added"];

/// The part of an operation that a schema describes. It determines the prefix of change ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Operation,
    Parameter,
    Header,
    /// The root of a body.
    Body,
    /// A location inside a body.
    Property,
}

/// A location in an operation, with the information that determines the ids and severities of changes there.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) direction: Direction,
    pub(crate) scope: Scope,
    pub(crate) location: String,
    /// `true` if a number is serialized in the same way as a string of its digits, as in all formats except JSON.
    pub(crate) is_text: bool,
    /// `true` if the value is never sent, because it is read-only in a request or write-only in a response.
    pub(crate) is_unsent: bool,
    /// `true` if the server calls the operation, which reverses the directions.
    pub(crate) is_called: bool,
}

impl Context {
    /// Returns the context for an operation, or for another part of the document.
    pub(super) fn at_root(location: &str) -> Self {
        Self {
            direction: Direction::Operation,
            scope: Scope::Operation,
            location: location.to_owned(),
            is_text: false,
            is_unsent: false,
            is_called: false,
        }
    }

    /// Returns the context for an operation that the server calls.
    pub(super) fn called(&self, location: &str) -> Self {
        Self {
            is_called: true,
            ..self.field(location)
        }
    }

    /// Returns the context for a part of the request or the response of this operation.
    pub(super) fn sent(&self, direction: Direction, scope: Scope, location: &str) -> Self {
        match self.is_called {
            true => self.at(
                direction.reversed(),
                scope,
                format!("{}.{location}", self.location),
            ),
            false => self.at(direction, scope, location),
        }
    }

    /// Returns the context for another part of the operation.
    fn at(&self, direction: Direction, scope: Scope, location: impl Into<String>) -> Self {
        Self {
            direction,
            scope,
            location: location.into(),
            ..self.clone()
        }
    }

    /// Returns the context for a field at this location.
    pub(crate) fn field(&self, name: &str) -> Self {
        self.at(self.direction, self.scope, format!("{}.{name}", self.location))
    }

    /// Returns the context for a property.
    pub(crate) fn property(&self, name: &str) -> Self {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
        let location = if !name.is_empty() && name.chars().all(is_plain) {
            format!("{}.{name}", self.location)
        } else {
            format!("{}[{name:?}]", self.location)
        };
        self.within(location)
    }

    /// Returns the context for an unnamed part, such as `[]`, `.*` or `.anyOf[0]`.
    pub(crate) fn part(&self, step: &str) -> Self {
        self.within(format!("{}{step}", self.location))
    }

    fn within(&self, location: String) -> Self {
        let scope = match self.scope {
            Scope::Body => Scope::Property,
            other => other,
        };
        self.at(self.direction, scope, location)
    }

    /// Returns `true` if the server sends the value.
    pub(crate) fn is_response(&self) -> bool {
        self.direction == Direction::Response
    }

    /// Returns the severity of a change.
    pub(crate) fn severity(&self, kind: &ChangeKind) -> Severity {
        let severity = match self.direction {
            Direction::Response => kind.response,
            Direction::Request | Direction::Operation => kind.request,
        };
        // Changes to values that are never sent are harmless.
        severity.min(if self.is_unsent {
            Severity::Info
        } else {
            Severity::Breaking
        })
    }

    /// Returns the complete id of a change.
    pub(crate) fn id(&self, kind: &ChangeKind) -> String {
        let id = kind.id;
        let prefix = match (self.direction, self.scope) {
            _ if !kind.has_prefix => "",
            (Direction::Request, _) if self.is_unsent && READ_ONLY.contains(&id) => {
                "request-read-only-property-"
            }
            (Direction::Response, _) if self.is_unsent && WRITE_ONLY.contains(&id) => {
                "response-write-only-property-"
            }
            (Direction::Response, Scope::Body) if id == kinds::ENUM_VALUE_REMOVED.id => "response-mediatype-",
            (_, Scope::Parameter) => "request-parameter-",
            (_, Scope::Header) => "response-header-",
            (Direction::Response, Scope::Body) => "response-body-",
            (Direction::Response, _) => "response-property-",
            (_, Scope::Body) => "request-body-",
            (_, _) => "request-property-",
        };
        format!("{prefix}{id}")
    }
}
