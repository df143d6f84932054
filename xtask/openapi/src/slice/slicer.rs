//! The state of an extraction.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::discriminator::Children;
use crate::Document;
use crate::grammar::Kind;
use crate::operation::Operation;

/// A component that has not been searched for references yet: its name and its location in the source.
pub(super) struct Pending {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) source: String,
}

pub(super) struct Slicer<'a> {
    pub(super) document: &'a Document,
    /// The components by section and name. The value is `Null` while a component is still in the queue.
    pub(super) reached: BTreeMap<&'static str, BTreeMap<String, Value>>,
    /// Maps slice locations to source locations, for objects that become components in the slice.
    pub(super) origins: BTreeMap<String, String>,
    /// The names of objects that become components in the slice, by section and source location.
    pub(super) new_names: BTreeMap<(&'static str, String), String>,
    pub(super) queue: VecDeque<Pending>,
    /// The undeclared schemes in security requirements, each with the location where it is first used.
    pub(super) undeclared_schemes: BTreeMap<String, String>,
    /// `true` if any operation or callback operation uses the document's security requirements.
    pub(super) needs_global_security: bool,
    pub(super) operations: &'a [Operation<'a>],
    /// The schemas that extend other schemas, for discriminators.
    pub(super) children: Children,
}
