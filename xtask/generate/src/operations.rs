//! The operations in a document, in a form suited to code generation.

use std::collections::HashSet;

use heck::ToSnakeCase as _;
use serde_json::Value;
use xtask_openapi::grammar::METHODS;

use crate::walk::resolve;

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

/// Returns the operations in a document, in document order.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut taken = HashSet::new();
    paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            let methods = methods.filter(|(name, _)| METHODS.contains(&name.as_str()));
            methods.map(move |(method, operation)| (path, item, method, operation))
        })
        .map(|(path, item, method, operation)| {
            let id = id(path, method, operation);
            let id = distinct_id(&id, &mut taken).unwrap_or(id);
            Operation {
                name: identifier(&id),
                method,
                path,
                parameters: parameters(document, item, operation),
                body: body(document, operation),
            }
        })
        .collect()
}

/// Returns the operationId, or the default one if it is missing.
pub(crate) fn id(path: &str, method: &str, operation: &Value) -> String {
    let id = operation.get("operationId").and_then(Value::as_str);
    id.map_or_else(|| default_id(path, method), str::to_owned)
}

/// Returns a new operationId if the identifier for `id` is already taken. Otherwise, adds the identifier to `taken`.
pub(crate) fn distinct_id(id: &str, taken: &mut HashSet<String>) -> Option<String> {
    if taken.insert(identifier(id)) {
        return None;
    }
    let mut candidates = (2_usize..).map(|number| format!("{id}_{number}"));
    candidates.find(|candidate| taken.insert(identifier(candidate)))
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

fn parameters<'a>(document: &'a Value, item: &'a Value, operation: &'a Value) -> Vec<&'a Value> {
    let of = |owner: &'a Value| {
        owner
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let mut parameters: Vec<&Value> = Vec::new();
    // An operation's parameters override path item parameters with the same name and location.
    for parameter in of(operation)
        .chain(of(item))
        .filter_map(|parameter| resolve(document, parameter))
    {
        let key = |parameter: &'a Value| (parameter.get("name"), parameter.get("in"));
        if !parameters.iter().any(|known| key(known) == key(parameter)) {
            parameters.push(parameter);
        }
    }
    parameters
}

fn body<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let content = resolve(document, operation.get("requestBody")?)?
        .get("content")?
        .as_object()?;
    let is_json = |name: &str| name == "application/json" || name.starts_with("application/json;");
    content.iter().find(|(name, _)| is_json(name))?.1.get("schema")
}
