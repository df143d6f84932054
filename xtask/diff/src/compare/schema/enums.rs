//! Values: enums, constants, defaults, and the flags beside them.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Value, json};

use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Place, or_null};
use crate::kinds::{Kind, schema as kinds};
use crate::model::Schema;

impl Comparison<'_> {
    pub(super) fn values(&mut self, old: &Schema, new: &Schema, place: &Place) {
        match (admitted(old, new), admitted(new, old)) {
            (None, None) => {}
            (None, Some(values)) => {
                self.schema_change(&kinds::BECAME_ENUM, place, Value::Null, json!(values));
            }
            (Some(values), None) => self.enum_dropped(&values, place),
            (Some(old), Some(new)) => self.enum_values(&old, &new, place),
        }
        if !is_enum_of_one(old, new) && !is_enum_of_one(new, old) {
            let kinds = [&kinds::CONST_ADDED, &kinds::CONST_REMOVED, &kinds::CONST_CHANGED];
            self.value("const", kinds, old, new, place);
        }
        let defaults = [
            &kinds::DEFAULT_ADDED,
            &kinds::DEFAULT_REMOVED,
            &kinds::DEFAULT_CHANGED,
        ];
        self.value("default", defaults, old, new, place);
        self.extensible_enum(old, new, place);
    }

    /// Reports a keyword that holds a value as added, removed or changed.
    pub(super) fn value(
        &mut self,
        keyword: &str,
        [added, removed, changed]: [&Kind; 3],
        old: &Schema,
        new: &Schema,
        place: &Place,
    ) {
        let (before, after) = (old.value(keyword), new.value(keyword));
        let kind = match (before, after) {
            (None, None) => return,
            (None, Some(_)) => added,
            (Some(_), None) => removed,
            (Some(before), Some(after)) if before == after => return,
            _ => changed,
        };
        self.schema_change(kind, place, or_null(before), or_null(after));
    }

    /// A schema that was limited to certain values and admits any now: in a request that is harmless, in a
    /// response more than any single value that goes.
    fn enum_dropped(&mut self, values: &[Value], place: &Place) {
        let is_response = place.direction == Direction::Response;
        let severity = if is_response {
            Severity::Breaking
        } else {
            Severity::Info
        };
        for value in values {
            self.schema_change_as(
                severity,
                &kinds::ENUM_VALUE_REMOVED,
                place,
                value.clone(),
                Value::Null,
            );
        }
    }

    fn enum_values(&mut self, old: &[Value], new: &[Value], place: &Place) {
        let (gone, fresh) = (missing_from(new, old), missing_from(old, new));
        if gone.is_empty() && fresh.is_empty() && old != new {
            let orders = (json!(old), json!(new));
            self.schema_change(&kinds::ENUM_REORDERED, place, orders.0, orders.1);
        }
        for value in gone {
            self.schema_change(&kinds::ENUM_VALUE_REMOVED, place, value.clone(), Value::Null);
        }
        for value in fresh {
            self.schema_change(&kinds::ENUM_VALUE_ADDED, place, Value::Null, value.clone());
        }
    }

    fn extensible_enum(&mut self, old: &Schema, new: &Schema, place: &Place) {
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
                place,
                value.clone(),
                Value::Null,
            );
        }
        for value in missing_from(&old, &new) {
            self.schema_change(
                &kinds::EXTENSIBLE_ENUM_VALUE_ADDED,
                place,
                Value::Null,
                value.clone(),
            );
        }
    }
}

/// Those of some values that others do not have.
fn missing_from<'v>(others: &[Value], values: &'v [Value]) -> Vec<&'v Value> {
    let others: HashSet<&Value> = others.iter().collect();
    values.iter().filter(|value| !others.contains(value)).collect()
}

/// The values that an enum admits.
fn admitted<'s>(schema: &'s Schema, other: &Schema) -> Option<Cow<'s, [Value]>> {
    match (schema.value("enum"), schema.value("const")) {
        (Some(Value::Array(values)), _) => Some(Cow::Borrowed(values)),
        (_, Some(only)) if is_enum_of_one(schema, other) => Some(Cow::Owned(vec![only.clone()])),
        _ => None,
    }
}

/// Whether a constant is to be read as an enum of one value, since that is what the other side has.
fn is_enum_of_one(schema: &Schema, other: &Schema) -> bool {
    let has = |schema: &Schema, keyword: &str| schema.value(keyword).is_some();
    has(schema, "const") && !has(schema, "enum") && has(other, "enum") && !has(other, "const")
}
