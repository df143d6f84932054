//! Rejects characters that affect how text is displayed and don't belong in names or values.

use serde_json::{Map, Value};

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
    let wrong = in_object(document.value(), Kind::OpenApi, "");
    wrong.map_or(Ok(()), |(pointer, message)| Err(document.error(pointer, message)))
}

/// The JSON pointer to the offending value, and a message.
type Wrong = (String, String);

fn in_object(value: &Value, kind: Kind, place: &str) -> Option<Wrong> {
    let Value::Object(fields) = value else {
        return in_value(value, place, &is_allowed_in_values);
    };
    each(fields, place, |name, value, place| match kind.content(name) {
        Some(Content::Prose) => None,
        Some(Content::Object(kind)) => in_object(value, kind, place),
        Some(Content::List(kind)) => in_items(value, place, |item, place| in_object(item, kind, place)),
        Some(Content::Map(kind)) => match value {
            Value::Object(items) => each(items, place, |_, item, place| in_object(item, kind, place)),
            other => in_value(other, place, &is_allowed_in_values),
        },
        Some(Content::Text | Content::Texts) => in_value(value, place, &is_allowed_in_names),
        _ => in_value(value, place, &is_allowed_in_values),
    })
}

/// Checks the keys of an object, and checks its values with `check`.
fn each(
    fields: &Map<String, Value>,
    place: &str,
    check: impl Fn(&str, &Value, &str) -> Option<Wrong>,
) -> Option<Wrong> {
    fields.iter().find_map(|(name, value)| {
        let place = pointer::child(place, name);
        in_text(name, &place, "the name", &is_allowed_in_names).or_else(|| check(name, value, &place))
    })
}

fn in_items(value: &Value, place: &str, check: impl Fn(&Value, &str) -> Option<Wrong>) -> Option<Wrong> {
    let Value::Array(items) = value else {
        return in_value(value, place, &is_allowed_in_values);
    };
    let mut items = items.iter().enumerate();
    items.find_map(|(index, item)| check(item, &format!("{place}/{index}")))
}

/// Checks a value of any type.
fn in_value(value: &Value, place: &str, is_allowed: &dyn Fn(char) -> bool) -> Option<Wrong> {
    match value {
        Value::String(text) => in_text(text, place, "the value", is_allowed),
        Value::Array(_) => in_items(value, place, |item, place| in_value(item, place, is_allowed)),
        Value::Object(fields) => each(fields, place, |_, value, place| {
            in_value(value, place, is_allowed)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn in_text(text: &str, place: &str, what: &str, is_allowed: &dyn Fn(char) -> bool) -> Option<Wrong> {
    let wrong = text.replace("\r\n", "\n").chars().find(|c| !is_allowed(*c))?;
    let kind = if wrong.is_control() {
        "a control character"
    } else {
        "a bidirectional control or line separator"
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
