//! Values that are sent as text: parameters and response headers.

use super::{Comparison, Context};
use crate::kinds::ChangeKind;
use crate::model::{Fields, Graph, TextValue};

/// The kinds of changes to such a value, which depend on its location.
pub(super) struct Kinds {
    /// The kinds for a value that became required or optional.
    pub(super) required: [ChangeKind; 2],
    /// The kinds for a value that became deprecated or is no longer deprecated.
    pub(super) deprecated: [ChangeKind; 2],
    pub(super) serialization_changed: ChangeKind,
}

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, context: &Context, kinds: &Kinds) {
        self.flag(kinds.required, context, old.required, new.required);
        self.flag(kinds.deprecated, context, old.deprecated, new.deprecated);
        let (old_fields, new_fields) = (fields_of(self.old, old), fields_of(self.new, new));
        self.fields(kinds.serialization_changed, context, &old_fields, &new_fields);
        self.prose(context, &old.prose, &new.prose);
        let schema = |value: &TextValue| value.schema.unwrap_or(Graph::ANY);
        self.schemas(schema(old), schema(new), context);
    }
}

/// Returns the fields that affect the value. `explode` is removed unless the value may be an array or object.
fn fields_of(graph: &Graph, value: &TextValue) -> Fields {
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
