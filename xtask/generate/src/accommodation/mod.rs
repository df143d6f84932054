//! What we do to a document so that progenitor takes it, and to progenitor's code so that it is what we want.
//!
//! Each accommodation has a name and a reason, and says how often it found something to do. One that the
//! checked-in document is known to need and that finds nothing is an error: the day that upstream or
//! progenitor mends it, the build says so, and the accommodation goes.

pub mod code;
pub mod document;

use serde_json::Value;
use xtask_openapi::Error;

use crate::error::{Errors, Result};

/// A named change that progenitor makes necessary.
#[derive(Debug, Clone, Copy)]
pub struct Accommodation<Apply> {
    /// The name, in kebab case.
    pub id: &'static str,
    /// Why it is there.
    pub reason: &'static str,
    /// Which documents need it.
    pub need: Need,
    /// Makes the change; how often there was something to do.
    pub apply: Apply,
}

/// Which documents need an accommodation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The checked-in document does.
    CheckedIn,
    /// Other documents do; the checked-in one gets by without.
    Others,
}

/// Whether accommodations must prove that they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The checked-in document: what has nothing to do is an error.
    EachMustApply,
    /// Any other document: each applies where it can.
    WhereNeeded,
}

/// Applies all accommodations of the document.
///
/// # Errors
/// Every accommodation without anything to do, if each must apply.
pub fn accommodate_document(name: &str, document: &mut Value, strictness: Strictness) -> Result<()> {
    let mut wrong = Vec::new();
    for accommodation in document::ALL {
        let count = (accommodation.apply)(document);
        wrong.extend(accommodation.complaint(name, count, strictness));
    }
    Errors::none_of(wrong)
}

/// Applies all accommodations of the code that was generated from a document.
///
/// # Errors
/// Every accommodation without anything to do, if each must apply; what one of them cannot do.
pub fn accommodate_code(
    name: &str,
    code: &mut syn::File,
    document: &Value,
    strictness: Strictness,
) -> Result<()> {
    let mut wrong = Vec::new();
    for accommodation in code::ALL {
        match (accommodation.apply)(code, document) {
            Ok(count) => wrong.extend(accommodation.complaint(name, count, strictness)),
            Err(message) => wrong.push(Error::new(name, format!("`{}`: {message}", accommodation.id))),
        }
    }
    Errors::none_of(wrong)
}

impl<Apply> Accommodation<Apply> {
    fn complaint(&self, name: &str, count: usize, strictness: Strictness) -> Option<Error> {
        let is_due = strictness == Strictness::EachMustApply && self.need == Need::CheckedIn;
        (is_due && count == 0).then(|| {
            let Self { id, reason, .. } = self;
            Error::new(
                name,
                format!("the accommodation `{id}` has nothing to do any more, delete it: {reason}"),
            )
        })
    }
}
