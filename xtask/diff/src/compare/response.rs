//! Responses: statuses, headers and bodies.

use serde_json::{Value, json};

use super::media_type::{self, Relation};
use super::text_value::Kinds;
use super::{Comparison, Context, Scope};
use crate::change::{Direction, Severity};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Operation, Response, is_success};

const HEADER: Kinds = Kinds {
    became_required: &kinds::HEADER_BECAME_REQUIRED,
    became_optional: &kinds::HEADER_BECAME_OPTIONAL,
    deprecated: &kinds::HEADER_DEPRECATED,
    reactivated: &kinds::HEADER_REACTIVATED,
    serialization_changed: &kinds::HEADER_SERIALIZATION_CHANGED,
    extension_changed: &kinds::EXTENSION_CHANGED,
};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, old: &Operation, new: &Operation, context: &Context) {
        for (status, response) in &old.responses {
            match new.responses.get(status) {
                Some(other) => {
                    let context = at(context, status);
                    self.response(response, other, &context);
                }
                None => {
                    let (kind, severity) = removed(status, is_replaced(response, new));
                    let context = at(context, status);
                    self.change_as(severity, kind, &context, json!(status), Value::Null);
                }
            }
        }
        for status in new
            .responses
            .keys()
            .filter(|status| !old.responses.contains_key(*status))
        {
            let (kind, severity) = added(status);
            let context = at(context, status);
            self.change_as(severity, kind, &context, Value::Null, json!(status));
        }
    }

    pub(super) fn response(&mut self, old: &Response, new: &Response, context: &Context) {
        let known = [&kinds::RESPONSE_FIELD_CHANGED, &kinds::EXTENSION_CHANGED];
        self.fields(known, context, &old.fields, &new.fields);
        self.prose(&kinds::PROSE_CHANGED, context, &old.prose, &new.prose);
        self.headers(old, new, context);
        let body = context.at(
            context.direction,
            Scope::Body,
            format!("{}.body", context.location),
        );
        let pairs = media_type::pairs(&old.content, &new.content);
        for name in pairs.removed {
            // Clients that read JSON are not affected if another media type is removed.
            let has_json =
                |response: &Response| response.content.keys().any(|name| media_type::is_json(name));
            let is_missed = media_type::is_json(name) || !has_json(old) || !has_json(new);
            let severity = if is_missed {
                Severity::Breaking
            } else {
                Severity::Info
            };
            self.change_as(
                severity,
                &kinds::RESPONSE_MEDIA_TYPE_REMOVED,
                &body,
                json!(name),
                Value::Null,
            );
        }
        for name in pairs.added {
            self.change(&kinds::RESPONSE_MEDIA_TYPE_ADDED, &body, Value::Null, json!(name));
        }
        for pair in pairs.both {
            let context = pair.context(&body, old.content.len().max(new.content.len()));
            let kind = match pair.relation {
                Relation::Same => None,
                Relation::Changed => Some(&kinds::RESPONSE_MEDIA_TYPE_NAME_CHANGED),
                Relation::Generalized => Some(&kinds::RESPONSE_MEDIA_TYPE_NAME_GENERALIZED),
                Relation::Specialized => Some(&kinds::RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED),
            };
            if let Some(kind) = kind {
                self.change(kind, &context, json!(pair.old_name), json!(pair.new_name));
            }
            let known = [&kinds::RESPONSE_ENCODING_CHANGED, &kinds::EXTENSION_CHANGED];
            let schema = [&kinds::RESPONSE_SCHEMA_ADDED, &kinds::RESPONSE_SCHEMA_REMOVED];
            self.media_type(pair.old, pair.new, &context, known, schema);
        }
    }

    fn headers(&mut self, old: &Response, new: &Response, context: &Context) {
        let at = |name: &str| {
            let location = format!("{}.headers.{name}", context.location);
            Context {
                is_text: true,
                ..context.at(context.direction, Scope::Header, location)
            }
        };
        for (name, header) in &old.headers {
            match new.headers.get(name) {
                Some(other) => self.text_value(header, other, &at(name), &HEADER),
                None if header.required => {
                    self.change(
                        &kinds::HEADER_REMOVED_REQUIRED,
                        &at(name),
                        json!(name),
                        Value::Null,
                    );
                }
                None => self.change(
                    &kinds::HEADER_REMOVED_OPTIONAL,
                    &at(name),
                    json!(name),
                    Value::Null,
                ),
            }
        }
        for name in new.headers.keys().filter(|name| !old.headers.contains_key(*name)) {
            self.change(&kinds::HEADER_ADDED, &at(name), Value::Null, json!(name));
        }
    }
}

/// Returns the kind and severity of a new status. Clients may not handle a different success status.
fn added(status: &str) -> (&'static ChangeKind, Severity) {
    let severity = if is_success(status) {
        Severity::Warning
    } else {
        Severity::Info
    };
    match (is_range(status), is_success(status)) {
        (true, _) => (&kinds::RANGE_ADDED, severity),
        (false, true) => (&kinds::SUCCESS_ADDED, severity),
        (false, false) => (&kinds::NON_SUCCESS_ADDED, severity),
    }
}

/// Returns `true` if the removed success had no body and another success remains: clients already handle that one.
fn is_replaced(removed: &Response, new: &Operation) -> bool {
    removed.content.is_empty() && new.responses.keys().any(|status| is_success(status))
}

/// Returns the kind and severity of a removed status.
fn removed(status: &str, is_replaced: bool) -> (&'static ChangeKind, Severity) {
    let severity = if is_success(status) && !is_replaced {
        Severity::Breaking
    } else {
        Severity::Info
    };
    match (is_range(status), is_success(status)) {
        (true, _) => (&kinds::RANGE_REMOVED, severity),
        (false, true) => (&kinds::SUCCESS_REMOVED, severity),
        (false, false) => (&kinds::NON_SUCCESS_REMOVED, severity),
    }
}

/// Returns `true` for `default` and ranges such as `4XX`.
fn is_range(status: &str) -> bool {
    status.parse::<u16>().is_err()
}

fn at(context: &Context, status: &str) -> Context {
    context.at(
        Direction::Response,
        Scope::Operation,
        format!("response.{status}"),
    )
}
