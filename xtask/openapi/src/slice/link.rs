//! Links: checks that the operations they refer to are part of the slice.

use serde_json::{Map, Value};

use super::slicer::Slicer;
use crate::document::Fields as _;
use crate::operation::Operation;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Checks the target of a link, and replaces `operationRef` with `operationId`, because paths may change later.
    pub(super) fn follow_link(&self, link: &mut Map<String, Value>, place: &str) -> Result<(), Error> {
        let error = |field: &str, message: String| self.document.error(pointer::child(place, field), message);
        let unselected =
            |what: String| format!("refers to the operation {what}, which doesn't exist or is not selected");
        if let Some(id) = link.text("operationId")
            && !self.operations.iter().any(|operation| operation.id() == Some(id))
        {
            return Err(error("operationId", unselected(format!("`{id}`"))));
        }
        // References to other documents remain unchanged.
        if let Some(target) = link.text("operationRef").and_then(pointer::of_reference) {
            let leads_to = |operation: &&Operation<'_>| {
                target == pointer::child(&pointer::child("/paths", operation.path()), operation.method)
            };
            let operation = self.operations.iter().find(leads_to);
            let operation =
                operation.ok_or_else(|| error("operationRef", unselected(format!("at {target}"))))?;
            let Some(id) = operation.id() else {
                let message =
                    "refers to an operation without an operationId, which is required to import a link";
                return Err(error("operationRef", message.to_owned()));
            };
            link.shift_remove("operationRef");
            link.insert("operationId".to_owned(), id.into());
        }
        Ok(())
    }
}
