//! Converts OpenAPI 3.1 to 3.0.3, preserving the meaning wherever 3.0 can express it.
//!
//! A construct that 3.0 can't express is either converted to a wider schema, which accepts all previously valid values,
//! and reported, or rejected with an error. (In a `oneOf`, a wider schema may cause two branches to match; the report
//! lists the wider schemas.) OpenAPI 3.0 documents are checked against the same grammar and become 3.0.3.
//!
//! Like most tools, this module assumes that `nullable: true` next to `allOf`, `anyOf` or `oneOf` allows null in
//! addition to the values that the composition allows.

mod arrays;
mod finish;
mod keywords;
mod lowering;
mod negation;
mod null;
mod objects;
mod scalars;
mod schema;
mod types;
mod union;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub use self::lowering::LossyConversion;
use self::lowering::Lowering;
use crate::check::{check, whole};
use crate::grammar::{Content, Kind};
use crate::walk::convert;
use crate::{Document, Error, pointer};

/// An OpenAPI 3.0.3 document, and the conversions in which information was lost.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The converted document.
    pub value: Value,
    /// The constructs that OpenAPI 3.0 can't express.
    pub lossy_conversions: Vec<LossyConversion>,
}

/// Converts a document to OpenAPI 3.0.3.
///
/// # Errors
/// Returns an error if the document doesn't pass [`check`], or if its components include path items or security schemes
/// that OpenAPI 3.0 doesn't support.
pub fn lower(document: &Document) -> Result<Lowered, Error> {
    check(document)?;
    finish::check_sections(document)?;
    let mut lowering = Lowering {
        document,
        version: document.version()?,
        lossy_conversions: Vec::new(),
        null_by_target: BTreeMap::new(),
        is_lossy_by_target: BTreeMap::new(),
    };
    Ok(Lowered {
        value: lowering.object(document.value(), Kind::OpenApi, ""),
        lossy_conversions: lowering.lossy_conversions,
    })
}

impl Lowering<'_> {
    /// Converts an object of any kind, field by field.
    fn object(&mut self, value: &Value, kind: Kind, place: &str) -> Value {
        if kind == Kind::Schema {
            return self.schema(value, place);
        }
        let Value::Object(fields) = value else {
            return value.clone();
        };
        if let Some(reference) = fields.get("$ref").filter(|_| kind.can_be_reference()) {
            return self.reference(reference, fields, place);
        }
        let mut lowered = Map::new();
        for (name, value) in fields {
            let content = kind.content(name).unwrap_or(Content::Any);
            let value = self.content(value, content, &pointer::child(place, name));
            lowered.insert(name.clone(), value);
        }
        self.finish(&mut lowered, kind);
        Value::Object(lowered)
    }

    /// Converts the value of a field.
    fn content(&mut self, value: &Value, content: Content, place: &str) -> Value {
        match (content, value) {
            (Content::Count, Value::Number(_)) => json!(whole(value)),
            _ => convert(value, content, place, &mut |value, kind, place| {
                self.object(value, kind, place)
            }),
        }
    }

    /// Converts a Reference Object. Next to `$ref`, OpenAPI 3.1 allows only `summary` and `description`, and 3.0 allows
    /// nothing.
    fn reference(&mut self, reference: &Value, fields: &Map<String, Value>, place: &str) -> Value {
        let what = "ignored: OpenAPI ignores fields next to `$ref`";
        for name in fields.keys() {
            if !matches!(name.as_str(), "$ref" | "summary" | "description") {
                self.report_loss(name, place, what);
            }
        }
        json!({ "$ref": reference })
    }
}
