//! Fields of objects. Their values are normalized as in JSON Schema, where `10` and `10.0` are the same number.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

/// The fields of an object, by name.
pub(crate) type Fields = BTreeMap<String, Value>;

/// Removes the namespace from a name: `Video.Room` becomes `Room`.
pub(super) fn short_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Returns the value with each number in its shortest form and the members of each object sorted by key.
pub(crate) fn normalized(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(shortest(number)),
        Value::Array(items) => Value::Array(items.iter().map(normalized).collect()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), normalized(value));
            let mut members: Map<String, Value> = members.iter().map(member).collect();
            members.sort_keys();
            Value::Object(members)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

/// Returns a normalized value with its arrays sorted and the names removed from its references. Values that differ only
/// in order and names become equal.
pub(crate) fn without_order(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(without_order).collect();
            items.sort_by_cached_key(ToString::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let is_reference = name == "$ref" && value.is_string();
                let value = if is_reference {
                    Value::Null
                } else {
                    without_order(value)
                };
                (name.clone(), value)
            };
            Value::Object(members.iter().map(member).collect())
        }
        other => other.clone(),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn shortest(number: &Number) -> Number {
    // Above 2^53, a float can't represent every integer exactly, so the value is left unchanged.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= EXACT => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

/// Compares two numbers. Integers are compared as integers, because large ones can't be represented exactly as floats.
pub(crate) fn order(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}
