//! Determines whether an OpenAPI 3.1 schema accepts null, taking all keywords into account.

use serde_json::{Value, json};

use super::keywords::Keywords;
use super::lowering::Lowering;
use crate::document::Fields as _;
use crate::pointer;

impl Lowering<'_> {
    /// Reports a schema that becomes nullable in 3.0 even though another keyword excludes null.
    pub(super) fn report_wider_null(&mut self, given: &Keywords, keywords: &Keywords, place: &str) {
        if !keywords.is_true("nullable") || self.allows_null(given) {
            return;
        }
        let says_null = ["type", "anyOf", "oneOf"]
            .into_iter()
            .find(|name| given.contains_key(*name))
            .unwrap_or("enum");
        let what = "allows null even though another keyword excludes it: OpenAPI 3.0 cannot express both";
        self.report_loss(says_null, place, what);
    }

    fn allows_null(&mut self, keywords: &Keywords) -> bool {
        let schemas = |name: &str| keywords.get(name).and_then(Value::as_array);
        may_be_null(keywords)
            && keywords
                .get("$ref")
                .is_none_or(|reference| self.target_accepts_null(reference))
            && schemas("allOf").is_none_or(|all| all.iter().all(|schema| self.accepts_null(schema)))
            && schemas("anyOf").is_none_or(|any| any.iter().any(|schema| self.accepts_null(schema)))
            && schemas("oneOf")
                .is_none_or(|one| one.iter().filter(|schema| self.accepts_null(schema)).count() == 1)
            && keywords.get("not").is_none_or(|not| !self.accepts_null(not))
            && self.condition_accepts_null(keywords)
    }

    fn accepts_null(&mut self, schema: &Value) -> bool {
        match schema {
            Value::Object(keywords) => self.allows_null(keywords),
            other => *other == json!(true),
        }
    }

    fn condition_accepts_null(&mut self, keywords: &Keywords) -> bool {
        let Some(condition) = keywords.get("if") else {
            return true;
        };
        let consequence = if self.accepts_null(condition) {
            "then"
        } else {
            "else"
        };
        keywords
            .get(consequence)
            .is_none_or(|schema| self.accepts_null(schema))
    }

    /// Returns `true` if the target of a reference accepts null. Results are cached, because references may be cyclic or
    /// shared.
    fn target_accepts_null(&mut self, reference: &Value) -> bool {
        let Some(target) = reference.as_str().and_then(pointer::of_reference) else {
            return true;
        };
        if let Some(known) = self.null_by_target.get(&target) {
            return *known;
        }
        self.null_by_target.insert(target.clone(), true);
        let document = self.document;
        let accepts_null = document
            .value()
            .pointer(&target)
            .is_none_or(|schema| self.accepts_null(schema));
        self.null_by_target.insert(target, accepts_null);
        accepts_null
    }
}

/// Returns `true` if a schema's `type`, `enum` and `const` allow null.
pub(super) fn may_be_null(keywords: &Keywords) -> bool {
    let by_type = match keywords.get("type") {
        Some(Value::Array(names)) => names.contains(&json!("null")),
        Some(name) => *name == json!("null"),
        None => true,
    };
    let values = keywords.get("enum").and_then(Value::as_array);
    by_type
        && values.is_none_or(|values| values.contains(&Value::Null))
        && keywords.get("const").is_none_or(Value::is_null)
}
