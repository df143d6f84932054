//! Values that are sent as text: parameters and response headers.

use super::context::Scope;
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Info};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Graph, Rest, TextValue};

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, context: &Context) {
        let is_header = context.scope == Scope::Header;
        let of = |header: ChangeKind, parameter: ChangeKind| if is_header { header } else { parameter };
        // In the response to a callback, the client sends the headers.
        let header_required = match context.is_response() {
            true => [kinds::HEADER_BECAME_REQUIRED, kinds::HEADER_BECAME_OPTIONAL],
            false => [
                kinds::HEADER_BECAME_REQUIRED.with(Breaking),
                kinds::HEADER_BECAME_OPTIONAL.with(Info),
            ],
        };
        let required = [
            of(header_required[0], kinds::PARAMETER_BECAME_REQUIRED),
            of(header_required[1], kinds::PARAMETER_BECAME_OPTIONAL),
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
        let (old_rest, mut new_rest) = (rest_of(self.old, old), rest_of(self.new, new));
        // A server that starts to allow more characters or empty values still accepts the old ones.
        for flag in ["allowReserved", "allowEmptyValue"] {
            if !old_rest.facts.contains_key(flag)
                && let Some(allowed) = new_rest.facts.remove(flag)
            {
                let kinds = [serialization.with(Info); 3];
                self.value(kinds, &context.field(flag), None, Some(&allowed));
            }
        }
        self.rest(serialization, context, &old_rest, &new_rest);
        let schema = |value: &TextValue| value.schema.unwrap_or(Graph::ANY);
        self.schemas(schema(old), schema(new), context);
    }
}

/// Returns the fields that affect the value. `explode` is removed if the value is a scalar, or an array whose items are
/// separated by commas in any case.
fn rest_of(graph: &Graph, value: &TextValue) -> Rest {
    let mut rest = value.rest.clone();
    let schema = graph.get(value.schema.unwrap_or(Graph::ANY));
    let has_parts = |name: &String| name == "object" || (name == "array" && !value.is_simple);
    if schema
        .types
        .as_ref()
        .is_some_and(|types| !types.iter().any(has_parts))
    {
        rest.facts.remove("explode");
    }
    rest
}
