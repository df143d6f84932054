//! Converts OpenAPI 3.1 to 3.0.3 and keeps the meaning wherever 3.0 can express it.
//!
//! A construct that 3.0 cannot express is either converted to a wider schema, which accepts all previously valid
//! values, and reported, or it is an error. (In `oneOf`, a wider schema can make two branches match; the report lists
//! the wider schemas.) OpenAPI 3.0 documents are checked by the same grammar and become 3.0.3.
//!
//! Like most tools, this module assumes that `nullable: true` next to `allOf`, `anyOf` or `oneOf` allows null in
//! addition to the values that the composition allows.

mod arrays;
mod content;
mod cycle;
mod finish;
mod keyword_map;
mod keywords;
mod lowering;
mod negation;
mod null;
mod numbers;
mod objects;
mod schema;
mod types;
mod union;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub use self::lowering::LossyConversion;
use self::lowering::Lowering;
use crate::grammar::{Content, Kind};
use crate::{Document, Error, pointer};

/// An OpenAPI 3.0.3 document and the conversions that lost information.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The converted document.
    pub value: Value,
    /// The constructs that OpenAPI 3.0 cannot express.
    pub lossy_conversions: Vec<LossyConversion>,
}

/// Converts a document to OpenAPI 3.0.3.
///
/// # Errors
/// Returns an error at the first construct that is unknown, has the wrong type, or cannot be converted even to a wider
/// schema.
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

impl Lowering<'_> {
    /// Converts an object of any kind, field by field.
    fn object(&mut self, value: &Value, kind: Kind, place: &str) -> Result<Value, Error> {
        if kind == Kind::Schema {
            return self.schema(value, place);
        }
        let Value::Object(fields) = value else {
            return Err(self.error(place, format!("must be an object ({kind:?})")));
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

    /// Converts the value of a field.
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
                None => "a non-negative integer",
            },
            (Content::Texts, Value::Array(items)) if items.iter().all(Value::is_string) => {
                return Ok(value.clone());
            }
            (Content::List(_), _) => "an array",
            (Content::Map(_), _) => "an object",
            (Content::Text, _) => "a string",
            (Content::Texts, _) => "an array of strings",
            (Content::Flag, _) => "true or false",
            (Content::Number, _) => "a number",
            (Content::Count, _) => "a non-negative integer",
        };
        Err(self.error(place, format!("must be {expected}")))
    }

    /// Converts a Reference Object. Next to `$ref`, OpenAPI 3.1 allows only `summary` and `description`, and 3.0
    /// nothing.
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
                self.report_loss(
                    place,
                    name,
                    value.clone(),
                    "ignored: OpenAPI ignores fields next to `$ref`",
                );
            }
        }
        Ok(json!({ "$ref": reference }))
    }
}

/// Returns a JSON number as an integer if it is one, including `3.0`.
fn whole(number: &serde_json::Number) -> Option<u64> {
    let from_float = || {
        number
            .as_f64()
            .filter(|n| n.fract() == 0.0 && (0.0..9e15).contains(n))
            .map(|n| n as u64)
    };
    number.as_u64().or_else(from_float)
}
