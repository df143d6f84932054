//! An operation's callbacks and a document's webhooks: requests that the server sends to the client.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};
use xtask_openapi::grammar::{Kind, METHODS};
use xtask_openapi::{Error, pointer};

use super::content::{Message, object, read_body, read_responses};
use super::facts::rest;
use super::reader::DocumentReader;
use super::value::{Fields, normalized};

/// The operations called by the server, and where they are defined.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    pub(crate) by_place: BTreeMap<String, Called>,
    /// All locations that were visited.
    pub(crate) places: BTreeSet<String>,
    /// All other values, which are compared as JSON.
    pub(crate) others: Fields,
}

/// An operation called by the server. The client receives its request and sends its response.
#[derive(Debug)]
pub(crate) struct Called {
    pub(crate) request: Option<Message>,
    /// The responses that the client may send, by status.
    pub(crate) responses: IndexMap<String, Message>,
    pub(crate) prose: Fields,
}

impl Calls {
    /// Returns the member names of an object. A value that is not an object is recorded in `others`.
    fn names<'v>(
        &mut self,
        at: &str,
        value: Option<&'v Value>,
    ) -> impl Iterator<Item = &'v String> + use<'v> {
        let members = value.and_then(Value::as_object);
        self.places.extend(value.map(|_| at.to_owned()));
        if let Some(value) = value.filter(|_| members.is_none()) {
            self.others.insert(at.to_owned(), normalized(value));
        }
        members.into_iter().flat_map(Map::keys)
    }
}

/// Reads the callbacks of an operation.
///
/// # Errors
/// Returns an error if a required part is missing or has the wrong type.
pub(super) fn read_callbacks(
    reader: &mut DocumentReader<'_>,
    own: &Map<String, Value>,
    place: &str,
) -> Result<Calls, Error> {
    let mut calls = Calls::default();
    let callbacks = pointer::child(place, "callbacks");
    for name in calls.names("callbacks", own.get("callbacks")) {
        let (callback, callback_place) = reader.resolve(pointer::child(&callbacks, name))?;
        for expression in calls.names(name, Some(callback)) {
            let at = format!("{name}[{expression:?}]");
            let item = pointer::child(&callback_place, expression);
            read_item(reader, item, &at, &mut calls)?;
        }
    }
    Ok(calls)
}

/// Reads the webhooks of a document.
///
/// # Errors
/// Returns an error if a required part is missing or has the wrong type.
pub(crate) fn read_webhooks(reader: &mut DocumentReader<'_>) -> Result<Calls, Error> {
    const SECTION: &str = "/webhooks";
    let mut calls = Calls::default();
    for name in calls.names("webhooks", reader.document().value().pointer(SECTION)) {
        read_item(reader, pointer::child(SECTION, name), name, &mut calls)?;
    }
    Ok(calls)
}

fn read_item(
    reader: &mut DocumentReader<'_>,
    place: String,
    at: &str,
    calls: &mut Calls,
) -> Result<(), Error> {
    let (item, place) = reader.resolve(place)?;
    for name in calls.names(at, Some(item)) {
        let value = item.get(name).unwrap_or(&Value::Null);
        let at = format!("{at}.{name}");
        if METHODS.contains(&name.as_str()) && value.is_object() {
            read_called(reader, &pointer::child(&place, name), &at, calls)?;
        } else if !matches!(name.as_str(), "summary" | "description") {
            calls.others.insert(at, normalized(value));
        }
    }
    Ok(())
}

fn read_called(
    reader: &mut DocumentReader<'_>,
    place: &str,
    at: &str,
    calls: &mut Calls,
) -> Result<(), Error> {
    let own = object(reader, place)?;
    let handled = ["requestBody", "responses", "operationId", "tags"];
    let rest = rest(reader.document(), own, Kind::Operation, &handled);
    let called = Called {
        request: read_body(reader, place)?,
        responses: read_responses(reader, place)?,
        prose: rest.prose,
    };
    let facts = rest.facts.into_iter();
    calls
        .others
        .extend(facts.map(|(name, value)| (format!("{at}.{name}"), value)));
    calls.by_place.insert(at.to_owned(), called);
    Ok(())
}
