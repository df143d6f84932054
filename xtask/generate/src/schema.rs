//! The keywords and properties of schemas that are composed with `allOf`.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;
use xtask_openapi::Fields;
use xtask_openapi::walk::resolve;

/// The keywords of a schema, including those of its `allOf` subschemas that the schema doesn't override. References are
/// followed.
#[derive(Default)]
pub(crate) struct Keywords<'a>(BTreeMap<&'a str, &'a Value>);

impl<'a> Keywords<'a> {
    pub(crate) fn of(document: &'a Value, schema: &'a Value) -> Self {
        let mut keywords = Self::default();
        for part in parts(document, schema) {
            for (name, value) in part.as_object().into_iter().flatten() {
                keywords.0.entry(name).or_insert(value);
            }
        }
        keywords
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

/// Returns the properties of an object schema, including those of its `allOf` subschemas that the schema doesn't
/// override.
pub(crate) fn properties<'a>(document: &'a Value, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut seen = HashSet::new();
    let parts = parts(document, schema).into_iter();
    let all = parts.flat_map(|part| part.members("properties"));
    all.map(|(name, property)| (name.as_str(), property))
        .filter(|(name, _)| seen.insert(*name))
        .collect()
}

/// Returns a schema followed by its direct and indirect `allOf` subschemas, with references resolved. Each subschema is
/// returned only once, because the number of paths to a subschema may grow exponentially.
fn parts<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        let Some(schema) = resolve(document, schema) else {
            continue;
        };
        if seen.insert(std::ptr::from_ref(schema)) {
            found.push(schema);
            pending.extend(schema.items("allOf").iter().rev());
        }
    }
    found
}
