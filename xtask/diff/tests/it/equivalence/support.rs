//! Documents that use the same schema in a request and a response.

use serde_json::{Value, json};
use xtask_diff::Verdict;

use crate::support::diff;

/// Returns a document that uses the same schema in its request and its response.
pub(super) fn with_schema(openapi: &str, schema: &Value, schemas: &Value) -> Value {
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
pub(super) fn same(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let report = diff(old, new);
        assert_eq!(report.verdict, Verdict::Identical, "{:#?}", report.changes);
    }
}

/// Returns a schema that refers to itself by the given name.
pub(super) fn chain(name: &str, value: &str) -> Value {
    json!({ "type": "object", "properties": { "value": { "type": value }, "next": reference(name) } })
}

/// Returns component schemas, two of which refer to themselves.
fn schemas() -> Value {
    json!({
        "Thing": { "type": "object", "properties": { "a": { "type": "string" } } },
        "Other": { "type": "object", "properties": { "b": { "type": "string" } } },
        "List": chain("List", "string"),
        "Tree": chain("Tree", "boolean"),
    })
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Asserts that two OpenAPI 3.1 schemas are equivalent.
#[track_caller]
pub(super) fn same_schema(old: &Value, new: &Value) {
    same(
        &with_schema("3.1.0", old, &schemas()),
        &with_schema("3.1.0", new, &schemas()),
    );
}

/// Asserts that two OpenAPI 3.1 schemas differ in more than their documentation.
#[track_caller]
pub(super) fn different_schema(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let [before, after] = [old, new].map(|schema| with_schema("3.1.0", schema, &schemas()));
        let verdict = diff(&before, &after).verdict;
        assert!(verdict > Verdict::Cosmetic, "{verdict}: {old} to {new}");
    }
}
