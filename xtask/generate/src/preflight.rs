//! What can be said about a document before progenitor sees it, with the place that is to blame.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xtask_openapi::document::Version;
use xtask_openapi::grammar::METHODS;
use xtask_openapi::lower::lower;
use xtask_openapi::operation::list;
use xtask_openapi::slice::slice;
use xtask_openapi::{Document, Error, characters, pointer};

use crate::error::{Errors, Result};
use crate::operations::name;
use crate::walk::resolve;

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
    let mut names = BTreeMap::new();
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
        for (method, operation) in item.as_object().into_iter().flatten() {
            if !METHODS.contains(&method.as_str()) {
                continue;
            }
            let place = pointer::child(&place, method);
            if UNSUPPORTED.contains(&method.as_str()) {
                wrong.push(document.error(&place, "progenitor's HTTP client has no such method"));
            }
            let name = name(path, method, operation);
            if let Some(other) = names.insert(name.clone(), place.clone()) {
                wrong.push(document.error(&place, format!("would have the same name `{name}` as {other}")));
            }
            if let Err(message) = check_path(document.value(), path, item, operation) {
                wrong.push(document.error(&place, message));
            }
        }
    }
    wrong
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
