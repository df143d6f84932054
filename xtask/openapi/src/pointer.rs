//! JSON pointers (RFC 6901) and the references (`$ref`) that are made of them.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The pointer of a member or element below `pointer`.
#[must_use]
pub fn child(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", escape(token))
}

/// Escapes a name for use as one token of a pointer.
#[must_use]
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The tokens of a pointer, unescaped.
#[must_use]
pub fn tokens(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// The pointer that a reference within the same document (`#/…`) holds, or `None` for any other reference.
#[must_use]
pub fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    pointer.starts_with('/').then(|| pointer.into_owned())
}

/// The reference to a reusable object.
#[must_use]
pub fn component(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", escape(name))
}

/// The pointers that all references in a value hold. One that stands in data costs nothing but strictness.
pub fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).and_then(of_reference));
            fields.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}
