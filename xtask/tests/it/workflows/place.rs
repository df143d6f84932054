//! Workflow expressions and their values.

use std::collections::BTreeMap;

use serde_json::Value;

/// A job, and the values of expressions such as `steps.update.outputs.changed`.
pub(super) struct Place<'a> {
    pub(super) name: &'a str,
    pub(super) values: BTreeMap<String, String>,
}

impl Place<'_> {
    /// Replaces the expressions in a string with their values.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        while let Some((before, rest)) = text.split_once("${{") {
            let (expression, after) = rest.split_once("}}").expect("an expression");
            text = format!("{before}{}{after}", self.value(expression.trim()));
        }
        text
    }

    /// Returns `true` if all comparisons in a condition hold. A missing condition always holds.
    pub(super) fn holds(&self, condition: &Value) -> bool {
        let Some(condition) = condition.as_str() else {
            return true;
        };
        condition.split("&&").all(|comparison| {
            let (one, other) = comparison.split_once("==").expect("a comparison");
            self.value(one.trim()) == self.value(other.trim())
        })
    }

    fn value(&self, expression: &str) -> String {
        if let Some(text) = expression.strip_prefix('\'') {
            return text.trim_end_matches('\'').to_owned();
        }
        match self.values.get(expression) {
            Some(value) => value.clone(),
            None if expression == "github.base_ref" => "main".to_owned(),
            None if expression.starts_with("secrets.") && expression.ends_with(" || github.token") => {
                "a token".to_owned()
            }
            None if expression.starts_with("steps.") || expression.starts_with("needs.") => String::new(),
            None => panic!("{expression} is not supported by this test"),
        }
    }
}
