//! The rule types used by the generated validation rules.

#![allow(dead_code, reason = "which rule types are used depends on the document")]

use chrono::{DateTime, Utc};

use super::pattern::Pattern;
use crate::request::time::Timestamp;
use crate::request::violation::{Rule, Violation};

/// A rule for a string: the limits on its length, in characters, and its pattern.
pub(crate) struct TextRule {
    pub(crate) field: &'static str,
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) expected: &'static str,
}

impl TextRule {
    pub(crate) fn check(&self, value: Option<&str>, found: &mut Vec<Violation>) {
        let Some(value) = value else { return };
        let size = value.chars().count();
        let rules = [
            (Rule::MinLength, size < self.min),
            (Rule::MaxLength, size > self.max),
            (
                Rule::Pattern,
                self.pattern.is_some_and(|pattern| !pattern.is_match(value)),
            ),
        ];
        let broken = rules.into_iter().filter(|(_, is_broken)| *is_broken);
        found.extend(broken.map(|(rule, _)| Violation::new(self.field, rule, self.expected).sized(size)));
    }
}

/// A rule that limits an integer to an inclusive range.
pub(crate) struct IntegerRule {
    pub(crate) field: &'static str,
    pub(crate) min: i128,
    pub(crate) max: i128,
    pub(crate) expected: &'static str,
}

impl IntegerRule {
    pub(crate) fn check(&self, value: Option<i128>, found: &mut Vec<Violation>) {
        let outside = value.filter(|value| !(self.min..=self.max).contains(value));
        found.extend(outside.map(|value| Violation::new(self.field, Rule::Range, self.expected).sized(value)));
    }
}

/// A rule for floating-point numbers.
pub(crate) struct NumberRule {
    pub(crate) field: &'static str,
    pub(crate) is_allowed: fn(f64) -> bool,
    pub(crate) expected: &'static str,
}

impl NumberRule {
    pub(crate) fn check(&self, value: Option<f64>, found: &mut Vec<Violation>) {
        let rejected = value.filter(|value| !(self.is_allowed)(*value));
        found.extend(rejected.map(|_| Violation::new(self.field, Rule::Range, self.expected)));
    }
}

/// A rule that limits the size of a value: the number of items in a list, or the number of characters of a value as
/// compact JSON.
pub(crate) struct SizeRule {
    pub(crate) field: &'static str,
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) expected: &'static str,
}

impl SizeRule {
    pub(crate) fn check(&self, size: Option<usize>, found: &mut Vec<Violation>) {
        let Some(size) = size else { return };
        let rule = if size < self.min {
            Rule::MinLength
        } else {
            Rule::MaxLength
        };
        if !(self.min..=self.max).contains(&size) {
            found.push(Violation::new(self.field, rule, self.expected).sized(size));
        }
    }
}

/// Checks that a time can be represented in RFC 3339.
pub(crate) fn time(field: &'static str, time: Option<DateTime<Utc>>, found: &mut Vec<Violation>) {
    let outside = time.filter(|time| !Timestamp::from(*time).is_writable());
    found.extend(outside.map(|_| Violation::new(field, Rule::Range, "a year from 0000 to 9999")));
}
