//! Whatever fact of a document changes, the report says so.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use xtask_diff::{Verdict, compare};

use crate::support::{document, facts, today};

/// Members that are no facts, or whose loss the specification takes for nothing at all.
const NO_FACTS: [&str; 4] = ["title", "version", "description", "tags"];

/// The pointers of all facts below paths, components, security and servers.
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
        // An empty list of parameters says what none at all says; so does the name of an operation.
        if child != &json!([]) && name != "operationId" {
            places.push(pointer.clone());
        }
        self::places(child, &pointer, places);
    }
}

fn all_places() -> (Value, Vec<String>) {
    let facts = facts();
    let mut all = Vec::new();
    for field in ["paths", "components", "security", "servers"] {
        places(&facts[field], &format!("/{field}"), &mut all);
    }
    (facts, all)
}

/// Whether the comparison speaks up: with a change of a fact, or by refusing a document that is none now.
fn is_noticed(old: &Value, new: &Value) -> bool {
    match compare(&document("old", old), &document("new", new), &[], today()) {
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
fn nothing_goes_unnoticed() {
    let (facts, places) = all_places();
    assert!(places.len() > 200);
    for pointer in &places {
        let mut without = facts.clone();
        remove(&mut without, pointer);
        let value = facts.pointer(pointer).unwrap();
        // A flag that is off by default, and a schema that admits everything, say what their absence says.
        let says_nothing = (value == &json!(false) && !pointer.ends_with("/default"))
            || (matches!(value, Value::Bool(true)) || value == &json!({}))
                && pointer.ends_with("/additionalProperties");
        assert!(
            says_nothing || is_noticed(&facts, &without),
            "{pointer} was removed"
        );
        assert!(
            says_nothing || is_noticed(&without, &facts),
            "{pointer} was added"
        );
    }
}

#[test]
fn no_value_changes_unnoticed() {
    let (facts, places) = all_places();
    for pointer in &places {
        let mut changed = facts.clone();
        let value = changed.pointer_mut(pointer).unwrap();
        match value {
            Value::String(text) => text.push('x'),
            Value::Number(number) => *value = json!(number.as_f64().unwrap() + 1.0),
            Value::Bool(flag) => *flag = !*flag,
            _ => continue,
        }
        assert!(
            is_noticed(&facts, &changed),
            "{pointer} became {}",
            changed.pointer(pointer).unwrap()
        );
    }
}

/// Many cases, and the same ones in every run.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

/// Keywords with values that limit or describe something, whatever they are added to.
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
    fn no_keyword_is_added_unnoticed(place in any::<proptest::sample::Index>(), (name, value) in keyword()) {
        let (mut facts, places) = all_places();
        facts["openapi"] = json!("3.1.0");
        let is_schema = |pointer: &&String| {
            let parent = pointer.rsplit_once('/').unwrap().0;
            parent.ends_with("/schemas") || parent.ends_with("/properties") || pointer.ends_with("/items")
        };
        let schemas: Vec<&String> = places.iter().filter(is_schema).collect();
        let schema = *place.get(&schemas);
        // The default of a reusable schema gives way to that of the property which uses it.
        prop_assume!(name != "default" || !schema.rsplit_once('/').unwrap().0.ends_with("/schemas"));
        let mut changed = facts.clone();
        let members = changed.pointer_mut(schema).unwrap().as_object_mut().unwrap();
        let before = members.insert(name.clone(), value.clone());
        prop_assume!(before.as_ref() != Some(&value));
        // Everything is what this one says of it.
        prop_assume!((name.as_str(), &value) != ("not", &json!(false)));
        prop_assert!(is_noticed(&facts, &changed), "{schema}: {name} became {value}");
        prop_assert!(is_noticed(&changed, &facts), "{schema}: {name} was {value}");
    }
}

/// A value that has no business where it is put.
fn nonsense() -> impl Strategy<Value = Value> {
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
    fn nonsense_is_told_apart_or_refused(place in any::<proptest::sample::Index>(), value in nonsense()) {
        let (facts, places) = all_places();
        let pointer = place.get(&places);
        let mut changed = facts.clone();
        let before = std::mem::replace(changed.pointer_mut(pointer).unwrap(), value);
        let after = changed.pointer(pointer).unwrap();
        // `null`, `false` and what is empty may say no more than what was there.
        let is_empty = |value: &Value| matches!(value, Value::Null | Value::Bool(_)) || value == &json!([]) || value == &json!({});
        let is_the_same = before == *after || (is_empty(&before) && is_empty(after));
        prop_assert!(is_the_same || is_noticed(&facts, &changed), "{pointer} became {after}");
        prop_assert!(is_the_same || is_noticed(&changed, &facts), "{pointer} was {after}");
    }
}
