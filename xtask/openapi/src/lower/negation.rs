//! Whether what a schema excludes is weakened where it is defined.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use crate::{Error, pointer};

impl Lowering<'_> {
    /// Whether a reference in a schema leads, at once or by others, to one of which something is lost.
    pub(super) fn leads_to_lossy(&mut self, schema: &Value) -> Result<bool, Error> {
        let mut pending = Vec::new();
        pointer::collect_references(schema, &mut pending);
        let mut seen = BTreeSet::new();
        while let Some(target) = pending.pop() {
            let document = self.document;
            let Some(schema) = document
                .value()
                .pointer(&target)
                .filter(|_| seen.insert(target.clone()))
            else {
                continue;
            };
            if self.is_lossy(&target, schema)? {
                return Ok(true);
            }
            pointer::collect_references(schema, &mut pending);
        }
        Ok(false)
    }

    /// Whether something is lost of a schema itself; tried once, and nothing is reported of it.
    fn is_lossy(&mut self, target: &str, schema: &Value) -> Result<bool, Error> {
        if let Some(known) = self.is_lossy_by_target.get(target) {
            return Ok(*known);
        }
        // It may exclude itself.
        self.is_lossy_by_target.insert(target.to_owned(), false);
        let before = self.lossy_conversions.len();
        self.schema(schema, target)?;
        let is_lossy = self.lossy_conversions.len() > before;
        self.lossy_conversions.truncate(before);
        self.is_lossy_by_target.insert(target.to_owned(), is_lossy);
        Ok(is_lossy)
    }
}
