//! Workarounds for operations: their names, parameters and request bodies.

use std::collections::HashMap;

use serde_json::{Value, json};
use xtask_openapi::Fields as _;
use xtask_openapi::grammar::Kind;
use xtask_openapi::walk::resolve;

use super::each::change;
use crate::operations::{is_json, with_ids};

/// Gives each operation an operationId from which a unique name is derived.
pub(super) fn name(document: &mut Value) -> usize {
    let ids = with_ids(document).filter(|(id, operation)| operation.id() != Some(id));
    let ids: Vec<_> = ids.map(|(id, operation)| (operation.pointer(), id)).collect();
    for (place, id) in &ids {
        if let Some(Value::Object(operation)) = document.pointer_mut(place) {
            operation.insert("operationId".to_owned(), json!(id));
        }
    }
    ids.len()
}

/// Keeps only one media type per request body: JSON if present, otherwise the first supported one. Replaces the schemas
/// of bytes and text with the only schemas that progenitor supports for them.
pub(super) fn simplify_bodies(document: &mut Value) -> usize {
    change(document, Kind::RequestBody, |body| {
        let Some(Value::Object(content)) = body.get_mut("content") else {
            return false;
        };
        let before = content.clone();
        let json = content.keys().find(|name| is_json(name));
        let supported = json.or_else(|| content.keys().find(|name| is_sent(name)));
        let kept = supported.or_else(|| content.keys().next()).cloned();
        content.retain(|name, _| Some(name) == kept.as_ref());
        for (name, media_type) in content.iter_mut() {
            let plain = match essence(name) {
                BYTES => json!({ "type": "string", "format": "binary" }),
                essence if TEXT.contains(&essence) => json!({ "type": "string" }),
                _ => continue,
            };
            if let Value::Object(media_type) = media_type {
                media_type.insert("schema".to_owned(), plain);
            }
        }
        *content != before
    })
}

/// Turns query parameters that are objects into maps, and path and header parameters that are arrays or objects into
/// strings.
pub(super) fn simplify_parameters(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, Kind::Parameter, |parameter| {
        let Some(schema) = parameter.get("schema") else {
            return false;
        };
        let is_array = resolve(&whole, schema).and_then(|schema| schema.text("type")) == Some("array");
        let is_object = is_object(&whole, schema, MAX_DEPTH, &mut HashMap::new());
        let simple = match parameter.text("in") {
            Some("query") if is_object => json!({ "type": "object", "additionalProperties": {} }),
            Some("path" | "header") if is_object || is_array => json!({ "type": "string" }),
            _ => return false,
        };
        parameter.insert("schema".to_owned(), simple.clone()) != Some(simple)
    })
}

/// The maximum depth to which compositions are followed.
const MAX_DEPTH: usize = 16;

/// Returns `true` if typify generates a struct for a schema. `known` contains the results for schemas that were already
/// visited, because the number of paths to a schema may grow exponentially.
fn is_object(whole: &Value, schema: &Value, depth: usize, known: &mut HashMap<*const Value, bool>) -> bool {
    let Some(schema) = resolve(whole, schema).filter(|_| depth > 0) else {
        return false;
    };
    let id = std::ptr::from_ref(schema);
    if let Some(known) = known.get(&id) {
        return *known;
    }
    known.insert(id, false);
    let mut is_member_object = |member: &Value| is_object(whole, member, depth - 1, known);
    let (any_of, one_of) = (schema.items("anyOf"), schema.items("oneOf"));
    let is_object = schema.text("type") == Some("object") && schema.get("oneOf").is_none()
        || schema.get("properties").is_some()
        || schema.items("allOf").iter().any(&mut is_member_object)
        || !any_of.is_empty() && any_of.iter().all(&mut is_member_object)
        || one_of.len() == 1 && one_of.iter().all(is_member_object);
    known.insert(id, is_object);
    is_object
}

/// Removes `encoding`, which defines how the parts of a body are serialized.
pub(super) fn drop_encoding(document: &mut Value) -> usize {
    change(document, Kind::MediaType, |media_type| {
        media_type.shift_remove("encoding").is_some()
    })
}

/// Adds a schema that accepts any value to content that has no schema.
pub(super) fn add_missing_schemas(document: &mut Value) -> usize {
    change(document, Kind::MediaType, |media_type| {
        let lacks_schema = !media_type.contains_key("schema");
        if lacks_schema {
            media_type.insert("schema".to_owned(), json!({}));
        }
        lacks_schema
    })
}

/// The media type for bytes.
const BYTES: &str = "application/octet-stream";

/// The text media types that progenitor supports.
const TEXT: [&str; 2] = ["text/plain", "text/x-markdown"];

/// The other media types that progenitor supports.
const STRUCTURED: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

/// Returns `true` if progenitor can send a body of the given media type.
pub(crate) fn is_sent(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == BYTES || TEXT.contains(&essence) || STRUCTURED.contains(&essence)
}

/// Returns a media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default()
}
