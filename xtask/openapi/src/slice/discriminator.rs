//! The schemas that a discriminator selects by name, even if nothing refers to these schemas.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use crate::document::Fields as _;
use crate::pointer;

/// The names of the schemas that extend another schema, by the reference to that schema.
#[derive(Debug, Default)]
pub struct Children(BTreeMap<String, Vec<String>>);

impl Children {
    /// Collects the component schemas of a document that extend others.
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

    /// Returns the schemas that the discriminator of `schema` selects by their own names. If `schema` has neither
    /// `oneOf` nor `anyOf`, these are the schemas that extend it and are not in the mapping. `reference` refers to
    /// `schema`.
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

/// Returns the references to the schemas that a schema extends, including nested `allOf` and a `$ref` of the schema
/// itself. An `allOf` with one element may be written as a `$ref`, and OpenAPI 3.1 keywords next to a `$ref` become
/// nested `allOf` in 3.0.
fn parents(schema: &Value) -> Vec<String> {
    let mut parents = Vec::new();
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        parents.extend(schema.text("$ref").map(str::to_owned));
        pending.extend(schema.items("allOf"));
    }
    parents
}
