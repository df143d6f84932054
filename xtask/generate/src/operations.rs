//! The operations in a document, in a form suited to code generation.

use std::collections::{HashMap, HashSet};
use std::fmt;

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::Printable;
use xtask_openapi::grammar::METHODS;
use xtask_openapi::walk::{self, OperationAt, resolve};

/// An operation.
pub(crate) struct Operation<'a> {
    /// The operationId, converted to a Rust identifier.
    pub(crate) name: String,
    /// The HTTP method, in lowercase.
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// The parameters, including those of the path item. References are resolved.
    pub(crate) parameters: Vec<&'a Value>,
    /// The schema of the JSON request body.
    pub(crate) body: Option<&'a Value>,
}

/// An operation that has a different name in the code, because another operation uses its operationId.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedOperation {
    /// The method, in lowercase.
    pub method: String,
    /// The path.
    pub path: String,
    /// The operationId in the document, or the default one.
    pub id: String,
    /// The operationId that determines the name in the code.
    pub new_id: String,
    /// The method and path of the operation that keeps the name.
    pub other: String,
}

impl fmt::Display for RenamedOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            id,
            new_id,
            other,
            ..
        } = self;
        let method = self.method.to_ascii_uppercase();
        let text = format!("{method} {path}: `{id}` is also used by {other}; generated as `{new_id}`");
        write!(f, "{}", Printable(&text))
    }
}

/// Returns the operations in a document, in document order.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let renamed = renamed(document);
    let new_ids: HashMap<_, _> = renamed
        .iter()
        .map(|operation| ((&*operation.path, &*operation.method), &operation.new_id))
        .collect();
    walk::operations(document)
        .map(|operation| Operation {
            name: match new_ids.get(&(operation.path, operation.method)) {
                Some(id) => identifier(id),
                None => identifier(&id(&operation)),
            },
            method: operation.method,
            path: operation.path,
            parameters: parameters(document, &operation),
            body: body(document, operation.value),
        })
        .collect()
}

/// Returns the operations that must be renamed because their builders would not have unique names.
///
/// The first operation keeps its name, and each of the others gets the lowest number that makes its name unique.
/// Operations are ordered by path and method, regardless of their order in the document; those without an operationId
/// come last.
pub(crate) fn renamed(document: &Value) -> Vec<RenamedOperation> {
    let mut operations: Vec<OperationAt<'_>> = walk::operations(document).collect();
    operations.sort_by_key(|operation| {
        let has_id = operation.value.text("operationId").is_some();
        let method = METHODS.iter().position(|name| *name == operation.method);
        (!has_id, operation.path, method)
    });
    let mut owners = HashMap::new();
    for operation in &operations {
        owners.entry(builder(&id(operation))).or_insert(operation);
    }
    let mut taken: HashSet<String> = owners.keys().cloned().collect();
    let mut next_numbers: HashMap<String, usize> = HashMap::new();
    let rename = |operation: &OperationAt<'_>| {
        let id = id(operation);
        let owner = owners
            .get(&builder(&id))
            .filter(|owner| !std::ptr::eq(**owner, operation))?;
        let number = next_numbers.entry(builder(&id)).or_insert(2);
        let new_id = loop {
            let candidate = format!("{id}_{number}");
            *number += 1;
            if taken.insert(builder(&candidate)) {
                break candidate;
            }
        };
        Some(RenamedOperation {
            method: operation.method.to_owned(),
            path: operation.path.to_owned(),
            id,
            new_id,
            other: format!("{} {}", owner.method.to_ascii_uppercase(), owner.path),
        })
    };
    operations.iter().filter_map(rename).collect()
}

/// Returns the name of an operation's builder. If the builders have different names, so do the methods. The reverse is
/// not true: the methods `list_2` and `list2` share the builder name `List2`.
fn builder(id: &str) -> String {
    identifier(id).to_pascal_case()
}

/// Returns the operationId, or the default one if it is missing.
fn id(operation: &OperationAt<'_>) -> String {
    let published = operation.value.text("operationId");
    published.map_or_else(|| default_id(operation.path, operation.method), str::to_owned)
}

/// Returns the default operationId for an operation that doesn't have one.
pub(crate) fn default_id(path: &str, method: &str) -> String {
    format!(
        "{method}{}",
        path.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
    )
}

/// Converts a name from the document to a snake-case identifier.
pub(crate) fn identifier(name: &str) -> String {
    let mut snake = name
        .replace(|c: char| !c.is_ascii_alphanumeric(), "_")
        .to_snake_case();
    if !snake.starts_with(|c: char| c.is_ascii_alphabetic()) {
        snake.insert(0, '_');
    }
    // `gen` is a keyword in the 2024 edition, but `syn` accepts it as an identifier.
    if snake == "gen" || syn::parse_str::<syn::Ident>(&snake).is_err() {
        snake.push('_');
    }
    snake
}

/// Returns the parameters of an operation and its path item, with references resolved.
pub(crate) fn parameters<'a>(document: &'a Value, operation: &OperationAt<'a>) -> Vec<&'a Value> {
    let mut parameters: Vec<&Value> = Vec::new();
    // An operation's parameters override path item parameters with the same name and location.
    for owner in [operation.value, operation.item] {
        for parameter in owner.items("parameters") {
            let key = |parameter: &'a Value| (parameter.get("name"), parameter.get("in"));
            let parameter = resolve(document, parameter);
            let is_new = |new: &&'a Value| !parameters.iter().any(|known| key(known) == key(new));
            parameters.extend(parameter.filter(is_new));
        }
    }
    parameters
}

fn body<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let body = resolve(document, operation.get("requestBody")?)?;
    let (_, json) = body.members("content").find(|(name, _)| is_json(name))?;
    json.get("schema")
}

/// Returns `true` if progenitor treats a media type as JSON, with or without a charset.
pub(crate) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}
