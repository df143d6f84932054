//! Finds out which part of a document makes the generator fail.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use xtask_openapi::grammar::METHODS;
use xtask_openapi::{Error, pointer};

use crate::generator::generate;

/// The place of reusable schemas.
const SCHEMAS: &str = "/components/schemas";

/// An error about the smallest part of the document that fails by itself: a schema, else an operation, else
/// the whole. `message` is what the generator said about the whole.
pub(crate) fn blame(name: &str, document: &Value, message: &str) -> Error {
    let culprit = blame_schema(document).or_else(|| blame_operation(document));
    let (place, message) = culprit.unwrap_or_else(|| (String::new(), message.to_owned()));
    Error::at(
        name,
        place,
        format!("progenitor cannot generate code for this: {message}"),
    )
}

fn blame_schema(document: &Value) -> Option<(String, String)> {
    let schemas = document.pointer(SCHEMAS)?.as_object()?;
    let mut parts: Vec<(&String, BTreeSet<String>)> = schemas
        .keys()
        .map(|name| (name, reached_from(schemas, name)))
        .collect();
    parts.sort_by_key(|(_, reached)| reached.len());
    parts.into_iter().find_map(|(name, reached)| {
        let mut part = document.clone();
        *part.get_mut("paths")? = json!({});
        part.pointer_mut(SCHEMAS)?
            .as_object_mut()?
            .retain(|name, _| reached.contains(name));
        let message = generate(&part).err()?;
        Some((pointer::child(SCHEMAS, name), message))
    })
}

/// The names of a schema and of all that it refers to at any distance.
fn reached_from(schemas: &Map<String, Value>, name: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![name.to_owned()];
    while let Some(name) = pending.pop() {
        if let Some(schema) = schemas.get(&name)
            && reached.insert(name)
        {
            let mut targets = Vec::new();
            pointer::collect_references(schema, &mut targets);
            pending.extend(targets.iter().filter_map(|target| pointer::tokens(target).pop()));
        }
    }
    reached
}

fn blame_operation(document: &Value) -> Option<(String, String)> {
    let paths = document.get("paths")?.as_object()?;
    paths.iter().find_map(|(path, item)| {
        let methods = item
            .as_object()?
            .keys()
            .filter(|name| METHODS.contains(&name.as_str()));
        methods.into_iter().find_map(|method| {
            let mut part = document.clone();
            let paths = part.get_mut("paths")?.as_object_mut()?;
            paths.retain(|name, _| name == path);
            let item = paths.get_mut(path)?.as_object_mut()?;
            item.retain(|name, _| name == method || !METHODS.contains(&name.as_str()));
            let message = generate(&part).err()?;
            Some((pointer::child(&pointer::child("/paths", path), method), message))
        })
    })
}
