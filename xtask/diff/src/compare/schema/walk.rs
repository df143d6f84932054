//! Traverses both schema graphs.

use std::collections::HashSet;

use super::{composition, limits};
use crate::compare::comparison::{Meaning, Pair};
use crate::compare::equivalence::MAX_DEPTH;
use crate::compare::record::{extension, matched};
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::{Graph, Schema, SchemaId};

/// The maximum number of schema pairs to visit.
const MAX_VISITS: usize = 500_000;

/// The number of visited pairs after which pairs are not compared again at other locations. The number of paths through
/// schemas that refer to each other grows exponentially.
const MANY_VISITS: usize = 20_000;

/// The number of changes after which pairs are not compared again at other locations.
const MANY_CHANGES: usize = 2_000;

/// Keywords that are compared separately. Any other keyword that has a value is reported as unrecognized.
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

/// Extensions that are compared separately.
const HANDLED_EXTENSIONS: [&str; 3] = ["x-extensible-enum", "x-stability-level", "x-sunset"];

impl<'a> Comparison<'a> {
    /// Compares two schemas and all schemas that they contain.
    pub(in crate::compare) fn schemas(&mut self, old: SchemaId, new: SchemaId, context: &Context) {
        let pair = (old, new);
        if self.walk.is_too_much || self.walk.unchanged.contains(&pair) {
            return;
        }
        if let Some(depth) = self.walk.open.get(&pair) {
            self.walk.outermost_cut = self.walk.outermost_cut.min(*depth);
            return;
        }
        let meaning = (context.direction, context.is_text, context.is_unsent);
        if self.is_repeated(pair, meaning) {
            self.walk.repeats += 1;
            if !self.walk.is_silent {
                let at = (self.operation.clone(), context.location.clone());
                self.walk.left_out.insert(at);
            }
            return;
        }
        let depth = self.walk.open.len();
        self.walk.visits += 1;
        if self.walk.visits > MAX_VISITS {
            self.walk.is_too_much = true;
            return;
        }
        if depth > MAX_DEPTH {
            return self.defer(pair, meaning, context);
        }
        let cut_outside = std::mem::replace(&mut self.walk.outermost_cut, usize::MAX);
        let before = (self.changes.len(), self.walk.stops, self.walk.repeats);
        self.walk.open.insert(pair, depth);
        self.schema(old, new, context);
        self.walk.open.remove(&pair);
        let cut = self.walk.outermost_cut;
        // A pair is known to be unchanged only if its comparison was complete and did not return to a pair that is
        // still being compared.
        if (self.changes.len(), self.walk.stops, self.walk.repeats) == before && cut >= depth {
            self.walk.unchanged.insert(pair);
        }
        if !self.walk.is_silent {
            self.walk.finished.insert((pair, meaning));
        }
        let is_outside = cut < depth;
        self.walk.outermost_cut = cut_outside.min(if is_outside { cut } else { usize::MAX });
    }

    /// Returns `true` if a pair does not have to be compared again. A silent comparison needs only the severities of the
    /// changes, which are the same at each location.
    fn is_repeated(&mut self, pair: Pair, meaning: Meaning) -> bool {
        match self.walk.is_silent {
            true => !self.walk.seen_silently.insert((pair, meaning)),
            false => self.is_crowded() && self.walk.finished.contains(&(pair, meaning)),
        }
    }

    /// Stops the recursion at a pair. The pair is compared later, but at only one location.
    fn defer(&mut self, pair: Pair, meaning: Meaning, context: &Context) {
        self.walk.stops += 1;
        // The caller of `silently` reports that the comparison is incomplete.
        if self.walk.is_silent {
            return;
        }
        let operation = self.operation.clone();
        if self.walk.ever_deferred.insert((pair, meaning)) {
            self.walk.deferred.push_back((operation, pair, context.clone()));
        } else {
            self.walk.left_out.insert((operation, context.location.clone()));
        }
    }

    /// Returns `true` if pairs are not compared again, because there are many changes or many paths to the same pairs.
    pub(super) fn is_crowded(&self) -> bool {
        self.changes.len() >= MANY_CHANGES || self.walk.visits >= MANY_VISITS
    }

    fn schema(&mut self, old: SchemaId, new: SchemaId, context: &Context) {
        let ids = (old, new);
        let (old, new) = self.in_one_form(ids);
        let turn = composition::turn(old, new);
        if old.is_never != new.is_never {
            let possible = [kinds::BECAME_POSSIBLE, kinds::BECAME_IMPOSSIBLE];
            return self.flag(possible, context, !old.is_never, !new.is_never);
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
        let [before, after] = [old, new].map(|schema| (schema.flag("deprecated"), &schema.values));
        self.life_cycle(context, before, after);
        self.unknown_keywords(old, new, context);
        self.prose(context, &old.prose, &new.prose);
        if let Some(turn) = turn {
            self.adjust_severities(turn, ids, context, since);
        }
    }

    /// Converts both schemas to a comparable form. `allOf` parts are merged if the other schema has none, if a property
    /// is described by several parts in only one of the schemas, or if both have the same number of parts and the results
    /// are equivalent or the parts can't be matched. See also [`alike`].
    fn in_one_form(&self, (old_id, new_id): (SchemaId, SchemaId)) -> (&'a Schema, &'a Schema) {
        let (old, new) = (self.old.get(old_id), self.new.get(new_id));
        let parts = |schema: &Schema| schema.list("allOf").len();
        let can_be_whole = |schema: &Schema| parts(schema) == 0 || schema.flat.is_some();
        if (parts(old) > 0 || parts(new) > 0) && can_be_whole(old) && can_be_whole(new) {
            let is_moved = || {
                let members = self.pair_members("allOf", old.list("allOf"), new.list("allOf"));
                !members.removed.is_empty() && !members.added.is_empty()
            };
            let is_one = parts(old) == 0 || parts(new) == 0;
            let is_alike =
                || parts(old) == parts(new) && (self.equivalence().is(old_id, new_id) || is_moved());
            let is_repeated = || repeats_a_property(self.old, old) != repeats_a_property(self.new, new);
            if is_one || is_repeated() || is_alike() {
                return alike(old.whole(), new.whole());
            }
        }
        alike(old, new)
    }

    fn unknown_keywords(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let is_known = |keyword: &str| {
            HANDLED.contains(&keyword) || HANDLED_EXTENSIONS.contains(&keyword) || limits::is_limit(keyword)
        };
        for (keyword, before, after) in matched(&old.values, &new.values) {
            let kinds = match keyword {
                _ if is_known(keyword) => continue,
                _ if keyword.starts_with("x-") => extension(kinds::EXTENSION_CHANGED, before, after),
                _ => kinds::KEYWORD,
            };
            self.value(kinds, &context.field(keyword), before, after);
        }
    }
}

/// Returns `true` if several parts of a schema describe the same property, so that no single part determines the valid
/// values.
fn repeats_a_property(graph: &Graph, schema: &Schema) -> bool {
    let parts = schema.list("allOf").iter().map(|id| graph.get(*id).whole());
    let mut names = parts
        .chain([schema])
        .flat_map(|part| part.map("properties").map(|(name, _)| name));
    let mut seen = HashSet::new();
    names.any(|name| !seen.insert(name))
}

/// Returns both schemas in the same form. If only one of them is a list of alternatives or parts, the other one is
/// returned as a list too, provided that it was written as a list of one schema. If only one of them has constraints in
/// addition to its alternatives, they are merged with the alternatives. Otherwise, if one has an `enum`, a union of
/// constants is returned as an `enum`.
fn alike<'a>(old: &'a Schema, new: &'a Schema) -> (&'a Schema, &'a Schema) {
    let as_written = |schema: &'a Schema, other: &Schema| {
        let written = schema.written.as_deref()?;
        let is_list_there =
            |keyword: &String| other.lists.contains_key(keyword) && !schema.lists.contains_key(keyword);
        written.lists.keys().any(is_list_there).then_some(written)
    };
    let as_union = |schema: &'a Schema, other: &Schema| {
        let distributed = schema.distributed.as_deref()?;
        let is_union = other.is_bare() && other.lists.keys().eq(distributed.lists.keys());
        is_union.then_some(distributed)
    };
    let as_enum = |schema: &'a Schema, other: &Schema| {
        let enumerated = schema.enumerated.as_deref();
        enumerated.filter(|_| other.value("enum").is_some())
    };
    let in_form_of = |schema: &'a Schema, other: &Schema| {
        as_union(schema, other)
            .or_else(|| as_enum(schema, other))
            .unwrap_or(schema)
    };
    match (as_written(old, new), as_written(new, old)) {
        (Some(written), None) => (written, new),
        (None, Some(written)) => (old, written),
        _ => (in_form_of(old, new), in_form_of(new, old)),
    }
}
