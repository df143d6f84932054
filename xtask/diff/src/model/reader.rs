//! Reads the requested schemas, and all schemas that they refer to, into a graph.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};
use xtask_openapi::document::Version;
use xtask_openapi::grammar::{Content, Kind};
use xtask_openapi::slice::Children;
use xtask_openapi::{Document, Error, pointer};

use super::canonical;
use super::graph::{Graph, Schema, SchemaId};
use super::normalize::{is_default, normalize};
use super::value::{normalized, short_name};

/// Reads the schemas in a document. Each schema is read only once, even if several others refer to it.
#[derive(Debug)]
pub(crate) struct DocumentReader<'d> {
    document: &'d Document,
    children: Children,
    graph: Graph,
    known: HashMap<String, SchemaId>,
    /// Schemas that have an id but have not been read yet. They are queued instead of being read recursively, because a
    /// document can contain arbitrarily long chains of references.
    pending: Vec<(SchemaId, String)>,
}

impl<'d> DocumentReader<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self {
            document,
            children: Children::of(document.value()),
            graph: Graph::new(),
            known: HashMap::new(),
            pending: Vec::new(),
        }
    }

    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }

    /// Resolves the reference at a location, if there is one. Returns the final value and its location. Any siblings of
    /// `$ref` are expected to be documentation and are ignored.
    ///
    /// # Errors
    /// Returns an error if a reference has no target, leaves the document, or is part of a cycle.
    pub(crate) fn resolve(&self, place: String) -> Result<(&'d Value, String), Error> {
        self.follow(place, false)
    }

    /// Returns the id of the schema at a location.
    ///
    /// # Errors
    /// Returns an error if the schema is missing, or if a reference cannot be resolved.
    pub(crate) fn schema(&mut self, place: String) -> Result<SchemaId, Error> {
        // OpenAPI 3.0 ignores the siblings of a reference.
        let keeps_siblings = self.document.version()? == Version::V3_1;
        let (value, place) = self.follow(place, keeps_siblings)?;
        if let Some(id) = self.known.get(&place) {
            return Ok(*id);
        }
        match value {
            Value::Bool(true) => Ok(Graph::ANY),
            Value::Object(object) if object.is_empty() => Ok(Graph::ANY),
            Value::Bool(false) => Ok(self.graph.add(Schema {
                is_never: true,
                ..Schema::default()
            })),
            Value::Object(_) => {
                let id = self.graph.add(Schema::default());
                self.known.insert(place.clone(), id);
                self.pending.push((id, place));
                Ok(id)
            }
            _ => Err(self.error(place, "must be a schema (an object or a boolean)")),
        }
    }

    /// Returns a graph of all requested schemas.
    ///
    /// # Errors
    /// Returns an error if any of the schemas can't be read.
    pub(crate) fn finish(mut self) -> Result<Graph, Error> {
        while let Some((id, place)) = self.pending.pop() {
            let schema = self.read(&place)?;
            self.graph.set(id, schema);
        }
        canonical::apply(&mut self.graph);
        Ok(self.graph)
    }

    fn error(&self, place: impl Into<String>, message: impl Into<String>) -> Error {
        self.document.error(place, message)
    }

    fn follow(&self, mut place: String, keeps_siblings: bool) -> Result<(&'d Value, String), Error> {
        let mut seen = HashSet::new();
        loop {
            let value = self.document.value().pointer(&place);
            let value = value.ok_or_else(|| self.error(place.clone(), "is missing"))?;
            let reference = value
                .as_object()
                .filter(|object| !keeps_siblings || object.len() == 1)
                .and_then(|o| o.get("$ref"));
            let Some(reference) = reference.and_then(Value::as_str) else {
                return Ok((value, place));
            };
            if !seen.insert(place.clone()) {
                return Err(self.error(place, format!("`{reference}` refers to itself")));
            }
            place = self.target(reference, &place)?;
        }
    }

    fn target(&self, reference: &str, place: &str) -> Result<String, Error> {
        let place = || pointer::child(place, "$ref");
        let Some(target) = pointer::of_reference(reference) else {
            let message = "only references within the document (`#/…`) are supported";
            return Err(self.error(
                place(),
                format!("`{reference}` is outside of the document: {message}"),
            ));
        };
        if self.document.value().pointer(&target).is_none() {
            return Err(self.error(place(), format!("`{reference}` does not exist")));
        }
        Ok(target)
    }

    fn read(&mut self, place: &str) -> Result<Schema, Error> {
        let mut schema = Schema {
            name: reusable_name(place),
            ..Schema::default()
        };
        let object = self.document.value().pointer(place).and_then(Value::as_object);
        for (keyword, value) in object.into_iter().flatten() {
            let at = pointer::child(place, keyword);
            match Kind::Schema.content(keyword) {
                _ if keyword == "$dynamicRef" => {
                    let message = "dynamic references are not supported";
                    return Err(self.error(at, message));
                }
                _ if keyword == "$ref" => {
                    let target = self.schema_behind(value, place)?;
                    schema.lists.insert(keyword.clone(), vec![target]);
                }
                // Definitions have no effect unless something refers to them.
                _ if keyword == "$defs" || keyword == "definitions" || is_default(keyword, value) => {}
                Some(Content::Object(Kind::Schema)) => {
                    schema.single.insert(keyword.clone(), self.schema(at)?);
                }
                Some(Content::List(_)) => {
                    let list = self.read_list(value, &at)?;
                    if !list.is_empty() {
                        schema.lists.insert(keyword.clone(), list);
                    }
                }
                Some(Content::Map(_)) => {
                    let named = self.read_map(value, &at)?;
                    if !named.is_empty() {
                        schema.maps.insert(keyword.clone(), named);
                    }
                }
                Some(Content::Prose) => drop(schema.prose.insert(keyword.clone(), value.clone())),
                _ => drop(schema.values.insert(keyword.clone(), normalized(value))),
            }
        }
        if let Some(object) = object {
            self.read_subtypes(&mut schema, object, place)?;
        }
        normalize(&mut schema);
        Ok(schema)
    }

    /// Reads the schemas that a discriminator can select if there is no `oneOf` or `anyOf`: those listed in its
    /// mapping, and those that extend this schema and are mapped implicitly by name.
    fn read_subtypes(
        &mut self,
        schema: &mut Schema,
        object: &Map<String, Value>,
        place: &str,
    ) -> Result<(), Error> {
        let by_name = self.children.selected_by_name(object, &format!("#{place}"));
        let has_choices = object.contains_key("oneOf") || object.contains_key("anyOf");
        let Some(Value::Object(discriminator)) = schema.values.get_mut("discriminator") else {
            return Ok(());
        };
        if has_choices {
            return Ok(());
        }
        let mapping = discriminator
            .entry("mapping")
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(mapping) = mapping else {
            return Ok(());
        };
        for name in by_name {
            let target = Value::String(pointer::component("schemas", &name));
            mapping.entry(name).or_insert(target);
        }
        let mut subtypes = IndexMap::new();
        for (value, target) in mapping.clone() {
            if let Some(place) = target.as_str().and_then(|target| self.selected(target)) {
                subtypes.insert(value, self.schema(place)?);
            }
        }
        if !subtypes.is_empty() {
            schema.maps.insert(SUBTYPES.to_owned(), subtypes);
        }
        Ok(())
    }

    /// Returns the location of the schema that a mapping value refers to by name or by reference.
    fn selected(&self, target: &str) -> Option<String> {
        let by_name = pointer::child("/components/schemas", target);
        let places = [Some(by_name), pointer::of_reference(target)];
        let mut found = places
            .into_iter()
            .flatten()
            .filter(|place| self.document.value().pointer(place).is_some());
        found.next()
    }

    fn schema_behind(&mut self, reference: &Value, place: &str) -> Result<SchemaId, Error> {
        let Some(reference) = reference.as_str() else {
            return Err(self.error(pointer::child(place, "$ref"), "must be a string"));
        };
        let target = self.target(reference, place)?;
        self.schema(target)
    }

    fn read_list(&mut self, value: &Value, at: &str) -> Result<Vec<SchemaId>, Error> {
        let Some(items) = value.as_array() else {
            return Err(self.error(at, "must be an array of schemas"));
        };
        (0..items.len())
            .map(|index| self.schema(pointer::child(at, &index.to_string())))
            .collect()
    }

    fn read_map(&mut self, value: &Value, at: &str) -> Result<IndexMap<String, SchemaId>, Error> {
        let Some(members) = value.as_object() else {
            return Err(self.error(at, "must be an object that maps names to schemas"));
        };
        members
            .keys()
            .map(|name| Ok((name.clone(), self.schema(pointer::child(at, name))?)))
            .collect()
    }
}

/// The key in [`Schema::maps`] for the schemas that a discriminator selects.
pub(crate) const SUBTYPES: &str = "discriminator";

/// Returns the name of a component schema without its namespace, which changes when documents are merged.
fn reusable_name(place: &str) -> Option<String> {
    let is_reusable = |parent: &str| parent == "/components/schemas" || parent.ends_with("/$defs");
    let (parent, _) = place.rsplit_once('/')?;
    let name = pointer::tokens(place).pop().filter(|_| is_reusable(parent))?;
    Some(short_name(&name).to_owned())
}
