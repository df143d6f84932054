//! Converts `type`, `enum` and `const` to a single type per schema, and null to `nullable`.

use serde_json::{Value, json};

use super::keyword_map::{Keywords, all_of};
use super::lowering::Lowering;
use crate::{Error, pointer};

/// The types of OpenAPI 3.0, each with the keywords that only apply to values of that type.
const TYPES: [(&str, &[&str]); 6] = [
    ("string", &["maxLength", "minLength", "pattern"]),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("boolean", &[]),
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "maxProperties",
            "minProperties",
        ],
    ),
];

const NUMERIC: &[&str] = &[
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "multipleOf",
];

/// The types that formats can apply to.
const FORMATTED: [&str; 3] = ["string", "integer", "number"];

/// The numeric formats that OpenAPI defines. All other formats apply to strings.
const NUMERIC_FORMATS: [&str; 5] = ["int32", "int64", "float", "double", "decimal"];

impl Lowering<'_> {
    /// Checks that an OpenAPI 3.0 schema has at most one type.
    pub(super) fn simple_type(&self, keywords: &Keywords, place: &str) -> Result<(), Error> {
        match keywords.get("type") {
            Some(Value::Array(_)) => {
                let message = "must be a single type; type arrays require OpenAPI 3.1";
                Err(self.error(&pointer::child(place, "type"), message))
            }
            Some(name) => self.type_name(name, false, place).map(drop),
            None => Ok(()),
        }?;
        self.enum_values(keywords, place).map(drop)
    }

    /// Converts `const` to an `enum` with one value.
    pub(super) fn const_and_enum(&self, keywords: &mut Keywords, place: &str) -> Result<(), Error> {
        let values = self.enum_values(keywords, place)?;
        let Some(only) = keywords.shift_remove("const") else {
            return Ok(());
        };
        if values.is_some_and(|values| !values.contains(&only)) {
            let message = format!("{only} is not in the schema's `enum`: no value would be valid");
            return Err(self.error(&pointer::child(place, "const"), message));
        }
        keywords.insert("enum".to_owned(), json!([only]));
        Ok(())
    }

    /// Converts several types to `anyOf`, and null to `nullable`.
    pub(super) fn types(&self, keywords: &mut Keywords, place: &str) -> Result<(), Error> {
        let values = self.enum_values(keywords, place)?;
        let Some(names) = self
            .type_names(keywords, place)?
            .or_else(|| infer(values.as_deref()))
        else {
            return Ok(());
        };
        let has_value = |name: &&str| {
            let is_one = |value: &Value| is_of_type(value, name);
            values.as_ref().is_none_or(|values| values.iter().any(is_one))
        };
        let names: Vec<&str> = names.into_iter().filter(has_value).collect();
        let nullable = names.contains(&"null");
        let names: Vec<&str> = names.into_iter().filter(|name| *name != "null").collect();
        let values = values.map(|values| {
            let fits = |value: &Value| names.iter().any(|name| is_of_type(value, name));
            values
                .into_iter()
                .filter(|value| fits(value) || (value.is_null() && nullable))
                .collect::<Vec<_>>()
        });
        if values.as_ref().is_some_and(Vec::is_empty) {
            let message = "has no value of the schema's `type`: no value would be valid";
            return Err(self.error(&pointer::child(place, "enum"), message));
        }
        set_types(keywords, &names, values);
        if nullable {
            keywords.insert("nullable".to_owned(), json!(true));
        }
        Ok(())
    }

    /// Returns the values of `enum`.
    fn enum_values(&self, keywords: &Keywords, place: &str) -> Result<Option<Vec<Value>>, Error> {
        match keywords.get("enum") {
            None => Ok(None),
            Some(Value::Array(values)) if !values.is_empty() => Ok(Some(values.clone())),
            Some(_) => Err(self.error(
                &pointer::child(place, "enum"),
                "must be an array with at least one value",
            )),
        }
    }

    /// Returns the types in `type`, including null.
    fn type_names(&self, keywords: &Keywords, place: &str) -> Result<Option<Vec<&'static str>>, Error> {
        let names = match keywords.get("type") {
            None => return Ok(None),
            Some(Value::Array(names)) if !names.is_empty() => names
                .iter()
                .map(|name| self.type_name(name, true, place))
                .collect::<Result<Vec<_>, _>>()?,
            Some(name) => vec![self.type_name(name, true, place)?],
        };
        // Every integer is also a number.
        let is_repeated = |name: &str| name == "integer" && names.contains(&"number");
        let mut unique: Vec<&str> = Vec::new();
        for name in names.iter().filter(|name| !is_repeated(name)) {
            if !unique.contains(name) {
                unique.push(name);
            }
        }
        Ok(Some(unique))
    }

    fn type_name(&self, name: &Value, null: bool, place: &str) -> Result<&'static str, Error> {
        let known = TYPES.iter().map(|(name, _)| *name).chain(null.then_some("null"));
        let found = known.clone().find(|known| name.as_str() == Some(known));
        found.ok_or_else(|| {
            let known: Vec<&str> = known.collect();
            self.error(
                &pointer::child(place, "type"),
                format!("{name} is not a type; expected one of {}", known.join(", ")),
            )
        })
    }
}

/// Sets the types other than null, and the `enum` values.
fn set_types(keywords: &mut Keywords, names: &[&str], values: Option<Vec<Value>>) {
    match names {
        // Only null is allowed: any type works, because null is the only value.
        [] => {
            keywords.insert("type".to_owned(), json!("string"));
            keywords.insert("enum".to_owned(), json!([null]));
        }
        [name] => {
            keywords.insert("type".to_owned(), json!(name));
            if let Some(values) = values {
                keywords.insert("enum".to_owned(), Value::Array(values));
            }
        }
        names => split(keywords, names, values),
    }
}

/// Splits several types into an `anyOf`, each with the keywords that apply to it.
fn split(keywords: &mut Keywords, names: &[&str], values: Option<Vec<Value>>) {
    keywords.shift_remove("type");
    keywords.shift_remove("enum");
    let is_numeric_format = keywords
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|format| NUMERIC_FORMATS.contains(&format) || !names.contains(&"string"));
    // A format that applies to none of the types stays next to the `anyOf`.
    let has_format = |name: &str| is_numeric_format == (name != "string") && FORMATTED.contains(&name);
    let format = match names.iter().any(|name| has_format(name)) {
        true => keywords.shift_remove("format"),
        false => None,
    };
    let mut choice = Vec::new();
    for (name, about) in TYPES.iter().filter(|(name, _)| names.contains(name)) {
        let mut branch = Keywords::new();
        branch.insert("type".to_owned(), json!(name));
        if let Some(format) = &format
            && has_format(name)
        {
            branch.insert("format".to_owned(), format.clone());
        }
        for keyword in *about {
            if let Some(value) = keywords.get(*keyword) {
                branch.insert((*keyword).to_owned(), value.clone());
            }
        }
        if let Some(values) = &values {
            let values: Vec<&Value> = values.iter().filter(|value| is_of_type(value, name)).collect();
            branch.insert("enum".to_owned(), json!(values));
        }
        if *name == "array" {
            branch.entry("items").or_insert_with(|| json!({}));
        }
        choice.push(Value::Object(branch));
    }
    keywords.retain(|keyword, _| !TYPES.iter().any(|(_, about)| about.contains(&keyword.as_str())));
    match keywords.contains_key("anyOf") {
        true => all_of(keywords, json!({ "anyOf": choice }), None),
        false => drop(keywords.insert("anyOf".to_owned(), Value::Array(choice))),
    }
}

/// Returns the common type of all non-null `enum` values. `nullable` has no effect on a schema without a type.
fn infer(values: Option<&[Value]>) -> Option<Vec<&'static str>> {
    let values = values?;
    let has_type = |name: &str| {
        values
            .iter()
            .all(|value| value.is_null() || is_of_type(value, name))
    };
    let (name, _) = TYPES.iter().find(|(name, _)| has_type(name))?;
    let mut names = vec![*name];
    if values.contains(&Value::Null) {
        names.push("null");
    }
    Some(names)
}

fn is_of_type(value: &Value, name: &str) -> bool {
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
