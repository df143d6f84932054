//! Schemas as nodes that point at each other, so that a recursive document is a finite graph.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use serde_json::Value;

/// The name of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

impl SchemaId {
    /// The position of the node in its graph.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A Schema Object.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Schema {
    /// The name among the document's reusable schemas, without the namespace before the last dot.
    pub(crate) name: Option<String>,
    /// The schema that a `$ref` with siblings, or a union with null, adds something to.
    pub(crate) base: Option<SchemaId>,
    /// Nothing is valid.
    pub(crate) is_never: bool,
    /// The union keyword of which null and `base` are the two alternatives.
    pub(crate) union_with_null: Option<String>,
    /// The same schema as it was written, where that was a list of one schema or of plain types.
    pub(crate) written: Option<Box<Schema>>,
    /// The schema merged with all parts of its `allOf`, where that is equivalent.
    pub(crate) flat: Option<Box<Schema>>,
    /// The JSON types but null; `None` admits all.
    pub(crate) types: Option<BTreeSet<String>>,
    /// The types were listed as alternatives (`anyOf`/`oneOf`), not as `type`.
    pub(crate) types_are_alternatives: bool,
    /// `additionalProperties` was written as `unevaluatedProperties`, which says the same where no part of the
    /// schema lies elsewhere.
    pub(crate) unevaluated_says_additional: bool,
    /// Null is valid as well.
    pub(crate) nullable: bool,
    /// Keywords that hold a value.
    pub(crate) values: BTreeMap<String, Value>,
    /// The names in `required`.
    pub(crate) required: BTreeSet<String>,
    /// Keywords that hold one schema.
    pub(crate) single: BTreeMap<String, SchemaId>,
    /// Keywords that hold a list of schemas.
    pub(crate) lists: BTreeMap<String, Vec<SchemaId>>,
    /// Keywords that hold schemas by name, in the document's order.
    pub(crate) maps: BTreeMap<String, IndexMap<String, SchemaId>>,
    /// Keywords for people.
    pub(crate) prose: BTreeMap<String, Value>,
}

impl Schema {
    /// The value of a keyword.
    pub(crate) fn value(&self, keyword: &str) -> Option<&Value> {
        self.values.get(keyword)
    }

    /// Whether a flag such as `readOnly` is set.
    pub(crate) fn flag(&self, keyword: &str) -> bool {
        self.value(keyword).and_then(Value::as_bool) == Some(true)
    }

    /// The schemas in a list keyword such as `allOf`.
    pub(crate) fn list(&self, keyword: &str) -> &[SchemaId] {
        self.lists.get(keyword).map_or(&[], Vec::as_slice)
    }

    /// The named schemas of a keyword such as `properties`.
    pub(crate) fn map(&self, keyword: &str) -> impl Iterator<Item = (&String, SchemaId)> {
        self.maps
            .get(keyword)
            .into_iter()
            .flatten()
            .map(|(name, id)| (name, *id))
    }

    /// The schema of a property.
    pub(crate) fn property(&self, name: &str) -> Option<SchemaId> {
        self.maps
            .get("properties")
            .and_then(|properties| properties.get(name))
            .copied()
    }

    /// The schema merged with its `allOf` parts if possible, or the schema itself.
    pub(crate) fn whole(&self) -> &Self {
        self.flat.as_deref().unwrap_or(self)
    }

    /// Whether it says nothing about values: no constraint, no default, only words at most.
    pub(crate) fn is_annotation_only(&self) -> bool {
        self.is_bare() && self.lists.is_empty()
    }

    /// Whether all that it says is in its lists (`allOf`, `anyOf`, `oneOf`).
    pub(crate) fn is_bare(&self) -> bool {
        !self.is_never
            && self.base.is_none()
            && self.types.is_none()
            && self
                .values
                .keys()
                .all(|keyword| keyword.starts_with("x-") || keyword == "discriminator")
            && self.required.is_empty()
            && self.single.is_empty()
            && self.maps.is_empty()
            && !self.lists.contains_key("prefixItems")
    }
}

/// All schemas that some operations reach.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Schema>,
    /// What an id that is none of this graph's stands for.
    any: Schema,
    by_name: HashMap<String, SchemaId>,
}

impl Graph {
    /// The node that admits everything; what an absent `items` or `additionalProperties` means.
    pub(crate) const ANY: SchemaId = SchemaId(0);

    pub(super) fn new() -> Self {
        Self {
            nodes: vec![Schema::default()],
            ..Self::default()
        }
    }

    pub(super) fn reserve(&mut self) -> SchemaId {
        self.nodes.push(Schema::default());
        SchemaId(self.nodes.len() - 1)
    }

    pub(super) fn set(&mut self, id: SchemaId, schema: Schema) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            *node = schema;
        }
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes but [`ANY`](Self::ANY).
    pub(crate) fn ids(&self) -> impl Iterator<Item = SchemaId> + use<> {
        (1..self.nodes.len()).map(SchemaId)
    }

    /// Rebuilds the index that [`named`](Self::named) uses.
    pub(super) fn index_names(&mut self) {
        self.by_name.clear();
        for (index, schema) in self.nodes.iter().enumerate() {
            if let Some(name) = &schema.name {
                self.by_name.entry(name.clone()).or_insert(SchemaId(index));
            }
        }
    }

    /// The reusable schema of that name; the first one if several namespaces have it.
    pub(crate) fn named(&self, name: &str) -> Option<SchemaId> {
        self.by_name.get(name).copied()
    }

    /// The schema of a node.
    pub(crate) fn get(&self, id: SchemaId) -> &Schema {
        self.nodes.get(id.0).unwrap_or(&self.any)
    }
}
