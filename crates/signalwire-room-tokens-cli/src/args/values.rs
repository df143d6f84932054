//! Parsers for flag values.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Map, Value};
use signalwire_room_tokens::LintId;

/// Parses a duration such as `2h` or `1m 30s`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    // `humantime` errors may contain the input, which could be a secret.
    humantime::parse_duration(text)
        .map_err(|_| "expected a duration such as `90s`, `2h` or `1h 30m`".to_owned())
}

/// Parses a JSON object.
pub(super) fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("not a JSON object".to_owned()),
        Err(error) => Err(format!("not a JSON object: {error}")),
    }
}

/// Parses `KEY=JSON`, which sets a field that has no flag.
pub(super) fn extra(text: &str) -> Result<(String, Value), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=JSON")?;
    let value = serde_json::from_str(value).map_err(|error| {
        format!("the value is not valid JSON: {error}; strings need quotes, as in 'key=\"text\"'")
    })?;
    Ok((key.to_owned(), value))
}

pub(super) fn lint_id() -> impl TypedValueParser<Value = LintId> {
    PossibleValuesParser::new(LintId::ALL.iter().map(|id| id.as_str())).try_map(|name| name.parse::<LintId>())
}
