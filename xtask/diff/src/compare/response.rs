//! Response statuses.

use super::context::Scope;
use super::{Comparison, Context};
use crate::change::Direction;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Contract, Message, is_success};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let at = |status: &str| {
            context.sent(
                Direction::Response,
                Scope::Operation,
                &format!("response.{status}"),
            )
        };
        for (status, response) in &old.responses {
            let context = at(status);
            if let Some(other) = new.responses.get(status) {
                self.response(response, other, &context);
                continue;
            }
            // Clients that expect no body can also handle a different success response, and those that expect a status
            // range can handle any status in it.
            let is_replaced = context.is_response()
                && (response.content.is_empty() || status == "2XX")
                && new.responses.keys().any(|other| is_success(other));
            let fallback = fallback(new, status);
            let severity = if is_success(status) && !is_replaced && fallback.is_none() {
                Breaking
            } else {
                Info
            };
            let kinds = [
                kinds::RANGE_REMOVED,
                kinds::SUCCESS_REMOVED,
                kinds::NON_SUCCESS_REMOVED,
            ];
            self.removed(kind_for(status, kinds).with(severity), &context, status);
            if let Some(other) = fallback {
                self.replaced_response(response, other, &context);
            }
        }
        let added = new.responses.iter();
        for (status, response) in added.filter(|(status, _)| !old.responses.contains_key(*status)) {
            let context = at(status);
            // Clients might not handle a different success status.
            let severity = if is_success(status) && context.is_response() {
                Warning
            } else {
                Info
            };
            let kinds = [kinds::RANGE_ADDED, kinds::SUCCESS_ADDED, kinds::NON_SUCCESS_ADDED];
            self.added(kind_for(status, kinds).with(severity), &context, status);
            if let Some(other) = fallback(old, status) {
                self.replaced_response(other, response, &context);
            }
        }
    }

    /// Compares two responses for the same status that are declared for different statuses. Documentation is ignored,
    /// because a more specific response usually has its own.
    fn replaced_response(&mut self, old: &Message, new: &Message, context: &Context) {
        let since = self.changes.len();
        self.response(old, new, context);
        let found = self.changes.split_off(since).into_iter();
        self.changes
            .extend(found.filter(|change| change.severity > Cosmetic));
    }

    fn response(&mut self, old: &Message, new: &Message, context: &Context) {
        let body = Context {
            scope: Scope::Body,
            ..context.field("body")
        };
        self.message(old, new, context, &body);
    }
}

/// Returns the kind for a range, for a success status, or for any other status.
fn kind_for(status: &str, [range, success, other]: [ChangeKind; 3]) -> ChangeKind {
    match status.parse::<u16>() {
        Err(_) => range,
        Ok(_) if is_success(status) => success,
        Ok(_) => other,
    }
}

/// Returns the response that applies to an undeclared status: the response for its range, or otherwise the default. If
/// a document declares a success response, its default usually describes only errors.
fn fallback<'a>(contract: &'a Contract<'_>, status: &str) -> Option<&'a Message> {
    let range = status.get(..1).map(|digit| format!("{digit}XX"));
    let range = range.filter(|range| range != status);
    let of_range = range.and_then(|range| contract.responses.get(&range));
    let default = contract.responses.get("default");
    let has_success = contract.responses.keys().any(|status| is_success(status));
    of_range.or(default.filter(|_| !is_success(status) || !has_success))
}
