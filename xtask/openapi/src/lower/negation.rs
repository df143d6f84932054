//! Checks whether converting the target of a `not` loses information.

use serde_json::Value;

use super::lowering::Lowering;
use crate::pointer;

impl Lowering<'_> {
    /// Returns `true` if a reference in a schema leads, directly or indirectly, to a schema whose conversion loses
    /// information.
    pub(super) fn leads_to_lossy(&mut self, schema: &Value) -> bool {
        let mut targets = pointer::reachable(self.document.value(), pointer::references(schema).collect());
        targets.any(|(target, schema)| self.is_lossy(&target, schema))
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
