//! Discriminators, which name the property whose value selects an alternative.

use serde_json::{Value, json};
use xtask_openapi::Fields as _;

use super::composition::alternatives;
use super::members::Members;
use crate::change::Severity::Info;
use crate::compare::record::matched;
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
        let [old_name, new_name] = [before, after].map(|value| value?.get("propertyName"));
        let kinds = [
            kinds::DISCRIMINATOR_ADDED,
            kinds::DISCRIMINATOR_REMOVED,
            kinds::DISCRIMINATOR_RENAMED,
        ];
        self.value(kinds, context, old_name, new_name);
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        for (value, source, target) in matched(before.members("mapping"), after.members("mapping")) {
            if self.select_the_same(value, (old, source), (new, target), unions) {
                continue;
            }
            // Harmless if the value is added or removed together with its alternative, which is reported separately, or
            // if other values also select the alternative.
            let is_harmless = match (source, target) {
                (None, Some(target)) => {
                    !context.is_response() && (self.is_gained(target, old, unions) || selects(before, target))
                }
                (Some(source), None) => {
                    context.is_response() && (self.is_lost(source, new, unions) || selects(after, source))
                }
                _ => false,
            };
            let kinds = [
                kinds::MAPPING_ADDED,
                kinds::MAPPING_DELETED,
                kinds::MAPPING_CHANGED,
            ];
            let kinds = kinds.map(|kind| if is_harmless { kind.with(Info) } else { kind });
            let [source, target] = [source, target].map(|name| Some(json!({ value: name? })));
            self.value(kinds, context, source, target);
        }
    }

    /// Returns `true` if the target of a mapping is an alternative that the old union didn't have.
    fn is_gained(&self, target: &Value, old: &Schema, unions: &[Members]) -> bool {
        named(self.new, Some(target)).is_some_and(|id| {
            let mut added = unions.iter().flat_map(|members| &members.added);
            added.any(|(_, other)| self.new.get(*other).name == self.new.get(id).name)
                || has_others(old, |other| self.is_same(other, id))
        })
    }

    /// Returns `true` if the target of a mapping is an alternative that the new union no longer has.
    fn is_lost(&self, target: &Value, new: &Schema, unions: &[Members]) -> bool {
        named(self.old, Some(target)).is_some_and(|id| {
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
    let discriminator = union.value("discriminator")?;
    (!selects(discriminator, &Value::from(name.as_str()))).then_some(name)
}

/// Returns the unmapped alternative whose name is the value.
fn implied(graph: &Graph, union: &Schema, value: &str) -> Option<SchemaId> {
    alternatives(union).find(|id| unmapped(graph, union, *id).is_some_and(|name| name == value))
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
fn selects(discriminator: &Value, target: &Value) -> bool {
    discriminator.members("mapping").any(|(_, other)| other == target)
}
