//! Normalizes schemas. OpenAPI 3.0 and 3.1 differ in how they express nullability, exclusive bounds, examples and null
//! values.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::graph::{Graph, Schema};
use super::value::short_name;

/// Converts a schema to JSON Schema 2020-12 form.
pub(super) fn normalize(schema: &mut Schema) {
    normalize_type(schema);
    normalize_bound(schema, "minimum", "exclusiveMinimum");
    normalize_bound(schema, "maximum", "exclusiveMaximum");
    normalize_enum(schema);
    if let Some(Value::Array(names)) = schema.values.remove("required") {
        schema.required = names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
    }
    if let Some(discriminator) = schema.values.get_mut("discriminator") {
        normalize_discriminator(discriminator);
    }
    normalize_example(schema);
    // A schema that accepts any value adds no constraint.
    for keyword in [
        "items",
        "additionalProperties",
        "unevaluatedItems",
        "unevaluatedProperties",
        "propertyNames",
        "then",
        "else",
    ] {
        if schema.single.get(keyword) == Some(&Graph::ANY) {
            schema.single.remove(keyword);
        }
    }
    drop_idle(schema);
    normalize_base64(schema);
    // A `not` schema that accepts any value makes the whole schema reject all values.
    if schema.single.get("not") == Some(&Graph::ANY) {
        schema.is_never = true;
        schema.single.clear();
    }
}

/// Returns `true` if giving the keyword this value is equivalent to omitting it.
pub(super) fn is_default(keyword: &str, value: &Value) -> bool {
    match keyword {
        "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" | "nullable" | "exclusiveMinimum"
        | "exclusiveMaximum" => value.as_bool() == Some(false),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "minContains" => value.as_f64() == Some(1.0),
        "dependentRequired" => value.as_object().is_some_and(Map::is_empty),
        // `not: false` accepts any value.
        "not" => *value == Value::Bool(false),
        _ => false,
    }
}

/// Removes keywords that have no effect because a related keyword is missing.
fn drop_idle(schema: &mut Schema) {
    if !schema.single.contains_key("if") {
        schema.single.remove("then");
        schema.single.remove("else");
    }
    if !schema.single.contains_key("contains") {
        schema.values.remove("minContains");
        schema.values.remove("maxContains");
    }
    if !schema.values.contains_key("contentMediaType") {
        schema.single.remove("contentSchema");
    }
}

/// Converts `contentEncoding: base64` to the equivalent `format: byte` of OpenAPI 3.0.
fn normalize_base64(schema: &mut Schema) {
    let is_base64 = schema
        .value("contentEncoding")
        .is_some_and(|value| value == "base64");
    let has_more = ["format", "contentMediaType"]
        .iter()
        .any(|keyword| schema.values.contains_key(*keyword));
    if is_base64 && !has_more {
        schema.values.remove("contentEncoding");
        schema.values.insert("format".to_owned(), Value::from("byte"));
    }
}

/// Converts `type` and `nullable` to a set of types and a flag.
fn normalize_type(schema: &mut Schema) {
    if schema
        .values
        .remove("nullable")
        .is_some_and(|value| value == Value::Bool(true))
    {
        schema.nullable = true;
    }
    let mut types: BTreeSet<String> = match schema.values.get("type") {
        Some(Value::String(one)) => BTreeSet::from([one.clone()]),
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => return,
    };
    schema.values.remove("type");
    if types.len() > 1 && types.remove("null") {
        // An `enum` without null rejects null, even if the type allows it.
        let listed = schema.values.get("enum").and_then(Value::as_array);
        let is_listed = listed.is_none_or(|values| values.contains(&Value::Null));
        schema.nullable = is_listed && schema.values.get("const").is_none_or(Value::is_null);
    }
    // Every integer is a multiple of 1.
    if types.len() == 1 && types.contains("integer") && schema.value("multipleOf") == Some(&Value::from(1)) {
        schema.values.remove("multipleOf");
    }
    // Every integer is a number.
    if types.contains("number") {
        types.remove("integer");
    }
    schema.types = Some(types);
}

/// Converts an exclusive bound. It is a flag for the bound in OpenAPI 3.0, but a number in later versions.
fn normalize_bound(schema: &mut Schema, bound: &str, exclusive: &str) {
    if schema.values.get(exclusive) == Some(&Value::Bool(true)) {
        schema.values.remove(exclusive);
        if let Some(limit) = schema.values.remove(bound) {
            schema.values.insert(exclusive.to_owned(), limit);
        }
    }
}

/// Converts a single example to a list.
fn normalize_example(schema: &mut Schema) {
    if !schema.prose.contains_key("examples")
        && let Some(example) = schema.prose.remove("example")
    {
        schema
            .prose
            .insert("examples".to_owned(), Value::Array(vec![example]));
    }
}

/// Removes null from the values of an `enum`. Whether null is valid also depends on the type, and is recorded in
/// `nullable`. If null is the only value, it becomes the type.
fn normalize_enum(schema: &mut Schema) {
    let Some(Value::Array(values)) = schema.values.get_mut("enum") else {
        if schema.value("const") == Some(&Value::Null) {
            become_null(schema);
        }
        return;
    };
    let before = values.len();
    values.retain(|value| !value.is_null());
    let (has_null, is_only_null) = (values.len() < before, values.is_empty());
    if has_null && is_only_null {
        become_null(schema);
    } else if has_null && schema.types.is_none() {
        schema.nullable = true;
    }
}

fn become_null(schema: &mut Schema) {
    let is_null = |types: &BTreeSet<String>| types.iter().eq(["null"]);
    schema.is_never |= !schema.nullable && schema.types.as_ref().is_some_and(|types| !is_null(types));
    schema.values.remove("enum");
    schema.values.remove("const");
    schema.types = Some(BTreeSet::from(["null".to_owned()]));
    schema.nullable = false;
}

/// Removes namespaces from the schema names in a mapping.
fn normalize_discriminator(discriminator: &mut Value) {
    let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
    for target in mapping.into_iter().flat_map(Map::values_mut) {
        if let Value::String(target) = target {
            let name = target.rsplit('/').next().unwrap_or(target);
            *target = short_name(name).to_owned();
        }
    }
}
