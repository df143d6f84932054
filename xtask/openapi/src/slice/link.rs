//! Links: checks that the operations they refer to are part of the slice.

use serde_json::{Map, Value};

use super::slicer::Slicer;
use crate::operation::Operation;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Checks the target of a link, and replaces `operationRef` with `operationId`, because paths may change later.
    pub(super) fn follow_link(&self, link: &mut Map<String, Value>, place: &str) -> Result<(), Error> {
        let must_be_there = |field: &str, what: &str| {
            let message = format!("refers to the operation {what}, which is not selected; select it too");
            self.document.error(pointer::child(place, field), message)
        };
        if let Some(id) = link.get("operationId").and_then(Value::as_str)
            && !self
                .operations
                .iter()
                .any(|operation| operation.id.as_deref() == Some(id))
        {
            return Err(must_be_there("operationId", &format!("`{id}`")));
        }
        let reference = link.get("operationRef").and_then(Value::as_str);
        // References to other documents remain unchanged.
        if let Some(target) = reference.and_then(pointer::of_reference) {
            let leads_to = |operation: &&Operation| {
                target == pointer::child(&pointer::child("/paths", &operation.path), &operation.method)
            };
            let Some(operation) = self.operations.iter().find(leads_to) else {
                return Err(must_be_there("operationRef", &format!("at {target}")));
            };
            let Some(id) = &operation.id else {
                let message =
                    "refers to an operation without an operationId, which is required to import a link";
                return Err(self
                    .document
                    .error(pointer::child(place, "operationRef"), message));
            };
            link.shift_remove("operationRef");
            link.insert("operationId".to_owned(), Value::String(id.clone()));
        }
        Ok(())
    }
}
