//! Path items, which may refer to another path item.

use serde_json::{Map, Value};

use crate::{Document, Error, pointer};

/// A path item, and the path item that it refers to, if any. Its own fields take precedence.
#[derive(Debug, Clone)]
pub(crate) struct PathItem<'a> {
    pub(crate) path: &'a str,
    /// The JSON pointer.
    place: String,
    own: &'a Value,
    target: Option<(&'a str, &'a Value)>,
}

impl<'a> PathItem<'a> {
    pub(super) fn of(document: &'a Value, path: &'a str, place: String, own: &'a Value) -> Self {
        let reference = own.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| {
            let target = document.pointer(&pointer::of_reference(reference)?)?;
            Some((reference, target))
        });
        Self {
            path,
            place,
            own,
            target,
        }
    }

    /// Returns an error if the path item is not an object, or if it refers to something other than a path item.
    pub(super) fn check(&self, document: &Document) -> Result<(), Error> {
        if !self.own.is_object() {
            return Err(document.error(&self.place, "must be an object with HTTP methods as keys"));
        }
        match (self.own.get("$ref"), self.target) {
            (None, _) => Ok(()),
            (_, Some((_, target))) if target.is_object() && target.get("$ref").is_none() => Ok(()),
            (Some(reference), _) => {
                let message = format!("{reference} doesn't refer to a path item in this document");
                Err(document.error(pointer::child(&self.place, "$ref"), message))
            }
        }
    }

    /// Returns all fields other than `$ref`.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let own = self.own;
        let others = self.target.into_iter().flat_map(|(_, target)| members(target));
        members(own).chain(others.filter(|(name, _)| own.get(*name).is_none()))
    }

    /// Returns a field and its JSON pointer.
    pub(crate) fn field(&self, name: &str) -> Option<(String, &'a Value)> {
        if let Some(value) = self.own.get(name) {
            return Some((pointer::child(&self.place, name), value));
        }
        let (reference, target) = self.target?;
        let place = pointer::of_reference(reference)?;
        Some((pointer::child(&place, name), target.get(name)?))
    }
}

fn members(item: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = item.as_object().into_iter().flat_map(Map::iter);
    members
        .map(|(name, value)| (name.as_str(), value))
        .filter(|(name, _)| *name != "$ref")
}
