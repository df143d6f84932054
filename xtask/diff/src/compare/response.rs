//! Responses: statuses, headers and bodies.

use super::context::Scope;
use super::media_type::{self, Relation};
use super::{Comparison, Context};
use crate::change::Direction;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::kinds::operation as kinds;
use crate::model::{Contract, Message, is_success};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let at = |status: &str| {
            context.at(
                Direction::Response,
                Scope::Operation,
                format!("response.{status}"),
            )
        };
        for (status, response) in &old.responses {
            if let Some(other) = new.responses.get(status) {
                self.response(response, other, &at(status));
                continue;
            }
            // Clients that expect no body can also handle a different success response.
            let is_replaced =
                response.content.is_empty() && new.responses.keys().any(|other| is_success(other));
            let fallback = fallback(new, status);
            let severity = if is_success(status) && !is_replaced && fallback.is_none() {
                Breaking
            } else {
                Info
            };
            let kind = match (is_range(status), is_success(status)) {
                (true, _) => kinds::RANGE_REMOVED,
                (false, true) => kinds::SUCCESS_REMOVED,
                (false, false) => kinds::NON_SUCCESS_REMOVED,
            };
            self.removed(kind.with(severity), &at(status), status);
            if let Some(other) = fallback {
                self.replaced_response(response, other, &at(status));
            }
        }
        let added = new.responses.iter();
        for (status, response) in added.filter(|(status, _)| !old.responses.contains_key(*status)) {
            // Clients might not handle a different success status.
            let severity = if is_success(status) { Warning } else { Info };
            let kind = match (is_range(status), is_success(status)) {
                (true, _) => kinds::RANGE_ADDED,
                (false, true) => kinds::SUCCESS_ADDED,
                (false, false) => kinds::NON_SUCCESS_ADDED,
            };
            self.added(kind.with(severity), &at(status), status);
            if let Some(other) = fallback(old, status) {
                self.replaced_response(other, response, &at(status));
            }
        }
    }

    /// Compares two responses for the same status that are declared for different statuses. Documentation is ignored,
    /// because a more specific response usually has its own.
    fn replaced_response(&mut self, old: &Message, new: &Message, context: &Context) {
        let found = self.silently(|comparison| comparison.response(old, new, context));
        let found = found.into_iter().flatten();
        self.changes
            .extend(found.filter(|change| change.severity > Cosmetic));
    }

    pub(super) fn response(&mut self, old: &Message, new: &Message, context: &Context) {
        self.rest(kinds::RESPONSE_FIELD_CHANGED, context, &old.rest, &new.rest);
        self.headers(old, new, context);
        let body = Context {
            scope: Scope::Body,
            ..context.field("body")
        };
        let pairs = media_type::pairs(&old.content, &new.content);
        for name in pairs.removed {
            // Removing another media type doesn't affect clients that read JSON.
            let has_json = |response: &Message| response.content.keys().any(|name| media_type::is_json(name));
            let is_missed = media_type::is_json(name) || !has_json(old) || !has_json(new);
            let severity = if is_missed { Breaking } else { Info };
            self.removed(kinds::RESPONSE_MEDIA_TYPE_REMOVED.with(severity), &body, name);
        }
        for name in pairs.added {
            self.added(kinds::RESPONSE_MEDIA_TYPE_ADDED, &body, name);
        }
        for pair in pairs.both {
            let context = pair.context(&body, old.content.len().max(new.content.len()));
            let kind = match pair.relation {
                Relation::Same => None,
                Relation::Changed => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_CHANGED),
                Relation::Generalized => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_GENERALIZED),
                Relation::Specialized => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED),
            };
            if let Some(kind) = kind {
                self.change(kind, &context, pair.old_name, pair.new_name);
            }
            let schema = [kinds::RESPONSE_SCHEMA_ADDED, kinds::RESPONSE_SCHEMA_REMOVED];
            self.media_type(&pair, &context, kinds::RESPONSE_ENCODING_CHANGED, schema);
        }
    }

    /// Compares the headers of a response. A response to a callback has the request direction.
    pub(super) fn headers(&mut self, old: &Message, new: &Message, context: &Context) {
        let at = |name: &str| Context {
            scope: Scope::Header,
            is_text: true,
            ..context.field(&format!("headers.{name}"))
        };
        for (name, header) in &old.headers {
            match new.headers.get(name) {
                Some(other) => self.text_value(header, other, &at(name)),
                None if header.required => self.removed(kinds::HEADER_REMOVED_REQUIRED, &at(name), name),
                None => self.removed(kinds::HEADER_REMOVED_OPTIONAL, &at(name), name),
            }
        }
        for (name, header) in &new.headers {
            match header.required {
                _ if old.headers.contains_key(name) => {}
                true => self.added(kinds::HEADER_ADDED_REQUIRED, &at(name), name),
                false => self.added(kinds::HEADER_ADDED_OPTIONAL, &at(name), name),
            }
        }
    }
}

/// Returns the response for a status that is not declared itself: that of its range, or else the default, which
/// documents usually declare for errors only.
fn fallback<'a>(contract: &'a Contract<'_>, status: &str) -> Option<&'a Message> {
    let range = status.get(..1).map(|digit| format!("{digit}XX"));
    let range = range.filter(|range| range != status);
    let of_range = range.and_then(|range| contract.responses.get(&range));
    let default = contract.responses.get("default");
    of_range.or(default.filter(|_| !is_success(status)))
}

/// Returns `true` for `default` and ranges such as `4XX`.
fn is_range(status: &str) -> bool {
    status.parse::<u16>().is_err()
}
