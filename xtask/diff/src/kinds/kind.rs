//! A kind of change.

use crate::change::Severity;

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChangeKind {
    /// The complete id, or the part that follows the direction and scope.
    pub(crate) id: &'static str,
    /// The severity in a request, or for the operation itself.
    pub(crate) request: Severity,
    /// The severity in a response.
    pub(crate) response: Severity,
    /// The description of the change. In a report, it follows the location.
    pub(crate) predicate: &'static str,
    /// `true` if `id` is only the last part of the complete id.
    pub(crate) has_prefix: bool,
}

impl ChangeKind {
    /// Creates a kind of schema change. The direction and scope are added to its id.
    pub(super) const fn in_scope(
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

    /// Creates a kind that has a complete id.
    pub(super) const fn by_direction(
        id: &'static str,
        request: Severity,
        response: Severity,
        predicate: &'static str,
    ) -> Self {
        Self {
            has_prefix: false,
            ..Self::in_scope(id, request, response, predicate)
        }
    }

    /// Creates a kind that has a complete id, and either applies to only one direction or has the same severity in
    /// both.
    pub(super) const fn one(id: &'static str, severity: Severity, predicate: &'static str) -> Self {
        Self::by_direction(id, severity, severity, predicate)
    }

    /// Returns a copy of the kind with a different severity.
    pub(crate) const fn with(self, severity: Severity) -> Self {
        Self {
            request: severity,
            response: severity,
            ..self
        }
    }

    /// Returns a copy of the kind with the severities of another one.
    pub(crate) const fn with_effect_of(self, other: Self) -> Self {
        Self {
            request: other.request,
            response: other.response,
            ..self
        }
    }

    /// Returns a copy of the kind with the severities of the two directions swapped.
    pub(crate) const fn reversed(self) -> Self {
        Self {
            request: self.response,
            response: self.request,
            ..self
        }
    }
}

/// Returns `true` if changes with this id affect only a name that no request or response contains.
pub(crate) fn is_only_a_name(id: &str) -> bool {
    id.starts_with("api-operation-id-") || id.starts_with("api-tag-")
}
