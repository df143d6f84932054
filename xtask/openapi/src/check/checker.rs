//! The state of a check.

use serde_json::{Map, Value};

use crate::document::{Fields as _, Version};
use crate::{Document, Error, pointer};

/// The JSON Schema dialects that an OpenAPI 3.1 document may declare, as shown in messages.
pub(super) const DIALECTS: &str = "JSON Schema 2020-12 or the OpenAPI 3.1 dialect";

/// Returns `true` if a JSON Schema dialect is supported.
pub(super) fn is_known_dialect(uri: &Value) -> bool {
    uri.as_str().is_some_and(|uri| {
        let uri = uri.trim_end_matches('#');
        uri == "https://json-schema.org/draft/2020-12/schema"
            || uri.starts_with("https://spec.openapis.org/oas/3.1/dialect/")
    })
}

pub(super) struct Checker<'a> {
    pub(super) document: &'a Document,
    pub(super) version: Version,
}

impl Checker<'_> {
    pub(super) fn error(&self, place: &str, message: impl Into<String>) -> Error {
        self.document.error(place, message)
    }

    /// Checks that a field has one of the allowed values.
    pub(super) fn one_of(
        &self,
        object: &Map<String, Value>,
        name: &str,
        allowed: &[&str],
        place: &str,
    ) -> Result<(), Error> {
        if object.text(name).is_some_and(|found| allowed.contains(&found)) {
            return Ok(());
        }
        let message = format!("must be one of {}", allowed.join(", "));
        Err(self.error(&pointer::child(place, name), message))
    }
}
