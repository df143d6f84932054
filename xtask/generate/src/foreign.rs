//! Descriptions that are not ours: those of the facts, which may be anybody's.

use std::collections::HashSet;

use serde_json::{Map, Value};
use xtask_openapi::grammar::{Content, Kind};

use crate::markdown;
use crate::prose::ENUM_DESCRIPTIONS;
use crate::walk::change;

/// Makes plain text of what generated code repeats of the facts' descriptions. Descriptions of the overlay are
/// Markdown and stay as they are.
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

/// All strings of a value. One that the overlay has as well counts as the facts'.
fn collect<'a>(value: &'a Value, found: &mut HashSet<&'a str>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}
