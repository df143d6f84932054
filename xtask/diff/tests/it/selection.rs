//! Selecting the operations to compare.

use serde_json::{Value, json};
use xtask_diff::{Report, Verdict, compare, today as day_of_today};

use crate::support::{document, facts, today};

/// Returns a document with two operations, only the first of which has a tag.
fn two(tag: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "", "version": "1" },
        "paths": {
            "/a": { "get": { "operationId": "getA", "tags": [tag], "responses": {} } },
            "/b": { "get": { "operationId": "getB", "tags": [tag], "responses": {} } },
        },
    })
}

fn operations(old: &Value, new: &Value, selectors: &[&str]) -> Result<Vec<String>, String> {
    let selectors: Vec<_> = selectors
        .iter()
        .map(|selector| selector.parse().unwrap())
        .collect();
    let report = compare(&document("old", old), &document("new", new), &selectors, today());
    let report: Report = report.map_err(|error| error.to_string())?;
    let mut operations: Vec<_> = report
        .changes
        .into_iter()
        .filter_map(|change| change.operation)
        .collect();
    operations.dedup();
    Ok(operations)
}

#[test]
fn all_operations_are_compared_by_default() {
    assert_eq!(
        operations(&two("x"), &two("y"), &[]).unwrap(),
        ["GET /a", "GET /b"]
    );
}

#[test]
fn operations_are_selected_by_id_or_by_method_and_path() {
    assert_eq!(operations(&two("x"), &two("y"), &["getB"]).unwrap(), ["GET /b"]);
    assert_eq!(
        operations(&two("x"), &two("y"), &["GET /a", "getB"]).unwrap(),
        ["GET /a", "GET /b"]
    );
}

#[test]
fn an_operation_id_of_one_document_selects_both() {
    let mut renamed = two("x");
    renamed["paths"]["/a"]["get"]["operationId"] = json!("fetchA");
    for (old, new) in [(two("x"), renamed.clone()), (renamed, two("x"))] {
        for name in ["getA", "fetchA"] {
            assert_eq!(operations(&old, &new, &[name]).unwrap(), ["GET /a"], "{name}");
        }
    }
}

#[test]
fn unknown_operations_are_errors() {
    let error = operations(&two("x"), &two("y"), &["getC"]).unwrap_err();
    assert!(
        error.contains("no operation matches `getC` in either document"),
        "{error}"
    );
    let mut twice = two("x");
    twice["paths"]["/b"]["get"]["operationId"] = json!("getA");
    let error = operations(&twice, &two("y"), &["getA"]).unwrap_err();
    assert!(error.contains("matches several operations"), "{error}");
}

#[test]
fn broken_references_are_errors() {
    let mut broken = facts();
    broken["components"]["schemas"]["RoomTokenResponse"]["properties"]["token"] =
        json!({ "$ref": "#/components/schemas/Nowhere" });
    let error = operations(&facts(), &broken, &[]).unwrap_err();
    assert!(
        error.contains("new: at /components/schemas/RoomTokenResponse/properties/token/$ref"),
        "{error}"
    );
}

#[test]
fn a_document_without_operations_removes_all() {
    let empty = json!({ "openapi": "3.1.0", "info": { "title": "", "version": "1" }, "paths": {} });
    let report = compare(&document("old", &facts()), &document("new", &empty), &[], today()).unwrap();
    assert_eq!(report.verdict, Verdict::Breaking);
    assert!(
        report
            .changes
            .iter()
            .any(|change| change.id == "api-path-removed-without-deprecation")
    );
}

#[test]
fn an_operation_of_one_document_is_compared_alone() {
    let mut other = two("x");
    other["paths"]["/c"] = json!({ "post": { "responses": {} } });
    for (old, new) in [(two("y"), other.clone()), (other, two("y"))] {
        assert_eq!(operations(&old, &new, &["POST /c"]).unwrap(), ["POST /c"]);
    }
}

#[test]
fn paths_are_selected_with_method_and_server_path() {
    let document = |tag: &str| {
        let mut document = two(tag);
        document["paths"]["/a"]["put"] = json!({ "tags": [tag], "responses": {} });
        document["servers"] = json!([{ "url": "https://example.com/v1" }]);
        document
    };
    for selector in ["PUT /a", "PUT /v1/a"] {
        assert_eq!(
            operations(&document("x"), &document("y"), &[selector]).unwrap(),
            ["PUT /v1/a"]
        );
    }
    assert!(operations(&document("x"), &document("y"), &["PATCH /a"]).is_err());
}

#[test]
fn moved_operations_are_matched_by_id() {
    let at = |places: &[(&str, &str, &str)]| {
        let mut document = two("x");
        document["paths"] = json!({});
        for (path, method, id) in places {
            document["paths"][*path][*method] = json!({ "operationId": id, "responses": {} });
        }
        document
    };
    let ids = |old: &Value, new: &Value| -> Vec<String> {
        let report = compare(&document("old", old), &document("new", new), &[], today()).unwrap();
        report.changes.into_iter().map(|change| change.id).collect()
    };
    // The operation moved first to a different path, then to a different method.
    assert_eq!(
        ids(&at(&[("/a", "get", "a")]), &at(&[("/b", "get", "a")])),
        ["api-path-changed"]
    );
    assert_eq!(
        ids(&at(&[("/a", "get", "a")]), &at(&[("/a", "put", "a")])),
        ["api-method-changed"]
    );
    // Operations with different operationIds and different paths are different operations.
    assert_eq!(
        ids(&at(&[("/a", "get", "a")]), &at(&[("/b", "get", "b")])),
        ["api-path-removed-without-deprecation", "endpoint-added"]
    );
    // An operation on the same path is the same operation, even if its operationId changed.
    assert_eq!(
        ids(
            &at(&[("/a", "get", "a"), ("/b", "get", "b")]),
            &at(&[("/a", "get", "b"), ("/b", "get", "a")])
        ),
        ["api-operation-id-removed", "api-operation-id-removed"]
    );
    // If an operationId moves to the path of a different old operation, the path takes precedence over the operationId.
    assert_eq!(
        ids(
            &at(&[("/a", "get", "a"), ("/b", "get", "b")]),
            &at(&[("/b", "get", "a")])
        ),
        ["api-path-removed-without-deprecation", "api-operation-id-removed"]
    );
    // An operation with a different method on the same path is a different operation.
    assert_eq!(
        ids(
            &at(&[("/a", "get", "a"), ("/b", "put", "b")]),
            &at(&[("/b", "get", "a"), ("/b", "put", "b")])
        ),
        ["api-path-changed"]
    );
}

#[test]
fn operations_with_the_same_selector_are_matched() {
    let at = |path: &str| {
        let mut document = two("x");
        document["paths"] = json!({ path: { "post": { "responses": {} } } });
        document
    };
    let ids = |old: &str, new: &str| -> Vec<String> {
        let selector = "POST /tokens".parse().unwrap();
        let (old, new) = (document("old", &at(old)), document("new", &at(new)));
        let report = compare(&old, &new, &[selector], today()).unwrap();
        report.changes.into_iter().map(|change| change.id).collect()
    };
    for moved in ["/v2/tokens", "/v2/tokens/"] {
        assert_eq!(ids("/tokens", moved), ["api-path-changed"]);
        assert_eq!(ids(moved, "/tokens"), ["api-path-changed"]);
    }
    assert_eq!(ids("/tokens", "/rooms"), ["api-path-removed-without-deprecation"]);
    assert_eq!(ids("/rooms", "/tokens"), ["endpoint-added"]);
}

#[test]
fn operations_that_differ_in_a_parameter_name_are_distinguished() {
    let document = |tags: [&str; 2]| {
        let operation = |name: &str, tag: &str| {
            let parameter =
                json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
            json!({ "get": { "operationId": name, "tags": [tag], "parameters": [parameter], "responses": {} } })
        };
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/{a}": operation("a", tags[0]), "/{b}": operation("b", tags[1]) },
        })
    };
    assert_eq!(
        operations(&document(["x", "x"]), &document(["x", "y"]), &[]).unwrap(),
        ["GET /{b}"]
    );
    assert_eq!(
        operations(&document(["x", "x"]), &document(["y", "x"]), &[]).unwrap(),
        ["GET /{a}"]
    );
}

#[test]
fn today_is_the_date_in_utc() {
    let days = || {
        let elapsed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        chrono::NaiveDate::from_epoch_days(i32::try_from(elapsed.as_secs() / 86_400).unwrap()).unwrap()
    };
    let (before, today, after) = (days(), day_of_today(), days());
    assert!(before <= today && today <= after, "{before} {today} {after}");
}
