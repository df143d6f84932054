//! The Info Object, which contains a document's title, version and description. These also appear in the generated
//! documentation.

use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::grammar::{Content, Kind};

use super::{Comparison, Context};
use crate::kinds::operation as kinds;
use crate::model::{Rest, normalized};

impl Comparison<'_> {
    /// Records the differences between the Info Objects of two documents.
    pub(crate) fn info(&mut self, old: &Value, new: &Value) {
        let operation = Context::operation();
        let context = operation.at(operation.direction, operation.scope, "info");
        self.rest(kinds::INFO_CHANGED, &context, &read(old), &read(new));
    }
}

fn read(document: &Value) -> Rest {
    let info = document.members("info");
    let fields = info.map(|(name, value)| (name.clone(), normalized(value)));
    let (prose, facts) = fields.partition(|(name, _)| Kind::Info.content(name) == Some(Content::Prose));
    Rest { facts, prose }
}
