//! Additional properties and `dependentRequired`.

use std::collections::HashSet;

use serde_json::{Value, json};
use xtask_openapi::Fields as _;

use crate::change::Severity::{Info, Warning};
use crate::compare::brief::brief;
use crate::compare::record::names;
use crate::compare::{Comparison, Context};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Fields, Schema, SchemaId};

impl Comparison<'_> {
    pub(super) fn other_properties(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let (old_id, new_id) = (others(old), others(new));
        let was_closed = old_id.is_some_and(|id| self.old.get(id).is_never);
        let is_closed = new_id.is_some_and(|id| self.new.get(id).is_never);
        let [closed, opened, added, removed] = kinds_of(old, new);
        match (old_id, new_id) {
            (None, None) => {}
            _ if was_closed && is_closed => {}
            _ if is_closed => {
                let before = old_id.map_or(json!(true), |id| json!(brief(self.old, id)));
                self.change(closed, context, before, false);
            }
            _ if was_closed => {
                let after = new_id.map_or(json!(true), |id| json!(brief(self.new, id)));
                // Clients usually ignore additional properties in responses, so this is only a warning.
                let severity = if context.is_response() { Warning } else { Info };
                self.change(opened.with(severity), context, false, after);
            }
            (Some(old), Some(new)) => self.schemas(old, new, &context.part(".*")),
            (None, Some(id)) => self.change(added, context, true, brief(self.new, id)),
            (Some(id), None) => self.change(removed, context, brief(self.old, id), true),
        }
    }

    pub(super) fn dependent_required(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let entries = |schema: &Schema| -> Fields {
            let entries = schema.value("dependentRequired").and_then(Value::as_object);
            let entries = entries.into_iter().flatten();
            entries
                .map(|(name, value)| (name.clone(), json!({ name: sorted(value) })))
                .collect()
        };
        let (old, new) = (entries(old), entries(new));
        let [added, removed, changed] = kinds::DEPENDENT_REQUIRED;
        for name in names(&old, &new) {
            let (before, after) = (old.get(name), new.get(name));
            if before == after {
                continue;
            }
            // Requiring more names has the same effect as adding an entry, and requiring fewer has the same effect as
            // removing one.
            let changed = match () {
                () if is_subset(name, before, after) => changed.with_effect_of(added),
                () if is_subset(name, after, before) => changed.with_effect_of(removed),
                () => changed,
            };
            self.value([added, removed, changed], context, before, after);
        }
    }
}

/// Returns the schema for additional properties, or `None` if any value is allowed.
fn others(schema: &Schema) -> Option<SchemaId> {
    schema.single.get("additionalProperties").copied()
}

/// Returns the kinds for forbidding or allowing additional properties, and for adding or removing a schema for them. The
/// ids depend on the keyword that the document uses.
fn kinds_of(old: &Schema, new: &Schema) -> [ChangeKind; 4] {
    let spelled = |kind: ChangeKind, unevaluated: ChangeKind, schema: &Schema| {
        let id = if schema.additional_is_unevaluated {
            unevaluated
        } else {
            kind
        };
        ChangeKind {
            predicate: kind.predicate,
            ..id
        }
    };
    let [added, removed] = kinds::ADDITIONAL;
    let [came, went] = kinds::UNEVALUATED_PROPERTIES;
    [
        spelled(kinds::CLOSED, came, new),
        spelled(kinds::OPENED, went, old),
        spelled(added, came, new),
        spelled(removed, went, old),
    ]
}

/// Returns `true` if the names that one entry requires are among those of the other.
fn is_subset<'v>(name: &str, entry: Option<&'v Value>, other: Option<&'v Value>) -> bool {
    let names = |entry: Option<&'v Value>| -> HashSet<&'v Value> {
        entry.into_iter().flat_map(|entry| entry.items(name)).collect()
    };
    names(entry).is_subset(&names(other))
}

/// Sorts the names that are required together, because their order doesn't matter.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    if let Value::Array(names) = &mut value {
        names.sort_by_key(ToString::to_string);
    }
    value
}
