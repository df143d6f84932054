//! Rules for specific kinds of objects: fields that OpenAPI 3.0 requires or doesn't have.

use serde_json::{Map, Value, json};

use super::Lowering;
use crate::grammar::Kind;
use crate::{Error, pointer};

impl Lowering<'_> {
    /// Completes an object after its fields were converted.
    pub(super) fn finish(
        &mut self,
        object: &mut Map<String, Value>,
        kind: Kind,
        place: &str,
    ) -> Result<(), Error> {
        match kind {
            Kind::OpenApi => self.finish_document(object),
            // OpenAPI 3.0 doesn't have this field.
            Kind::Info => drop(object.shift_remove("summary")),
            Kind::Components if object.contains_key("pathItems") => {
                let message = "OpenAPI 3.0 doesn't have this section";
                return Err(self.error(&pointer::child(place, "pathItems"), message));
            }
            Kind::Operation => {
                // `responses` is optional in 3.1 but required in 3.0. An empty default response is equivalent.
                object
                    .entry("responses")
                    .or_insert_with(|| json!({ "default": { "description": "" } }));
            }
            Kind::Response => {
                object.entry("description").or_insert_with(|| json!(""));
            }
            Kind::SecurityScheme => return self.finish_security_scheme(object, place),
            _ => {}
        }
        Ok(())
    }

    fn finish_document(&mut self, root: &mut Map<String, Value>) {
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.entry("paths").or_insert_with(|| json!({}));
        root.shift_remove("jsonSchemaDialect");
        if let Some(webhooks) = root.shift_remove("webhooks") {
            self.report_loss("", "webhooks", webhooks, "dropped");
        }
    }

    fn finish_security_scheme(&self, scheme: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let allowed = ["apiKey", "http", "oauth2", "openIdConnect"];
        if scheme
            .get("type")
            .and_then(Value::as_str)
            .is_some_and(|found| allowed.contains(&found))
        {
            return Ok(());
        }
        let message = format!("must be one of {}, the types of OpenAPI 3.0", allowed.join(", "));
        Err(self.error(&pointer::child(place, "type"), message))
    }
}
