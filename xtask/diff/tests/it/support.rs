//! Test helpers.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde_json::Value;
use xtask_diff::{Report, compare};
use xtask_openapi::Document;
use xtask_openapi::operation::Selector;

/// Returns the date that all tests use as the current date.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()
}

/// Returns the workspace root.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// Returns the path to reference material next to the workspace. If it doesn't exist, prints a message and returns
/// `None`.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = workspace().join("../shared").join(name);
    if !path.exists() {
        println!("SKIPPED: {} does not exist", path.display());
        return None;
    }
    Some(path)
}

pub(crate) fn document(name: &str, value: &Value) -> Document {
    Document::parse(name, &serde_json::to_vec(value).unwrap()).unwrap()
}

/// Compares two documents with the default selection of operations.
pub(crate) fn diff(old: &Value, new: &Value) -> Report {
    diff_documents(&document("old", old), &document("new", new), &[])
}

pub(crate) fn diff_documents(old: &Document, new: &Document, selectors: &[Selector]) -> Report {
    compare(old, new, selectors, today()).unwrap()
}

/// Returns the checked-in facts (`spec/facts.yaml`).
pub(crate) fn facts() -> Value {
    static FACTS: LazyLock<Value> = LazyLock::new(|| {
        let path = workspace().join("spec/facts.yaml");
        Document::read(&path).unwrap().value().clone()
    });
    FACTS.clone()
}
