//! The parts of a schema: the subschemas in its `allOf`.

use std::collections::{BTreeMap, HashMap};

use super::budget::Budget;
use super::merge::merged;
use super::unions::{enumerated, only_union};
use crate::model::graph::{Graph, Schema, SchemaId};

/// The maximum nesting depth of `allOf` subschemas to merge.
const MAX_PARTS_DEPTH: usize = 50;

/// The maximum number of alternatives to merge with the schema that contains them.
const MAX_ALTERNATIVES: usize = 50;

/// Merges each schema with all subschemas in its `allOf`, if the result is equivalent.
pub(super) fn flatten(graph: &mut Graph, budget: &Budget) {
    let ids = graph.ids();
    let mut parts = Parts {
        graph,
        budget,
        flat: HashMap::new(),
    };
    for id in ids {
        if parts.has_parts(id) {
            parts.flatten(id, 0);
        }
    }
    for (id, flat) in std::mem::take(&mut parts.flat) {
        let flat = flat.map(Box::new);
        let schema = parts.graph.get(id).clone();
        parts.graph.set(id, Schema { flat, ..schema });
    }
    for id in parts.graph.ids() {
        let mut schema = parts.graph.get(id).clone();
        if let Some(flat) = &mut schema.flat {
            parts.add_other_forms(flat);
        }
        parts.add_other_forms(&mut schema);
        parts.graph.set(id, schema);
    }
}

struct Parts<'g> {
    graph: &'g mut Graph,
    budget: &'g Budget,
    /// The merged schemas, or `None` for schemas that can't be merged.
    flat: HashMap<SchemaId, Option<Schema>>,
}

impl Parts<'_> {
    fn has_parts(&self, id: SchemaId) -> bool {
        !self.graph.get(id).list("allOf").is_empty()
    }

    /// Merges a schema with its parts. Returns `None` if a part contains only annotations, because adding or removing
    /// such a part is a separate kind of change.
    fn flatten(&mut self, id: SchemaId, depth: usize) -> Option<Schema> {
        if let Some(known) = self.flat.get(&id) {
            return known.clone();
        }
        // If a schema contains itself through `allOf`, the recursive call finds this entry and doesn't merge the schema.
        self.flat.insert(id, None);
        if depth > MAX_PARTS_DEPTH {
            return None;
        }
        let mut all = self.budget.copy(self.graph.get(id))?;
        let parts = all.lists.remove("allOf").unwrap_or_default();
        // If the schema itself is nullable, null is valid even if the `allOf` rejects it.
        let is_nullable = std::mem::take(&mut all.nullable);
        let flat = parts.iter().try_fold(all, |all, part| {
            let inner = if self.has_parts(*part) {
                self.flatten(*part, depth + 1)?
            } else {
                self.budget.copy(self.graph.get(*part))?
            };
            let is_empty = inner.is_annotation_only();
            // The `unevaluated…` keywords of a part don't take the other parts into account.
            let mut keywords = inner.single.keys();
            let is_apart = parts.len() > 1 && keywords.any(|keyword| keyword.starts_with("unevaluated"));
            (!is_empty && !is_apart).then(|| self.both(all, inner)).flatten()
        });
        let flat = flat.map(|flat| Schema {
            nullable: is_nullable || flat.nullable,
            ..flat
        });
        self.flat.insert(id, flat.clone());
        flat
    }

    /// Adds the equivalent union if a schema has alternatives and other constraints, and the equivalent `enum` if it is a
    /// union of constants.
    fn add_other_forms(&mut self, schema: &mut Schema) {
        schema.distributed = self.distributed(schema).map(Box::new);
        schema.enumerated = enumerated(self.graph, schema).map(Box::new);
    }

    /// Merges a schema with each of its alternatives. The discriminator and the documentation remain with the union.
    fn distributed(&mut self, schema: &Schema) -> Option<Schema> {
        let is_short = |keyword: &&str| schema.list(keyword).len() <= MAX_ALTERNATIVES;
        let keyword = only_union(schema)
            .filter(is_short)
            .filter(|_| !schema.is_bare())?;
        let mut all = self.budget.copy(schema)?;
        let alternatives = all.lists.remove(keyword)?;
        let discriminator = all.values.remove_entry("discriminator");
        let prose = std::mem::take(&mut all.prose);
        let nullable = std::mem::take(&mut all.nullable);
        let merge = |id: &SchemaId| {
            let alternative = self.graph.get(*id).whole();
            let (all, alternative) = (self.budget.copy(&all)?, self.budget.copy(alternative)?);
            let name = alternative.name.clone();
            let merged = self.both(all, alternative)?;
            Some(self.graph.add(Schema { name, ..merged }))
        };
        let alternatives: Vec<SchemaId> = alternatives.iter().map(merge).collect::<Option<_>>()?;
        Some(Schema {
            name: schema.name.clone(),
            lists: BTreeMap::from([(keyword.to_owned(), alternatives)]),
            values: discriminator.into_iter().collect(),
            prose,
            nullable,
            ..Schema::default()
        })
    }

    /// Merges two schemas that must both be satisfied. A property that both describe must satisfy both descriptions.
    fn both(&mut self, mut all: Schema, mut part: Schema) -> Option<Schema> {
        let shared = part.maps.get_mut("properties").into_iter().flatten();
        for (name, id) in shared {
            let Some(other) = all.maps.get_mut("properties").and_then(|all| all.get_mut(name)) else {
                continue;
            };
            if self.graph.get(*other) != self.graph.get(*id) {
                *other = self.property(*other, *id);
            }
            *id = *other;
        }
        conjunction(all, &part, self.budget)
    }

    /// Returns a schema for a property that satisfies both schemas.
    fn property(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        let all = self.budget.copy(self.graph.get(a));
        let merged = all.and_then(|all| conjunction(all, self.graph.get(b), self.budget));
        let mut property = merged.unwrap_or_else(|| Schema {
            lists: BTreeMap::from([("allOf".to_owned(), vec![a, b])]),
            ..Schema::default()
        });
        property.name = None;
        self.graph.add(property)
    }
}

/// Merges two schemas that must both be satisfied, including their nullability.
fn conjunction(all: Schema, part: &Schema, budget: &Budget) -> Option<Schema> {
    let nullable = match (all.limits_values(), part.limits_values()) {
        (true, true) => all.nullable && part.nullable,
        (true, false) => all.nullable,
        (false, true) => part.nullable,
        (false, false) => all.nullable || part.nullable,
    };
    let name = all.name.clone();
    let mut merged = merged(all, part, budget)?;
    (merged.name, merged.nullable) = (name, nullable);
    (merged.flat, merged.distributed) = (None, None);
    Some(merged)
}
