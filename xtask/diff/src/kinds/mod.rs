//! The kinds of change as data: the stable id, what it means to a client in each direction, the sentence that
//! says it, and which generated item it touches.
//!
//! The ids are oasdiff's where it has a rule for the same thing, and follow its naming elsewhere. Its levels
//! are those of a server that must stay compatible; the severities here are those of a client.

pub(crate) mod bounds;
pub(crate) mod operation;
pub(crate) mod schema;

use crate::change::Severity;
use crate::rust::Touches;

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// The id, or the end of it: the kinds of [`schema`] stand behind a direction and a scope.
    pub(crate) id: &'static str,
    /// What it means in a request, or for the operation.
    pub(crate) request: Severity,
    /// What it means in a response.
    pub(crate) response: Severity,
    /// The predicate of a sentence whose subject is the place.
    pub(crate) says: &'static str,
    /// What it touches in the generated crate.
    pub(crate) touches: Touches,
}

impl Kind {
    const fn new(
        id: &'static str,
        request: Severity,
        response: Severity,
        says: &'static str,
        touches: Touches,
    ) -> Self {
        Self {
            id,
            request,
            response,
            says,
            touches,
        }
    }

    /// A kind that means the same in both directions, or has but one.
    const fn one(id: &'static str, severity: Severity, says: &'static str, touches: Touches) -> Self {
        Self::new(id, severity, severity, says, touches)
    }
}

/// Whether changes with this id are about a name that no request or response contains.
pub(crate) fn is_only_a_name(id: &str) -> bool {
    id.starts_with("api-operation-id-") || id.starts_with("api-tag-")
}

/// Returns `true` if changes with this id are about a value, not a flag whose sentence already states the new state.
pub(crate) fn is_about_a_value(id: &str) -> bool {
    const VALUES: [&str; 5] = ["default-value", "const", "keyword", "extension", "field"];
    let serialized = id.ends_with("-serialization-changed") || id.ends_with("-component-changed");
    serialized
        || VALUES
            .iter()
            .any(|value| id.strip_suffix("-changed").is_some_and(|id| id.ends_with(value)))
}
