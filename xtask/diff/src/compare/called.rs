//! Callbacks and webhooks, which the server sends to the client. Their directions are reversed: the client receives the
//! request and sends the response.

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
    pub(crate) fn webhooks(&mut self, old: &[Called<'_>], new: &[Called<'_>], context: &Context) {
        self.operation = None;
        let context = context.at(context.direction, context.scope, "webhooks");
        self.calls([kinds::WEBHOOK_ADDED, kinds::WEBHOOK_REMOVED], &context, old, new);
    }

    fn calls(
        &mut self,
        [added, removed]: [ChangeKind; 2],
        context: &Context,
        old: &[Called<'_>],
        new: &[Called<'_>],
    ) {
        let mut new_only: Vec<&Called<'_>> = new.iter().collect();
        for called in old {
            // The name of a callback is never sent. It only distinguishes callbacks to the same URL.
            let is_same = |other: &&Called<'_>| other.location == called.location;
            let is_call = |other: &&Called<'_>| other.call() == called.call();
            let place = |fits: &dyn Fn(&&Called<'_>) -> bool| new_only.iter().position(fits);
            let context = context.called(&called.location);
            match place(&is_same).or_else(|| place(&is_call)) {
                Some(index) => {
                    let other = new_only.remove(index);
                    self.operation_parts(&called.contract, &other.contract, &context);
                }
                None => self.removed(removed, &context, &called.location),
            }
        }
        for called in new_only {
            self.added(added, &context.called(&called.location), &called.location);
        }
    }
}
