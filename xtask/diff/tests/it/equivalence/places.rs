//! Where something stands, and by which name.

use serde_json::{Value, json};
use xtask_diff::Verdict;

use super::{reference, same, with_schema};
use crate::support::{diff, facts};

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
        ("https://example.com/api/video", Some("https://example.com")),
        ("https://a.io/api/video/", Some("https://a.io")),
        ("HTTPS://Example.com:443/api/video", Some("https://example.com")),
        (
            "http://example.com:8080/api/video",
            Some("http://example.com:8080"),
        ),
        ("//example.com/api/video", Some("//example.com")),
        // Where the document itself lies, as if there were no server in it.
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

#[test]
fn a_parameter_that_no_path_has_is_known_by_its_name() {
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
