//! Records changes.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use super::comparison::Comparison;
use super::context::Context;
use crate::change::{Change, Severity};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Fields, Rest, without_order};
use crate::sentence;

impl Comparison<'_> {
    /// Records a change. Its severity depends on the direction.
    pub(super) fn change(
        &mut self,
        kind: ChangeKind,
        context: &Context,
        old: impl Serialize,
        new: impl Serialize,
    ) {
        let (id, severity) = (context.id(&kind), context.severity(&kind));
        self.record(id, severity, kind.predicate, context, json!(old), json!(new));
    }

    /// Records an added part.
    pub(super) fn added(&mut self, kind: ChangeKind, context: &Context, new: impl Serialize) {
        self.change(kind, context, Value::Null, new);
    }

    /// Records a removed part.
    pub(super) fn removed(&mut self, kind: ChangeKind, context: &Context, old: impl Serialize) {
        self.change(kind, context, old, Value::Null);
    }

    pub(super) fn record(
        &mut self,
        id: String,
        severity: Severity,
        predicate: &str,
        context: &Context,
        old: Value,
        new: Value,
    ) {
        self.changes.push(Change {
            severity,
            direction: context.direction,
            operation: self.operation.clone(),
            message: sentence::of(&context.location, predicate, &old, &new),
            location: context.location.clone(),
            id,
            old,
            new,
        });
    }

    /// Records a changed flag.
    pub(super) fn flag(&mut self, [set, unset]: [ChangeKind; 2], context: &Context, old: bool, new: bool) {
        if old != new {
            self.change(if new { set } else { unset }, context, old, new);
        }
    }

    /// Records a value that was added, removed or changed.
    pub(super) fn value<T: Serialize + PartialEq>(
        &mut self,
        [added, removed, changed]: [ChangeKind; 3],
        context: &Context,
        old: Option<T>,
        new: Option<T>,
    ) {
        match (&old, &new) {
            _ if old == new => {}
            (None, _) => self.added(added, context, new),
            (_, None) => self.removed(removed, context, old),
            _ => self.change(changed, context, old, new),
        }
    }

    /// Records the items that were added or removed. The order of the items doesn't matter.
    pub(super) fn items<'v, T: Serialize + Eq + Hash + 'v>(
        &mut self,
        [added, removed]: [ChangeKind; 2],
        context: &Context,
        old: impl IntoIterator<Item = &'v T> + Clone,
        new: impl IntoIterator<Item = &'v T> + Clone,
    ) {
        let (before, after): (HashSet<&T>, HashSet<&T>) = (
            old.clone().into_iter().collect(),
            new.clone().into_iter().collect(),
        );
        for item in old.into_iter().filter(|item| !after.contains(item)) {
            self.removed(removed, context, item);
        }
        for item in new.into_iter().filter(|item| !before.contains(item)) {
            self.added(added, context, item);
        }
    }

    /// Records differences in fields that are not compared separately.
    pub(super) fn rest(&mut self, unknown: ChangeKind, context: &Context, old: &Rest, new: &Rest) {
        self.fields(unknown, context, &old.facts, &new.facts);
        self.prose(context, &old.prose, &new.prose);
    }

    /// Records differences in extensions and unrecognized fields.
    pub(super) fn fields(&mut self, unknown: ChangeKind, context: &Context, old: &Fields, new: &Fields) {
        for (name, before, after) in matched(old, new) {
            let kinds = if name.starts_with("x-") {
                extension(kinds::EXTENSION_CHANGED, before, after)
            } else {
                [unknown; 3]
            };
            self.value(kinds, &context.field(name), before, after);
        }
    }

    /// Records changes to documentation. Empty text is equivalent to missing text.
    pub(super) fn prose(&mut self, context: &Context, old: &Fields, new: &Fields) {
        for (name, old, new) in matched(old, new) {
            let is_empty = |text: &Value| text.is_null() || *text == "";
            let [old, new] = [old, new].map(|prose| prose.filter(|text| !is_empty(text)));
            self.value([kinds::PROSE_CHANGED; 3], &context.field(name), old, new);
        }
    }
}

/// Matches the items of two lists by their keys. The keys are in the order of the old list, followed by those that only
/// the new list has. If a list has several items with the same key, the first one counts.
pub(super) fn matched<K: Eq + Hash, V>(
    old: impl IntoIterator<Item = (K, V)>,
    new: impl IntoIterator<Item = (K, V)>,
) -> impl Iterator<Item = (K, Option<V>, Option<V>)> {
    let mut all: IndexMap<K, (Option<V>, Option<V>)> = IndexMap::new();
    for (key, value) in old {
        all.entry(key).or_default().0.get_or_insert(value);
    }
    for (key, value) in new {
        all.entry(key).or_default().1.get_or_insert(value);
    }
    all.into_iter().map(|(key, (old, new))| (key, old, new))
}

/// Removes and returns pairs with equal keys. If several items have the same key, they are paired in order.
pub(super) fn take_pairs<A: Copy, B: Copy, K: Eq + Hash>(
    old: &mut Vec<A>,
    new: &mut Vec<B>,
    old_key: impl Fn(A) -> Option<K>,
    new_key: impl Fn(B) -> Option<K>,
) -> Vec<(A, B)> {
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, item) in new.iter().enumerate() {
        if let Some(key) = new_key(*item) {
            by_key.entry(key).or_default().push_back(index);
        }
    }
    let mut free: Vec<Option<B>> = new.drain(..).map(Some).collect();
    let mut pairs = Vec::new();
    old.retain(|item| {
        let index = old_key(*item).and_then(|key| by_key.get_mut(&key)?.pop_front());
        let other = index.and_then(|index| free.get_mut(index)?.take());
        pairs.extend(other.map(|other| (*item, other)));
        other.is_none()
    });
    new.extend(free.into_iter().flatten());
    pairs
}

/// Returns the kinds for a changed extension. The change is cosmetic if only the order of arrays and the names in
/// references differ.
pub(super) fn extension(kind: ChangeKind, old: Option<&Value>, new: Option<&Value>) -> [ChangeKind; 3] {
    let is_reordered = old.map(without_order) == new.map(without_order);
    [if is_reordered {
        kind.with(Severity::Cosmetic)
    } else {
        kind
    }; 3]
}
