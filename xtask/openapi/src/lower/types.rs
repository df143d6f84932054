//! Converts `type`, `enum` and `const` to a single type per schema, and null to `nullable`.

use serde_json::{Value, json};

use super::keywords::{Keywords, all_of};
use super::lowering::Lowering;
use crate::check::is_of_type;
use crate::grammar::TYPES;

/// The types to which formats can apply.
const FORMATTED: [&str; 3] = ["string", "integer", "number"];

/// The numeric formats that OpenAPI defines. All other formats apply to strings.
const NUMERIC_FORMATS: [&str; 5] = ["int32", "int64", "float", "double", "decimal"];

impl Lowering<'_> {
    /// Converts `const` to a single-value `enum`.
    pub(super) fn const_to_enum(&self, keywords: &mut Keywords) {
        if let Some(only) = keywords.shift_remove("const") {
            keywords.insert("enum".to_owned(), json!([only]));
        }
    }

    /// Converts multiple types to `anyOf`, and null to `nullable`.
    pub(super) fn types(&self, keywords: &mut Keywords) {
        let values = keywords.get("enum").and_then(Value::as_array).cloned();
        let Some(names) = type_names(keywords).or_else(|| infer(values.as_deref())) else {
            return;
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
        set_types(keywords, &names, values);
        if nullable {
            keywords.insert("nullable".to_owned(), json!(true));
        }
    }
}

/// Returns the types in `type`, including null.
fn type_names(keywords: &Keywords) -> Option<Vec<&'static str>> {
    let given = match keywords.get("type")? {
        Value::Array(names) => names.as_slice(),
        name => std::slice::from_ref(name),
    };
    // Every integer is also a number.
    let is_listed = |name: &str| given.iter().any(|given| given == name);
    let names = TYPES.iter().map(|(name, _)| *name).chain(["null"]);
    Some(
        names
            .filter(|name| is_listed(name) && !(*name == "integer" && is_listed("number")))
            .collect(),
    )
}

/// Sets the types other than null, and the `enum` values.
fn set_types(keywords: &mut Keywords, names: &[&str], values: Option<Vec<Value>>) {
    match names {
        // If only null is allowed, any type works, because null is the only value.
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

/// Splits a schema with multiple types into an `anyOf` with one branch per type. Each branch keeps the keywords that
/// apply to its type.
fn split(keywords: &mut Keywords, names: &[&str], values: Option<Vec<Value>>) {
    keywords.shift_remove("type");
    keywords.shift_remove("enum");
    let is_numeric_format = keywords
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|format| NUMERIC_FORMATS.contains(&format) || !names.contains(&"string"));
    // A format that doesn't apply to any of the types stays next to the `anyOf`.
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

/// Returns the type shared by all non-null `enum` values. `nullable` has no effect on a schema without a type.
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
