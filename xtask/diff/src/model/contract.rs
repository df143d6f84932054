//! The contract of an operation: all its parts, including those that are defined elsewhere in the document.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};
use xtask_openapi::grammar::{Kind, METHODS};
use xtask_openapi::operation::{self, Operation};
use xtask_openapi::{Document, Error, Fields as _, pointer, server};

use super::content::{Message, TextValue, members, object, read_body, read_responses, read_text_value};
use super::facts::{Rest, rest};
use super::reader::DocumentReader;
use super::value::Fields;

/// The contract of an operation: everything that its clients depend on.
#[derive(Debug)]
pub(crate) struct Contract<'d> {
    /// `METHOD /path`, including the path in the server URL.
    pub(crate) name: String,
    pub(crate) operation: Operation<'d>,
    /// The paths that clients call.
    pub(crate) paths: Vec<String>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Message>,
    pub(crate) responses: IndexMap<String, Message>,
    pub(crate) security: Vec<Requirement>,
    /// `true` if the security requirements are those of the document rather than the operation.
    pub(crate) security_is_global: bool,
    pub(crate) servers: Vec<Server>,
    pub(crate) callbacks: Vec<Called<'d>>,
    pub(crate) rest: Rest,
}

/// An operation that the client implements. The client receives its request and sends its response.
#[derive(Debug)]
pub(crate) struct Called<'d> {
    /// The location in reports: the callback's name, the expression for the URL, and the method, or the webhook's name and
    /// the method.
    pub(crate) location: String,
    pub(crate) contract: Contract<'d>,
}

impl Called<'_> {
    /// Returns the target of the call: the method, and the expression for the URL or the webhook's name.
    pub(crate) fn call(&self) -> (&str, &str) {
        let operation = &self.contract.operation;
        (operation.method, operation.path())
    }
}

/// A security requirement, which maps security schemes to the required scopes.
pub(crate) type Requirement = BTreeMap<String, BTreeSet<String>>;

/// A path, query, header or cookie parameter.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) value: TextValue,
}

/// A server's scheme and authority. Its path is part of the operation's path, unless the server's path contains
/// variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) origin: String,
    /// The default and allowed values of each variable.
    pub(crate) variables: Fields,
}

impl<'d> Contract<'d> {
    /// Reads the contract of an operation. Its schemas become available when [`DocumentReader::finish`] is called.
    ///
    /// # Errors
    /// Returns an error if a required part is missing or has the wrong type.
    pub(crate) fn read(reader: &mut DocumentReader<'d>, operation: &Operation<'d>) -> Result<Self, Error> {
        let place = operation.pointer();
        let own = object(reader, &place)?;
        let global_security = reader.document().value().get("security");
        let paths = operation.effective_paths();
        let path = paths.first().map_or(operation.path(), String::as_str);
        Ok(Self {
            name: format!("{} {path}", operation.method.to_ascii_uppercase()),
            security: requirements(own.get("security").or(global_security)),
            security_is_global: !own.contains_key("security"),
            servers: read_servers(reader.document(), operation.servers()),
            callbacks: read_callbacks(reader, operation)?,
            paths,
            ..Self::read_parts(reader, operation, &["security", "servers", "callbacks"])?
        })
    }

    /// Reads the parts that have the same meaning no matter who calls the operation. All others are opaque, except for
    /// those that are `handled` elsewhere.
    fn read_parts(
        reader: &mut DocumentReader<'d>,
        operation: &Operation<'d>,
        handled: &[&str],
    ) -> Result<Self, Error> {
        let place = operation.pointer();
        let own = object(reader, &place)?;
        let handled = [HANDLED, handled].concat();
        let mut rest = rest(reader.document(), own, Kind::Operation, &handled);
        let item = operation.item_fields();
        let item = item.filter(|(name, _)| !METHODS.contains(name) && !own.contains_key(*name));
        let item = item
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        rest.extend(self::rest(reader.document(), &item, Kind::PathItem, &handled));
        Ok(Self {
            name: operation.to_string(),
            operation: operation.clone(),
            paths: Vec::new(),
            tags: strings(own.items("tags")),
            deprecated: own.is_true("deprecated"),
            parameters: read_parameters(reader, operation)?,
            body: read_body(reader, &place)?,
            responses: read_responses(reader, &place)?,
            security: Vec::new(),
            security_is_global: false,
            servers: Vec::new(),
            callbacks: Vec::new(),
            rest,
        })
    }
}

fn read_callbacks<'d>(
    reader: &mut DocumentReader<'d>,
    operation: &Operation<'d>,
) -> Result<Vec<Called<'d>>, Error> {
    let mut all = Vec::new();
    for (name, place) in members(reader, &operation.pointer(), "callbacks")? {
        let urls = object(reader, &place)?.keys();
        for url in urls.filter(|url| !url.starts_with("x-")) {
            let location = format!("{name}[{url:?}]");
            read_called(reader, url, pointer::child(&place, url), &location, &mut all)?;
        }
    }
    Ok(all)
}

/// Reads the webhooks of a document.
///
/// # Errors
/// Returns an error if a required part is missing or has the wrong type.
pub(crate) fn read_webhooks<'d>(reader: &mut DocumentReader<'d>) -> Result<Vec<Called<'d>>, Error> {
    const SECTION: &str = "/webhooks";
    let mut all = Vec::new();
    if reader.document().value().pointer(SECTION).is_some() {
        for name in object(reader, SECTION)?.keys() {
            read_called(reader, name, pointer::child(SECTION, name), name, &mut all)?;
        }
    }
    Ok(all)
}

/// Reads the operations of the path item at `place`. Their servers, security requirements and callbacks are opaque.
fn read_called<'d>(
    reader: &mut DocumentReader<'d>,
    path: &'d str,
    place: String,
    location: &str,
    all: &mut Vec<Called<'d>>,
) -> Result<(), Error> {
    for operation in operation::called(reader.document(), path, place)? {
        let location = format!("{location}.{}", operation.method);
        let contract = Contract::read_parts(reader, &operation, &[])?;
        all.push(Called { location, contract });
    }
    Ok(())
}

/// The fields of an operation that are compared in the same way no matter who calls it.
const HANDLED: &[&str] = &[
    "parameters",
    "requestBody",
    "responses",
    "tags",
    "operationId",
    "deprecated",
];

fn strings(list: &[Value]) -> BTreeSet<String> {
    let strings = list.iter().filter_map(Value::as_str);
    strings.map(str::to_owned).collect()
}

/// Reads the parameters of an operation, including those of its path item.
fn read_parameters(
    reader: &mut DocumentReader<'_>,
    operation: &Operation<'_>,
) -> Result<Vec<Parameter>, Error> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for (list_place, list) in operation.parameter_lists() {
        for index in 0..list.len() {
            let (_, place) = reader.resolve(pointer::child(&list_place, &index.to_string()))?;
            let parameter = read_parameter(reader, &place)?;
            if parameter.place == "header" && is_described_elsewhere(&parameter.name) {
                continue;
            }
            // An operation's parameter overrides the path item's parameter with the same name and location.
            parameters.retain(|other| (&other.name, &other.place) != (&parameter.name, &parameter.place));
            parameters.push(parameter);
        }
    }
    Ok(parameters)
}

/// Returns `true` for header parameters that OpenAPI ignores, because media types and security requirements define them
/// instead.
fn is_described_elsewhere(header: &str) -> bool {
    ["accept", "authorization", "content-type"]
        .iter()
        .any(|name| header.eq_ignore_ascii_case(name))
}

fn read_parameter(reader: &mut DocumentReader<'_>, place: &str) -> Result<Parameter, Error> {
    let object = object(reader, place)?;
    let text = |field: &str| object.text(field).unwrap_or_default();
    Ok(Parameter {
        name: text("name").to_owned(),
        place: text("in").to_owned(),
        value: read_text_value(reader, place, Some(text("in")))?,
    })
}

fn requirements(list: Option<&Value>) -> Vec<Requirement> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    let requirement = |schemes: &Map<String, Value>| -> Requirement {
        let scopes = |scheme: &String| (scheme.clone(), strings(schemes.items(scheme)));
        schemes.keys().map(scopes).collect()
    };
    let distinct: IndexSet<Requirement> = list.filter_map(Value::as_object).map(requirement).collect();
    distinct.into_iter().collect()
}

fn read_servers(document: &Document, servers: &[Value]) -> Vec<Server> {
    let servers = servers.iter().map(|server| Server {
        origin: server::origin(server),
        variables: read_variables(document, server),
    });
    // A server URL without a host is relative to the document, which is equivalent to not specifying a server.
    servers.filter(|server| !server.origin.is_empty()).collect()
}

fn read_variables(document: &Document, server: &Value) -> Fields {
    let facts = |(name, variable): (&String, &Value)| {
        let rest = rest(document, variable.as_object()?, Kind::ServerVariable, &[]);
        Some((name.clone(), json!(rest.facts)))
    };
    server.members("variables").filter_map(facts).collect()
}
