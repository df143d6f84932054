//! Lowers OpenAPI 3.1 to 3.0.3, keeping the meaning wherever 3.0 can say it.
//!
//! What 3.0 cannot say is either weakened, so that everything that was valid still is, and reported; or an
//! error. A document in OpenAPI 3.0 is checked by the same grammar and becomes 3.0.3.
//!
//! One reading of 3.0.3 is assumed throughout, the one that tools share: `nullable: true` beside `allOf`,
//! `anyOf` or `oneOf` allows null besides what the composition allows.

mod arrays;
mod content;
mod cycle;
mod keywords;
mod numbers;
mod objects;
mod schema;
mod types;
mod union;

use std::fmt;

use serde_json::{Map, Value, json};

use crate::document::Version;
use crate::grammar::{Content, Kind};
use crate::{Document, Error, pointer};

/// Something that OpenAPI 3.0 cannot say, and what is said instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Weakening {
    /// Where it stood.
    pub pointer: String,
    /// The field or keyword.
    pub construct: String,
    /// Its value.
    pub value: Value,
    /// What was done about it.
    pub what_was_done: String,
}

impl fmt::Display for Weakening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            construct,
            what_was_done,
            ..
        } = self;
        write!(f, "at {pointer}: `{construct}` {what_was_done}")
    }
}

/// A document in OpenAPI 3.0.3, and what was lost on the way.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The document.
    pub value: Value,
    /// What 3.0 cannot say.
    pub weakenings: Vec<Weakening>,
}

/// Lowers a document.
///
/// # Errors
/// At the first construct that neither version of OpenAPI knows, that has a wrong form, or that 3.0 cannot
/// even weaken.
pub fn lower(document: &Document) -> Result<Lowered, Error> {
    let mut lowering = Lowering {
        document,
        version: document.version()?,
        weakenings: Vec::new(),
    };
    let value = lowering.object(document.value(), Kind::OpenApi, "")?;
    cycle::check(document, &value)?;
    Ok(Lowered {
        value,
        weakenings: lowering.weakenings,
    })
}

/// One run over a document.
struct Lowering<'a> {
    document: &'a Document,
    version: Version,
    weakenings: Vec<Weakening>,
}

impl Lowering<'_> {
    fn error(&self, place: &str, message: impl Into<String>) -> Error {
        self.document.error(place, message)
    }

    fn weaken(&mut self, place: &str, construct: &str, value: Value, what_was_done: &str) {
        self.weakenings.push(Weakening {
            pointer: pointer::child(place, construct),
            construct: construct.to_owned(),
            value,
            what_was_done: what_was_done.to_owned(),
        });
    }

    /// Lowers an object of any kind, field by field.
    fn object(&mut self, value: &Value, kind: Kind, place: &str) -> Result<Value, Error> {
        if kind == Kind::Schema {
            return self.schema(value, place);
        }
        let Value::Object(fields) = value else {
            return Err(self.error(place, format!("must be a mapping (of {kind:?})")));
        };
        if let Some(reference) = fields.get("$ref").filter(|_| kind.can_be_reference()) {
            return self.reference(reference, fields, place);
        }
        let mut lowered = Map::new();
        for (name, value) in fields {
            let place = pointer::child(place, name);
            let Some(content) = kind.content(name) else {
                return Err(self.error(&place, format!("{kind:?} has no field `{name}`")));
            };
            lowered.insert(name.clone(), self.content(value, content, &place)?);
        }
        self.finish(&mut lowered, kind, place)?;
        Ok(Value::Object(lowered))
    }

    /// Lowers what a field holds.
    fn content(&mut self, value: &Value, content: Content, place: &str) -> Result<Value, Error> {
        let expected = match (content, value) {
            (Content::Object(kind), value) => return self.object(value, kind, place),
            (Content::List(kind), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let items =
                    items.map(|(i, item)| self.object(item, kind, &pointer::child(place, &i.to_string())));
                return items.collect::<Result<Vec<_>, _>>().map(Value::Array);
            }
            (Content::Map(kind), Value::Object(items)) => {
                let items = items.iter().map(|(name, item)| {
                    Ok((
                        name.clone(),
                        self.object(item, kind, &pointer::child(place, name))?,
                    ))
                });
                return items.collect::<Result<Map<_, _>, _>>().map(Value::Object);
            }
            (Content::Any | Content::Prose, _)
            | (Content::Text, Value::String(_))
            | (Content::Flag, Value::Bool(_))
            | (Content::Number, Value::Number(_)) => return Ok(value.clone()),
            (Content::Count, Value::Number(number)) => match whole(number) {
                Some(count) => return Ok(json!(count)),
                None => "a whole number, 0 or more",
            },
            (Content::Texts, Value::Array(items)) if items.iter().all(Value::is_string) => {
                return Ok(value.clone());
            }
            (Content::List(_), _) => "a list",
            (Content::Map(_), _) => "a mapping",
            (Content::Text, _) => "a string",
            (Content::Texts, _) => "a list of strings",
            (Content::Flag, _) => "true or false",
            (Content::Number, _) => "a number",
            (Content::Count, _) => "a whole number, 0 or more",
        };
        Err(self.error(place, format!("must be {expected}")))
    }

    /// Lowers a Reference Object. Beside it, 3.1 knows words only, and 3.0 nothing at all.
    fn reference(
        &mut self,
        reference: &Value,
        fields: &Map<String, Value>,
        place: &str,
    ) -> Result<Value, Error> {
        if !reference.is_string() {
            return Err(self.error(&pointer::child(place, "$ref"), "must be a string"));
        }
        for (name, value) in fields {
            if !matches!(name.as_str(), "$ref" | "summary" | "description") {
                self.weaken(
                    place,
                    name,
                    value.clone(),
                    "ignored, as OpenAPI demands beside a reference",
                );
            }
        }
        Ok(json!({ "$ref": reference }))
    }

    /// What is particular to some kinds of object.
    fn finish(&mut self, object: &mut Map<String, Value>, kind: Kind, place: &str) -> Result<(), Error> {
        match kind {
            Kind::OpenApi => self.finish_document(object),
            Kind::Info => self.require(object, &["title", "version"], place),
            Kind::Server => self.finish_server(object, place),
            Kind::Tag => self.require(object, &["name"], place),
            Kind::Components => match object.contains_key("pathItems") {
                true => Err(self.error(
                    &pointer::child(place, "pathItems"),
                    "OpenAPI 3.0 has no such section",
                )),
                false => Ok(()),
            },
            Kind::Parameter => self.finish_parameter(object, place),
            Kind::Operation => {
                // 3.1 leaves open what an operation answers; 3.0 says the same with an empty default.
                object
                    .entry("responses")
                    .or_insert_with(|| json!({ "default": { "description": "" } }));
                Ok(())
            }
            Kind::Response => {
                object.entry("description").or_insert_with(|| json!(""));
                Ok(())
            }
            Kind::RequestBody => self.require(object, &["content"], place),
            Kind::SecurityScheme => self.finish_security_scheme(object, place),
            _ => Ok(()),
        }
    }

    fn require(&self, object: &Map<String, Value>, names: &[&str], place: &str) -> Result<(), Error> {
        match names.iter().find(|name| !object.contains_key(**name)) {
            Some(name) => Err(self.error(place, format!("has no `{name}`, which OpenAPI requires"))),
            None => Ok(()),
        }
    }

    fn finish_document(&mut self, root: &mut Map<String, Value>) -> Result<(), Error> {
        self.require(root, &["info"], "")?;
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.entry("paths").or_insert_with(|| json!({}));
        if let Some(dialect) = root.shift_remove("jsonSchemaDialect")
            && !dialect.as_str().is_some_and(schema::is_known_dialect)
        {
            return Err(self.error(
                "/jsonSchemaDialect",
                format!("{dialect} is not {}", schema::DIALECTS),
            ));
        }
        if let Some(webhooks) = root.shift_remove("webhooks") {
            self.weaken("", "webhooks", webhooks, "left out");
        }
        Ok(())
    }

    fn finish_server(&self, server: &Map<String, Value>, place: &str) -> Result<(), Error> {
        self.require(server, &["url"], place)?;
        let url = crate::server::url(server.get("url").unwrap_or_default());
        let variables = server.get("variables").and_then(Value::as_object);
        let place = pointer::child(place, "url");
        let mut rest = url;
        while let Some((_, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(self.error(&place, format!("`{url}` has a `{{` without its `}}`")));
            };
            if !variables.is_some_and(|variables| variables.contains_key(name)) {
                return Err(self.error(
                    &place,
                    format!("`{url}` has a variable `{name}` that is not declared"),
                ));
            }
            rest = after;
        }
        Ok(())
    }

    fn finish_parameter(&self, parameter: &Map<String, Value>, place: &str) -> Result<(), Error> {
        self.require(parameter, &["name", "in"], place)?;
        let allowed = ["path", "query", "header", "cookie"];
        if !parameter
            .get("in")
            .and_then(Value::as_str)
            .is_some_and(|found| allowed.contains(&found))
        {
            let message = format!("must be one of {}", allowed.join(", "));
            return Err(self.error(&pointer::child(place, "in"), message));
        }
        match parameter.contains_key("schema") == parameter.contains_key("content") {
            true => Err(self.error(place, "must have either `schema` or `content`")),
            false => Ok(()),
        }
    }

    fn finish_security_scheme(&self, scheme: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let allowed = ["apiKey", "http", "oauth2", "openIdConnect"];
        if scheme
            .get("type")
            .and_then(Value::as_str)
            .is_some_and(|found| allowed.contains(&found))
        {
            return Ok(());
        }
        let message = format!("must be one of {}, the types of OpenAPI 3.0", allowed.join(", "));
        Err(self.error(&pointer::child(place, "type"), message))
    }
}

/// The whole number that a JSON number is: `3.0` is one as well.
fn whole(number: &serde_json::Number) -> Option<u64> {
    let from_float = || {
        number
            .as_f64()
            .filter(|n| n.fract() == 0.0 && (0.0..9e15).contains(n))
            .map(|n| n as u64)
    };
    number.as_u64().or_else(from_float)
}
