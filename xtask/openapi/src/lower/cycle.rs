//! Schemas that contain themselves in place, so that no value could ever be checked against them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{Document, Error, pointer};

/// The place of reusable schemas.
const SCHEMAS: &str = "/components/schemas";

/// Refuses circles of `$ref`, `allOf`, `anyOf`, `oneOf` and `not`. A circle through a property or an item is
/// a recursive type, and fine.
pub(super) fn check(document: &Document, value: &Value) -> Result<(), Error> {
    let Some(schemas) = value.pointer(SCHEMAS).and_then(Value::as_object) else {
        return Ok(());
    };
    let mut finished: BTreeMap<&str, bool> = BTreeMap::new();
    for start in schemas.keys() {
        // Depth first, on a stack of our own: a chain of references may be as long as the document.
        let mut path: Vec<(&str, Vec<&str>)> = Vec::new();
        if !finished.contains_key(start.as_str()) {
            finished.insert(start, false);
            path.push((start, in_place(schemas, start)));
        }
        while let Some((name, next)) = path.last_mut() {
            let Some(next) = next.pop() else {
                finished.insert(name, true);
                path.pop();
                continue;
            };
            match finished.get(next) {
                Some(true) => {}
                Some(false) => {
                    let circle = path
                        .iter()
                        .map(|(name, _)| *name)
                        .skip_while(|name| *name != next);
                    let circle: Vec<&str> = circle.chain([next]).collect();
                    let message = format!("contains itself: {}", circle.join(" > "));
                    return Err(document.error(pointer::child(SCHEMAS, next), message));
                }
                None => {
                    finished.insert(next, false);
                    path.push((next, in_place(schemas, next)));
                }
            }
        }
    }
    Ok(())
}

/// The reusable schemas that apply to the same value as the schema `name` does.
fn in_place<'a>(schemas: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut pending: Vec<&Value> = schemas.get(name).into_iter().collect();
    while let Some(schema) = pending.pop() {
        if let Some(name) = reference_to(schema) {
            found.extend(schemas.get_key_value(&name).map(|(name, _)| name.as_str()));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            pending.extend(
                schema
                    .get(keyword)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
        pending.extend(schema.get("not"));
    }
    found
}

fn reference_to(schema: &Value) -> Option<String> {
    let target = pointer::of_reference(schema.get("$ref")?.as_str()?)?;
    match pointer::tokens(&target).as_slice() {
        [components, section, name] if components == "components" && section == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}
