//! What can be said about a document before progenitor sees it, with the place that is to blame.

use std::collections::BTreeSet;

use serde_json::Value;
use xtask_openapi::document::Version;
use xtask_openapi::grammar::METHODS;
use xtask_openapi::lower::lower;
use xtask_openapi::operation::list;
use xtask_openapi::slice::slice;
use xtask_openapi::{Document, Error, characters, pointer};

use crate::error::{Errors, Result};
use crate::walk::resolve;
use crate::workaround::document::is_sent;

/// Methods that `reqwest::Client` has no function for, which is what progenitor calls.
const UNSUPPORTED: [&str; 2] = ["options", "trace"];

/// Printable ASCII that a URL has in escaped form only. Braces stand for parameters.
const NOT_IN_PATHS: &str = " \"<>\\^`|";

/// Checks that a document is OpenAPI 3.0 of a form that code can be generated from.
///
/// # Errors
/// What is not, with its place.
pub(crate) fn check(document: &Document) -> Result<()> {
    if document.version()? == Version::V3_1 {
        let message = "is OpenAPI 3.1, and code is generated from 3.0; `cargo xtask import` lowers it";
        return Err(document.error("/openapi", message).into());
    }
    characters::check(document)?;
    // References that lead nowhere.
    slice(document, &list(document)?)?;
    // Fields that do not exist or have the wrong form, schemas that contain themselves.
    lower(document)?;
    Errors::none_of(check_operations(document))
}

fn check_operations(document: &Document) -> Vec<Error> {
    let mut wrong = Vec::new();
    let paths = document
        .value()
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (path, item) in paths {
        let place = pointer::child("/paths", path);
        if item.get("$ref").is_some() {
            wrong.push(document.error(&place, "progenitor reads no path by reference"));
        }
        wrong.extend(check_styles(document, item, &place));
        for (method, operation) in item.as_object().into_iter().flatten() {
            if !METHODS.contains(&method.as_str()) {
                continue;
            }
            let place = pointer::child(&place, method);
            if UNSUPPORTED.contains(&method.as_str()) {
                wrong.push(document.error(&place, "progenitor's HTTP client has no such method"));
            }
            if let Err(message) = check_path(document.value(), path, item, operation) {
                wrong.push(document.error(&place, message));
            }
            wrong.extend(check_body(document, operation, &place));
            wrong.extend(check_styles(document, operation, &place));
        }
    }
    wrong
}

/// An error if progenitor can send the request body in none of its media types.
fn check_body(document: &Document, operation: &Value, place: &str) -> Option<Error> {
    let (body, place) = follow(
        document,
        operation.get("requestBody")?,
        pointer::child(place, "requestBody"),
    )?;
    let content = body.get("content")?.as_object()?;
    let (first, _) = content.iter().next()?;
    if content.keys().any(|name| is_sent(name)) {
        return None;
    }
    let place = pointer::child(&pointer::child(&place, "content"), first);
    let message = "progenitor can send JSON, forms (`application/x-www-form-urlencoded`), plain text and bytes \
                   (`application/octet-stream`), but not this media type";
    Some(document.error(place, message))
}

/// Errors for parameters of an operation or path whose style progenitor does not support, or that have a media type.
fn check_styles(document: &Document, owner: &Value, place: &str) -> Vec<Error> {
    let place = pointer::child(place, "parameters");
    let parameters = owner.get("parameters").and_then(Value::as_array);
    let check = |(index, parameter): (usize, &Value)| {
        let (parameter, place) = follow(document, parameter, pointer::child(&place, &index.to_string()))?;
        if parameter.get("content").is_some() {
            let message = "progenitor sends no parameters in a media type";
            return Some(document.error(pointer::child(&place, "content"), message));
        }
        let style = parameter.get("style").and_then(Value::as_str)?;
        let supported = match parameter.get("in").and_then(Value::as_str)? {
            "query" => "form",
            "path" | "header" => "simple",
            _ => return None,
        };
        let message = format!("progenitor writes such parameters in the style `{supported}` only");
        (style != supported).then(|| document.error(pointer::child(&place, "style"), message))
    };
    parameters
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(check)
        .collect()
}

/// An object and its place, after following a reference.
fn follow<'d>(document: &'d Document, value: &'d Value, place: String) -> Option<(&'d Value, String)> {
    let target = value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(pointer::of_reference);
    Some((resolve(document.value(), value)?, target.unwrap_or(place)))
}

/// Whether the names in the path are those of the parameters.
fn check_path(
    document: &Value,
    path: &str,
    item: &Value,
    operation: &Value,
) -> std::result::Result<(), String> {
    // progenitor's documentation has the path in a code span.
    if let Some(c) = path.chars().find(|c| NOT_IN_PATHS.contains(*c)) {
        return Err(format!("`{path}` has a character that no URL has: {c:?}"));
    }
    let named = names_in(path).map_err(|what| format!("`{path}` {what}"))?;
    let mut declared = BTreeSet::new();
    for owner in [item, operation] {
        for parameter in owner
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let Some(parameter) = resolve(document, parameter) else {
                continue;
            };
            let Some(name) = parameter.get("name").and_then(Value::as_str) else {
                continue;
            };
            match parameter.get("in").and_then(Value::as_str) {
                Some("path") if parameter.get("required") != Some(&Value::Bool(true)) => {
                    return Err(format!("the path parameter `{name}` must be `required: true`"));
                }
                Some("path") => {
                    declared.insert(name);
                }
                Some("cookie") => return Err(format!("progenitor sends no cookies, such as `{name}`")),
                _ => {}
            }
        }
    }
    match named.symmetric_difference(&declared).next() {
        Some(name) if named.contains(name) => Err(format!("`{path}` has no parameter `{name}` declared")),
        Some(name) => Err(format!("the path parameter `{name}` is not in `{path}`")),
        None => Ok(()),
    }
}

/// The names between braces, or what is wrong with them.
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
            return Err(format!("names the parameter `{name}` twice"));
        }
        rest = after;
    }
    if rest.contains('}') {
        return Err(unpaired());
    }
    Ok(names)
}
