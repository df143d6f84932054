//! Fields that this version does not have.

use serde::Serialize;
use serde_json::Value;
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;

use super::room_token_request::RoomTokenRequest;
use super::setters::DURATION_SETTERS;
use super::violation::{Rule, Violation, json_characters};
use crate::text::truncated;

/// The maximum length of the name of a field, in characters.
const MAX_NAME: usize = 100;

/// The maximum length of a value as compact JSON, in characters.
///
/// This is much more than the API accepts in any known field, but prevents accidental requests of several megabytes.
const MAX_VALUE: usize = 10_000;

impl RoomTokenRequest {
    /// Implements the setter `extra`.
    pub(crate) fn set_extra(&mut self, field: String, value: impl Serialize) {
        // A truncated name ends with `…`, so it differs from all valid names.
        let name = truncated(&field, MAX_NAME);
        self.unusable.retain(|violation| violation.field() != name);
        match checked(&field, value) {
            Ok(value) => drop(self.body.extra.insert(field, value)),
            Err((rule, expected, size)) => {
                let violation = Violation::new(name, rule, expected);
                self.unusable.push(match size {
                    Some(size) => violation.sized(size),
                    None => violation,
                });
            }
        }
    }
}

/// Converts the value of a field to JSON. An error consists of the violated rule, what is expected, and the size.
fn checked(field: &str, value: impl Serialize) -> Result<Value, (Rule, &'static str, Option<usize>)> {
    let is_setter = field == "extra" || DURATION_SETTERS.iter().any(|(setter, _)| *setter == field);
    if is_setter || REQUEST_FIELDS.contains(&field) {
        let expected = "its own setter, because `extra` is for fields that this version does not have";
        return Err((Rule::KnownField, expected, None));
    }
    let name_length = "a field name of 1 to 100 characters";
    match field.chars().count() {
        0 => return Err((Rule::MinLength, name_length, Some(0))),
        size if size > MAX_NAME => return Err((Rule::MaxLength, name_length, Some(size))),
        _ => {}
    }
    let value =
        serde_json::to_value(value).map_err(|_| (Rule::Object, "a value that serializes to JSON", None))?;
    match json_characters(&value) {
        Some(size) if size > MAX_VALUE => {
            Err((Rule::MaxLength, "at most 10000 characters of JSON", Some(size)))
        }
        _ => Ok(value),
    }
}
