//! Locations and names that have no effect.

use serde_json::{Value, json};
use xtask_diff::Verdict;
use xtask_openapi::Document;

use super::support::{reference, same, with_schema};
use crate::support::{diff, facts};

#[test]
fn schema_locations_have_no_effect() {
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
fn recursive_schemas_are_compared_in_full() {
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

/// Returns a document with a chain of `length` schemas, each of which refers to the next.
fn chain(length: usize, last: &str) -> Document {
    let mut schemas = serde_json::Map::new();
    for index in 0..length {
        let next = json!({ "$ref": format!("#/components/schemas/S{}", index + 1) });
        schemas.insert(
            format!("S{index}"),
            json!({ "type": "object", "properties": { "next": next } }),
        );
    }
    schemas.insert(format!("S{length}"), json!({ "type": last }));
    let document = with_schema(
        "3.0.3",
        &json!({ "$ref": "#/components/schemas/S0" }),
        &Value::Object(schemas),
    );
    crate::support::document("chain", &document)
}

/// The recursion stops at a depth of 900 schemas. Deeper schemas are compared afterward.
#[test]
fn long_chains_of_references_are_compared() {
    for length in [850, 899, 900, 901, 1_000, 5_000] {
        let [old, new] = ["string", "boolean"].map(|last| chain(length, last));
        let compare =
            |old, new| xtask_diff::compare(old, new, &[], crate::support::today()).expect("both are valid");
        let report = compare(&old, &new);
        let places: Vec<_> = report.changes.iter().map(|change| &change.location).collect();
        let expected =
            ["request.body", "response.200.body"].map(|body| body.to_owned() + &".next".repeat(length));
        assert!(
            places == [&expected[0], &expected[1]] && report.notes.is_empty(),
            "{length}"
        );
        let report = compare(&old, &old);
        assert!(report.changes.is_empty() && report.notes.is_empty());
    }
}

#[test]
fn alternatives_with_long_chains_are_noted() {
    let old = chain(1_000, "string");
    for (position, is_noted) in [(500, true), (950, false)] {
        let mut new = old.value().clone();
        let next = format!("/components/schemas/S{position}/properties/next");
        let next = new.pointer_mut(&next).unwrap();
        *next = json!({ "oneOf": [next.clone(), { "type": "integer" }] });
        let new = crate::support::document("new", &new);
        let report = xtask_diff::compare(&old, &new, &[], crate::support::today()).unwrap();
        assert_eq!(report.verdict, xtask_diff::Verdict::Breaking);
        let is_note = |note: &String| note.contains("was not compared in full");
        assert_eq!(
            report.notes.iter().any(is_note),
            is_noted,
            "{:?}",
            report.notes.len()
        );
    }
}

/// Every schema of a long cycle is compared.
#[test]
fn long_cycles_are_compared() {
    let document = |kind: &str| {
        let count = 2_000;
        let schemas = (0..count).map(|index| {
            let next = reference(&format!("S{}", (index * 7 + 1) % count));
            let other = json!({ "type": "array", "items": reference(&format!("S{}", (index + 1) % count)) });
            let value = if index % 400 == 399 { kind } else { "string" };
            let properties = json!({ "next": next, "other": other, "value": { "type": value } });
            (
                format!("S{index}"),
                json!({ "type": "object", "properties": properties }),
            )
        });
        with_schema("3.0.3", &reference("S0"), &Value::Object(schemas.collect()))
    };
    let report = diff(&document("string"), &document("boolean"));
    let is_complete = report.changes.len() >= 10
        && report
            .changes
            .iter()
            .all(|change| change.location.ends_with(".value"));
    assert!(is_complete, "{}", report.changes.len());
    assert!(diff(&document("string"), &document("string")).changes.is_empty());
}

#[test]
fn schemas_in_cycles_are_compared_in_full() {
    let properties = |properties: Value| json!({ "type": "object", "properties": properties });
    // Only the outer schema changes, but the other two refer to it.
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
fn namespaces_are_ignored() {
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
fn operation_parameters_override_path_parameters() {
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
    // Parameters with the same name in different locations are different parameters.
    let both = document(json!([size, limit("query", 5)]), json!([limit("header", 5)]));
    assert_eq!(diff(&own, &both).changes[0].location, "request.header.limit");
}

#[test]
fn server_url_paths_are_part_of_the_path() {
    let new = facts();
    let mut old = facts();
    let item = old["paths"]["/api/video/room_tokens"].take();
    old["paths"] = json!({ "/room_tokens": item });
    let url = format!("{}/api/video", old["servers"][0]["url"].as_str().unwrap());
    old["servers"][0]["url"] = json!(url);
    same(&old, &new);
    for (url, origin) in [
        ("https://example.com/api/video", Some("https://example.com")),
        ("https://a.io/api/video/", Some("https://a.io")),
        ("HTTPS://Example.com:443/api/video", Some("https://example.com")),
        (
            "http://example.com:8080/api/video",
            Some("http://example.com:8080"),
        ),
        ("//example.com/api/video", Some("//example.com")),
        // This server URL is relative to the document.
        ("/api/video", None),
    ] {
        let mut elsewhere = old.clone();
        elsewhere["servers"][0] = json!({ "url": url });
        let changes = diff(&old, &elsewhere).changes;
        let added = changes.iter().find(|change| change.id == "api-server-added");
        assert_eq!(
            added.map(|change| &change.new),
            origin.map(|origin| json!(origin)).as_ref(),
            "{url}"
        );
        assert!(
            changes.iter().all(|change| change.id.starts_with("api-server-")),
            "{changes:?}"
        );
    }
}

#[test]
fn path_parameter_names_have_no_effect() {
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

#[test]
fn parameters_missing_in_the_path_are_matched_by_name() {
    let document = |names: [&str; 2]| {
        let parameters = names.map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "title": name } })
        });
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": { "get": { "parameters": parameters, "responses": {} } } },
        })
    };
    same(&document(["a", "b"]), &document(["a", "b"]));
    same(&document(["a", "b"]), &document(["b", "a"]));
}
