//! Escapes descriptions from the facts, which are untrusted.

use std::collections::HashSet;

use serde_json::{Map, Value};
use xtask_openapi::grammar::{Content, Kind};
use xtask_openapi::pointer;
use xtask_openapi::walk::change;

use crate::markdown;
use crate::prose::ENUM_DESCRIPTIONS;

/// Escapes the descriptions that come from the facts, so that the generated documentation shows them as plain text.
/// Descriptions from the overlay are Markdown and remain unchanged, unless the facts contain an identical string.
pub(crate) fn escape(merged: &mut Value, facts: &Value) {
    let strings = pointer::all(facts).into_iter().filter_map(Value::as_str);
    let foreign: HashSet<&str> = strings.collect();
    let escape = |value: &mut Value| {
        if let Value::String(text) = value
            && foreign.contains(text.as_str())
        {
            *text = markdown::text(text);
        }
    };
    change(merged, &mut |kind, fields| {
        each_description(kind, fields, &escape);
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
