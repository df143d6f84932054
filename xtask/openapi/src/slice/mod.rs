//! Reduces a document to the selected operations and everything that they refer to.
//!
//! Objects keep their locations, so a JSON pointer into the slice is also valid in the source. The exceptions are
//! referenced objects that are outside `components` or nested inside a component. They become components, because
//! OpenAPI tools support only references to whole components.

mod discriminator;
mod link;
mod names;
mod reach;
mod security;
mod slicer;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

pub use self::discriminator::Children;
use self::slicer::{Pending, Slicer};
use crate::document::Fields as _;
use crate::grammar::{Content, Kind, METHODS};
use crate::operation::{Operation, operations};
use crate::{Document, Error, pointer};

/// A document that contains only the selected operations and their dependencies.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The reduced document.
    pub value: Value,
    /// The undeclared schemes in security requirements, each with the location where it is first used.
    pub undeclared_schemes: BTreeMap<String, String>,
    /// Maps the locations of moved objects in the slice to their locations in the source.
    origins: BTreeMap<String, String>,
}

impl Slice {
    /// Returns the location in the source document that corresponds to a location in the slice.
    #[must_use]
    pub fn origin(&self, pointer: &str) -> String {
        origin(&self.origins, pointer)
    }
}

/// Translates a location based on the origin of the component or operation that contains it. Both have pointers with
/// three tokens: /components/SECTION/NAME and /paths/PATH/METHOD.
fn origin(origins: &BTreeMap<String, String>, pointer: &str) -> String {
    let end = pointer
        .match_indices('/')
        .nth(3)
        .map_or(pointer.len(), |(at, _)| at);
    let (object, rest) = pointer.split_at(end);
    origins
        .get(object)
        .map_or_else(|| pointer.to_owned(), |origin| format!("{origin}{rest}"))
}

/// Extracts `operations` in document order. Components are sorted by name.
///
/// # Errors
/// Returns an error if something that the operations refer to is missing or in another document.
pub fn slice(document: &Document, operations: &[Operation<'_>]) -> Result<Slice, Error> {
    document.version()?;
    let mut slicer = Slicer {
        document,
        reached: BTreeMap::new(),
        origins: BTreeMap::new(),
        new_names: BTreeMap::new(),
        queue: VecDeque::new(),
        undeclared_schemes: BTreeMap::new(),
        needs_global_security: false,
        operations,
        children: Children::of(document.value()),
    };
    let paths = slicer
        .paths()
        .and_then(|paths| slicer.follow_queue().map(|()| paths));
    let in_source = |mut error: Error| {
        error.pointer = error.pointer.map(|pointer| origin(&slicer.origins, &pointer));
        error
    };
    let paths = paths.map_err(in_source)?;
    Ok(slicer.assemble(paths))
}

impl Slicer<'_> {
    /// Returns the paths of the operations, and queues everything that they refer to.
    fn paths(&mut self) -> Result<Map<String, Value>, Error> {
        let mut paths = Map::new();
        let mut chosen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for operation in self.operations {
            chosen.entry(operation.path()).or_default().push(operation.method);
        }
        for operation in self.operations {
            let Some(methods) = chosen.remove(operation.path()) else {
                continue;
            };
            let place = pointer::child("/paths", operation.path());
            let mut item = Map::new();
            for (field, value) in operation.item.fields() {
                if METHODS.contains(&field) && !methods.contains(&field) {
                    continue;
                }
                item.insert(field.to_owned(), value.clone());
                let origin = operation.item.field(field).map(|(origin, _)| origin);
                self.origins
                    .extend(origin.map(|origin| (pointer::child(&place, field), origin)));
            }
            let mut item = Value::Object(item);
            self.follow(&mut item, Content::Object(Kind::PathItem), &place)?;
            paths.insert(operation.path().to_owned(), item);
        }
        Ok(paths)
    }

    fn follow_queue(&mut self) -> Result<(), Error> {
        while let Some(Pending { kind, name, source }) = self.queue.pop_front() {
            let value = self.document.value().pointer(&source);
            let mut value = value.cloned().unwrap_or_default();
            self.follow(&mut value, Content::Object(kind), &source)?;
            if let Some(section) = kind.section() {
                self.reached.entry(section).or_default().insert(name, value);
            }
        }
        Ok(())
    }

    /// Searches a value for references according to the grammar and queues their targets.
    fn follow(&mut self, value: &mut Value, content: Content, place: &str) -> Result<(), Error> {
        if let (Content::Object(kind), Value::Object(object)) = (content, &mut *value) {
            self.follow_object(object, kind, place)?;
        }
        match value {
            _ if !content.has_objects() => Ok(()),
            Value::Array(items) => (0..).zip(items).try_for_each(|(index, item): (usize, _)| {
                self.follow(item, content.item(), &format!("{place}/{index}"))
            }),
            Value::Object(fields) => fields.iter_mut().try_for_each(|(name, value)| {
                self.follow(value, content.member(name), &pointer::child(place, name))
            }),
            _ => Ok(()),
        }
    }

    fn follow_object(
        &mut self,
        object: &mut Map<String, Value>,
        kind: Kind,
        place: &str,
    ) -> Result<(), Error> {
        if kind.can_be_reference() && object.contains_key("$ref") {
            self.follow_reference(object, kind, place)?;
        }
        match kind {
            Kind::Operation => self.reach_security_schemes(object, place),
            Kind::Schema => {
                self.reach_children(object, place)?;
                // Definitions are included only if a reference leads to them.
                object.retain(|name, _| name != "$defs" && name != "definitions");
                Ok(())
            }
            Kind::Discriminator => self.follow_mapping(object, place),
            Kind::Link => self.follow_link(object, place),
            _ => Ok(()),
        }
    }

    fn follow_reference(
        &mut self,
        object: &mut Map<String, Value>,
        kind: Kind,
        place: &str,
    ) -> Result<(), Error> {
        let place = pointer::child(place, "$ref");
        let Some(Value::String(reference)) = object.get_mut("$ref") else {
            return Err(self.document.error(place, "must be a string"));
        };
        *reference = self.reach(reference, kind, &place)?;
        Ok(())
    }

    fn assemble(self, paths: Map<String, Value>) -> Slice {
        let paths = json!({ "paths": paths });
        let tags: BTreeSet<&str> = operations(&paths)
            .flat_map(|operation| operation.value.items("tags"))
            .filter_map(Value::as_str)
            .collect();
        let has_servers = |operation: Operation<'_>| {
            operation.value.get("servers").is_some() || operation.item.field("servers").is_some()
        };
        let needs_servers = !operations(&paths).all(has_servers);
        let mut value = Map::new();
        for (name, content) in self.document.value().as_object().into_iter().flatten() {
            let content = match name.as_str() {
                "components" | "webhooks" => continue,
                "servers" if !needs_servers => continue,
                "security" if !self.needs_global_security => continue,
                "paths" => json!({}),
                "tags" => used_tags(content, &tags),
                _ => content.clone(),
            };
            value.insert(name.clone(), content);
        }
        if let Value::Object(paths) = paths {
            value.extend(paths);
        }
        if !self.reached.is_empty() {
            value.insert("components".to_owned(), json!(self.reached));
        }
        Slice {
            value: Value::Object(value),
            undeclared_schemes: self.undeclared_schemes,
            origins: self.origins,
        }
    }
}

/// Returns the Tag Objects for the tags used by the operations. An invalid declaration is left unchanged and reported
/// later.
fn used_tags(tags: &Value, used: &BTreeSet<&str>) -> Value {
    let Value::Array(tags) = tags else {
        return tags.clone();
    };
    let is_used = |tag: &&Value| tag.text("name").is_some_and(|name| used.contains(name));
    json!(tags.iter().filter(is_used).collect::<Vec<_>>())
}
