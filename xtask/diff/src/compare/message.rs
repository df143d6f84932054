//! Messages, which are requests or responses: their bodies in each media type, and their headers.

use super::context::Scope;
use super::media_type::{self, Pair, Relation};
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Info, Warning};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::Message;

impl Comparison<'_> {
    /// Compares two messages. `body` is the context for their bodies.
    pub(super) fn message(&mut self, old: &Message, new: &Message, context: &Context, body: &Context) {
        let is_response = context.is_response();
        let field = if is_response {
            kinds::RESPONSE_FIELD_CHANGED
        } else {
            kinds::FIELD_CHANGED
        };
        self.rest(field, context, &old.rest, &new.rest);
        self.headers(old, new, context);
        // A client can't choose the media type of a request that the server sends.
        let is_chosen_by_server = is_response && context.is_called;
        let pairs = media_type::pairs(&old.content, &new.content);
        for name in pairs.removed {
            let kind = match is_response {
                true if is_chosen_by_server && !new.content.is_empty() => {
                    kinds::RESPONSE_MEDIA_TYPE_REMOVED.with(Info)
                }
                true => kinds::RESPONSE_MEDIA_TYPE_REMOVED,
                false => kinds::REQUEST_MEDIA_TYPE_REMOVED,
            };
            self.removed(kind, body, name);
        }
        for name in pairs.added {
            let kind = match (is_response, old.content.is_empty()) {
                (true, false) if is_chosen_by_server => kinds::RESPONSE_MEDIA_TYPE_ADDED.with(Breaking),
                (true, _) => kinds::RESPONSE_MEDIA_TYPE_ADDED,
                // The receiver may now expect a body.
                (false, true) => kinds::REQUEST_MEDIA_TYPE_ADDED.with(Warning),
                (false, false) => kinds::REQUEST_MEDIA_TYPE_ADDED,
            };
            self.added(kind, body, name);
        }
        for pair in pairs.both {
            let context = pair.context(body, old.content.len().max(new.content.len()));
            if let Some(kind) = renamed(&pair, is_response) {
                self.change(kind, &context, pair.old_name, pair.new_name);
            }
            self.media_type(&pair, &context);
        }
    }

    fn headers(&mut self, old: &Message, new: &Message, context: &Context) {
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

fn renamed(pair: &Pair<'_>, is_response: bool) -> Option<ChangeKind> {
    let of_request = kinds::REQUEST_MEDIA_TYPE_NAME_CHANGED;
    match pair.relation {
        Relation::Same => None,
        _ if !is_response && media_type::are_of_same_type(pair.old_name, pair.new_name) => Some(of_request),
        Relation::Generalized if !is_response && media_type::is_range(pair.new_name) => {
            Some(of_request.with(Info))
        }
        // The old name is no longer accepted.
        _ if !is_response => Some(of_request.with(Breaking)),
        Relation::Changed => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_CHANGED),
        Relation::Generalized => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_GENERALIZED),
        Relation::Specialized => Some(kinds::RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED),
    }
}
