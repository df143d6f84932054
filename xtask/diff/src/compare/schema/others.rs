//! Unknown properties and `dependentRequired`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Context, brief};
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
                let before = old_id.map_or(json!(true), |id| brief(self.old, id));
                self.schema_change(&closed, context, before, json!(false));
            }
            _ if was_closed => {
                let after = new_id.map_or(json!(true), |id| brief(self.new, id));
                // Clients usually ignore unknown properties in responses, so this is only a warning.
                let is_response = context.direction == Direction::Response;
                let severity = if is_response {
                    Severity::Warning
                } else {
                    Severity::Info
                };
                self.schema_change_as(severity, &opened, context, json!(false), after);
            }
            (Some(old), Some(new)) => self.schemas(old, new, &context.part(".*")),
            (None, Some(id)) => self.schema_change(&added, context, json!(true), brief(self.new, id)),
            (Some(id), None) => self.schema_change(&removed, context, brief(self.old, id), json!(true)),
        }
    }

    pub(super) fn dependent_required(&mut self, old: &Schema, new: &Schema, context: &Context) {
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
            self.schema_change(kind, context, entry(&old), entry(&new));
        }
    }
}

/// Returns the schema of unknown properties. `None` allows any value.
fn others(schema: &Schema) -> Option<SchemaId> {
    schema.single.get("additionalProperties").copied()
}

/// Returns the kinds for forbidding and allowing unknown properties, and for adding and removing their schema. The
/// keyword in the document determines the ids.
fn kinds_of(old: &Schema, new: &Schema) -> [ChangeKind; 4] {
    let (came, went) = (
        &kinds::UNEVALUATED_PROPERTIES_ADDED,
        &kinds::UNEVALUATED_PROPERTIES_REMOVED,
    );
    let spelled = |kind: ChangeKind, unevaluated: &ChangeKind, schema: &Schema| {
        if schema.additional_is_unevaluated {
            ChangeKind {
                predicate: kind.predicate,
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

/// Sorts names that are required together; their order is not significant.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    if let Value::Array(names) = &mut value {
        names.sort_by_key(ToString::to_string);
    }
    value
}
