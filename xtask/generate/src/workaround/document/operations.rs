//! Workarounds for operations: their names, parameters and request bodies.

use serde_json::{Value, json};
use xtask_openapi::grammar::Kind;
use xtask_openapi::walk::{change, operations, resolve};
use xtask_openapi::{Fields as _, pointer};

use crate::operations::{RenamedOperation, default_id, is_json, renamed};
use crate::schema::MAX_DEPTH;

/// Adds an operationId to operations that have none.
pub(super) fn name(document: &mut Value) -> usize {
    let unnamed = operations(document).filter(|operation| operation.value.text("operationId").is_none());
    let ids: Vec<_> = unnamed
        .map(|operation| (operation.pointer(), default_id(operation.path, operation.method)))
        .collect();
    set_ids(document, ids)
}

/// Renames operations whose methods would have the same name.
pub(super) fn distinguish(document: &mut Value) -> usize {
    let place = |operation: &RenamedOperation| {
        pointer::child(&pointer::child("/paths", &operation.path), &operation.method)
    };
    let renamed = renamed(document).into_iter();
    let ids = renamed.map(|operation| (place(&operation), operation.new_id));
    set_ids(document, ids.collect())
}

/// Sets the operationIds of the operations at these locations and returns their number.
fn set_ids(document: &mut Value, ids: Vec<(String, String)>) -> usize {
    let mut count = 0;
    for (place, id) in ids {
        if let Some(Value::Object(operation)) = document.pointer_mut(&place) {
            operation.insert("operationId".to_owned(), json!(id));
            count += 1;
        }
    }
    count
}

/// Keeps only one media type per request body: JSON if present, otherwise the first supported one.
pub(super) fn keep_one_media_type(document: &mut Value) -> usize {
    change(document, &mut |kind, body| {
        let Some(Value::Object(content)) = body.get_mut("content").filter(|_| kind == Kind::RequestBody)
        else {
            return false;
        };
        let Some(first) = content.keys().next().cloned().filter(|_| content.len() > 1) else {
            return false;
        };
        let json = content.keys().find(|name| is_json(name));
        let known = json.or_else(|| content.keys().find(|name| is_sent(name)));
        let kept = known.cloned().unwrap_or(first);
        content.retain(|name, _| *name == kept);
        true
    })
}

/// Replaces the schemas of byte and text bodies with the only schemas that progenitor supports for them.
pub(super) fn simplify_raw_bodies(document: &mut Value) -> usize {
    change(document, &mut |kind, body| {
        let Some(Value::Object(content)) = body.get_mut("content").filter(|_| kind == Kind::RequestBody)
        else {
            return false;
        };
        let mut has_changed = false;
        for (name, media_type) in content.iter_mut() {
            let plain = match essence(name) {
                BYTES => json!({ "type": "string", "format": "binary" }),
                essence if TEXT.contains(&essence) => json!({ "type": "string" }),
                _ => continue,
            };
            if media_type.get("schema") != Some(&plain)
                && let Value::Object(media_type) = media_type
            {
                media_type.insert("schema".to_owned(), plain);
                has_changed = true;
            }
        }
        has_changed
    })
}

/// Turns path and header parameters that are arrays or objects into strings.
pub(super) fn send_parts_as_text(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, &mut |kind, parameter| {
        let is_text = kind == Kind::Parameter && matches!(parameter.text("in"), Some("path" | "header"));
        let has_parts = |schema: &&Value| {
            let found = resolve(&whole, schema).and_then(|schema| schema.text("type"));
            found == Some("array") || is_object(&whole, schema, MAX_DEPTH)
        };
        if !is_text || parameter.get("schema").filter(has_parts).is_none() {
            return false;
        }
        parameter.insert("schema".to_owned(), json!({ "type": "string" }));
        true
    })
}

/// Turns query parameters that are objects into maps.
pub(super) fn send_objects_as_maps(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, &mut |kind, parameter| {
        let is_in_query = kind == Kind::Parameter && parameter.text("in") == Some("query");
        let schema = parameter.get("schema").filter(|_| is_in_query);
        let map = json!({ "type": "object", "additionalProperties": {} });
        if !schema.is_some_and(|schema| is_object(&whole, schema, MAX_DEPTH) && *schema != map) {
            return false;
        }
        parameter.insert("schema".to_owned(), map);
        true
    })
}

/// Returns whether typify generates a struct for a schema.
fn is_object(whole: &Value, schema: &Value, depth: usize) -> bool {
    let Some(schema) = resolve(whole, schema).filter(|_| depth > 0) else {
        return false;
    };
    let is_member_object = |member: &Value| is_object(whole, member, depth - 1);
    let (any_of, one_of) = (schema.items("anyOf"), schema.items("oneOf"));
    schema.text("type") == Some("object") && schema.get("oneOf").is_none()
        || schema.get("properties").is_some()
        || schema.items("allOf").iter().any(is_member_object)
        || !any_of.is_empty() && any_of.iter().all(is_member_object)
        || one_of.len() == 1 && one_of.iter().all(is_member_object)
}

/// Removes `encoding`, which defines how the parts of a body are serialized.
pub(super) fn drop_encoding(document: &mut Value) -> usize {
    change(document, &mut |kind, media_type| {
        kind == Kind::MediaType && media_type.shift_remove("encoding").is_some()
    })
}

/// Adds a schema that accepts any value to JSON content that has no schema.
pub(super) fn give_json_a_schema(document: &mut Value) -> usize {
    change(document, &mut |kind, owner| {
        let has_content = matches!(kind, Kind::RequestBody | Kind::Response);
        let Some(Value::Object(content)) = owner.get_mut("content").filter(|_| has_content) else {
            return false;
        };
        let mut has_changed = false;
        for (_, media_type) in content.iter_mut().filter(|(name, _)| is_json(name)) {
            let Value::Object(media_type) = media_type else {
                continue;
            };
            if !media_type.contains_key("schema") {
                media_type.insert("schema".to_owned(), json!({}));
                has_changed = true;
            }
        }
        has_changed
    })
}

/// The media type for bytes.
const BYTES: &str = "application/octet-stream";

/// The text media types that progenitor supports.
const TEXT: [&str; 2] = ["text/plain", "text/x-markdown"];

/// The other media types that progenitor supports.
const STRUCTURED: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

/// Returns whether progenitor can send a body of the given media type.
pub(crate) fn is_sent(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == BYTES || TEXT.contains(&essence) || STRUCTURED.contains(&essence)
}

/// Returns a media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default()
}
