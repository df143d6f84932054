//! Uses an independent validator to check that converting random schemas preserves their meaning, or that differences
//! are reported.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};
use xtask_openapi::lower::{Lowered, lower};
use xtask_openapi::{Document, Error};

use crate::support::cases;

/// The component schemas that random schemas may refer to.
fn targets() -> Value {
    json!({
        "Text": { "type": "string", "maxLength": 1 },
        "Perhaps": { "type": ["integer", "null"], "maximum": 1 },
        "Pair": { "type": "object", "properties": { "a": { "type": "string" } }, "required": ["b"] },
        "Tree": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" }, "maxItems": 1 },
    })
}

/// The values to validate against every schema.
fn values() -> Vec<Value> {
    let leaves = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(1.5),
        json!(""),
        json!("a"),
        json!("bb"),
    ];
    let mut values = leaves.to_vec();
    values.extend([json!([]), json!({}), json!([[]]), json!({ "a": [], "b": {} })]);
    for leaf in &leaves {
        values.push(json!([leaf]));
        values.push(json!({ "a": leaf }));
        values.push(json!({ "b": leaf }));
        for other in &leaves {
            values.push(json!([leaf, other]));
            values.push(json!({ "a": leaf, "b": other }));
        }
    }
    values
}

fn type_names() -> impl Strategy<Value = Value> {
    let names = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    prop_oneof![
        select(names.to_vec()).prop_map(Value::from),
        subsequence(names.to_vec(), 1..4).prop_map(Value::from),
    ]
}

fn constants() -> Vec<Value> {
    values().into_iter().take(13).collect()
}

/// A keyword whose value contains no schemas.
fn plain_keyword() -> impl Strategy<Value = (&'static str, Value)> {
    let counted = [
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
    ];
    let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    let names = ["a", "b"].map(Value::from).to_vec();
    prop_oneof![
        5 => type_names().prop_map(|names| ("type", names)),
        2 => subsequence(constants(), 1..4).prop_map(|values| ("enum", Value::Array(values))),
        1 => select(constants()).prop_map(|value| ("const", value)),
        2 => (select(counted.to_vec()), 0..3).prop_map(|(name, count)| (name, json!(count))),
        2 => (select(bounds.to_vec()), 0..3).prop_map(|(name, bound)| (name, json!(bound))),
        1 => Just(("multipleOf", json!(2))),
        1 => Just(("pattern", json!("^a"))),
        1 => any::<bool>().prop_map(|unique| ("uniqueItems", json!(unique))),
        1 => subsequence(names, 0..3).prop_map(|names| ("required", Value::Array(names))),
        1 => Just(("dependentRequired", json!({ "a": ["b"] }))),
        1 => (select(vec!["minContains", "maxContains"]), 0..3).prop_map(|(name, count)| (name, json!(count))),
        2 => select(vec!["Text", "Perhaps", "Pair", "Tree"])
            .prop_map(|name| ("$ref", json!(format!("#/components/schemas/{name}")))),
    ]
}

/// A keyword whose value contains schemas.
fn keyword_with(inner: BoxedStrategy<Value>) -> impl Strategy<Value = (&'static str, Value)> {
    let list = prop::collection::vec(inner.clone(), 1..4).prop_map(Value::Array);
    let by_name = |names: [&str; 2]| {
        let names = names.map(str::to_owned).to_vec();
        (subsequence(names, 1..3), inner.clone(), inner.clone()).prop_map(|(names, one, other)| {
            let schemas = names.into_iter().zip([one, other]);
            Value::Object(schemas.collect())
        })
    };
    let one = vec![
        "items",
        "unevaluatedItems",
        "contains",
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "not",
        "if",
        "then",
        "else",
    ];
    prop_oneof![
        3 => (select(one), inner.clone()),
        3 => (select(vec!["allOf", "anyOf", "oneOf", "prefixItems"]), list),
        2 => by_name(["a", "b"]).prop_map(|schemas| ("properties", schemas)),
        1 => by_name(["^a", "b$"]).prop_map(|schemas| ("patternProperties", schemas)),
        1 => by_name(["a", "b"]).prop_map(|schemas| ("dependentSchemas", schemas)),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    let object = |keywords: Vec<(&str, Value)>| {
        let keywords = keywords.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(keywords.collect())
    };
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(Value::Bool),
        2 => Just(json!({ "type": "null" })),
        6 => prop::collection::vec(plain_keyword(), 0..4).prop_map(object),
    ];
    leaf.prop_recursive(3, 24, 3, move |inner| {
        let keyword = prop_oneof![plain_keyword().boxed(), keyword_with(inner.boxed()).boxed()];
        prop::collection::vec(keyword, 1..5).prop_map(object)
    })
}

fn lowered(schema: &Value) -> Result<Lowered, Error> {
    let mut schemas = targets();
    schemas["S"] = schema.clone();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    lower(&Document::parse("test.json", document.to_string().as_bytes()).unwrap())
}

/// Returns a validator for the schema `S`.
fn validator(schemas: &Value) -> jsonschema::Validator {
    let document = json!({ "$ref": "#/components/schemas/S", "components": { "schemas": schemas } });
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&document)
        .unwrap()
}

/// Converts an OpenAPI 3.0 schema to an equivalent JSON Schema 2020-12.
fn raised(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let all = |schemas: &Value| schemas.as_array().unwrap().iter().map(raised).collect();
    let mut raised_keywords = Map::new();
    for (name, value) in keywords {
        let value = match name.as_str() {
            "allOf" | "anyOf" | "oneOf" => Value::Array(all(value)),
            "not" | "items" | "additionalProperties" => raised(value),
            "properties" => {
                let schemas = value.as_object().unwrap().iter();
                Value::Object(
                    schemas
                        .map(|(name, schema)| (name.clone(), raised(schema)))
                        .collect(),
                )
            }
            "nullable" => continue,
            "exclusiveMinimum" | "exclusiveMaximum" => {
                assert_eq!(*value, json!(true));
                let bound = name.replace("exclusiveM", "m");
                raised_keywords.insert(name.clone(), keywords[&bound].clone());
                continue;
            }
            _ => value.clone(),
        };
        raised_keywords.insert(name.clone(), value);
    }
    let null_is_listed = keywords
        .get("enum")
        .is_none_or(|values| values.as_array().unwrap().contains(&Value::Null));
    match keywords.get("nullable") {
        Some(_) if null_is_listed => json!({ "anyOf": [{ "type": "null" }, raised_keywords] }),
        _ => Value::Object(raised_keywords),
    }
}

/// Returns `true` if a keyword occurs anywhere in a schema.
fn has(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(map) => map.iter().any(|(key, value)| key == name || has(value, name)),
        Value::Array(items) => items.iter().any(|item| has(item, name)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn validity_is_kept_unless_reported(schema in schema()) {
        // Values may become valid only if a conversion was reported.
        let Ok(lowered) = lowered(&schema) else { return Ok(()) };
        let mut schemas = targets();
        schemas["S"] = schema.clone();
        let before = validator(&schemas);
        let schemas = lowered.value["components"]["schemas"].as_object().unwrap();
        let raised_schemas = schemas.iter().map(|(name, schema)| (name.clone(), raised(schema)));
        let after = validator(&Value::Object(raised_schemas.collect()));
        let is_exact = lowered.lossy_conversions.is_empty();
        // A wider inner schema may make the outer schema stricter only in a `oneOf`.
        let may_be_stricter = !is_exact && has(&schema, "oneOf");
        for value in values() {
            let (was_valid, is_valid) = (before.is_valid(&value), after.is_valid(&value));
            let holds = was_valid == is_valid || (if was_valid { may_be_stricter } else { !is_exact });
            prop_assert!(
                holds,
                "{value} was valid: {was_valid}\n{schema}\n{}\n{:?}",
                schemas["S"],
                lowered.lossy_conversions
            );
        }
    }
}

/// Keywords that don't affect validation.
const ANNOTATIONS: [(&str, &str); 8] = [
    ("format", "\"uuid\""),
    ("default", "\"d\""),
    ("deprecated", "true"),
    ("readOnly", "true"),
    ("writeOnly", "true"),
    ("xml", "{\"name\": \"n\"}"),
    ("externalDocs", "{\"url\": \"u\"}"),
    ("x-fact", "{\"$ref\": 1}"),
];

#[test]
fn annotations_are_kept() {
    let lowered_to_something_else = [
        json!({ "type": ["string", "null"] }),
        json!({ "type": ["string", "integer", "boolean"] }),
        json!({ "type": ["integer", "boolean", "null"] }),
        json!({ "const": "a" }),
        json!({ "enum": ["a", null] }),
        json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "null" }] }),
        json!({ "anyOf": [{ "$ref": "#/components/schemas/Text" }, { "type": "null" }] }),
        json!({ "$ref": "#/components/schemas/Text" }),
        json!({ "exclusiveMinimum": 1 }),
        json!({ "type": "array", "items": false }),
    ];
    for schema in lowered_to_something_else {
        for (name, text) in ANNOTATIONS {
            let fact: Value = serde_json::from_str(text).unwrap();
            let mut outside = schema.clone();
            outside[name] = fact.clone();
            let holds = |schema: &Value| {
                let lowered = lowered(schema).unwrap();
                let found = &lowered.value["components"]["schemas"]["S"];
                assert!(lowered.lossy_conversions.is_empty());
                assert!(
                    contains(found, name, &fact),
                    "{name} of {schema} is not in {found}"
                );
            };
            holds(&outside);
            // The schema inside the union may have its own value for the keyword.
            holds(&json!({ "anyOf": [outside.clone(), { "type": "null" }] }));
            holds(&json!({ "anyOf": [outside, { "type": "null" }], "minProperties": 1, "x-other": 1 }));
        }
    }
}

/// Returns `true` if a keyword occurs with the given value anywhere in a schema.
fn contains(schema: &Value, name: &str, fact: &Value) -> bool {
    match schema {
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| (key == name && value == fact) || contains(value, name, fact)),
        Value::Array(items) => items.iter().any(|item| contains(item, name, fact)),
        _ => false,
    }
}
