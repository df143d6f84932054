//! Converts schemas to a canonical form: merges each wrapper with the single schema that it contains, converts unions
//! of plain types to a set of types, and uses only one keyword for additional properties.

mod budget;
mod merge;
mod parts;
mod unions;
mod wrapper;

use self::budget::Budget;
use super::graph::{Graph, Schema, SchemaId};

/// Converts all schemas in a graph to the canonical form.
pub(super) fn apply(graph: &mut Graph) {
    let budget = Budget::of(graph);
    replace(graph, unions::without_null);
    replace(graph, |graph, id| Some(wrapper::unwrap(graph, id, &budget)));
    replace(graph, |graph, id| {
        unions::without_nested_unions(graph, id, &budget)
    });
    unions::move_null(graph);
    replace(graph, without_unevaluated);
    replace(graph, unions::plain_alternatives);
    parts::flatten(graph, &budget);
    graph.has_unmerged = budget.is_spent();
    graph.index_names();
}

/// Replaces schemas. `change` is called with the graph as it was before any replacement.
fn replace(graph: &mut Graph, mut change: impl FnMut(&Graph, SchemaId) -> Option<Schema>) {
    let changed: Vec<_> = graph
        .ids()
        .filter_map(|id| Some((id, change(graph, id)?)))
        .collect();
    for (id, schema) in changed {
        graph.set(id, schema);
    }
}

/// Replaces `unevaluatedProperties` with `additionalProperties`. The two are equivalent unless other subschemas also
/// describe properties.
fn without_unevaluated(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
    let others = *schema.single.get("unevaluatedProperties")?;
    let elsewhere = ["if", "then", "else", "additionalProperties"];
    if schema.lists.keys().any(|keyword| keyword != "prefixItems")
        || elsewhere
            .iter()
            .any(|keyword| schema.single.contains_key(*keyword))
        || schema.maps.contains_key("dependentSchemas")
    {
        return None;
    }
    let mut plain = schema.clone();
    plain.additional_is_unevaluated = true;
    plain.single.remove("unevaluatedProperties");
    plain.single.insert("additionalProperties".to_owned(), others);
    Some(plain)
}
