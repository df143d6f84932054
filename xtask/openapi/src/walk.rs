//! Walks through a document according to its grammar, so that example data is not mistaken for schemas.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::Fields as _;
use crate::grammar::{Content, Kind, METHODS};
use crate::pointer;

/// An object directly inside another object.
pub(crate) struct Part<'f, V> {
    pub(crate) value: V,
    pub(crate) kind: Kind,
    /// The field of the outer object.
    pub(crate) field: &'f str,
    key: Key<'f>,
}

/// The location of an object in the value of a field: the value itself, an item of an array or a member of a map.
enum Key<'f> {
    Whole,
    Index(usize),
    Name(&'f str),
}

impl<V> Part<'_, V> {
    /// Returns the pointer of the object. `outer` is the pointer of the outer object.
    pub(crate) fn pointer(&self, outer: &str) -> String {
        let field = pointer::child(outer, self.field);
        match self.key {
            Key::Whole => field,
            Key::Index(index) => format!("{field}/{index}"),
            Key::Name(name) => pointer::child(&field, name),
        }
    }
}

/// Returns the objects in the value of a field. Supports references to values and mutable ones.
macro_rules! parts_of_field {
    ($outer:expr, $field:expr, $value:expr) => {{
        let (field, value) = ($field.as_str(), $value);
        let part = |kind, key, value| Part {
            value,
            kind,
            field,
            key,
        };
        match ($outer.content(field), value) {
            (Some(Content::Object(kind)), value) => vec![part(kind, Key::Whole, value)],
            (Some(Content::List(kind)), Value::Array(items)) => (0..)
                .zip(items)
                .map(|(index, item)| part(kind, Key::Index(index), item))
                .collect(),
            (Some(Content::Map(kind)), Value::Object(items)) => items
                .into_iter()
                .map(|(name, item)| part(kind, Key::Name(name), item))
                .collect(),
            _ => Vec::new(),
        }
    }};
}

/// Returns the objects directly inside the fields of an object of a kind.
pub(crate) fn parts(kind: Kind, fields: &Map<String, Value>) -> impl Iterator<Item = Part<'_, &Value>> {
    fields
        .iter()
        .flat_map(move |(field, value)| parts_of_field!(kind, field, value))
}

/// Does the same as [`parts`], for changes.
pub(crate) fn parts_mut(
    kind: Kind,
    fields: &mut Map<String, Value>,
) -> impl Iterator<Item = Part<'_, &mut Value>> {
    fields
        .iter_mut()
        .flat_map(move |(field, value)| parts_of_field!(kind, field, value))
}

/// Returns the value of a field with each object replaced by the result of `convert`, which also gets the kind and the
/// pointer of the object.
pub fn convert(
    value: &Value,
    content: Content,
    place: &str,
    convert: &mut dyn FnMut(&Value, Kind, &str) -> Value,
) -> Value {
    match (content, value) {
        (Content::Object(kind), value) => convert(value, kind, place),
        (Content::List(kind), Value::Array(items)) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| convert(item, kind, &format!("{place}/{index}")))
                .collect()
        }
        (Content::Map(kind), Value::Object(items)) => {
            let mut item = |name, item| convert(item, kind, &pointer::child(place, name));
            let items = items
                .iter()
                .map(|(name, value)| (name.clone(), item(name, value)));
            Value::Object(items.collect())
        }
        _ => value.clone(),
    }
}

/// An object of a document and its location.
#[derive(Debug)]
pub struct Place<'a> {
    /// The JSON pointer.
    pub pointer: &'a str,
    /// The type of the object.
    pub kind: Kind,
    /// The content of the object.
    pub fields: &'a Map<String, Value>,
    /// Whether the object has a name: a property, a component schema or a response.
    pub is_named: bool,
}

/// Calls `visit` for every object of the document, outer objects first.
pub fn visit(document: &Value, visit: &mut dyn FnMut(&Place<'_>)) {
    visit_object(document, Kind::OpenApi, "", false, visit);
}

fn visit_object(value: &Value, kind: Kind, pointer: &str, is_named: bool, visit: &mut dyn FnMut(&Place<'_>)) {
    let Value::Object(fields) = value else { return };
    visit(&Place {
        pointer,
        kind,
        fields,
        is_named,
    });
    for part in parts(kind, fields) {
        let is_named = matches!(part.key, Key::Name(_)) || part.kind == Kind::Response;
        visit_object(part.value, part.kind, &part.pointer(pointer), is_named, visit);
    }
}

/// Calls `change` for every object of the document, inner objects first. Returns how often `change` returned `true`.
pub fn change(document: &mut Value, change: &mut dyn FnMut(Kind, &mut Map<String, Value>) -> bool) -> usize {
    change_object(document, Kind::OpenApi, change)
}

/// Does the same as [`change`] for one object and its contents.
pub fn change_object(
    value: &mut Value,
    kind: Kind,
    change: &mut dyn FnMut(Kind, &mut Map<String, Value>) -> bool,
) -> usize {
    let Value::Object(fields) = value else { return 0 };
    let inside = parts_mut(kind, fields).map(|part| change_object(part.value, part.kind, change));
    inside.sum::<usize>() + usize::from(change(kind, fields))
}

/// Changes the references and discriminator mappings of a document. `renames` contains new references by old ones.
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
        false
    });
}

/// An operation at its location in a document.
#[derive(Debug, Clone, Copy)]
pub struct OperationAt<'a> {
    /// The path.
    pub path: &'a str,
    /// The path item, which may contain parameters and servers for all its operations.
    pub item: &'a Value,
    /// The HTTP method, in lowercase.
    pub method: &'a str,
    /// The content of the operation.
    pub value: &'a Value,
}

impl OperationAt<'_> {
    /// Returns the JSON pointer of the operation.
    #[must_use]
    pub fn pointer(&self) -> String {
        pointer::child(&pointer::child("/paths", self.path), self.method)
    }
}

/// Returns the operations of a document, in document order. Doesn't follow the references of path items.
pub fn operations(document: &Value) -> impl Iterator<Item = OperationAt<'_>> {
    document.members("paths").flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        let methods = methods.filter(|(name, _)| METHODS.contains(&name.as_str()));
        methods.map(move |(method, value)| OperationAt {
            path,
            item,
            method,
            value,
        })
    })
}

/// Follows a reference. Returns the object itself if it is not a reference, and `None` if the reference is unresolved.
#[must_use]
pub fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> Option<&'a Value> {
    // Real chains are shorter. The limit also ends cycles.
    for _ in 0..32 {
        let Some(reference) = value.text("$ref") else {
            return Some(value);
        };
        value = document.pointer(&pointer::of_reference(reference)?)?;
    }
    None
}
