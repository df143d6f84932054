//! Limits: bounds of numbers, lengths and counts, patterns, multiples, and unique items.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

use super::patterns;
use super::ranges::{Shift, shift};
use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Context, or_null};
use crate::kinds::bounds::{BOUNDS, Bound};
use crate::kinds::schema as kinds;
use crate::model::Schema;

/// Patterns that match every string.
const ANYTHING: [&str; 4] = ["", ".*", "^.*$", "^.*"];

/// Returns `true` if this module compares the keyword.
pub(super) fn is_limit(keyword: &str) -> bool {
    BOUNDS.iter().any(|bound| bound.keyword == keyword)
        || matches!(keyword, "multipleOf" | "pattern" | "uniqueItems")
}

/// Orders two numbers. Integers are compared as integers, because large ones are not exact as floats.
pub(super) fn order(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}

impl Comparison<'_> {
    pub(super) fn limits(&mut self, old: &Schema, new: &Schema, context: &Context) {
        for bound in &BOUNDS {
            self.bound(bound, old, new, context);
        }
        self.pattern(old, new, context);
        self.multiple_of(old, new, context);
        let is_unique = |schema: &Schema| schema.flag("uniqueItems");
        match (is_unique(old), is_unique(new)) {
            (false, true) => self.schema_change(&kinds::UNIQUE_ITEMS_SET, context, json!(false), json!(true)),
            (true, false) => {
                self.schema_change(&kinds::UNIQUE_ITEMS_UNSET, context, json!(true), json!(false));
            }
            _ => {}
        }
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
        let kind = match (limit(before), limit(after)) {
            (Some(old), Some(new)) => match order(&new, &old) {
                Ordering::Greater => &bound.increased,
                Ordering::Less => &bound.decreased,
                Ordering::Equal => return,
            },
            (None, _) if before.is_none() => &bound.set,
            (_, None) if after.is_none() => &bound.unset,
            // A limit that is not a number cannot be compared.
            _ => &kinds::KEYWORD_CHANGED,
        };
        let severity = match (shift(bound.keyword, old, new), context.direction) {
            (Some(Shift::Narrower), Direction::Response) | (Some(Shift::None), _) => Severity::Info,
            (Some(Shift::Narrower), _) => Severity::Breaking,
            (Some(Shift::Wider), Direction::Response) => Severity::Breaking,
            (Some(Shift::Wider), _) => Severity::Info,
            (None, Direction::Response) => kind.response,
            (None, _) => kind.request,
        };
        self.schema_change_as(severity, kind, context, or_null(before), or_null(after));
    }

    fn pattern(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let (before, after) = (old.value("pattern"), new.value("pattern"));
        let text = |pattern: Option<&'_ Value>| pattern.and_then(Value::as_str).map(str::to_owned);
        let (old_pattern, new_pattern) = (text(before), text(after));
        let is_wider = || match (&old_pattern, &new_pattern) {
            (_, Some(new)) if ANYTHING.contains(&new.as_str()) => true,
            (Some(old), Some(new)) => patterns::accepts_all_of(new, old),
            _ => false,
        };
        let is_response = context.direction == Direction::Response;
        let kind = match (before, after) {
            _ if before == after => return,
            (None, Some(_)) => &kinds::PATTERN_ADDED,
            (Some(_), None) => &kinds::PATTERN_REMOVED,
            // There is no such rule for responses.
            _ if !is_response && is_wider() => &kinds::PATTERN_GENERALIZED,
            _ => &kinds::PATTERN_CHANGED,
        };
        self.schema_change(kind, context, or_null(before), or_null(after));
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
        let is_response = context.direction == Direction::Response;
        let kind = match (before, after) {
            _ if before == after => return,
            (None, _) => &kinds::MULTIPLE_OF_SET,
            (_, None) => &kinds::MULTIPLE_OF_UNSET,
            _ if is_multiple(before, after) => &kinds::MULTIPLE_OF_LOOSENED,
            _ => &kinds::MULTIPLE_OF_CHANGED,
        };
        let is_tightened = is_response && is_multiple(after, before);
        let (before, after) = (or_null(before), or_null(after));
        if is_tightened {
            return self.schema_change_as(Severity::Info, kind, context, before, after);
        }
        self.schema_change(kind, context, before, after);
    }
}
