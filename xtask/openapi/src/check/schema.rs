//! Checks schema keywords whose values depend on the OpenAPI version or on each other.

use serde_json::{Map, Value};

use super::checker::Checker;
use crate::document::Version;
use crate::grammar::TYPES;
use crate::{Error, pointer};

/// Keywords that change how references are resolved.
const UNSUPPORTED: [&str; 4] = ["$id", "$dynamicRef", "$dynamicAnchor", "$vocabulary"];

type Keywords = Map<String, Value>;

impl Checker<'_> {
    pub(super) fn schema(&self, keywords: &Keywords, place: &str) -> Result<(), Error> {
        self.dialect(keywords, "$schema", place)?;
        if let Some(name) = UNSUPPORTED.iter().find(|name| keywords.contains_key(**name)) {
            let message = format!("`{name}` changes how references are resolved, which is not supported");
            return Err(self.error(&pointer::child(place, name), message));
        }
        if let Some(name) = keywords.get("type") {
            self.types(name, &pointer::child(place, "type"))?;
        }
        self.values(keywords, place)?;
        self.exclusive_bounds(keywords, place)?;
        match keywords.get("examples") {
            Some(examples) if !examples.is_array() => {
                Err(self.error(&pointer::child(place, "examples"), "must be an array"))
            }
            _ => Ok(()),
        }
    }

    /// Checks the value of `type`.
    fn types(&self, given: &Value, place: &str) -> Result<(), Error> {
        let is_3_1 = self.version == Version::V3_1;
        let names = match given {
            Value::Array(_) if !is_3_1 => {
                return Err(self.error(place, "must be a single type; type arrays require OpenAPI 3.1"));
            }
            Value::Array(names) if !names.is_empty() => names.as_slice(),
            other => std::slice::from_ref(other),
        };
        let types = TYPES.iter().map(|(name, _)| *name);
        let known: Vec<&str> = types.chain(is_3_1.then_some("null")).collect();
        let is_known = |name: &Value| name.as_str().is_some_and(|name| known.contains(&name));
        match names.iter().find(|name| !is_known(name)) {
            Some(name) => {
                let message = format!("{name} is not a type; expected one of {}", known.join(", "));
                Err(self.error(place, message))
            }
            None => Ok(()),
        }
    }

    /// Checks that `enum` contains values, and that at least one of them, or the value of `const`, is valid.
    fn values(&self, keywords: &Keywords, place: &str) -> Result<(), Error> {
        let error = |name: &str, message: String| Err(self.error(&pointer::child(place, name), message));
        let listed = match keywords.get("enum") {
            None => None,
            Some(Value::Array(values)) if !values.is_empty() => Some(values.as_slice()),
            Some(_) => return error("enum", "must be an array with at least one value".to_owned()),
        };
        // In OpenAPI 3.0, `nullable` allows null in addition to the type.
        if self.version == Version::V3_0 {
            return Ok(());
        }
        let only = keywords.get("const");
        if let (Some(only), Some(listed)) = (only, listed)
            && !listed.contains(only)
        {
            let message = format!("{only} is not in the schema's `enum`, so no value would be valid");
            return error("const", message);
        }
        let values = only.map(std::slice::from_ref).or(listed);
        let names = match keywords.get("type") {
            Some(Value::Array(names)) => names.as_slice(),
            Some(name) => std::slice::from_ref(name),
            None => return Ok(()),
        };
        let fits = |value: &Value| {
            let mut names = names.iter().filter_map(Value::as_str);
            names.any(|name| is_of_type(value, name))
        };
        if values.is_none_or(|values| values.iter().any(fits)) {
            return Ok(());
        }
        let name = if only.is_some() { "const" } else { "enum" };
        let message = "has no value of the schema's `type`, so no value would be valid";
        error(name, message.to_owned())
    }

    /// Checks that exclusive bounds are numbers in OpenAPI 3.1 and booleans in 3.0.
    fn exclusive_bounds(&self, keywords: &Keywords, place: &str) -> Result<(), Error> {
        let is_3_1 = self.version == Version::V3_1;
        for name in ["exclusiveMinimum", "exclusiveMaximum"] {
            let message = match keywords.get(name) {
                Some(bound) if is_3_1 && !bound.is_number() => "must be a number",
                Some(bound) if !is_3_1 && !bound.is_boolean() => {
                    "must be true or false; numbers require OpenAPI 3.1"
                }
                _ => continue,
            };
            return Err(self.error(&pointer::child(place, name), message));
        }
        Ok(())
    }
}

/// Returns `true` if a value has the given type. Unknown type names are treated like `null`.
#[must_use]
pub fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    }
}
