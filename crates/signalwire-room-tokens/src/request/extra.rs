//! Fields that this version of the crate doesn't support.

use serde::Serialize;
use serde_json::Value;
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;

use super::room_token_request::RoomTokenRequest;
use super::setters::DURATION_SETTERS;
use super::violation::{Rule, Violation, json_characters};
use crate::text::truncated;

/// The maximum length of a field name, in characters.
const MAX_NAME: usize = 100;

/// The maximum length of a value as compact JSON, in characters.
///
/// The limit is far above what the API accepts in any known field, but it prevents accidental requests of several
/// megabytes.
const MAX_VALUE: usize = 10_000;

impl RoomTokenRequest {
    /// Implements the setter `extra`.
    pub(crate) fn set_extra(&mut self, field: String, value: impl Serialize) {
        // A truncated name ends with `…`, so it can't be the same as a valid name.
        let name = truncated(&field, MAX_NAME);
        self.unusable.retain(|violation| violation.field() != name);
        match checked(&field, value) {
            Ok(value) => drop(self.body.extra.insert(field, value)),
            Err(violation) => self.unusable.push(violation),
        }
    }
}

/// Checks a field's name and converts its value to JSON.
fn checked(field: &str, value: impl Serialize) -> Result<Value, Violation> {
    let violation = |rule, expected| Violation::new(truncated(field, MAX_NAME), rule, expected);
    let is_setter = field == "extra" || DURATION_SETTERS.iter().any(|(setter, _)| *setter == field);
    if is_setter || REQUEST_FIELDS.contains(&field) {
        let expected =
            "its own setter instead of `extra`, which is only for fields that this version does not support";
        return Err(violation(Rule::KnownField, expected));
    }
    let name_length = "a field name of 1 to 100 characters";
    match field.chars().count() {
        0 => return Err(violation(Rule::MinLength, name_length).sized(0)),
        size if size > MAX_NAME => return Err(violation(Rule::MaxLength, name_length).sized(size)),
        _ => {}
    }
    let value = serde_json::to_value(value)
        .map_err(|_| violation(Rule::Object, "a value that serializes to JSON"))?;
    match json_characters(&value) {
        Some(size) if size > MAX_VALUE => {
            Err(violation(Rule::MaxLength, "at most 10000 characters of JSON").sized(size))
        }
        _ => Ok(value),
    }
}
