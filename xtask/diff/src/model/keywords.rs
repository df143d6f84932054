//! Schema Object keywords with values that have no effect.

use serde_json::{Map, Value};

/// Returns `true` if giving the keyword this value is equivalent to omitting it.
pub(super) fn is_default(keyword: &str, value: &Value) -> bool {
    match keyword {
        "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" | "nullable" | "exclusiveMinimum"
        | "exclusiveMaximum" => value.as_bool() == Some(false),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "minContains" => value.as_f64() == Some(1.0),
        "dependentRequired" => value.as_object().is_some_and(Map::is_empty),
        // `not: false` accepts any value.
        "not" => *value == Value::Bool(false),
        _ => false,
    }
}
