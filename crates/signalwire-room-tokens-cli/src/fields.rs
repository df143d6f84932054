//! Lookup of API field names found in user input.

use serde_json::Value;
use signalwire_room_tokens::{Field, RoomTokenRequest};

use crate::secrets;

/// Maximum length, in bytes, of names that are checked for misspellings.
const MAX_COMPARED_LENGTH: usize = 100;

/// Maximum edit distance between a misspelled name and the intended one.
const TYPO_DISTANCE: usize = 2;

/// Returns the field with the given name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    RoomTokenRequest::FIELDS.iter().find(|field| field.name() == name)
}

/// Returns `true` if this version supports a field with the given name.
pub(crate) fn is_known(name: &str) -> bool {
    find(name).is_some()
}

fn names() -> impl Iterator<Item = &'static str> {
    RoomTokenRequest::FIELDS.iter().map(Field::name)
}

/// Returns `true` if a name, such as `userName`, differs from a field name only in case, separators or a few
/// letters. Any other unknown name may be a newer field.
pub(crate) fn is_misspelled(field: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let is_near =
        |known: &str| strsim::damerau_levenshtein(&letters(field), &letters(known)) <= TYPO_DISTANCE;
    field.len() <= MAX_COMPARED_LENGTH && names().any(is_near)
}

/// Returns the field name in quotes, or its position if the name could be a secret.
pub(crate) fn named(field: &str, position: &str) -> String {
    secrets::field(field).map_or_else(|| position.to_owned(), |field| format!("`{field}`"))
}

/// Returns the error message for an unknown field.
pub(crate) fn unknown(field: &str, position: &str) -> String {
    let named = named(field, position);
    match nearest(field) {
        Some(nearest) => format!("{named} is not an API field; did you mean `{nearest}`?"),
        None => format!(
            "{named} is not an API field; field names look like `user_name`; use --extra for newer fields"
        ),
    }
}

fn nearest(field: &str) -> Option<&'static str> {
    if field.len() > MAX_COMPARED_LENGTH {
        return None;
    }
    let field = field.to_lowercase();
    let similarity = |known: &str| strsim::jaro_winkler(&field, known);
    names()
        .filter(|known| similarity(known) > 0.8)
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))
}

/// Parses a JSON value. Text that doesn't look like JSON, such as `2026-03-01`, becomes a string.
pub(crate) fn json_or_text(text: &str) -> Result<Value, String> {
    match serde_json::from_str(text) {
        Err(error) if text.starts_with(['{', '[', '"']) => Err(format!("not valid JSON: {error}")),
        parsed => Ok(parsed.unwrap_or_else(|_| text.into())),
    }
}
