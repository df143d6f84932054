//! A limit on the work of merging schemas.

use std::cell::Cell;

use serde_json::Value;

use crate::model::graph::{Graph, Schema};

/// The maximum number of keywords, values and named schemas to copy per schema, on average, when schemas are merged. A
/// large schema can be referenced by many others. Schemas that exceed the limit are compared as written.
const MAX_COPIED: usize = 100;

/// The number of keywords, values and named schemas that may still be copied.
pub(super) struct Budget(Cell<Option<usize>>);

impl Budget {
    pub(super) fn of(graph: &Graph) -> Self {
        Self(Cell::new(Some(MAX_COPIED * graph.len())))
    }

    /// Copies a schema if the limit allows it. Once the limit is exceeded, nothing more is copied.
    pub(super) fn copy(&self, schema: &Schema) -> Option<Schema> {
        self.allows(size(schema)).then(|| schema.clone())
    }

    /// Returns `true` if something of this size may be copied.
    pub(super) fn allows(&self, size: usize) -> bool {
        let rest = self.0.get().and_then(|rest| rest.checked_sub(size));
        self.0.set(rest);
        rest.is_some()
    }

    /// Returns `true` if the limit was exceeded.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get().is_none()
    }
}

/// Returns the size of a copy.
pub(super) fn size(schema: &Schema) -> usize {
    let named = schema.maps.values().map(|named| named.len());
    let listed = schema.lists.values().map(Vec::len);
    let values = schema
        .values
        .values()
        .chain(schema.prose.values())
        .map(|value| match value {
            Value::Array(items) => 1 + items.len(),
            Value::Object(fields) => 1 + fields.len(),
            _ => 1,
        });
    1 + schema.required.len() + named.chain(listed).chain(values).sum::<usize>()
}
