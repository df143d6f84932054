//! The names and the request bodies of operations, in a form suited to code generation.

use std::collections::{HashMap, HashSet};
use std::fmt;

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::Printable;
use xtask_openapi::grammar::METHODS;
use xtask_openapi::operation::{Operation, operations};
use xtask_openapi::walk::resolve;

/// An operation that has a different name in the code, because its operationId is already used.
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
    /// The owner of the name: the method and path of another operation, or `the generated code`.
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

/// Returns the operations in a document with their operationIds as Rust identifiers, in document order.
pub(crate) fn named(document: &Value) -> impl Iterator<Item = (String, Operation<'_>)> {
    with_ids(document).map(|(id, operation)| (identifier(&id), operation))
}

/// Returns the operations in a document with the operationIds that determine their names, in document order.
pub(crate) fn with_ids(document: &Value) -> impl Iterator<Item = (String, Operation<'_>)> {
    let renamed = renamed(document).into_iter();
    let new_ids: HashMap<_, _> = renamed
        .map(|renamed| ((renamed.path, renamed.method), renamed.new_id))
        .collect();
    operations(document).map(move |operation| {
        let new_id = new_ids.get(&(operation.path().to_owned(), operation.method.to_owned()));
        (new_id.cloned().unwrap_or_else(|| id(&operation)), operation)
    })
}

/// Builder names that would clash with methods, traits or types used by the generated code.
const RESERVED: [&str; 17] = [
    "ByteStream",
    "ClientHooks",
    "ClientInfo",
    "Default",
    "Error",
    "Exec",
    "From",
    "NewWithClient",
    "OperationInfo",
    "Option",
    "Post",
    "Pre",
    "RequestBuilderExt",
    "ResponseValue",
    "Result",
    "Sized",
    "String",
];

/// Returns the operations that must be renamed because their builders would not have unique names.
///
/// The first operation keeps its name, and each of the others gets the lowest numeric suffix that makes its name
/// unique. Operations are ordered by path and method, regardless of their order in the document; those without an
/// operationId come last.
pub(crate) fn renamed(document: &Value) -> Vec<RenamedOperation> {
    let mut operations: Vec<Operation<'_>> = operations(document).collect();
    operations.sort_by_key(|operation| {
        let method = METHODS.iter().position(|name| *name == operation.method);
        (operation.id().is_none(), operation.path(), method)
    });
    let reserved = RESERVED.map(|name| (name.to_owned(), "the generated code".to_owned()));
    let mut owners = HashMap::from(reserved);
    for operation in &operations {
        owners
            .entry(builder(&id(operation)))
            .or_insert_with(|| operation.to_string());
    }
    let mut taken: HashSet<String> = owners.keys().cloned().collect();
    let mut next_numbers: HashMap<String, usize> = HashMap::new();
    let rename = |operation: &Operation<'_>| {
        let id = id(operation);
        let owner = owners
            .get(&builder(&id))
            .filter(|owner| **owner != operation.to_string())?;
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
            path: operation.path().to_owned(),
            id,
            new_id,
            other: owner.clone(),
        })
    };
    operations.iter().filter_map(rename).collect()
}

/// Returns the name of an operation's builder. If the builders have different names, so do the methods. The reverse is
/// not true: the methods `list_2` and `list2` share the builder name `List2`.
fn builder(id: &str) -> String {
    identifier(id).to_pascal_case()
}

/// Returns the operationId, or one that is derived from the method and the path if it is missing.
fn id(operation: &Operation<'_>) -> String {
    let path = || {
        operation
            .path()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "_")
    };
    let published = operation.id().map(str::to_owned);
    published.unwrap_or_else(|| format!("{}{}", operation.method, path()))
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

/// Returns the schema of an operation's JSON request body.
pub(crate) fn body<'a>(document: &'a Value, operation: &Operation<'a>) -> Option<&'a Value> {
    let body = resolve(document, operation.value.get("requestBody")?)?;
    let (_, json) = body.members("content").find(|(name, _)| is_json(name))?;
    json.get("schema")
}

/// Returns `true` if progenitor treats a media type as JSON, with or without a charset.
pub(crate) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}
