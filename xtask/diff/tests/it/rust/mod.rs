//! The effect of changes on the crates: the affected generated item, and the version bumps of the generated and the
//! handwritten crate.

mod fields;
mod operation;

use serde_json::Value;
use xtask_diff::{Change, Effect};

use crate::mutations::{Edited, REQUEST, RESPONSE};
use crate::support::diff;

/// Returns a label such as `types::Foo::bar appears, api major, client minor`.
fn label(change: &Change) -> String {
    let rust = &change.rust;
    let effect = match rust.effect {
        Effect::None => "nothing",
        Effect::Appears => "appears",
        Effect::Disappears => "disappears",
        Effect::ChangesType => "changes type",
        Effect::ChangesValue => "changes value",
        Effect::ChangesBehaviour => "changes behaviour",
    };
    let what: Vec<&str> = rust.item.as_deref().into_iter().chain([effect]).collect();
    format!(
        "{}, api {}, client {}",
        what.join(" "),
        rust.api.as_str(),
        rust.ergonomic.as_str()
    )
}

pub(super) fn labels(old: &Edited, new: &Edited) -> Vec<String> {
    diff(&old.0, &new.0).changes.iter().map(label).collect()
}

/// Asserts that there is a change with this label, and the reverse change with the other label.
#[track_caller]
pub(super) fn check(old: &Edited, new: &Edited, there: &str, back: &str) {
    assert_eq!(labels(old, new), [there]);
    assert_eq!(labels(new, old), [back]);
}

#[track_caller]
pub(super) fn check_edit(edit: impl FnOnce(Edited) -> Edited, there: &str, back: &str) {
    check(&Edited::facts(), &edit(Edited::facts()), there, back);
}

/// Returns the facts with an additional request property.
pub(super) fn request(name: &str, schema: Value) -> Edited {
    Edited::facts().set(&format!("{REQUEST}/properties/{name}"), schema)
}

/// Returns the facts with an additional response property.
pub(super) fn response(name: &str, schema: Value) -> Edited {
    Edited::facts().set(&format!("{RESPONSE}/properties/{name}"), schema)
}
