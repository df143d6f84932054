//! Limits: numeric bounds, lengths and counts, patterns, multiples, and unique items.

use std::cmp::Ordering;

use serde_json::{Number, Value};
use xtask_openapi::grammar::TYPES;

use super::patterns;
use super::ranges::shift;
use crate::change::Severity::{Breaking, Cosmetic, Info};
use crate::compare::{Comparison, Context};
use crate::kinds::bounds::{BOUNDS, Bound};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Schema, order};

/// Patterns that are meant to match every string.
const ANYTHING: [&str; 2] = [".*", "^.*$"];

/// Returns `true` if this module compares the keyword.
pub(super) fn is_limit(keyword: &str) -> bool {
    BOUNDS.iter().any(|bound| bound.keyword == keyword)
        || matches!(keyword, "multipleOf" | "pattern" | "uniqueItems")
}

impl Comparison<'_> {
    pub(super) fn limits(&mut self, old: &Schema, new: &Schema, context: &Context) {
        for bound in &BOUNDS {
            self.bound(bound, old, new, context);
        }
        self.pattern(old, new, context);
        self.multiple_of(old, new, context);
        let unique = [kinds::UNIQUE_ITEMS_SET, kinds::UNIQUE_ITEMS_UNSET];
        self.flag(unique, context, old.flag("uniqueItems"), new.flag("uniqueItems"));
    }

    fn bound(&mut self, bound: &Bound, old: &Schema, new: &Schema, context: &Context) {
        let (before, after) = (old.value(bound.keyword), new.value(bound.keyword));
        if before == after {
            return;
        }
        let limit = |value: Option<&Value>| match value {
            Some(value) => value.as_number().cloned(),
            None => bound.when_unset.map(Number::from),
        };
        let [.., changed] = kinds::KEYWORD;
        let kind = match (limit(before), limit(after)) {
            (Some(old), Some(new)) => match order(&new, &old) {
                Ordering::Greater => bound.increased,
                Ordering::Less => bound.decreased,
                Ordering::Equal => return,
            },
            (None, _) if before.is_none() => bound.set,
            (_, None) if after.is_none() => bound.unset,
            // A limit that is not a number can't be compared.
            _ => changed,
        };
        let kind = match shift(bound.keyword, old, new) {
            None => kind,
            Some(Ordering::Equal) => kind.with(Cosmetic),
            Some(shift) if shift.is_gt() == context.is_response() => kind.with(Breaking),
            Some(_) => kind.with(Info),
        };
        self.limit([kind; 3], bound.keyword, (old, new), context);
    }

    fn pattern(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let (before, after) = (old.value("pattern"), new.value("pattern"));
        let schemas = (old, new);
        // A missing pattern accepts any string.
        let [old, new] = [before, after].map(|pattern| pattern.map_or(Some(""), Value::as_str));
        let is_wider = || match (old, new) {
            (_, Some(new)) if ANYTHING.contains(&new) => true,
            (Some(old), Some(new)) => patterns::accepts_all_of(new, old),
            _ => false,
        };
        // Only requests have a separate change kind for wider patterns.
        let is_generalized = before != after && !context.is_response() && is_wider();
        let [added, changed] = if is_generalized {
            [kinds::PATTERN_ADDED.with(Info), kinds::PATTERN_GENERALIZED]
        } else {
            [kinds::PATTERN_ADDED, kinds::PATTERN_CHANGED]
        };
        let kinds = [added, kinds::PATTERN_REMOVED, changed];
        self.limit(kinds, "pattern", schemas, context);
    }

    fn multiple_of(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let (before, after) = (old.value("multipleOf"), new.value("multipleOf"));
        let is_multiple = |of: Option<&Value>, by: Option<&Value>| {
            let (Some(of), Some(by)) = (of.and_then(Value::as_f64), by.and_then(Value::as_f64)) else {
                return false;
            };
            let quotient = of / by;
            by != 0.0 && (quotient - quotient.round()).abs() < 1e-9
        };
        let changed = match () {
            () if is_multiple(before, after) => kinds::MULTIPLE_OF_LOOSENED,
            () if is_multiple(after, before) && context.is_response() => {
                kinds::MULTIPLE_OF_CHANGED.with(Info)
            }
            () => kinds::MULTIPLE_OF_CHANGED,
        };
        let kinds = [kinds::MULTIPLE_OF_SET, kinds::MULTIPLE_OF_UNSET, changed];
        self.limit(kinds, "multipleOf", (old, new), context);
    }

    /// Records a changed limit. It is harmless if only one of the schemas allows the type that it limits. In text
    /// formats, a value of any type can also be a string.
    fn limit(
        &mut self,
        kinds: [ChangeKind; 3],
        keyword: &str,
        (old, new): (&Schema, &Schema),
        context: &Context,
    ) {
        let is_relevant = context.is_text || applies(keyword, old) == applies(keyword, new);
        let kinds = kinds.map(|kind| if is_relevant { kind } else { kind.with(Info) });
        self.value(kinds, context, old.value(keyword), new.value(keyword));
    }
}

/// Returns `true` if a schema allows values that the keyword limits.
fn applies(keyword: &str, schema: &Schema) -> bool {
    let mut limited = TYPES
        .iter()
        .filter(|(_, about)| about.contains(&keyword))
        .peekable();
    let Some(types) = schema.types.as_ref().filter(|_| limited.peek().is_some()) else {
        return true;
    };
    limited.any(|(name, _)| types.contains(*name))
}
