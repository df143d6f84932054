//! Object keywords that OpenAPI 3.0 doesn't have: `unevaluatedProperties`, `patternProperties` and `propertyNames`.

use serde_json::{Value, json};

use super::keywords::{Keywords, any_of, is_composed, is_nothing};
use super::lowering::Lowering;

impl Lowering<'_> {
    /// Converts object keywords. `given` is the schema before the conversion.
    pub(super) fn objects(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        self.unevaluated_properties(given, keywords, place);
        self.pattern_properties(keywords, place);
        // An empty schema is kept as written, because it makes the generated code keep additional properties, while
        // `true` doesn't.
        let is_kept = given.get("additionalProperties") == Some(&json!({}));
        if let Some(additional) = keywords.get_mut("additionalProperties").filter(|_| !is_kept) {
            simplify(additional);
        }
        if keywords
            .shift_remove("propertyNames")
            .is_some_and(|names| names != json!({}))
        {
            let what = "dropped: property names are not checked";
            self.report_loss("propertyNames", place, what);
        }
    }

    /// Converts `unevaluatedProperties` to `additionalProperties`, unless a composition also evaluates properties.
    fn unevaluated_properties(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let Some(value) = keywords.shift_remove("unevaluatedProperties") else {
            return;
        };
        if keywords.contains_key("additionalProperties") {
            // All properties are already evaluated.
            return;
        }
        // `unevaluatedProperties: {}` adds no constraint, so it can be kept even in a composed schema. It shows that
        // additional properties are intentional.
        if is_composed(given) && value != json!({}) {
            let what = "dropped: OpenAPI 3.0 can restrict only properties declared in the schema itself, not those from composed schemas";
            self.report_loss("unevaluatedProperties", place, what);
        } else {
            keywords.insert("additionalProperties".to_owned(), value);
        }
    }

    /// Removes `patternProperties`, and allows every unlisted property to match the schema for any pattern.
    fn pattern_properties(&mut self, keywords: &mut Keywords, place: &str) {
        let Some(Value::Object(patterns)) = keywords.shift_remove("patternProperties") else {
            return;
        };
        if patterns.is_empty() {
            return;
        }
        if let Some(mut additional) = keywords.shift_remove("additionalProperties") {
            simplify(&mut additional);
            if additional != json!(true) {
                let others = (!additional.is_boolean()).then_some(additional);
                additional = any_of(patterns.into_iter().map(|(_, schema)| schema).chain(others));
            }
            keywords.insert("additionalProperties".to_owned(), additional);
        }
        let what = "widened: an unlisted property may match the schema for any pattern";
        self.report_loss("patternProperties", place, what);
    }
}

/// Replaces schemas that accept everything or nothing with the equivalent boolean.
fn simplify(additional: &mut Value) {
    if *additional == json!({}) {
        *additional = json!(true);
    } else if is_nothing(additional) {
        *additional = json!(false);
    }
}
