//! Types, formats and nullability.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::change::Severity::{self, Breaking, Info, Warning};
use crate::compare::brief::type_name;
use crate::compare::context::Scope;
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::Schema;

/// Integer formats and floating-point formats. Each format accepts all values of the formats before it in its row, and
/// floating-point formats also accept all integers.
const NUMBERS: [&[&str]; 2] = [
    &["int8", "int16", "int32", "int64", "bigint"],
    &["float", "double"],
];

type Types = BTreeSet<String>;

impl Comparison<'_> {
    pub(super) fn nullability(&mut self, old: &Schema, new: &Schema, context: &Context) {
        // A schema that accepts any value also accepts null. If only one of the schemas does, a type change is
        // reported.
        if !admits_all(old) && !admits_all(new) {
            let nullable = [kinds::BECAME_NULLABLE, kinds::BECAME_NOT_NULLABLE];
            self.flag(nullable, context, old.nullable, new.nullable);
        }
    }

    pub(super) fn types(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let has_same_format = old.value("format") == new.value("format");
        if old.types == new.types && has_same_format {
            return;
        }
        let (before, after) = (type_name(old), type_name(new));
        let is_response = context.is_response();
        let kind = if has_same_format && (lists_values_of(old, new) || lists_values_of(new, old)) {
            let [wider, narrower] = [kinds::TYPE_GENERALIZED, kinds::TYPE_SPECIALIZED];
            let kind = if new.types.is_none() { wider } else { narrower };
            kind.with(Info)
        } else if let Some(is_wider) = list_of_types_is_wider(old, new, is_response) {
            let [wider, narrower] = [kinds::LIST_OF_TYPES_WIDENED, kinds::LIST_OF_TYPES_NARROWED];
            if is_wider { wider } else { narrower }
        } else {
            let (narrow, wide) = if is_response { (new, old) } else { (old, new) };
            let strictly = types_fit(narrow.types.as_ref(), wide.types.as_ref());
            let loosely = context.is_text && is_text(wide.types.as_ref()) && is_one_text(narrow, context);
            match (strictly, loosely) {
                (true, _) if format_fits(narrow, wide) && is_response => kinds::TYPE_SPECIALIZED.with(Info),
                (true, _) if format_fits(narrow, wide) => kinds::TYPE_GENERALIZED.with(Info),
                (false, true) if format_fits(narrow, wide) => kinds::TYPE_COMPATIBLE.with(Info),
                _ if old.types == new.types => {
                    kinds::TYPE_CHANGED.with(format_severity(old, new, is_response))
                }
                _ if is_response && types_fit(old.types.as_ref(), new.types.as_ref()) => {
                    kinds::TYPE_GENERALIZED
                }
                _ => kinds::TYPE_CHANGED,
            }
        };
        self.change(kind, context, before, after);
    }
}

/// Returns whether the list of types became wider, or `None` if it didn't change or neither schema lists the types as
/// alternatives. Only added and removed types matter, not their order.
fn list_of_types_is_wider(old: &Schema, new: &Schema, is_response: bool) -> Option<bool> {
    let (old_types, new_types) = (old.types.as_ref()?, new.types.as_ref()?);
    if old_types == new_types || !(old.types_are_alternatives || new.types_are_alternatives) {
        return None;
    }
    let (has_more, has_fewer) = (!new_types.is_subset(old_types), !old_types.is_subset(new_types));
    Some(if is_response { has_more } else { !has_fewer })
}

/// Returns `true` if a schema doesn't limit the type through `type`, alternatives, `allOf` or values.
fn admits_all(schema: &Schema) -> bool {
    !schema.limits_values() && schema.lists.is_empty()
}

/// Returns `true` if a schema has no types but allows only values whose types the other schema lists.
fn lists_values_of(schema: &Schema, other: &Schema) -> bool {
    let values = match (schema.value("const"), schema.value("enum")) {
        (Some(only), _) => std::slice::from_ref(only),
        (_, Some(Value::Array(values))) => values.as_slice(),
        _ => return false,
    };
    let fits = |value: &Value| {
        let names: &[&str] = match value {
            Value::Null => &["null"],
            Value::Bool(_) => &["boolean"],
            Value::Number(number) if number.is_f64() => &["number"],
            Value::Number(_) => &["integer", "number"],
            Value::String(_) => &["string"],
            Value::Array(_) => &["array"],
            Value::Object(_) => &["object"],
        };
        other
            .types
            .iter()
            .flatten()
            .any(|name| names.contains(&name.as_str()))
    };
    schema.types.is_none() && values.iter().all(fits)
}

/// Returns `true` if all values of a schema are sent as a single text. In a query or form, the items of an array and the
/// properties of an object are sent separately.
fn is_one_text(schema: &Schema, context: &Context) -> bool {
    let has_parts = |name: &String| name == "array" || name == "object";
    context.scope == Scope::Header || !schema.types.iter().flatten().any(has_parts)
}

/// Returns `true` if `wide` accepts every type in `narrow`. `None` means any type.
fn types_fit(narrow: Option<&Types>, wide: Option<&Types>) -> bool {
    match (narrow, wide) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(narrow), Some(wide)) => narrow
            .iter()
            .all(|name| wide.contains(name) || (name == "integer" && wide.contains("number"))),
    }
}

/// Returns `true` if `string` is the only allowed type. A string can hold any value that is sent as text.
fn is_text(types: Option<&Types>) -> bool {
    types.is_some_and(|types| types.len() == 1 && types.contains("string"))
}

fn format_fits<'s>(narrow: &'s Schema, wide: &'s Schema) -> bool {
    let is_whole = narrow.types.iter().flatten().eq(["integer"]);
    // `password` is only a hint for user interfaces; any string is valid.
    let format = |schema: &'s Schema| schema.text("format").filter(|format| *format != "password");
    let Some(wide) = format(wide) else { return true };
    let Some(narrow) = format(narrow) else {
        return false;
    };
    let rank = |row: &[&str], format: &str| row.iter().position(|known| *known == format);
    let [integers, floats] = NUMBERS;
    narrow == wide
        || (is_whole && integers.contains(&narrow) && floats.contains(&wide))
        || (wide == "date-time" && matches!(narrow, "date" | "time"))
        || NUMBERS
            .iter()
            .any(|row| match (rank(row, narrow), rank(row, wide)) {
                (Some(narrow), Some(wide)) => narrow < wide,
                _ => false,
            })
}

/// Returns the severity of changing the format. If the format doesn't apply to the type, the change is a warning. It is
/// also a warning in a response if the value remains a string, because clients that don't parse it are not affected.
fn format_severity(old: &Schema, new: &Schema, is_response: bool) -> Severity {
    let applies = |schema: &Schema| {
        schema.text("format").is_some_and(|format| {
            let is_number = NUMBERS.iter().any(|row| row.contains(&format));
            let types: &[&str] = if is_number {
                &["integer", "number"]
            } else {
                &["string"]
            };
            types.iter().any(|name| schema.may_be(name))
        })
    };
    if !applies(old) && !applies(new) || (new.text("format").is_some() && !applies(new)) {
        return Warning;
    }
    if is_response && new.may_be("string") {
        Warning
    } else {
        Breaking
    }
}
