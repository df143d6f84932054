//! Gives nested schemas titles, from which typify derives the names of their types.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use xtask_openapi::operation::{Operation, operations};
use xtask_openapi::{Fields as _, pointer};

use super::names::{SCHEMAS, component_types, numbered, type_name};

/// Adds a title to each nested schema whose type would otherwise have the name of a different type.
pub(super) fn distinguish(document: &mut Value) -> usize {
    let mut types = Types {
        document,
        known: component_types(document).map(|(_, ty)| (ty, None)).collect(),
        titles: BTreeMap::new(),
    };
    for (name, ty) in component_types(document) {
        let place = pointer::child(SCHEMAS, name);
        types.visit_component(place, &ty);
    }
    for operation in operations(document) {
        types.visit_operation(&operation);
    }
    let titles = types.titles;
    for (place, title) in &titles {
        if let Some(Value::Object(schema)) = document.pointer_mut(place) {
            schema.insert("title".to_owned(), json!(title));
        }
    }
    titles.len()
}

/// The types of a document, and the titles that make their names distinct.
struct Types<'a> {
    document: &'a Value,
    /// Nested schemas, keyed by type name, each with the name that typify derives from its parent. Component schemas
    /// are `None`, because typify generates a separate type for each of them.
    known: HashMap<String, Option<(String, &'a Value)>>,
    /// Titles, keyed by the JSON pointer to the schema.
    titles: BTreeMap<String, String>,
}

impl<'a> Types<'a> {
    /// Visits the contents of a component schema and of the schemas that its `allOf` refers to, because typify merges
    /// them. A single reference is not merged.
    fn visit_component(&mut self, place: String, ty: &str) {
        let (mut pending, mut seen) = (vec![place], HashSet::new());
        while let Some(place) = pending.pop() {
            self.visit_inside(&place, ty);
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
                self.visit(&format!("{place}/schema"), &format!("{id}-{name}"));
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
            self.visit(&format!("{media_type}/schema"), name);
        }
    }

    /// Visits a nested schema. `derived` is the name that typify derives from its parent.
    fn visit(&mut self, place: &str, derived: &str) {
        let schema = self.value(place);
        if schema.get("$ref").is_some() || self.titles.contains_key(place) {
            return;
        }
        let mut name = type_name(derived);
        if is_named(schema) {
            match self.known.get(&name) {
                // typify merges definitions of the same property in different parts of an `allOf`, and uses the same
                // type for equal schemas.
                Some(Some((other, known))) if other == derived || *known == schema => {}
                Some(_) => {
                    let title = numbered(&name, |title| !self.known.contains_key(&type_name(title)));
                    name = type_name(&title);
                    self.titles.insert(place.to_owned(), title);
                }
                None => {}
            }
            self.known
                .entry(name.clone())
                .or_insert_with(|| Some((derived.to_owned(), schema)));
        }
        self.visit_inside(place, &name);
    }

    /// Visits the schemas inside a schema whose type has the given name. Unions are omitted, because typify's names for
    /// their variants are distinct.
    fn visit_inside(&mut self, place: &str, name: &str) {
        let schema = self.value(place);
        for (property, _) in schema.members("properties") {
            let place = pointer::child(&format!("{place}/properties"), property);
            self.visit(&place, &format!("{name} {property}"));
        }
        let has_properties = schema.object("properties").is_some_and(|all| !all.is_empty());
        let value = if has_properties { "extra value" } else { "value" };
        for (keyword, suffix) in [("items", "item"), ("additionalProperties", value)] {
            if schema.object(keyword).is_some() {
                self.visit(&format!("{place}/{keyword}"), &format!("{name} {suffix}"));
            }
        }
        for index in 0..schema.items("allOf").len() {
            self.visit_inside(&format!("{place}/allOf/{index}"), name);
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
    let parts = schema.items("allOf");
    schema.object("properties").is_some_and(|all| !all.is_empty())
        || schema.items("enum").iter().any(Value::is_string)
        || ["oneOf", "anyOf"]
            .iter()
            .any(|union| schema.items(union).len() > 1)
        || parts.len() > 1
        || parts.iter().any(is_named)
}
