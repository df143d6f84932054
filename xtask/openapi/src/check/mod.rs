//! Checks that a document follows the OpenAPI grammar of its version and that all references can be resolved.

pub mod characters;
mod checker;
mod cycle;
mod reference;
mod schema;

use serde_json::{Map, Value, json};

use self::checker::{Checker, DIALECTS, is_known_dialect};
pub(crate) use self::reference::{Target, reference_of_mapping, resolve};
pub use self::schema::is_of_type;
use crate::document::{Fields as _, Version};
use crate::grammar::{Content, Kind, is_new_in_3_1};
use crate::walk::inside;
use crate::{Document, Error, pointer};

/// Checks the names and types of all fields and keywords, the required fields, and the references.
///
/// # Errors
/// Returns an error for the first field that is unknown, missing or of the wrong type, the first unresolved reference,
/// or the first component that contains itself. The error includes the location.
pub fn check(document: &Document) -> Result<(), Error> {
    let checker = Checker {
        document,
        version: document.version()?,
    };
    checker.object(document.value(), Kind::OpenApi, "")?;
    cycle::check(document, checker.version)
}

impl Checker<'_> {
    fn object(&self, value: &Value, kind: Kind, place: &str) -> Result<(), Error> {
        let fields = match value {
            Value::Object(fields) => fields,
            // The boolean schemas `true` and `false`.
            Value::Bool(_) if kind == Kind::Schema && self.version == Version::V3_1 => return Ok(()),
            _ if kind == Kind::Schema => return Err(self.error(place, "must be a schema")),
            _ => return Err(self.error(place, format!("must be an object ({kind:?})"))),
        };
        if let Some(reference) = fields.get("$ref").filter(|_| kind.can_be_reference()) {
            let place_of_reference = pointer::child(place, "$ref");
            let Value::String(reference) = reference else {
                return Err(self.error(&place_of_reference, "must be a string"));
            };
            resolve(self.document, reference, kind, &place_of_reference)?;
            // OpenAPI ignores fields next to `$ref`, except in 3.1 schemas.
            match (kind, self.version) {
                (Kind::Schema, Version::V3_1) => {}
                (Kind::Schema, Version::V3_0) => return self.names(fields, kind, place),
                _ => return Ok(()),
            }
        }
        self.names(fields, kind, place)?;
        for (name, value) in fields {
            // `additionalProperties` is the only keyword that accepts a boolean schema in OpenAPI 3.0.
            if !(name == "additionalProperties" && value.is_boolean()) {
                let content = Content::Object(kind).member(name);
                self.content(value, content, &pointer::child(place, name))?;
            }
        }
        self.required(fields, kind, place)
    }

    /// Checks the names of fields and keywords.
    fn names(&self, fields: &Map<String, Value>, kind: Kind, place: &str) -> Result<(), Error> {
        let is_schema = kind == Kind::Schema;
        for name in fields.keys() {
            let message = match kind.content(name) {
                None if is_schema => {
                    format!("`{name}` is not a schema keyword; extensions must start with `x-`")
                }
                None => format!("{kind:?} has no field `{name}`"),
                Some(_) if is_schema && self.version == Version::V3_0 && is_new_in_3_1(name) => {
                    format!("`{name}` is an OpenAPI 3.1 keyword, but this document uses 3.0")
                }
                Some(_) => continue,
            };
            return Err(self.error(&pointer::child(place, name), message));
        }
        Ok(())
    }

    /// Checks the value of a field.
    fn content(&self, value: &Value, content: Content, place: &str) -> Result<(), Error> {
        let (fits, expected) = match content {
            Content::Object(kind) => return self.object(value, kind, place),
            Content::Any | Content::Prose => return Ok(()),
            Content::List(Kind::Schema) if *value == json!([]) => {
                return Err(self.error(place, "must contain at least one schema"));
            }
            Content::List(_) => (value.is_array(), "an array"),
            Content::Map(_) => (value.is_object(), "an object"),
            Content::Text => (value.is_string(), "a string"),
            Content::Texts => (is_strings(value), "an array of strings"),
            Content::Flag => (value.is_boolean(), "true or false"),
            Content::Number => (value.is_number(), "a number"),
            Content::Count => (whole(value).is_some(), "a non-negative integer"),
        };
        if !fits {
            return Err(self.error(place, format!("must be {expected}")));
        }
        match content {
            Content::List(_) | Content::Map(_) => inside(value, content, place)
                .iter()
                .try_for_each(|(value, content, place)| self.content(value, *content, place)),
            _ => Ok(()),
        }
    }

    /// Checks the required fields of an object.
    fn required(&self, object: &Map<String, Value>, kind: Kind, place: &str) -> Result<(), Error> {
        let names: &[&str] = match kind {
            Kind::OpenApi => &["info"],
            Kind::Info => &["title", "version"],
            Kind::Server => &["url"],
            Kind::Tag => &["name"],
            Kind::Parameter => &["name", "in"],
            Kind::RequestBody => &["content"],
            _ => &[],
        };
        if let Some(name) = names.iter().find(|name| !object.contains_key(**name)) {
            return Err(self.error(place, format!("is missing the required field `{name}`")));
        }
        match kind {
            Kind::OpenApi => self.dialect(object, "jsonSchemaDialect", place),
            Kind::Server => self.server(object, place),
            Kind::Parameter => self.parameter(object, place),
            Kind::SecurityScheme => {
                let types = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
                self.one_of(object, "type", &types, place)
            }
            Kind::Schema => self.schema(object, place),
            Kind::Discriminator => self.mapping(object, place),
            _ => Ok(()),
        }
    }

    /// Checks that the dialect in a field, if present, is supported.
    fn dialect(&self, object: &Map<String, Value>, name: &str, place: &str) -> Result<(), Error> {
        match object.get(name) {
            Some(dialect) if !is_known_dialect(dialect) => {
                let message = format!("unsupported dialect {dialect}; expected {DIALECTS}");
                Err(self.error(&pointer::child(place, name), message))
            }
            _ => Ok(()),
        }
    }

    fn server(&self, server: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let url = server.text("url").unwrap_or_default();
        let variables = server.object("variables");
        let place = pointer::child(place, "url");
        let mut rest = url;
        while let Some((_, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(self.error(&place, format!("`{url}` has a `{{` without a matching `}}`")));
            };
            if !variables.is_some_and(|variables| variables.contains_key(name)) {
                return Err(self.error(&place, format!("`{url}` uses the undeclared variable `{name}`")));
            }
            rest = after;
        }
        Ok(())
    }

    fn parameter(&self, parameter: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let places = ["path", "query", "header", "cookie"];
        self.one_of(parameter, "in", &places, place)?;
        match parameter.contains_key("schema") == parameter.contains_key("content") {
            true => Err(self.error(place, "must have exactly one of `schema` and `content`")),
            false => Ok(()),
        }
    }

    /// Checks the targets of a mapping, which are references or the names of component schemas.
    fn mapping(&self, discriminator: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let place = pointer::child(place, "mapping");
        for (value, target) in discriminator.members("mapping") {
            let Value::String(target) = target else { continue };
            let reference = reference_of_mapping(self.document, target);
            let place = pointer::child(&place, value);
            resolve(self.document, &reference, Kind::Schema, &place)?;
        }
        Ok(())
    }
}

fn is_strings(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(Value::is_string))
}

/// Converts a JSON number to an integer if it has no fractional part. Accepts `3.0`.
pub(crate) fn whole(number: &Value) -> Option<u64> {
    let is_whole = |number: &f64| number.fract() == 0.0 && (0.0..9e15).contains(number);
    let from_float = || number.as_f64().filter(is_whole).map(|number| number as u64);
    number.as_u64().or_else(from_float)
}
