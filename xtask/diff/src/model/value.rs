//! JSON values compared as JSON Schema compares them: `10` and `10.0` are the same number.

use serde_json::{Number, Value};

/// The value with every number in its shortest form and every object in the order of its keys.
pub(crate) fn normalised(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(shortest(number)),
        Value::Array(items) => Value::Array(items.iter().map(normalised).collect()),
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            Value::Object(
                sorted
                    .into_iter()
                    .map(|(name, value)| (name.clone(), normalised(value)))
                    .collect(),
            )
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn shortest(number: &Number) -> Number {
    // Beyond 2^53 a float no longer tells neighbouring integers apart, so it stays what it is.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= EXACT => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}
