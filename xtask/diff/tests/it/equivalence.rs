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

/// Reusable schemas that others can refer to, two of them to themselves.
fn schemas() -> Value {
    let chain = |name: &str, value: &str| {
        let next = json!({ "$ref": format!("#/components/schemas/{name}") });
        json!({ "type": "object", "properties": { "value": { "type": value }, "next": next } })
    };
    json!({
        "Thing": { "type": "object", "properties": { "a": { "type": "string" } } },
        "Other": { "type": "object", "properties": { "b": { "type": "string" } } },
        "List": chain("List", "string"),
        "Tree": chain("Tree", "boolean"),
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Two schemas in OpenAPI 3.1 that say the same.
#[track_caller]
fn same_schema(old: &Value, new: &Value) {
    same(
        &with_schema("3.1.0", old, &schemas()),
        &with_schema("3.1.0", new, &schemas()),
    );
}

/// Two schemas in OpenAPI 3.1 of which one says what the other does not, in more than words.
#[track_caller]
fn different_schema(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let [before, after] = [old, new].map(|schema| with_schema("3.1.0", schema, &schemas()));
        let verdict = diff(&before, &after).verdict;
        assert!(verdict > Verdict::Cosmetic, "{verdict}: {old} to {new}");
    }
}

#[test]
fn a_schema_and_the_only_part_of_it_are_one() {
    for (composed, plain) in [
        (json!({ "allOf": [false] }), json!(false)),
        (
            json!({ "allOf": [{ "type": ["string", "null"] }] }),
            json!({ "type": ["string", "null"] }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "type": ["string", "null"] }] }),
            json!({ "type": "string" }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "type": "string", "maxLength": 5 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "maxLength": 5, "allOf": [{ "type": "string", "maxLength": 5 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "default": "a", "x-a": 1, "allOf": [{ "type": "string", "default": "b", "x-a": 2 }] }),
            json!({ "type": "string", "default": "a", "x-a": 1 }),
        ),
        (
            json!({ "required": ["a"], "allOf": [{ "type": "object", "required": ["b"] }] }),
            json!({ "type": "object", "required": ["a", "b"] }),
        ),
        (
            json!({ "additionalProperties": false, "allOf": [{ "type": "object", "minProperties": 1 }] }),
            json!({ "type": "object", "additionalProperties": false, "minProperties": 1 }),
        ),
        (
            json!({ "items": reference("Thing"), "allOf": [{ "type": "array", "items": reference("Thing") }] }),
            json!({ "type": "array", "items": reference("Thing") }),
        ),
        (
            json!({
                "anyOf": [reference("Thing"), reference("Other")],
                "allOf": [{ "maxProperties": 3, "anyOf": [reference("Thing"), reference("Other")] }],
            }),
            json!({ "maxProperties": 3, "anyOf": [reference("Thing"), reference("Other")] }),
        ),
        (
            json!({
                "properties": { "a": reference("Thing") },
                "allOf": [{ "type": "object", "properties": { "a": reference("Thing"), "b": { "type": "string" } } }],
            }),
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "type": "string" } } }),
        ),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "type": ["string", "integer"] }),
        ),
        (
            json!({ "oneOf": [{ "type": ["string", "null"] }, { "type": "integer" }] }),
            json!({ "type": ["string", "integer", "null"] }),
        ),
    ] {
        same_schema(&composed, &plain);
    }
}

#[test]
fn a_schema_and_a_part_of_it_that_disagrees_stay_two() {
    for (composed, plain) in [
        (
            json!({ "type": ["string", "integer"], "allOf": [{ "type": "string" }] }),
            json!({ "type": ["string", "integer"] }),
        ),
        (
            json!({ "maxLength": 5, "allOf": [{ "type": "string", "maxLength": 3 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "items": { "type": "string" }, "allOf": [{ "type": "array", "items": { "type": "integer" } }] }),
            json!({ "type": "array", "items": { "type": "integer" } }),
        ),
        (
            json!({
                "properties": { "a": { "type": "string" } },
                "allOf": [{ "type": "object", "properties": { "a": { "type": "integer" } } }],
            }),
            json!({ "type": "object", "properties": { "a": { "type": "integer" } } }),
        ),
        (
            json!({
                "anyOf": [reference("Thing"), reference("Other")],
                "allOf": [{ "anyOf": [reference("List"), reference("Tree")] }],
            }),
            json!({ "anyOf": [reference("List"), reference("Tree")] }),
        ),
        // What is closed knows only the properties beside it.
        (
            json!({ "additionalProperties": false, "allOf": [{ "properties": { "a": { "type": "string" } } }] }),
            json!({ "additionalProperties": false, "properties": { "a": { "type": "string" } } }),
        ),
        (
            json!({ "properties": { "a": { "type": "string" } }, "allOf": [{ "additionalProperties": false }] }),
            json!({ "properties": { "a": { "type": "string" } }, "additionalProperties": false }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "description": "Words." }] }),
            json!({ "type": "string" }),
        ),
        (
            json!({ "type": "object", "allOf": [{ "x-note": "Words." }] }),
            json!({ "type": "object", "x-note": "Words." }),
        ),
        (
            json!({ "allOf": [{ "type": "null" }, { "maxLength": 5 }] }),
            json!({ "type": ["null"], "maxLength": 5 }),
        ),
    ] {
        different_schema(&composed, &plain);
    }
}

#[test]
fn unevaluated_properties_are_those_that_no_other_schema_describes() {
    let string = || json!({ "type": "string" });
    for (keyword, value) in [
        ("allOf", json!([reference("Thing"), reference("Other")])),
        ("anyOf", json!([reference("Thing"), reference("Other")])),
        ("oneOf", json!([reference("Thing"), reference("Other")])),
        ("$ref", json!("#/components/schemas/Thing")),
        ("if", reference("Thing")),
        ("then", reference("Thing")),
        ("else", reference("Thing")),
        ("dependentSchemas", json!({ "a": reference("Thing") })),
    ] {
        let closed_by =
            |closing: &str| json!({ keyword: value, "properties": { "c": string() }, closing: false });
        different_schema(
            &closed_by("unevaluatedProperties"),
            &closed_by("additionalProperties"),
        );
    }
    same_schema(
        &json!({ "properties": { "c": string() }, "unevaluatedProperties": false }),
        &json!({ "properties": { "c": string() }, "additionalProperties": false }),
    );
    different_schema(
        &json!({ "additionalProperties": string(), "unevaluatedProperties": false }),
        &json!({ "additionalProperties": false }),
    );
}

/// Alternatives find each other wherever they stand, and only those that say the same do.
#[test]
fn the_order_of_alternatives_does_not_matter() {
    let of_a = |schema: Value| json!({ "type": "object", "properties": { "a": schema } });
    let twins = [
        [json!(false), json!({ "maxLength": 5 })],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": "integer", "maxLength": 5 }),
        ],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": ["string", "null"], "maxLength": 5 }),
        ],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": "string", "maxLength": 6 }),
        ],
        [
            json!({ "type": "object", "required": ["a"] }),
            json!({ "type": "object", "required": ["b"] }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "maxItems": 5 }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "items": { "maxLength": 6 } }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "contains": { "maxLength": 5 } }),
        ],
        [of_a(json!({ "maxLength": 5 })), of_a(json!({ "maxLength": 6 }))],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "properties": { "b": { "maxLength": 5 } } }),
        ],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "properties": { "a": { "maxLength": 5 }, "b": { "maxLength": 5 } } }),
        ],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "patternProperties": { "a": { "maxLength": 5 } } }),
        ],
        [
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }, { "maxLength": 6 }] }),
            json!({ "type": "array", "prefixItems": [{ "maxLength": 6 }, { "maxLength": 5 }] }),
        ],
        [
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }] }),
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }, { "maxLength": 5 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 7 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }, { "minLength": 7 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "oneOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
        ],
        [reference("List"), reference("Tree")],
        [
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "maxLength": 5 } } }),
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "maxLength": 6 } } }),
        ],
    ];
    for keyword in ["anyOf", "oneOf"] {
        for [one, other] in &twins {
            same_schema(
                &json!({ keyword: [one, other] }),
                &json!({ keyword: [other, one] }),
            );
        }
    }
}

#[test]
fn alternatives_within_alternatives_are_as_free() {
    let of = |limits: [i64; 2]| json!({ "type": "string", "anyOf": limits.map(|limit| json!({ "maxLength": limit })) });
    same_schema(
        &json!({ "oneOf": [of([5, 6]), of([7, 8])] }),
        &json!({ "oneOf": [of([8, 7]), of([6, 5])] }),
    );
    let constant = |keyword: &str, value: Value| json!({ "type": "string", keyword: value });
    same_schema(
        &json!({ "oneOf": [constant("const", json!("a")), constant("const", json!("b"))] }),
        &json!({ "oneOf": [constant("enum", json!(["b"])), constant("enum", json!(["a"]))] }),
    );
    different_schema(
        &json!({ "oneOf": [constant("const", json!("a")), constant("const", json!("b"))] }),
        &json!({ "oneOf": [constant("enum", json!(["b", "c"])), constant("enum", json!(["a"]))] }),
    );
}

#[test]
fn null_is_written_in_many_ways() {
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
    same_schema(
        &json!({ "type": ["string", "null"], "enum": ["a", null] }),
        &json!({ "type": ["string", "null"], "enum": ["a"] }),
    );
    different_schema(&json!({ "enum": ["a", null] }), &json!({ "enum": ["a"] }));
    different_schema(&json!({ "const": "a" }), &json!({ "const": null }));
    different_schema(
        &json!({ "type": ["string", "null"], "enum": ["a"] }),
        &json!({ "type": "string", "enum": ["a"] }),
    );
}

#[test]
fn what_holds_anyway_need_not_be_written() {
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
        ("$defs", json!({ "Unused": { "type": "string" } })),
        ("definitions", json!({ "Unused": { "type": "string" } })),
    ] {
        same_schema(&json!({ keyword: value }), &json!({}));
    }
    for (keyword, value) in [
        ("readOnly", json!(true)),
        ("uniqueItems", json!(true)),
        ("minLength", json!(1)),
        ("minContains", json!(0)),
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
fn numbers_are_the_same_however_they_are_written() {
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
    // Limits of 64-bit numbers are more exact than a float.
    let limit = |value: i64| json!({ "type": "integer", "maximum": value });
    different_schema(&limit(i64::MAX), &limit(i64::MAX - 1));
    same_schema(
        &json!({ "type": "number", "maximum": 1e16 }),
        &json!({ "type": "number", "maximum": 10_000_000_000_000_000_i64 }),
    );
}

#[test]
fn where_a_schema_stands_does_not_matter() {
    let thing = json!({ "type": "object", "properties": { "next": { "type": "string" } } });
    let inline = with_schema("3.0.3", &thing, &json!({}));
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
fn where_a_schema_refers_back_nothing_is_passed_over() {
    let properties = |properties: Value| json!({ "type": "object", "properties": properties });
    // The middle and the inner one have no change of their own, but lead back to the outer one, which has.
    let document = |name: &str| {
        let schemas = json!({
            "Outer": properties(json!({ "middle": reference("Middle"), "value": { "type": name } })),
            "Middle": properties(json!({ "inner": reference("Inner") })),
            "Inner": properties(json!({ "outer": reference("Outer") })),
        });
        let mut document = with_schema("3.0.3", &reference("Outer"), &schemas);
        let content = |name: &str| json!({ "description": "", "content": { "application/json": { "schema": reference(name) } } });
        document["paths"]["/things"]["post"]["responses"] =
            json!({ "200": content("Middle"), "201": content("Inner") });
        document
    };
    let report = diff(&document("string"), &document("boolean"));
    let places: Vec<_> = report
        .changes
        .iter()
        .map(|change| change.location.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "request.body.value",
            "response.200.body.inner.outer.value",
            "response.201.body.outer.value"
        ]
    );
}

#[test]
fn a_namespace_is_no_part_of_a_name() {
    let document = |prefix: &str| {
        let name = |name: &str| format!("{prefix}{name}");
        let union = json!({
            "oneOf": [reference(&name("Dog")), reference(&name("Cat"))],
            "discriminator": {
                "propertyName": "kind",
                "mapping": { "dog": format!("#/components/schemas/{}", name("Dog")), "cat": name("Cat") },
            },
        });
        let pet =
            |property: &str| json!({ "type": "object", "properties": { property: { "type": "string" } } });
        with_schema(
            "3.0.3",
            &union,
            &json!({ name("Dog"): pet("bark"), name("Cat"): pet("purr") }),
        )
    };
    same(&document(""), &document("Video."));
}

#[test]
fn a_parameter_of_the_operation_takes_the_place_of_that_of_its_path() {
    let document = |path: Value, operation: Value| {
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": { "parameters": path, "get": { "parameters": operation, "responses": {} } } },
        })
    };
    let limit = |place: &str, maximum: i64| json!({ "name": "limit", "in": place, "schema": { "type": "integer", "maximum": maximum } });
    let size = json!({ "name": "size", "in": "query", "schema": { "type": "integer" } });
    let own = document(json!([]), json!([size, limit("query", 5)]));
    same(
        &own,
        &document(json!([size, limit("query", 9)]), json!([limit("query", 5)])),
    );
    same(&own, &document(json!([size, limit("query", 5)]), json!([])));
    // Of the same name in another place, it is another one.
    let both = document(json!([size, limit("query", 5)]), json!([limit("header", 5)]));
    assert_eq!(diff(&own, &both).changes[0].location, "request.header.limit");
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
    for (url, origin) in [
        ("https://example.com/api/video", "https://example.com"),
        ("//example.com/api/video", ""),
        ("/api/video", ""),
    ] {
        let mut elsewhere = old.clone();
        elsewhere["servers"][0] = json!({ "url": url });
        let added = diff(&old, &elsewhere)
            .changes
            .into_iter()
            .find(|change| change.id == "api-server-added");
        assert_eq!(added.unwrap().new, json!(origin), "{url}");
    }
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
