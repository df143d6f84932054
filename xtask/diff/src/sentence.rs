//! Descriptions of changes, in Markdown. Text from the documents is always in code spans.

use serde_json::Value;
use xtask_openapi::escape::code_span;

/// The maximum length of a value in a description, in characters. Longer values are truncated, but the JSON report
/// contains them in full.
const MAX_CHARS: usize = 80;

/// Describes a change: the location, what changed, and the old and new values.
pub(crate) fn of(location: &str, predicate: &str, old: &Value, new: &Value) -> String {
    let values = match (old, new) {
        (Value::Null, Value::Null) => String::new(),
        (Value::Null, new) => format!(" ({})", span(new)),
        (old, Value::Null) => format!(" (was {})", span(old)),
        (old, new) => format!(" ({} → {})", span(old), span(new)),
    };
    format!("{}: {predicate}{values}", code_span(location))
}

/// Returns a value as JSON text, truncated to 80 characters, in a code span.
pub(crate) fn span(value: &Value) -> String {
    let mut text = value.to_string();
    if text.chars().count() > MAX_CHARS {
        text = text.chars().take(MAX_CHARS - 1).chain(['…']).collect();
    }
    code_span(&text)
}
