//! Values: enums, constants, defaults and flags.

use serde_json::Value;

use crate::change::Severity::{Breaking, Info};
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::Schema;

impl Comparison<'_> {
    pub(super) fn values(&mut self, old: &Schema, new: &Schema, context: &Context) {
        match (admitted(old, new), admitted(new, old)) {
            (None, None) => {}
            (None, Some(values)) => self.added(kinds::BECAME_ENUM, context, values),
            (Some(values), None) => {
                // Removing an `enum` from a request is harmless.
                let severity = if context.is_response() { Breaking } else { Info };
                for value in values {
                    self.removed(kinds::ENUM_VALUE_REMOVED.with(severity), context, value);
                }
            }
            (Some(old), Some(new)) => {
                let since = self.changes.len();
                let kinds = [kinds::ENUM_VALUE_ADDED, kinds::ENUM_VALUE_REMOVED];
                self.items(kinds, context, old, new);
                if self.changes.len() == since && old != new {
                    self.change(kinds::ENUM_REORDERED, context, old, new);
                }
            }
        }
        if !is_enum_of_one(old, new) && !is_enum_of_one(new, old) {
            self.value(kinds::CONST, context, old.value("const"), new.value("const"));
        }
        self.value(
            kinds::DEFAULT,
            context,
            old.value("default"),
            new.value("default"),
        );
        let extensible = [
            kinds::EXTENSIBLE_ENUM_VALUE_ADDED,
            kinds::EXTENSIBLE_ENUM_VALUE_REMOVED,
        ];
        self.items(extensible, context, extensible_enum(old), extensible_enum(new));
    }
}

fn extensible_enum(schema: &Schema) -> &[Value] {
    let values = schema.value("x-extensible-enum").and_then(Value::as_array);
    values.map_or(&[], Vec::as_slice)
}

/// Returns the values that an `enum` allows.
fn admitted<'s>(schema: &'s Schema, other: &Schema) -> Option<&'s [Value]> {
    match (schema.value("enum"), schema.value("const")) {
        (Some(Value::Array(values)), _) => Some(values),
        (_, Some(only)) if is_enum_of_one(schema, other) => Some(std::slice::from_ref(only)),
        _ => None,
    }
}

/// Returns `true` if a constant is treated as a single-value `enum` because the other schema has an `enum`.
fn is_enum_of_one(schema: &Schema, other: &Schema) -> bool {
    let has = |schema: &Schema, keyword: &str| schema.value(keyword).is_some();
    has(schema, "const") && !has(schema, "enum") && has(other, "enum") && !has(other, "const")
}
