//! Escapes descriptions from the facts, which are untrusted.

use std::collections::HashSet;

use serde_json::{Map, Value};
use xtask_openapi::grammar::{Content, Kind};

use crate::markdown;
use crate::prose::ENUM_DESCRIPTIONS;
use xtask_openapi::walk::change;

/// Escapes the descriptions that come from the facts, so that the generated documentation shows them as plain text.
/// Descriptions from the overlay are Markdown and remain unchanged.
pub(crate) fn escape(merged: &mut Value, facts: &Value) {
    let mut foreign = HashSet::new();
    collect(facts, &mut foreign);
    let escape = |value: &mut Value| {
        if let Value::String(text) = value
            && foreign.contains(text.as_str())
        {
            *text = markdown::text(text);
        }
    };
    change(merged, &mut |kind, fields| {
        each_description(kind, fields, &escape);
        true
    });
}

fn each_description(kind: Kind, fields: &mut Map<String, Value>, escape: &dyn Fn(&mut Value)) {
    for (name, value) in fields.iter_mut() {
        if name == ENUM_DESCRIPTIONS {
            let words = value.as_object_mut().into_iter().flat_map(Map::values_mut);
            words.for_each(escape);
        } else if kind.content(name) == Some(Content::Prose) || (kind == Kind::Info && name == "title") {
            escape(value);
        }
    }
}

/// Collects all strings in the facts. If the overlay contains an identical string, that string is escaped too.
fn collect<'a>(value: &'a Value, found: &mut HashSet<&'a str>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}
