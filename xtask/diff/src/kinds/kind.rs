//! A kind of change.

use crate::change::Severity;

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChangeKind {
    /// The id, or its end, which follows a direction and a scope.
    pub(crate) id: &'static str,
    /// The severity in a request, or for the operation.
    pub(crate) request: Severity,
    /// The severity in a response.
    pub(crate) response: Severity,
    /// The description of the change, which follows its location in a report.
    pub(crate) predicate: &'static str,
    /// `true` if `id` is only the end of the id.
    pub(crate) has_prefix: bool,
}

impl ChangeKind {
    /// Creates a kind of change of a schema.
    pub(super) const fn new(
        id: &'static str,
        request: Severity,
        response: Severity,
        predicate: &'static str,
    ) -> Self {
        Self {
            id,
            request,
            response,
            predicate,
            has_prefix: true,
        }
    }

    /// Creates a kind with a complete id, and with the same severity in both directions or only one direction.
    pub(super) const fn one(id: &'static str, severity: Severity, predicate: &'static str) -> Self {
        Self {
            has_prefix: false,
            ..Self::new(id, severity, severity, predicate)
        }
    }

    /// Returns the kind with another severity.
    pub(crate) const fn with(self, severity: Severity) -> Self {
        Self {
            request: severity,
            response: severity,
            ..self
        }
    }
}

/// Returns `true` if changes with this id concern a name that no request or response contains.
pub(crate) fn is_only_a_name(id: &str) -> bool {
    id.starts_with("api-operation-id-") || id.starts_with("api-tag-")
}
