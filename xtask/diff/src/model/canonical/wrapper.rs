//! Wrappers: a `$ref` with siblings, or a list that contains only one schema.

use std::collections::BTreeSet;

use super::budget::Budget;
use super::merge::merged;
use crate::model::graph::{Graph, Schema, SchemaId};

/// Keywords for which a list that contains one schema is equivalent to that schema.
const COMPOSITIONS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Merges a schema with the schema that it wraps, which is the target of its `$ref` or the only member of its `allOf`.
pub(super) fn unwrap(graph: &Graph, id: SchemaId, budget: &Budget) -> Schema {
    let mut schema = graph.get(id).clone();
    let mut seen = BTreeSet::from([id]);
    while let Some((wrapper, inner_id)) = wrapped(graph, &schema) {
        let inner = graph.get(inner_id);
        let is_allowed = seen.insert(inner_id) && budget.allows(&[&schema]);
        let rest = || {
            let mut rest = schema.clone();
            match wrapper {
                Some(keyword) => drop(rest.lists.remove(keyword)),
                None => rest.base = None,
            }
            merged(rest, inner, budget)
        };
        match is_allowed.then(rest).flatten() {
            Some(all) => {
                let written = as_written(&schema, inner_id).or(all.written);
                schema = Schema { written, ..all };
            }
            None => {
                if schema.base.take().is_some() {
                    schema.lists.entry("allOf".to_owned()).or_default().push(inner_id);
                }
                break;
            }
        }
    }
    schema
}

/// Returns the schema as it was written, or `None` if it contains no list of schemas.
fn as_written(schema: &Schema, inner: SchemaId) -> Option<Box<Schema>> {
    let mut written = schema.clone();
    if let (Some(keyword), Some(_)) = (&schema.union_with_null, written.base.take()) {
        written.lists.insert(keyword.clone(), vec![inner]);
    }
    (!written.lists.is_empty()).then(|| Box::new(written))
}

/// Returns the schema wrapped by another schema, and the keyword whose list contains it, or `None` for a reference.
fn wrapped(graph: &Graph, schema: &Schema) -> Option<(Option<&'static str>, SchemaId)> {
    if let Some(base) = schema.base {
        return Some((None, base));
    }
    // A wrapper with a discriminator is kept, because the name of its only alternative is sent. A wrapper is also kept
    // if its only subschema has no constraints, because adding or removing such a subschema is reported as a separate
    // kind of change.
    let is_selected = schema.values.contains_key("discriminator");
    let only = |keyword: &'static str| match schema.list(keyword) {
        [_] if is_selected && keyword != "allOf" => None,
        [only] if !graph.get(*only).is_annotation_only() => Some((Some(keyword), *only)),
        _ => None,
    };
    COMPOSITIONS.into_iter().find_map(only)
}
