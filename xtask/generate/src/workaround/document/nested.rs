//! Gives nested schemas titles, from which typify derives the names of their types.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use heck::ToSnakeCase as _;
use serde_json::{Value, json};
use xtask_openapi::operation::{Operation, operations};
use xtask_openapi::{Fields as _, pointer};

use super::names::{SCHEMAS, component_types, numbered, rename_types_called, type_name};
use super::schemas::strip;

/// Adds a title to each nested schema whose type would otherwise have the name of a different type. Renames the
/// component schema instead if the nested schema belongs to several types.
pub(super) fn distinguish(document: &mut Value) -> usize {
    strip(document, &["title"]);
    let mut types = Types {
        document,
        known: component_types(document).map(|(_, ty)| (ty, None)).collect(),
        titles: BTreeMap::new(),
        clashing: BTreeSet::new(),
    };
    for (name, ty) in component_types(document) {
        types.visit_component(pointer::child(SCHEMAS, name), &ty);
    }
    for operation in operations(document) {
        types.visit_operation(&operation);
    }
    let Types { titles, clashing, .. } = types;
    for (place, title) in &titles {
        if let Some(Value::Object(schema)) = document.pointer_mut(place) {
            schema.insert("title".to_owned(), json!(title));
        }
    }
    titles.len() + rename_types_called(document, &clashing)
}

/// The types of a document, and the changes that make their names distinct.
struct Types<'a> {
    document: &'a Value,
    /// The nested schemas, keyed by type name. Component schemas are `None`, because typify generates a separate type for
    /// each of them.
    known: HashMap<String, Option<Nested<'a>>>,
    /// Titles, keyed by the JSON pointer to the schema.
    titles: BTreeMap<String, String>,
    /// The types of component schemas that need another name.
    clashing: BTreeSet<String>,
}

/// A nested schema.
struct Nested<'a> {
    /// The JSON pointer to the schema that it is a part of, and its name there.
    part: (String, String),
    schema: &'a Value,
}

/// A schema that contains others.
struct Owner<'a> {
    /// The JSON pointer. All parts of an intersection have the same owner.
    place: &'a str,
    ty: &'a str,
    /// `true` if the contained schemas also belong to another type.
    is_shared: bool,
}

impl<'a> Types<'a> {
    /// Visits the contents of a component schema and of the schemas that its `allOf` refers to, because typify merges
    /// them. A single reference is not merged.
    fn visit_component(&mut self, component: String, ty: &str) {
        let (mut pending, mut seen) = (vec![component.clone()], HashSet::new());
        // typify gives the non-nullable version of the type a different name.
        let is_nullable = self.value(&component).is_true("nullable");
        let ty = if is_nullable { &format!("{ty}Inner") } else { ty };
        while let Some(place) = pending.pop() {
            let owner = Owner {
                place: &component,
                ty,
                is_shared: place != component,
            };
            self.visit_inside(&place, &owner);
            let schema = self.value(&place);
            let parts = schema.items("allOf");
            if parts.len() == 1 && schema.get("properties").is_none() {
                continue;
            }
            let targets = parts
                .iter()
                .filter_map(|part| pointer::of_reference(part.text("$ref")?));
            pending.extend(targets.filter(|target| seen.insert(target.clone())));
        }
    }

    fn visit_operation(&mut self, operation: &Operation<'a>) {
        let id = operation.id().unwrap_or_default();
        for (list, parameters) in operation.parameter_lists() {
            for index in 0..parameters.len() {
                let place = self.resolved(format!("{list}/{index}"));
                let name = self.value(&place).text("name").unwrap_or_default();
                self.visit_root(&format!("{place}/schema"), &format!("{id}-{name}"));
            }
        }
        let place = operation.pointer();
        self.visit_content(format!("{place}/requestBody"), &format!("{id}-body"));
        for (status, _) in operation.value.members("responses") {
            let place = pointer::child(&format!("{place}/responses"), status);
            self.visit_content(place, &format!("{id}-response"));
        }
    }

    /// Visits the schemas of a request body or a response.
    fn visit_content(&mut self, place: String, name: &str) {
        let place = self.resolved(place);
        for (media_type, _) in self.value(&place).members("content") {
            let media_type = pointer::child(&format!("{place}/content"), media_type);
            self.visit_root(&format!("{media_type}/schema"), name);
        }
    }

    /// Visits a schema that is not part of another one.
    fn visit_root(&mut self, place: &str, name: &str) {
        let owner = Owner {
            place,
            ty: name,
            is_shared: false,
        };
        self.visit(place, &owner, "");
    }

    /// Visits a nested schema. `part` is its name inside its owner.
    fn visit(&mut self, place: &str, owner: &Owner<'_>, part: &str) {
        let schema = self.value(place);
        if schema.get("$ref").is_some() || self.titles.contains_key(place) {
            return;
        }
        // typify converts the only part of a union or an intersection as if it stood alone.
        for keyword in ["oneOf", "anyOf", "allOf"] {
            if schema.items(keyword).len() == 1 && schema.get("properties").is_none() {
                return self.visit(&format!("{place}/{keyword}/0"), owner, part);
            }
        }
        let mut name = type_name(&format!("{} {}", owner.ty, part.to_snake_case()));
        if is_named(schema) {
            let part = (owner.place.to_owned(), part.to_owned());
            match self.known.get(&name) {
                // typify merges definitions of the same property in different parts of an `allOf`, and uses the same
                // type for equal schemas.
                Some(Some(known)) if known.part == part || known.schema == schema => {}
                Some(known) if owner.is_shared => {
                    let component = known.is_none().then(|| name.clone());
                    self.clashing.extend(component);
                }
                Some(_) => {
                    let title = numbered(&name, |title| !self.known.contains_key(&type_name(title)));
                    name = type_name(&title);
                    self.titles.insert(place.to_owned(), title);
                }
                None => {}
            }
            let nested = || Some(Nested { part, schema });
            self.known.entry(name.clone()).or_insert_with(nested);
        }
        let owner = Owner {
            place,
            ty: &name,
            is_shared: owner.is_shared,
        };
        self.visit_inside(place, &owner);
    }

    /// Visits the schemas inside a schema. Unions are omitted, because typify usually derives distinct names for their
    /// variants.
    fn visit_inside(&mut self, place: &str, owner: &Owner<'_>) {
        let schema = self.value(place);
        for (property, _) in schema.members("properties") {
            let place = pointer::child(&format!("{place}/properties"), property);
            self.visit(&place, owner, property);
        }
        let has_properties = schema.object("properties").is_some_and(|all| !all.is_empty());
        let value = if has_properties { "extra value" } else { "value" };
        for (keyword, part) in [("items", "item"), ("additionalProperties", value)] {
            if schema.object(keyword).is_some() {
                self.visit(&format!("{place}/{keyword}"), owner, part);
            }
        }
        for index in 0..schema.items("allOf").len() {
            self.visit_inside(&format!("{place}/allOf/{index}"), owner);
        }
    }

    fn value(&self, place: &str) -> &'a Value {
        self.document.pointer(place).unwrap_or(&Value::Null)
    }

    /// Follows references. The limit guards against cycles.
    fn resolved(&self, mut place: String) -> String {
        for _ in 0..32 {
            match self.value(&place).text("$ref").and_then(pointer::of_reference) {
                Some(target) => place = target,
                None => break,
            }
        }
        place
    }
}

/// Returns `true` if typify generates a struct or an enum for a schema.
fn is_named(schema: &Value) -> bool {
    let has_members = |name| schema.object(name).is_some_and(|members| !members.is_empty());
    let has_items = |name| !schema.items(name).is_empty();
    has_members("properties")
        || has_items("required")
        || schema.get("additionalProperties") == Some(&Value::Bool(false))
        || has_items("enum")
        || ["oneOf", "anyOf", "allOf"]
            .iter()
            .any(|keyword| has_items(keyword))
}
