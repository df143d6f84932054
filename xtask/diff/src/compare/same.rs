//! Whether two schemas say the same, whatever their words and names: how alternatives find each other.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexSet;

use serde_json::Value;

use super::{MAX_DEPTH, Pair};
use crate::model::{Graph, Schema, SchemaId};

/// What is known of pairs of schemas.
#[derive(Debug, Default)]
pub(super) struct Sameness {
    same: HashSet<Pair>,
    different: HashSet<Pair>,
    looks: usize,
}

/// How many pairs are looked at; an honest document stays far below. Beyond, nothing is the same any more.
const MAX_LOOKS: usize = 2_000_000;

impl Sameness {
    /// Whether both schemas admit and mean the same.
    ///
    /// A recursive pair is the same unless a difference is found, so what is assumed on the way only becomes
    /// knowledge when the whole question is answered with yes.
    pub(super) fn of(&mut self, old: (&Graph, SchemaId), new: (&Graph, SchemaId)) -> bool {
        let mut query = Query {
            old: old.0,
            new: new.0,
            known: self,
            assumed: IndexSet::new(),
        };
        let is_same = query.schemas(old.1, new.1, 0);
        let assumed = std::mem::take(&mut query.assumed);
        if is_same {
            self.same.extend(assumed);
        }
        is_same
    }
}

struct Query<'a> {
    old: &'a Graph,
    new: &'a Graph,
    known: &'a mut Sameness,
    /// In the order in which they were assumed.
    assumed: IndexSet<Pair>,
}

impl Query<'_> {
    fn schemas(&mut self, old: SchemaId, new: SchemaId, depth: usize) -> bool {
        let pair = (old, new);
        self.known.looks += 1;
        if self.known.different.contains(&pair) || depth > MAX_DEPTH || self.known.looks > MAX_LOOKS {
            return false;
        }
        let before = self.assumed.len();
        if self.known.same.contains(&pair) || !self.assumed.insert(pair) {
            return true;
        }
        let (old, new) = (self.old.get(old), self.new.get(new));
        let is_same = same_facts(old, new) && self.parts(old, new, depth + 1);
        if !is_same {
            // What was found to be the same on the way may have been so only if this pair was.
            self.assumed.truncate(before);
            self.known.different.insert(pair);
        }
        is_same
    }

    fn parts(&mut self, old: &Schema, new: &Schema, depth: usize) -> bool {
        old.single.iter().all(|(keyword, id)| {
            new.single
                .get(keyword)
                .is_some_and(|other| self.schemas(*id, *other, depth))
        }) && old.maps.iter().all(|(keyword, named)| {
            let other = new.maps.get(keyword);
            other.is_some_and(|other| named.len() == other.len())
                && named.iter().all(|(name, id)| {
                    let found = other.and_then(|other| other.get(name));
                    found.is_some_and(|other| self.schemas(*id, *other, depth))
                })
        }) && old.lists.iter().all(|(keyword, ids)| {
            let other = new.list(keyword);
            if keyword == "prefixItems" {
                ids.len() == other.len() && ids.iter().zip(other).all(|(a, b)| self.schemas(*a, *b, depth))
            } else {
                self.unordered(ids, other, depth)
            }
        })
    }

    fn unordered(&mut self, old: &[SchemaId], new: &[SchemaId], depth: usize) -> bool {
        let mut rest = new.to_vec();
        old.len() == new.len()
            && old.iter().all(|id| {
                let found = rest.iter().position(|other| self.schemas(*id, *other, depth));
                found.map(|index| rest.swap_remove(index)).is_some()
            })
    }
}

fn same_facts(old: &Schema, new: &Schema) -> bool {
    old.is_never == new.is_never
        && old.types == new.types
        && old.nullable == new.nullable
        && (old.values == new.values || with_enum(old) == with_enum(new))
        && old.required == new.required
        && old.single.len() == new.single.len()
        && old.lists.len() == new.lists.len()
        && old.maps.len() == new.maps.len()
}

/// The values with a constant as an enum of one, which is the same, and those of an enum each once and in any order.
fn with_enum(schema: &Schema) -> BTreeMap<String, Value> {
    let mut values = schema.values.clone();
    if !values.contains_key("enum")
        && let Some(only) = values.remove("const")
    {
        values.insert("enum".to_owned(), Value::Array(vec![only]));
    }
    if let Some(Value::Array(allowed)) = values.get_mut("enum") {
        allowed.sort_by_cached_key(ToString::to_string);
        allowed.dedup();
    }
    values
}
