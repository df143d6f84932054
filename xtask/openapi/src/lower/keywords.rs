//! The schema keywords that each OpenAPI version allows.

use serde_json::Value;

use super::keyword_map::Keywords;
use super::lowering::Lowering;
use crate::document::Version;
use crate::grammar::Kind;
use crate::{Error, pointer};

/// The schema keywords of OpenAPI 3.0, without extensions.
const OF_3_0: [&str; 36] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maximum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minimum",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Rejects keywords that the document's OpenAPI version doesn't define, because their meaning would be lost.
pub(super) fn check(lowering: &Lowering<'_>, keywords: &Keywords, place: &str) -> Result<(), Error> {
    for name in keywords.keys() {
        let message = match Kind::Schema.content(name) {
            None => unknown(name),
            Some(_) if lowering.version == Version::V3_1 => continue,
            Some(_) if name.starts_with("x-") || OF_3_0.contains(&name.as_str()) => continue,
            Some(_) => format!("`{name}` is an OpenAPI 3.1 keyword, but this document uses 3.0"),
        };
        return Err(lowering.error(&pointer::child(place, name), message));
    }
    Ok(())
}

/// Returns the message for an unknown keyword.
pub(super) fn unknown(name: &str) -> String {
    format!("`{name}` is not a schema keyword; extensions must start with `x-`")
}

/// Removes an empty `required`, which OpenAPI 3.0 doesn't allow.
pub(super) fn drop_empty(keywords: &mut Keywords) {
    if keywords
        .get("required")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty)
    {
        keywords.shift_remove("required");
    }
}
