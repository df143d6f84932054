//! Request bodies.

use super::brief::brief_body;
use super::context::Scope;
use super::media_type::{self, Relation};
use super::{Comparison, Context};
use crate::change::{Direction, Severity};
use crate::kinds::operation as kinds;
use crate::model::{Contract, Message};

impl Comparison<'_> {
    pub(super) fn request_body(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let context = context.at(Direction::Request, Scope::Body, "request.body");
        match (&old.body, &new.body) {
            (None, None) => {}
            (Some(old), None) => {
                self.removed(kinds::BODY_REMOVED, &context, brief_body(self.old, &old.content));
            }
            (None, Some(new)) => {
                let [required, optional] = [kinds::BODY_ADDED_REQUIRED, kinds::BODY_ADDED_OPTIONAL];
                let kind = if new.required { required } else { optional };
                self.added(kind, &context, brief_body(self.new, &new.content));
            }
            (Some(old), Some(new)) => self.body(old, new, &context),
        }
    }

    pub(super) fn body(&mut self, old: &Message, new: &Message, context: &Context) {
        let required = [kinds::BODY_BECAME_REQUIRED, kinds::BODY_BECAME_OPTIONAL];
        self.flag(required, context, old.required, new.required);
        self.rest(kinds::FIELD_CHANGED, context, &old.rest, &new.rest);
        let pairs = media_type::pairs(&old.content, &new.content);
        for name in pairs.removed {
            self.removed(kinds::REQUEST_MEDIA_TYPE_REMOVED, context, name);
        }
        for name in pairs.added {
            let kind = kinds::REQUEST_MEDIA_TYPE_ADDED;
            // The server may now expect a body.
            let kind = if old.content.is_empty() {
                kind.with(Severity::Warning)
            } else {
                kind
            };
            self.added(kind, context, name);
        }
        for pair in pairs.both {
            let context = pair.context(context, old.content.len().max(new.content.len()));
            if pair.relation != Relation::Same {
                let kind = kinds::REQUEST_MEDIA_TYPE_NAME_CHANGED;
                self.change(kind, &context, pair.old_name, pair.new_name);
            }
            let schema = [kinds::REQUEST_SCHEMA_ADDED, kinds::REQUEST_SCHEMA_REMOVED];
            self.media_type(&pair, &context, kinds::REQUEST_ENCODING_CHANGED, schema);
        }
    }
}
