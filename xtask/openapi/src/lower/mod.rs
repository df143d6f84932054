//! Lowers OpenAPI 3.1 to 3.0.3, keeping the meaning wherever 3.0 can say it.
//!
//! What 3.0 cannot say is either weakened, so that everything that was valid still is, and reported; or an
//! error. (In `oneOf` a weaker schema can make two of them fit; the report says which became weaker.) A
//! document in OpenAPI 3.0 is checked by the same grammar and becomes 3.0.3.
//!
//! One reading of 3.0.3 is assumed throughout, the one that tools share: `nullable: true` beside `allOf`,
//! `anyOf` or `oneOf` allows null besides what the composition allows.

mod arrays;
mod content;
mod cycle;
mod finish;
mod keywords;
mod negation;
mod null;
mod numbers;
mod objects;
mod schema;
mod types;
mod union;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::document::Version;
use crate::escape::Printable;
use crate::grammar::{Content, Kind};
use crate::{Document, Error, pointer};

/// Something that OpenAPI 3.0 cannot say, and what is said instead.
#[derive(Debug, Clone, PartialEq)]
pub struct LossyConversion {
    /// Where it stood.
    pub pointer: String,
    /// The field or keyword.
    pub construct: String,
    /// Its value.
    pub value: Value,
    /// What was done about it.
    pub what_was_done: String,
}

impl fmt::Display for LossyConversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            construct,
            what_was_done,
            ..
        } = self;
        let text = format!("at {pointer}: `{construct}` {what_was_done}");
        write!(f, "{}", Printable(&text))
    }
}

/// A document in OpenAPI 3.0.3, and what was lost on the way.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The document.
    pub value: Value,
    /// What 3.0 cannot say.
    pub lossy_conversions: Vec<LossyConversion>,
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
        lossy_conversions: Vec::new(),
        null_by_target: BTreeMap::new(),
        is_lossy_by_target: BTreeMap::new(),
    };
    let value = lowering.object(document.value(), Kind::OpenApi, "")?;
    cycle::check(document, &value)?;
    Ok(Lowered {
        value,
        lossy_conversions: lowering.lossy_conversions,
    })
}

/// One run over a document.
struct Lowering<'a> {
    document: &'a Document,
    version: Version,
    lossy_conversions: Vec<LossyConversion>,
    /// Whether null is valid for what references lead to, by JSON pointer.
    null_by_target: BTreeMap<String, bool>,
    /// Whether something is lost of what references lead to, by JSON pointer.
    is_lossy_by_target: BTreeMap<String, bool>,
}

impl Lowering<'_> {
    fn error(&self, place: &str, message: impl Into<String>) -> Error {
        self.document.error(place, message)
    }

    fn weaken(&mut self, place: &str, construct: &str, value: Value, what_was_done: &str) {
        self.lossy_conversions.push(LossyConversion {
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
