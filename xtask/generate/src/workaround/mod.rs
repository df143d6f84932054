//! Workarounds for progenitor: changes to documents that it doesn't support, and to the code that it generates.
//!
//! Each workaround has a name and a reason, and returns how often it applied. A workaround that the checked-in document
//! is known to need must apply, otherwise it is an error. This way, the build reports workarounds that can be removed
//! because upstream or progenitor has changed.

pub mod code;
pub mod document;

use serde_json::Value;
use xtask_openapi::Error;

use crate::error::{Errors, Result};

/// A named workaround for progenitor.
#[derive(Debug, Clone, Copy)]
pub struct Workaround<Apply> {
    /// The name, in kebab case.
    pub id: &'static str,
    /// The reason for the workaround.
    pub reason: &'static str,
    /// The documents that need it.
    pub need: Need,
    /// Applies the workaround and returns the number of changes.
    pub apply: Apply,
}

/// The documents that need a workaround.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The checked-in document needs it.
    CheckedIn,
    /// Only other documents need it.
    Others,
}

/// The strictness of code generation: the workarounds and overlay actions that must apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Workarounds that the checked-in document needs must apply.
    EachMustApply,
    /// Workarounds apply where possible. This is the mode for other documents.
    WhereNeeded,
    /// Workarounds and overlay actions apply where possible, and no description is required. This is the mode for code
    /// that is only measured.
    Draft,
}

/// Applies all workarounds to the document.
///
/// # Errors
/// Returns every workaround that must apply but didn't.
pub fn apply_document_workarounds(name: &str, document: &mut Value, strictness: Strictness) -> Result<()> {
    let mut wrong = Vec::new();
    for workaround in document::ALL {
        let count = (workaround.apply)(document);
        wrong.extend(workaround.complaint(name, count, strictness));
    }
    Errors::none_of(wrong)
}

/// Applies all workarounds to the code that was generated from a document.
///
/// # Errors
/// Returns every workaround that must apply but didn't, and every workaround that failed.
pub fn apply_code_workarounds(
    name: &str,
    code: &mut syn::File,
    document: &Value,
    strictness: Strictness,
) -> Result<()> {
    let mut wrong = Vec::new();
    for workaround in code::ALL {
        match (workaround.apply)(code, document) {
            Ok(count) => wrong.extend(workaround.complaint(name, count, strictness)),
            Err(message) => wrong.push(Error::new(name, format!("`{}`: {message}", workaround.id))),
        }
    }
    Errors::none_of(wrong)
}

impl<Apply> Workaround<Apply> {
    fn complaint(&self, name: &str, count: usize, strictness: Strictness) -> Option<Error> {
        let is_due = strictness == Strictness::EachMustApply && self.need == Need::CheckedIn;
        (is_due && count == 0).then(|| {
            let Self { id, reason, .. } = self;
            Error::new(
                name,
                format!("the workaround `{id}` no longer applies, so delete it; its reason was: {reason}"),
            )
        })
    }
}
