//! Lifecycle: deprecation, sunset dates (`x-sunset`), stability (`x-stability-level`), and removed operations.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::context::Scope;
use super::{Comparison, Context};
use crate::kinds::{ChangeKind, operation as kinds, schema};
use crate::model::{Contract, Fields};

const SUNSET: &str = "x-sunset";
const STABILITY: &str = "x-stability-level";

impl Comparison<'_> {
    /// Reports a removed operation. `path_is_removed` is `true` if the new document has no other operation on that
    /// path.
    pub(crate) fn operation_removed(&mut self, old: &Contract<'_>, path_is_removed: bool) {
        self.operation = Some(old.name.clone());
        let sunset = old.rest.facts.get(SUNSET);
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
        self.removed(kind, &Context::at_root("operation"), &old.name);
    }

    /// Compares the deprecation flag, the sunset date and the stability level. Most of these changes have separate
    /// kinds for operations and schemas.
    pub(super) fn life_cycle(
        &mut self,
        context: &Context,
        (was_deprecated, old): (bool, &Fields),
        (is_deprecated, new): (bool, &Fields),
    ) {
        let is_operation = context.scope == Scope::Operation;
        let of = |operation: ChangeKind, schema: ChangeKind| if is_operation { operation } else { schema };
        let with_sunset = of(kinds::DEPRECATED_WITH_SUNSET, schema::DEPRECATED_WITH_SUNSET);
        let fields = |name| [old, new].map(|fields| fields.get(name).filter(|value| !value.is_null()));
        let [before, after] = fields(SUNSET);
        match (was_deprecated, is_deprecated) {
            (true, false) => self.change(of(kinds::REACTIVATED, schema::REACTIVATED), context, true, false),
            (false, true) => match after.map(date) {
                None => self.change(of(kinds::DEPRECATED, schema::DEPRECATED), context, false, true),
                Some(None) => self.added(
                    of(kinds::DEPRECATED_SUNSET_PARSE, schema::DEPRECATED_SUNSET_INVALID),
                    context,
                    after,
                ),
                Some(Some(date)) if date < self.today => self.added(
                    of(kinds::SUNSET_TOO_SMALL, schema::SUNSET_TOO_SMALL),
                    context,
                    after,
                ),
                Some(Some(_)) => self.added(with_sunset, context, after),
            },
            _ => {
                let changed = match (before.and_then(date), after.and_then(date)) {
                    (Some(old), Some(new)) if new < old => of(kinds::SUNSET_EARLIER, schema::SUNSET_CHANGED),
                    (Some(_), Some(_)) => of(kinds::SUNSET_LATER, schema::SUNSET_CHANGED),
                    _ => of(kinds::SUNSET_CHANGED_PARSE, schema::DEPRECATED_SUNSET_INVALID),
                };
                let is_readable = after.and_then(date).is_some();
                let added = if is_readable { with_sunset } else { changed };
                let deleted = of(kinds::SUNSET_DELETED, schema::SUNSET_DELETED);
                match (before, after) {
                    (None, Some(_)) if !is_deprecated => {
                        let kind = of(kinds::EXTENSION_CHANGED, schema::EXTENSION_CHANGED);
                        self.added(kind, &context.field(SUNSET), after);
                    }
                    _ => self.value([added, deleted, changed], context, before, after),
                }
            }
        }
        let [before, after] = fields(STABILITY);
        let kind = match (stability(before), stability(after)) {
            (Some(old), Some(new)) if new < old => {
                of(kinds::STABILITY_DECREASED, schema::STABILITY_DECREASED)
            }
            (Some(old), Some(new)) if new > old => {
                of(kinds::STABILITY_INCREASED, schema::STABILITY_INCREASED)
            }
            (Some(_), Some(_)) => of(kinds::EXTENSION_CHANGED, schema::EXTENSION_CHANGED),
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
    let of_time = || Some(DateTime::parse_from_rfc3339(text).ok()?.date_naive());
    text.parse().ok().or_else(of_time)
}
