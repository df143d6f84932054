//! The table of change kinds. Each has a stable id, a severity for each direction, and a description.
//!
//! Ids match those of oasdiff if it has an equivalent rule, and otherwise follow its naming scheme. Severities differ
//! from oasdiff's levels, because they reflect the effect on clients.

/// Defines constants. Each consists of a name, the id, the severities that the constructor expects, and the description.
macro_rules! kinds {
    ($new:path: $($name:ident = $id:literal $($severity:ident)+ $predicate:literal;)*) => {
        $(pub(crate) const $name: ChangeKind = $new($id, $($severity,)+ $predicate);)*
    };
}

pub(crate) mod bounds;
mod kind;
pub(crate) mod operation;
pub(crate) mod schema;

pub(crate) use kind::{ChangeKind, is_only_a_name};
