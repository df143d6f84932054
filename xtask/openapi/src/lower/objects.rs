//! Objects: unevaluated properties, patterns of names and names themselves, which 3.0 does not have.

use serde_json::{Value, json};

use super::Lowering;
use super::arrays::original;
use super::schema::{Keywords, distinct, is_composed, is_nothing};

impl Lowering<'_> {
    /// Says about objects what 3.0 can say. `given` is the schema before it was lowered.
    pub(super) fn objects(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        self.unevaluated_properties(given, keywords, place);
        self.pattern_properties(given, keywords, place);
        if let Some(additional) = keywords.get_mut("additionalProperties") {
            simplify(additional);
        }
        if keywords
            .shift_remove("propertyNames")
            .is_some_and(|names| names != json!({}))
        {
            let what = "left out: names of properties are not checked";
            self.weaken(place, "propertyNames", original(given, "propertyNames"), what);
        }
    }

    /// `unevaluatedProperties` is `additionalProperties` unless a composition evaluates properties, too.
    fn unevaluated_properties(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let Some(value) = keywords.shift_remove("unevaluatedProperties") else {
            return;
        };
        if keywords.contains_key("additionalProperties") {
            // All properties are evaluated already.
            return;
        }
        // `unevaluatedProperties: {}` constrains nothing, with or without a composition; but the author has
        // said that any property may come, which is more than not to have said that none may.
        if is_composed(given) && value != json!({}) {
            let what =
                "left out: 3.0 can close a schema against its own properties, not those of a composition";
            self.weaken(
                place,
                "unevaluatedProperties",
                original(given, "unevaluatedProperties"),
                what,
            );
        } else {
            keywords.insert("additionalProperties".to_owned(), value);
        }
    }

    /// What is allowed for names that fit a pattern becomes allowed for all further names.
    fn pattern_properties(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let Some(Value::Object(patterns)) = keywords.shift_remove("patternProperties") else {
            return;
        };
        if patterns.is_empty() {
            return;
        }
        if let Some(mut additional) = keywords.shift_remove("additionalProperties") {
            simplify(&mut additional);
            let others = (!additional.is_boolean()).then_some(additional.clone());
            let choice = distinct(patterns.into_iter().map(|(_, schema)| schema).chain(others));
            let merged = match (choice.len(), choice.first()) {
                _ if additional == json!(true) => additional,
                (1, Some(only)) => only.clone(),
                _ => json!({ "anyOf": choice }),
            };
            keywords.insert("additionalProperties".to_owned(), merged);
        }
        let what = "what fits a pattern is allowed for every name that is not listed";
        self.weaken(
            place,
            "patternProperties",
            original(given, "patternProperties"),
            what,
        );
    }
}

/// Writes "anything" and "nothing" as the booleans that 3.0 has for them here.
fn simplify(additional: &mut Value) {
    if *additional == json!({}) {
        *additional = json!(true);
    } else if is_nothing(additional) {
        *additional = json!(false);
    }
}
