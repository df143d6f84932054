//! Composition: `allOf`, `anyOf` and `oneOf`.

use super::members::Members;
use crate::change::Severity::{self, Breaking, Info, Warning};
use crate::change::{Change, Direction};
use crate::compare::brief::brief;
use crate::compare::context::Scope;
use crate::compare::{Comparison, Context};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Schema, SchemaId, UNIONS};

/// The change to a schema that has alternatives in only one of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The old schema was replaced by alternatives.
    IntoUnion,
    /// The alternatives were replaced by a single schema.
    OutOfUnion,
}

impl Comparison<'_> {
    pub(super) fn composition(&mut self, old: &Schema, new: &Schema, context: &Context, is_wrapped: bool) {
        let all_of = [kinds::ALL_OF_ADDED, kinds::ALL_OF_REMOVED];
        self.members("allOf", all_of, old, new, context);
        let since = self.changes.len();
        let any_of = [kinds::ANY_OF_ADDED, kinds::ANY_OF_REMOVED];
        let mut unions = vec![self.members("anyOf", any_of, old, new, context)];
        if !is_wrapped {
            let one_of = [kinds::ONE_OF_ADDED, kinds::ONE_OF_REMOVED];
            unions.push(self.members("oneOf", one_of, old, new, context));
        }
        if self.has_same_alternatives(old, new, context) {
            let changes = self.changes.get_mut(since..).unwrap_or_default().iter_mut();
            for change in changes.filter(|change| is_of_union(&change.id)) {
                change.severity = Info;
            }
        }
        self.discriminator(old, new, &unions, context);
    }

    /// Returns `true`, and reports the change, if an object was replaced by a `oneOf` of several objects.
    pub(super) fn wrapped_in_one_of(&mut self, old: &Schema, new: &Schema, context: &Context) -> bool {
        let is_only_union = new.types.is_none() && new.map("properties").next().is_none();
        let is_moved = || {
            old.map("properties")
                .any(|(name, _)| self.is_in_alternative(new, name))
        };
        if !old.list("oneOf").is_empty() || !is_only_union || !is_moved() {
            return false;
        }
        let names: Vec<String> = new.list("oneOf").iter().map(|id| brief(self.new, *id)).collect();
        if context.scope == Scope::Body {
            self.change(kinds::WRAPPED_IN_ONE_OF, context, "object", names);
        } else {
            for name in names {
                self.added(kinds::ONE_OF_ADDED.with(Breaking), context, name);
            }
        }
        true
    }

    /// Returns `true` if any alternative in a `oneOf` has the property.
    pub(super) fn is_in_alternative(&self, schema: &Schema, name: &str) -> bool {
        schema
            .list("oneOf")
            .iter()
            .any(|id| self.new.get(*id).whole().property(name).is_some())
    }

    fn members(
        &mut self,
        keyword: &str,
        [added, removed]: [ChangeKind; 2],
        old: &Schema,
        new: &Schema,
        context: &Context,
    ) -> Members {
        if old.list(keyword).is_empty() && new.list(keyword).is_empty() {
            return Members::default();
        }
        let members = self.pair_members(keyword, old.list(keyword), new.list(keyword));
        if members.are_too_many {
            self.not_compared(
                context,
                "there are too many changed alternatives to match the old ones with the new ones",
            );
        }
        // Members that match exactly can differ only in their documentation.
        for ((_, old_id), (index, new_id)) in members.same.iter().chain(&members.changed) {
            if UNIONS.contains(&keyword) {
                self.implicit_mapping((old, *old_id), (new, *new_id), context);
            }
            self.schemas(*old_id, *new_id, &context.part(&format!(".{keyword}[{index}]")));
        }
        let beside = beside(keyword, old, new, context);
        let kind = |kind: ChangeKind, only: ChangeKind, member: &Schema| {
            let only_annotates = keyword == "allOf" && member.is_annotation_only();
            let kind = if only_annotates { only } else { kind };
            beside.map_or(kind, |severity| kind.with(severity))
        };
        // A discriminator selects an alternative even if others accept the same values.
        let is_selected = [old, new]
            .iter()
            .any(|schema| schema.value("discriminator").is_some());
        let others = |schema: &Schema| {
            if is_selected {
                Vec::new()
            } else {
                schema.list(keyword).to_vec()
            }
        };
        for (_, id) in &members.removed {
            let kind = kind(removed, kinds::ALL_OF_REMOVED_ANNOTATION_ONLY, self.old.get(*id));
            let pairs = others(new).into_iter().map(|other| (*id, other)).collect();
            let removed_one = (self.old.get(*id), false);
            let severity = self.severity_beside(keyword, removed_one, pairs, context);
            let kind = severity.map_or(kind, |severity| kind.with(severity));
            self.removed(kind, context, brief(self.old, *id));
        }
        for (_, id) in &members.added {
            let kind = kind(added, kinds::ALL_OF_ADDED_ANNOTATION_ONLY, self.new.get(*id));
            let pairs = others(old).into_iter().map(|other| (other, *id)).collect();
            let added_one = (self.new.get(*id), true);
            let severity = self.severity_beside(keyword, added_one, pairs, context);
            let kind = severity.map_or(kind, |severity| kind.with(severity));
            self.added(kind, context, brief(self.new, *id));
        }
        members
    }

    /// Adjusts the severities of the changes starting at index `since`, for a schema that has alternatives in only one
    /// of the documents. The change is harmless if all old requests remain valid, or if all new responses were already
    /// valid.
    pub(super) fn adjust_severities(
        &mut self,
        turn: Turn,
        ids: (SchemaId, SchemaId),
        context: &Context,
        since: usize,
    ) {
        let (old, new) = ids;
        let alternatives: Vec<(SchemaId, SchemaId)> = match turn {
            Turn::IntoUnion => alternatives(self.new.get(new)).map(|id| (old, id)).collect(),
            Turn::OutOfUnion => alternatives(self.old.get(old)).map(|id| (id, new)).collect(),
        };
        // A request has to match only one of the alternatives, but a client must be able to read a response that
        // matches any of them.
        let needs_one = (turn == Turn::IntoUnion) != context.is_response();
        let effect = if self.is_crowded() {
            let why = "there are too many changes to compare each alternative with the other schema";
            self.not_compared(context, why);
            Breaking
        } else {
            let effects = alternatives
                .into_iter()
                .map(|(old, new)| self.effect(old, new, context, needs_one));
            let decisive = if needs_one { effects.min() } else { effects.max() };
            decisive.unwrap_or(Breaking)
        };
        let wrapped = kinds::WRAPPED_IN_ONE_OF.id;
        let changes = self.changes.get_mut(since..).unwrap_or_default();
        if effect < Breaking {
            // `wrapped-in-one-of` remains breaking, because the type of the body changes. Discriminator changes keep
            // their severity, because a discriminator concerns only one of the schemas.
            let is_fixed = |id: &str| id.ends_with(wrapped) || id.contains("discriminator");
            for change in changes.iter_mut().filter(|change| !is_fixed(&change.id)) {
                change.severity = change.severity.min(effect.max(Info));
            }
        }
        if !changes.iter().any(|change| change.severity >= effect) {
            for change in changes.iter_mut().filter(|change| is_of_union(&change.id)) {
                change.severity = effect;
            }
        }
    }

    /// Returns the effect of replacing one schema with another, without adding anything to the report. Unless
    /// `is_lenient` is set, a change that needs review is treated as breaking. The flag is not set for alternatives
    /// added to a response or removed from a request.
    pub(super) fn effect(
        &mut self,
        old: SchemaId,
        new: SchemaId,
        context: &Context,
        is_lenient: bool,
    ) -> Severity {
        let Some(mut found) = self.silently((old, new), context) else {
            return Severity::Breaking;
        };
        // Ignore changes to nullability, because null is a separate alternative.
        found.retain(|change| change.location != context.location || !change.id.ends_with("nullable"));
        if !is_lenient && !found.iter().all(is_certainly_harmless) {
            return Breaking;
        }
        let worst = found.iter().map(|change| change.severity).max();
        worst.unwrap_or(Severity::Cosmetic)
    }
}

/// Returns `true` if a change adds or removes an alternative.
fn is_of_union(id: &str) -> bool {
    id.contains("-of-added") || id.contains("-of-removed")
}

/// Returns `true` if a change doesn't need review. A pattern change in a response does need review, even though clients
/// ignore patterns.
pub(super) fn is_certainly_harmless(change: &Change) -> bool {
    let patterns = [kinds::PATTERN_CHANGED, kinds::PATTERN_REMOVED];
    let is_pattern = patterns.iter().any(|kind| change.id.ends_with(kind.id));
    change.severity < Warning && !(is_pattern && change.direction == Direction::Response)
}

/// Determines whether a schema that is not a union became a plain union, or vice versa.
pub(super) fn turn(old: &Schema, new: &Schema) -> Option<Turn> {
    let is_union = |schema: &Schema| schema.is_bare() && alternatives(schema).next().is_some();
    let has_none = |schema: &Schema| alternatives(schema).next().is_none();
    match (is_union(old), is_union(new)) {
        (false, true) if has_none(old) => Some(Turn::IntoUnion),
        (true, false) if has_none(new) => Some(Turn::OutOfUnion),
        _ => None,
    }
}

pub(super) fn alternatives(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    UNIONS
        .into_iter()
        .flat_map(|keyword| schema.list(keyword).iter().copied())
}

/// Returns the severity of adding or removing all alternatives of a schema that has other constraints. The list as a
/// whole is a constraint: adding it narrows the schema, even though adding an alternative to an existing list widens
/// it.
fn beside(keyword: &str, old: &Schema, new: &Schema, context: &Context) -> Option<Severity> {
    if !UNIONS.contains(&keyword) || old.is_bare() || new.is_bare() {
        return None;
    }
    let is_narrower = match (old.list(keyword), new.list(keyword)) {
        ([], _) => true,
        (_, []) => false,
        _ => return None,
    };
    Some(if is_narrower == context.is_response() {
        Info
    } else {
        Breaking
    })
}
