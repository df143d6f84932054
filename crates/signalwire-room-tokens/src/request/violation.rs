//! The rules for requests, and violations of them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::named_enum::named_enum;
use crate::text::visible;

named_enum! {
    /// The rule that a request violates; see [`Violation`].
    pub enum Rule {
        /// A string has too few characters, or a list has too few items.
        MinLength = "min-length",
        /// A string or the JSON of a metadata object has too many characters, or a list has too many items.
        MaxLength = "max-length",
        /// A string contains disallowed characters or doesn't have the documented format.
        Pattern = "pattern",
        /// A number is out of range, or a time can't be represented in RFC 3339.
        Range = "range",
        /// A value can't be serialized to JSON, or its JSON type doesn't match the field.
        Object = "object",
        /// `join_from` is after `join_until`.
        WindowOrder = "window-order",
        /// A field that has its own setter was passed to [`RoomTokenRequest::extra`](crate::RoomTokenRequest::extra).
        KnownField = "known-field",
    }
}

/// A validation error: a request field that violates a rule.
///
/// A violation never contains the value itself, only its size. It is serialized with the fields `field`, `rule`,
/// `expected` and, if it has a size, `size`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    field: Cow<'static, str>,
    rule: Rule,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    expected: &'static str,
}

impl Violation {
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, rule: Rule, expected: &'static str) -> Self {
        Self {
            field: field.into(),
            rule,
            size: None,
            expected,
        }
    }

    pub(crate) fn sized(mut self, size: impl TryInto<i64>) -> Self {
        self.size = Some(size.try_into().unwrap_or(i64::MAX));
        self
    }

    /// Returns the API's name for the field.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the rule that was violated.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the size of the value: the number of characters or items for [`Rule::MinLength`], [`Rule::MaxLength`]
    /// and [`Rule::Pattern`], and the value of an integer for [`Rule::Range`].
    #[must_use]
    pub fn size(&self) -> Option<i64> {
        self.size
    }

    /// Returns a description of the expected value, such as `at most 100 characters`.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.expected
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", visible(&self.field))?;
        match (self.rule, self.size) {
            (Rule::MinLength | Rule::MaxLength, Some(size)) => write!(f, "has length {size}")?,
            (Rule::Pattern, _) => f.write_str("contains characters that are not allowed")?,
            (Rule::Range, Some(size)) => write!(f, "is {size}")?,
            (Rule::WindowOrder, _) => f.write_str("is before `join_from`")?,
            (Rule::KnownField, _) => f.write_str("is a known field")?,
            _ => f.write_str("is not valid")?,
        }
        write!(f, "; expected {}", self.expected)
    }
}

impl std::error::Error for Violation {}

/// Returns the length of a value as compact JSON, in characters.
pub(crate) fn json_characters(value: &impl Serialize) -> Option<usize> {
    serde_json::to_string(value).ok().map(|json| json.chars().count())
}
