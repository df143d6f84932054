//! Workarounds for progenitor: change documents that it doesn't support and the code that it generates.
//!
//! Each workaround has a name and a reason, and returns the number of changes it made. A code workaround that the
//! checked-in document is known to need causes an error if it changes nothing. That way, the build reports workarounds
//! that can be removed because progenitor has changed.

pub mod code;
pub mod document;
mod named;

use serde_json::Value;
use xtask_openapi::Error;

pub use self::named::{Strictness, Workaround};
use crate::error::{Errors, Result};

/// Applies all workarounds to the document.
pub fn apply_document_workarounds(document: &mut Value) {
    for workaround in document::ALL {
        (workaround.apply)(document);
    }
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
    for Workaround { id, reason, apply } in code::ALL {
        let is_due = strictness == Strictness::EachMustApply && !code::OPTIONAL.contains(id);
        let message = match apply(code, document) {
            Ok(0) if is_due => {
                format!(
                    "the `{id}` workaround no longer has any effect; delete it (original reason: {reason})"
                )
            }
            Ok(_) => continue,
            Err(message) => format!("`{id}`: {message}"),
        };
        wrong.push(Error::new(name, message));
    }
    Errors::none_of(wrong)
}
