//! Callbacks and webhooks, which the server sends to the client. Their directions are reversed: the client receives the
//! request and sends the response.

use std::collections::BTreeSet;

use serde_json::json;

use super::brief::brief_body;
use super::context::Scope;
use super::{Comparison, Context};
use crate::change::{Direction, Severity};
use crate::kinds::operation as kinds;
use crate::model::{Called, Calls};

impl Comparison<'_> {
    /// Compares the callbacks that exist in both documents. Returns `true` if nothing else is left to compare: no
    /// callback was added or removed, and everything else in the callbacks is equal.
    pub(super) fn callbacks(&mut self, old: &Calls, new: &Calls, context: &Context) -> bool {
        let context = context.field("callbacks");
        let since = self.changes.len();
        self.calls(old, new, &context);
        let is_all = old.places == new.places
            && old.by_place.keys().eq(new.by_place.keys())
            && old.others == new.others
            // Parameters contain documentation, and equal references may have different targets.
            && !old.others.keys().any(|at| at.ends_with(".parameters"))
            && !json!(old.others).to_string().contains("\"$ref\"")
            && old.by_place.iter().all(|(at, old)| {
                let other = new.by_place.get(at);
                other.is_some_and(|new| statuses(old) == statuses(new))
            });
        if !is_all {
            // Documentation is compared for the callbacks as a whole instead.
            let mut index = 0;
            self.changes.retain(|change| {
                index += 1;
                index <= since || change.severity > Severity::Cosmetic
            });
        }
        is_all
    }

    /// Compares the webhooks of two documents.
    pub(crate) fn webhooks(&mut self, old: &Calls, new: &Calls, context: &Context) {
        self.operation = None;
        let context = context.at(context.direction, context.scope, "webhooks");
        self.calls(old, new, &context);
        let webhooks = [kinds::WEBHOOK_ADDED, kinds::WEBHOOK_REMOVED];
        self.items(webhooks, &context, old.by_place.keys(), new.by_place.keys());
        self.fields(kinds::FIELD_CHANGED, &context, &old.others, &new.others);
        for (at, old) in &old.by_place {
            let Some(new) = new.by_place.get(at) else { continue };
            if statuses(old) != statuses(new) {
                let context = context.field(&format!("{at}.responses"));
                self.change(kinds::FIELD_CHANGED, &context, statuses(old), statuses(new));
            }
        }
    }

    fn calls(&mut self, old: &Calls, new: &Calls, context: &Context) {
        for (at, old) in &old.by_place {
            if let Some(new) = new.by_place.get(at) {
                let location = format!("{}.{at}", context.location);
                self.called(
                    old,
                    new,
                    &context.at(Direction::Response, Scope::Operation, location),
                );
            }
        }
    }

    fn called(&mut self, old: &Called, new: &Called, context: &Context) {
        self.prose(context, &old.prose, &new.prose);
        let request = context.field("request");
        match (&old.request, &new.request) {
            (None, None) => {}
            (None, Some(body)) => {
                self.added(
                    kinds::BODY_ADDED_OPTIONAL,
                    &request,
                    brief_body(self.new, &body.content),
                );
            }
            (Some(body), None) => {
                self.removed(kinds::BODY_REMOVED, &request, brief_body(self.old, &body.content));
            }
            (Some(old), Some(new)) => {
                let became_required = kinds::BODY_BECAME_REQUIRED.with(Severity::Info);
                let became_optional = kinds::BODY_BECAME_OPTIONAL.with(Severity::Warning);
                self.flag(
                    [became_required, became_optional],
                    &request,
                    old.required,
                    new.required,
                );
                self.response(old, new, &request);
            }
        }
        for (status, old) in &old.responses {
            if let Some(new) = new.responses.get(status) {
                let location = format!("{}.response.{status}", context.location);
                let at = |scope, location| context.at(Direction::Request, scope, location);
                self.headers(old, new, &at(Scope::Operation, location.clone()));
                self.body(old, new, &at(Scope::Body, format!("{location}.body")));
            }
        }
    }
}

fn statuses(called: &Called) -> BTreeSet<&String> {
    called.responses.keys().collect()
}
