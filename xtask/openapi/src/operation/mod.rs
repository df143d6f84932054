//! Lists and selects the operations in a document.

pub mod server;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::document::Fields as _;
use crate::grammar::METHODS;
use crate::{Document, Error, pointer};

/// The maximum length of names to compare when looking for similar ones, because this takes quadratic time.
const MAX_COMPARED: usize = 200;

/// The maximum number of operations listed in a message.
const MAX_LISTED: usize = 20;

/// A criterion for selecting an operation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Selector {
    /// Selects by `operationId`.
    Id(String),
    /// Selects by method (in lowercase) and path, with or without the path prefix in the server URL. If no operation
    /// has this path, selects the operation whose path ends with it.
    MethodPath(String, String),
}

impl FromStr for Selector {
    type Err = Error;

    /// Parses an operationId or `METHOD /path`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let (method, path) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let method = method.to_ascii_lowercase();
        if METHODS.contains(&method.as_str()) && path.trim_start().starts_with('/') {
            return Ok(Self::MethodPath(method, path.trim_start().to_owned()));
        }
        if text.is_empty() || text.starts_with('/') || text.contains(char::is_whitespace) {
            let message = "is not a valid operation selector: expected an operationId or `METHOD /path`";
            return Err(Error::new(format!("`{text}`"), message));
        }
        Ok(Self::Id(text.to_owned()))
    }
}

impl TryFrom<String> for Selector {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::MethodPath(method, path) => write!(f, "{} {path}", method.to_ascii_uppercase()),
        }
    }
}

/// An operation in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The path as written in the document.
    pub path: String,
    /// The method, in lowercase.
    pub method: String,
    /// The `operationId`.
    pub id: Option<String>,
    /// The path, including the prefix from the server URL. If the servers have different prefixes, there are several
    /// entries.
    pub effective_paths: Vec<String>,
}

impl Operation {
    fn is_selected_by(&self, selector: &Selector) -> bool {
        match selector {
            Selector::Id(id) => self.id.as_ref() == Some(id),
            Selector::MethodPath(method, path) => {
                self.method == *method && (self.path == *path || self.effective_paths.contains(path))
            }
        }
    }

    fn ends_with(&self, selector: &Selector) -> bool {
        let Selector::MethodPath(method, end) = selector else {
            return false;
        };
        let mut paths = self.effective_paths.iter();
        self.method == *method && paths.any(|path| path.trim_end_matches('/').ends_with(end))
    }
}

/// Returns the positions of the operations that match a selector.
#[must_use]
pub fn select(operations: &[Operation], selector: &Selector) -> Vec<usize> {
    let positions = |fits: fn(&Operation, &Selector) -> bool| -> Vec<usize> {
        let all = operations.iter().enumerate();
        let chosen = all.filter(|(_, operation)| fits(operation, selector));
        chosen.map(|(position, _)| position).collect()
    };
    let found = positions(Operation::is_selected_by);
    if found.is_empty() {
        positions(Operation::ends_with)
    } else {
        found
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

/// Returns all operations in a document, in document order.
///
/// # Errors
/// Returns an error if the document's paths can't be read.
pub fn list(document: &Document) -> Result<Vec<Operation>, Error> {
    document.version()?;
    let root = document.value();
    let Some(paths) = root.get("paths") else {
        return Ok(Vec::new());
    };
    let paths = paths
        .as_object()
        .ok_or_else(|| document.error("/paths", "must be an object with paths as keys"))?;
    let mut operations = Vec::new();
    for path in paths.keys().filter(|path| path.starts_with('/')) {
        let item = Value::Object(path_item(document, path)?);
        let fields = item.as_object().into_iter().flatten();
        for (method, operation) in fields.filter(|(name, _)| METHODS.contains(&name.as_str())) {
            operations.push(Operation {
                path: path.clone(),
                method: method.clone(),
                id: operation.text("operationId").map(str::to_owned),
                effective_paths: server::effective_paths(server::in_effect(root, &item, operation), path),
            });
        }
    }
    Ok(operations)
}

/// Returns the fields of a path item, including those of a path item that it refers to.
pub(crate) fn path_item(document: &Document, path: &str) -> Result<Map<String, Value>, Error> {
    let mut item = Map::new();
    for (_, fields) in path_items(document, path)? {
        for (name, value) in fields.iter().filter(|(name, _)| *name != "$ref") {
            item.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    Ok(item)
}

/// Returns the location of a field of a path item, which may be in another path item that it refers to.
///
/// # Errors
/// Returns an error if the path item can't be read.
pub fn path_item_field(document: &Document, path: &str, field: &str) -> Result<Option<String>, Error> {
    let mut items = path_items(document, path)?.into_iter();
    let item = items.find(|(_, fields)| fields.contains_key(field));
    Ok(item.map(|(place, _)| pointer::child(&place, field)))
}

/// A path item: its location and its fields.
type PathItem<'a> = (String, &'a Map<String, Value>);

/// Returns a path item and the one that it refers to, if any.
fn path_items<'a>(document: &'a Document, path: &str) -> Result<Vec<PathItem<'a>>, Error> {
    let object_at = |place: &str| document.value().pointer(place).and_then(Value::as_object);
    let place = pointer::child("/paths", path);
    let must_be_object = || document.error(&place, "must be an object with HTTP methods as keys");
    let item = object_at(&place).ok_or_else(must_be_object)?;
    let Some(reference) = item.get("$ref") else {
        return Ok(vec![(place, item)]);
    };
    let target = reference.as_str().and_then(pointer::of_reference);
    let target = target.and_then(|target| Some((object_at(&target)?, target)));
    match target {
        Some((fields, target)) if !fields.contains_key("$ref") => Ok(vec![(place, item), (target, fields)]),
        _ => {
            let message = format!("{reference} doesn't refer to a path item in this document");
            Err(document.error(pointer::child(&place, "$ref"), message))
        }
    }
}

/// Returns the selected operations, in document order. Without selectors, returns all operations.
///
/// # Errors
/// Returns an error if the document has no operations, or if a selector matches no operation or more than one.
pub fn find(document: &Document, selectors: &[Selector]) -> Result<Vec<Operation>, Error> {
    let operations = list(document)?;
    if operations.is_empty() {
        return Err(Error::new(document.name(), "the document has no operations"));
    }
    if selectors.is_empty() {
        return Ok(operations);
    }
    let mut chosen = BTreeSet::new();
    for selector in selectors {
        chosen.insert(single(document, &operations, selector)?);
    }
    let positions = chosen.iter();
    Ok(positions
        .filter_map(|position| operations.get(*position).cloned())
        .collect())
}

fn single(document: &Document, operations: &[Operation], selector: &Selector) -> Result<usize, Error> {
    let message = match select(operations, selector).as_slice() {
        [position] => return Ok(*position),
        [] => {
            let nearest = join(nearest(operations, &selector.to_string()).into_iter());
            format!("no operation `{selector}`; similar operations: {nearest}")
        }
        several => {
            let all = several.iter().filter_map(|position| operations.get(*position));
            let all = join(all);
            format!("`{selector}` is ambiguous; select by method and path: {all}")
        }
    };
    Err(Error::new(document.name(), message))
}

fn join<'a>(operations: impl Iterator<Item = &'a Operation>) -> String {
    let names: Vec<String> = operations
        .take(MAX_LISTED)
        .map(|operation| match &operation.id {
            Some(id) => format!("`{operation}` ({id})"),
            None => format!("`{operation}`"),
        })
        .collect();
    names.join(", ")
}

/// Returns the three operations whose paths or operationIds are most similar to `wanted`.
fn nearest<'a>(operations: &'a [Operation], wanted: &str) -> Vec<&'a Operation> {
    let likeness = |operation: &Operation| {
        let written = operation.to_string();
        [Some(written.as_str()), operation.id.as_deref()]
            .into_iter()
            .flatten()
            .filter(|name| name.len().max(wanted.len()) <= MAX_COMPARED)
            .map(|name| strsim::normalized_levenshtein(name, wanted))
            .fold(0.0, f64::max)
    };
    let mut scored: Vec<_> = operations
        .iter()
        .map(|operation| (likeness(operation), operation))
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored
        .into_iter()
        .take(3)
        .map(|(_, operation)| operation)
        .collect()
}
