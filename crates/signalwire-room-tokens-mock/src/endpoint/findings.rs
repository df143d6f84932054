//! Converts schema validation errors to the violations in 422 responses.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::violation::Violation;

/// Maximum number of characters of an unknown field name to show in a message.
const SHOWN_NAME_CHARS: usize = 100;
/// Maximum number of array positions to list in a message.
const SHOWN_POSITIONS: usize = 10;

const NOT_A_LIST_OF_STRINGS: &str = "not_an_array_of_strings";
const INVALID_ENTRIES: &str = "list_contains_invalid_entries";

/// Validation results, with one violation per field and rule. Invalid array entries are grouped.
#[derive(Default)]
pub(super) struct Findings {
    violations: Vec<Violation>,
    /// Positions of invalid array entries, by field and error code.
    entries: BTreeMap<(String, &'static str), Vec<String>>,
}

impl Findings {
    pub(super) fn new(errors: &[ValidationError<'_>], is_time: impl Fn(&str) -> bool) -> Self {
        // A value of the wrong type also violates other constraints, such as `enum`, so report only the type error.
        let mistyped: BTreeSet<&str> = errors
            .iter()
            .filter(|error| is_type(error))
            .map(|error| error.instance_path().as_str())
            .collect();
        let mut findings = Self::default();
        for error in errors {
            let path = error.instance_path().as_str();
            if is_type(error) || !mistyped.contains(path) {
                findings.add(path, error.kind(), &is_time);
            }
        }
        findings
    }

    pub(super) fn into_violations(self) -> Vec<Violation> {
        let lists = self
            .entries
            .iter()
            .map(|((field, code), positions)| array_violation(field, code, positions));
        lists.chain(self.violations).collect()
    }

    /// Adds a violation at `path`, a JSON pointer to the body, a field or an array entry.
    fn add(&mut self, path: &str, kind: &Kind, is_time: &impl Fn(&str) -> bool) {
        let mut segments = path.split('/').skip(1);
        match (segments.next(), segments.next()) {
            (None, _) => self.add_body(kind),
            (Some(field), None) => self.violations.push(field_violation(field, kind, is_time(field))),
            (Some(field), Some(position)) => {
                let code = if matches!(kind, Kind::Type { .. }) {
                    NOT_A_LIST_OF_STRINGS
                } else {
                    INVALID_ENTRIES
                };
                self.entries
                    .entry((field.to_owned(), code))
                    .or_default()
                    .push(position.to_owned());
            }
        }
    }

    fn add_body(&mut self, kind: &Kind) {
        match kind {
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let message = format!("{name} must be present");
                self.violations
                    .push(Violation::new("missing_required_parameter", name, message));
            }
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                self.violations
                    .extend(unexpected.iter().map(|name| unknown_field(name)));
            }
            _ => self
                .violations
                .push(Violation::of_body("not_a_hash", "The body must be a JSON object")),
        }
    }
}

fn is_type(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Type { .. })
}

fn unknown_field(name: &str) -> Violation {
    let shown: String = name.chars().take(SHOWN_NAME_CHARS).collect();
    Violation::new(
        "invalid_parameter",
        &shown,
        format!("{shown} is not a parameter of this endpoint"),
    )
}

fn array_violation(field: &str, code: &'static str, positions: &[String]) -> Violation {
    let expected = if code == INVALID_ENTRIES {
        "permission names"
    } else {
        "strings"
    };
    let shown = positions.get(..SHOWN_POSITIONS).unwrap_or(positions);
    let mut message = format!(
        "{field} must be an array of {expected}; invalid entries at {}",
        shown.join(", ")
    );
    if positions.len() > shown.len() {
        message += &format!(" and {} more", positions.len() - shown.len());
    }
    Violation::new(code, field, message)
}

fn field_violation(field: &str, kind: &Kind, is_time: bool) -> Violation {
    let (code, rule) = match kind {
        Kind::Type { .. } | Kind::Format { .. } if is_time => {
            ("not_a_datetime", "an RFC 3339 timestamp or a date".into())
        }
        Kind::Type {
            kind: TypeKind::Single(json_type),
        } => type_rule(*json_type),
        Kind::MaxLength { limit } => ("invalid_parameter", format!("at most {limit} characters long")),
        Kind::Pattern { pattern } => ("invalid_parameter", format!("a string that matches {pattern}")),
        Kind::ExclusiveMinimum { limit } => ("invalid_parameter", format!("greater than {limit}")),
        Kind::Maximum { limit } => ("invalid_parameter", format!("less than or equal to {limit}")),
        Kind::Enum { options } => ("invalid_parameter", format!("one of {}", names(options))),
        // Constraints introduced by a newer schema are reported by keyword.
        other => (
            "invalid_parameter",
            format!("valid according to the schema keyword {}", other.keyword()),
        ),
    };
    Violation::new(code, field, format!("{field} must be {rule}"))
}

fn type_rule(json_type: JsonType) -> (&'static str, String) {
    let (code, rule) = match json_type {
        JsonType::Boolean => ("not_a_boolean", "true or false"),
        JsonType::String => ("not_a_string", "a string"),
        JsonType::Object => ("not_a_hash", "an object"),
        JsonType::Array => (NOT_A_LIST_OF_STRINGS, "an array of strings"),
        JsonType::Integer => ("invalid_parameter", "an integer"),
        JsonType::Number => ("invalid_parameter", "a number"),
        JsonType::Null => ("invalid_parameter", "null"),
    };
    (code, rule.to_owned())
}

fn names(options: &Value) -> String {
    let names: Vec<_> = options
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    names.join(", ")
}
