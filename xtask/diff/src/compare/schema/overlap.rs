//! Alternatives that accept the same values as others. An `anyOf` accepts such values, but a `oneOf` rejects them.

use crate::change::Direction::{self, Request, Response};
use crate::change::Severity::{self, Breaking, Info};
use crate::compare::comparison::Pair;
use crate::compare::{Comparison, Context};
use crate::model::{Schema, SchemaId, common_types};

/// The maximum number of alternatives to compare with one that was added or removed, or with each other.
const MAX_ALTERNATIVES: usize = 20;

impl Comparison<'_> {
    /// Returns the severity of an added or removed alternative if another one is known to accept the same values.
    /// `pairs` combines the alternative with each of those in the other document.
    pub(super) fn severity_beside(
        &mut self,
        keyword: &str,
        (alternative, is_added): (&Schema, bool),
        pairs: Vec<Pair>,
        context: &Context,
    ) -> Option<Severity> {
        // Replacing a schema with one that accepts all of its values is harmless in a request.
        let accepted_by_other = if is_added { Response } else { Request };
        let is_harmful = is_added == context.is_response();
        let mut accept = |direction| self.is_harmless(&pairs, direction, context);
        match keyword {
            // An object that matches several alternatives is invalid, but servers rarely check this.
            "oneOf" if alternative.whole().may_be("object") => None,
            "anyOf" | "oneOf" if is_harmful => accept(accepted_by_other).then_some(Info),
            "oneOf" => (accept(Request) || accept(Response)).then_some(Breaking),
            _ => None,
        }
    }

    /// Returns `true` if any of the pairs differ in a way that is certainly harmless in this direction.
    fn is_harmless(&mut self, pairs: &[Pair], direction: Direction, context: &Context) -> bool {
        let context = Context {
            direction,
            ..context.clone()
        };
        let mut pairs = pairs.iter().take(MAX_ALTERNATIVES);
        !self.is_crowded() && pairs.any(|(old, new)| self.effect(*old, *new, &context, false) < Breaking)
    }

    /// Returns `true` if a `oneOf` became an `anyOf` of the same alternatives, or vice versa, and this breaks no clients:
    /// either the change makes a request wider or a response narrower, or no value matches several alternatives.
    pub(super) fn has_same_alternatives(&self, old: &Schema, new: &Schema, context: &Context) -> bool {
        let is_union_of = |schema: &Schema, keyword: &str, other: &str| {
            !schema.list(keyword).is_empty() && schema.list(other).is_empty()
        };
        let keywords = [("oneOf", "anyOf"), ("anyOf", "oneOf")];
        let is_change = |(before, after): &(&str, &str)| {
            is_union_of(old, before, after) && is_union_of(new, after, before)
        };
        let Some((before, after)) = keywords.into_iter().find(is_change) else {
            return false;
        };
        let is_relaxed = (before == "oneOf") != context.is_response();
        let is_selected = [old, new]
            .iter()
            .all(|schema| schema.value("discriminator").is_some());
        if !is_relaxed && !is_selected && !self.are_disjoint(old.list(before)) {
            return false;
        }
        let members = self.pair_members(before, old.list(before), new.list(after));
        members.removed.is_empty() && members.added.is_empty() && members.changed.is_empty()
    }

    /// Returns `true` if no value matches more than one of the old alternatives.
    fn are_disjoint(&self, alternatives: &[SchemaId]) -> bool {
        let schemas: Vec<&Schema> = alternatives.iter().map(|id| self.old.get(*id).whole()).collect();
        let mut pairs = (1..)
            .zip(&schemas)
            .flat_map(|(next, a)| schemas.iter().skip(next).map(move |b| (*a, *b)));
        schemas.len() <= MAX_ALTERNATIVES && pairs.all(|(a, b)| self.differ(a, b))
    }

    /// Returns `true` if two old schemas allow different types, or require different values for the same property.
    fn differ(&self, a: &Schema, b: &Schema) -> bool {
        let differ_in_types =
            matches!((&a.types, &b.types), (Some(a), Some(b)) if common_types(a, b).is_none());
        let tags = self.tags(self.old, b);
        let differ_in_tags = self.tags(self.old, a).into_iter().any(|(name, value)| {
            let is_required = a.required.contains(name) && b.required.contains(name);
            is_required && tags.get(name).is_some_and(|other| *other != value)
        });
        differ_in_types || differ_in_tags
    }
}
