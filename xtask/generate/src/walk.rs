//! Visits the objects in an OpenAPI document according to its grammar, so that example data is not mistaken for
//! schemas.

use serde_json::{Map, Value};
use xtask_openapi::grammar::Kind;
use xtask_openapi::pointer;
use xtask_openapi::walk::{children, children_mut};

/// The maximum depth to which composed schemas are followed.
pub(crate) const MAX_DEPTH: usize = 16;

/// An object in a document and its location.
pub(crate) struct Place<'a> {
    pub(crate) pointer: &'a str,
    pub(crate) kind: Kind,
    pub(crate) fields: &'a Map<String, Value>,
    /// `true` if the object has a name, as do properties, component schemas and responses.
    pub(crate) is_named: bool,
}

/// Calls `visit` for every object in the document, outer objects first.
pub(crate) fn visit(document: &Value, visit: &mut dyn FnMut(&Place<'_>)) {
    visit_object(document, Kind::OpenApi, "", false, visit);
}

fn visit_object(value: &Value, kind: Kind, pointer: &str, is_named: bool, visit: &mut dyn FnMut(&Place<'_>)) {
    let Value::Object(fields) = value else { return };
    visit(&Place {
        pointer,
        kind,
        fields,
        is_named,
    });
    for child in children(fields, kind) {
        let pointer = format!("{pointer}{}", child.pointer);
        visit_object(child.value, child.kind, &pointer, child.is_named, visit);
    }
}

/// Calls `change` for every object in the document, inner objects first. Returns the number of calls that returned
/// `true`.
pub(crate) fn change(
    document: &mut Value,
    change: &mut dyn FnMut(Kind, &mut Map<String, Value>) -> bool,
) -> usize {
    change_object(document, Kind::OpenApi, change)
}

/// Like [`change`], but for a single object and its contents.
pub(crate) fn change_object(
    value: &mut Value,
    kind: Kind,
    change: &mut dyn FnMut(Kind, &mut Map<String, Value>) -> bool,
) -> usize {
    let Value::Object(fields) = value else { return 0 };
    let within: usize = children_mut(fields, kind)
        .into_iter()
        .map(|child| change_object(child.value, child.kind, change))
        .sum();
    within + usize::from(change(kind, fields))
}

/// Follows a reference. Returns the value itself if it is not a reference, or `None` if the reference is unresolved.
pub(crate) fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> Option<&'a Value> {
    // Real documents have shorter chains. The limit also stops cycles.
    for _ in 0..32 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some(value);
        };
        value = document.pointer(&pointer::of_reference(reference)?)?;
    }
    None
}
