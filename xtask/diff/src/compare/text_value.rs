//! Values that are sent as text beside the body: parameters, and headers of responses.

use serde_json::json;

use super::{Comparison, Place};
use crate::kinds::{Kind, schema};
use crate::model::{Graph, TextValue};

/// What changes of such a value are called where it stands.
pub(super) struct Kinds {
    pub(super) became_required: &'static Kind,
    pub(super) became_optional: &'static Kind,
    pub(super) deprecated: &'static Kind,
    pub(super) reactivated: &'static Kind,
    pub(super) serialization_changed: &'static Kind,
    pub(super) extension_changed: &'static Kind,
}

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, place: &Place, kinds: &Kinds) {
        if old.required != new.required {
            let kind = if new.required {
                kinds.became_required
            } else {
                kinds.became_optional
            };
            self.change(kind, place, json!(old.required), json!(new.required));
        }
        if old.deprecated != new.deprecated {
            let kind = if new.deprecated {
                kinds.deprecated
            } else {
                kinds.reactivated
            };
            self.change(kind, place, json!(old.deprecated), json!(new.deprecated));
        }
        let known = [kinds.serialization_changed, kinds.extension_changed];
        self.fields(known, place, &old.fields, &new.fields);
        self.prose(&schema::PROSE_CHANGED, place, &old.prose, &new.prose);
        self.schemas(
            old.schema.unwrap_or(Graph::ANY),
            new.schema.unwrap_or(Graph::ANY),
            place,
        );
    }
}
