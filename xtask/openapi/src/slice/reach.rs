//! Adds the objects that references and discriminators lead to.

use serde_json::{Map, Value};

use super::slicer::{Pending, Slicer};
use crate::grammar::Kind;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Adds the target of a reference to the slice and returns the new reference.
    pub(super) fn reach(&mut self, reference: &str, kind: Kind, place: &str) -> Result<String, Error> {
        let error = |message: String| self.document.error(place, message);
        let section = kind
            .section()
            .ok_or_else(|| error("references are not allowed here".to_owned()))?;
        let Some(target) = pointer::of_reference(reference) else {
            let message = "only references within the document (`#/…`) are supported";
            return Err(error(format!("unsupported reference `{reference}`: {message}")));
        };
        if self.document.value().pointer(&target).is_none() {
            return Err(error(format!(
                "`{reference}` is unresolved: the document has no {target}"
            )));
        }
        let tokens = pointer::tokens(&target);
        let name = match tokens.as_slice() {
            [components, found, name] if components == "components" => {
                if found != section {
                    return Err(error(format!("`{reference}` must refer to components/{section}")));
                }
                name.clone()
            }
            _ => self.name_for(&target, section, &tokens),
        };
        let known = self.reached.entry(section).or_default();
        if !known.contains_key(&name) {
            known.insert(name.clone(), Value::Null);
            self.queue.push_back(Pending {
                kind,
                name: name.clone(),
                source: target,
            });
        }
        Ok(pointer::component(section, &name))
    }

    /// Adds the schemas that a discriminator selects by name to the slice.
    pub(super) fn reach_children(&mut self, schema: &Map<String, Value>, place: &str) -> Result<(), Error> {
        for name in self.children.selected_by_name(schema, &format!("#{place}")) {
            self.reach(&pointer::component("schemas", &name), Kind::Schema, place)?;
        }
        Ok(())
    }

    /// Adds the targets of a mapping, which are references or names of component schemas, to the slice.
    pub(super) fn follow_mapping(
        &mut self,
        discriminator: &mut Map<String, Value>,
        place: &str,
    ) -> Result<(), Error> {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else {
            return Ok(());
        };
        for (value, target) in mapping.iter_mut() {
            let Value::String(target) = target else { continue };
            let by_name = format!("/components/schemas/{}", pointer::escape(target));
            let reference = match self.document.value().pointer(&by_name) {
                Some(_) => pointer::component("schemas", target),
                None => target.clone(),
            };
            let place = pointer::child(&pointer::child(place, "mapping"), value);
            *target = self.reach(&reference, Kind::Schema, &place)?;
        }
        Ok(())
    }
}
