//! Walks through a document according to its grammar, so that example data is not mistaken for schemas.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::Fields as _;
use crate::grammar::{Content, Kind};
use crate::pointer;

/// Returns the items or members of a value that may contain objects, each with its content and its pointer. `content`
/// and `place` describe the value itself.
pub(crate) fn inside<'a>(
    value: &'a Value,
    content: Content,
    place: &str,
) -> Vec<(&'a Value, Content, String)> {
    match value {
        _ if !content.has_objects() => Vec::new(),
        Value::Array(items) => (0..)
            .zip(items)
            .map(|(index, item): (usize, _)| (item, content.item(), format!("{place}/{index}")))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (value, content.member(name), pointer::child(place, name)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the value of a field with each object replaced by the result of `convert_object`, which also receives the
/// object's kind and pointer.
pub(crate) fn convert(
    value: &Value,
    content: Content,
    place: &str,
    convert_object: &mut dyn FnMut(&Value, Kind, &str) -> Value,
) -> Value {
    if let Content::Object(kind) = content {
        return convert_object(value, kind, place);
    }
    let inside = inside(value, content, place).into_iter();
    let converted = inside.map(|(value, content, place)| convert(value, content, &place, convert_object));
    match (content, value) {
        (Content::List(_), Value::Array(_)) => converted.collect(),
        (Content::Map(_), Value::Object(items)) => items.keys().cloned().zip(converted).collect(),
        _ => value.clone(),
    }
}

/// An object in a document, and its location.
#[derive(Debug)]
pub struct Place<'a> {
    /// The JSON pointer.
    pub pointer: &'a str,
    /// The type of the object.
    pub kind: Kind,
    /// The content of the object.
    pub fields: &'a Map<String, Value>,
    /// `true` if the object has a name, as properties and component schemas do.
    pub is_named: bool,
}

/// Calls `visit` for every object in the document, outermost first.
pub fn visit(document: &Value, visit: &mut dyn FnMut(&Place<'_>)) {
    visit_inside(document, Content::Object(Kind::OpenApi), "", false, visit);
}

fn visit_inside(
    value: &Value,
    content: Content,
    pointer: &str,
    is_named: bool,
    visit: &mut dyn FnMut(&Place<'_>),
) {
    if let (Content::Object(kind), Value::Object(fields)) = (content, value) {
        visit(&Place {
            pointer,
            kind,
            fields,
            is_named,
        });
    }
    let is_named = matches!(content, Content::Map(_));
    for (value, content, pointer) in inside(value, content, pointer) {
        visit_inside(value, content, &pointer, is_named, visit);
    }
}

/// Calls `change` for every object in the document, innermost first.
pub fn change(document: &mut Value, change: &mut dyn FnMut(Kind, &mut Map<String, Value>)) {
    change_object(document, Kind::OpenApi, change);
}

/// Like [`change`], but for one object and its contents.
pub fn change_object(value: &mut Value, kind: Kind, change: &mut dyn FnMut(Kind, &mut Map<String, Value>)) {
    change_inside(value, Content::Object(kind), change);
}

fn change_inside(value: &mut Value, content: Content, change: &mut dyn FnMut(Kind, &mut Map<String, Value>)) {
    match value {
        _ if !content.has_objects() => {}
        Value::Array(items) => {
            for item in items {
                change_inside(item, content.item(), change);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                change_inside(value, content.member(name), change);
            }
            if let Content::Object(kind) = content {
                change(kind, fields);
            }
        }
        _ => {}
    }
}

/// Updates the references and discriminator mappings in a document. `renames` maps old references to new ones.
pub fn rename_references(document: &mut Value, renames: &BTreeMap<String, String>) {
    let rename = |reference: &mut Value| {
        if let Some(new) = reference.as_str().and_then(|old| renames.get(old)) {
            *reference = Value::String(new.clone());
        }
    };
    change(document, &mut |kind, object| {
        if kind.can_be_reference() {
            object.get_mut("$ref").into_iter().for_each(rename);
        } else if kind == Kind::Discriminator {
            let mapping = object.get_mut("mapping").and_then(Value::as_object_mut);
            mapping.into_iter().flat_map(Map::values_mut).for_each(rename);
        }
    });
}

/// Follows a reference. Returns the object itself if it is not a reference, and `None` if the reference is unresolved.
#[must_use]
pub fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> Option<&'a Value> {
    // Real chains are shorter. The limit also guards against cycles.
    for _ in 0..32 {
        let Some(reference) = value.text("$ref") else {
            return Some(value);
        };
        value = document.pointer(&pointer::of_reference(reference)?)?;
    }
    None
}
