//! Schemas as nodes in a graph. A recursive document becomes a finite graph.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use serde_json::Value;

/// The keywords that list alternatives.
pub(crate) const UNIONS: [&str; 2] = ["anyOf", "oneOf"];

/// The id of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

impl SchemaId {
    /// Returns the position of the node in its graph.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A Schema Object.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Schema {
    /// The name of a component schema, without the namespace before the last dot.
    pub(crate) name: Option<String>,
    /// `true` if no value is valid.
    pub(crate) is_never: bool,
    /// The schema as it was written, if it was a union of plain types or contained a list with only one schema.
    pub(crate) written: Option<Box<Schema>>,
    /// The schema merged with all subschemas in its `allOf`, if the result is equivalent.
    pub(crate) flat: Option<Box<Schema>>,
    /// The equivalent union, if the schema has alternatives and other constraints that apply to each of them.
    pub(crate) distributed: Option<Box<Schema>>,
    /// An equivalent schema with an `enum`, if the schema is a union of constants.
    pub(crate) enumerated: Option<Box<Schema>>,
    /// The JSON types other than null, or `None` if all types are allowed.
    pub(crate) types: Option<BTreeSet<String>>,
    /// `true` if the types were listed as alternatives (`anyOf` or `oneOf`) instead of in `type`.
    pub(crate) types_are_alternatives: bool,
    /// `true` if `additionalProperties` was written as `unevaluatedProperties` and the two are equivalent.
    pub(crate) additional_is_unevaluated: bool,
    /// `true` if null is valid.
    pub(crate) nullable: bool,
    /// Keywords that have a plain value.
    pub(crate) values: BTreeMap<String, Value>,
    /// The names in `required`.
    pub(crate) required: BTreeSet<String>,
    /// Keywords that contain one schema.
    pub(crate) single: BTreeMap<String, SchemaId>,
    /// Keywords that contain a list of schemas. Until the schema is converted to the canonical form, the target of a
    /// `$ref` that has siblings is a list with one schema.
    pub(crate) lists: BTreeMap<String, Vec<SchemaId>>,
    /// Keywords that contain named schemas, in document order.
    pub(crate) maps: BTreeMap<String, IndexMap<String, SchemaId>>,
    /// Documentation keywords.
    pub(crate) prose: BTreeMap<String, Value>,
}

impl Schema {
    /// Returns the value of a keyword.
    pub(crate) fn value(&self, keyword: &str) -> Option<&Value> {
        self.values.get(keyword)
    }

    /// Returns `true` if the schema allows values of this type.
    pub(crate) fn may_be(&self, name: &str) -> bool {
        self.types.as_ref().is_none_or(|types| types.contains(name))
    }

    /// Returns `true` if the schema lists types or values, which means that null is valid only if it is `nullable`.
    pub(crate) fn limits_values(&self) -> bool {
        self.types.is_some() || self.value("enum").is_some() || self.value("const").is_some()
    }

    /// Returns the value of a keyword if it is a string.
    pub(crate) fn text(&self, keyword: &str) -> Option<&str> {
        self.value(keyword).and_then(Value::as_str)
    }

    /// Returns `true` if a flag such as `readOnly` is set.
    pub(crate) fn flag(&self, keyword: &str) -> bool {
        self.value(keyword).and_then(Value::as_bool) == Some(true)
    }

    /// Returns the schemas in a list keyword such as `allOf`.
    pub(crate) fn list(&self, keyword: &str) -> &[SchemaId] {
        self.lists.get(keyword).map_or(&[], Vec::as_slice)
    }

    /// Returns the named schemas in a keyword such as `properties`.
    pub(crate) fn map(&self, keyword: &str) -> impl Iterator<Item = (&String, SchemaId)> {
        self.maps
            .get(keyword)
            .into_iter()
            .flatten()
            .map(|(name, id)| (name, *id))
    }

    /// Returns one of the named schemas in a keyword.
    pub(crate) fn member(&self, keyword: &str, name: &str) -> Option<SchemaId> {
        self.maps.get(keyword)?.get(name).copied()
    }

    /// Returns the schema of a property.
    pub(crate) fn property(&self, name: &str) -> Option<SchemaId> {
        self.member("properties", name)
    }

    /// Returns the schema merged with its `allOf` subschemas if possible, or the schema itself otherwise.
    pub(crate) fn whole(&self) -> &Self {
        self.flat.as_deref().unwrap_or(self)
    }

    /// Returns `true` if the schema contains only documentation, without constraints or a default.
    pub(crate) fn is_annotation_only(&self) -> bool {
        self.is_bare() && self.lists.is_empty()
    }

    /// Returns `true` if the schema consists only of lists (`allOf`, `anyOf` or `oneOf`).
    pub(crate) fn is_bare(&self) -> bool {
        let is_annotation = |keyword: &String| keyword.starts_with("x-") || keyword == "discriminator";
        self.types.is_none() && self.values.keys().all(is_annotation) && self.has_no_parts()
    }

    /// Returns `true` if the only constraints are types, plain values and lists (`allOf`, `anyOf` or `oneOf`).
    pub(super) fn has_no_parts(&self) -> bool {
        !self.is_never
            && self.required.is_empty()
            && self.single.is_empty()
            && self.maps.is_empty()
            && !self.lists.contains_key("prefixItems")
    }
}

/// All schemas used by the selected operations.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Schema>,
    /// The schema that accepts any value. It is returned for ids that are not in this graph.
    any: Schema,
    by_name: HashMap<String, SchemaId>,
    /// `true` if some schemas were not merged with their parts, because too much would have been copied.
    pub(crate) has_unmerged: bool,
}

impl Graph {
    /// The node that accepts any value. It is also used for missing `items` and `additionalProperties`.
    pub(crate) const ANY: SchemaId = SchemaId(0);

    pub(super) fn new() -> Self {
        Self {
            nodes: vec![Schema::default()],
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, schema: Schema) -> SchemaId {
        self.nodes.push(schema);
        SchemaId(self.nodes.len() - 1)
    }

    pub(super) fn set(&mut self, id: SchemaId, schema: Schema) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            *node = schema;
        }
    }

    /// Returns `true` if a schema in this graph forbids properties that match neither a name nor a pattern.
    pub(crate) fn is_closed(&self, schema: &Schema) -> bool {
        let others = schema.single.get("additionalProperties");
        others.is_some_and(|id| self.get(*id).is_never)
    }

    /// Returns the number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the ids of all nodes except [`ANY`](Self::ANY).
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

    /// Returns the component schema with the given name, or the first one if the name exists in several namespaces.
    pub(crate) fn named(&self, name: &str) -> Option<SchemaId> {
        self.by_name.get(name).copied()
    }

    /// Returns the schema of a node.
    pub(crate) fn get(&self, id: SchemaId) -> &Schema {
        self.nodes.get(id.0).unwrap_or(&self.any)
    }
}

/// Returns the types that both sets allow, or `None` if there are none.
pub(crate) fn common_types(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<BTreeSet<String>> {
    let allows = |types: &BTreeSet<String>, name: &str| {
        types.contains(name) || (name == "integer" && types.contains("number"))
    };
    let all = a.union(b).filter(|name| allows(a, name) && allows(b, name));
    let common: BTreeSet<String> = all.cloned().collect();
    (!common.is_empty()).then_some(common)
}
