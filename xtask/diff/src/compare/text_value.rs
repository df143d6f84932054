//! Values that are sent as text: parameters and response headers.

use super::context::Scope;
use super::{Comparison, Context};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Graph, Rest, TextValue};

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, context: &Context) {
        let is_header = context.scope == Scope::Header;
        let of = |header: ChangeKind, parameter: ChangeKind| if is_header { header } else { parameter };
        let required = [
            of(kinds::HEADER_BECAME_REQUIRED, kinds::PARAMETER_BECAME_REQUIRED),
            of(kinds::HEADER_BECAME_OPTIONAL, kinds::PARAMETER_BECAME_OPTIONAL),
        ];
        self.flag(required, context, old.required, new.required);
        let deprecated = [
            of(kinds::HEADER_DEPRECATED, kinds::PARAMETER_DEPRECATED),
            of(kinds::HEADER_REACTIVATED, kinds::PARAMETER_REACTIVATED),
        ];
        self.flag(deprecated, context, old.deprecated, new.deprecated);
        let serialization = of(
            kinds::HEADER_SERIALIZATION_CHANGED,
            kinds::PARAMETER_SERIALIZATION_CHANGED,
        );
        let (old_rest, new_rest) = (rest_of(self.old, old), rest_of(self.new, new));
        self.rest(serialization, context, &old_rest, &new_rest);
        let schema = |value: &TextValue| value.schema.unwrap_or(Graph::ANY);
        self.schemas(schema(old), schema(new), context);
    }
}

/// Returns the fields that affect the value. `explode` is removed unless the value may be an array or object.
fn rest_of(graph: &Graph, value: &TextValue) -> Rest {
    let mut rest = value.rest.clone();
    let schema = graph.get(value.schema.unwrap_or(Graph::ANY));
    let has_parts = |name: &String| name == "array" || name == "object";
    if schema
        .types
        .as_ref()
        .is_some_and(|types| !types.iter().any(has_parts))
    {
        rest.facts.remove("explode");
    }
    rest
}
