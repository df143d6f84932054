//! Which operations are compared.

use serde_json::{Value, json};
use xtask_diff::{Report, Verdict, compare};

use crate::support::{document, facts, today};

/// Two operations, of which the first has a tag of its own.
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
fn the_room_token_operation_is_compared_or_else_all() {
    assert_eq!(
        operations(&two("x"), &two("y"), &[]).unwrap(),
        ["GET /a", "GET /b"]
    );
    let with_tokens = |tag: &str| {
        let mut document = two(tag);
        document["paths"]["/api/video/room_tokens"] = json!({ "post": { "tags": [tag], "responses": {} } });
        document
    };
    assert_eq!(
        operations(&with_tokens("x"), &with_tokens("y"), &[]).unwrap(),
        ["POST /api/video/room_tokens"]
    );
}

#[test]
fn an_operation_is_chosen_by_name_or_by_method_and_path() {
    assert_eq!(operations(&two("x"), &two("y"), &["getB"]).unwrap(), ["GET /b"]);
    assert_eq!(
        operations(&two("x"), &two("y"), &["GET /a", "getB"]).unwrap(),
        ["GET /a", "GET /b"]
    );
}

#[test]
fn a_name_that_only_one_document_has_will_do() {
    let mut renamed = two("x");
    renamed["paths"]["/a"]["get"]["operationId"] = json!("fetchA");
    for (old, new) in [(two("x"), renamed.clone()), (renamed, two("x"))] {
        for name in ["getA", "fetchA"] {
            assert_eq!(operations(&old, &new, &[name]).unwrap(), ["GET /a"], "{name}");
        }
    }
}

#[test]
fn what_neither_document_has_is_an_error_and_no_calm() {
    let error = operations(&two("x"), &two("y"), &["getC"]).unwrap_err();
    assert!(
        error.contains("neither document has an operation `getC`"),
        "{error}"
    );
    let mut twice = two("x");
    twice["paths"]["/b"]["get"]["operationId"] = json!("getA");
    let error = operations(&twice, &two("y"), &["getA"]).unwrap_err();
    assert!(error.contains("fits several operations"), "{error}");
}

#[test]
fn broken_references_are_an_error_and_no_calm() {
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
fn a_document_without_operations_has_lost_them() {
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
