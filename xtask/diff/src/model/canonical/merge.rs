//! Merges two schemas that must both be satisfied.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::budget::{Budget, size};
use crate::model::graph::{Schema, common_types};
use crate::model::value::order;

/// Keywords that describe a value without constraining it. When schemas are merged, the outer schema's value takes
/// precedence.
const ANNOTATIONS: [&str; 5] = ["default", "deprecated", "discriminator", "readOnly", "writeOnly"];

/// Adds the constraints of another schema, if the result is equivalent to requiring both.
pub(super) fn merged(mut all: Schema, inner: &Schema, budget: &Budget) -> Option<Schema> {
    if !budget.allows(size(inner)) {
        return None;
    }
    all.nullable |= !all.limits_values() && inner.nullable;
    all.written = None;
    all.enumerated = None;
    all.name = all.name.or_else(|| inner.name.clone());
    all.is_never |= inner.is_never;
    all.types = match (all.types, &inner.types) {
        (Some(types), Some(others)) => Some(common_types(&types, others)?),
        (types, others) => types.or_else(|| others.clone()),
    };
    for (keyword, value) in &inner.values {
        let is_annotation = ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-");
        match all.values.get(keyword) {
            Some(other) if other != value && !is_annotation => {
                let strictest = strictest(keyword, other, value)?;
                all.values.insert(keyword.clone(), strictest);
            }
            Some(_) => {}
            None => drop(all.values.insert(keyword.clone(), value.clone())),
        }
    }
    if let (Some(only), Some(Value::Array(listed))) = (all.values.get("const"), all.values.get("enum"))
        && listed.contains(only)
    {
        all.values.remove("enum");
    }
    all.required.extend(inner.required.iter().cloned());
    merge_schemas(&mut all, inner)?;
    for (keyword, value) in &inner.prose {
        all.prose.entry(keyword.clone()).or_insert_with(|| value.clone());
    }
    Some(all)
}

/// Returns the keyword value that is equivalent to requiring both values, if there is one.
fn strictest(keyword: &str, a: &Value, b: &Value) -> Option<Value> {
    if let ("enum", Value::Array(a), Value::Array(b)) = (keyword, a, b) {
        let others: HashSet<&Value> = b.iter().collect();
        let common: Vec<Value> = a.iter().filter(|value| others.contains(value)).cloned().collect();
        return (!common.is_empty()).then_some(Value::Array(common));
    }
    let is_upper = match keyword {
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => true,
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => false,
        _ => return None,
    };
    let is_less = order(a.as_number()?, b.as_number()?) == Ordering::Less;
    Some(if is_less == is_upper { a } else { b }.clone())
}

fn merge_schemas(all: &mut Schema, inner: &Schema) -> Option<()> {
    let is_closed = |schema: &Schema| schema.single.contains_key("additionalProperties");
    let has_names = |schema: &Schema| !schema.maps.is_empty();
    // A closed object allows only the properties listed in the same schema object.
    if (is_closed(all) && has_names(inner)) || (is_closed(inner) && has_names(all)) {
        return None;
    }
    // The `unevaluated…` keywords depend on the other keywords in the same schema object, and `items` applies only to
    // the items after those in `prefixItems`.
    let has = |schema: &Schema, keyword: &str| schema.single.contains_key(keyword);
    let describes_items = |schema: &Schema| {
        schema.lists.contains_key("prefixItems") || has(schema, "items") || has(schema, "contains")
    };
    let has_prefix = |schema: &Schema| schema.lists.contains_key("prefixItems");
    let has_more = |schema: &Schema| {
        let may_describe = ["additionalProperties", "if", "then", "else"];
        let mut lists = schema.lists.keys();
        lists.any(|keyword| keyword != "prefixItems") || may_describe.iter().any(|name| has(schema, name))
    };
    if (has(inner, "unevaluatedProperties") && (has_names(all) || has_more(all)))
        || (has(inner, "unevaluatedItems") && (describes_items(all) || has_more(all)))
        || (has(inner, "items") && has_prefix(all))
        || (has(all, "items") && has_prefix(inner))
    {
        return None;
    }
    extend(&mut all.single, &inner.single)?;
    extend(&mut all.lists, &inner.lists)?;
    for (keyword, named) in &inner.maps {
        let target = all.maps.entry(keyword.clone()).or_default();
        for (name, id) in named {
            if target.insert(name.clone(), *id).is_some_and(|other| other != *id) {
                return None;
            }
        }
    }
    Some(())
}

/// Adds the keywords of another schema. Returns `None` if a keyword has two different values.
fn extend<V: Clone + PartialEq>(all: &mut BTreeMap<String, V>, other: &BTreeMap<String, V>) -> Option<()> {
    other.iter().try_for_each(|(keyword, value)| {
        let replaced = all.insert(keyword.clone(), value.clone());
        replaced.is_none_or(|known| known == *value).then_some(())
    })
}
