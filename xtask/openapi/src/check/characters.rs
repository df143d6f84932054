//! Rejects characters that affect how text is displayed and don't belong in names or values.

use serde_json::Value;

use crate::grammar::{Content, Kind};
use crate::{Document, Error, pointer};

/// Checks the names and values in a document. Prose may contain any characters.
///
/// Names and one-line values such as `operationId`, `version` and `format` must not contain control characters or
/// bidirectional controls. Other values such as `enum` and `default` may also contain tabs and line breaks, but no carriage
/// return without a line feed.
///
/// # Errors
/// Returns the location of the first name or value that contains a disallowed character.
pub fn check(document: &Document) -> Result<(), Error> {
    let wrong = in_value(document.value(), Content::Object(Kind::OpenApi), "");
    wrong.map_or(Ok(()), |(pointer, message)| Err(document.error(pointer, message)))
}

/// The JSON pointer to the offending value, and a message.
type Wrong = (String, String);

/// Checks the value of a field. Values that don't match the grammar are checked like values for which the grammar
/// allows any type.
fn in_value(value: &Value, content: Content, place: &str) -> Option<Wrong> {
    match value {
        _ if content == Content::Prose => None,
        Value::String(text) => {
            let is_allowed = match content {
                Content::Text | Content::Texts => is_allowed_in_names,
                _ => is_allowed_in_values,
            };
            in_text(text, place, "the value", is_allowed)
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| in_value(item, content.item(), &format!("{place}/{index}")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            let place = pointer::child(place, name);
            in_text(name, &place, "the name", is_allowed_in_names)
                .or_else(|| in_value(value, content.member(name), &place))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn in_text(text: &str, place: &str, what: &str, is_allowed: fn(char) -> bool) -> Option<Wrong> {
    let wrong = text.replace("\r\n", "\n").chars().find(|c| !is_allowed(*c))?;
    let kind = if wrong.is_control() {
        "a control character"
    } else {
        "a bidirectional control character or a line separator"
    };
    let message = format!("{what} contains {kind} (U+{:04X}); remove it", u32::from(wrong));
    Some((place.to_owned(), message))
}

fn is_allowed_in_names(c: char) -> bool {
    let is_bidirectional_or_separator =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !is_bidirectional_or_separator
}

fn is_allowed_in_values(c: char) -> bool {
    matches!(c, '\n' | '\t') || is_allowed_in_names(c)
}
