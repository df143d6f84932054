//! Additional properties and `dependentRequired`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::compare::brief::brief;
use crate::compare::record::matched;
use crate::compare::{Comparison, Context};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Schema, SchemaId};

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
                self.change(opened, context, false, after);
            }
            (Some(old), Some(new)) => self.schemas(old, new, &context.part(".*")),
            (None, Some(id)) => self.change(added, context, true, brief(self.new, id)),
            (Some(id), None) => self.change(removed, context, brief(self.old, id), true),
        }
    }

    pub(super) fn dependent_required(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let [added, removed, changed] = kinds::DEPENDENT_REQUIRED;
        for (name, before, after) in matched(dependents(old), dependents(new)) {
            // Requiring more names has the same effect as adding an entry, and requiring fewer has the same effect as
            // removing one.
            let changed = match (&before, &after) {
                (Some(before), Some(after)) if before.is_subset(after) => changed.with_effect_of(added),
                (Some(before), Some(after)) if after.is_subset(before) => changed.with_effect_of(removed),
                _ => changed,
            };
            let [before, after] = [before, after].map(|names| Some(json!({ name: names? })));
            self.value([added, removed, changed], context, before, after);
        }
    }
}

/// Returns each property in `dependentRequired` with the properties that it requires.
fn dependents(schema: &Schema) -> impl Iterator<Item = (&String, BTreeSet<&str>)> {
    let entries = schema.value("dependentRequired").and_then(Value::as_object);
    entries.into_iter().flatten().map(|(name, names)| {
        let names = names.as_array().into_iter().flatten();
        (name, names.filter_map(Value::as_str).collect())
    })
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
            unevaluated.id
        } else {
            kind.id
        };
        ChangeKind { id, ..kind }
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
