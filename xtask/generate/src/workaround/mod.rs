//! What we do to a document so that progenitor takes it, and to progenitor's code so that it is what we want.
//!
//! Each workaround has a name and a reason, and says how often it found something to do. One that the
//! checked-in document is known to need and that finds nothing is an error: the day that upstream or
//! progenitor mends it, the build says so, and the workaround goes.

pub mod code;
pub mod document;

use serde_json::Value;
use xtask_openapi::Error;

use crate::error::{Errors, Result};

/// A named change that progenitor makes necessary.
#[derive(Debug, Clone, Copy)]
pub struct Workaround<Apply> {
    /// The name, in kebab case.
    pub id: &'static str,
    /// Why it is there.
    pub reason: &'static str,
    /// Which documents need it.
    pub need: Need,
    /// Makes the change; how often there was something to do.
    pub apply: Apply,
}

/// Which documents need a workaround.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The checked-in document does.
    CheckedIn,
    /// Other documents do; the checked-in one gets by without.
    Others,
}

/// Whether workarounds must prove that they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The checked-in document: what has nothing to do is an error.
    EachMustApply,
    /// Any other document: each applies where it can.
    WhereNeeded,
}

/// Applies all workarounds of the document.
///
/// # Errors
/// Every workaround without anything to do, if each must apply.
pub fn apply_document_workarounds(name: &str, document: &mut Value, strictness: Strictness) -> Result<()> {
    let mut wrong = Vec::new();
    for workaround in document::ALL {
        let count = (workaround.apply)(document);
        wrong.extend(workaround.complaint(name, count, strictness));
    }
    Errors::none_of(wrong)
}

/// Applies all workarounds of the code that was generated from a document.
///
/// # Errors
/// Every workaround without anything to do, if each must apply; what one of them cannot do.
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
                format!("the workaround `{id}` has nothing to do any more, delete it: {reason}"),
            )
        })
    }
}
