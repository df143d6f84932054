//! Objects: properties and required properties.

use serde_json::json;

use crate::change::Direction;
use crate::change::Severity::{Breaking, Info, Warning};
use crate::compare::brief::brief;
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::{Graph, Schema, SchemaId};

impl Comparison<'_> {
    /// Compares the properties. `is_wrapped` is `true` if they were moved into the alternatives of a `oneOf`.
    pub(super) fn objects(&mut self, old: &Schema, new: &Schema, context: &Context, is_wrapped: bool) {
        let removed = old
            .map("properties")
            .filter(|(name, _)| new.property(name).is_none());
        let added = new
            .map("properties")
            .filter(|(name, _)| old.property(name).is_none());
        let (removed, added): (Vec<_>, Vec<_>) = (removed.collect(), added.collect());
        for (name, old_id) in old.map("properties") {
            if let Some(new_id) = new.property(name) {
                self.property(name, (old, old_id), (new, new_id), context);
            }
        }
        for (name, id) in &removed {
            if !(is_wrapped && self.is_in_alternative(new, name)) {
                self.property_removed(name, *id, (old, new), context);
                if let Some(others) = map_values(self.new, new) {
                    self.schemas(*id, others, &property_at(context, name, self.new.get(others)));
                }
            }
        }
        for (name, id) in &added {
            self.property_added(name, *id, new, context);
            if let Some(others) = map_values(self.old, old) {
                self.schemas(others, *id, &property_at(context, name, self.new.get(*id)));
            }
        }
        self.likely_renames(&removed, &added, context);
        if !is_wrapped {
            self.required_names(old, new, context);
        }
        self.property_order(old, new, context);
        self.other_properties(old, new, context);
        self.dependent_required(old, new, context);
    }

    fn property(
        &mut self,
        name: &str,
        old: (&Schema, SchemaId),
        new: (&Schema, SchemaId),
        context: &Context,
    ) {
        let ((old, old_id), (new, new_id)) = (old, new);
        let is_required = new.required.contains(name);
        let (before, after) = (self.old.get(old_id), self.new.get(new_id));
        let context = property_at(context, name, after);
        let has_default = context.direction == Direction::Request && after.value("default").is_some();
        let required = if has_default {
            kinds::PROPERTY_BECAME_REQUIRED_WITH_DEFAULT
        } else {
            kinds::PROPERTY_BECAME_REQUIRED
        };
        let required = [required, kinds::PROPERTY_BECAME_OPTIONAL];
        self.flag(required, &context, old.required.contains(name), is_required);
        self.access(before, after, is_required, &context);
        self.schemas(old_id, new_id, &context);
    }

    /// Compares the read-only and write-only flags, which determine the direction in which a property is sent.
    fn access(&mut self, old: &Schema, new: &Schema, is_required: bool, context: &Context) {
        let read_only = [kinds::BECAME_READ_ONLY, kinds::BECAME_NOT_READ_ONLY];
        let write_only = [kinds::BECAME_WRITE_ONLY, kinds::BECAME_NOT_WRITE_ONLY];
        for (flag, [set, unset], unsent_in) in [
            ("readOnly", read_only, Direction::Request),
            ("writeOnly", write_only, Direction::Response),
        ] {
            let (before, after) = (old.flag(flag), new.flag(flag));
            if before == after {
                continue;
            }
            let kind = if after { set } else { unset };
            let severity = match (after, context.direction == unsent_in) {
                // Clients no longer receive the property, or they must now send it.
                (true, true) if is_required && context.is_response() => Breaking,
                (false, true) if is_required && !context.is_response() => Breaking,
                (true, true) => Warning,
                _ => Info,
            };
            let word = if is_required { "required" } else { "optional" };
            let id = format!("{}-{word}-{}", context.direction, kind.id);
            self.record(id, severity, kind.predicate, context, json!(before), json!(after));
        }
    }

    fn property_removed(
        &mut self,
        name: &str,
        id: SchemaId,
        (old, new): (&Schema, &Schema),
        context: &Context,
    ) {
        let is_required = old.required.contains(name);
        let context = property_at(context, name, self.old.get(id));
        let kind = match (context.direction, is_required, context.is_unsent) {
            (Direction::Response, true, true) => kinds::RESPONSE_REQUIRED_WRITE_ONLY_REMOVED,
            (Direction::Response, false, true) => kinds::RESPONSE_OPTIONAL_WRITE_ONLY_REMOVED,
            (Direction::Response, true, false) => kinds::RESPONSE_REQUIRED_REMOVED,
            (Direction::Response, false, false) => kinds::RESPONSE_OPTIONAL_REMOVED,
            // Requests that still contain the property are rejected.
            (_, _, false) if self.is_closed(new) => kinds::REQUEST_REMOVED.with(Breaking),
            _ => kinds::REQUEST_REMOVED,
        };
        self.removed(kind, &context, brief(self.old, id));
    }

    /// Returns `true` if a new schema allows only the properties that it lists.
    fn is_closed(&self, schema: &Schema) -> bool {
        self.new.is_closed(schema) && !schema.maps.contains_key("patternProperties")
    }

    fn property_added(&mut self, name: &str, id: SchemaId, owner: &Schema, context: &Context) {
        let schema = self.new.get(id);
        let is_required = owner.required.contains(name);
        let context = property_at(context, name, schema);
        let has_default = schema.value("default").is_some();
        let kind = match (context.direction, is_required, context.is_unsent) {
            (Direction::Response, true, true) => kinds::RESPONSE_REQUIRED_WRITE_ONLY_ADDED,
            (Direction::Response, false, true) => kinds::RESPONSE_OPTIONAL_WRITE_ONLY_ADDED,
            (Direction::Response, true, false) => kinds::RESPONSE_REQUIRED_ADDED,
            (Direction::Response, false, false) => kinds::RESPONSE_OPTIONAL_ADDED,
            (_, _, true) => kinds::NEW_READ_ONLY,
            (_, true, false) if has_default => kinds::NEW_REQUIRED_WITH_DEFAULT,
            (_, true, false) => kinds::NEW_REQUIRED,
            (_, false, false) => kinds::NEW_OPTIONAL,
        };
        self.added(kind, &context, brief(self.new, id));
    }

    /// Compares required properties that have no schema in the document that requires them. They are not compared
    /// anywhere else.
    fn required_names<'s>(&mut self, old: &'s Schema, new: &'s Schema, context: &Context) {
        let kinds = [kinds::REQUIRED_NAME_ADDED, kinds::REQUIRED_NAME_REMOVED];
        let only_in = |schema: &'s Schema, other: &'s Schema| {
            let names = schema.required.iter();
            names.filter(|name| schema.property(name).is_none() && !other.required.contains(*name))
        };
        self.items(kinds, context, only_in(old, new), only_in(new, old));
    }

    fn property_order(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let shared = |schema: &Schema, other: &Schema| -> Vec<String> {
            let names = schema.map("properties").map(|(name, _)| name);
            names
                .filter(|name| other.property(name).is_some())
                .cloned()
                .collect()
        };
        let (before, after) = (shared(old, new), shared(new, old));
        if before != after {
            self.change(kinds::PROPERTIES_REORDERED, context, before, after);
        }
    }
}

/// Returns the schema of the values of a map. It also applies to properties that only the other document lists.
fn map_values(graph: &Graph, schema: &Schema) -> Option<SchemaId> {
    let others = schema.single.get("additionalProperties").copied();
    others.filter(|id| *id != Graph::ANY && !graph.is_closed(schema))
}

/// Returns the context for a property, including whether it is sent.
pub(super) fn property_at(context: &Context, name: &str, schema: &Schema) -> Context {
    let unsent = if context.is_response() {
        "writeOnly"
    } else {
        "readOnly"
    };
    let mut property = context.property(name);
    property.is_unsent |= schema.flag(unsent);
    property
}
