//! Composition: `allOf`, `anyOf` and `oneOf`, and how their members are matched.

use serde_json::{Value, json};

use super::support::{Breaking, Edited, Info, REQUEST, Warning, both_ways, both_ways_at, check};
use crate::support::diff;

/// Returns the facts with an added request property and the component schemas that it needs.
pub(super) fn probe(schema: &Value, reusable: &[(&str, Value)]) -> Edited {
    let facts = Edited::facts().set(&format!("{REQUEST}/properties/probe"), schema.clone());
    reusable.iter().fold(facts, |facts, (name, schema)| {
        facts.set(&format!("/components/schemas/{name}"), schema.clone())
    })
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(super) fn pet(property: &str) -> Value {
    json!({ "type": "object", "properties": { property: { "type": "string" } } })
}

#[test]
fn composition() {
    let dog = json!({ "type": "object", "properties": { "bark": { "type": "string" } } });
    let cat = json!({ "type": "object", "properties": { "purr": { "type": "string" } } });
    let bird = json!({ "type": "object", "properties": { "sing": { "type": "string" } } });
    let of = |keyword: &str, members: &[&Value]| json!({ keyword: members });
    let kinds = [
        (
            "allOf",
            ("all-of-added", Breaking, Info),
            ("all-of-removed", Warning, Breaking),
        ),
        (
            "anyOf",
            ("any-of-added", Info, Breaking),
            ("any-of-removed", Breaking, Info),
        ),
        (
            "oneOf",
            ("one-of-added", Info, Breaking),
            ("one-of-removed", Breaking, Info),
        ),
    ];
    for (keyword, added, removed) in kinds {
        both_ways(
            of(keyword, &[&dog, &cat]),
            of(keyword, &[&bird, &cat, &dog]),
            added,
            removed,
        );
        if keyword != "allOf" {
            both_ways(of(keyword, &[&dog]), of(keyword, &[&dog, &cat]), added, removed);
        }
    }
    let words = json!({ "description": "A pet." });
    both_ways(
        of("allOf", &[&dog, &cat]),
        of("allOf", &[&dog, &cat, &words]),
        ("all-of-added-annotation-only", Info, Info),
        ("all-of-removed-annotation-only", Info, Info),
    );
    let required = json!({ "type": "object", "properties": dog["properties"], "required": ["bark"] });
    both_ways_at(
        ".anyOf[0].bark",
        of("anyOf", &[&dog, &cat]),
        of("anyOf", &[&required, &cat]),
        ("became-required", Breaking, Info),
        ("became-optional", Info, Breaking),
    );
}

#[test]
fn alternatives_are_matched_by_name_and_title() {
    let longer = |schema: Value| {
        let mut schema = schema;
        schema["properties"]["age"] = json!({ "type": "integer" });
        schema
    };
    let titled = |title: &str, schema: Value| {
        let mut schema = schema;
        schema["title"] = json!(title);
        schema
    };
    let grown = [
        (
            "new-optional-request-property",
            Info,
            "request.body.probe.oneOf[0].age",
        ),
        (
            "new-optional-request-property",
            Info,
            "request.body.probe.oneOf[1].age",
        ),
    ];
    let shrunk = [
        (
            "request-property-removed",
            Warning,
            "request.body.probe.oneOf[1].age",
        ),
        (
            "request-property-removed",
            Warning,
            "request.body.probe.oneOf[0].age",
        ),
    ];
    let union = |members: [Value; 2]| json!({ "oneOf": members });
    let by_name = union([reference("Dog"), reference("Cat")]);
    let turned = union([reference("Cat"), reference("Dog")]);
    let reusable = |dog: Value, cat: Value| [("Dog", dog), ("Cat", cat)];
    let old = probe(&by_name, &reusable(pet("bark"), pet("purr")));
    let new = probe(&turned, &reusable(longer(pet("bark")), longer(pet("purr"))));
    check(&old, &new, &[grown[1], grown[0]], &[shrunk[0], shrunk[1]]);
    let old = probe(
        &union([titled("dog", pet("bark")), titled("cat", pet("purr"))]),
        &[],
    );
    let turned = union([
        titled("cat", longer(pet("purr"))),
        titled("dog", longer(pet("bark"))),
    ]);
    check(
        &old,
        &probe(&turned, &[]),
        &[grown[1], grown[0]],
        &[shrunk[0], shrunk[1]],
    );
}

#[test]
fn the_last_remaining_alternatives_are_matched() {
    let location = "request.body.probe";
    let union = |member: Value| json!({ "oneOf": [{ "type": "object", "maxProperties": 9 }, member] });
    let replaced = [
        ("request-property-one-of-removed", Breaking, location),
        ("request-property-one-of-added", Info, location),
    ];
    let nested = |id, severity| (id, severity, "request.body.probe.oneOf[1].bark");
    check(
        &probe(&union(pet("bark")), &[]),
        &probe(
            &union(json!({ "type": "object", "properties": { "bark": { "type": "integer" } } })),
            &[],
        ),
        &[nested("request-property-type-changed", Breaking)],
        &[nested("request-property-type-changed", Breaking)],
    );
    let titled = |title: &str, property: &str| {
        let mut pet = pet(property);
        pet["title"] = json!(title);
        pet
    };
    for (old, new) in [
        (titled("dog", "bark"), titled("cat", "purr")),
        (titled("dog", "bark"), pet("purr")),
        (reference("Dog"), reference("Cat")),
    ] {
        let reusable = [("Dog", pet("bark")), ("Cat", pet("purr"))];
        check(
            &probe(&union(old), &reusable),
            &probe(&union(new), &reusable),
            &replaced,
            &replaced,
        );
    }
    // An alternative without constraints accepts any value.
    let limit = |id, severity| (id, severity, "request.body.probe.oneOf[1]");
    check(
        &probe(&union(json!({ "description": "Anything." })), &[]),
        &probe(
            &union(json!({ "description": "Anything.", "minProperties": 2 })),
            &[],
        ),
        &[limit("request-property-min-properties-increased", Breaking)],
        &[limit("request-property-min-properties-decreased", Info)],
    );
    // A schema that has a name in only one of the documents was moved into or out of the component schemas.
    let moved = probe(
        &union(reference("Dog")),
        &[("Dog", json!({ "type": "object", "minProperties": 3 }))],
    );
    let limit = |id, severity| (id, severity, "request.body.probe.oneOf[1]");
    check(
        &probe(&union(json!({ "type": "object", "minProperties": 2 })), &[]),
        &moved,
        &[limit("request-property-min-properties-increased", Breaking)],
        &[limit("request-property-min-properties-decreased", Info)],
    );
}

#[test]
fn parts_without_constraints_are_not_matched() {
    let all = |member: Value| json!({ "allOf": [{ "type": "object", "maxProperties": 9 }, member] });
    let location = "request.body.probe";
    check(
        &probe(&all(json!({ "x-note": "Words." })), &[]),
        &probe(&all(pet("bark")), &[]),
        &[
            ("request-property-all-of-added", Breaking, location),
            ("request-property-all-of-removed-annotation-only", Info, location),
        ],
        &[
            ("request-property-all-of-removed", Warning, location),
            ("request-property-all-of-added-annotation-only", Info, location),
        ],
    );
}

#[test]
fn changed_parts_are_compared() {
    let all = |kind: &str| {
        let pet = json!({ "type": "object", "properties": { "bark": { "type": kind } } });
        json!({ "allOf": [{ "type": "object", "maxProperties": 9 }, pet] })
    };
    let changed = (
        "request-property-type-changed",
        Breaking,
        "request.body.probe.allOf[1].bark",
    );
    check(
        &probe(&all("string"), &[]),
        &probe(&all("boolean"), &[]),
        &[changed],
        &[changed],
    );
}

#[test]
fn objects_wrapped_in_one_of_keep_their_properties() {
    let location = "request.body.probe";
    let object = json!({ "type": "object", "properties": { "bark": { "type": "string" } } });
    let union = json!({ "oneOf": [pet("bark"), pet("purr")] });
    let ids = |old: &Value, new: &Value| -> Vec<String> {
        let report = diff(&probe(old, &[]).0, &probe(new, &[]).0);
        assert!(
            report
                .changes
                .iter()
                .all(|change| change.location.starts_with(location))
        );
        report.changes.into_iter().map(|change| change.id).collect()
    };
    let added = "request-property-one-of-added";
    assert_eq!(ids(&object, &union), [added, added]);
    let removed = "request-property-removed";
    // The new schema is an object that also has alternatives.
    let beside = json!({ "type": "object", "oneOf": [pet("bark"), pet("purr")] });
    assert_eq!(ids(&object, &beside), [added, added, removed]);
    let with_fields =
        json!({ "properties": { "sing": { "type": "string" } }, "oneOf": [pet("bark"), pet("purr")] });
    assert!(ids(&object, &with_fields).contains(&removed.to_owned()));
    // The old schema had alternatives.
    let had = json!({ "properties": { "bark": { "type": "string" } }, "oneOf": [pet("bark"), pet("purr")] });
    assert_eq!(ids(&had, &union), [removed]);
    // No alternative has the old property.
    let others = json!({ "oneOf": [pet("purr"), pet("sing")] });
    assert!(ids(&object, &others).contains(&removed.to_owned()));
}

#[test]
fn unmatched_alternatives_are_added_or_removed() {
    for (keyword, added) in [
        ("anyOf", "request-property-any-of-added"),
        ("oneOf", "request-property-one-of-added"),
        ("allOf", "request-property-all-of-added"),
    ] {
        let names = |length: u32| json!({ "maxLength": length });
        let member = json!({ "minProperties": 3 });
        let before = json!({ "type": "object", "propertyNames": names(5) });
        let mut after = before.clone();
        after[keyword] = json!([member, { "propertyNames": names(4) }]);
        let report = diff(&probe(&before, &[]).0, &probe(&after, &[]).0);
        let ids: Vec<&str> = report.changes.iter().map(|change| change.id.as_str()).collect();
        assert_eq!(ids, [added, added]);
    }
}

#[test]
fn plain_types_are_alternatives_among_others() {
    let union = |member: Value| json!({ "anyOf": [{ "type": "string" }, member] });
    let type_changed = (
        "request-property-type-changed",
        Breaking,
        "request.body.probe.anyOf[1]",
    );
    let bark = "request.body.probe.anyOf[1].bark";
    check(
        &probe(&union(json!({ "type": "integer" })), &[]),
        &probe(&union(reference("Dog")), &[("Dog", pet("bark"))]),
        &[type_changed, ("new-optional-request-property", Info, bark)],
        &[type_changed, ("request-property-removed", Warning, bark)],
    );
}
