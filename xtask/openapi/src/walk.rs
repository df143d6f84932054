//! Finds the objects nested in an object according to the OpenAPI grammar, so that example data is not mistaken for
//! schemas.

use serde_json::{Map, Value};

use crate::grammar::{Content, Kind};
use crate::pointer;

/// An object in a field of another object.
#[derive(Debug)]
pub struct Child<V> {
    /// The type of the object.
    pub kind: Kind,
    /// The location, relative to the containing object.
    pub pointer: String,
    /// `true` if the object has a name, as do properties, components and responses.
    pub is_named: bool,
    /// The object. It may be any other value if the document doesn't follow the grammar.
    pub value: V,
}

impl<V> Child<V> {
    fn new(kind: Kind, name: Option<&String>, pointer: String, value: V) -> Self {
        Self {
            kind,
            pointer: name.map_or_else(|| pointer.clone(), |name| pointer::child(&pointer, name)),
            is_named: name.is_some() || kind == Kind::Response,
            value,
        }
    }
}

/// Returns the objects in the fields of an object of the given kind.
#[must_use]
pub fn children(fields: &Map<String, Value>, kind: Kind) -> Vec<Child<&Value>> {
    let mut found = Vec::new();
    for (field, value) in fields {
        let at = pointer::child("", field);
        match (kind.content(field), value) {
            (Some(Content::Object(kind)), value) => found.push(Child::new(kind, None, at, value)),
            (Some(Content::List(kind)), Value::Array(items)) => {
                let items = items.iter().enumerate();
                found
                    .extend(items.map(|(index, item)| Child::new(kind, None, format!("{at}/{index}"), item)));
            }
            (Some(Content::Map(kind)), Value::Object(items)) => {
                let items = items.iter();
                found.extend(items.map(|(name, item)| Child::new(kind, Some(name), at.clone(), item)));
            }
            _ => {}
        }
    }
    found
}

/// Like [`children`], but returns mutable references.
pub fn children_mut(fields: &mut Map<String, Value>, kind: Kind) -> Vec<Child<&mut Value>> {
    let mut found = Vec::new();
    for (field, value) in fields {
        let at = pointer::child("", field);
        match (kind.content(field), value) {
            (Some(Content::Object(kind)), value) => found.push(Child::new(kind, None, at, value)),
            (Some(Content::List(kind)), Value::Array(items)) => {
                let items = items.iter_mut().enumerate();
                found
                    .extend(items.map(|(index, item)| Child::new(kind, None, format!("{at}/{index}"), item)));
            }
            (Some(Content::Map(kind)), Value::Object(items)) => {
                let items = items.iter_mut();
                found.extend(items.map(|(name, item)| Child::new(kind, Some(name), at.clone(), item)));
            }
            _ => {}
        }
    }
    found
}
