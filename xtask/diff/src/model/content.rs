//! Content of requests and responses: bodies by media type, responses, headers.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};
use xtask_openapi::grammar::Kind;
use xtask_openapi::{Error, pointer};

use super::graph::SchemaId;
use super::opaque;
use super::reader::DocumentReader;
use super::value::normalized;

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: IndexMap<String, MediaType>,
    pub(crate) prose: BTreeMap<String, Value>,
}

/// A body in one media type.
#[derive(Debug)]
pub(crate) struct MediaType {
    pub(crate) schema: Option<SchemaId>,
    /// The `encoding` field and extensions.
    pub(crate) fields: BTreeMap<String, Value>,
    pub(crate) prose: BTreeMap<String, Value>,
}

/// The response for a status or a range of statuses.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) content: IndexMap<String, MediaType>,
    /// Headers by lowercase name: header names are case-insensitive.
    pub(crate) headers: BTreeMap<String, TextValue>,
    pub(crate) fields: BTreeMap<String, Value>,
    pub(crate) prose: BTreeMap<String, Value>,
}

/// A value that is sent as text: a response header or a parameter.
#[derive(Debug)]
pub(crate) struct TextValue {
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) schema: Option<SchemaId>,
    /// `style`, `explode` and similar fields, and the media type of a value that has one.
    pub(crate) fields: BTreeMap<String, Value>,
    pub(crate) prose: BTreeMap<String, Value>,
}

/// Returns `true` if a status or range of statuses is a success.
pub(crate) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

const PROSE: [&str; 5] = ["summary", "description", "externalDocs", "example", "examples"];

pub(super) fn object<'d>(reader: &DocumentReader<'d>, place: &str) -> Result<&'d Map<String, Value>, Error> {
    let value = reader.document().value().pointer(place);
    value
        .and_then(Value::as_object)
        .ok_or_else(|| reader.document().error(place, "must be an object"))
}

/// Returns the facts and the prose of an object, without the fields that are `handled` elsewhere.
pub(super) fn rest(
    object: &Map<String, Value>,
    handled: &[&str],
) -> (BTreeMap<String, Value>, BTreeMap<String, Value>) {
    let all = object
        .iter()
        .filter(|(name, _)| !handled.contains(&name.as_str()));
    let all = all.map(|(name, value)| (name.clone(), normalized(value)));
    let (prose, fields) = all.partition(|(name, _)| PROSE.contains(&name.as_str()));
    (fields, prose)
}

/// Returns the locations of the members of the object below `place`, with references resolved.
fn members<'d>(
    reader: &DocumentReader<'d>,
    owner: &'d Map<String, Value>,
    place: &str,
    field: &str,
) -> Result<Vec<(String, String)>, Error> {
    if !owner.contains_key(field) {
        return Ok(Vec::new());
    }
    let place = pointer::child(place, field);
    let names = object(reader, &place)?.keys();
    names
        .map(|name| Ok((name.clone(), reader.resolve(pointer::child(&place, name))?.1)))
        .collect()
}

/// Reads the schema of a parameter or header, which is there or in its only media type.
pub(super) fn read_schema(
    reader: &mut DocumentReader<'_>,
    object: &Map<String, Value>,
    place: &str,
) -> Result<Option<SchemaId>, Error> {
    if object.contains_key("schema") {
        return reader.schema(pointer::child(place, "schema")).map(Some);
    }
    let content = object
        .get("content")
        .and_then(Value::as_object)
        .and_then(|content| content.iter().next());
    let Some((media_type, _)) = content.filter(|(_, value)| value.get("schema").is_some()) else {
        return Ok(None);
    };
    let place = pointer::child(&pointer::child(place, "content"), media_type);
    reader.schema(pointer::child(&place, "schema")).map(Some)
}

pub(super) fn read_body(
    reader: &mut DocumentReader<'_>,
    own: &Map<String, Value>,
    place: &str,
) -> Result<Option<Body>, Error> {
    if !own.contains_key("requestBody") {
        return Ok(None);
    }
    let (_, place) = reader.resolve(pointer::child(place, "requestBody"))?;
    let body = object(reader, &place)?;
    let (_, prose) = rest(body, &["content", "required"]);
    let required = body.get("required").and_then(Value::as_bool) == Some(true);
    Ok(Some(Body {
        required,
        content: read_content(reader, body, &place)?,
        prose,
    }))
}

fn read_content<'d>(
    reader: &mut DocumentReader<'d>,
    owner: &'d Map<String, Value>,
    place: &str,
) -> Result<IndexMap<String, MediaType>, Error> {
    let mut content = IndexMap::new();
    for (name, place) in members(reader, owner, place, "content")? {
        let object = object(reader, &place)?;
        let (mut fields, mut prose) = rest(object, &[&["schema"][..], &opaque::OPAQUE_FIELDS].concat());
        let document = reader.document();
        opaque::add(document, (object, Kind::MediaType), &mut fields, &mut prose);
        let schema = object
            .contains_key("schema")
            .then(|| reader.schema(pointer::child(&place, "schema")));
        content.insert(
            name,
            MediaType {
                schema: schema.transpose()?,
                fields,
                prose,
            },
        );
    }
    Ok(content)
}

pub(super) fn read_responses<'d>(
    reader: &mut DocumentReader<'d>,
    own: &'d Map<String, Value>,
    place: &str,
) -> Result<IndexMap<String, Response>, Error> {
    let mut responses = IndexMap::new();
    for (status, place) in members(reader, own, place, "responses")? {
        if status.starts_with("x-") {
            continue;
        }
        // `2xx` becomes `2XX`; `default` remains unchanged.
        let status = if status.starts_with(|first: char| first.is_ascii_digit()) {
            status.to_ascii_uppercase()
        } else {
            status
        };
        let object = object(reader, &place)?;
        let (mut fields, mut prose) = rest(
            object,
            &[&["content", "headers"][..], &opaque::OPAQUE_FIELDS].concat(),
        );
        let document = reader.document();
        opaque::add(document, (object, Kind::Response), &mut fields, &mut prose);
        let content = read_content(reader, object, &place)?;
        let headers = read_headers(reader, object, &place)?;
        responses.insert(
            status,
            Response {
                content,
                headers,
                fields,
                prose,
            },
        );
    }
    Ok(responses)
}

fn read_headers<'d>(
    reader: &mut DocumentReader<'d>,
    response: &'d Map<String, Value>,
    place: &str,
) -> Result<BTreeMap<String, TextValue>, Error> {
    let mut headers = BTreeMap::new();
    for (name, place) in members(reader, response, place, "headers")? {
        let object = object(reader, &place)?;
        // OpenAPI ignores this header: the media types of the body specify it.
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let value = read_text_value(reader, object, &place, None)?;
        headers.insert(name.to_ascii_lowercase(), value);
    }
    Ok(headers)
}

/// Reads the value of a parameter, or of a response header, for which `place` is empty.
pub(super) fn read_text_value(
    reader: &mut DocumentReader<'_>,
    object: &Map<String, Value>,
    place: &str,
    parameter_in: Option<String>,
) -> Result<TextValue, Error> {
    let names: &[&str] = if parameter_in.is_some() {
        &["name", "in"]
    } else {
        &[]
    };
    let handled = [names, &["required", "deprecated", "schema", "content"]].concat();
    let (mut fields, prose) = rest(object, &handled);
    drop_defaults(&mut fields, parameter_in.as_deref().unwrap_or("header"));
    if let Some(media_type) = object.get("content").and_then(only_name) {
        fields.insert(
            "content".to_owned(),
            Value::String(media_type.to_ascii_lowercase()),
        );
    }
    let is_set = |flag: &str| object.get(flag).and_then(Value::as_bool) == Some(true);
    Ok(TextValue {
        required: is_set("required"),
        deprecated: is_set("deprecated"),
        schema: read_schema(reader, object, place)?,
        fields,
        prose,
    })
}

/// Returns the name of the first member of an object; `content` of a parameter has only one.
fn only_name(mapping: &Value) -> Option<&String> {
    mapping.as_object()?.keys().next()
}

/// Removes serialization fields with their default values.
fn drop_defaults(fields: &mut BTreeMap<String, Value>, place: &str) {
    let style = if matches!(place, "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    if fields.get("style").and_then(Value::as_str) == Some(style) {
        fields.remove("style");
    }
    let is_form = fields
        .get("style")
        .map_or(style == "form", |style| style.as_str() == Some("form"));
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
