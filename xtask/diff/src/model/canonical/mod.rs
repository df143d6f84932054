//! Converts schemas to a canonical form: merges each wrapper with the single schema that it contains, converts unions
//! of plain types to a set of types, and uses only one keyword for additional properties.

mod merge;
mod parts;
mod unions;
mod wrapper;

use std::cell::Cell;

use super::graph::{Graph, Schema, SchemaId};

/// The maximum number of keywords and named schemas to copy per schema, on average, when schemas are merged. A large
/// schema can be referenced by many others. Schemas that exceed the limit are compared as written.
const MAX_COPIED: usize = 50;

/// The number of keywords and named schemas that may still be copied.
struct Budget(Cell<usize>);

impl Budget {
    /// Returns `true` after a schema could not be copied.
    fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    /// Returns `true` if the schema may be copied.
    fn allows(&self, schema: &Schema) -> bool {
        let named = schema.maps.values().map(|named| named.len());
        let listed = schema.lists.values().map(Vec::len);
        let size = schema.values.len() + named.chain(listed).sum::<usize>();
        let rest = self.0.get().checked_sub(size);
        self.0.set(rest.unwrap_or(0));
        rest.is_some()
    }
}

/// Converts all schemas in a graph to the canonical form.
pub(super) fn apply(graph: &mut Graph) {
    let budget = Budget(Cell::new(MAX_COPIED * graph.len()));
    replace(graph, |graph, id| Some(wrapper::unwrap(graph, id, &budget)));
    replace(graph, unions::without_nested_unions);
    unions::move_null(graph);
    replace(graph, without_unevaluated);
    replace(graph, unions::plain_alternatives);
    replace(graph, |graph, id| {
        let enumerated = Some(Box::new(unions::enumerated(graph, id)?));
        Some(Schema {
            enumerated,
            ..graph.get(id).clone()
        })
    });
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
    if schema.base.is_some()
        || ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| schema.lists.contains_key(*keyword))
        || elsewhere
            .iter()
            .any(|keyword| schema.single.contains_key(*keyword))
        || schema.maps.contains_key("dependentSchemas")
    {
        return None;
    }
    let mut plain = Schema {
        additional_is_unevaluated: true,
        ..schema.clone()
    };
    plain.single.remove("unevaluatedProperties");
    plain.single.insert("additionalProperties".to_owned(), others);
    Some(plain)
}
