//! Discriminators: includes the schemas that they select by name, even if nothing refers to these schemas.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::Slicer;
use crate::check::reference_of_mapping;
use crate::grammar::Kind;
use crate::{Error, pointer};

/// The names of the schemas that extend another schema, by the reference to that schema.
#[derive(Debug, Default)]
pub struct Children(BTreeMap<String, Vec<String>>);

impl Children {
    /// Collects the component schemas of a document that extend others.
    #[must_use]
    pub fn of(document: &Value) -> Self {
        let mut children = Self::default();
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
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
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let targets: HashSet<&str> = mapping
            .into_iter()
            .flat_map(Map::values)
            .filter_map(Value::as_str)
            .collect();
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
        parents.extend(schema.get("$ref").and_then(Value::as_str).map(str::to_owned));
        pending.extend(
            schema
                .get("allOf")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
    }
    parents
}

impl Slicer<'_> {
    /// Adds the schemas that a discriminator selects by name to the slice.
    pub(super) fn reach_children(&mut self, schema: &Map<String, Value>, place: &str) -> Result<(), Error> {
        for name in self.children.selected_by_name(schema, &format!("#{place}")) {
            self.reach(&pointer::component("schemas", &name), Kind::Schema, place)?;
        }
        Ok(())
    }

    /// Adds the targets of a mapping, which are references or names of component schemas, to the slice.
    pub(super) fn follow_mapping(
        &mut self,
        discriminator: &mut Map<String, Value>,
        place: &str,
    ) -> Result<(), Error> {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else {
            return Ok(());
        };
        for (value, target) in mapping.iter_mut() {
            let Value::String(target) = target else { continue };
            let reference = reference_of_mapping(self.document, target);
            let place = pointer::child(&pointer::child(place, "mapping"), value);
            *target = self.reach(&reference, Kind::Schema, &place)?;
        }
        Ok(())
    }
}
