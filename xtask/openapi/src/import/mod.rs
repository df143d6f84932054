//! Imports a published document as facts: extracts operations, removes prose and writes YAML. The facts keep the
//! OpenAPI version of the document.

mod naming;
mod prefix;
pub mod prose;

use serde_json::{Map, Value};

use crate::check::check;
use crate::operation::{Operation, Selector, find};
use crate::slice::slice;
use crate::{Document, Error, characters, yaml};

/// The first line of a facts file.
const HEADER: &str = "# Written by `cargo xtask import`; do not edit. Corrections belong in the overlay.\n";

/// The order of the top-level fields.
const TOP_LEVEL: [&str; 8] = [
    "openapi",
    "jsonSchemaDialect",
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
    /// The facts, as an OpenAPI document.
    pub facts: Value,
    /// The facts as YAML.
    pub yaml: String,
}

/// Imports the selected operations from a document. Without selectors, imports all operations.
///
/// # Errors
/// Returns an error if an operation is not found, or if something that it needs can't be imported.
pub fn import(document: &Document, selectors: &[Selector]) -> Result<Imported, Error> {
    import_operations(document, &find(document, selectors)?)
}

/// Imports operations that `list` or `find` returned for the document.
///
/// # Errors
/// Returns an error if `operations` is empty, or if something that the operations need can't be imported.
pub fn import_operations(document: &Document, operations: &[Operation<'_>]) -> Result<Imported, Error> {
    if operations.is_empty() {
        return Err(Error::new(document.name(), "the document has no operations"));
    }
    let slice = slice(document, operations)?;
    if let Some((name, place)) = slice.undeclared_schemes.first_key_value() {
        return Err(document.error(
            place,
            format!("refers to the undeclared security scheme `{name}`"),
        ));
    }
    let mut facts = slice.value.clone();
    prose::strip(&mut facts);
    let stripped = document.changed(document.name(), facts);
    let checked = characters::check(&stripped).and_then(|()| check(&stripped));
    checked.map_err(|mut error| {
        error.pointer = error.pointer.map(|pointer| slice.origin(&pointer));
        error
    })?;
    let mut facts = stripped.into_value();
    naming::shorten(&mut facts);
    prefix::move_into_paths(&mut facts);
    let facts = ordered(facts);
    let yaml = format!("{HEADER}{}", yaml::to_string(&facts));
    Ok(Imported { facts, yaml })
}

/// Sorts the top-level fields in the order of the OpenAPI specification, with extensions at the end.
fn ordered(document: Value) -> Value {
    let Value::Object(mut fields) = document else {
        return document;
    };
    let known = TOP_LEVEL
        .iter()
        .filter_map(|name| fields.shift_remove_entry(*name));
    let mut ordered: Map<_, _> = known.collect();
    ordered.extend(fields);
    Value::Object(ordered)
}
