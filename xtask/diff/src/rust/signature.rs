//! The signature of the generated method: the types of the request body and the response.

use indexmap::IndexMap;

use crate::model::{Graph, MediaType, Operation, Response, is_success};
use crate::names;

/// The types of the request body and of the successful response.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Signature {
    /// The type of the request body, if there is one.
    pub(super) body: Option<String>,
    pub(super) success: String,
}

impl Signature {
    pub(super) fn of(graph: &Graph, operation: &Operation) -> Self {
        let body = operation.body.as_ref();
        Self {
            body: body.and_then(|body| of_body(graph, operation, &body.content)),
            success: success(graph, operation),
        }
    }
}

/// Returns the type of the body in the media type that the client sends: JSON, or else the first one.
fn of_body(graph: &Graph, operation: &Operation, content: &IndexMap<String, MediaType>) -> Option<String> {
    let json = content.iter().find(|(name, _)| is_json(name));
    let (name, media_type) = json.or_else(|| content.first())?;
    Some(if is_json(name) {
        of_json(graph, operation, "Body", media_type)
    } else {
        name.clone()
    })
}

/// Returns the type of the successful response. Raw bytes if the success responses have different types.
fn success(graph: &Graph, operation: &Operation) -> String {
    let responses = operation
        .responses
        .iter()
        .filter(|(status, _)| is_returned(operation, status));
    let types: Vec<String> = responses
        .map(|(_, response)| of_response(graph, operation, response))
        .collect();
    match types.split_first() {
        Some((first, others)) if others.iter().all(|other| other == first) => first.clone(),
        Some(_) => "bytes".to_owned(),
        None => "nothing".to_owned(),
    }
}

fn of_response(graph: &Graph, operation: &Operation, response: &Response) -> String {
    let json = response.content.iter().find(|(name, _)| is_json(name));
    match (json, response.content.is_empty()) {
        (Some((_, media_type)), _) => of_json(graph, operation, "Response", media_type),
        (None, true) => "nothing".to_owned(),
        (None, false) => "bytes".to_owned(),
    }
}

fn of_json(graph: &Graph, operation: &Operation, suffix: &str, media_type: &MediaType) -> String {
    let Some(schema) = media_type.schema else {
        return "any JSON".to_owned();
    };
    let own = || format!("{}_{suffix}", operation.id_or_name());
    names::type_name(&graph.get(schema).name.clone().unwrap_or_else(own))
}

/// Returns `true` if the method returns the response with this status as a success. `default` is a success if there is
/// no other.
pub(super) fn is_returned(operation: &Operation, status: &str) -> bool {
    let has_success = operation.responses.keys().any(|status| is_success(status));
    is_success(status) || (!has_success && status == "default")
}

/// Returns `true` for JSON as progenitor defines it: with or without a charset.
fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}
