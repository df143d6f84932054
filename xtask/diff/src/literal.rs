//! Literal differences between two JSON values, regardless of their meaning.

use serde_json::Value;
use xtask_openapi::escape::code_span;
use xtask_openapi::pointer;

use crate::sentence::span;

/// Returns every difference between two documents: changed members and items with their JSON pointers, and changes to
/// the order of members.
///
/// Each difference is a line of Markdown. Text from the documents is in code spans.
#[must_use]
pub fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(old, new, "", &mut found);
    found
}

fn collect(old: &Value, new: &Value, place: &str, found: &mut Vec<String>) {
    let mut report = |place: &str, what: String| {
        let place = if place.is_empty() {
            "The document".to_owned()
        } else {
            code_span(place)
        };
        found.push(format!("{place} {what}"));
    };
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            for (names, others, verb) in [(before, after, "removed"), (after, before, "added")] {
                for (name, value) in names.iter().filter(|(name, _)| !others.contains_key(*name)) {
                    let what = format!("was {verb}: {}", span(value));
                    report(&pointer::child(place, name), what);
                }
            }
            let kept = before.keys().filter(|name| after.contains_key(*name));
            if !kept.eq(after.keys().filter(|name| before.contains_key(*name))) {
                report(place, "has its members in a different order".to_owned());
            }
            for (name, value) in before {
                if let Some(other) = after.get(name) {
                    collect(value, other, &pointer::child(place, name), found);
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (value, other)) in before.iter().zip(after).enumerate() {
                collect(value, other, &format!("{place}/{index}"), found);
            }
        }
        (before, after) if before != after => {
            report(place, format!("changed: {} → {}", span(before), span(after)));
        }
        _ => {}
    }
}
