//! Adds the targets of references and discriminators to the slice.

use serde_json::{Map, Value};

use super::slicer::{Pending, Slicer};
use crate::check::{Target, reference_of_mapping, resolve};
use crate::grammar::Kind;
use crate::{Error, pointer};

impl Slicer<'_> {
    /// Adds the target of a reference to the slice and returns the new reference.
    pub(super) fn reach(&mut self, reference: &str, kind: Kind, place: &str) -> Result<String, Error> {
        let Target {
            pointer,
            section,
            component,
        } = resolve(self.document, reference, kind, place)?;
        let name = component.unwrap_or_else(|| self.name_for(&pointer, section));
        let known = self.reached.entry(section).or_default();
        if !known.contains_key(&name) {
            known.insert(name.clone(), Value::Null);
            self.queue.push_back(Pending {
                kind,
                name: name.clone(),
                source: pointer,
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

    /// Adds the targets of a mapping to the slice. The targets are references or the names of component schemas.
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
            let reference = reference_of_mapping(self.document, target);
            let place = pointer::child(&pointer::child(place, "mapping"), value);
            *target = self.reach(&reference, Kind::Schema, &place)?;
        }
        Ok(())
    }
}
