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
    walk::change(document, &mut |found, object| found == kind && change(object))
}

/// Calls `change_media_type` with the name and value of every media type in the content of request bodies or responses.
pub(super) fn change_media_types(
    document: &mut Value,
    kind: Kind,
    change_media_type: impl Fn(&str, &mut Map<String, Value>) -> bool,
) -> usize {
    change(document, kind, |owner| {
        let content = owner.get_mut("content").and_then(Value::as_object_mut);
        let mut has_changed = false;
        for (name, media_type) in content.into_iter().flatten() {
            if let Value::Object(media_type) = media_type {
                has_changed |= change_media_type(name, media_type);
            }
        }
        has_changed
    })
}
