//! Callbacks and webhooks, which the server sends to the client. Their directions are reversed: the client receives the
//! request and sends the response.

use std::collections::{HashMap, HashSet, VecDeque};

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
        let in_old: HashSet<&str> = old.iter().map(|called| called.location.as_str()).collect();
        let in_new: HashMap<&str, &Called<'_>> = new
            .iter()
            .map(|called| (called.location.as_str(), called))
            .collect();
        // The name of a callback is never sent, so it may have been renamed.
        let mut unmatched: HashMap<(&str, &str), VecDeque<&Called<'_>>> = HashMap::new();
        for called in new
            .iter()
            .filter(|called| !in_old.contains(called.location.as_str()))
        {
            unmatched.entry(called.call()).or_default().push_back(called);
        }
        let mut matched = HashSet::new();
        for called in old {
            let same = in_new.get(called.location.as_str()).copied();
            let context = context.called(&called.location);
            match same.or_else(|| unmatched.get_mut(&called.call())?.pop_front()) {
                Some(other) => {
                    matched.insert(other.location.as_str());
                    self.operation_parts(&called.contract, &other.contract, &context);
                }
                None => self.removed(removed, &context, &called.location),
            }
        }
        for called in new
            .iter()
            .filter(|called| !matched.contains(called.location.as_str()))
        {
            self.added(added, &context.called(&called.location), &called.location);
        }
    }
}
