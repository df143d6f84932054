//! Callbacks and webhooks, which the server sends to the client. Their directions are reversed: the client receives the
//! request and sends the response.

use super::record::take_pairs;
use super::{Comparison, Context};
use crate::kinds::ChangeKind;
use crate::kinds::operation as kinds;
use crate::model::Called;

impl Comparison<'_> {
    pub(super) fn callbacks(&mut self, old: &[Called<'_>], new: &[Called<'_>], context: &Context) {
        let kinds = [kinds::CALLBACK_ADDED, kinds::CALLBACK_REMOVED];
        self.calls(kinds, &context.field("callbacks"), old, new);
    }

    /// Compares the webhooks of two documents.
    pub(crate) fn webhooks(&mut self, old: &[Called<'_>], new: &[Called<'_>]) {
        self.operation = None;
        let kinds = [kinds::WEBHOOK_ADDED, kinds::WEBHOOK_REMOVED];
        self.calls(kinds, &Context::at_root("webhooks"), old, new);
    }

    fn calls(
        &mut self,
        [added, removed]: [ChangeKind; 2],
        context: &Context,
        old: &[Called<'_>],
        new: &[Called<'_>],
    ) {
        let (mut old, mut new): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
        let mut both = take_pairs(&mut old, &mut new, |a| Some(&a.location), |b| Some(&b.location));
        // The name of a callback is never sent, so a renamed callback is still the same callback.
        both.extend(take_pairs(
            &mut old,
            &mut new,
            |a| Some(a.call()),
            |b| Some(b.call()),
        ));
        for (before, after) in both {
            let context = context.called(&before.location);
            self.operation_parts(&before.contract, &after.contract, &context);
        }
        for called in old {
            self.removed(removed, &context.called(&called.location), &called.location);
        }
        for called in new {
            self.added(added, &context.called(&called.location), &called.location);
        }
    }
}
