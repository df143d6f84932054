//! Conversion rules for specific kinds of objects. They handle fields that OpenAPI 3.0 requires or doesn't have.

use serde_json::{Map, Value, json};

use super::lowering::Lowering;
use crate::document::Fields as _;
use crate::grammar::Kind;
use crate::{Document, Error, pointer};

/// Rejects components that OpenAPI 3.0 doesn't have.
pub(super) fn check_sections(document: &Document) -> Result<(), Error> {
    let path_items = "/components/pathItems";
    if document.value().pointer(path_items).is_some() {
        return Err(document.error(path_items, "OpenAPI 3.0 doesn't have this section"));
    }
    let place = "/components/securitySchemes";
    for (name, scheme) in document.value().components("securitySchemes") {
        if scheme.text("type") == Some("mutualTLS") {
            let place = pointer::child(&pointer::child(place, name), "type");
            return Err(document.error(place, "OpenAPI 3.0 doesn't have `mutualTLS`"));
        }
    }
    Ok(())
}

impl Lowering<'_> {
    /// Completes an object after its fields have been converted.
    pub(super) fn finish(&mut self, object: &mut Map<String, Value>, kind: Kind) {
        match kind {
            Kind::OpenApi => self.finish_document(object),
            // OpenAPI 3.0 doesn't have this field.
            Kind::Info => drop(object.shift_remove("summary")),
            Kind::Operation => {
                // `responses` is required in 3.0 but optional in 3.1. An empty default response is equivalent to none.
                object
                    .entry("responses")
                    .or_insert_with(|| json!({ "default": { "description": "" } }));
            }
            Kind::Response => {
                object.entry("description").or_insert_with(|| json!(""));
            }
            _ => {}
        }
    }

    fn finish_document(&mut self, root: &mut Map<String, Value>) {
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.entry("paths").or_insert_with(|| json!({}));
        root.shift_remove("jsonSchemaDialect");
        if root.shift_remove("webhooks").is_some() {
            self.report_loss("webhooks", "", "dropped");
        }
    }
}
