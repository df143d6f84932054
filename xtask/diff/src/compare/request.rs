//! Request bodies.

use super::brief::brief_body;
use super::context::Scope;
use super::{Comparison, Context};
use crate::change::Direction;
use crate::kinds::operation as kinds;
use crate::model::Contract;

impl Comparison<'_> {
    pub(super) fn request_body(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let context = context.sent(Direction::Request, Scope::Body, "request.body");
        match (&old.body, &new.body) {
            (None, None) => {}
            (Some(old), None) => {
                self.removed(kinds::BODY_REMOVED, &context, brief_body(self.old, &old.content));
            }
            (None, Some(new)) => {
                let [required, optional] = [kinds::BODY_ADDED_REQUIRED, kinds::BODY_ADDED_OPTIONAL];
                let kind = if new.required { required } else { optional };
                self.added(kind, &context, brief_body(self.new, &new.content));
            }
            (Some(old), Some(new)) => {
                let required = [kinds::BODY_BECAME_REQUIRED, kinds::BODY_BECAME_OPTIONAL];
                self.flag(required, &context, old.required, new.required);
                self.message(old, new, &context, &context);
            }
        }
    }
}
