//! Extracts the schema of a request body as JSON Schema 2020-12, the dialect used by OpenAPI 3.1. Schemas in OpenAPI
//! 3.0 documents are converted.

use serde_json::{Map, Value, json};
use xtask_openapi::document::Version;
use xtask_openapi::grammar::{Content, Kind};
use xtask_openapi::walk::{change_object, resolve};
use xtask_openapi::{Fields as _, pointer};

/// The JSON Schema dialect of the output.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// OpenAPI keywords, other than prose, that don't affect validation or are converted separately.
const OMITTED: [&str; 3] = ["discriminator", "xml", "nullable"];

/// Returns the JSON Schema for a request body, with all referenced schemas in `$defs`.
pub(crate) fn generate(document: &Value, version: Version, body: &Value, comment: &str) -> Value {
    let mut targets = Vec::new();
    let body = converted(resolve(document, body).unwrap_or(body), version, &mut targets);
    let mut definitions = Map::new();
    // The list grows while the loop runs, because definitions may contain more references.
    let mut next = 0;
    while let Some(target) = targets.get(next).cloned() {
        next += 1;
        if let Some(schema) = document.pointer(&target) {
            definitions.insert(definition(&target), converted(schema, version, &mut targets));
        }
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(DIALECT));
    schema.insert("$comment".to_owned(), json!(comment));
    match body {
        Value::Object(body) => schema.extend(body),
        other => schema.extend([("allOf".to_owned(), json!([other]))]),
    }
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(schema)
}

/// Returns a converted copy of a schema. Adds the locations of referenced schemas to `targets`.
fn converted(schema: &Value, version: Version, targets: &mut Vec<String>) -> Value {
    let mut schema = schema.clone();
    change_object(&mut schema, Kind::Schema, &mut |kind, fields| {
        if kind == Kind::Schema {
            convert(fields, version, targets);
        }
    });
    schema
}

/// Converts a schema whose subschemas are already converted.
fn convert(fields: &mut Map<String, Value>, version: Version, targets: &mut Vec<String>) {
    if let Some(Value::String(reference)) = fields.get_mut("$ref")
        && let Some(target) = pointer::of_reference(reference)
    {
        *reference = format!("#/$defs/{}", pointer::escape(&definition(&target)));
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    let is_nullable = fields.is_true("nullable");
    fields.retain(|name, _| !is_omitted(name));
    if version == Version::V3_0 {
        convert_from_3_0(fields, is_nullable);
    }
}

/// Converts the keywords that OpenAPI 3.0 defines differently.
fn convert_from_3_0(fields: &mut Map<String, Value>, is_nullable: bool) {
    // OpenAPI 3.0 ignores keywords next to `$ref`.
    if fields.contains_key("$ref") {
        return fields.retain(|name, _| name == "$ref");
    }
    // In OpenAPI 3.0, an exclusive limit is a boolean that accompanies the limit. In JSON Schema, it is a number.
    for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if fields.shift_remove(exclusive) == Some(Value::Bool(true))
            && let Some(value) = fields.shift_remove(limit)
        {
            fields.insert(exclusive.to_owned(), value);
        }
    }
    // `additionalProperties: true` is the default.
    if fields.is_true("additionalProperties") {
        fields.shift_remove("additionalProperties");
    }
    if is_nullable {
        accept_null(fields);
    }
}

/// Returns the name in `$defs` for the schema at a location: the component's name if it is a component, otherwise the
/// location.
fn definition(target: &str) -> String {
    match pointer::tokens(target).as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => name.clone(),
        _ => target.to_owned(),
    }
}

fn is_omitted(keyword: &str) -> bool {
    let is_prose = Kind::Schema.content(keyword) == Some(Content::Prose);
    is_prose || keyword.starts_with("x-") || OMITTED.contains(&keyword)
}

/// Keywords that may exclude null even if `type` allows it.
const MAY_EXCLUDE_NULL: [&str; 5] = ["$ref", "allOf", "anyOf", "oneOf", "not"];

/// Makes a schema accept null too.
fn accept_null(schema: &mut Map<String, Value>) {
    let may_exclude_null = MAY_EXCLUDE_NULL
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    if let Some(name @ Value::String(_)) = schema.get("type").filter(|_| !may_exclude_null).cloned() {
        schema.insert("type".to_owned(), json!([name, "null"]));
        if let Some(Value::Array(values)) = schema.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    } else {
        let alternatives = json!([std::mem::take(schema), { "type": "null" }]);
        schema.insert("anyOf".to_owned(), alternatives);
    }
}
