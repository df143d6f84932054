//! Changes to all objects of a given kind.

use serde_json::{Map, Value};
use xtask_openapi::grammar::Kind;
use xtask_openapi::walk;

/// Calls `change` for every object of a kind, innermost first. Returns the number of times `change` returned `true`.
pub(super) fn change(
    document: &mut Value,
    kind: Kind,
    mut change: impl FnMut(&mut Map<String, Value>) -> bool,
) -> usize {
    let mut count = 0;
    walk::change(document, &mut |found, object| {
        count += usize::from(found == kind && change(object));
    });
    count
}
