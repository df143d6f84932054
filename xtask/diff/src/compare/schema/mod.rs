//! Schemas: traversal of both graphs and comparison of all parts of a schema.

mod composition;
mod discriminators;
mod enums;
mod limits;
mod members;
mod objects;
mod others;
mod parts;
mod patterns;
mod ranges;
mod renames;
mod types;

use std::collections::BTreeSet;

use serde_json::Value;

pub(super) use self::types::name as type_name;
use super::{
    Comparison, Context, MANY_CHANGES, MANY_VISITS, MAX_DEPTH, MAX_VISITS, Meaning, Pair, Scope,
    is_reordered, or_null,
};
use crate::change::{Direction, Severity};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Schema, SchemaId};
use crate::names;

/// Keywords with separate rules. Other keywords with a value are reported as unrecognized.
const HANDLED: [&str; 13] = [
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "dependentRequired",
    "deprecated",
    "discriminator",
    "enum",
    "format",
    "multipleOf",
    "pattern",
    "readOnly",
    "writeOnly",
];

/// Extensions with separate rules.
const HANDLED_EXTENSIONS: [&str; 3] = ["x-extensible-enum", "x-stability-level", "x-sunset"];

/// Kinds with a separate id for read-only properties, which requests do not contain.
const READ_ONLY: [&str; 6] = [
    "enum-value-removed",
    "exclusive-max-decreased",
    "exclusive-min-increased",
    "max-decreased",
    "max-length-decreased",
    "min-increased",
];

/// Kinds with a separate id for write-only properties, which responses do not contain.
const WRITE_ONLY: [&str; 3] = ["became-optional", "became-required", "enum-value-added"];

impl<'a> Comparison<'a> {
    /// Compares two schemas and all schemas that they contain.
    pub(super) fn schemas(&mut self, old: SchemaId, new: SchemaId, context: &Context) {
        let pair = (old, new);
        if self.walk.is_too_much || self.walk.unchanged.contains(&pair) {
            return;
        }
        if let Some(depth) = self.walk.open.get(&pair) {
            self.walk.outermost_cut = self.walk.outermost_cut.min(*depth);
            return;
        }
        let meaning = (context.direction, context.is_text, context.is_unsent);
        if self.is_crowded() && self.walk.finished.contains(&(pair, meaning)) {
            let at = (self.operation.clone(), context.location.clone());
            self.walk.left_out.insert(at);
            return;
        }
        let depth = self.walk.open.len();
        self.walk.visits += 1;
        if self.walk.visits > MAX_VISITS {
            self.walk.is_too_much = true;
            return;
        }
        if depth > MAX_DEPTH {
            self.defer(pair, meaning, context);
            return;
        }
        let cut_outside = std::mem::replace(&mut self.walk.outermost_cut, usize::MAX);
        let before = (self.changes.len(), self.walk.stops);
        self.walk.open.insert(pair, depth);
        self.schema(old, new, context);
        self.walk.open.remove(&pair);
        let cut = self.walk.outermost_cut;
        // A pair is only known to be unchanged if its comparison was complete and did not return to a pair that is still
        // being compared.
        if (self.changes.len(), self.walk.stops) == before && cut >= depth {
            self.walk.unchanged.insert(pair);
        }
        if !self.walk.is_silent {
            self.walk.finished.insert((pair, meaning));
        }
        self.walk.outermost_cut = if cut < depth {
            cut_outside.min(cut)
        } else {
            cut_outside
        };
    }

    /// Stops the recursion at a pair, which is compared later, but only at one location.
    fn defer(&mut self, pair: Pair, meaning: Meaning, context: &Context) {
        self.walk.stops += 1;
        if self.walk.is_silent {
            // The caller of `silently` reports that the comparison is incomplete.
        } else if self.walk.ever_deferred.insert((pair, meaning)) {
            let deferred = (self.operation.clone(), pair, context.clone());
            self.walk.deferred.push_back(deferred);
        } else {
            let at = (self.operation.clone(), context.location.clone());
            self.walk.left_out.insert(at);
        }
    }

    /// Returns `true` if pairs are not compared again, because there are many changes or many paths to them.
    fn is_crowded(&self) -> bool {
        self.changes.len() >= MANY_CHANGES || self.walk.visits >= MANY_VISITS
    }

    /// Records a renamed schema: the API is unchanged, but the generated type is renamed.
    fn type_name(&mut self, old: SchemaId, new: SchemaId) {
        if let (Some(old), Some(new)) = (&self.old.get(old).name, &self.new.get(new).name)
            && old != new
        {
            let types = [old, new].map(|name| names::type_name(name));
            if types[0] != types[1] && !self.walk.is_silent {
                self.renamed_types.insert(types);
            }
        }
    }

    fn schema(&mut self, old: SchemaId, new: SchemaId, context: &Context) {
        self.type_name(old, new);
        let ids = (old, new);
        let (old, new) = self.in_one_form(ids);
        let turn = composition::turn(old, new);
        if old.is_never != new.is_never {
            let kind = if new.is_never {
                &kinds::BECAME_IMPOSSIBLE
            } else {
                &kinds::BECAME_POSSIBLE
            };
            self.schema_change(
                kind,
                context,
                Value::Bool(!old.is_never),
                Value::Bool(!new.is_never),
            );
            return;
        }
        self.nullability(old, new, context);
        let since = self.changes.len();
        let is_wrapped = self.wrapped_in_one_of(old, new, context);
        if !is_wrapped {
            self.types(old, new, context);
        }
        self.values(old, new, context);
        self.limits(old, new, context);
        self.objects(old, new, context, is_wrapped);
        self.composition(old, new, context, is_wrapped);
        self.parts(old, new, context);
        self.schema_life_cycle(old, new, context);
        self.unknown_keywords(old, new, context);
        self.prose(&kinds::PROSE_CHANGED, context, &old.prose, &new.prose);
        if let Some(turn) = turn {
            self.adjust_severities(turn, ids, context, since);
        }
    }

    /// Returns both schemas in comparable form: merges `allOf` parts if the other schema has none, or if both have the
    /// same number of parts and the parts together are equivalent or cannot be matched. See also [`alike`].
    fn in_one_form(&self, (old_id, new_id): (SchemaId, SchemaId)) -> (&'a Schema, &'a Schema) {
        let (old, new) = (self.old.get(old_id), self.new.get(new_id));
        let parts = |schema: &Schema| schema.list("allOf").len();
        let can_be_whole = |schema: &Schema| parts(schema) == 0 || schema.flat.is_some();
        if (parts(old) > 0 || parts(new) > 0) && can_be_whole(old) && can_be_whole(new) {
            let is_moved = || {
                let members = self.pair_members("allOf", old, new);
                !members.removed.is_empty() && !members.added.is_empty()
            };
            let is_one = parts(old) == 0 || parts(new) == 0;
            let is_alike =
                || parts(old) == parts(new) && (self.equivalence().is(old_id, new_id) || is_moved());
            if is_one || is_alike() {
                return alike(old.whole(), new.whole());
            }
        }
        alike(old, new)
    }

    fn unknown_keywords(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let is_known = |keyword: &str| {
            HANDLED.contains(&keyword) || HANDLED_EXTENSIONS.contains(&keyword) || limits::is_limit(keyword)
        };
        let keywords: BTreeSet<&String> = old.values.keys().chain(new.values.keys()).collect();
        for keyword in keywords.into_iter().filter(|keyword| !is_known(keyword)) {
            let (before, after) = (old.value(keyword), new.value(keyword));
            let kind = match (before, after) {
                _ if before == after => continue,
                _ if keyword.starts_with("x-") => &kinds::EXTENSION_CHANGED,
                (None, _) => &kinds::KEYWORD_ADDED,
                (_, None) => &kinds::KEYWORD_REMOVED,
                _ => &kinds::KEYWORD_CHANGED,
            };
            let context = context.at(
                context.direction,
                context.scope,
                format!("{}.{keyword}", context.location),
            );
            let (before, after) = (or_null(before), or_null(after));
            if keyword.starts_with("x-") && is_reordered(&before, &after) {
                self.schema_change_as(Severity::Cosmetic, kind, &context, before, after);
            } else {
                self.schema_change(kind, &context, before, after);
            }
        }
    }

    /// Records a change of a schema. Its severity depends on the direction.
    pub(super) fn schema_change(&mut self, kind: &ChangeKind, context: &Context, old: Value, new: Value) {
        let severity = if context.direction == Direction::Response {
            kind.response
        } else {
            kind.request
        };
        self.schema_change_as(severity, kind, context, old, new);
    }

    /// Records a change of a schema with a specific severity.
    pub(super) fn schema_change_as(
        &mut self,
        severity: Severity,
        kind: &ChangeKind,
        context: &Context,
        old: Value,
        new: Value,
    ) {
        // Changes of values that are never sent are harmless.
        let severity = if context.is_unsent {
            severity.min(Severity::Info)
        } else {
            severity
        };
        let id = schema_id(kind.id, context);
        self.record(id, severity, kind, context, old, new);
    }
}

/// Returns the full id of a schema change.
fn schema_id(id: &str, context: &Context) -> String {
    let prefix = match context.direction {
        Direction::Request if context.is_unsent && READ_ONLY.contains(&id) => "request-read-only-property-",
        Direction::Response if context.is_unsent && WRITE_ONLY.contains(&id) => {
            "response-write-only-property-"
        }
        Direction::Response if context.scope == Scope::Body && id == kinds::ENUM_VALUE_REMOVED.id => {
            "response-mediatype-"
        }
        _ => context.prefix(),
    };
    format!("{prefix}{id}")
}

/// Returns both schemas in one form. If one is a list of alternatives or parts, a schema that was written as a list of
/// one schema is returned as a list. Otherwise, if one has an `enum`, a union of constants is returned as an `enum`.
fn alike<'a>(old: &'a Schema, new: &'a Schema) -> (&'a Schema, &'a Schema) {
    let as_written = |schema: &'a Schema, other: &Schema| {
        let written = schema.written.as_deref()?;
        let is_list_there =
            |keyword: &String| other.lists.contains_key(keyword) && !schema.lists.contains_key(keyword);
        written.lists.keys().any(is_list_there).then_some(written)
    };
    let as_enum = |schema: &'a Schema, other: &Schema| {
        let enumerated = schema.enumerated.as_deref();
        enumerated.filter(|_| other.value("enum").is_some())
    };
    match (as_written(old, new), as_written(new, old)) {
        (Some(written), None) => (written, new),
        (None, Some(written)) => (old, written),
        _ => (as_enum(old, new).unwrap_or(old), as_enum(new, old).unwrap_or(new)),
    }
}
