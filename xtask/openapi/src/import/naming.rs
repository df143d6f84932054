//! Shortens component names by removing their namespaces if the short names are unique.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::grammar::Kind;
use crate::pointer;
use crate::slice::Children;
use crate::walk::children_mut;

/// Maps old references to new ones.
type Renames = BTreeMap<String, String>;

/// Removes namespaces (`Types.StatusCodes.StatusCode401`) and updates all references.
pub(crate) fn shorten(document: &mut Value) {
    let kept = selected_by_name(document);
    let mut renames = Renames::new();
    let sections = document.get_mut("components").and_then(Value::as_object_mut);
    for (section, objects) in sections.into_iter().flatten() {
        // Security requirements refer to security schemes by name.
        if let Value::Object(objects) = objects
            && section != "securitySchemes"
        {
            shorten_section(section, objects, &kept, &mut renames);
        }
    }
    rename(document, Kind::OpenApi, &renames);
}

/// Returns references to the schemas whose names are values of a discriminator property. These names must not change.
fn selected_by_name(document: &Value) -> BTreeSet<String> {
    let children = Children::of(document);
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let mut selected = BTreeSet::new();
    for (name, schema) in schemas.into_iter().flatten() {
        let reference = pointer::component("schemas", name);
        let names = schema
            .as_object()
            .map(|schema| children.selected_by_name(schema, &reference));
        selected.extend(
            names
                .into_iter()
                .flatten()
                .map(|name| pointer::component("schemas", &name)),
        );
    }
    selected
}

fn shorten_section(
    section: &str,
    objects: &mut Map<String, Value>,
    kept: &BTreeSet<String>,
    renames: &mut Renames,
) {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for name in objects.keys() {
        *counts.entry(short(name).to_owned()).or_default() += 1;
    }
    *objects = std::mem::take(objects)
        .into_iter()
        .map(|(name, object)| {
            let short = short(&name).to_owned();
            let is_kept = kept.contains(&pointer::component(section, &name));
            if is_kept || short == name || counts.get(&short) != Some(&1) {
                return (name, object);
            }
            renames.insert(
                pointer::component(section, &name),
                pointer::component(section, &short),
            );
            (short, object)
        })
        .collect();
    objects.sort_keys();
}

/// Returns the part of a name that follows its namespace.
fn short(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((_, short)) if !short.is_empty() => short,
        _ => name,
    }
}

fn rename(value: &mut Value, kind: Kind, renames: &Renames) {
    let Value::Object(object) = value else { return };
    if kind == Kind::Schema {
        keep_implicit_mapping(object, renames);
    }
    if let Some(reference) = object.get_mut("$ref").filter(|_| kind.can_be_reference()) {
        rename_reference(reference, renames);
    }
    if kind == Kind::Discriminator {
        let mapping = object.get_mut("mapping").and_then(Value::as_object_mut);
        let targets = mapping.into_iter().flat_map(Map::values_mut);
        targets.for_each(|target| rename_reference(target, renames));
    }
    for child in children_mut(object, kind) {
        rename(child.value, child.kind, renames);
    }
}

fn rename_reference(reference: &mut Value, renames: &Renames) {
    if let Some(new) = reference.as_str().and_then(|old| renames.get(old)) {
        *reference = Value::String(new.clone());
    }
}

/// Adds discriminator mappings for schemas that are selected by name and are about to be renamed.
fn keep_implicit_mapping(schema: &mut Map<String, Value>, renames: &Renames) {
    let choices: Vec<String> = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|name| schema.get(*name).and_then(Value::as_array))
        .flatten()
        .filter_map(|choice| choice.get("$ref").and_then(Value::as_str).map(str::to_owned))
        .filter(|reference| renames.contains_key(reference))
        .collect();
    let Some(Value::Object(discriminator)) = schema.get_mut("discriminator") else {
        return;
    };
    let mapping = discriminator
        .entry("mapping")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(mapping) = mapping {
        for reference in choices {
            let is_mapped = mapping
                .values()
                .any(|target| target.as_str() == Some(reference.as_str()));
            let name = pointer::of_reference(&reference).and_then(|target| pointer::tokens(&target).pop());
            if let Some(name) = name.filter(|_| !is_mapped) {
                mapping.entry(name).or_insert(Value::String(reference));
            }
        }
    }
    if discriminator
        .get("mapping")
        .and_then(Value::as_object)
        .is_some_and(Map::is_empty)
    {
        discriminator.shift_remove("mapping");
    }
}
