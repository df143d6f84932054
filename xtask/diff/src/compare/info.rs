//! The Info Object: title, version and description of a document, which are repeated in generated documentation.

use std::collections::BTreeMap;

use serde_json::Value;
use xtask_openapi::grammar::{Content, Kind};

use super::{Comparison, Context};
use crate::kinds::operation as kinds;

/// The facts and the prose of an object.
type Fields = [BTreeMap<String, Value>; 2];

impl Comparison<'_> {
    /// Records the differences between the Info Objects of two documents.
    pub(crate) fn info(&mut self, old: &Value, new: &Value) {
        let context = Context::operation();
        let context = context.at(context.direction, context.scope, "info");
        let [old_facts, old_prose] = fields(old);
        let [new_facts, new_prose] = fields(new);
        let known = [&kinds::INFO_CHANGED, &kinds::EXTENSION_CHANGED];
        self.fields(known, &context, &old_facts, &new_facts);
        self.prose(&kinds::PROSE_CHANGED, &context, &old_prose, &new_prose);
    }
}

fn fields(document: &Value) -> Fields {
    let info = document.get("info").and_then(Value::as_object);
    let fields = info.into_iter().flatten();
    let fields = fields.map(|(name, value)| (name.clone(), value.clone()));
    let (prose, facts) = fields.partition(|(name, _)| Kind::Info.content(name) == Some(Content::Prose));
    [facts, prose]
}
