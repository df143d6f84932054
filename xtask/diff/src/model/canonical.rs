//! Converts schemas to a canonical form: merges each wrapper with the single schema that it contains, converts unions
//! of plain types to a set of types, and uses only one keyword for additional properties.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::graph::{Graph, Schema, SchemaId};

/// Keywords that describe a value without constraining it. When schemas are merged, the outer schema's value takes
/// precedence.
const ANNOTATIONS: [&str; 5] = ["default", "deprecated", "discriminator", "readOnly", "writeOnly"];

/// Keywords for which a list that contains one schema is equivalent to that schema.
const COMPOSITIONS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Converts all schemas in a graph to the canonical form.
pub(super) fn apply(graph: &mut Graph) {
    replace(graph, |graph, id| Some(unwrap(graph, id)));
    replace(graph, without_nested_unions);
    move_null(graph);
    replace(graph, without_unevaluated);
    replace(graph, plain_alternatives);
    replace(graph, |graph, id| {
        let enumerated = Some(Box::new(enumerated(graph, id)?));
        Some(Schema {
            enumerated,
            ..graph.get(id).clone()
        })
    });
    let mut flattened = HashMap::new();
    replace(graph, |graph, id| {
        let has_parts = !graph.get(id).list("allOf").is_empty();
        let flat = has_parts.then(|| flatten(graph, id, &mut flattened, 0))?;
        Some(Schema {
            flat: flat.map(Box::new),
            ..graph.get(id).clone()
        })
    });
    graph.index_names();
}

/// Replaces schemas. `change` is called with the graph as it was before any replacement.
fn replace(graph: &mut Graph, mut change: impl FnMut(&Graph, SchemaId) -> Option<Schema>) {
    let changed: Vec<_> = graph
        .ids()
        .filter_map(|id| Some((id, change(graph, id)?)))
        .collect();
    for (id, schema) in changed {
        graph.set(id, schema);
    }
}

/// The maximum nesting depth of unions through which null is moved.
const MAX_UNION_DEPTH: usize = 50;

/// Moves null from an alternative to the union that contains it. A discriminator selects objects by name, so unions
/// with a discriminator are left unchanged.
fn move_null(graph: &mut Graph) {
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
            let members = schema.lists.iter_mut().filter(|(keyword, _)| is_union(keyword));
            for member in members.flat_map(|(_, members)| members) {
                let alternative = graph.get(*member).clone();
                if alternative.nullable {
                    *member = *without_null.entry(*member).or_insert_with(|| graph.reserve());
                    let nullable = false;
                    graph.set(
                        *member,
                        Schema {
                            nullable,
                            ..alternative
                        },
                    );
                }
            }
            graph.set(id, schema);
        }
    }
}

fn is_union(keyword: &str) -> bool {
    keyword == "anyOf" || keyword == "oneOf"
}

/// The maximum nesting depth of `allOf` subschemas to merge.
const MAX_PARTS_DEPTH: usize = 50;

/// Merges a schema with all subschemas in its `allOf` if the result is equivalent. Returns `None` if a subschema
/// contains only annotations, because adding or removing such a subschema is a separate kind of change.
fn flatten(
    graph: &Graph,
    id: SchemaId,
    known: &mut HashMap<SchemaId, Option<Schema>>,
    depth: usize,
) -> Option<Schema> {
    if let Some(known) = known.get(&id) {
        return known.clone();
    }
    // If a schema contains itself through `allOf`, the recursive call finds this entry and doesn't merge the schema.
    known.insert(id, None);
    let mut all = graph.get(id).clone();
    let parts = all.lists.remove("allOf").unwrap_or_default();
    all.written = None;
    // If the schema itself is nullable, null is valid even if the `allOf` rejects it.
    let is_nullable = std::mem::take(&mut all.nullable);
    let flat = (depth <= MAX_PARTS_DEPTH)
        .then(|| {
            parts.iter().try_fold(all, |all, part| {
                let inner = graph.get(*part);
                let has_parts = !inner.list("allOf").is_empty();
                if inner.is_annotation_only() {
                    None
                } else if has_parts {
                    both(graph, &all, &flatten(graph, *part, known, depth + 1)?)
                } else {
                    both(graph, &all, inner)
                }
            })
        })
        .flatten()
        .map(|flat| Schema {
            nullable: is_nullable || flat.nullable,
            ..flat
        });
    known.insert(id, flat.clone());
    flat
}

/// Merges two schemas that must both be satisfied.
fn both(graph: &Graph, all: &Schema, part: &Schema) -> Option<Schema> {
    let mut part = part.clone();
    // If both schemas define a property identically, use the same schema id in both.
    let shared = part.maps.get_mut("properties").into_iter().flatten();
    for (name, id) in shared {
        if let Some(other) = all
            .property(name)
            .filter(|other| graph.get(*other) == graph.get(*id))
        {
            *id = other;
        }
    }
    let nullable = match (all.limits_values(), part.limits_values()) {
        (true, true) => all.nullable && part.nullable,
        (true, false) => all.nullable,
        (false, true) => part.nullable,
        (false, false) => all.nullable || part.nullable,
    };
    let merged = merged(all, &part, None)?;
    Some(Schema {
        name: all.name.clone(),
        nullable,
        flat: None,
        ..merged
    })
}

/// Replaces `unevaluatedProperties` with `additionalProperties`. The two are equivalent unless other subschemas also
/// describe properties.
fn without_unevaluated(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
    let others = *schema.single.get("unevaluatedProperties")?;
    let elsewhere = ["if", "then", "else", "additionalProperties"];
    if schema.base.is_some()
        || ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| schema.lists.contains_key(*keyword))
        || elsewhere
            .iter()
            .any(|keyword| schema.single.contains_key(*keyword))
        || schema.maps.contains_key("dependentSchemas")
    {
        return None;
    }
    let mut plain = Schema {
        additional_is_unevaluated: true,
        ..schema.clone()
    };
    plain.single.remove("unevaluatedProperties");
    plain.single.insert("additionalProperties".to_owned(), others);
    Some(plain)
}

/// Merges a schema with the schema that it wraps, which is the target of its `$ref` or the only member of its `allOf`.
fn unwrap(graph: &Graph, id: SchemaId) -> Schema {
    let mut schema = graph.get(id).clone();
    let mut seen = BTreeSet::from([id]);
    while let Some((wrapper, inner_id)) = wrapped(graph, &schema) {
        let inner = graph.get(inner_id);
        let written = as_written(&schema, inner_id);
        let is_new = seen.insert(inner_id);
        match merged(&schema, inner, wrapper).filter(|_| is_new) {
            Some(all) => {
                schema = Schema {
                    written: written.or(all.written),
                    ..all
                }
            }
            None => {
                if schema.base.take().is_some() {
                    schema.lists.entry("allOf".to_owned()).or_default().push(inner_id);
                }
                break;
            }
        }
    }
    schema
}

/// Returns the schema as it was written, or `None` if it contains no list of schemas.
fn as_written(schema: &Schema, inner: SchemaId) -> Option<Box<Schema>> {
    let mut written = schema.clone();
    if let (Some(keyword), Some(_)) = (&schema.union_with_null, written.base.take()) {
        written.lists.insert(keyword.clone(), vec![inner]);
    }
    (!written.lists.is_empty()).then(|| Box::new(written))
}

/// Returns the schema wrapped by another schema, and the keyword whose list contains it, or `None` for a reference.
fn wrapped(graph: &Graph, schema: &Schema) -> Option<(Option<&'static str>, SchemaId)> {
    if let Some(base) = schema.base {
        return Some((None, base));
    }
    // A wrapper with a discriminator is kept, because the name of its only alternative is sent. It is also kept if its
    // only subschema has no constraints, because adding or removing such a subschema is reported as a separate kind of
    // change.
    let is_selected = schema.values.contains_key("discriminator");
    let only = |keyword: &'static str| match schema.list(keyword) {
        [_] if is_selected && keyword != "allOf" => None,
        [only] if !graph.get(*only).is_annotation_only() => Some((Some(keyword), *only)),
        _ => None,
    };
    COMPOSITIONS.into_iter().find_map(only)
}

/// Merges two schemas if the result is equivalent.
fn merged(outer: &Schema, inner: &Schema, wrapper: Option<&str>) -> Option<Schema> {
    let mut all = outer.clone();
    match wrapper {
        Some(keyword) => drop(all.lists.remove(keyword)),
        None => all.base = None,
    }
    all.base = inner.base;
    all.union_with_null = inner.union_with_null.clone();
    all.written = None;
    all.name = outer.name.clone().or_else(|| inner.name.clone());
    all.is_never |= inner.is_never;
    all.nullable = outer.nullable || (!outer.limits_values() && inner.nullable);
    match (&outer.types, &inner.types) {
        (Some(outer), Some(inner)) if outer != inner => return None,
        (None, Some(inner)) => all.types = Some(inner.clone()),
        _ => {}
    }
    for (keyword, value) in &inner.values {
        let is_annotation = ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-");
        match all.values.get(keyword) {
            Some(other) if other != value && !is_annotation => return None,
            Some(_) => {}
            None => drop(all.values.insert(keyword.clone(), value.clone())),
        }
    }
    all.required.extend(inner.required.iter().cloned());
    merge_schemas(&mut all, inner)?;
    for (keyword, value) in &inner.prose {
        all.prose.entry(keyword.clone()).or_insert_with(|| value.clone());
    }
    Some(all)
}

fn merge_schemas(all: &mut Schema, inner: &Schema) -> Option<()> {
    let is_closed = |schema: &Schema| schema.single.contains_key("additionalProperties");
    let has_names = |schema: &Schema| !schema.maps.is_empty();
    // A closed object allows only the properties listed in the same schema object.
    if (is_closed(all) && has_names(inner)) || (is_closed(inner) && has_names(all)) {
        return None;
    }
    // The `unevaluated…` keywords depend on the other keywords in the same schema object, and `items` applies after
    // `prefixItems`.
    let has = |schema: &Schema, keyword: &str| schema.single.contains_key(keyword);
    let describes_items = |schema: &Schema| {
        schema.lists.contains_key("prefixItems") || has(schema, "items") || has(schema, "contains")
    };
    let has_prefix = |schema: &Schema| schema.lists.contains_key("prefixItems");
    if (has(inner, "unevaluatedProperties") && has_names(all))
        || (has(inner, "unevaluatedItems") && describes_items(all))
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

/// The maximum number of schemas in the nested unions of one schema.
const MAX_NESTED: usize = 1_000;

/// Replaces `anyOf: [{anyOf: [a, b]}, c]` with the equivalent `anyOf: [a, b, c]`. Nested unions that have documentation
/// are left unchanged, so that it is compared.
fn without_nested_unions(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
    let is_nested = |member: &Schema| {
        let is_plain = member.is_bare() && !member.nullable && member.values.is_empty();
        is_plain && member.prose.is_empty() && member.lists.keys().eq(["anyOf"])
    };
    let mut pending: Vec<SchemaId> = schema.list("anyOf").iter().rev().copied().collect();
    let (mut seen, mut members) = (HashSet::from([id]), Vec::new());
    while let Some(member) = pending.pop() {
        match graph.get(member) {
            _ if !seen.insert(member) => {}
            _ if seen.len() > MAX_NESTED => return None,
            inner if is_nested(inner) => pending.extend(inner.list("anyOf").iter().rev()),
            _ => members.push(member),
        }
    }
    let is_fixed = members.is_empty() || schema.values.contains_key("discriminator");
    if is_fixed || members == schema.list("anyOf") {
        return None;
    }
    let mut flat = schema.clone();
    flat.lists.insert("anyOf".to_owned(), members);
    Some(flat)
}

/// Replaces `anyOf: [{type: string}, {type: integer}]` with an equivalent set of types.
fn plain_alternatives(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
    if schema.types.is_some() {
        return None;
    }
    let keyword = only_union(schema)?;
    let members = schema.list(keyword).iter().map(|id| graph.get(*id));
    let mut all = Schema {
        written: Some(Box::new(schema.clone())),
        ..schema.clone()
    };
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
fn only_union(schema: &Schema) -> Option<&'static str> {
    match (schema.list("anyOf"), schema.list("oneOf")) {
        ([_, _, ..], []) => Some("anyOf"),
        ([], [_, _, ..]) => Some("oneOf"),
        _ => None,
    }
}

/// Converts a union of constants, such as `oneOf: [{const: a}, {const: b}]`, to an equivalent `enum`.
fn enumerated(graph: &Graph, id: SchemaId) -> Option<Schema> {
    let schema = graph.get(id);
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
        let documentation = Schema {
            types: None,
            values: BTreeMap::new(),
            ..member.clone()
        };
        if !documentation.is_annotation_only() || member.values.len() != 1 || member.nullable {
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
    let types = schema.types.clone();
    types.is_some()
        && Schema {
            types: None,
            ..schema.clone()
        }
        .is_annotation_only()
        && schema.values.is_empty()
}
