//! Workarounds for schemas that typify doesn't convert as needed.

use std::collections::HashSet;

use heck::ToPascalCase as _;
use serde_json::{Map, Value};
use xtask_openapi::grammar::Kind;

use crate::walk::{change, resolve};

/// Removes keywords from all schemas.
fn strip(document: &mut Value, keywords: &[&str]) -> usize {
    change(document, &mut |kind, schema| {
        let before = schema.len();
        if kind == Kind::Schema {
            schema.retain(|keyword, _| !keywords.contains(&keyword.as_str()));
        }
        schema.len() != before
    })
}

pub(super) fn strip_defaults(document: &mut Value) -> usize {
    strip(document, &["default"])
}

pub(super) fn strip_string_limits(document: &mut Value) -> usize {
    strip(document, &["minLength", "maxLength", "pattern"])
}

/// Removes `format: uuid`.
pub(super) fn keep_uuids_as_strings(document: &mut Value) -> usize {
    change(document, &mut |kind, schema| {
        let is_uuid = kind == Kind::Schema && schema.get("format").is_some_and(|format| format == "uuid");
        is_uuid && schema.shift_remove("format").is_some()
    })
}

pub(super) fn strip_number_limits(document: &mut Value) -> usize {
    strip(
        document,
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    )
}

pub(super) fn strip_collection_limits(document: &mut Value) -> usize {
    strip(
        document,
        &[
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
        ],
    )
}

/// Makes optional arrays and maps nullable, so that typify generates an `Option`.
pub(super) fn make_optional_collections_nullable(document: &mut Value) -> usize {
    change(document, &mut |kind, schema| {
        if kind != Kind::Schema {
            return false;
        }
        let required: Vec<Value> = schema
            .get("required")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            return false;
        };
        let mut has_changed = false;
        for (name, property) in properties {
            let Value::Object(property) = property else {
                continue;
            };
            let is_optional = !required.iter().any(|required| required == name);
            if is_optional && is_collection(property) && property.get("nullable") != Some(&Value::Bool(true))
            {
                property.insert("nullable".to_owned(), Value::Bool(true));
                has_changed = true;
            }
        }
        has_changed
    })
}

/// Returns whether a schema is an array, or an object without named properties.
fn is_collection(schema: &Map<String, Value>) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => true,
        Some("object") => {
            let names = schema.get("properties").and_then(Value::as_object);
            names.is_none_or(Map::is_empty)
        }
        _ => false,
    }
}

/// Replaces `anyOf` with `oneOf` if an alternative is not an object.
pub(super) fn any_of_to_one_of(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, &mut |kind, schema| {
        let is_candidate = kind == Kind::Schema && !schema.contains_key("oneOf");
        let Some(Value::Array(alternatives)) = schema.get("anyOf").filter(|_| is_candidate) else {
            return false;
        };
        let is_object = |alternative: &Value| {
            let resolved = resolve(&whole, alternative);
            resolved.is_some_and(|schema| schema.get("type").is_some_and(|name| name == "object"))
        };
        if alternatives.iter().all(is_object) {
            return false;
        }
        // Keeps the position of the keyword.
        let renamed = std::mem::take(schema).into_iter().map(|(keyword, value)| {
            (
                if keyword == "anyOf" {
                    "oneOf".to_owned()
                } else {
                    keyword
                },
                value,
            )
        });
        *schema = renamed.collect();
        true
    })
}

/// Removes `allOf` next to `enum`, because the listed values already satisfy it. Adds the type of the values if it is
/// missing and typify does not infer it.
pub(super) fn simplify_enums(document: &mut Value) -> usize {
    change(document, &mut |kind, schema| {
        let has_all_of = schema.contains_key("allOf");
        let Some(Value::Array(values)) = schema.get("enum").filter(|_| kind == Kind::Schema) else {
            return false;
        };
        let is_untyped = !schema.contains_key("type") && (has_all_of || values.contains(&Value::Null));
        if !has_all_of && !is_untyped {
            return false;
        }
        let Some(name) = common_type(values) else {
            return false;
        };
        if is_untyped {
            schema.insert("type".to_owned(), Value::String(name.to_owned()));
        }
        schema.shift_remove("allOf");
        true
    })
}

/// Returns the type of all values other than null. `None` if they have no common type.
fn common_type(values: &[Value]) -> Option<&'static str> {
    let mut values = values.iter().filter(|value| !value.is_null()).peekable();
    values.peek()?;
    let are_all = |is_type: fn(&Value) -> bool| values.clone().all(is_type);
    let found = [
        ("string", are_all(Value::is_string)),
        ("integer", are_all(|value| value.is_i64() || value.is_u64())),
        ("number", are_all(Value::is_number)),
        ("boolean", are_all(Value::is_boolean)),
    ];
    found
        .into_iter()
        .find(|(_, is_type)| *is_type)
        .map(|(name, _)| name)
}

/// Removes `enum` from string schemas for which typify cannot generate distinct variant names.
pub(super) fn open_indistinct_enums(document: &mut Value) -> usize {
    change(document, &mut |kind, schema| {
        let values = schema
            .get("enum")
            .filter(|_| kind == Kind::Schema)
            .and_then(Value::as_array);
        let values: Vec<&str> = values.into_iter().flatten().filter_map(Value::as_str).collect();
        // The two ways in which typify derives names: removing unsupported characters, or replacing each with X.
        let plain = |value: &str| {
            value
                .replace('\'', "")
                .replace(|c: char| !c.is_alphanumeric(), "-")
                .to_pascal_case()
        };
        let spelled = |value: &str| {
            value
                .replace(|c: char| !c.is_alphanumeric(), "X")
                .to_pascal_case()
        };
        if are_distinct(&values, plain) || are_distinct(&values, spelled) {
            return false;
        }
        schema.shift_remove("enum").is_some()
    })
}

fn are_distinct(values: &[&str], name: impl Fn(&str) -> String) -> bool {
    let mut seen = HashSet::new();
    values.iter().all(|value| seen.insert(name(value)))
}
