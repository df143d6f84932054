//! Selects operations by operationId, or by method and path.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::model::{Operation, list};
use crate::grammar::METHODS;
use crate::{Document, Error};

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

impl Selector {
    fn selects(&self, operation: &Operation<'_>) -> bool {
        match self {
            Self::Id(id) => operation.id() == Some(id),
            Self::MethodPath(method, path) => {
                operation.method == method
                    && (operation.path() == path || operation.effective_paths().contains(path))
            }
        }
    }

    fn selects_end_of(&self, operation: &Operation<'_>) -> bool {
        let Self::MethodPath(method, end) = self else {
            return false;
        };
        let mut paths = operation.effective_paths().into_iter();
        operation.method == method && paths.any(|path| path.trim_end_matches('/').ends_with(end))
    }
}

/// Returns the positions of the operations that match a selector.
#[must_use]
pub fn select(operations: &[Operation<'_>], selector: &Selector) -> Vec<usize> {
    let positions = |fits: fn(&Selector, &Operation<'_>) -> bool| -> Vec<usize> {
        let all = operations.iter().enumerate();
        let chosen = all.filter(|(_, operation)| fits(selector, operation));
        chosen.map(|(position, _)| position).collect()
    };
    let found = positions(Selector::selects);
    if found.is_empty() {
        positions(Selector::selects_end_of)
    } else {
        found
    }
}

/// Returns the selected operations, in document order. Without selectors, returns all operations.
///
/// # Errors
/// Returns an error if the document has no operations, or if a selector matches no operation or more than one.
pub fn find<'d>(document: &'d Document, selectors: &[Selector]) -> Result<Vec<Operation<'d>>, Error> {
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
    let positions = chosen.into_iter();
    Ok(positions
        .filter_map(|position| operations.get(position).cloned())
        .collect())
}

fn single(document: &Document, operations: &[Operation<'_>], selector: &Selector) -> Result<usize, Error> {
    let message = match select(operations, selector).as_slice() {
        [position] => return Ok(*position),
        [] => {
            let nearest = join(nearest(operations, &selector.to_string()).into_iter());
            format!("no operation matches `{selector}`; similar operations: {nearest}")
        }
        several => {
            let all = several.iter().filter_map(|position| operations.get(*position));
            let all = join(all);
            format!("`{selector}` is ambiguous; select by method and path: {all}")
        }
    };
    Err(Error::new(document.name(), message))
}

fn join<'a>(operations: impl Iterator<Item = &'a Operation<'a>>) -> String {
    let names: Vec<String> = operations
        .take(MAX_LISTED)
        .map(|operation| match operation.id() {
            Some(id) => format!("`{operation}` ({id})"),
            None => format!("`{operation}`"),
        })
        .collect();
    names.join(", ")
}

/// Returns the three operations whose paths or operationIds are most similar to `wanted`.
fn nearest<'a>(operations: &'a [Operation<'a>], wanted: &str) -> Vec<&'a Operation<'a>> {
    let likeness = |operation: &Operation<'_>| {
        let written = operation.to_string();
        [Some(written.as_str()), operation.id()]
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
