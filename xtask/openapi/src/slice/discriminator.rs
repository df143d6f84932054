//! Discriminators: the schemas that they select are reached, even where nothing refers to them.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::Slicer;
use crate::grammar::Kind;
use crate::{Error, pointer};

/// The names of the schemas that extend another one, by the reference to that one.
#[derive(Debug, Default)]
pub struct Children(BTreeMap<String, Vec<String>>);

impl Children {
    /// Finds the reusable schemas of a document that extend others.
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

    /// The schemas that a discriminator selects by their own names: where `schema` lists no choice, those
    /// that extend it and are not in its mapping. `reference` is the one to `schema`.
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

/// The references to what a schema extends. Its own reference is one: `allOf` of one may be written as that one. What
/// stands beside a reference in 3.1 is `allOf` in `allOf` in 3.0.
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
    /// Reaches what a discriminator selects by name.
    pub(super) fn reach_children(&mut self, schema: &Map<String, Value>, place: &str) -> Result<(), Error> {
        for name in self.children.selected_by_name(schema, &format!("#{place}")) {
            self.reach(&pointer::component("schemas", &name), Kind::Schema, place)?;
        }
        Ok(())
    }

    /// Follows a mapping: its targets are references, or names of reusable schemas.
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
            let by_name = format!("/components/schemas/{}", pointer::escape(target));
            let reference = match self.document.value().pointer(&by_name) {
                Some(_) => pointer::component("schemas", target),
                None => target.clone(),
            };
            let place = pointer::child(&pointer::child(place, "mapping"), value);
            *target = self.reach(&reference, Kind::Schema, &place)?;
        }
        Ok(())
    }
}
