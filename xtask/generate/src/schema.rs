//! The keywords and properties of schemas that are composed with `allOf`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use xtask_openapi::Fields;
use xtask_openapi::walk::resolve;

/// The maximum depth to which schema compositions are followed.
pub(crate) const MAX_DEPTH: usize = 16;

/// The keywords of a schema and, unless the schema overrides them, of its `allOf` parts. References are followed.
#[derive(Default)]
pub(crate) struct Keywords<'a>(BTreeMap<&'a str, &'a Value>);

impl<'a> Keywords<'a> {
    pub(crate) fn of(document: &'a Value, schema: &'a Value) -> Self {
        let mut keywords = Self::default();
        keywords.add(document, schema, MAX_DEPTH);
        keywords
    }

    fn add(&mut self, document: &'a Value, schema: &'a Value, depth: usize) {
        let Some(schema) = resolve(document, schema).filter(|_| depth > 0) else {
            return;
        };
        for (name, value) in schema.as_object().into_iter().flatten() {
            self.0.entry(name).or_insert(value);
        }
        for part in schema.items("allOf") {
            self.add(document, part, depth - 1);
        }
    }

    /// Returns a non-negative integer.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        self.field(name)?.as_u64()
    }
}

impl Fields for Keywords<'_> {
    fn field(&self, name: &str) -> Option<&Value> {
        self.0.get(name).copied()
    }
}

/// Returns the properties of an object schema, including those of its `allOf` parts.
pub(crate) fn properties(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    collect_properties(document, schema, &mut found, MAX_DEPTH);
    found
}

fn collect_properties(document: &Value, schema: &Value, found: &mut Map<String, Value>, depth: usize) {
    let Some(schema) = resolve(document, schema).filter(|_| depth > 0) else {
        return;
    };
    for part in schema.items("allOf") {
        collect_properties(document, part, found, depth - 1);
    }
    found.extend(schema.object("properties").cloned().unwrap_or_default());
}
