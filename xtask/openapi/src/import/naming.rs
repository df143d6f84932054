//! Shortens component names by removing their namespaces if the short names are unique.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::document::Fields as _;
use crate::grammar::Kind;
use crate::pointer;
use crate::slice::Children;
use crate::walk::{change, rename_references};

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
    // Mappings are added before the references are renamed.
    change(document, &mut |kind, schema| {
        if kind == Kind::Schema {
            keep_implicit_mapping(schema, &renames);
        }
    });
    rename_references(document, &renames);
}

/// Returns references to the schemas whose names are values of a discriminator property. These names must not change.
fn selected_by_name(document: &Value) -> BTreeSet<String> {
    let children = Children::of(document);
    let reference = |name: &str| pointer::component("schemas", name);
    document
        .components("schemas")
        .filter_map(|(name, schema)| Some(children.selected_by_name(schema.as_object()?, &reference(name))))
        .flatten()
        .map(|name| reference(&name))
        .collect()
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

/// Adds discriminator mappings for schemas that are selected by name and are about to be renamed.
fn keep_implicit_mapping(schema: &mut Map<String, Value>, renames: &Renames) -> Option<()> {
    let choices = [schema.items("oneOf"), schema.items("anyOf")].concat();
    let renamed: Vec<&str> = choices
        .iter()
        .filter_map(|choice| choice.text("$ref"))
        .filter(|reference| renames.contains_key(*reference))
        .collect();
    if renamed.is_empty() {
        return None;
    }
    let discriminator = schema.get_mut("discriminator")?.as_object_mut()?;
    let mapping = discriminator.entry("mapping").or_insert_with(|| json!({}));
    let mapping = mapping.as_object_mut()?;
    for reference in renamed {
        let is_mapped = mapping.values().any(|target| target == reference);
        let name = pointer::tokens(&pointer::of_reference(reference)?).pop()?;
        if !is_mapped {
            mapping.entry(name).or_insert_with(|| json!(reference));
        }
    }
    Some(())
}
