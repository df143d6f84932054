//! JSON pointers (RFC 6901), and references (`$ref`) that contain them.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::fields::Fields as _;

/// Returns the pointer to a member or element of the value at `pointer`.
#[must_use]
pub fn child(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", escape(token))
}

/// Escapes a name for use as a pointer token.
#[must_use]
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Returns the unescaped tokens of a pointer.
#[must_use]
pub fn tokens(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// Returns the pointer in a reference to the same document (`#/…`), or `None` for any other reference.
#[must_use]
pub fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    pointer.starts_with('/').then(|| pointer.into_owned())
}

/// Returns the reference to a component.
#[must_use]
pub fn component(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", escape(name))
}

/// Returns a value and all values inside it.
#[must_use]
pub fn all(value: &Value) -> Vec<&Value> {
    let mut found = vec![value];
    let mut next = 0;
    while let Some(value) = found.get(next).copied() {
        next += 1;
        match value {
            Value::Array(items) => found.extend(items),
            Value::Object(fields) => found.extend(fields.values()),
            _ => {}
        }
    }
    found
}

/// Returns the pointers in all references inside a value, including `$ref` members in example data. Such extra
/// references only make the callers stricter.
pub fn references(value: &Value) -> impl Iterator<Item = String> {
    let references = all(value).into_iter().filter_map(|value| value.text("$ref"));
    references.filter_map(of_reference)
}

/// Iterates over the values at the given pointers and the values that they refer to, directly or indirectly. Returns each
/// value once, with its pointer.
pub fn reachable(document: &Value, mut pending: Vec<String>) -> impl Iterator<Item = (String, &Value)> {
    let mut seen = HashSet::new();
    std::iter::from_fn(move || {
        while let Some(place) = pending.pop() {
            if let Some(value) = document.pointer(&place)
                && seen.insert(place.clone())
            {
                pending.extend(references(value));
                return Some((place, value));
            }
        }
        None
    })
}
