//! Values that are written in a way of their own.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Map, Value};
use signalwire_room_tokens::LintId;

/// A length of time such as `2h` or `1m 30s`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    // The parser's own error may repeat what was given.
    humantime::parse_duration(text).map_err(|_| "write it like `90s`, `2h` or `1h 30m`".to_owned())
}

/// A JSON object.
pub(super) fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("no JSON object".to_owned()),
        Err(error) => Err(format!("no JSON object: {error}")),
    }
}

/// A field that has no flag, and its value.
pub(super) fn extra(text: &str) -> Result<(String, Value), String> {
    let (key, value) = text.split_once('=').ok_or("write it KEY=JSON")?;
    let value = serde_json::from_str(value).map_err(|error| {
        format!("the value is no JSON: {error}; a text needs quotes, as in 'key=\"text\"'")
    })?;
    Ok((key.to_owned(), value))
}

/// Any JSON.
pub(super) fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))
}

pub(super) fn lint_id() -> impl TypedValueParser<Value = LintId> {
    PossibleValuesParser::new(LintId::ALL.iter().map(|id| id.as_str())).try_map(|name| name.parse::<LintId>())
}
