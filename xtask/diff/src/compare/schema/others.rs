//! What an object may have beside the properties that it describes, and what it must have beside some of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Place, brief};
use crate::kinds::{Kind, schema as kinds};
use crate::model::{Schema, SchemaId};
use crate::rust::{EXTRA, Touches};

impl Comparison<'_> {
    pub(super) fn other_properties(&mut self, old: &Schema, new: &Schema, place: &Place) {
        let (old_id, new_id) = (others(old), others(new));
        let was_closed = old_id.is_some_and(|id| self.old.get(id).is_never);
        let is_closed = new_id.is_some_and(|id| self.new.get(id).is_never);
        let is_struct = has_fields(old) && has_fields(new);
        let is_typed = [old_id.is_some() && !was_closed, new_id.is_some() && !is_closed];
        let touches = touches(is_struct, is_typed, place);
        let [closed, opened, added, removed] = kinds_of(old, new).map(|kind| Kind { touches, ..kind });
        let extra = |type_names| place.items.field(EXTRA, type_names, false);
        let object = place;
        let place = &Place {
            items: if is_struct {
                extra([None; 2])
            } else {
                place.items.clone()
            },
            ..place.clone()
        };
        match (old_id, new_id) {
            (None, None) => {}
            _ if was_closed && is_closed => {}
            _ if is_closed => {
                let before = old_id.map_or(json!(true), |id| brief(self.old, id));
                self.schema_change(&closed, place, before, json!(false));
            }
            _ if was_closed => {
                let after = new_id.map_or(json!(true), |id| brief(self.new, id));
                // Who reads a response ignores what it does not know, or should be looked at.
                let is_response = place.direction == Direction::Response;
                let severity = if is_response {
                    Severity::Warning
                } else {
                    Severity::Info
                };
                self.schema_change_as(severity, &opened, place, json!(false), after);
            }
            (Some(old), Some(new)) => {
                let type_names = [self.old.get(old), self.new.get(new)].map(|schema| schema.name.as_deref());
                let items = if is_struct {
                    extra(type_names)
                } else {
                    object.items.part("Value", type_names)
                };
                self.schemas(old, new, &object.part(".*", items));
            }
            (None, Some(id)) => self.schema_change(&added, place, json!(true), brief(self.new, id)),
            (Some(id), None) => self.schema_change(&removed, place, brief(self.old, id), json!(true)),
        }
    }

    pub(super) fn dependent_required(&mut self, old: &Schema, new: &Schema, place: &Place) {
        let entries = |schema: &Schema| -> BTreeMap<String, Value> {
            let entries = schema.value("dependentRequired").and_then(Value::as_object);
            entries
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.clone(), sorted(value)))
                .collect()
        };
        let (old, new) = (entries(old), entries(new));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let kind = match (old.get(name), new.get(name)) {
                (before, after) if before == after => continue,
                (None, _) => &kinds::DEPENDENT_REQUIRED_ADDED,
                (_, None) => &kinds::DEPENDENT_REQUIRED_REMOVED,
                _ => &kinds::DEPENDENT_REQUIRED_CHANGED,
            };
            let entry = |entries: &BTreeMap<String, Value>| {
                entries
                    .get(name)
                    .map_or(Value::Null, |value| json!({ name: value }))
            };
            self.schema_change(kind, place, entry(&old), entry(&new));
        }
    }
}

/// Whether a struct is generated, which has other properties in a field of its own if they have a type; without
/// fields, an object is a map.
fn has_fields(schema: &Schema) -> bool {
    schema.map("properties").next().is_some() || !schema.required.is_empty()
}

/// What is touched where other properties are or are not admitted, and have a type or had one.
fn touches(is_struct: bool, is_typed: [bool; 2], place: &Place) -> Touches {
    match (is_struct, is_typed) {
        (true, [false, true]) => Touches::FieldNew,
        (true, [true, false]) => Touches::FieldGone,
        (true, _) => Touches::Nothing,
        // What comes back is read with whatever else it has.
        (false, [false, false]) if place.direction == Direction::Response => Touches::Nothing,
        (false, _) => Touches::Type,
    }
}

/// What unknown properties must be; without it, anything.
fn others(schema: &Schema) -> Option<SchemaId> {
    schema.single.get("additionalProperties").copied()
}

/// The kinds for an object that is closed or opened, and for a schema of unknown properties that comes or goes:
/// the document's own keyword decides on the id.
fn kinds_of(old: &Schema, new: &Schema) -> [Kind; 4] {
    let (came, went) = (
        &kinds::UNEVALUATED_PROPERTIES_ADDED,
        &kinds::UNEVALUATED_PROPERTIES_REMOVED,
    );
    let spelled = |kind: Kind, unevaluated: &Kind, schema: &Schema| {
        if schema.unevaluated_says_additional {
            Kind {
                says: kind.says,
                ..*unevaluated
            }
        } else {
            kind
        }
    };
    [
        spelled(kinds::CLOSED, came, new),
        spelled(kinds::OPENED, went, old),
        spelled(kinds::ADDITIONAL_ADDED, came, new),
        spelled(kinds::ADDITIONAL_REMOVED, went, old),
    ]
}

/// The order of names that are required together does not matter.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    if let Value::Array(names) = &mut value {
        names.sort_by_key(ToString::to_string);
    }
    value
}
