//! Workarounds for schemas that typify doesn't convert as needed.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use xtask_openapi::check::is_of_type;
use xtask_openapi::grammar::Kind;
use xtask_openapi::walk::resolve;
use xtask_openapi::{Fields as _, pointer};

use super::each::change;
use super::names::type_name;

/// Removes the given keywords from all schemas.
pub(super) fn strip(document: &mut Value, keywords: &[&str]) -> usize {
    change(document, Kind::Schema, |schema| {
        let before = schema.len();
        schema.retain(|keyword, _| !keywords.contains(&keyword.as_str()));
        schema.len() != before
    })
}

/// The keywords that limit the size of arrays and objects.
pub(super) const COLLECTION_LIMITS: &[&str] = &[
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Removes the formats `uuid` and `float` from all schemas, and any other format from schemas that are not strings or
/// numbers. If the subschemas of a schema define its type, other formats are kept.
pub(super) fn drop_unsupported_formats(document: &mut Value) -> usize {
    change(document, Kind::Schema, |schema| {
        let is_supported = match schema.text("type") {
            Some("string" | "integer" | "number") => true,
            Some(_) => false,
            None => ["allOf", "anyOf", "oneOf"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword)),
        };
        let is_dropped = !is_supported || matches!(schema.text("format"), Some("uuid" | "float"));
        is_dropped && schema.shift_remove("format").is_some()
    })
}

/// Replaces each property's reference to a component schema that is a plain string, number or boolean with the type of
/// that schema.
pub(super) fn inline_scalars(document: &mut Value) -> usize {
    let components = document.components("schemas");
    let scalars: HashMap<String, Map<String, Value>> = components
        .filter_map(|(name, schema)| Some((pointer::component("schemas", name), scalar(schema)?)))
        .collect();
    change(document, Kind::Schema, |schema| {
        let mut has_changed = false;
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for property in properties.into_iter().flat_map(Map::values_mut) {
            let reference = match property.items("allOf") {
                [part] => part.text("$ref"),
                _ => property.text("$ref"),
            };
            let scalar = reference.and_then(|reference| scalars.get(reference));
            if let (Some(scalar), Value::Object(property)) = (scalar.cloned(), property) {
                property.retain(|name, _| name != "$ref" && name != "allOf");
                for (name, value) in scalar {
                    property.entry(name).or_insert(value);
                }
                has_changed = true;
            }
        }
        has_changed
    })
}

/// The maximum length of a description, in bytes, that is copied from a component schema into properties.
const MAX_COPIED: usize = 1000;

/// Returns the type of a plain string, number or boolean. Limits are omitted, because the generated types don't check
/// them.
fn scalar(schema: &Value) -> Option<Map<String, Value>> {
    let is_scalar = matches!(
        schema.text("type"),
        Some("string" | "integer" | "number" | "boolean")
    );
    let others = ["enum", "allOf", "anyOf", "oneOf", "not"];
    if !is_scalar || others.iter().any(|keyword| schema.get(keyword).is_some()) {
        return None;
    }
    let kept = ["type", "format", "nullable", "description"].into_iter();
    let kept = kept.filter_map(|name| Some((name.to_owned(), schema.get(name)?.clone())));
    // Many properties may refer to the same schema, so long descriptions are not copied.
    let is_short = |value: &Value| value.as_str().is_none_or(|text| text.len() <= MAX_COPIED);
    Some(kept.filter(|(_, value)| is_short(value)).collect())
}

/// Makes optional arrays and maps nullable, so that typify generates an `Option`.
pub(super) fn make_optional_collections_nullable(document: &mut Value) -> usize {
    change(document, Kind::Schema, |schema| {
        let required = schema.items("required").to_vec();
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        let mut has_changed = false;
        for (name, property) in properties.into_iter().flatten() {
            let Value::Object(property) = property else {
                continue;
            };
            let is_optional = !required.iter().any(|required| required == name);
            if is_optional && is_collection(property) && !property.is_true("nullable") {
                property.insert("nullable".to_owned(), json!(true));
                has_changed = true;
            }
        }
        has_changed
    })
}

/// Returns `true` if a schema describes an array, or an object without named properties.
fn is_collection(schema: &Map<String, Value>) -> bool {
    match schema.text("type") {
        Some("array") => true,
        Some("object") => schema.members("properties").next().is_none(),
        _ => false,
    }
}

/// Replaces `anyOf` with `oneOf` if any alternative is not an object.
pub(super) fn any_of_to_one_of(document: &mut Value) -> usize {
    let whole = document.clone();
    change(document, Kind::Schema, |schema| {
        let is_object = |alternative: &Value| {
            resolve(&whole, alternative).is_some_and(|schema| schema.text("type") == Some("object"))
        };
        if schema.contains_key("oneOf") || schema.items("anyOf").iter().all(is_object) {
            return false;
        }
        let alternatives = schema.shift_remove("anyOf");
        schema.extend(alternatives.map(|alternatives| ("oneOf".to_owned(), alternatives)));
        true
    })
}

/// Removes an `allOf` next to an `enum`, because the listed values already satisfy it. Adds the type of the values if
/// it is missing and typify doesn't infer it.
pub(super) fn simplify_enums(document: &mut Value) -> usize {
    change(document, Kind::Schema, |schema| {
        let has_all_of = schema.contains_key("allOf");
        let Some(Value::Array(values)) = schema.get("enum") else {
            return false;
        };
        let has_null = schema.is_true("nullable") || values.contains(&Value::Null);
        let is_untyped = !schema.contains_key("type") && (has_all_of || has_null);
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

/// Returns the type shared by all values other than null, or `None` if they have no common type.
fn common_type(values: &[Value]) -> Option<&'static str> {
    let mut values = values.iter().filter(|value| !value.is_null());
    let first = values.next()?;
    let mut names = ["string", "integer", "number", "boolean"].into_iter();
    names.find(|name| is_of_type(first, name) && values.clone().all(|value| is_of_type(value, name)))
}

/// Removes `enum` from schemas for which typify cannot generate an enum: if a value is not of the schema's type, if the
/// values have no common type, or if string values don't have distinct variant names.
pub(super) fn open_unsupported_enums(document: &mut Value) -> usize {
    change(document, Kind::Schema, |schema| {
        let values = schema.items("enum");
        let name = schema.text("type").or_else(|| common_type(values));
        let may_be_null = schema.is_true("nullable") || name == Some("string");
        let is_of_type = |value: &Value| {
            let is_of = |name| is_of_type(value, name);
            (value.is_null() && may_be_null) || name.is_some_and(is_of)
        };
        if values.iter().all(is_of_type) && have_distinct_names(values) {
            return false;
        }
        schema.shift_remove("enum").is_some()
    })
}

/// Returns `true` if typify can generate distinct variant names for the strings among the values.
fn have_distinct_names(values: &[Value]) -> bool {
    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    // typify derives names in two ways: by removing unsupported characters, or by replacing each of them with X.
    let spelled = |value: &str| type_name(&value.replace(|c: char| !c.is_alphanumeric(), "X"));
    are_distinct(&values, type_name) || are_distinct(&values, spelled)
}

fn are_distinct(values: &[&str], name: impl Fn(&str) -> String) -> bool {
    let mut seen = HashSet::new();
    values.iter().all(|value| seen.insert(name(value)))
}
