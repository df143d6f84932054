//! Discriminators, which name the property whose value selects an alternative.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use xtask_openapi::Fields as _;

use super::composition::UNIONS;
use super::members::Members;
use crate::change::Severity::Info;
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::{Graph, SUBTYPES, Schema, SchemaId};

impl Comparison<'_> {
    pub(super) fn discriminator(
        &mut self,
        old: &Schema,
        new: &Schema,
        unions: &[Members],
        context: &Context,
    ) {
        let (before, after) = (old.value("discriminator"), new.value("discriminator"));
        let [before_name, after_name] =
            [before, after].map(|value| value.and_then(|value| value.get("propertyName")));
        let (Some(old_value), Some(new_value)) = (before, after) else {
            return match (before, after) {
                (None, None) => {}
                (None, _) => self.added(kinds::DISCRIMINATOR_ADDED, context, after_name),
                _ => self.removed(kinds::DISCRIMINATOR_REMOVED, context, before_name),
            };
        };
        self.value(
            [kinds::DISCRIMINATOR_RENAMED; 3],
            context,
            before_name,
            after_name,
        );
        let (old_mapping, new_mapping) = (mapping(old_value), mapping(new_value));
        let values: BTreeSet<&String> = old_mapping.keys().chain(new_mapping.keys()).collect();
        for value in values {
            let (before, after) = (old_mapping.get(value), new_mapping.get(value));
            let kind = match (before, after) {
                _ if before == after || self.select_the_same(value, (old, before), (new, after), unions) => {
                    continue;
                }
                // The value is added or removed together with its alternative, which is reported separately.
                (None, _) if !context.is_response() && self.is_gained(after, old, unions) => {
                    kinds::MAPPING_ADDED.with(Info)
                }
                (_, None) if context.is_response() && self.is_lost(before, new, unions) => {
                    kinds::MAPPING_DELETED.with(Info)
                }
                // Other values already select the alternative, or still select it.
                (None, Some(target)) if !context.is_response() && selects(&old_mapping, target) => {
                    kinds::MAPPING_ADDED.with(Info)
                }
                (Some(target), None) if context.is_response() && selects(&new_mapping, target) => {
                    kinds::MAPPING_DELETED.with(Info)
                }
                (None, _) => kinds::MAPPING_ADDED,
                (_, None) => kinds::MAPPING_DELETED,
                _ => kinds::MAPPING_CHANGED,
            };
            let entry = |target: Option<&Value>| target.map(|target| json!({ value: target }));
            self.change(kind, context, entry(before), entry(after));
        }
    }

    /// Returns `true` if the target of a mapping is an alternative that the old union didn't have.
    fn is_gained(&self, target: Option<&Value>, old: &Schema, unions: &[Members]) -> bool {
        named(self.new, target).is_some_and(|id| {
            let mut added = unions.iter().flat_map(|members| &members.added);
            added.any(|(_, other)| self.new.get(*other).name == self.new.get(id).name)
                || has_others(old, |other| self.is_same(other, id))
        })
    }

    /// Returns `true` if the target of a mapping is an alternative that the new union no longer has.
    fn is_lost(&self, target: Option<&Value>, new: &Schema, unions: &[Members]) -> bool {
        named(self.old, target).is_some_and(|id| {
            let mut removed = unions.iter().flat_map(|members| &members.removed);
            removed.any(|(_, other)| self.old.get(*other).name == self.old.get(id).name)
                || has_others(new, |other| self.is_same(id, other))
        })
    }

    fn is_same(&self, old: SchemaId, new: SchemaId) -> bool {
        self.old.get(old).name == self.new.get(new).name || self.equivalence().is(old, new)
    }

    /// Compares two alternatives without a mapping. They are selected by their names, so the names are sent.
    pub(super) fn implicit_mapping(
        &mut self,
        old: (&Schema, SchemaId),
        new: (&Schema, SchemaId),
        context: &Context,
    ) {
        match (unmapped(self.old, old.0, old.1), unmapped(self.new, new.0, new.1)) {
            (Some(old), Some(new)) if old != new => self.change(kinds::MAPPING_CHANGED, context, old, new),
            _ => {}
        }
    }

    /// Returns `true` if a value selects the same schema in both documents, even if the schema was renamed. Without a
    /// mapping, an alternative is selected by its name.
    fn select_the_same(
        &self,
        value: &str,
        (old, before): (&Schema, Option<&Value>),
        (new, after): (&Schema, Option<&Value>),
        unions: &[Members],
    ) -> bool {
        let name_is_new = named(self.old, after).is_none() && named(self.new, before).is_none();
        let target = |graph, union, target| named(graph, target).or_else(|| implied(graph, union, value));
        match (target(self.old, old, before), target(self.new, new, after)) {
            (Some(old), Some(new)) => {
                let mut pairs = unions.iter().flat_map(Members::pairs);
                pairs.any(|pair| pair == (old, new)) || (name_is_new && self.equivalence().is(old, new))
            }
            _ => false,
        }
    }
}

/// Returns the name of an alternative if the name selects it, because no value is mapped to it.
fn unmapped<'g>(graph: &'g Graph, union: &Schema, alternative: SchemaId) -> Option<&'g String> {
    let name = graph.get(alternative).name.as_ref()?;
    let mapping = mapping(union.value("discriminator")?);
    (!mapping.values().any(|target| target == name)).then_some(name)
}

/// Returns the unmapped alternative whose name is the value.
fn implied(graph: &Graph, union: &Schema, value: &str) -> Option<SchemaId> {
    let mut alternatives = UNIONS
        .into_iter()
        .flat_map(|keyword| union.list(keyword).iter().copied());
    alternatives.find(|id| unmapped(graph, union, *id).is_some_and(|name| name == value))
}

/// Returns `true` if a discriminator selects at least one schema, but not the wanted one.
fn has_others(schema: &Schema, is_wanted: impl Fn(SchemaId) -> bool) -> bool {
    let mut subtypes = schema.map(SUBTYPES).peekable();
    subtypes.peek().is_some() && !subtypes.any(|(_, id)| is_wanted(id))
}

fn named(graph: &Graph, name: Option<&Value>) -> Option<SchemaId> {
    name.and_then(Value::as_str).and_then(|name| graph.named(name))
}

/// Returns `true` if any value is mapped to the target.
fn selects(mapping: &Map<String, Value>, target: &Value) -> bool {
    mapping.values().any(|other| other == target)
}

fn mapping(discriminator: &Value) -> Map<String, Value> {
    discriminator.object("mapping").cloned().unwrap_or_default()
}
