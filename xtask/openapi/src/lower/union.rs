//! Unions with null: converts `anyOf: [X, {type: "null"}]` to a nullable X.

use serde_json::{Value, json};

use super::keywords::{Keywords, all_of};
use super::null::may_be_null;
use crate::grammar::{NUMBER_LIMITS, STRING_LIMITS};

/// Keywords that add no constraint. If a schema and its union branch both have the same keyword, the outer value is
/// kept.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "externalDocs",
    "xml",
];

/// The result of removing null from the unions of a schema.
#[derive(Debug, Default)]
pub(super) struct NullUnion {
    /// `true` if null is allowed both by a union and by the keywords next to it.
    allowed: bool,
    /// The remaining branch of each union that has only one branch left.
    others: Vec<Value>,
}

/// Removes null branches from `anyOf` and `oneOf`. `given` is the schema before its branches were converted.
pub(super) fn take(given: &Keywords, keywords: &mut Keywords) -> NullUnion {
    let mut union = NullUnion::default();
    for name in ["anyOf", "oneOf"] {
        let (Some(before), Some(Value::Array(lowered))) =
            (given.get(name).and_then(Value::as_array), keywords.get_mut(name))
        else {
            continue;
        };
        let mut is_null = before.iter().map(is_null);
        let count = lowered.len();
        let null = lowered.last().cloned();
        lowered.retain(|_| !is_null.next().unwrap_or(false));
        if lowered.len() == count {
            continue;
        }
        union.allowed = may_be_null(given);
        if lowered.len() > 1 {
            continue;
        }
        // If only null is allowed, the null branch is kept.
        union.others.extend(lowered.pop().or(null));
        keywords.shift_remove(name);
    }
    union
}

/// Adds the result of [`take`] to the converted schema.
pub(super) fn put(union: NullUnion, keywords: &mut Keywords) {
    for other in union.others {
        match other {
            Value::Object(other) if can_merge(keywords, &other) => {
                for (name, value) in other {
                    keywords.entry(name).or_insert(value);
                }
            }
            other => all_of(keywords, other, None),
        }
    }
    if union.allowed {
        keywords.insert("nullable".to_owned(), json!(true));
        if let Some(Value::Array(values)) = keywords.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
}

/// Returns `true` if the keywords of two schemas can be combined into one schema without changing the meaning.
fn can_merge(keywords: &Keywords, other: &Keywords) -> bool {
    !other.contains_key("$ref")
        && keywords.keys().all(|name| {
            let name = name.as_str();
            ANNOTATIONS.contains(&name) || (is_independent(name) && !other.contains_key(name))
        })
}

/// Returns `true` if the meaning of a constraint doesn't depend on adjacent keywords.
fn is_independent(name: &str) -> bool {
    let counts = ["maxItems", "minItems", "maxProperties", "minProperties"];
    let is_limit = STRING_LIMITS.contains(&name) || NUMBER_LIMITS.contains(&name) || counts.contains(&name);
    is_limit || name == "format" || name.starts_with("x-")
}

/// Returns `true` if a schema accepts only null.
fn is_null(schema: &Value) -> bool {
    let Value::Object(keywords) = schema else {
        return false;
    };
    let is_null = |(name, value): (&String, &Value)| match name.as_str() {
        "type" => *value == json!("null") || *value == json!(["null"]),
        "const" => value.is_null(),
        "enum" => *value == json!([null]),
        _ => false,
    };
    keywords.iter().any(is_null)
}
