//! Equivalent ways to write nullability, constants, numbers and redundant keywords.

use serde_json::{Value, json};

use super::support::{different_schema, same, same_schema, with_schema};

#[test]
fn openapi_3_0_and_3_1_forms_are_equivalent() {
    for (v3_0, v3_1) in [
        (
            json!({ "type": "string", "nullable": true }),
            json!({ "type": ["string", "null"] }),
        ),
        (
            json!({ "type": "string", "nullable": true, "enum": ["a", null] }),
            json!({ "type": ["string", "null"], "enum": ["a", null] }),
        ),
        (
            json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true }),
            json!({ "type": "integer", "exclusiveMinimum": 0 }),
        ),
        (
            json!({ "type": "number", "maximum": 1.0 }),
            json!({ "type": "number", "maximum": 1 }),
        ),
        (
            json!({ "type": "string", "enum": ["a"] }),
            json!({ "type": "string", "const": "a" }),
        ),
        (
            json!({ "type": "string", "example": "a" }),
            json!({ "type": "string", "examples": ["a"] }),
        ),
        (
            json!({ "type": "object", "additionalProperties": false }),
            json!({ "type": "object", "unevaluatedProperties": { "not": {} } }),
        ),
        (
            json!({ "type": "object", "additionalProperties": true }),
            json!({ "type": "object" }),
        ),
        (
            json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Thing" }] }),
            json!({ "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "null" }] }),
        ),
        (
            json!({ "allOf": [{ "$ref": "#/components/schemas/Thing" }], "default": {} }),
            json!({ "$ref": "#/components/schemas/Thing", "default": {} }),
        ),
    ] {
        let schemas = json!({ "Thing": { "type": "object", "properties": { "a": { "type": "string" } } } });
        same(
            &with_schema("3.0.3", &v3_0, &schemas),
            &with_schema("3.1.0", &v3_1, &schemas),
        );
    }
}

#[test]
fn forms_of_nullability_are_equivalent() {
    let string = || json!({ "type": "string", "maxLength": 5 });
    let nullable = json!({ "type": ["string", "null"], "maxLength": 5 });
    for spelled in [
        json!({ "type": "null" }),
        json!({ "type": ["null"] }),
        json!({ "const": null }),
        json!({ "enum": [null] }),
    ] {
        same_schema(&spelled, &json!({ "type": "null" }));
        same_schema(&json!({ "anyOf": [spelled, string()] }), &nullable);
        same_schema(&json!({ "oneOf": [string(), spelled] }), &nullable);
    }
    // Null is accepted only if both the `enum` and the type allow it.
    for nowhere in [
        json!({ "type": ["string", "null"], "enum": ["a"] }),
        json!({ "type": "string", "enum": ["a", null] }),
    ] {
        same_schema(&nowhere, &json!({ "type": "string", "enum": ["a"] }));
        different_schema(
            &nowhere,
            &json!({ "type": ["string", "null"], "enum": ["a", null] }),
        );
    }
    same_schema(
        &json!({ "type": ["string", "null"], "const": "a" }),
        &json!({ "type": "string", "const": "a" }),
    );
    // In OpenAPI 3.0, documents often omit null from the `enum` of a nullable schema.
    same(
        &with_schema(
            "3.0.3",
            &json!({ "type": "string", "nullable": true, "enum": ["a"] }),
            &json!({}),
        ),
        &with_schema(
            "3.1.0",
            &json!({ "type": ["string", "null"], "enum": ["a", null] }),
            &json!({}),
        ),
    );
    different_schema(&json!({ "enum": ["a", null] }), &json!({ "enum": ["a"] }));
    different_schema(&json!({ "const": "a" }), &json!({ "const": null }));
}

#[test]
fn redundant_keywords_have_no_effect() {
    for (keyword, value) in [
        ("readOnly", json!(false)),
        ("writeOnly", json!(false)),
        ("deprecated", json!(false)),
        ("uniqueItems", json!(false)),
        ("minLength", json!(0)),
        ("minItems", json!(0.0)),
        ("minProperties", json!(0)),
        ("minContains", json!(1)),
        ("dependentRequired", json!({})),
        ("properties", json!({})),
        ("allOf", json!([])),
        ("items", json!({})),
        ("additionalProperties", json!({})),
        ("propertyNames", json!(true)),
        ("not", json!(false)),
        ("then", json!({ "type": "string" })),
        ("else", json!({ "type": "string" })),
        ("minContains", json!(2)),
        ("maxContains", json!(2)),
        ("contentSchema", json!({ "type": "string" })),
        ("$defs", json!({ "Unused": { "type": "string" } })),
        ("definitions", json!({ "Unused": { "type": "string" } })),
    ] {
        same_schema(&json!({ keyword: value }), &json!({}));
    }
    for (keyword, value) in [
        ("readOnly", json!(true)),
        ("uniqueItems", json!(true)),
        ("minLength", json!(1)),
        ("dependentRequired", json!({ "a": ["b"] })),
    ] {
        let property = |schema: Value| json!({ "properties": { "a": schema } });
        different_schema(&property(json!({ keyword: value })), &property(json!({})));
    }
    let bound = |exclusive: bool| json!({ "type": "integer", "minimum": 5, "exclusiveMinimum": exclusive });
    same(
        &with_schema("3.0.3", &bound(false), &json!({})),
        &with_schema("3.0.3", &json!({ "type": "integer", "minimum": 5 }), &json!({})),
    );
}

#[test]
fn forms_of_numbers_are_equivalent() {
    let default = |value: Value| json!({ "type": "number", "default": value });
    same_schema(&default(json!(5.0)), &default(json!(5)));
    same_schema(&default(json!(-5.0)), &default(json!(-5)));
    same_schema(
        &default(json!({ "a": [1.0], "b": 2 })),
        &default(json!({ "b": 2.0, "a": [1] })),
    );
    same_schema(
        &default(json!(9_007_199_254_740_992.0)),
        &default(json!(9_007_199_254_740_992_i64)),
    );
    different_schema(&default(json!(5.5)), &default(json!(5)));
    different_schema(
        &default(json!(9_007_199_254_740_992_i64)),
        &default(json!(9_007_199_254_740_993_i64)),
    );
    // 64-bit limits can't be represented exactly as floating-point numbers.
    let limit = |value: i64| json!({ "type": "integer", "maximum": value });
    different_schema(&limit(i64::MAX), &limit(i64::MAX - 1));
    same_schema(
        &json!({ "type": "number", "maximum": 1e16 }),
        &json!({ "type": "number", "maximum": 10_000_000_000_000_000_i64 }),
    );
}
