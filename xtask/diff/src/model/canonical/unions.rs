//! Unions: null as an alternative, nested unions, plain types and constants.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::budget::Budget;
use crate::model::graph::{Graph, Schema, SchemaId, UNIONS};

/// The maximum nesting depth of unions through which null is moved.
const MAX_UNION_DEPTH: usize = 50;

/// Removes the alternatives that accept only null. The union becomes nullable instead, unless its types or values already
/// determine whether null is valid. Does nothing if the schema has other lists, such as `allOf` or a second union, because
/// null must then satisfy all of them.
pub(super) fn without_null(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let is_null = |id: &SchemaId| {
        let schema = graph.get(*id);
        schema.types.iter().flatten().eq(["null"]) && !schema.is_never
    };
    let mut schema = graph.get(id).clone();
    let keyword = only_union(&schema)?;
    let mut lists = schema.lists.keys();
    if lists.any(|list| list != keyword && list != "prefixItems") {
        return None;
    }
    let limits_values = schema.limits_values();
    let members = schema.lists.get_mut(keyword)?;
    let count = members.len();
    members.retain(|id| !is_null(id));
    schema.nullable |= members.len() < count && !limits_values;
    if members.is_empty() {
        schema.lists.remove(keyword);
        schema.is_never |= limits_values && !schema.nullable;
        schema.types = Some(BTreeSet::from(["null".to_owned()]));
        schema.nullable = false;
    }
    Some(schema)
}

/// Moves null from an alternative to the union that contains it. A discriminator selects objects by name, so unions
/// with a discriminator are left unchanged.
pub(super) fn move_null(graph: &mut Graph) {
    let mut without_null = HashMap::new();
    // Each round moves null up by one level. The limit stops the loop for a union that contains itself.
    for _ in 0..MAX_UNION_DEPTH {
        let is_affected = |id: &SchemaId| {
            let schema = graph.get(*id);
            let accepts_null = |member: &SchemaId| graph.get(*member).nullable;
            let members = only_union(schema).map(|keyword| schema.list(keyword));
            let is_fixed = schema.limits_values() || schema.values.contains_key("discriminator");
            !is_fixed && members.is_some_and(|members| members.iter().any(accepts_null))
        };
        let affected: Vec<SchemaId> = graph.ids().filter(is_affected).collect();
        if affected.is_empty() {
            return;
        }
        for id in affected {
            let mut schema = graph.get(id).clone();
            schema.nullable = true;
            let members = schema
                .lists
                .iter_mut()
                .filter(|(keyword, _)| UNIONS.contains(&keyword.as_str()));
            for member in members.flat_map(|(_, members)| members) {
                let mut alternative = graph.get(*member).clone();
                if std::mem::take(&mut alternative.nullable) {
                    let copy = without_null.entry(*member);
                    *member = *copy.or_insert_with(|| graph.add(Schema::default()));
                    graph.set(*member, alternative);
                }
            }
            graph.set(id, schema);
        }
    }
}

/// The maximum number of schemas in the nested unions of one schema.
const MAX_NESTED: usize = 1_000;

/// Replaces `anyOf: [{anyOf: [a, b]}, c]` with the equivalent `anyOf: [a, b, c]`, and does the same for `oneOf`. Nested
/// unions that have documentation are left unchanged, so that their documentation is compared.
pub(super) fn without_nested_unions(graph: &Graph, id: SchemaId, budget: &Budget) -> Option<Schema> {
    let mut flat = graph.get(id).clone();
    let mut has_changed = false;
    for keyword in UNIONS {
        if let Some(members) = flat_members(graph, id, keyword, budget) {
            flat.lists.insert(keyword.to_owned(), members);
            has_changed = true;
        }
    }
    has_changed.then_some(flat)
}

fn flat_members(graph: &Graph, id: SchemaId, keyword: &str, budget: &Budget) -> Option<Vec<SchemaId>> {
    let schema = graph.get(id);
    let is_nested = |member: &Schema| {
        let is_plain = member.is_bare() && !member.nullable && member.values.is_empty();
        is_plain && member.prose.is_empty() && member.lists.keys().eq([keyword])
    };
    let mut pending: Vec<SchemaId> = schema.list(keyword).iter().rev().copied().collect();
    let (mut seen, mut members) = (HashSet::from([id]), Vec::new());
    while let Some(member) = pending.pop() {
        let inner = graph.get(member);
        // A `oneOf` that lists the same alternative twice rejects the values that match it.
        let is_repeated = !seen.insert(member) && (keyword == "anyOf" || is_nested(inner));
        match inner {
            _ if is_repeated => {}
            _ if members.len() > MAX_NESTED => return None,
            inner if is_nested(inner) => {
                let nested = inner.list(keyword);
                if !budget.allows(nested.len()) {
                    return None;
                }
                pending.extend(nested.iter().rev());
            }
            _ => members.push(member),
        }
    }
    let is_fixed = members.is_empty() || schema.values.contains_key("discriminator");
    (!is_fixed && members != schema.list(keyword)).then_some(members)
}

/// Replaces `anyOf: [{type: string}, {type: integer}]` with an equivalent set of types.
pub(super) fn plain_alternatives(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
    if schema.types.is_some() {
        return None;
    }
    let keyword = only_union(schema)?;
    let members = schema.list(keyword).iter().map(|id| graph.get(*id));
    let mut all = schema.clone();
    all.written = Some(Box::new(schema.clone()));
    let mut types = BTreeSet::new();
    for member in members {
        if !is_plain_type(member) {
            return None;
        }
        all.nullable |= member.nullable;
        for name in member.types.iter().flatten() {
            // `oneOf` rejects values that more than one alternative accepts.
            let is_shared = types.contains(name) || (is_number(name) && types.iter().any(is_number));
            if keyword == "oneOf" && is_shared {
                return None;
            }
            types.insert(name.clone());
        }
    }
    all.lists.remove(keyword);
    all.types = Some(types);
    all.types_are_alternatives = true;
    Some(all)
}

/// Returns `anyOf` or `oneOf` if it is the schema's only union keyword.
pub(super) fn only_union(schema: &Schema) -> Option<&'static str> {
    match (schema.list("anyOf"), schema.list("oneOf")) {
        ([_, _, ..], []) => Some("anyOf"),
        ([], [_, _, ..]) => Some("oneOf"),
        _ => None,
    }
}

/// Converts a union of constants, such as `oneOf: [{const: a}, {const: b}]`, to an equivalent `enum`.
pub(super) fn enumerated(graph: &Graph, schema: &Schema) -> Option<Schema> {
    let keyword = only_union(schema)?;
    if ["const", "enum", "discriminator"]
        .iter()
        .any(|keyword| schema.value(keyword).is_some())
    {
        return None;
    }
    let mut all = schema.clone();
    let members = all.lists.remove(keyword)?;
    let mut values = Vec::new();
    for (index, member) in members.iter().map(|id| graph.get(*id)).enumerate() {
        let is_plain = member.has_no_parts() && member.lists.is_empty() && !member.nullable;
        if !is_plain || member.values.len() != 1 {
            return None;
        }
        match (member.value("const"), member.value("enum")) {
            (Some(value), _) => values.push(value.clone()),
            (_, Some(Value::Array(several))) => values.extend(several.iter().cloned()),
            _ => return None,
        }
        if schema.types.is_none() && index == 0 {
            all.types.clone_from(&member.types);
        }
        let is_same_type = member.types == all.types || (schema.types.is_some() && member.types.is_none());
        if !is_same_type {
            return None;
        }
    }
    // `oneOf` rejects values that more than one alternative accepts.
    let distinct: HashSet<&Value> = values.iter().collect();
    if keyword == "oneOf" && distinct.len() < values.len() {
        return None;
    }
    all.values.insert("enum".to_owned(), Value::Array(values));
    Some(all)
}

fn is_number(name: &String) -> bool {
    name == "number" || name == "integer"
}

fn is_plain_type(schema: &Schema) -> bool {
    let has_others = !schema.values.is_empty() || !schema.lists.is_empty();
    schema.types.is_some() && !has_others && schema.has_no_parts()
}
