//! The comparison reports every changed fact in a document.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use xtask_diff::{Verdict, compare};
use xtask_openapi::Document;
use xtask_openapi::lower::lower;

use crate::support::{document, facts, today};

/// Members that are not facts, or whose removal has no effect.
const NO_FACTS: [&str; 4] = ["title", "version", "description", "tags"];

/// Appends JSON pointers to all facts in paths, components, security and servers.
fn places(value: &Value, pointer: &str, places: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        if NO_FACTS.contains(&name.as_str()) {
            continue;
        }
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        // An empty parameter list is equivalent to a missing one, and an operationId is only a name.
        if child != &json!([]) && name != "operationId" {
            places.push(pointer.clone());
        }
        self::places(child, &pointer, places);
    }
}

/// A document, with JSON pointers to all its facts.
struct Facts {
    value: Value,
    document: Document,
    places: Vec<String>,
}

fn all_facts(value: Value) -> Facts {
    let mut all = Vec::new();
    for field in ["paths", "components", "security", "servers"] {
        places(&value[field], &format!("/{field}"), &mut all);
    }
    Facts {
        document: document("facts", &value),
        value,
        places: all,
    }
}

/// The facts, converted to OpenAPI 3.0.
static FACTS: LazyLock<Facts> =
    LazyLock::new(|| all_facts(lower(&document("facts", &facts())).unwrap().value));
/// The facts as published.
static FACTS_3_1: LazyLock<Facts> = LazyLock::new(|| all_facts(facts()));

/// Returns `true` if the comparison reports a changed fact or rejects a document.
fn is_noticed(old: &Document, new: &Document) -> bool {
    match compare(old, new, &[], today()) {
        Ok(report) => report.verdict > Verdict::Cosmetic,
        Err(_) => true,
    }
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => {
            drop(members.shift_remove(&name.replace("~1", "/").replace("~0", "~")));
        }
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        other => panic!("{parent} is {other}"),
    }
}

#[test]
fn added_and_removed_facts_are_reported() {
    let Facts {
        value: facts,
        document: whole,
        places,
    } = &*FACTS;
    assert!(places.len() > 200);
    for pointer in places {
        let mut without = facts.clone();
        remove(&mut without, pointer);
        let without = document("changed", &without);
        let value = facts.pointer(pointer).unwrap();
        // Removing a flag that is set to its default, or a schema that accepts any value, has no effect.
        let has_no_effect = (value == &json!(false) && !pointer.ends_with("/default"))
            || (matches!(value, Value::Bool(true)) || value == &json!({}))
                && pointer.ends_with("/additionalProperties");
        assert!(
            has_no_effect || is_noticed(whole, &without),
            "{pointer} was removed"
        );
        assert!(
            has_no_effect || is_noticed(&without, whole),
            "{pointer} was added"
        );
    }
}

#[test]
fn changed_values_are_reported() {
    for pointer in &FACTS.places {
        let mut changed = FACTS.value.clone();
        let value = changed.pointer_mut(pointer).unwrap();
        match value {
            Value::String(text) => text.push('x'),
            Value::Number(number) => *value = json!(number.as_f64().unwrap() + 1.0),
            Value::Bool(flag) => *flag = !*flag,
            _ => continue,
        }
        assert!(
            is_noticed(&FACTS.document, &document("changed", &changed)),
            "{pointer} became {}",
            changed.pointer(pointer).unwrap()
        );
    }
}

/// A configuration with a fixed seed, so that every run tests the same cases.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

/// A keyword that limits or describes a schema, with its value.
fn keyword() -> impl Strategy<Value = (String, Value)> {
    let count = || (1_u32..1000).prop_map(|count| json!(count));
    let text = || "[a-z]{1,8}".prop_map(|text| json!(text));
    let schema = || {
        prop_oneof![
            Just(json!({ "type": "string", "minLength": 7 })),
            Just(json!(false))
        ]
    };
    let named = |name: &'static str, value: BoxedStrategy<Value>| {
        value.prop_map(move |value| (name.to_owned(), value))
    };
    prop_oneof![
        prop_oneof![
            "maxLength",
            "minLength",
            "maxItems",
            "minItems",
            "maxProperties",
            "minProperties",
            "multipleOf"
        ]
        .prop_flat_map(move |name| count().prop_map(move |value| (name.clone(), value))),
        named("pattern", text().boxed()),
        named("format", text().boxed()),
        named("x-unheard-of", text().boxed()),
        named("unheardOf", text().boxed()),
        named("const", text().boxed()),
        named("default", text().boxed()),
        named("not", schema().boxed()),
        named("contains", schema().boxed()),
        named("propertyNames", schema().boxed()),
        named("items", schema().boxed()),
        named("deprecated", Just(json!(true)).boxed()),
        named(
            "enum",
            proptest::collection::vec(text(), 1..3)
                .prop_map(|values| json!(values))
                .boxed()
        ),
        named(
            "allOf",
            proptest::collection::vec(schema(), 1..3)
                .prop_map(|values| json!(values))
                .boxed()
        ),
        named(
            "anyOf",
            proptest::collection::vec(schema(), 1..3)
                .prop_map(|values| json!(values))
                .boxed()
        ),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn added_keywords_are_reported(place in any::<proptest::sample::Index>(), (name, value) in keyword()) {
        let Facts { value: facts, document: whole, places } = &*FACTS_3_1;
        let is_schema = |pointer: &&String| {
            let parent = pointer.rsplit_once('/').unwrap().0;
            parent.ends_with("/schemas") || parent.ends_with("/properties") || pointer.ends_with("/items")
        };
        let schemas: Vec<&String> = places.iter().filter(is_schema).collect();
        let schema = *place.get(&schemas);
        // The default of a property overrides the default of a component schema.
        prop_assume!(name != "default" || !schema.rsplit_once('/').unwrap().0.ends_with("/schemas"));
        let mut changed = facts.clone();
        let members = changed.pointer_mut(schema).unwrap().as_object_mut().unwrap();
        let before = members.insert(name.clone(), value.clone());
        prop_assume!(before.as_ref() != Some(&value));
        // `not: false` accepts any value.
        prop_assume!((name.as_str(), &value) != ("not", &json!(false)));
        let changed = document("changed", &changed);
        prop_assert!(is_noticed(whole, &changed), "{schema}: {name} became {value}");
        prop_assert!(is_noticed(&changed, whole), "{schema}: {name} was {value}");
    }
}

/// A value that is invalid in most locations.
fn invalid_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|flag| json!(flag)),
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,8}".prop_map(|text| json!(text)),
        Just(json!([])),
        Just(json!([1, null, {}])),
        Just(json!({ "$ref": "#/components/schemas/CreateRoomTokenRequest" })),
        Just(json!({ "$ref": "#" })),
        Just(json!({ "a": { "b": [] } })),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn invalid_values_are_reported_or_rejected(place in any::<proptest::sample::Index>(), value in invalid_value()) {
        let pointer = place.get(&FACTS.places);
        let mut changed = FACTS.value.clone();
        let before = std::mem::replace(changed.pointer_mut(pointer).unwrap(), value);
        let after = changed.pointer(pointer).unwrap();
        // `null`, `false` and empty values may be equivalent to the old value.
        let is_empty = |value: &Value| matches!(value, Value::Null | Value::Bool(_)) || value == &json!([]) || value == &json!({});
        let is_the_same = before == *after || (is_empty(&before) && is_empty(after));
        let document = document("changed", &changed);
        prop_assert!(is_the_same || is_noticed(&FACTS.document, &document), "{pointer} became {after}");
        prop_assert!(is_the_same || is_noticed(&document, &FACTS.document), "{pointer} was {after}");
    }
}
