//! Explicit default values are equivalent to omitted ones.

use serde_json::{Value, json};

use super::support::{different_schema, reference, same, same_schema, with_schema};

/// Returns a value with additional fields.
fn with(mut value: Value, fields: Value) -> Value {
    for (name, field) in fields.as_object().unwrap() {
        value[name] = field.clone();
    }
    value
}

/// Returns a document with one operation that has the given fields.
fn operation(fields: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "", "version": "1" },
        "paths": { "/things": { "post": with(json!({ "responses": {} }), fields) } },
    })
}

#[test]
fn default_serialization_of_parameters_and_headers() {
    let form = json!({ "style": "form", "explode": true });
    let simple = json!({ "style": "simple", "explode": false });
    for (place, style) in [
        ("query", &form),
        ("cookie", &form),
        ("header", &simple),
        ("path", &simple),
    ] {
        let plain = json!({ "name": "id", "in": place, "required": true, "schema": { "type": "array" } });
        let flags = json!({ "allowReserved": false, "allowEmptyValue": false, "deprecated": false });
        let written = with(with(plain.clone(), style.clone()), flags);
        same(
            &operation(json!({ "parameters": [plain] })),
            &operation(json!({ "parameters": [written] })),
        );
    }
    // `explode` defaults to `false` for every style except `form`.
    let spaced = |explode: Value| {
        let parameter = json!({ "name": "id", "in": "query", "style": "spaceDelimited", "schema": {} });
        operation(json!({ "parameters": [with(parameter, explode)] }))
    };
    same(&spaced(json!({})), &spaced(json!({ "explode": false })));
    let plain = json!({ "schema": { "type": "array" } });
    let responses = |header: Value| {
        let response = json!({ "description": "", "headers": { "x-rooms": header } });
        operation(json!({ "responses": { "200": response } }))
    };
    same(&responses(plain.clone()), &responses(with(plain, simple)));
}

#[test]
fn empty_and_duplicate_values_have_no_effect() {
    let plain = operation(json!({}));
    same(&plain, &operation(json!({ "callbacks": {} })));
    same(
        &plain,
        &with(plain.clone(), json!({ "servers": [{ "url": "/" }] })),
    );
    let scheme =
        json!({ "components": { "securitySchemes": { "key": { "type": "http", "scheme": "basic" } } } });
    let secured = |requirements: Value| with(operation(json!({ "security": requirements })), scheme.clone());
    same(
        &secured(json!([{ "key": [] }])),
        &secured(json!([{ "key": [] }, { "key": [] }])),
    );
    let response = |status: &str, fields: Value| {
        operation(json!({ "responses": { status: with(json!({ "description": "" }), fields) } }))
    };
    same(
        &response("200", json!({})),
        &response("200", json!({ "links": {} })),
    );
    same(&response("2XX", json!({})), &response("2xx", json!({})));
}

#[test]
fn a_composition_of_one_schema_is_that_schema() {
    let string = json!({ "type": "string", "maxLength": 3 });
    for keyword in ["allOf", "anyOf", "oneOf"] {
        same_schema(&json!({ keyword: [string] }), &string);
        same_schema(&json!({ keyword: [reference("Thing")] }), &reference("Thing"));
    }
    // `oneOf` rejects values that more than one alternative accepts.
    different_schema(
        &json!({ "oneOf": [{ "type": "integer" }, { "type": "number" }] }),
        &json!({ "anyOf": [{ "type": "integer" }, { "type": "number" }] }),
    );
    same_schema(
        &json!({ "oneOf": [{ "type": "integer" }, { "type": "string" }] }),
        &json!({ "type": ["integer", "string"] }),
    );
}

/// In OpenAPI 3.0, fields next to `$ref` are ignored.
#[test]
fn siblings_of_references_in_3_0_are_ignored() {
    let schemas = json!({ "Thing": { "type": "string" } });
    let beside = with(reference("Thing"), json!({ "nullable": true, "maxLength": 3 }));
    let of = |schema: &Value| with_schema("3.0.3", schema, &schemas);
    same(&of(&reference("Thing")), &of(&beside));
}

#[test]
fn referenced_path_items_are_resolved() {
    let post = json!({ "responses": {} });
    let parameters = json!([{ "name": "q", "in": "query", "schema": { "type": "string" } }]);
    let servers = json!([{ "url": "https://example.com/api" }]);
    let document = |item: Value, other: Value| {
        json!({
            "openapi": "3.1.0",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": item },
            "components": { "pathItems": { "Things": other } },
        })
    };
    let inline = json!({ "post": post, "parameters": parameters, "servers": servers });
    let behind = |own: Value| with(json!({ "$ref": "#/components/pathItems/Things" }), own);
    let plain = document(inline.clone(), json!({}));
    same(&plain, &document(behind(json!({})), inline));
    same(
        &plain,
        &document(
            behind(json!({ "post": post })),
            json!({ "parameters": parameters, "servers": servers }),
        ),
    );
    same(
        &plain,
        &document(
            behind(json!({ "parameters": parameters })),
            json!({ "post": post, "servers": servers }),
        ),
    );
}
