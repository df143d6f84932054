//! Finds the part of a document for which code generation fails.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use xtask_openapi::operation::operations;
use xtask_openapi::{Error, pointer};

use crate::generator::{Failure, generate};

/// The JSON pointer to the component schemas.
const SCHEMAS: &str = "/components/schemas";

/// Keywords that progenitor supports only in some combinations. Error messages mention them.
const DIFFICULT: [&str; 7] = [
    "allOf",
    "anyOf",
    "enum",
    "not",
    "oneOf",
    "patternProperties",
    "x-dropshot-websocket",
];

/// Returns an error for the smallest part of the document that fails: a schema if possible, otherwise an operation,
/// otherwise the whole document. The generator's own message is omitted because it refers to the generator's code.
pub(crate) fn isolate(name: &str, document: &Value, failure: &Failure) -> Error {
    let culprit = isolate_schema(document).or_else(|| isolate_operation(document));
    let place = culprit.unwrap_or_default();
    if let Failure::Form(message) = failure {
        return Error::at(name, place, format!("is not valid OpenAPI 3.0: {message}"));
    }
    let found = document
        .pointer(&place)
        .map(difficult_keywords)
        .unwrap_or_default();
    let with = if found.is_empty() {
        String::new()
    } else {
        format!("; possible causes: {}", found.join(", "))
    };
    Error::at(
        name,
        place,
        format!("progenitor failed to generate code for this{with}"),
    )
}

/// Returns the keywords in a part of the document that are most likely to have caused the failure.
fn difficult_keywords(part: &Value) -> Vec<String> {
    let objects = pointer::all(part).into_iter().filter_map(Value::as_object);
    let names: HashSet<&str> = objects.flat_map(Map::keys).map(String::as_str).collect();
    let found = DIFFICULT.iter().filter(|keyword| names.contains(**keyword));
    found.map(|keyword| format!("`{keyword}`")).collect()
}

/// Returns the location of the smallest component schema that still fails when processed along with its dependencies.
fn isolate_schema(document: &Value) -> Option<String> {
    let schemas = document.pointer(SCHEMAS)?.as_object()?;
    let links = links(schemas);
    let mut names: Vec<&str> = schemas.keys().map(String::as_str).collect();
    names.sort_by_cached_key(|name| reached(&links, [*name]).len());
    let culprit = first_failure(names.len(), |count| {
        let mut part = document.clone();
        if let Some(paths) = part.get_mut("paths") {
            *paths = json!({});
        }
        let kept = reached(&links, names.iter().take(count).copied());
        if let Some(schemas) = part.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) {
            schemas.retain(|name, _| kept.contains(name.as_str()));
        }
        part
    })?;
    Some(pointer::child(SCHEMAS, names.get(culprit)?))
}

/// Returns the names of the schemas that each schema refers to directly.
fn links(schemas: &Map<String, Value>) -> HashMap<&str, Vec<String>> {
    let of = |schema: &Value| {
        let targets = pointer::references(schema);
        targets
            .filter_map(|target| pointer::tokens(&target).pop())
            .collect()
    };
    schemas
        .iter()
        .map(|(name, schema)| (name.as_str(), of(schema)))
        .collect()
}

/// Returns the given schemas and all schemas that they refer to, directly or indirectly.
fn reached<'l>(
    links: &'l HashMap<&'l str, Vec<String>>,
    names: impl IntoIterator<Item = &'l str>,
) -> HashSet<&'l str> {
    let mut reached = HashSet::new();
    let mut pending: Vec<&str> = names.into_iter().collect();
    while let Some(name) = pending.pop() {
        if let Some(targets) = links.get(name)
            && reached.insert(name)
        {
            pending.extend(targets.iter().map(String::as_str));
        }
    }
    reached
}

/// Returns the location of the first operation that fails when processed along with the operations before it.
fn isolate_operation(document: &Value) -> Option<String> {
    let operations: Vec<_> = operations(document).collect();
    let culprit = first_failure(operations.len(), |count| {
        let mut part = document.clone();
        for removed in operations.iter().skip(count) {
            let item = part.pointer_mut(&pointer::child("/paths", removed.path()));
            let item = item.and_then(Value::as_object_mut);
            item.and_then(|item| item.shift_remove(removed.method));
        }
        part
    })?;
    Some(operations.get(culprit)?.pointer())
}

/// Bisects to find the first part that makes generation fail, and returns its index. `with(n)` returns the document
/// with only its first `n` parts. Returns `None` if generation succeeds with all parts.
fn first_failure(count: usize, with: impl Fn(usize) -> Value) -> Option<usize> {
    let fails = |count: usize| generate(&with(count)).is_err();
    if count == 0 || !fails(count) {
        return None;
    }
    let (mut good, mut bad) = (0, count);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if fails(middle) {
            bad = middle;
        } else {
            good = middle;
        }
    }
    Some(bad - 1)
}
