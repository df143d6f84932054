//! Extracts the schema of a request body as JSON Schema 2020-12, the dialect used by OpenAPI 3.1. Schemas in OpenAPI
//! 3.0 documents are converted.

use serde_json::{Map, Value, json};
use xtask_openapi::document::Version;
use xtask_openapi::grammar::{Content, Kind};
use xtask_openapi::walk::{convert, resolve};
use xtask_openapi::{Fields as _, pointer};

/// The JSON Schema dialect of the output.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// OpenAPI keywords, other than prose, that don't affect validation or are converted separately.
const OMITTED: [&str; 3] = ["discriminator", "xml", "nullable"];

/// Returns the JSON Schema for a request body, with all referenced schemas in `$defs`.
pub(crate) fn generate(document: &Value, version: Version, body: &Value, comment: &str) -> Value {
    let mut converter = Converter {
        version,
        pending: Vec::new(),
    };
    let body = converter.schema(resolve(document, body).unwrap_or(body));
    let mut definitions = Map::new();
    // The list grows while the loop runs, because definitions may contain more references.
    let mut next = 0;
    while let Some(target) = converter.pending.get(next).cloned() {
        next += 1;
        if let Some(schema) = document.pointer(&target) {
            definitions.insert(definition(&target), converter.schema(schema));
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

struct Converter {
    version: Version,
    /// The locations of the referenced schemas, in the order in which they were found.
    pending: Vec<String>,
}

impl Converter {
    fn schema(&mut self, schema: &Value) -> Value {
        let Value::Object(fields) = schema else {
            return schema.clone();
        };
        let mut converted = Map::new();
        let is_3_0 = self.version == Version::V3_0;
        if let Some(reference) = fields.text("$ref") {
            converted.insert("$ref".to_owned(), json!(self.reference(reference)));
            // OpenAPI 3.0 ignores keywords next to `$ref`.
            if is_3_0 {
                return Value::Object(converted);
            }
        }
        for (name, value) in fields.iter().filter(|(name, _)| !is_omitted(name)) {
            if is_3_0 {
                self.keyword_3_0(fields, name, value, &mut converted);
            } else {
                converted.insert(name.clone(), self.content(name, value));
            }
        }
        if is_3_0 && fields.is_true("nullable") {
            or_null(converted)
        } else {
            Value::Object(converted)
        }
    }

    fn keyword_3_0(
        &mut self,
        fields: &Map<String, Value>,
        name: &str,
        value: &Value,
        into: &mut Map<String, Value>,
    ) {
        let (name, value) = match (name, value) {
            // In OpenAPI 3.0, an exclusive limit is a boolean that accompanies the limit. In JSON Schema, it is a
            // number.
            ("exclusiveMinimum" | "exclusiveMaximum", Value::Bool(_)) => return,
            ("minimum", _) if fields.is_true("exclusiveMinimum") => ("exclusiveMinimum", value.clone()),
            ("maximum", _) if fields.is_true("exclusiveMaximum") => ("exclusiveMaximum", value.clone()),
            // `additionalProperties: true` is the default.
            ("additionalProperties", Value::Bool(true)) => return,
            _ => (name, self.content(name, value)),
        };
        into.insert(name.to_owned(), value);
    }

    /// Converts the schemas inside a keyword's value.
    fn content(&mut self, name: &str, value: &Value) -> Value {
        let content = Kind::Schema.content(name).unwrap_or(Content::Any);
        convert(value, content, "", &mut |schema, _, _| self.schema(schema))
    }

    /// Converts a reference to a component schema into a reference to the same schema in `$defs`.
    fn reference(&mut self, reference: &str) -> String {
        let Some(target) = pointer::of_reference(reference) else {
            return reference.to_owned();
        };
        let reference = format!("#/$defs/{}", pointer::escape(&definition(&target)));
        if !self.pending.contains(&target) {
            self.pending.push(target);
        }
        reference
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
    is_prose || keyword == "$ref" || keyword.starts_with("x-") || OMITTED.contains(&keyword)
}

/// Keywords that may exclude null even if `type` allows it.
const MAY_EXCLUDE_NULL: [&str; 5] = ["$ref", "allOf", "anyOf", "oneOf", "not"];

/// Returns a schema that also accepts null.
fn or_null(mut schema: Map<String, Value>) -> Value {
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
        return Value::Object(schema);
    }
    json!({ "anyOf": [schema, { "type": "null" }] })
}
