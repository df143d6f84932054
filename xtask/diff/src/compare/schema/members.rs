//! Matches the members of two `allOf`, `anyOf` or `oneOf` lists.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::compare::Comparison;
use crate::compare::record::take_pairs;
use crate::model::{Graph, Schema, SchemaId};

/// A member's position in its list, and its id.
pub(super) type Member = (usize, SchemaId);

/// The members of two lists.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Equivalent pairs.
    pub(super) same: Vec<(Member, Member)>,
    /// Pairs of an old member and its changed version.
    pub(super) changed: Vec<(Member, Member)>,
    /// Old members that have no counterpart.
    pub(super) removed: Vec<Member>,
    /// New members that have no counterpart.
    pub(super) added: Vec<Member>,
    /// `true` if the remaining members were not matched because there are too many of them.
    pub(super) are_too_many: bool,
}

/// The maximum number of pairs for which to compute the similarity.
const MAX_LIKENESSES: usize = 10_000;

/// The minimum similarity, from 0 to 1, between a member and its changed version.
const LIKENESS: f64 = 0.5;

impl Members {
    /// Returns the old and new ids of each matched pair.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (SchemaId, SchemaId)> {
        self.same
            .iter()
            .chain(&self.changed)
            .map(|((_, old), (_, new))| (*old, *new))
    }
}

impl Comparison<'_> {
    /// Matches the members of a keyword: first those that are equivalent, then by name, by title and by similarity. If
    /// a single pair remains, it is matched last.
    pub(super) fn pair_members(&self, keyword: &str, old: &[SchemaId], new: &[SchemaId]) -> Members {
        let list = |ids: &[SchemaId]| ids.iter().copied().enumerate().collect();
        let mut members = Members {
            removed: list(old),
            added: list(new),
            ..Members::default()
        };
        let (old_graph, new_graph, equivalence) = (self.old, self.new, self.equivalence());
        let (removed, added) = (&mut members.removed, &mut members.added);
        members.same = take_pairs(
            removed,
            added,
            |(_, id)| Some((equivalence.of_old(id)?, name(old_graph, id))),
            |(_, id)| Some((equivalence.of_new(id)?, name(new_graph, id))),
        );
        members.same.extend(take_pairs(
            removed,
            added,
            |(_, id)| equivalence.of_old(id),
            |(_, id)| equivalence.of_new(id),
        ));
        for key in [name, title] {
            members.changed.extend(take_pairs(
                removed,
                added,
                |(_, id)| key(old_graph, id),
                |(_, id)| key(new_graph, id),
            ));
        }
        if keyword != "allOf" {
            self.take_alike(&mut members);
        }
        self.take_last(keyword, &mut members);
        members
    }

    /// Matches the most similar pairs.
    fn take_alike(&self, members: &mut Members) {
        if members.removed.len() * members.added.len() > MAX_LIKENESSES {
            members.are_too_many = true;
            return;
        }
        let mut scores = Vec::new();
        for old in &members.removed {
            for new in &members.added {
                let is_known = self.keep_their_names(old.1, new.1);
                let likeness = likeness(self.old.get(old.1).whole(), self.new.get(new.1).whole(), self);
                if let Some(score) = likeness.filter(|score| *score >= LIKENESS && !is_known) {
                    scores.push((score, *old, *new));
                }
            }
        }
        // The sort is stable, so pairs with equal scores are matched in document order.
        scores.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
        for (_, old, new) in scores {
            if members.removed.contains(&old) && members.added.contains(&new) {
                members.removed.retain(|other| *other != old);
                members.added.retain(|other| *other != new);
                members.changed.push((old, new));
            }
        }
    }

    /// Returns `true` if both schemas have names, at least one of which exists in both documents.
    fn keep_their_names(&self, old: SchemaId, new: SchemaId) -> bool {
        match (name(self.old, old), name(self.new, new)) {
            (Some(old), Some(new)) => self.new.named(old).is_some() || self.old.named(new).is_some(),
            _ => false,
        }
    }

    /// Matches the only remaining pair, unless the names or titles show that they are different schemas.
    fn take_last(&self, keyword: &str, members: &mut Members) {
        let ([old], [new]) = (members.removed.as_slice(), members.added.as_slice()) else {
            return;
        };
        let (old, new) = (*old, *new);
        let are_named = name(self.old, old.1).is_some() && name(self.new, new.1).is_some();
        let has_title = title(self.old, old.1).is_some() || title(self.new, new.1).is_some();
        let only_annotates = |graph: &Graph, id: SchemaId| graph.get(id).is_annotation_only();
        let differ = keyword == "allOf" && only_annotates(self.old, old.1) != only_annotates(self.new, new.1);
        if !are_named && !has_title && !differ {
            members.changed.push((old, new));
            members.removed.clear();
            members.added.clear();
        }
    }

    /// Returns the properties that allow exactly one value. They identify an alternative.
    pub(super) fn tags<'s>(&'s self, graph: &'s Graph, schema: &'s Schema) -> BTreeMap<&'s str, &'s Value> {
        let properties = schema.map("properties");
        properties
            .filter_map(|(name, id)| Some((name.as_str(), only_value(graph.get(id))?)))
            .collect()
    }
}

/// Returns the similarity of two schemas, from 0 to 1, or `None` if one can't be a changed version of the other.
fn likeness(old: &Schema, new: &Schema, comparison: &Comparison<'_>) -> Option<f64> {
    if old.types != new.types || only_value(old) != only_value(new) {
        return None;
    }
    let old_tags = comparison.tags(comparison.old, old);
    let new_tags = comparison.tags(comparison.new, new);
    let mut shared_tags = old_tags
        .iter()
        .filter_map(|(name, old)| Some(*new_tags.get(name)? == *old))
        .peekable();
    if shared_tags.peek().is_some() {
        return shared_tags.all(|is_same| is_same).then_some(1.0);
    }
    let names = |schema: &Schema| schema.map("properties").count();
    let shared = old
        .map("properties")
        .filter(|(name, _)| new.property(name).is_some())
        .count();
    let all = names(old) + names(new) - shared;
    #[allow(clippy::cast_precision_loss, reason = "no schema has that many properties")]
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    if all > 0 {
        Some(share(shared, all))
    } else {
        // Schemas without properties are compared only by type.
        old.types.is_some().then_some(LIKENESS)
    }
}

fn only_value(schema: &Schema) -> Option<&Value> {
    let constant = schema.value("const");
    constant.or_else(|| match schema.value("enum")?.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

fn name(graph: &Graph, id: SchemaId) -> Option<&str> {
    graph.get(id).name.as_deref()
}

fn title(graph: &Graph, id: SchemaId) -> Option<&str> {
    graph.get(id).prose.get("title")?.as_str()
}
