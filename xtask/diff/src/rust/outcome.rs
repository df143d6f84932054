//! Effects on an item and the required version bumps.

use serde_json::Value;

use super::{Bump, Effect};

/// An item, the effect on it, and the version bumps of the generated and the handwritten crate.
pub(super) type Outcome = (Option<String>, Effect, Bump, Bump);

pub(super) fn nothing(bump: Bump) -> Outcome {
    (None, Effect::None, bump, bump)
}

/// Returns an outcome, or one without effect if there is no such item.
fn outcome(item: Option<String>, effect: Effect, api: Bump, ergonomic: Bump) -> Outcome {
    if item.is_some() {
        (item, effect, api, ergonomic)
    } else {
        nothing(Bump::Patch)
    }
}

pub(super) fn changes_type(item: Option<String>) -> Outcome {
    outcome(item, Effect::ChangesType, Bump::Major, Bump::Major)
}

/// New items require a minor release of the handwritten crate.
pub(super) fn appears(item: Option<String>, api: Bump) -> Outcome {
    outcome(item, Effect::Appears, api, Bump::Minor)
}

pub(super) fn disappears(item: Option<String>, ergonomic: Bump) -> Outcome {
    outcome(item, Effect::Disappears, Bump::Major, ergonomic)
}

/// The handwritten crate does not expose error types.
pub(super) fn type_appears(item: Option<String>) -> Outcome {
    outcome(item, Effect::Appears, Bump::Minor, Bump::Patch)
}

pub(super) fn type_disappears(item: Option<String>) -> Outcome {
    outcome(item, Effect::Disappears, Bump::Major, Bump::Patch)
}

pub(super) fn behaves(item: Option<String>, ergonomic: Bump) -> Outcome {
    outcome(item, Effect::ChangesBehaviour, Bump::Patch, ergonomic)
}

/// Returns the name of the constant for the keyword in a change id.
pub(super) fn constant(id: &str) -> Option<&'static str> {
    let (about, _) = id.rsplit_once('-')?;
    Some(match about {
        "default-value" => "DEFAULT",
        "exclusive-max" => "EXCLUSIVE_MAXIMUM",
        "exclusive-min" => "EXCLUSIVE_MINIMUM",
        "max" => "MAXIMUM",
        "max-items" => "MAX_ITEMS",
        "max-length" => "MAX_LENGTH",
        "min" => "MINIMUM",
        "min-items" => "MIN_ITEMS",
        "min-length" => "MIN_LENGTH",
        "multiple-of" => "MULTIPLE_OF",
        "pattern" => "PATTERN",
        _ => return None,
    })
}

/// Returns `true` if a value can be a constant: neither an object nor an array of mixed types.
pub(super) fn has_constant(value: &Value) -> bool {
    let kind = |value: &Value| std::mem::discriminant(value);
    match value {
        Value::Null | Value::Object(_) => false,
        Value::Array(items) => items.split_first().is_some_and(|(first, others)| {
            has_constant(first) && others.iter().all(|other| kind(other) == kind(first))
        }),
        _ => true,
    }
}
