//! What is written in another way and says the same is no change.

mod composition;
mod defaults;
mod places;
mod spelling;

use serde_json::{Value, json};
use xtask_diff::Verdict;

use crate::support::diff;

/// A document whose request and response have the same schema.
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

/// A schema that refers to itself by this name.
pub(super) fn chain(name: &str, value: &str) -> Value {
    json!({ "type": "object", "properties": { "value": { "type": value }, "next": reference(name) } })
}

/// Reusable schemas that others can refer to, two of them to themselves.
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

/// Two schemas in OpenAPI 3.1 that say the same.
#[track_caller]
pub(super) fn same_schema(old: &Value, new: &Value) {
    same(
        &with_schema("3.1.0", old, &schemas()),
        &with_schema("3.1.0", new, &schemas()),
    );
}

/// Two schemas in OpenAPI 3.1 of which one says what the other does not, in more than words.
#[track_caller]
pub(super) fn different_schema(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let [before, after] = [old, new].map(|schema| with_schema("3.1.0", schema, &schemas()));
        let verdict = diff(&before, &after).verdict;
        assert!(verdict > Verdict::Cosmetic, "{verdict}: {old} to {new}");
    }
}
