//! Checks whether converting the target of a `not` loses information.

use std::collections::BTreeSet;

use serde_json::Value;

use super::lowering::Lowering;
use crate::pointer;

impl Lowering<'_> {
    /// Returns `true` if a reference in a schema leads, directly or indirectly, to a schema whose conversion loses
    /// information.
    pub(super) fn leads_to_lossy(&mut self, schema: &Value) -> bool {
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
            if self.is_lossy(&target, schema) {
                return true;
            }
            pointer::collect_references(schema, &mut pending);
        }
        false
    }

    /// Returns `true` if converting a schema loses information. Each schema is converted only once, and nothing is
    /// reported.
    fn is_lossy(&mut self, target: &str, schema: &Value) -> bool {
        if let Some(known) = self.is_lossy_by_target.get(target) {
            return *known;
        }
        // A `not` schema may refer to itself.
        self.is_lossy_by_target.insert(target.to_owned(), false);
        let before = self.lossy_conversions.len();
        self.schema(schema, target);
        let is_lossy = self.lossy_conversions.len() > before;
        self.lossy_conversions.truncate(before);
        self.is_lossy_by_target.insert(target.to_owned(), is_lossy);
        is_lossy
    }
}
