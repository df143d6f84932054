//! Schemas: the way through both graphs, and the parts of a schema one after the other.

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
use super::{Comparison, MANY_CHANGES, MANY_VISITS, MAX_DEPTH, MAX_VISITS, Place, Scope};
use crate::change::{Direction, Severity};
use crate::kinds::{Kind, schema as kinds};
use crate::model::{Schema, SchemaId};
use crate::names;

/// Keywords with rules of their own; whatever else holds a value is reported as unknown.
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

/// Extensions with rules of their own.
const HANDLED_EXTENSIONS: [&str; 3] = ["x-extensible-enum", "x-stability-level", "x-sunset"];

/// Kinds whose id says so if the property is read-only and therefore in no request.
const READ_ONLY: [&str; 6] = [
    "enum-value-removed",
    "exclusive-max-decreased",
    "exclusive-min-increased",
    "max-decreased",
    "max-length-decreased",
    "min-increased",
];

/// Kinds whose id says so if the property is write-only and therefore in no response.
const WRITE_ONLY: [&str; 3] = ["became-optional", "became-required", "enum-value-added"];

impl<'a> Comparison<'a> {
    /// Compares two schemas and all that lies in them.
    pub(super) fn schemas(&mut self, old: SchemaId, new: SchemaId, place: &Place) {
        let pair = (old, new);
        if self.walk.is_too_much || self.walk.unchanged.contains(&pair) {
            return;
        }
        if let Some(depth) = self.walk.open.get(&pair) {
            self.walk.outermost_cut = self.walk.outermost_cut.min(*depth);
            return;
        }
        let is_crowded = self.changes.len() >= MANY_CHANGES || self.walk.visits >= MANY_VISITS;
        let meaning = (place.direction, place.is_text, place.is_unsent);
        if is_crowded && self.walk.finished.contains(&(pair, meaning)) {
            let at = (self.operation.clone(), place.location.clone());
            self.walk.left_out.insert(at);
            return;
        }
        let depth = self.walk.open.len();
        self.walk.visits += 1;
        if self.walk.visits > MAX_VISITS || depth > MAX_DEPTH {
            self.walk.is_too_much = true;
            return;
        }
        let cut_outside = std::mem::replace(&mut self.walk.outermost_cut, usize::MAX);
        let before = self.changes.len();
        self.walk.open.insert(pair, depth);
        self.schema(old, new, place);
        self.walk.open.remove(&pair);
        let cut = self.walk.outermost_cut;
        // Only what never came back to a pair that is still being looked at is known to be unchanged.
        if self.changes.len() == before && cut >= depth {
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

    /// Notes a schema that bears another name: nothing to the API, but the generated type is named after it.
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

    fn schema(&mut self, old: SchemaId, new: SchemaId, place: &Place) {
        self.type_name(old, new);
        let ids = (old, new);
        let (old, new) = self.in_one_form(ids);
        let since = self.changes.len();
        let turn = composition::turn(old, new);
        if old.is_never != new.is_never {
            let kind = if new.is_never {
                &kinds::BECAME_IMPOSSIBLE
            } else {
                &kinds::BECAME_POSSIBLE
            };
            self.schema_change(
                kind,
                place,
                Value::Bool(!old.is_never),
                Value::Bool(!new.is_never),
            );
            return;
        }
        self.nullability(old, new, place);
        let is_wrapped = self.wrapped_in_one_of(old, new, place);
        if !is_wrapped {
            self.types(old, new, place);
        }
        self.values(old, new, place);
        self.limits(old, new, place);
        self.objects(old, new, place, is_wrapped);
        self.composition(old, new, place, is_wrapped);
        self.parts(old, new, place);
        self.schema_life_cycle(old, new, place);
        self.unknown_keywords(old, new, place);
        self.prose(&kinds::PROSE_CHANGED, place, &old.prose, &new.prose);
        if let Some(turn) = turn {
            self.judge(turn, ids, place, since);
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
                !members.gone.is_empty() && !members.fresh.is_empty()
            };
            let is_one = parts(old) == 0 || parts(new) == 0;
            let is_alike = || parts(old) == parts(new) && (self.sameness().is(old_id, new_id) || is_moved());
            if is_one || is_alike() {
                return alike(old.whole(), new.whole());
            }
        }
        alike(old, new)
    }

    fn unknown_keywords(&mut self, old: &Schema, new: &Schema, place: &Place) {
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
            let place = place.at(
                place.direction,
                place.scope,
                format!("{}.{keyword}", place.location),
            );
            self.schema_change(
                kind,
                &place,
                before.cloned().unwrap_or_default(),
                after.cloned().unwrap_or_default(),
            );
        }
    }

    /// Records a change of a schema: what it means depends on which way the schema travels.
    pub(super) fn schema_change(&mut self, kind: &Kind, place: &Place, old: Value, new: Value) {
        let severity = if place.direction == Direction::Response {
            kind.response
        } else {
            kind.request
        };
        self.schema_change_as(severity, kind, place, old, new);
    }

    /// Records a change of a schema whose severity depends on more than its kind and direction.
    pub(super) fn schema_change_as(
        &mut self,
        severity: Severity,
        kind: &Kind,
        place: &Place,
        old: Value,
        new: Value,
    ) {
        // What is never sent breaks nobody.
        let severity = if place.is_unsent {
            severity.min(Severity::Info)
        } else {
            severity
        };
        let id = schema_id(kind.id, place);
        self.record(id, severity, kind, place, old, new);
    }
}

/// The full id of a change of a schema.
fn schema_id(id: &str, place: &Place) -> String {
    let prefix = match place.direction {
        Direction::Request if place.is_unsent && READ_ONLY.contains(&id) => "request-read-only-property-",
        Direction::Response if place.is_unsent && WRITE_ONLY.contains(&id) => "response-write-only-property-",
        Direction::Response if place.scope == Scope::Body && id == kinds::ENUM_VALUE_REMOVED.id => {
            "response-mediatype-"
        }
        _ => place.prefix(),
    };
    format!("{prefix}{id}")
}

/// Both schemas in one form: where one is written as a list of alternatives or parts, a single schema that
/// was written as a list of one is a list again.
fn alike<'a>(old: &'a Schema, new: &'a Schema) -> (&'a Schema, &'a Schema) {
    let as_written = |schema: &'a Schema, other: &Schema| {
        let written = schema.written.as_deref()?;
        let is_list_there =
            |keyword: &String| other.lists.contains_key(keyword) && !schema.lists.contains_key(keyword);
        written.lists.keys().any(is_list_there).then_some(written)
    };
    match (as_written(old, new), as_written(new, old)) {
        (Some(written), None) => (written, new),
        (None, Some(written)) => (old, written),
        _ => (old, new),
    }
}
