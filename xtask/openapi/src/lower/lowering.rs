//! The state of a conversion, and the constructs that could not be preserved.

use std::collections::BTreeMap;
use std::fmt;

use crate::document::Version;
use crate::escape::Printable;
use crate::{Document, pointer};

/// A construct that OpenAPI 3.0 can't express, and what replaced it.
#[derive(Debug, Clone, PartialEq)]
pub struct LossyConversion {
    /// The location of the construct.
    pub pointer: String,
    /// The name of the field or keyword.
    pub construct: String,
    /// A description of the conversion.
    pub what_was_done: String,
}

impl fmt::Display for LossyConversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            construct,
            what_was_done,
        } = self;
        let text = format!("at {pointer}: `{construct}` {what_was_done}");
        write!(f, "{}", Printable(&text))
    }
}

/// The state of one conversion.
pub(super) struct Lowering<'a> {
    pub(super) document: &'a Document,
    pub(super) version: Version,
    pub(super) lossy_conversions: Vec<LossyConversion>,
    /// Maps the JSON pointer of a reference target to `true` if the target accepts null.
    pub(super) null_by_target: BTreeMap<String, bool>,
    /// Maps the JSON pointer of a reference target to `true` if converting the target loses information.
    pub(super) is_lossy_by_target: BTreeMap<String, bool>,
}

impl Lowering<'_> {
    /// Reports that converting a field or keyword of the object at `place` loses information.
    pub(super) fn report_loss(&mut self, construct: &str, place: &str, what_was_done: &str) {
        self.lossy_conversions.push(LossyConversion {
            pointer: pointer::child(place, construct),
            construct: construct.to_owned(),
            what_was_done: what_was_done.to_owned(),
        });
    }
}
