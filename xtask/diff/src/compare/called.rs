//! Callbacks and webhooks, which the server sends to the client. Their directions are reversed: the client receives the
//! request and sends the response.

use std::collections::{HashMap, VecDeque};

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
        let by_location = |all: &'_ [Called<'_>]| -> HashMap<String, usize> {
            let locations = all.iter().enumerate();
            locations
                .map(|(index, called)| (called.location.clone(), index))
                .collect()
        };
        let (in_old, in_new) = (by_location(old), by_location(new));
        // The name of a callback is never sent, so it may have been renamed.
        let mut unmatched: HashMap<(&str, &str), VecDeque<usize>> = HashMap::new();
        for (index, called) in new.iter().enumerate() {
            if !in_old.contains_key(&called.location) {
                unmatched.entry(called.call()).or_default().push_back(index);
            }
        }
        for called in old {
            let same = in_new.get(&called.location).copied();
            let index = same.or_else(|| unmatched.get_mut(&called.call())?.pop_front());
            let context = context.called(&called.location);
            match index.and_then(|index| new.get(index)) {
                Some(other) => self.operation_parts(&called.contract, &other.contract, &context),
                None => self.removed(removed, &context, &called.location),
            }
        }
        let mut added_calls: Vec<usize> = unmatched.into_values().flatten().collect();
        added_calls.sort_unstable();
        for called in added_calls.into_iter().filter_map(|index| new.get(index)) {
            self.added(added, &context.called(&called.location), &called.location);
        }
    }
}
