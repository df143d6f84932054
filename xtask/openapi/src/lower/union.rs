//! Unions with null: `anyOf: [X, {type: "null"}]` is X that may be null.

use serde_json::{Value, json};

use super::schema::{Keywords, all_of};

/// Keywords that constrain nothing: where a schema and the one in its union both have one, the outer speaks.
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

/// Constraints that mean the same wherever they stand beside others.
const INDEPENDENT: [&str; 13] = [
    "format",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "multipleOf",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
];

/// What a schema's unions say about null.
#[derive(Debug, Default)]
pub(super) struct NullUnion {
    /// Null is among what is allowed, and nothing beside the union forbids it.
    allowed: bool,
    /// What else is allowed, where that is one schema only.
    others: Vec<Value>,
}

/// Takes the branches that are null out of `anyOf` and `oneOf`. `given` is the schema before its branches
/// were lowered.
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
        union.allowed = !forbids_null(given);
        if lowered.len() > 1 {
            continue;
        }
        // Where null is all that is allowed, it stays as the one schema.
        union.others.extend(lowered.pop().or(null));
        keywords.shift_remove(name);
    }
    union
}

/// Puts back what [`take`] took out, into a schema that is otherwise lowered.
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

/// Whether the keywords of a schema can stand beside those of another and mean the same.
fn can_merge(keywords: &Keywords, other: &Keywords) -> bool {
    let is_annotation = |name: &str| ANNOTATIONS.contains(&name);
    !other.contains_key("$ref")
        && keywords.keys().all(|name| {
            let independent = INDEPENDENT.contains(&name.as_str()) || name.starts_with("x-");
            is_annotation(name) || (independent && !other.contains_key(name))
        })
}

/// Whether a schema allows null and nothing else.
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

/// Whether keywords of the schema itself rule null out, whatever its unions say.
fn forbids_null(keywords: &Keywords) -> bool {
    let type_forbids = match keywords.get("type") {
        Some(Value::Array(names)) => !names.contains(&json!("null")),
        Some(name) => *name != json!("null"),
        None => false,
    };
    let enum_forbids = keywords
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| !values.contains(&Value::Null));
    let const_forbids = keywords.get("const").is_some_and(|value| !value.is_null());
    type_forbids || enum_forbids || const_forbids
}
