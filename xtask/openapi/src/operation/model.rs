//! The model of an operation.

use std::fmt;

use serde_json::Value;

use super::path_item::PathItem;
use super::server;
use crate::document::Fields as _;
use crate::grammar::METHODS;
use crate::walk::resolve;
use crate::{Document, Error, pointer};

/// An operation in a document.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    document: &'a Value,
    /// The path item, which may contain parameters and servers for all its operations.
    pub(crate) item: PathItem<'a>,
    /// The HTTP method, in lowercase.
    pub method: &'a str,
    /// The content of the operation.
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    /// Returns the path as written in the document.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.item.path
    }

    /// Returns the fields of the path item, including those of the path item that it refers to.
    pub fn item_fields(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        self.item.fields()
    }

    /// Returns the `operationId`.
    #[must_use]
    pub fn id(&self) -> Option<&'a str> {
        self.value.get("operationId")?.as_str()
    }

    /// Returns the JSON pointer of the operation, which may be in a path item that the path refers to.
    #[must_use]
    pub fn pointer(&self) -> String {
        let field = self.item.field(self.method);
        field.map(|(place, _)| place).unwrap_or_default()
    }

    /// Returns the paths that clients call, including the path prefix from the server URL. Returns one path for each
    /// distinct prefix.
    #[must_use]
    pub fn effective_paths(&self) -> Vec<String> {
        server::effective_paths(self.servers(), self.path())
    }

    /// Returns the servers of the operation: its own if it has any, otherwise those of its path item, otherwise those
    /// of the document.
    #[must_use]
    pub fn servers(&self) -> &'a [Value] {
        let of_item = self.item.field("servers").map(|(_, servers)| servers);
        let levels = [self.value.get("servers"), of_item, self.document.get("servers")];
        let mut lists = levels.into_iter().filter_map(|servers| servers?.as_array());
        lists
            .find(|servers| !servers.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the parameter lists of the path item and of the operation, each with its JSON pointer.
    pub fn parameter_lists(&self) -> impl Iterator<Item = (String, &'a [Value])> + use<'a> {
        let own = self.value.get("parameters");
        let own = own.map(|list| (pointer::child(&self.pointer(), "parameters"), list));
        let lists = self.item.field("parameters").into_iter().chain(own);
        lists.filter_map(|(place, list)| Some((place, list.as_array()?.as_slice())))
    }

    /// Returns the parameters of the path item and of the operation, with references resolved. Parameters of the operation
    /// replace those of the path item that have the same name and location.
    #[must_use]
    pub fn parameters(&self) -> Vec<&'a Value> {
        let key = |parameter: &'a Value| (parameter.get("name"), parameter.get("in"));
        let mut parameters: Vec<&Value> = Vec::new();
        let all = self.parameter_lists().flat_map(|(_, list)| list);
        for parameter in all.filter_map(|parameter| resolve(self.document, parameter)) {
            match parameters.iter_mut().find(|known| key(known) == key(parameter)) {
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        parameters
    }
}

/// Formats the method and the path, as in `GET /rooms`.
impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_ascii_uppercase(), self.path())
    }
}

/// Returns the operations in a document, in document order. Ignores everything that is not an operation.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let items = document
        .members("paths")
        .filter(|(path, _)| path.starts_with('/'));
    items.flat_map(|(path, item)| of_item(document, path_item(document, path, item)))
}

/// Returns the operations in a document, in document order.
///
/// # Errors
/// Returns an error if the document's paths can't be read.
pub fn list(document: &Document) -> Result<Vec<Operation<'_>>, Error> {
    document.version()?;
    let Some(paths) = document.value().get("paths") else {
        return Ok(Vec::new());
    };
    let paths = paths
        .as_object()
        .ok_or_else(|| document.error("/paths", "must be an object with paths as keys"))?;
    let mut operations = Vec::new();
    for (path, item) in paths.iter().filter(|(path, _)| path.starts_with('/')) {
        let item = path_item(document.value(), path, item);
        item.check(document)?;
        operations.extend(of_item(document.value(), item));
    }
    Ok(operations)
}

/// Returns the operations of the webhook or callback URL at `place`. `path` is the name of the webhook or the
/// expression for the URL.
///
/// # Errors
/// Returns an error if `place` doesn't point to a path item.
pub fn called<'a>(document: &'a Document, path: &'a str, place: String) -> Result<Vec<Operation<'a>>, Error> {
    let own = document.value().pointer(&place).unwrap_or(&Value::Null);
    let item = PathItem::of(document.value(), path, place, own);
    item.check(document)?;
    Ok(of_item(document.value(), item).collect())
}

fn path_item<'a>(document: &'a Value, path: &'a str, item: &'a Value) -> PathItem<'a> {
    PathItem::of(document, path, pointer::child("/paths", path), item)
}

fn of_item<'a>(document: &'a Value, item: PathItem<'a>) -> impl Iterator<Item = Operation<'a>> {
    let methods = item.fields().filter(|(name, _)| METHODS.contains(name));
    methods.map(move |(method, value)| Operation {
        document,
        item: item.clone(),
        method,
        value,
    })
}
