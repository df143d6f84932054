//! The operation itself: its names, where it is called, and everything below it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Comparison, Place};
use crate::kinds::operation as kinds;
use crate::model::Operation;
use crate::rust::Items;

/// Extensions that have rules of their own.
const HANDLED_EXTENSIONS: [&str; 2] = ["x-sunset", "x-stability-level"];

impl Comparison<'_> {
    /// Compares an operation that both documents have.
    pub(crate) fn operation(&mut self, old: &Operation, new: &Operation) {
        self.operation = Some(new.name.clone());
        let place = Place::operation(Items::of((self.old, old), (self.new, new)));
        self.call(old, new, &place);
        self.names(old, new, &place);
        self.life_cycle(old, new, &place);
        self.parameters(old, new, &place);
        self.request_body(old, new, &place);
        self.responses(old, new, &place);
        self.requirements(old, new, &place);
        self.servers(&old.servers, &new.servers, &place);
        let is_all = self.callbacks(&old.callbacks, &new.callbacks, &place);
        let facts = |operation: &Operation| {
            let all = operation.fields.iter().filter(|(name, _)| {
                let is_told = HANDLED_EXTENSIONS.contains(&name.as_str()) || (is_all && *name == "callbacks");
                !is_told
            });
            all.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        self.fields(
            [&kinds::FIELD_CHANGED, &kinds::EXTENSION_CHANGED],
            &place,
            &facts(old),
            &facts(new),
        );
        let prose = |operation: &Operation| {
            let mut prose = operation.prose.clone();
            prose.retain(|name, _| !(is_all && name == "callbacks"));
            prose
        };
        self.prose(&kinds::PROSE_CHANGED, &place, &prose(old), &prose(new));
    }

    /// Reports an operation that only the new document has.
    pub(crate) fn operation_added(&mut self, new: &Operation) {
        self.operation = Some(new.name.clone());
        self.change(
            &kinds::ADDED,
            &Place::operation(Items::of((self.new, new), (self.new, new))),
            Value::Null,
            json!(new.name),
        );
    }

    /// The method and the path: a request that goes elsewhere does not arrive.
    fn call(&mut self, old: &Operation, new: &Operation, place: &Place) {
        if old.method != new.method {
            let methods = [&old.method, &new.method].map(|method| json!(method.to_ascii_uppercase()));
            let [old, new] = methods;
            self.change(&kinds::METHOD_CHANGED, place, old, new);
        }
        let templates = |operation: &Operation| operation.paths.iter().map(|path| template(path)).collect();
        let (before, after): (BTreeSet<String>, BTreeSet<String>) = (templates(old), templates(new));
        if before.is_disjoint(&after) {
            self.change(
                &kinds::PATH_CHANGED,
                place,
                json!(old.paths.first()),
                json!(new.paths.first()),
            );
            return;
        }
        for path in old.paths.iter().filter(|path| !after.contains(&template(path))) {
            self.change(&kinds::PATH_CHANGED, place, json!(path), Value::Null);
        }
        for path in new.paths.iter().filter(|path| !before.contains(&template(path))) {
            self.change(&kinds::PATH_ADDED, place, Value::Null, json!(path));
        }
    }

    fn names(&mut self, old: &Operation, new: &Operation, place: &Place) {
        if old.id != new.id {
            let kind = if old.id.is_none() {
                &kinds::OPERATION_ID_ADDED
            } else {
                &kinds::OPERATION_ID_REMOVED
            };
            let place = place.at(place.direction, place.scope, "operation.operationId");
            self.change(kind, &place, json!(old.id), json!(new.id));
        }
        let place = place.at(place.direction, place.scope, "operation.tags");
        for tag in old.tags.difference(&new.tags) {
            self.change(&kinds::TAG_REMOVED, &place, json!(tag), Value::Null);
        }
        for tag in new.tags.difference(&old.tags) {
            self.change(&kinds::TAG_ADDED, &place, Value::Null, json!(tag));
        }
    }
}

/// A path without the names of its parameters, which never go over the wire.
pub(crate) fn template(path: &str) -> String {
    let mut template = String::new();
    let mut is_in_name = false;
    for c in path.chars() {
        if c == '}' {
            is_in_name = false;
        }
        if !is_in_name {
            template.push(c);
        }
        if c == '{' {
            is_in_name = true;
        }
    }
    template
}
