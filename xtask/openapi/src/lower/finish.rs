//! Rules for specific kinds of objects: required fields, and fields that OpenAPI 3.0 doesn't have.

use serde_json::{Map, Value, json};

use super::lowering::Lowering;
use super::schema;
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
            Kind::Info => {
                // OpenAPI 3.0 doesn't have this field.
                object.shift_remove("summary");
                self.require(object, &["title", "version"], place)
            }
            Kind::Server => self.finish_server(object, place),
            Kind::Tag => self.require(object, &["name"], place),
            Kind::Components => match object.contains_key("pathItems") {
                true => Err(self.error(
                    &pointer::child(place, "pathItems"),
                    "OpenAPI 3.0 doesn't have this section",
                )),
                false => Ok(()),
            },
            Kind::Parameter => self.finish_parameter(object, place),
            Kind::Operation => {
                // `responses` is optional in 3.1 but required in 3.0. An empty default response is equivalent.
                object
                    .entry("responses")
                    .or_insert_with(|| json!({ "default": { "description": "" } }));
                Ok(())
            }
            Kind::Response => {
                object.entry("description").or_insert_with(|| json!(""));
                Ok(())
            }
            Kind::RequestBody => self.require(object, &["content"], place),
            Kind::SecurityScheme => self.finish_security_scheme(object, place),
            _ => Ok(()),
        }
    }

    fn require(&self, object: &Map<String, Value>, names: &[&str], place: &str) -> Result<(), Error> {
        match names.iter().find(|name| !object.contains_key(**name)) {
            Some(name) => Err(self.error(place, format!("must have `{name}`: OpenAPI requires it"))),
            None => Ok(()),
        }
    }

    fn finish_document(&mut self, root: &mut Map<String, Value>) -> Result<(), Error> {
        self.require(root, &["info"], "")?;
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.entry("paths").or_insert_with(|| json!({}));
        if let Some(dialect) = root.shift_remove("jsonSchemaDialect")
            && !dialect.as_str().is_some_and(schema::is_known_dialect)
        {
            return Err(self.error(
                "/jsonSchemaDialect",
                format!("{dialect} is not {}", schema::DIALECTS),
            ));
        }
        if let Some(webhooks) = root.shift_remove("webhooks") {
            self.report_loss("", "webhooks", webhooks, "dropped");
        }
        Ok(())
    }

    fn finish_server(&self, server: &Map<String, Value>, place: &str) -> Result<(), Error> {
        self.require(server, &["url"], place)?;
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let variables = server.get("variables").and_then(Value::as_object);
        let place = pointer::child(place, "url");
        let mut rest = url;
        while let Some((_, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(self.error(&place, format!("`{url}` has a `{{` without a matching `}}`")));
            };
            if !variables.is_some_and(|variables| variables.contains_key(name)) {
                return Err(self.error(&place, format!("`{url}` uses the undeclared variable `{name}`")));
            }
            rest = after;
        }
        Ok(())
    }

    fn finish_parameter(&self, parameter: &Map<String, Value>, place: &str) -> Result<(), Error> {
        self.require(parameter, &["name", "in"], place)?;
        let allowed = ["path", "query", "header", "cookie"];
        if !parameter
            .get("in")
            .and_then(Value::as_str)
            .is_some_and(|found| allowed.contains(&found))
        {
            let message = format!("must be one of {}", allowed.join(", "));
            return Err(self.error(&pointer::child(place, "in"), message));
        }
        match parameter.contains_key("schema") == parameter.contains_key("content") {
            true => Err(self.error(place, "must have either `schema` or `content`")),
            false => Ok(()),
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
