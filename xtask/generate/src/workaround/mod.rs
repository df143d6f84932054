//! Workarounds for progenitor: change documents that it doesn't support and the code that it generates.
//!
//! Each workaround has a name and a reason, and returns the number of changes it made. A workaround that the checked-in
//! document is known to need causes an error if it changes nothing. That way, the build reports workarounds that can be
//! removed because the published document or progenitor has changed.

pub mod code;
pub mod document;
mod named;

use serde_json::Value;
use xtask_openapi::Error;

pub use self::named::{Need, Strictness, Workaround};
use crate::error::{Errors, Result};

/// Applies all workarounds to the document.
///
/// # Errors
/// Returns every workaround that was expected to change something but didn't.
pub fn apply_document_workarounds(name: &str, document: &mut Value, strictness: Strictness) -> Result<()> {
    let mut wrong = Vec::new();
    for workaround in document::ALL {
        let count = (workaround.apply)(document);
        wrong.extend(workaround.complaint(name, count, strictness));
    }
    Errors::none_of(wrong)
}

/// Applies all workarounds to the code generated from a document.
///
/// # Errors
/// Returns every workaround that was expected to change something but didn't, and every workaround that failed.
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
