//! Adds the security schemes that security requirements refer to by name.

use serde_json::{Map, Value};

use super::slicer::{Slicer, Undeclared};
use crate::grammar::Kind;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Records the schemes in the security requirements of an operation, or in those of the document if the operation
    /// has none.
    pub(super) fn note_security(&mut self, operation: &Map<String, Value>, place: &str) -> Result<(), Error> {
        let (requirements, place) = match operation.get("security") {
            Some(own) => (Some(own), pointer::child(place, "security")),
            None => {
                self.needs_global_security = true;
                (self.document.value().get("security"), "/security".to_owned())
            }
        };
        let Some(requirements) = requirements else {
            return Ok(());
        };
        let names: Option<Vec<&String>> = requirements.as_array().and_then(|list| {
            let objects: Option<Vec<_>> = list.iter().map(Value::as_object).collect();
            Some(objects?.into_iter().flat_map(Map::keys).collect())
        });
        let names = names.ok_or_else(|| self.document.error(&place, "must be an array of objects"))?;
        for name in names {
            self.security_schemes
                .entry(name.clone())
                .or_insert_with(|| place.clone());
        }
        Ok(())
    }

    /// Adds the security schemes to the slice and returns the undeclared ones.
    pub(super) fn reach_security_schemes(&mut self) -> Result<Undeclared, Error> {
        let mut undeclared = Vec::new();
        for (name, place) in std::mem::take(&mut self.security_schemes) {
            let declared = format!("/components/securitySchemes/{}", pointer::escape(&name));
            if self.document.value().pointer(&declared).is_none() {
                undeclared.push((place, name));
                continue;
            }
            self.reach(
                &pointer::component("securitySchemes", &name),
                Kind::SecurityScheme,
                &place,
            )?;
        }
        Ok(undeclared)
    }
}
