//! Values: enums, constants, defaults, and flags.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Value, json};

use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Context, or_null};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::Schema;

impl Comparison<'_> {
    pub(super) fn values(&mut self, old: &Schema, new: &Schema, context: &Context) {
        match (admitted(old, new), admitted(new, old)) {
            (None, None) => {}
            (None, Some(values)) => {
                self.schema_change(&kinds::BECAME_ENUM, context, Value::Null, json!(values));
            }
            (Some(values), None) => self.enum_dropped(&values, context),
            (Some(old), Some(new)) => self.enum_values(&old, &new, context),
        }
        if !is_enum_of_one(old, new) && !is_enum_of_one(new, old) {
            let kinds = [&kinds::CONST_ADDED, &kinds::CONST_REMOVED, &kinds::CONST_CHANGED];
            self.value("const", kinds, old, new, context);
        }
        let defaults = [
            &kinds::DEFAULT_ADDED,
            &kinds::DEFAULT_REMOVED,
            &kinds::DEFAULT_CHANGED,
        ];
        self.value("default", defaults, old, new, context);
        self.extensible_enum(old, new, context);
    }

    /// Reports a keyword that holds a value as added, removed or changed.
    pub(super) fn value(
        &mut self,
        keyword: &str,
        [added, removed, changed]: [&ChangeKind; 3],
        old: &Schema,
        new: &Schema,
        context: &Context,
    ) {
        let (before, after) = (old.value(keyword), new.value(keyword));
        let kind = match (before, after) {
            (None, None) => return,
            (None, Some(_)) => added,
            (Some(_), None) => removed,
            (Some(before), Some(after)) if before == after => return,
            _ => changed,
        };
        self.schema_change(kind, context, or_null(before), or_null(after));
    }

    /// Reports a removed `enum`. This is harmless in a request, and breaking in a response.
    fn enum_dropped(&mut self, values: &[Value], context: &Context) {
        let is_response = context.direction == Direction::Response;
        let severity = if is_response {
            Severity::Breaking
        } else {
            Severity::Info
        };
        for value in values {
            self.schema_change_as(
                severity,
                &kinds::ENUM_VALUE_REMOVED,
                context,
                value.clone(),
                Value::Null,
            );
        }
    }

    fn enum_values(&mut self, old: &[Value], new: &[Value], context: &Context) {
        let (removed, added) = (missing_from(new, old), missing_from(old, new));
        if removed.is_empty() && added.is_empty() && old != new {
            let orders = (json!(old), json!(new));
            self.schema_change(&kinds::ENUM_REORDERED, context, orders.0, orders.1);
        }
        for value in removed {
            self.schema_change(&kinds::ENUM_VALUE_REMOVED, context, value.clone(), Value::Null);
        }
        for value in added {
            self.schema_change(&kinds::ENUM_VALUE_ADDED, context, Value::Null, value.clone());
        }
    }

    fn extensible_enum(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let values = |schema: &Schema| {
            schema
                .value("x-extensible-enum")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let (old, new) = (values(old), values(new));
        for value in missing_from(&new, &old) {
            self.schema_change(
                &kinds::EXTENSIBLE_ENUM_VALUE_REMOVED,
                context,
                value.clone(),
                Value::Null,
            );
        }
        for value in missing_from(&old, &new) {
            self.schema_change(
                &kinds::EXTENSIBLE_ENUM_VALUE_ADDED,
                context,
                Value::Null,
                value.clone(),
            );
        }
    }
}

/// Returns the values that `others` does not contain.
fn missing_from<'v>(others: &[Value], values: &'v [Value]) -> Vec<&'v Value> {
    let others: HashSet<&Value> = others.iter().collect();
    values.iter().filter(|value| !others.contains(value)).collect()
}

/// Returns the values that an `enum` allows.
fn admitted<'s>(schema: &'s Schema, other: &Schema) -> Option<Cow<'s, [Value]>> {
    match (schema.value("enum"), schema.value("const")) {
        (Some(Value::Array(values)), _) => Some(Cow::Borrowed(values)),
        (_, Some(only)) if is_enum_of_one(schema, other) => Some(Cow::Owned(vec![only.clone()])),
        _ => None,
    }
}

/// Returns `true` if a constant is treated as an `enum` of one value because the other schema has an `enum`.
fn is_enum_of_one(schema: &Schema, other: &Schema) -> bool {
    let has = |schema: &Schema, keyword: &str| schema.value(keyword).is_some();
    has(schema, "const") && !has(schema, "enum") && has(other, "enum") && !has(other, "const")
}
