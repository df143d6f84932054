//! Callbacks and webhooks: calls from the server to the client. Their directions are reversed: the client receives the
//! request and sends the response.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Comparison, Context, Scope};
use crate::change::{Direction, Severity};
use crate::kinds::operation as kinds;
use crate::model::{Called, Calls};

impl Comparison<'_> {
    /// Compares the callbacks that both documents have. Returns `true` if this covers all callbacks: none was added or
    /// removed, and they contain nothing else.
    pub(super) fn callbacks(&mut self, old: &Calls, new: &Calls, context: &Context) -> bool {
        let context = context.at(context.direction, context.scope, "operation.callbacks");
        let since = self.changes.len();
        self.calls(old, new, &context);
        let is_all = old.places == new.places
            && old.by_place.keys().eq(new.by_place.keys())
            && old.others.is_empty()
            && new.others.is_empty()
            && old.by_place.iter().all(|(at, old)| {
                let other = new.by_place.get(at);
                other.is_some_and(|new| statuses(old) == statuses(new))
            });
        if !is_all {
            // The prose is compared for the callbacks as a whole.
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
        for at in old.by_place.keys().filter(|at| !new.by_place.contains_key(*at)) {
            self.change(&kinds::WEBHOOK_REMOVED, &context, json!(at), Value::Null);
        }
        for at in new.by_place.keys().filter(|at| !old.by_place.contains_key(*at)) {
            self.change(&kinds::WEBHOOK_ADDED, &context, Value::Null, json!(at));
        }
        let known = [&kinds::FIELD_CHANGED, &kinds::EXTENSION_CHANGED];
        self.fields(known, &context, &old.others, &new.others);
        for (at, old) in &old.by_place {
            let Some(new) = new.by_place.get(at) else { continue };
            if statuses(old) != statuses(new) {
                let context = context.at(
                    context.direction,
                    context.scope,
                    format!("webhooks.{at}.responses"),
                );
                self.change(&kinds::FIELD_CHANGED, &context, statuses(old), statuses(new));
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
        self.prose(&kinds::PROSE_CHANGED, context, &old.prose, &new.prose);
        let request = context.at(
            context.direction,
            context.scope,
            format!("{}.request", context.location),
        );
        match (&old.request, &new.request) {
            (None, None) => {}
            (None, Some((body, _))) => {
                let after = super::brief_body(self.new, &body.content);
                self.change_as(
                    Severity::Info,
                    &kinds::BODY_ADDED_OPTIONAL,
                    &request,
                    Value::Null,
                    after,
                );
            }
            (Some((body, _)), None) => {
                let before = super::brief_body(self.old, &body.content);
                self.change(&kinds::BODY_REMOVED, &request, before, Value::Null);
            }
            (Some((old, was_required)), Some((new, is_required))) => {
                if was_required != is_required {
                    let (kind, severity) = if *is_required {
                        (&kinds::BODY_BECAME_REQUIRED, Severity::Info)
                    } else {
                        (&kinds::BODY_BECAME_OPTIONAL, Severity::Warning)
                    };
                    self.change_as(severity, kind, &request, json!(was_required), json!(is_required));
                }
                self.response(old, new, &request);
            }
        }
        for (status, old) in &old.responses {
            if let Some(new) = new.responses.get(status) {
                let location = format!("{}.response.{status}.body", context.location);
                self.body(old, new, &context.at(Direction::Request, Scope::Body, location));
            }
        }
    }
}

fn statuses(called: &Called) -> Value {
    let statuses: BTreeSet<&String> = called.responses.keys().collect();
    json!(statuses)
}
