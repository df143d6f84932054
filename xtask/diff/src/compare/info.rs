//! The Info Object: title, version and description of a document, which generated documentation repeats.

use std::collections::BTreeMap;

use serde_json::Value;
use xtask_openapi::grammar::{Content, Kind};

use super::{Comparison, Place};
use crate::kinds::operation as kinds;
use crate::rust::Items;

/// The fields of an object with facts, and those with prose.
type Fields = [BTreeMap<String, Value>; 2];

impl Comparison<'_> {
    /// Records the differences between the Info Objects of two documents.
    pub(crate) fn info(&mut self, old: &Value, new: &Value) {
        // Only the generated crate repeats them.
        let place = Place::operation(Items::default());
        let place = place.at(place.direction, place.scope, "info");
        let [old_facts, old_prose] = fields(old);
        let [new_facts, new_prose] = fields(new);
        let known = [&kinds::INFO_CHANGED, &kinds::EXTENSION_CHANGED];
        self.fields(known, &place, &old_facts, &new_facts);
        self.prose(&kinds::PROSE_CHANGED, &place, &old_prose, &new_prose);
    }
}

fn fields(document: &Value) -> Fields {
    let info = document.get("info").and_then(Value::as_object);
    let fields = info.into_iter().flatten();
    let fields = fields.map(|(name, value)| (name.clone(), value.clone()));
    let (prose, facts) = fields.partition(|(name, _)| Kind::Info.content(name) == Some(Content::Prose));
    [facts, prose]
}
