//! Request bodies.

use serde_json::{Value, json};

use super::media_type::{self, Relation};
use super::{Comparison, Context, Scope, brief_body};
use crate::change::Direction;
use crate::kinds::operation as kinds;
use crate::model::{Body, Operation};

impl Comparison<'_> {
    pub(super) fn request_body(&mut self, old: &Operation, new: &Operation, context: &Context) {
        let context = context.at(Direction::Request, Scope::Body, "request.body");
        match (&old.body, &new.body) {
            (None, None) => {}
            (Some(old), None) => {
                self.change(
                    &kinds::BODY_REMOVED,
                    &context,
                    brief_body(self.old, &old.content),
                    Value::Null,
                );
            }
            (None, Some(new)) => {
                let kind = if new.required {
                    &kinds::BODY_ADDED_REQUIRED
                } else {
                    &kinds::BODY_ADDED_OPTIONAL
                };
                self.change(kind, &context, Value::Null, brief_body(self.new, &new.content));
            }
            (Some(old), Some(new)) => self.body(old, new, &context),
        }
    }

    pub(super) fn body(&mut self, old: &Body, new: &Body, context: &Context) {
        if old.required != new.required {
            let kind = if new.required {
                &kinds::BODY_BECAME_REQUIRED
            } else {
                &kinds::BODY_BECAME_OPTIONAL
            };
            self.change(kind, context, json!(old.required), json!(new.required));
        }
        self.prose(&kinds::PROSE_CHANGED, context, &old.prose, &new.prose);
        let pairs = media_type::pairs(&old.content, &new.content);
        for name in pairs.removed {
            self.change(
                &kinds::REQUEST_MEDIA_TYPE_REMOVED,
                context,
                json!(name),
                Value::Null,
            );
        }
        for name in pairs.added {
            self.change(
                &kinds::REQUEST_MEDIA_TYPE_ADDED,
                context,
                Value::Null,
                json!(name),
            );
        }
        for pair in pairs.both {
            let context = pair.context(context, old.content.len().max(new.content.len()));
            if pair.relation != Relation::Same {
                let (old, new) = (json!(pair.old_name), json!(pair.new_name));
                self.change(&kinds::REQUEST_MEDIA_TYPE_NAME_CHANGED, &context, old, new);
            }
            let known = [&kinds::REQUEST_ENCODING_CHANGED, &kinds::EXTENSION_CHANGED];
            let schema = [&kinds::REQUEST_SCHEMA_ADDED, &kinds::REQUEST_SCHEMA_REMOVED];
            self.media_type(pair.old, pair.new, &context, known, schema);
        }
    }
}
