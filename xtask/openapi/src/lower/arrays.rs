//! Array keywords that OpenAPI 3.0 doesn't have: `prefixItems`, `unevaluatedItems` and `contains`.

use serde_json::{Value, json};

use super::keywords::{Keywords, any_of, is_composed, is_nothing};
use super::lowering::Lowering;
use crate::document::Fields as _;

impl Lowering<'_> {
    /// Converts array keywords. `given` is the schema before the conversion.
    pub(super) fn arrays(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        self.unevaluated_items(given, keywords, place);
        match keywords.shift_remove("prefixItems") {
            Some(Value::Array(prefix)) => self.prefix_items(keywords, prefix, place),
            _ if keywords.get("items").is_some_and(is_nothing) => {
                limit(keywords, "maxItems", 0);
                keywords.insert("items".to_owned(), json!({}));
            }
            _ => {}
        }
        self.contains(given, keywords, place);
    }

    /// Converts `unevaluatedItems` to `items`, unless another keyword also evaluates items.
    fn unevaluated_items(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let Some(value) = keywords.shift_remove("unevaluatedItems") else {
            return;
        };
        if keywords.contains_key("items") || value == json!({}) {
            return;
        }
        if is_composed(given) || given.contains_key("contains") {
            let what = "dropped: its effect depends on adjacent composition keywords or `contains`";
            self.report_loss("unevaluatedItems", place, what);
        } else {
            keywords.insert("items".to_owned(), value);
        }
    }

    /// Converts `prefixItems`. Positions are lost, so every item may match the schema for any position.
    fn prefix_items(&mut self, keywords: &mut Keywords, prefix: Vec<Value>, place: &str) {
        let count = prefix.len() as u64;
        let mut choice = prefix;
        match keywords.get("items") {
            Some(rest) if is_nothing(rest) => limit(keywords, "maxItems", count),
            _ if keywords
                .get("maxItems")
                .and_then(Value::as_u64)
                .is_some_and(|max| max <= count) => {}
            rest => choice.push(rest.cloned().unwrap_or_else(|| json!({}))),
        }
        keywords.insert("items".to_owned(), any_of(choice));
        let what = "widened: an item may match the schema for any position";
        self.report_loss("prefixItems", place, what);
    }

    /// Converts `contains` to `minItems`. The schema for the contained items is lost.
    fn contains(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        keywords.shift_remove("contains");
        let least = keywords
            .shift_remove("minContains")
            .and_then(|value| value.as_u64())
            .unwrap_or(1);
        let most = keywords.shift_remove("maxContains");
        if !given.contains_key("contains") || (least == 0 && most.is_none()) {
            return;
        }
        if least > keywords.get("minItems").and_then(Value::as_u64).unwrap_or(0) {
            keywords.insert("minItems".to_owned(), json!(least));
        }
        let what = "dropped: only the number of items is checked (`minItems`), not their content";
        self.report_loss("contains", place, what);
    }

    /// Adds `items` to arrays that don't have it, because OpenAPI 3.0 requires it.
    pub(super) fn close_arrays(&self, keywords: &mut Keywords) {
        if keywords.text("type") == Some("array") {
            keywords.entry("items").or_insert_with(|| json!({}));
        }
    }
}

/// Sets an upper bound, unless the existing bound is lower.
fn limit(keywords: &mut Keywords, name: &str, bound: u64) {
    let bound = keywords
        .get(name)
        .and_then(Value::as_u64)
        .map_or(bound, |given| given.min(bound));
    keywords.insert(name.to_owned(), json!(bound));
}
