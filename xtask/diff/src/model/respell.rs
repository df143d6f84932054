//! One spelling for what OpenAPI 3.0 and 3.1 write differently within a schema: nullability, exclusive bounds,
//! examples, null among the values.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::graph::{Graph, Schema};
use super::reader::short_name;

/// Gives a schema that was just read the form of JSON Schema 2020-12.
pub(super) fn respell(schema: &mut Schema) {
    respell_type(schema);
    respell_bound(schema, "minimum", "exclusiveMinimum");
    respell_bound(schema, "maximum", "exclusiveMaximum");
    respell_enum(schema);
    if let Some(Value::Array(names)) = schema.values.remove("required") {
        schema.required = names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
    }
    if let Some(discriminator) = schema.values.get_mut("discriminator") {
        respell_discriminator(discriminator);
    }
    respell_example(schema);
    // What admits everything says nothing.
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
    // `not` of everything is nothing.
    if schema.single.get("not") == Some(&Graph::ANY) {
        schema.is_never = true;
        schema.single.clear();
    }
}

/// Takes out keywords that are of no effect without the one that they belong to.
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

/// `type` as a list, and `nullable` as a member of it, become a set of types and a flag.
fn respell_type(schema: &mut Schema) {
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
        // Values that do not include null refuse it, whatever the type says.
        let listed = schema.values.get("enum").and_then(Value::as_array);
        let is_listed = listed.is_none_or(|values| values.contains(&Value::Null));
        schema.nullable = is_listed && schema.values.get("const").is_none_or(Value::is_null);
    }
    schema.types = Some(types);
}

/// OpenAPI 3.0 says with a boolean that a bound is exclusive; later the exclusive bound is the number.
fn respell_bound(schema: &mut Schema, bound: &str, exclusive: &str) {
    if schema.values.get(exclusive) == Some(&Value::Bool(true)) {
        schema.values.remove(exclusive);
        if let Some(limit) = schema.values.remove(bound) {
            schema.values.insert(exclusive.to_owned(), limit);
        }
    }
}

/// One example is a list of one.
fn respell_example(schema: &mut Schema) {
    if !schema.prose.contains_key("examples")
        && let Some(example) = schema.prose.remove("example")
    {
        schema
            .prose
            .insert("examples".to_owned(), Value::Array(vec![example]));
    }
}

/// A null among the values only matters where null is a possible type, and then `nullable` says it. Null as
/// the only value is a type.
fn respell_enum(schema: &mut Schema) {
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
    schema.values.remove("enum");
    schema.values.remove("const");
    schema.types = Some(BTreeSet::from(["null".to_owned()]));
    schema.nullable = false;
}

/// A mapping names schemas; what counts is which, not under which namespace.
fn respell_discriminator(discriminator: &mut Value) {
    let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
    for target in mapping.into_iter().flat_map(Map::values_mut) {
        if let Value::String(target) = target {
            let name = target.rsplit('/').next().unwrap_or(target);
            *target = short_name(name).to_owned();
        }
    }
}
