//! Lifecycle: deprecation, sunset dates (`x-sunset`), stability (`x-stability-level`), and removed operations.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::{Comparison, Context};
use crate::kinds::{ChangeKind, operation as kinds, schema};
use crate::model::{Fields, Operation, Schema};

const SUNSET: &str = "x-sunset";
const STABILITY: &str = "x-stability-level";

/// The kinds of lifecycle changes, which differ between operations and schemas.
struct Kinds {
    deprecated: ChangeKind,
    with_sunset: ChangeKind,
    sunset_unreadable: ChangeKind,
    sunset_past: ChangeKind,
    sunset_earlier: ChangeKind,
    sunset_later: ChangeKind,
    sunset_changed_unreadable: ChangeKind,
    sunset_deleted: ChangeKind,
    reactivated: ChangeKind,
    stability_decreased: ChangeKind,
    stability_increased: ChangeKind,
    stability_reworded: ChangeKind,
}

const OPERATION: Kinds = Kinds {
    deprecated: kinds::DEPRECATED,
    with_sunset: kinds::DEPRECATED_WITH_SUNSET,
    sunset_unreadable: kinds::DEPRECATED_SUNSET_PARSE,
    sunset_past: kinds::SUNSET_TOO_SMALL,
    sunset_earlier: kinds::SUNSET_EARLIER,
    sunset_later: kinds::SUNSET_LATER,
    sunset_changed_unreadable: kinds::SUNSET_CHANGED_PARSE,
    sunset_deleted: kinds::SUNSET_DELETED,
    reactivated: kinds::REACTIVATED,
    stability_decreased: kinds::STABILITY_DECREASED,
    stability_increased: kinds::STABILITY_INCREASED,
    stability_reworded: kinds::EXTENSION_CHANGED,
};

const SCHEMA: Kinds = Kinds {
    deprecated: schema::DEPRECATED,
    with_sunset: schema::DEPRECATED_WITH_SUNSET,
    sunset_unreadable: schema::DEPRECATED_SUNSET_INVALID,
    sunset_past: schema::SUNSET_TOO_SMALL,
    sunset_earlier: schema::SUNSET_CHANGED,
    sunset_later: schema::SUNSET_CHANGED,
    sunset_changed_unreadable: schema::DEPRECATED_SUNSET_INVALID,
    sunset_deleted: schema::SUNSET_DELETED,
    reactivated: schema::REACTIVATED,
    stability_decreased: schema::STABILITY_DECREASED,
    stability_increased: schema::STABILITY_INCREASED,
    stability_reworded: schema::EXTENSION_CHANGED,
};

impl Comparison<'_> {
    pub(super) fn life_cycle(&mut self, old: &Operation, new: &Operation, context: &Context) {
        // Removing an operation is breaking, but announcing its removal is not.
        let (old, new) = ((old.deprecated, &old.fields), (new.deprecated, &new.fields));
        self.announced(&OPERATION, context, old, new);
    }

    pub(super) fn schema_life_cycle(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let (old_flag, new_flag) = (old.flag("deprecated"), new.flag("deprecated"));
        self.announced(&SCHEMA, context, (old_flag, &old.values), (new_flag, &new.values));
    }

    /// Reports a removed operation. `path_is_removed` is `true` if the new document has no other operation on that
    /// path.
    pub(crate) fn operation_removed(&mut self, old: &Operation, path_is_removed: bool) {
        self.operation = Some(old.name.clone());
        let sunset = old.fields.get(SUNSET);
        let [without, with, before, after] = if path_is_removed {
            [
                kinds::PATH_REMOVED,
                kinds::PATH_REMOVED_DEPRECATED,
                kinds::PATH_REMOVED_BEFORE_SUNSET,
                kinds::PATH_REMOVED_AFTER_SUNSET,
            ]
        } else {
            [
                kinds::REMOVED,
                kinds::REMOVED_DEPRECATED,
                kinds::REMOVED_BEFORE_SUNSET,
                kinds::REMOVED_AFTER_SUNSET,
            ]
        };
        let kind = match (old.deprecated, sunset, sunset.and_then(date)) {
            (false, ..) => without,
            (true, None, _) => with,
            (true, Some(_), None) => kinds::PATH_SUNSET_PARSE,
            (true, Some(_), Some(date)) if self.today < date => before,
            (true, Some(_), Some(_)) => after,
        };
        self.removed(kind, &Context::operation(), &old.name);
    }

    fn announced(
        &mut self,
        kinds: &Kinds,
        context: &Context,
        (was_deprecated, old): (bool, &Fields),
        (is_deprecated, new): (bool, &Fields),
    ) {
        let fields = |name| [old, new].map(|fields| fields.get(name).filter(|value| !value.is_null()));
        let [before, after] = fields(SUNSET);
        match (was_deprecated, is_deprecated) {
            (true, false) => self.change(kinds.reactivated, context, true, false),
            (false, true) => match after.map(date) {
                None => self.change(kinds.deprecated, context, false, true),
                Some(None) => self.added(kinds.sunset_unreadable, context, after),
                Some(Some(date)) if date < self.today => self.added(kinds.sunset_past, context, after),
                Some(Some(_)) => self.added(kinds.with_sunset, context, after),
            },
            _ => {
                let changed = match (before.and_then(date), after.and_then(date)) {
                    (Some(old), Some(new)) if new < old => kinds.sunset_earlier,
                    (Some(_), Some(_)) => kinds.sunset_later,
                    _ => kinds.sunset_changed_unreadable,
                };
                let is_readable = after.and_then(date).is_some();
                let added = if is_readable { kinds.with_sunset } else { changed };
                self.value([added, kinds.sunset_deleted, changed], context, before, after);
            }
        }
        let [before, after] = fields(STABILITY);
        let kind = match (stability(before), stability(after)) {
            (Some(old), Some(new)) if new < old => kinds.stability_decreased,
            (Some(old), Some(new)) if new > old => kinds.stability_increased,
            (Some(_), Some(_)) => kinds.stability_reworded,
            _ => kinds::STABILITY_INVALID,
        };
        self.value([kind; 3], context, before, after);
    }
}

/// Returns the stability level as a number. Operations without a level are stable.
fn stability(level: Option<&Value>) -> Option<usize> {
    let Some(level) = level else { return Some(3) };
    let levels = ["draft", "alpha", "beta", "stable"];
    levels.iter().position(|name| level.as_str() == Some(name))
}

/// Parses a date that may be followed by a time.
fn date(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    let date = text.parse::<NaiveDate>().ok();
    date.or_else(|| {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|time| time.date_naive())
    })
}
