//! JSON pointers (RFC 6901), and references (`$ref`) that contain them.

use percent_encoding::percent_decode_str;
use serde_json::Value;

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

/// Collects the pointers in all references inside a value, including `$ref` members in example data. Such extra
/// references only make the callers stricter.
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
