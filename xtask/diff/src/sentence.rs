//! Sentences about changes, in Markdown: text of the documents stands in code spans.

use serde_json::Value;
use xtask_openapi::escape::code_span;

use crate::kinds;

/// Longer values are cut in sentences; the report has them in full beside.
const MAX_CHARS: usize = 80;

/// One sentence: the place, what happened to it, and the values.
pub(crate) fn of(location: &str, id: &str, says: &str, old: &Value, new: &Value) -> String {
    let short = |value| code_span(&short(value));
    let values = match (old, new) {
        (Value::Null, Value::Null) => String::new(),
        // A flag that changed has its new value in the sentence already.
        (Value::Bool(_), Value::Bool(_)) if !kinds::is_about_a_value(id) => String::new(),
        (Value::Null, new) => format!(": {}", short(new)),
        (old, Value::Null) => format!(" (it was {})", short(old)),
        (old, new) => format!(": {} → {}", short(old), short(new)),
    };
    format!("{} {says}{values}.", code_span(location))
}

/// A value in little room.
pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= MAX_CHARS {
        return text;
    }
    text.chars().take(MAX_CHARS - 1).chain(['…']).collect()
}
