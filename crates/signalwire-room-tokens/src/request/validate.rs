//! The validation of requests before they are sent.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;
use signalwire_room_tokens_api::constants::create_room_token as constants;

use super::time::Timestamp;
use super::{DURATION_SETTERS, RoomTokenRequest};
use crate::generated::rules;

/// The maximum length of a [`RoomTokenRequest::extra`] value as compact JSON, in characters.
///
/// This is much more than the API accepts in any known field, but prevents accidental requests of several megabytes.
pub(crate) const EXTRA_MAX_CHARACTERS: usize = 10_000;

/// The rule that a request violates; see [`Violation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A string has too few characters, or a list has too few items.
    MinLength,
    /// A string or the JSON of a metadata object has too many characters, or a list has too many items.
    MaxLength,
    /// A string contains characters that are not allowed, or does not have the documented format.
    Pattern,
    /// A number is out of range, or a time cannot be written in RFC 3339.
    Range,
    /// A value cannot be serialized to JSON, or its JSON type does not match the field.
    Object,
    /// `join_from` is after `join_until`.
    WindowOrder,
    /// A field that has its own setter was passed to [`RoomTokenRequest::extra`].
    KnownField,
}

impl Rule {
    /// Returns the stable name, such as `max-length`. Rules are serialized as this name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MinLength => "min-length",
            Self::MaxLength => "max-length",
            Self::Pattern => "pattern",
            Self::Range => "range",
            Self::Object => "object",
            Self::WindowOrder => "window-order",
            Self::KnownField => "known-field",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A violation of a rule by a field of a request.
///
/// A violation never contains the value itself, only its size. It is serialized with the fields `field`, `rule`,
/// `expected`, and `size` if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    field: Cow<'static, str>,
    rule: Rule,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    expected: Cow<'static, str>,
}

impl Violation {
    pub(crate) fn new(
        field: impl Into<Cow<'static, str>>,
        rule: Rule,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: field.into(),
            rule,
            size: None,
            expected: expected.into(),
        }
    }

    pub(crate) fn sized(mut self, size: impl TryInto<i64>) -> Self {
        self.size = Some(size.try_into().unwrap_or(i64::MAX));
        self
    }

    /// Returns the name of the field in the API.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the violated rule.
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
        &self.expected
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.field)?;
        match (self.rule, self.size) {
            (Rule::MinLength | Rule::MaxLength, Some(size)) => write!(f, "has {size} characters")?,
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

/// Returns all violations of a request.
pub(super) fn violations(request: &RoomTokenRequest) -> Vec<Violation> {
    let window = request.window(Timestamp::now);
    let mut found = request.unusable.clone();
    rules::check(&request.body, &mut found);
    // The generated rules only check a `join_until` that was set directly, not one from `valid_for`.
    let counted = window.until.filter(|_| request.valid_for.is_some());
    found.extend(counted.and_then(|until| writable("join_until", until)));
    if window
        .from
        .zip(window.until)
        .is_some_and(|(from, until)| from > until)
    {
        found.push(Violation::new(
            "join_until",
            Rule::WindowOrder,
            "a time that is not before `join_from`",
        ));
    }
    found
}

pub(crate) fn writable(field: &'static str, time: Timestamp) -> Option<Violation> {
    (!time.is_writable()).then(|| Violation::new(field, Rule::Range, "a year from 0000 to 9999"))
}

/// Returns the length of a value as compact JSON, in characters.
pub(crate) fn json_characters(value: &impl serde::Serialize) -> Option<usize> {
    serde_json::to_string(value).ok().map(|json| json.chars().count())
}

/// Returns the violation for a value that does not serialize to the JSON type of its field.
pub(super) fn wrong_json(field: &'static str, is_object: bool) -> Violation {
    let expected = match is_object {
        true => "a value that serializes to a JSON object",
        false => "a value that serializes to JSON in the documented form",
    };
    Violation::new(field, Rule::Object, expected)
}

/// Truncates a field name to 100 characters for use in violations. A truncated name ends with `…`, so that it differs
/// from all valid names.
pub(super) fn shown(field: &str) -> String {
    let mut shown: String = field.chars().take(100).collect();
    if shown.len() < field.len() {
        shown.push('…');
    }
    shown
}

/// Checks a field that was passed to `extra`.
pub(super) fn extra(field: &str, value: &Value) -> Option<Violation> {
    let is_setter = field == "extra" || DURATION_SETTERS.iter().any(|(setter, _)| *setter == field);
    if is_setter || constants::REQUEST_FIELDS.contains(&field) {
        let expected = "its own setter, because `extra` is for fields that this version does not have";
        return Some(Violation::new(field.to_owned(), Rule::KnownField, expected));
    }
    let violation = |rule, expected| Violation::new(shown(field), rule, expected);
    let size = field.chars().count();
    if size == 0 || size > 100 {
        let rule = if size == 0 {
            Rule::MinLength
        } else {
            Rule::MaxLength
        };
        return Some(violation(rule, "a field name of 1 to 100 characters".to_owned()).sized(size));
    }
    let size = json_characters(value)?;
    let expected = format!("at most {EXTRA_MAX_CHARACTERS} characters of JSON");
    (size > EXTRA_MAX_CHARACTERS).then(|| violation(Rule::MaxLength, expected).sized(size))
}

/// Returns the violation for an `extra` value that cannot be serialized to JSON.
pub(super) fn not_json(field: &str) -> Violation {
    Violation::new(shown(field), Rule::Object, "a value that serializes to JSON")
}
