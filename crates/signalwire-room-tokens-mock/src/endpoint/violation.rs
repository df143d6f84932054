//! Violations in 422 responses.

use serde::Serialize;

/// URL of the error code documentation.
const CODES_PAGE: &str = "https://signalwire.com/docs/apis/error-codes";

/// An entry in the `errors` array.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Violation {
    #[serde(rename = "type")]
    kind: &'static str,
    pub(super) code: &'static str,
    message: String,
    pub(super) attribute: Option<String>,
    url: &'static str,
}

impl Violation {
    pub(super) fn new(code: &'static str, attribute: &str, message: impl Into<String>) -> Self {
        Self {
            attribute: Some(attribute.to_owned()),
            ..Self::of_body(code, message)
        }
    }

    /// Creates a violation that applies to the body as a whole.
    pub(super) fn of_body(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind: "validation_error",
            code,
            message: message.into(),
            attribute: None,
            url: CODES_PAGE,
        }
    }
}

/// Sorts violations by field, code and message.
pub(super) fn sort(violations: &mut [Violation]) {
    violations.sort_by(|a, b| (&a.attribute, a.code, &a.message).cmp(&(&b.attribute, b.code, &b.message)));
}
