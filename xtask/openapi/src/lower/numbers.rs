//! Exclusive bounds, which are numbers in OpenAPI 3.1 and booleans in 3.0.

use serde_json::{Value, json};

use super::keywords::Keywords;
use super::lowering::Lowering;

/// The exclusive bounds. Each entry also contains the inclusive bound, and whether the greater of two values is
/// stricter.
const BOUNDS: [(&str, &str, bool); 2] = [
    ("exclusiveMinimum", "minimum", true),
    ("exclusiveMaximum", "maximum", false),
];

impl Lowering<'_> {
    /// Converts `exclusiveMinimum: 0` to `minimum: 0, exclusiveMinimum: true`. If both bounds are given, keeps the
    /// stricter one.
    pub(super) fn exclusive_bounds(&self, keywords: &mut Keywords) {
        for (exclusive, inclusive, greater_is_tighter) in BOUNDS {
            let Some(bound) = keywords.shift_remove(exclusive) else {
                continue;
            };
            let Some(number) = bound.as_f64() else { continue };
            let other = keywords.get(inclusive).and_then(Value::as_f64);
            let other_is_tighter = other.is_some_and(|other| {
                if greater_is_tighter {
                    other > number
                } else {
                    other < number
                }
            });
            if !other_is_tighter {
                keywords.insert(inclusive.to_owned(), bound);
                keywords.insert(exclusive.to_owned(), json!(true));
            }
        }
    }
}
