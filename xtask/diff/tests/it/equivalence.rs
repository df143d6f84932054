//! What is written in another way and says the same is no change.

use serde_json::{Value, json};
use xtask_diff::Verdict;

use crate::support::{diff, facts};

/// A document whose request and response have the same schema.
fn with_schema(openapi: &str, schema: &Value, schemas: &Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({
        "openapi": openapi,
        "info": { "title": "", "version": "1" },
        "paths": { "/things": { "post": {
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "", "content": content } },
        } } },
        "components": { "schemas": schemas },
    })
}

#[track_caller]
fn same(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let report = diff(old, new);
        assert_eq!(report.verdict, Verdict::Identical, "{:#?}", report.changes);
    }
}

#[test]
fn openapi_3_0_and_3_1_spell_the_same_in_two_ways() {
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
fn where_a_schema_stands_does_not_matter() {
    let thing = json!({ "type": "object", "properties": { "next": { "type": "string" } } });
    let inline = with_schema("3.0.3", &thing, &json!({}));
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    for name in ["Thing", "Video.Thing", "SomethingElse"] {
        same(
            &inline,
            &with_schema("3.0.3", &reference(name), &json!({ name: thing })),
        );
    }
    let wrapped = json!({ "allOf": [reference("Thing")] });
    same(
        &inline,
        &with_schema("3.0.3", &wrapped, &json!({ "Thing": thing })),
    );
}

#[test]
fn recursive_schemas_are_compared_to_the_end() {
    let list = |name: &str, value: &str| {
        let next = json!({ "$ref": format!("#/components/schemas/{name}") });
        let list = json!({ "type": "object", "properties": { "value": { "type": value }, "next": next } });
        with_schema(
            "3.0.3",
            &json!({ "$ref": format!("#/components/schemas/{name}") }),
            &json!({ name: list }),
        )
    };
    same(&list("List", "string"), &list("Chain", "string"));
    let report = diff(&list("List", "string"), &list("List", "boolean"));
    let places: Vec<_> = report
        .changes
        .iter()
        .map(|change| change.location.as_str())
        .collect();
    assert_eq!(places, ["request.body.value", "response.200.body.value"]);
}

#[test]
fn a_chain_of_schemas_that_is_too_long_is_refused_and_not_called_the_same() {
    let chain = |last: &str| {
        let mut schemas = serde_json::Map::new();
        for index in 0..1000 {
            let next = json!({ "$ref": format!("#/components/schemas/S{}", index + 1) });
            schemas.insert(
                format!("S{index}"),
                json!({ "type": "object", "properties": { "next": next } }),
            );
        }
        schemas.insert("S1000".to_owned(), json!({ "type": last }));
        with_schema(
            "3.0.3",
            &json!({ "$ref": "#/components/schemas/S0" }),
            &Value::Object(schemas),
        )
    };
    let [old, new] = ["string", "boolean"].map(|last| crate::support::document("chain", &chain(last)));
    let error = xtask_diff::compare(&old, &new, &[], crate::support::today()).unwrap_err();
    assert!(error.to_string().contains("nested too deeply"), "{error}");
}

#[test]
fn a_part_of_the_path_may_stand_in_the_url_of_the_server() {
    let new = facts();
    let mut old = facts();
    let item = old["paths"]["/api/video/room_tokens"].take();
    old["paths"] = json!({ "/room_tokens": item });
    let url = format!("{}/api/video", old["servers"][0]["url"].as_str().unwrap());
    old["servers"][0]["url"] = json!(url);
    same(&old, &new);
}

#[test]
fn the_names_of_path_parameters_are_not_on_the_wire() {
    let document = |name: &str| {
        let parameter =
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { format!("/things/{{{name}}}"): { "get": { "parameters": [parameter], "responses": {} } } },
        })
    };
    let report = diff(&document("id"), &document("thing_id"));
    assert_eq!(report.verdict, Verdict::Cosmetic);
    assert_eq!(report.changes[0].id, "request-parameter-renamed");
}
