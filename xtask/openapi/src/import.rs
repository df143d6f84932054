//! From a published document to a table of facts: cut, stripped of prose, lowered, written in one way.

use serde_json::{Map, Value};

use crate::grammar::{Content, Kind};
use crate::lower::{LossyConversion, lower};
use crate::operation::{Selector, find};
use crate::slice::{Slice, slice};
use crate::{Document, Error, characters, naming, prose, server, yaml};

/// What the file of facts begins with.
const HEADER: &str = "# Written by `cargo xtask import`; do not edit. Corrections belong in the overlay.\n";

/// The order of a document's fields.
const TOP_LEVEL: [&str; 7] = [
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
];

/// What an import gives.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The facts: an OpenAPI 3.0.3 document.
    pub facts: Value,
    /// The same as text.
    pub yaml: String,
    /// What OpenAPI 3.0 cannot say of what the published document says.
    pub lossy_conversions: Vec<LossyConversion>,
}

/// Imports the chosen operations of a document; without selectors, the room-token operation.
///
/// # Errors
/// If an operation is not found or something that it reaches cannot be carried over.
pub fn import(document: &Document, selectors: &[Selector]) -> Result<Imported, Error> {
    let operations = find(document, selectors)?;
    let slice = slice(document, &operations)?;
    if let Some((place, name)) = slice.undeclared_schemes.first() {
        return Err(document.error(
            place,
            format!("names a security scheme `{name}` that is not declared"),
        ));
    }
    let in_source = |mut error: Error| {
        error.pointer = error.pointer.map(|pointer| slice.origin(&pointer));
        error
    };
    let mut value = slice.value.clone();
    prose::strip(&mut value);
    let stripped = document.with_value(value);
    characters::check(&stripped).map_err(in_source)?;
    let lowered = lower(&stripped).map_err(in_source)?;
    let mut lossy_conversions = lowered.lossy_conversions;
    for conversion in &mut lossy_conversions {
        conversion.pointer = slice.origin(&conversion.pointer);
    }
    // Lowering can drop the only reference to a schema.
    let Slice { value: mut facts, .. } = self::slice(&document.with_value(lowered.value), &operations)?;
    naming::shorten(&mut facts);
    server::move_prefix_into_paths(&mut facts);
    unwrap_all_of(&mut facts, Kind::OpenApi);
    let facts = ordered(facts);
    let yaml = format!("{HEADER}{}", yaml::to_string(&facts));
    Ok(Imported {
        facts,
        yaml,
        lossy_conversions,
    })
}

/// Writes `allOf: [X]` with nothing beside it as X: what was beside it was prose.
fn unwrap_all_of(value: &mut Value, kind: Kind) {
    let Value::Object(object) = value else { return };
    for (name, value) in object.iter_mut() {
        match kind.content(name) {
            Some(Content::Object(kind)) => unwrap_all_of(value, kind),
            Some(Content::List(kind)) => {
                value
                    .as_array_mut()
                    .into_iter()
                    .flatten()
                    .for_each(|item| unwrap_all_of(item, kind));
            }
            Some(Content::Map(kind)) => {
                let items = value.as_object_mut().into_iter().flat_map(Map::values_mut);
                items.for_each(|item| unwrap_all_of(item, kind));
            }
            _ => {}
        }
    }
    if kind == Kind::Schema
        && object.len() == 1
        && let Some(Value::Array(all)) = object.get_mut("allOf")
        && all.len() == 1
        && let Some(only) = all.pop()
    {
        *value = only;
    }
}

/// Puts the fields of the document into the order of its specification, extensions last.
fn ordered(document: Value) -> Value {
    let Value::Object(mut fields) = document else {
        return document;
    };
    let mut ordered = Map::new();
    for name in TOP_LEVEL {
        if let Some((name, value)) = fields.shift_remove_entry(name) {
            ordered.insert(name, value);
        }
    }
    ordered.extend(fields);
    Value::Object(ordered)
}
