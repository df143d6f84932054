//! The published JSON Schema for request bodies, which is used for validation and defaults.

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value};

use super::findings::Findings;
use super::time;
use super::violation::Violation;

/// The JSON Schema, generated from the OpenAPI document in this repository.
const SCHEMA: &str = include_str!("../generated/create_room_token.schema.json");

/// A compiled schema.
pub(super) struct RequestSchema {
    document: Value,
    validator: Validator,
    /// If `true`, unknown fields and permissions are accepted.
    accept_unknown: bool,
}

impl RequestSchema {
    /// Compiles the bundled schema.
    ///
    /// # Errors
    ///
    /// Returns an error if the schema cannot be parsed or compiled.
    pub(super) fn checked_in(accept_unknown: bool) -> Result<Self, String> {
        let document: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            // The published field descriptions are authoritative and also allow plain dates, so override the built-in
            // `date-time` check.
            .with_format("date-time", |text: &str| time::parse(text).is_some())
            .build(&document)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            document,
            validator,
            accept_unknown,
        })
    }

    /// Returns all schema violations in `body`.
    pub(super) fn violations(&self, body: &Value) -> Vec<Violation> {
        let counts = |error: &ValidationError<'_>| !(self.accept_unknown && is_unknown_name(error));
        let errors: Vec<_> = self.validator.iter_errors(body).filter(counts).collect();
        Findings::new(&errors, |field| self.is_time(field)).into_violations()
    }

    /// Adds the documented default for each missing field.
    pub(super) fn with_defaults(&self, mut fields: Map<String, Value>) -> Map<String, Value> {
        let properties = self.document.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if let Some(default) = property.get("default")
                && !fields.contains_key(name)
            {
                fields.insert(name.clone(), default.clone());
            }
        }
        fields
    }

    /// Returns `true` if `field` has the format `date-time`.
    fn is_time(&self, field: &str) -> bool {
        let format = self
            .document
            .get("properties")
            .and_then(|properties| properties.get(field)?.get("format"));
        format.and_then(Value::as_str) == Some("date-time")
    }
}

/// Returns `true` if the error is about an unknown field or permission, which may be newer than the schema.
fn is_unknown_name(error: &ValidationError<'_>) -> bool {
    let path = error.instance_path().as_str();
    match error.kind() {
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => path.is_empty(),
        Kind::Enum { .. } => path.starts_with("/permissions/"),
        _ => false,
    }
}
