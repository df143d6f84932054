//! Converts a document to OpenAPI 3.0 and checks it before passing it to progenitor, so that errors include a location.

use std::collections::BTreeSet;

use serde_json::Value;
use xtask_openapi::lower::{Lowered, lower};
use xtask_openapi::operation::{Operation, operations};
use xtask_openapi::walk::resolve;
use xtask_openapi::{Document, Error, Fields as _, characters, pointer};

use crate::error::{Errors, Result};
use crate::workaround::document::is_sent;

/// HTTP methods that progenitor can't generate code for, because `reqwest::Client` has no function for them.
const UNSUPPORTED: [&str; 2] = ["options", "trace"];

/// Printable ASCII characters that must be escaped in URLs, except for braces, which mark parameters.
const NOT_IN_PATHS: &str = " \"<>\\^`|";

/// Converts a document to OpenAPI 3.0.3 and checks that code can be generated from it.
///
/// # Errors
/// Returns every unsupported construct with its location.
pub(crate) fn lowered(document: &Document) -> Result<Lowered> {
    characters::check(document)?;
    let lowered = lower(document)?;
    Errors::none_of(check_operations(document))?;
    Ok(lowered)
}

fn check_operations(document: &Document) -> Vec<Error> {
    let mut wrong = Vec::new();
    for (path, item) in document.value().members("paths") {
        let place = pointer::child("/paths", path);
        if item.get("$ref").is_some() {
            wrong.push(document.error(&place, "progenitor does not support `$ref` in path items"));
        }
        wrong.extend(check_parameters(document, item, &place));
    }
    for operation in operations(document.value()) {
        let place = operation.pointer();
        if UNSUPPORTED.contains(&operation.method) {
            wrong.push(document.error(&place, "progenitor's HTTP client does not support this method"));
        }
        if let Err(message) = check_path(&operation) {
            wrong.push(document.error(&place, message));
        }
        wrong.extend(check_body(document, operation.value, &place));
        wrong.extend(check_parameters(document, operation.value, &place));
    }
    wrong
}

/// Returns an error if progenitor doesn't support any of the request body's media types.
fn check_body(document: &Document, operation: &Value, place: &str) -> Option<Error> {
    let place = pointer::child(place, "requestBody");
    let (body, place) = follow(document, operation.get("requestBody")?, place)?;
    let content = body.object("content")?;
    let (first, _) = content.iter().next()?;
    if content.keys().any(|name| is_sent(name)) {
        return None;
    }
    let place = pointer::child(&pointer::child(&place, "content"), first);
    let message = "progenitor supports JSON, forms (`application/x-www-form-urlencoded`), plain text and bytes \
                   (`application/octet-stream`), but not this media type";
    Some(document.error(place, message))
}

/// Returns an error for each parameter that progenitor doesn't support.
fn check_parameters(document: &Document, owner: &Value, place: &str) -> Vec<Error> {
    let place = pointer::child(place, "parameters");
    let check = |(index, parameter): (usize, &Value)| {
        let (parameter, place) = follow(document, parameter, pointer::child(&place, &index.to_string()))?;
        let error = |field: &str, message: &str| Some(document.error(pointer::child(&place, field), message));
        let supported = match parameter.text("in")? {
            _ if parameter.get("content").is_some() => {
                return error(
                    "content",
                    "progenitor does not support parameters with a media type",
                );
            }
            "cookie" => return error("in", "progenitor does not support cookie parameters"),
            "path" if !parameter.is_true("required") => {
                return Some(document.error(place, "a path parameter must be marked `required: true`"));
            }
            "query" => "form",
            _ => "simple",
        };
        parameter.text("style").filter(|style| *style != supported)?;
        let message = format!("progenitor supports only the `{supported}` style for this parameter");
        error("style", &message)
    };
    let parameters = owner.items("parameters").iter().enumerate();
    parameters.filter_map(check).collect()
}

/// Follows a reference and returns the object that it refers to, with its location.
fn follow<'d>(document: &'d Document, value: &'d Value, place: String) -> Option<(&'d Value, String)> {
    let target = value.text("$ref").and_then(pointer::of_reference);
    Some((resolve(document.value(), value)?, target.unwrap_or(place)))
}

/// Checks that the parameter names in the path match the declared path parameters.
fn check_path(operation: &Operation<'_>) -> std::result::Result<(), String> {
    let path = operation.path();
    // Progenitor puts the path into a code span in the documentation that it generates.
    if let Some(c) = path.chars().find(|c| NOT_IN_PATHS.contains(*c)) {
        return Err(format!(
            "`{path}` contains a character that is not allowed in URLs: {c:?}"
        ));
    }
    let named = names_in(path).map_err(|what| format!("`{path}` {what}"))?;
    let parameters = operation.parameters().into_iter();
    let in_path = parameters.filter(|parameter| parameter.text("in") == Some("path"));
    let declared: BTreeSet<&str> = in_path.filter_map(|parameter| parameter.text("name")).collect();
    match named.symmetric_difference(&declared).next() {
        Some(name) if named.contains(name) => Err(format!("`{path}` uses the undeclared parameter `{name}`")),
        Some(name) => Err(format!("the path parameter `{name}` does not occur in `{path}`")),
        None => Ok(()),
    }
}

/// Returns the names in braces, or a message if the braces are not balanced.
fn names_in(path: &str) -> std::result::Result<BTreeSet<&str>, String> {
    let unpaired = || "has unpaired braces".to_owned();
    let mut names = BTreeSet::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(unpaired)?;
        if before.contains('}') || name.contains('{') {
            return Err(unpaired());
        }
        if !names.insert(name) {
            return Err(format!("contains the parameter `{name}` twice"));
        }
        rest = after;
    }
    if rest.contains('}') {
        return Err(unpaired());
    }
    Ok(names)
}
