//! Workarounds for responses: merge success responses and allow unknown fields.

use serde_json::{Value, json};
use xtask_openapi::grammar::Kind;
use xtask_openapi::pointer;
use xtask_openapi::walk::{change_object, resolve, visit};

use super::each::change;

/// The extension that marks operations that switch to the WebSocket protocol.
const WEBSOCKET: &str = "x-dropshot-websocket";

/// Replaces the responses of WebSocket operations with a `default` response.
pub(super) fn upgrade(document: &mut Value) -> usize {
    let responses = json!({ "default": { "description": "", "content": { "*/*": { "schema": {} } } } });
    change(document, Kind::Operation, |operation| {
        operation.contains_key(WEBSOCKET)
            && operation
                .insert("responses".to_owned(), responses.clone())
                .as_ref()
                != Some(&responses)
    })
}

/// The status range that covers all success responses.
const ANY_SUCCESS: &str = "2XX";

/// Removes all responses except success responses. If an operation has no success response, its `default` response is
/// kept, because it then also describes success.
pub(super) fn drop_errors(document: &mut Value) -> usize {
    change(document, Kind::Responses, |responses| {
        let before = responses.len();
        let has_success = responses.keys().any(|status| is_success(status));
        responses.retain(|status, _| {
            is_success(status) || status.starts_with("x-") || (status == "default" && !has_success)
        });
        responses.len() != before
    })
}

fn is_success(status: &str) -> bool {
    status.len() == 3 && status.starts_with('2')
}

/// Merges all success responses. If their bodies differ, the merged response has no schema, so progenitor returns the
/// raw bytes.
pub(super) fn merge_successes(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, Kind::Responses, |responses| {
        let successes = responses.iter().filter(|(status, _)| is_success(status));
        let successes: Vec<(&String, &Value)> = successes.collect();
        let [(status, first), others @ ..] = successes.as_slice() else {
            return false;
        };
        if others.is_empty() && *status == ANY_SUCCESS {
            return false;
        }
        let content = |response| resolve(&whole, response)?.get("content");
        let is_uniform = others.iter().all(|(_, other)| content(other) == content(first));
        let merged = match is_uniform {
            true => (*first).clone(),
            false => json!({ "description": "", "content": { "*/*": {} } }),
        };
        responses.retain(|status, _| !is_success(status));
        responses.shift_insert(0, ANY_SUCCESS.to_owned(), merged);
        true
    })
}

/// Allows additional properties in all schemas that are reachable from responses.
pub(super) fn open(document: &mut Value) -> usize {
    let mut responses = Vec::new();
    visit(document, &mut |place| {
        if place.kind == Kind::Response {
            responses.push(place.pointer.to_owned());
        }
    });
    let reached = pointer::reachable(document, responses).map(|(place, _)| place);
    let reached: Vec<String> = reached.collect();
    let mut changes = 0;
    for place in reached {
        let kind = if place.starts_with("/components/schemas/") {
            Kind::Schema
        } else {
            Kind::Response
        };
        if let Some(value) = document.pointer_mut(&place) {
            change_object(value, kind, &mut |kind, schema| {
                if kind == Kind::Schema && schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                    schema.shift_remove("additionalProperties");
                    changes += 1;
                }
            });
        }
    }
    changes
}
