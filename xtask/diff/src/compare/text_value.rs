//! Values that are sent as text: parameters and response headers.

use super::context::Scope;
use super::{Comparison, Context};
use crate::change::Severity::Info;
use crate::kinds::{operation as kinds, schema};
use crate::model::{Graph, TextValue};

impl Comparison<'_> {
    pub(super) fn text_value(&mut self, old: &TextValue, new: &TextValue, context: &Context) {
        let is_header = context.scope == Scope::Header;
        let (required, serialization) = if is_header {
            let required = [kinds::HEADER_BECAME_REQUIRED, kinds::HEADER_BECAME_OPTIONAL];
            (required, kinds::HEADER_SERIALIZATION_CHANGED)
        } else {
            let required = [schema::PROPERTY_BECAME_REQUIRED, schema::PROPERTY_BECAME_OPTIONAL];
            (required, kinds::PARAMETER_SERIALIZATION_CHANGED)
        };
        self.flag(required, context, old.required, new.required);
        let deprecated = [schema::DEPRECATED, schema::REACTIVATED];
        self.flag(deprecated, context, old.deprecated, new.deprecated);
        let [mut old_rest, mut new_rest] = [old, new].map(|value| value.rest.clone());
        if !has_parts(self.old, old) || !has_parts(self.new, new) {
            old_rest.facts.remove("explode");
            new_rest.facts.remove("explode");
        }
        // A server that starts to allow more characters or empty values still accepts the old ones.
        for flag in ["allowReserved", "allowEmptyValue"] {
            if !context.is_response()
                && !old_rest.facts.contains_key(flag)
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

/// Returns `true` if a value may have parts that `explode` separates: the properties of an object, or the items of an
/// array unless they are separated by commas in any case.
fn has_parts(graph: &Graph, value: &TextValue) -> bool {
    let is_part = |name: &String| name == "object" || (name == "array" && !value.is_simple);
    let types = &graph.get(value.schema.unwrap_or(Graph::ANY)).types;
    types.as_ref().is_none_or(|types| types.iter().any(is_part))
}
