//! The Info Object, which contains a document's title, version and description. These also appear in the generated
//! documentation.

use xtask_openapi::grammar::Kind;
use xtask_openapi::{Document, Fields as _};

use super::{Comparison, Context};
use crate::kinds::operation as kinds;
use crate::model::{Rest, rest};

impl Comparison<'_> {
    /// Records the differences between the Info Objects of two documents.
    pub(crate) fn info(&mut self, old: &Document, new: &Document) {
        let [old, new] = [old, new].map(|document| match document.value().object("info") {
            Some(info) => rest(document, info, Kind::Info, &[]),
            None => Rest::default(),
        });
        self.rest(kinds::INFO_CHANGED, &Context::at_root("info"), &old, &new);
    }
}
