//! Values that are sent as text beside the body: parameters, and headers of responses.

use std::collections::BTreeMap;

use serde_json::{Value, json};

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
        let (old_fields, new_fields) = (self.fields_of(self.old, old), self.fields_of(self.new, new));
        self.fields(known, place, &old_fields, &new_fields);
        self.prose(&schema::PROSE_CHANGED, place, &old.prose, &new.prose);
        self.schemas(
            old.schema.unwrap_or(Graph::ANY),
            new.schema.unwrap_or(Graph::ANY),
            place,
        );
    }

    /// The fields that affect the value: `explode` has no effect on values other than arrays and objects.
    fn fields_of(&self, graph: &Graph, value: &TextValue) -> BTreeMap<String, Value> {
        let mut fields = value.fields.clone();
        let schema = graph.get(value.schema.unwrap_or(Graph::ANY));
        let has_parts = |name: &String| name == "array" || name == "object";
        if schema
            .types
            .as_ref()
            .is_some_and(|types| !types.iter().any(has_parts))
        {
            fields.remove("explode");
        }
        fields
    }
}
