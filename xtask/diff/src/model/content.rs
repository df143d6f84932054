//! The content of requests and responses: bodies by media type, statuses and headers.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};
use xtask_openapi::grammar::Kind;
use xtask_openapi::{Error, Fields as _, pointer};

use super::facts::{Rest, rest};
use super::graph::SchemaId;
use super::reader::DocumentReader;
use super::value::Fields;

/// A request body, or the response for a status or status range.
#[derive(Debug)]
pub(crate) struct Message {
    /// `true` if the request must have a body.
    pub(crate) required: bool,
    pub(crate) content: IndexMap<String, MediaType>,
    /// Headers by lowercase name, because header names are case-insensitive.
    pub(crate) headers: BTreeMap<String, TextValue>,
    pub(crate) rest: Rest,
}

/// A body in a single media type.
#[derive(Debug)]
pub(crate) struct MediaType {
    pub(crate) schema: Option<SchemaId>,
    /// The `encoding` field and extensions.
    pub(crate) rest: Rest,
}

/// A value that is sent as text: a response header or a parameter.
#[derive(Debug)]
pub(crate) struct TextValue {
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) schema: Option<SchemaId>,
    /// `true` if the style is `simple`.
    pub(crate) is_simple: bool,
    /// `style`, `explode` and similar fields, and the media type if the value has one.
    pub(crate) rest: Rest,
}

/// Returns `true` if a status or status range indicates success.
pub(crate) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

pub(super) fn object<'d>(reader: &DocumentReader<'d>, place: &str) -> Result<&'d Map<String, Value>, Error> {
    let value = reader.document().value().pointer(place);
    value
        .and_then(Value::as_object)
        .ok_or_else(|| reader.document().error(place, "must be an object"))
}

/// Returns the name and location of each member in a field of the object at `place`. References are resolved.
pub(super) fn members(
    reader: &DocumentReader<'_>,
    place: &str,
    field: &str,
) -> Result<Vec<(String, String)>, Error> {
    if !object(reader, place)?.contains_key(field) {
        return Ok(Vec::new());
    }
    let place = pointer::child(place, field);
    let names = object(reader, &place)?.keys();
    names
        .map(|name| Ok((name.clone(), reader.resolve(pointer::child(&place, name))?.1)))
        .collect()
}

/// Reads the schema of the object at `place`.
fn read_schema(reader: &mut DocumentReader<'_>, place: &str) -> Result<Option<SchemaId>, Error> {
    let has_schema = object(reader, place)?.contains_key("schema");
    has_schema
        .then(|| reader.schema(pointer::child(place, "schema")))
        .transpose()
}

/// Reads the request body of the operation at `place`.
pub(super) fn read_body(reader: &mut DocumentReader<'_>, place: &str) -> Result<Option<Message>, Error> {
    if !object(reader, place)?.contains_key("requestBody") {
        return Ok(None);
    }
    let (_, place) = reader.resolve(pointer::child(place, "requestBody"))?;
    read_message(reader, &place, Kind::RequestBody).map(Some)
}

/// Reads the responses of the operation at `place`.
pub(super) fn read_responses(
    reader: &mut DocumentReader<'_>,
    place: &str,
) -> Result<IndexMap<String, Message>, Error> {
    let mut responses = IndexMap::new();
    for (status, place) in members(reader, place, "responses")? {
        if status.starts_with("x-") {
            continue;
        }
        // `2xx` becomes `2XX`, but `default` remains unchanged.
        let is_status = status.starts_with(|first: char| first.is_ascii_digit());
        let status = if is_status {
            status.to_ascii_uppercase()
        } else {
            status
        };
        responses.insert(status, read_message(reader, &place, Kind::Response)?);
    }
    Ok(responses)
}

fn read_message(reader: &mut DocumentReader<'_>, place: &str, kind: Kind) -> Result<Message, Error> {
    let own = object(reader, place)?;
    let handled = ["required", "content", "headers"];
    let rest = rest(reader.document(), own, kind, &handled);
    let mut content = IndexMap::new();
    for (name, place) in members(reader, place, "content")? {
        content.insert(name, read_media_type(reader, &place)?);
    }
    let mut headers = BTreeMap::new();
    for (name, place) in members(reader, place, "headers")? {
        // OpenAPI ignores this header, because the media types of the body determine it.
        if !name.eq_ignore_ascii_case("content-type") {
            headers.insert(name.to_ascii_lowercase(), read_text_value(reader, &place, None)?);
        }
    }
    Ok(Message {
        required: own.is_true("required"),
        content,
        headers,
        rest,
    })
}

fn read_media_type(reader: &mut DocumentReader<'_>, place: &str) -> Result<MediaType, Error> {
    let own = object(reader, place)?;
    let rest = rest(reader.document(), own, Kind::MediaType, &["schema"]);
    Ok(MediaType {
        schema: read_schema(reader, place)?,
        rest,
    })
}

/// Reads the value of a parameter, or of a response header if `parameter_in` is `None`. Its schema is either in the
/// object at `place` or in that object's only media type.
pub(super) fn read_text_value(
    reader: &mut DocumentReader<'_>,
    place: &str,
    parameter_in: Option<&str>,
) -> Result<TextValue, Error> {
    let own = object(reader, place)?;
    let kind = if parameter_in.is_some() {
        Kind::Parameter
    } else {
        Kind::Header
    };
    let handled = ["name", "in", "required", "deprecated", "schema", "content"];
    let handled = handled
        .get(if parameter_in.is_some() { 0.. } else { 2.. })
        .unwrap_or_default();
    let mut rest = rest(reader.document(), own, kind, handled);
    let sent_in = parameter_in.unwrap_or("header");
    let style = own.text("style").unwrap_or(default_style(sent_in));
    drop_defaults(&mut rest.facts, sent_in);
    let media_type = own.members("content").next();
    let mut schema = read_schema(reader, place)?;
    if let Some((name, media_type)) = media_type {
        rest.facts
            .insert("content".to_owned(), Value::String(name.to_ascii_lowercase()));
        if schema.is_none() && media_type.get("schema").is_some() {
            schema = read_schema(reader, &pointer::child(&pointer::child(place, "content"), name))?;
        }
    }
    Ok(TextValue {
        required: own.is_true("required"),
        deprecated: own.is_true("deprecated"),
        schema,
        is_simple: style == "simple",
        rest,
    })
}

fn default_style(place: &str) -> &'static str {
    match place {
        "query" | "cookie" => "form",
        _ => "simple",
    }
}

/// Removes serialization fields that have their default values, or that have no meaning in this place.
fn drop_defaults(fields: &mut Fields, place: &str) {
    let style = default_style(place);
    if place != "query" {
        fields.retain(|name, _| name != "allowReserved" && name != "allowEmptyValue");
    }
    if fields.get("style").is_some_and(|value| value == style) {
        fields.remove("style");
    }
    let is_form = fields
        .get("style")
        .map_or(style == "form", |style| style == "form");
    for (flag, default) in [
        ("explode", is_form),
        ("allowReserved", false),
        ("allowEmptyValue", false),
    ] {
        if fields.get(flag) == Some(&Value::Bool(default)) {
            fields.remove(flag);
        }
    }
}
