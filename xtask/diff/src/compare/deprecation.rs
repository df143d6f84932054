//! Lifecycle: deprecation, sunset date (`x-sunset`), stability (`x-stability-level`), and removed operations.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::{Comparison, Context, or_null};
use crate::change::Severity;
use crate::kinds::{ChangeKind, operation as kinds, schema};
use crate::model::{Operation, Schema};

const SUNSET: &str = "x-sunset";
const STABILITY: &str = "x-stability-level";

/// Lifecycle information.
struct Announced<'a> {
    deprecated: bool,
    facts: &'a BTreeMap<String, Value>,
}

/// The kinds of lifecycle changes, which are different for operations and schemas.
struct Kinds {
    deprecated: &'static ChangeKind,
    with_sunset: &'static ChangeKind,
    sunset_unreadable: &'static ChangeKind,
    sunset_past: &'static ChangeKind,
    sunset_earlier: &'static ChangeKind,
    sunset_later: &'static ChangeKind,
    sunset_changed_unreadable: &'static ChangeKind,
    sunset_deleted: &'static ChangeKind,
    reactivated: &'static ChangeKind,
    stability_decreased: &'static ChangeKind,
    stability_increased: &'static ChangeKind,
    stability_invalid: &'static ChangeKind,
    stability_reworded: &'static ChangeKind,
}

const OPERATION: Kinds = Kinds {
    deprecated: &kinds::DEPRECATED,
    with_sunset: &kinds::DEPRECATED_WITH_SUNSET,
    sunset_unreadable: &kinds::DEPRECATED_SUNSET_PARSE,
    sunset_past: &kinds::SUNSET_TOO_SMALL,
    sunset_earlier: &kinds::SUNSET_EARLIER,
    sunset_later: &kinds::SUNSET_LATER,
    sunset_changed_unreadable: &kinds::SUNSET_CHANGED_PARSE,
    sunset_deleted: &kinds::SUNSET_DELETED,
    reactivated: &kinds::REACTIVATED,
    stability_decreased: &kinds::STABILITY_DECREASED,
    stability_increased: &kinds::STABILITY_INCREASED,
    stability_invalid: &kinds::STABILITY_INVALID,
    stability_reworded: &kinds::EXTENSION_CHANGED,
};

const SCHEMA: Kinds = Kinds {
    deprecated: &schema::DEPRECATED,
    with_sunset: &schema::DEPRECATED_WITH_SUNSET,
    sunset_unreadable: &schema::DEPRECATED_SUNSET_INVALID,
    sunset_past: &schema::SUNSET_TOO_SMALL,
    sunset_earlier: &schema::SUNSET_CHANGED,
    sunset_later: &schema::SUNSET_CHANGED,
    sunset_changed_unreadable: &schema::DEPRECATED_SUNSET_INVALID,
    sunset_deleted: &schema::SUNSET_DELETED,
    reactivated: &schema::REACTIVATED,
    stability_decreased: &schema::STABILITY_DECREASED,
    stability_increased: &schema::STABILITY_INCREASED,
    // Operations and schemas share this kind.
    stability_invalid: &kinds::STABILITY_INVALID,
    stability_reworded: &schema::EXTENSION_CHANGED,
};

impl Comparison<'_> {
    pub(super) fn life_cycle(&mut self, old: &Operation, new: &Operation, context: &Context) {
        let old = Announced {
            deprecated: old.deprecated,
            facts: &old.fields,
        };
        let new = Announced {
            deprecated: new.deprecated,
            facts: &new.fields,
        };
        for (kind, old, new) in announced_changes(&OPERATION, &old, &new, self.today) {
            // Only the removal of an operation is breaking, not its announcement.
            self.change(kind, context, old, new);
        }
    }

    pub(super) fn schema_life_cycle(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let old = Announced {
            deprecated: old.flag("deprecated"),
            facts: &old.values,
        };
        let new = Announced {
            deprecated: new.flag("deprecated"),
            facts: &new.values,
        };
        for (kind, old, new) in announced_changes(&SCHEMA, &old, &new, self.today) {
            if kind.id == kinds::STABILITY_INVALID.id {
                self.change(kind, context, old, new);
            } else {
                self.schema_change(kind, context, old, new);
            }
        }
    }

    /// Reports a removed operation. `path_is_removed` is `true` if the new document has no operation on its path.
    pub(crate) fn operation_removed(&mut self, old: &Operation, path_is_removed: bool) {
        self.operation = Some(old.name.clone());
        let sunset = old.fields.get(SUNSET);
        let [without, with, before, after] = if path_is_removed {
            [
                &kinds::PATH_REMOVED,
                &kinds::PATH_REMOVED_DEPRECATED,
                &kinds::PATH_REMOVED_BEFORE_SUNSET,
                &kinds::PATH_REMOVED_AFTER_SUNSET,
            ]
        } else {
            [
                &kinds::REMOVED,
                &kinds::REMOVED_DEPRECATED,
                &kinds::REMOVED_BEFORE_SUNSET,
                &kinds::REMOVED_AFTER_SUNSET,
            ]
        };
        let kind = match (old.deprecated, sunset, sunset.and_then(date)) {
            (false, ..) => without,
            (true, None, _) => with,
            (true, Some(_), None) => &kinds::PATH_SUNSET_PARSE,
            (true, Some(_), Some(date)) if self.today < date => before,
            (true, Some(_), Some(_)) => after,
        };
        let context = Context::operation();
        self.change_as(
            Severity::Breaking,
            kind,
            &context,
            Value::String(old.name.clone()),
            Value::Null,
        );
    }
}

fn announced_changes(
    kinds: &Kinds,
    old: &Announced<'_>,
    new: &Announced<'_>,
    today: NaiveDate,
) -> Vec<(&'static ChangeKind, Value, Value)> {
    let (old_sunset, new_sunset) = (old.facts.get(SUNSET), new.facts.get(SUNSET));
    let sunsets = || (or_null(old_sunset), or_null(new_sunset));
    let (before, after) = sunsets();
    let mut changes = Vec::new();
    match (old.deprecated, new.deprecated) {
        (true, false) => changes.push((kinds.reactivated, Value::Bool(true), Value::Bool(false))),
        (false, true) => changes.push(match (new_sunset, new_sunset.and_then(date)) {
            (None, _) => (kinds.deprecated, Value::Bool(false), Value::Bool(true)),
            (Some(_), None) => (kinds.sunset_unreadable, Value::Null, after),
            (Some(_), Some(date)) if date < today => (kinds.sunset_past, Value::Null, after),
            (Some(_), Some(_)) => (kinds.with_sunset, Value::Null, after),
        }),
        _ if before == after => {}
        _ if after.is_null() => changes.push((kinds.sunset_deleted, before, after)),
        _ => changes.push(match (old_sunset.and_then(date), new_sunset.and_then(date)) {
            (_, None) => (kinds.sunset_changed_unreadable, before, after),
            (None, Some(_)) if old_sunset.is_none() => (kinds.with_sunset, before, after),
            (None, Some(_)) => (kinds.sunset_changed_unreadable, before, after),
            (Some(old), Some(new)) if new < old => (kinds.sunset_earlier, before, after),
            (Some(_), Some(_)) => (kinds.sunset_later, before, after),
        }),
    }
    let (before, after) = (
        or_null(old.facts.get(STABILITY)),
        or_null(new.facts.get(STABILITY)),
    );
    if before != after {
        let kind = match (stability(&before), stability(&after)) {
            (Some(old), Some(new)) if new < old => kinds.stability_decreased,
            (Some(old), Some(new)) if new > old => kinds.stability_increased,
            (Some(_), Some(_)) => kinds.stability_reworded,
            _ => kinds.stability_invalid,
        };
        changes.push((kind, before, after));
    }
    changes
}

/// Returns the stability as a number. Operations without a level are stable.
fn stability(level: &Value) -> Option<usize> {
    match level {
        Value::Null => Some(3),
        level => ["draft", "alpha", "beta", "stable"]
            .iter()
            .position(|name| level.as_str() == Some(name)),
    }
}

/// Parses a date, with or without a time.
fn date(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    let date = text.parse::<NaiveDate>().ok();
    date.or_else(|| {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|time| time.date_naive())
    })
}
