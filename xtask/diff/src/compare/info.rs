//! The Info Object, which contains a document's title, version and description. They also occur in generated
//! documentation.

use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::grammar::{Content, Kind};

use super::{Comparison, Context};
use crate::kinds::operation as kinds;
use crate::model::{Fields, normalized};

impl Comparison<'_> {
    /// Records the differences between the Info Objects of two documents.
    pub(crate) fn info(&mut self, old: &Value, new: &Value) {
        let operation = Context::operation();
        let context = operation.at(operation.direction, operation.scope, "info");
        let [(old_prose, old_facts), (new_prose, new_facts)] = [old, new].map(prose_and_facts);
        self.fields(kinds::INFO_CHANGED, &context, &old_facts, &new_facts);
        self.prose(&context, &old_prose, &new_prose);
    }
}

fn prose_and_facts(document: &Value) -> (Fields, Fields) {
    let info = document.members("info");
    let fields = info.map(|(name, value)| (name.clone(), normalized(value)));
    fields.partition(|(name, _)| Kind::Info.content(name) == Some(Content::Prose))
}
