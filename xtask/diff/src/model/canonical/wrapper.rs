//! Wrappers: a `$ref` with siblings, or a list that contains only one schema.

use std::collections::BTreeSet;

use super::budget::Budget;
use super::merge::merged;
use crate::model::graph::{Graph, Schema, SchemaId};

/// Keywords for which a list that contains one schema is equivalent to that schema.
const WRAPPERS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

/// Merges a schema with the schema that it wraps, which is the target of its `$ref` or the only member of its `allOf`.
pub(super) fn unwrap(graph: &Graph, id: SchemaId, budget: &Budget) -> Schema {
    let mut schema = graph.get(id).clone();
    let mut seen = BTreeSet::from([id]);
    while let Some((keyword, inner)) = wrapped(graph, &schema) {
        let rest = seen.insert(inner).then(|| budget.copy(&schema)).flatten();
        let all = rest.and_then(|mut rest| {
            rest.lists.remove(keyword);
            merged(rest, graph.get(inner), budget)
        });
        let Some(all) = all else { break };
        let written = as_written(schema);
        schema = Schema { written, ..all };
    }
    if let Some(target) = schema.lists.remove("$ref") {
        schema.lists.entry("allOf".to_owned()).or_default().extend(target);
    }
    schema
}

/// Returns the schema as it was written, or `None` if it contains no list of schemas.
fn as_written(mut schema: Schema) -> Option<Box<Schema>> {
    schema.lists.remove("$ref");
    // The `written` field of a written form is never compared. Keeping it would make copying along a chain of wrappers
    // take quadratic time.
    schema.written = None;
    (!schema.lists.is_empty()).then(|| Box::new(schema))
}

/// Returns the schema wrapped by another schema, and the keyword whose list contains it.
fn wrapped(graph: &Graph, schema: &Schema) -> Option<(&'static str, SchemaId)> {
    // A wrapper with a discriminator is kept, because the name of its only alternative is sent. A wrapper is also kept
    // if its only subschema has no constraints, because adding or removing such a subschema is reported as a separate
    // kind of change. This does not apply to a union with null, because null counts as a constraint.
    let is_selected = schema.values.contains_key("discriminator");
    let only = |keyword: &'static str| match schema.list(keyword) {
        [only] if keyword == "$ref" => Some((keyword, *only)),
        [_] if is_selected && keyword != "allOf" => None,
        [only] if schema.nullable && keyword != "allOf" => Some((keyword, *only)),
        [only] if !graph.get(*only).is_annotation_only() => Some((keyword, *only)),
        _ => None,
    };
    WRAPPERS.into_iter().find_map(only)
}
