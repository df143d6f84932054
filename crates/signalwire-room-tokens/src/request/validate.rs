//! The rules of the published document and its prose, checked before anything is sent.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;
use signalwire_room_tokens_api::constants::create_room_token as facts;

use super::time::Timestamp;
use super::{DURATION_SETTERS, RoomTokenRequest};
use crate::generated::rules;

/// How long a value given by [`RoomTokenRequest::extra`] may be as compact JSON, in characters: far above what the API
/// takes in any field, and low enough to keep a mistake from becoming a request of megabytes.
pub(crate) const EXTRA_MAX_CHARACTERS: usize = 10_000;

/// Which rule a [`Violation`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The text has too few characters, or the list too few items.
    MinLength,
    /// The text or the JSON of a metadata object has too many characters, or the list too many items.
    MaxLength,
    /// The text has characters that are not allowed, or another form than the documented one.
    Pattern,
    /// The number is too small or too large, or the time has no RFC 3339 form.
    Range,
    /// The value cannot be written as JSON, or is not the JSON object or value that the field holds.
    Object,
    /// `join_from` is after `join_until`.
    WindowOrder,
    /// [`RoomTokenRequest::extra`] was given a field that has its own method.
    KnownField,
}

impl Rule {
    /// A stable name, such as `max-length`; the rule is serialized as this.
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

/// One broken rule of a request.
///
/// It never holds the value itself, only its size. Serialized, it has `field`, `rule`, `expected`, and `size` if there is
/// one.
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

    /// The field, by its name in the API.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The broken rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The size of the given value: characters or items for [`Rule::MinLength`], [`Rule::MaxLength`] and
    /// [`Rule::Pattern`], the number itself for an integer in [`Rule::Range`].
    #[must_use]
    pub fn size(&self) -> Option<i64> {
        self.size
    }

    /// The values that the field takes, as a phrase for people.
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
            (Rule::Pattern, _) => f.write_str("has characters that are not allowed")?,
            (Rule::Range, Some(size)) => write!(f, "is {size}")?,
            (Rule::WindowOrder, _) => f.write_str("is before `join_from`")?,
            (Rule::KnownField, _) => f.write_str("is a field of its own")?,
            _ => f.write_str("is not valid")?,
        }
        write!(f, "; {}", self.expected)
    }
}

impl std::error::Error for Violation {}

/// All broken rules of a request.
pub(super) fn violations(request: &RoomTokenRequest) -> Vec<Violation> {
    let window = request.window(Timestamp::now);
    let mut found = request.unusable.clone();
    rules::check(&request.body, &mut found);
    // The document's rules see a `join_until` that was set, not one that is counted.
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
            "it must not be before `join_from`",
        ));
    }
    found
}

pub(crate) fn writable(field: &'static str, time: Timestamp) -> Option<Violation> {
    (!time.is_writable()).then(|| Violation::new(field, Rule::Range, "a year from 0000 to 9999 is allowed"))
}

/// How many characters a value has as compact JSON.
pub(crate) fn json_characters(value: &impl serde::Serialize) -> Option<usize> {
    serde_json::to_string(value).ok().map(|json| json.chars().count())
}

/// A field given as something that doesn't serialize to what it holds.
pub(super) fn unfit(field: &'static str, is_object: bool) -> Violation {
    let allowed = match is_object {
        true => "a value that serializes to a JSON object is allowed",
        false => "a value that serializes to JSON of the documented form is allowed",
    };
    Violation::new(field, Rule::Object, allowed)
}

/// As much of a field's name as violations repeat; the caller's own names may have any length. One that was cut is not
/// like any that is allowed.
pub(super) fn shown(field: &str) -> String {
    let mut shown: String = field.chars().take(100).collect();
    if shown.len() < field.len() {
        shown.push('…');
    }
    shown
}

/// What is wrong with a field that this version does not know, if anything is.
pub(super) fn extra(field: &str, value: &Value) -> Option<Violation> {
    let is_setter = field == "extra" || DURATION_SETTERS.iter().any(|(setter, _)| *setter == field);
    if is_setter || facts::REQUEST_FIELDS.contains(&field) {
        let allowed = "set it by its own method; `extra` is for fields newer than this version";
        return Some(Violation::new(field.to_owned(), Rule::KnownField, allowed));
    }
    let named = |rule, allowed| Violation::new(shown(field), rule, allowed);
    let size = field.chars().count();
    if size == 0 || size > 100 {
        let rule = if size == 0 {
            Rule::MinLength
        } else {
            Rule::MaxLength
        };
        return Some(named(rule, "names of fields have 1 to 100 characters".to_owned()).sized(size));
    }
    let size = json_characters(value)?;
    let allowed = format!("at most {EXTRA_MAX_CHARACTERS} characters of JSON are allowed");
    (size > EXTRA_MAX_CHARACTERS).then(|| named(Rule::MaxLength, allowed).sized(size))
}

/// A field that this version does not know, given as something that JSON cannot write.
pub(super) fn not_json(field: &str) -> Violation {
    Violation::new(
        shown(field),
        Rule::Object,
        "a value that serializes to JSON is allowed",
    )
}
