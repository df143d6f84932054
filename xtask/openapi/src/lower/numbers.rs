//! Exclusive bounds, which are numbers in OpenAPI 3.1 and booleans in 3.0.

use serde_json::{Value, json};

use super::keyword_map::Keywords;
use super::lowering::Lowering;
use crate::{Error, pointer};

/// The exclusive bounds, each with the inclusive bound and whether the greater value is the stricter one.
const BOUNDS: [(&str, &str, bool); 2] = [
    ("exclusiveMinimum", "minimum", true),
    ("exclusiveMaximum", "maximum", false),
];

impl Lowering<'_> {
    /// Converts `exclusiveMinimum: 0` to `minimum: 0, exclusiveMinimum: true`. Keeps the stricter of two bounds.
    pub(super) fn exclusive_bounds(&self, keywords: &mut Keywords, place: &str) -> Result<(), Error> {
        for (exclusive, inclusive, greater_is_tighter) in BOUNDS {
            let Some(bound) = keywords.shift_remove(exclusive) else {
                continue;
            };
            let Some(number) = bound.as_f64() else {
                return Err(self.error(&pointer::child(place, exclusive), "must be a number"));
            };
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
        Ok(())
    }

    /// Checks that exclusive bounds are booleans, as OpenAPI 3.0 requires.
    pub(super) fn boolean_bounds(&self, keywords: &Keywords, place: &str) -> Result<(), Error> {
        let is_number = |name: &&str| keywords.get(*name).is_some_and(|value| !value.is_boolean());
        match BOUNDS
            .iter()
            .map(|(exclusive, ..)| *exclusive)
            .find(|name| is_number(name))
        {
            Some(name) => Err(self.error(
                &pointer::child(place, name),
                "must be true or false; numbers require OpenAPI 3.1",
            )),
            None => Ok(()),
        }
    }
}
