//! Values that are sent as text: parameters and response headers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Comparison, Context};
use crate::kinds::{ChangeKind, schema};
use crate::model::{Graph, TextValue};

/// The kinds of changes of such a value, which depend on its location.
pub(super) struct Kinds {
    pub(super) became_required: &'static ChangeKind,
    pub(super) became_optional: &'static ChangeKind,
    pub(super) deprecated: &'static ChangeKind,
    pub(super) reactivated: &'static ChangeKind,
    pub(super) serialization_changed: &'static ChangeKind,
    pub(super) extension_changed: &'static ChangeKind,
}

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, context: &Context, kinds: &Kinds) {
        if old.required != new.required {
            let kind = if new.required {
                kinds.became_required
            } else {
                kinds.became_optional
            };
            self.change(kind, context, json!(old.required), json!(new.required));
        }
        if old.deprecated != new.deprecated {
            let kind = if new.deprecated {
                kinds.deprecated
            } else {
                kinds.reactivated
            };
            self.change(kind, context, json!(old.deprecated), json!(new.deprecated));
        }
        let known = [kinds.serialization_changed, kinds.extension_changed];
        let (old_fields, new_fields) = (self.fields_of(self.old, old), self.fields_of(self.new, new));
        self.fields(known, context, &old_fields, &new_fields);
        self.prose(&schema::PROSE_CHANGED, context, &old.prose, &new.prose);
        self.schemas(
            old.schema.unwrap_or(Graph::ANY),
            new.schema.unwrap_or(Graph::ANY),
            context,
        );
    }

    /// Returns the fields that affect the value: `explode` has no effect on values other than arrays and objects.
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
