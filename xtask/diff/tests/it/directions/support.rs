//! Test cases and their expected effect in each direction.

use serde_json::{Value, json};
use xtask_diff::{Report, Verdict};

use crate::support::diff;

/// A schema before and after a change, and how the change affects clients.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) old: Value,
    pub(super) new: Value,
    pub(super) request: Meaning,
    pub(super) response: Meaning,
}

/// The effect of a change on clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Breaking,
    /// Some facts differ, but no client breaks.
    Harmless,
    /// Only prose, names and order differ.
    Nothing,
}

pub(super) use Meaning::{Breaking, Harmless, Nothing};

pub(super) fn rule(name: &'static str, [old, new]: [Value; 2], request: Meaning, response: Meaning) -> Rule {
    Rule {
        name,
        old,
        new,
        request,
        response,
    }
}

/// A case in which the new schema accepts more values than the old one.
pub(super) fn wider(name: &'static str, schemas: [Value; 2]) -> Rule {
    rule(name, schemas, Harmless, Breaking)
}

/// A case in which the new schema accepts fewer values than the old one.
pub(super) fn narrower(name: &'static str, schemas: [Value; 2]) -> Rule {
    rule(name, schemas, Breaking, Harmless)
}

pub(super) fn same(name: &'static str, schemas: [Value; 2]) -> Rule {
    rule(name, schemas, Nothing, Nothing)
}

#[track_caller]
pub(super) fn check(rules: Vec<Rule>) {
    let mut wrong = Vec::new();
    for rule in rules {
        for (direction, expected) in [("request", rule.request), ("response", rule.response)] {
            for is_property in [false, true] {
                let [old, new] =
                    [&rule.old, &rule.new].map(|schema| document(direction, schema, is_property));
                let report = diff(&old, &new);
                if meaning(&report) != expected {
                    let found: Vec<_> = report.changes.iter().map(|change| &change.message).collect();
                    wrong.push(format!(
                        "{} in a {direction}: {:?}, but expected {expected:?}: {found:#?}",
                        rule.name, report.verdict
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

pub(super) fn meaning(report: &Report) -> Meaning {
    match report.verdict {
        Verdict::Breaking => Breaking,
        Verdict::Additive => Harmless,
        Verdict::Cosmetic | Verdict::Identical => Nothing,
    }
}

/// Returns a document with one operation that uses the schema in its request or response. The schema's `$defs` become
/// component schemas.
fn document(direction: &str, schema: &Value, is_property: bool) -> Value {
    let mut schema = schema.clone();
    let reusable = schema
        .as_object_mut()
        .and_then(|schema| schema.shift_remove("$defs"))
        .unwrap_or_else(|| json!({}));
    // Some keywords are valid only in OpenAPI 3.0.
    let text = format!("{schema}{reusable}");
    let is_3_0 = [
        "\"nullable\"",
        "\"exclusiveMinimum\":true",
        "\"exclusiveMaximum\":true",
    ]
    .iter()
    .any(|spelling| text.contains(spelling));
    if is_property {
        schema = json!({ "type": "object", "properties": { "probe": schema }, "required": ["probe"] });
    }
    let content = json!({ "content": { "application/json": { "schema": schema } } });
    let response = json!({ "description": "" });
    let operation = if direction == "request" {
        json!({ "requestBody": content, "responses": { "200": response } })
    } else {
        let mut response = response;
        response["content"] = content["content"].clone();
        json!({ "responses": { "200": response } })
    };
    json!({
        "openapi": if is_3_0 { "3.0.3" } else { "3.1.0" },
        "info": { "title": "", "version": "1" },
        "paths": { "/things": { "post": operation } },
        "components": { "schemas": reusable },
    })
}
