//! The table of change kinds: stable id, severity in each direction, and description.
//!
//! The ids are those of oasdiff where it has an equivalent rule, and follow its naming otherwise. The severities differ
//! from oasdiff's levels: they state the effect on a client.

pub(crate) mod bounds;
mod kind;
pub(crate) mod operation;
pub(crate) mod schema;

pub(crate) use kind::{ChangeKind, is_only_a_name};
