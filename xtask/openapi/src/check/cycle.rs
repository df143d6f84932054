//! Rejects components that contain themselves without indirection, because no finite type exists for them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::{Fields as _, Version};
use crate::grammar::Kind;
use crate::{Document, Error, pointer};

/// Rejects cycles of `$ref` and, in schemas, of `allOf`, `anyOf`, `oneOf` and `not`. A cycle that passes through a
/// property or an array item is a valid recursive type.
pub(super) fn check(document: &Document, version: Version) -> Result<(), Error> {
    for (section, objects) in document.value().members("components") {
        if let (Some(_), Value::Object(objects)) = (Kind::of_section(section), objects) {
            let section = Section {
                name: section,
                objects,
                version,
            };
            section.check(document)?;
        }
    }
    Ok(())
}

struct Section<'a> {
    name: &'a str,
    objects: &'a Map<String, Value>,
    version: Version,
}

impl<'a> Section<'a> {
    fn check(&self, document: &Document) -> Result<(), Error> {
        // This is a depth-first search with an explicit stack, because a chain of references may be as long as the
        // document. Each pending name is stored with the length of the path that leads to it.
        let mut pending: Vec<(&str, usize)> = self.objects.keys().rev().map(|name| (&**name, 0)).collect();
        let mut path: Vec<&str> = Vec::new();
        let mut is_finished: BTreeMap<&str, bool> = BTreeMap::new();
        while let Some((name, depth)) = pending.pop() {
            is_finished.extend(path.drain(depth..).map(|left| (left, true)));
            match is_finished.get(name) {
                Some(true) => {}
                None => {
                    is_finished.insert(name, false);
                    path.push(name);
                    pending.extend(self.in_place(name).into_iter().map(|next| (next, path.len())));
                }
                Some(false) => {
                    let cycle = path.into_iter().skip_while(|start| *start != name);
                    let cycle: Vec<&str> = cycle.chain([name]).collect();
                    let place = pointer::child(&pointer::child("/components", self.name), name);
                    return Err(document.error(place, format!("contains itself: {}", cycle.join(" > "))));
                }
            }
        }
        Ok(())
    }

    /// Returns the objects in a section that the object `name` refers to without indirection, either directly or in a
    /// composition.
    fn in_place(&self, name: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut pending: Vec<&Value> = self.objects.get(name).into_iter().collect();
        while let Some(object) = pending.pop() {
            if let Some(name) = self.reference_to(object) {
                found.extend(self.objects.get_key_value(&name).map(|(name, _)| name.as_str()));
            }
            let ignores_siblings = self.version == Version::V3_0 && object.get("$ref").is_some();
            if self.name != "schemas" || ignores_siblings {
                continue;
            }
            for keyword in ["allOf", "anyOf", "oneOf"] {
                pending.extend(object.items(keyword));
            }
            pending.extend(object.get("not"));
        }
        found
    }

    fn reference_to(&self, object: &Value) -> Option<String> {
        let target = pointer::of_reference(object.text("$ref")?)?;
        match pointer::tokens(&target).as_slice() {
            [components, found, name] if components == "components" && found == self.name => {
                Some(name.clone())
            }
            _ => None,
        }
    }
}
