//! Imports a published document as facts: extracts operations, removes prose, converts to OpenAPI 3.0.3 and writes
//! YAML.

use serde_json::{Map, Value};

use crate::grammar::{Content, Kind};
use crate::lower::{LossyConversion, lower};
use crate::operation::{Selector, find};
use crate::slice::{Slice, slice};
use crate::{Document, Error, characters, naming, prose, server, yaml};

/// The first line of a facts file.
const HEADER: &str = "# Written by `cargo xtask import`; do not edit. Corrections belong in the overlay.\n";

/// The order of the top-level fields.
const TOP_LEVEL: [&str; 7] = [
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
];

/// The result of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The facts, as an OpenAPI 3.0.3 document.
    pub facts: Value,
    /// The facts as YAML.
    pub yaml: String,
    /// The parts of the published document that OpenAPI 3.0 cannot express.
    pub lossy_conversions: Vec<LossyConversion>,
}

/// Imports the selected operations of a document. Without selectors, imports the room-token operation.
///
/// # Errors
/// Returns an error if an operation is not found or if something that it needs cannot be imported.
pub fn import(document: &Document, selectors: &[Selector]) -> Result<Imported, Error> {
    let operations = find(document, selectors)?;
    let slice = slice(document, &operations)?;
    if let Some((place, name)) = slice.undeclared_schemes.first() {
        return Err(document.error(
            place,
            format!("refers to the undeclared security scheme `{name}`"),
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
    // The conversion may have dropped the only reference to a schema, so remove unused components again.
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

/// Replaces `allOf: [X]` with X if the schema has no other keywords. Removing prose leaves such schemas behind.
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

/// Sorts the top-level fields in the order of the OpenAPI specification, with extensions last.
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
