//! A workaround with its name and reason, and the strictness of code generation.

/// A named workaround for progenitor.
#[derive(Debug, Clone, Copy)]
pub struct Workaround<Apply> {
    /// The name, in kebab case.
    pub id: &'static str,
    /// The reason for the workaround.
    pub reason: &'static str,
    /// Applies the workaround and returns the number of changes.
    pub apply: Apply,
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
