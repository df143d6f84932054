//! Adds the security schemes that security requirements refer to by name.

use serde_json::{Map, Value};

use super::slicer::Slicer;
use crate::grammar::Kind;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Adds the schemes in the security requirements of an operation, or in those of the document if the operation has
    /// none.
    pub(super) fn reach_security_schemes(
        &mut self,
        operation: &Map<String, Value>,
        place: &str,
    ) -> Result<(), Error> {
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
            let reference = pointer::component("securitySchemes", name);
            let declared = pointer::child("/components/securitySchemes", name);
            if self.document.value().pointer(&declared).is_some() {
                self.reach(&reference, Kind::SecurityScheme, &place)?;
            } else {
                self.undeclared_schemes
                    .entry(name.clone())
                    .or_insert_with(|| place.clone());
            }
        }
        Ok(())
    }
}
