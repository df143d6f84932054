//! The keywords of a schema, and helper functions shared by several conversion rules.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

/// The keywords of a schema during the conversion.
pub(super) type Keywords = Map<String, Value>;

/// Adds a schema to `allOf`, at index `at` or at the end.
pub(super) fn all_of(keywords: &mut Keywords, schema: Value, at: Option<usize>) {
    match keywords.get_mut("allOf") {
        Some(Value::Array(all)) => all.insert(at.unwrap_or(all.len()).min(all.len()), schema),
        _ => drop(keywords.insert("allOf".to_owned(), json!([schema]))),
    }
}

/// Returns `true` if a schema rejects all values.
pub(super) fn is_nothing(schema: &Value) -> bool {
    *schema == json!({ "not": {} })
}

/// Returns `true` if other schemas apply to the same value and might evaluate its properties and items.
pub(super) fn is_composed(given: &Keywords) -> bool {
    ["$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"]
        .iter()
        .any(|name| given.contains_key(*name))
}

/// Returns a schema that accepts every value that at least one of the given schemas accepts.
pub(super) fn any_of(schemas: impl IntoIterator<Item = Value>) -> Value {
    let mut seen = HashSet::new();
    let distinct = schemas
        .into_iter()
        .filter(|schema| seen.insert(schema.to_string()));
    let distinct: Vec<Value> = distinct.collect();
    match distinct.as_slice() {
        [only] => only.clone(),
        all if all.contains(&json!({})) => json!({}),
        all => json!({ "anyOf": all }),
    }
}

/// Removes an empty `required`, which OpenAPI 3.0 doesn't allow.
pub(super) fn drop_empty(keywords: &mut Keywords) {
    if keywords.get("required") == Some(&json!([])) {
        keywords.shift_remove("required");
    }
}
