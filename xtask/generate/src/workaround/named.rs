//! A workaround with its name and reason, and the documents that need it.

use xtask_openapi::Error;

/// A named workaround for progenitor.
#[derive(Debug, Clone, Copy)]
pub struct Workaround<Apply> {
    /// The name, in kebab case.
    pub id: &'static str,
    /// The reason for the workaround.
    pub reason: &'static str,
    /// The documents that need it.
    pub need: Need,
    /// Applies the workaround and returns the number of changes.
    pub apply: Apply,
}

/// The documents that need a workaround.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The checked-in document needs it.
    CheckedIn,
    /// Only other documents need it.
    Others,
}

/// The strictness of code generation: which workarounds and overlay actions must have an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Workarounds that the checked-in document needs must change something.
    EachMustApply,
    /// Workarounds may change nothing. Used for other documents.
    WhereNeeded,
    /// Workarounds and overlay actions may change nothing, and descriptions may be missing. Used when code is generated
    /// only to measure the effect of a change.
    Draft,
}

impl<Apply> Workaround<Apply> {
    /// Returns an error if the workaround was expected to change the document `name` but didn't.
    pub(super) fn complaint(&self, name: &str, count: usize, strictness: Strictness) -> Option<Error> {
        let is_due = strictness == Strictness::EachMustApply && self.need == Need::CheckedIn;
        (is_due && count == 0).then(|| {
            let Self { id, reason, .. } = self;
            Error::new(
                name,
                format!(
                    "the `{id}` workaround no longer has any effect; delete it (original reason: {reason})"
                ),
            )
        })
    }
}
