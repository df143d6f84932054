//! The schemas that a discriminator selects by name, even if nothing refers to them.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use crate::document::Fields as _;
use crate::pointer;

/// The names of the schemas that extend each schema, keyed by a reference to the extended schema.
#[derive(Debug, Default)]
pub struct Children(BTreeMap<String, Vec<String>>);

impl Children {
    /// Collects the component schemas in a document that extend other schemas.
    #[must_use]
    pub fn of(document: &Value) -> Self {
        let mut children = Self::default();
        for (name, schema) in document.components("schemas") {
            for parent in parents(schema) {
                children.0.entry(parent).or_default().push(name.clone());
            }
        }
        children
    }

    /// Returns the schemas that the discriminator in `schema` selects by their own names. If `schema` has neither
    /// `oneOf` nor `anyOf`, these are the schemas that extend it but are not in the mapping. `reference` is a reference
    /// to `schema`.
    #[must_use]
    pub fn selected_by_name(&self, schema: &Map<String, Value>, reference: &str) -> Vec<String> {
        let Some(discriminator) = schema.get("discriminator") else {
            return Vec::new();
        };
        if schema.contains_key("oneOf") || schema.contains_key("anyOf") {
            return Vec::new();
        }
        let mapping = discriminator.members("mapping");
        let targets: HashSet<&str> = mapping.filter_map(|(_, target)| target.as_str()).collect();
        let is_mapped = |name: &str| {
            targets.contains(name) || targets.contains(pointer::component("schemas", name).as_str())
        };
        let children = self.0.get(reference).into_iter().flatten();
        children.filter(|name| !is_mapped(name)).cloned().collect()
    }
}

/// Returns references to the schemas that a schema extends, including those in a nested `allOf` or in a `$ref` of the
/// schema itself. An `allOf` with one element may be written as a `$ref`, and OpenAPI 3.1 keywords next to a `$ref`
/// become a nested `allOf` in 3.0.
fn parents(schema: &Value) -> Vec<String> {
    let mut parents = Vec::new();
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        parents.extend(schema.text("$ref").map(str::to_owned));
        pending.extend(schema.items("allOf"));
    }
    parents
}
