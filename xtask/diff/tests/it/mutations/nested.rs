//! Schemas in schemas: other properties, items, conditions, composition; each in the request and in a response.

use serde_json::{Value, json};

use super::values::{both_ways, both_ways_at, ids, object, text};
use super::{Breaking, Edited, Info, REQUEST, RESPONSE, Warning, check};
use crate::support::diff;

#[test]
fn other_properties() {
    both_ways(
        json!({ "type": "object" }),
        object("additionalProperties", json!(false)),
        ("additional-properties-forbidden", Breaking, Info),
        ("additional-properties-allowed", Info, Warning),
    );
    both_ways(
        json!({ "type": "object" }),
        object("additionalProperties", json!({ "type": "string" })),
        ("additional-properties-schema-added", Breaking, Info),
        ("additional-properties-schema-removed", Info, Breaking),
    );
    let changed = ("type-changed", Breaking, Breaking);
    let of = |name: &str| object("additionalProperties", json!({ "type": name }));
    both_ways_at(".*", of("string"), of("boolean"), changed, changed);
    both_ways(
        json!({ "type": "object" }),
        object("unevaluatedProperties", json!(false)),
        ("unevaluated-properties-added", Breaking, Info),
        ("unevaluated-properties-removed", Info, Warning),
    );
    both_ways(
        json!({ "type": "object" }),
        object("required", json!(["a"])),
        ("required-name-added", Breaking, Info),
        ("required-name-removed", Info, Breaking),
    );
    let of = |names: Value| object("dependentRequired", names);
    both_ways(
        of(json!({})),
        of(json!({ "a": ["b"] })),
        ("dependent-required-added", Breaking, Info),
        ("dependent-required-removed", Info, Breaking),
    );
    let changed = ("dependent-required-changed", Breaking, Breaking);
    both_ways(
        of(json!({ "a": ["b"] })),
        of(json!({ "a": ["c"] })),
        changed,
        changed,
    );
}

#[test]
fn schemas_in_schemas() {
    let any = json!({});
    let some = json!({ "type": "string", "minLength": 3 });
    // Keyword, ids, severity of what is added in a request and in a response.
    let single = [
        ("if", "if-added", "if-removed", Breaking, Info),
        ("then", "then-added", "then-removed", Breaking, Info),
        ("else", "else-added", "else-removed", Breaking, Info),
        ("not", "not-added", "not-removed", Breaking, Info),
        ("contains", "contains-added", "contains-removed", Breaking, Info),
        (
            "propertyNames",
            "property-names-added",
            "property-names-removed",
            Breaking,
            Info,
        ),
        (
            "contentSchema",
            "content-schema-added",
            "content-schema-removed",
            Breaking,
            Info,
        ),
        (
            "unevaluatedItems",
            "unevaluated-items-added",
            "unevaluated-items-removed",
            Breaking,
            Info,
        ),
        (
            "unevaluatedProperties",
            "unevaluated-properties-added",
            "unevaluated-properties-removed",
            Breaking,
            Info,
        ),
    ];
    for (keyword, added, removed, in_request, in_response) in single {
        let reverse = |severity| if severity == Info { Breaking } else { Info };
        both_ways(
            any.clone(),
            json!({ keyword: some }),
            (added, in_request, in_response),
            (removed, reverse(in_request), reverse(in_response)),
        );
    }
    for (keyword, added, removed) in [
        (
            "patternProperties",
            "pattern-property-added",
            "pattern-property-removed",
        ),
        (
            "dependentSchemas",
            "dependent-schema-added",
            "dependent-schema-removed",
        ),
    ] {
        both_ways(
            any.clone(),
            json!({ keyword: { "a": some } }),
            (added, Breaking, Info),
            (removed, Info, Breaking),
        );
    }
    both_ways(
        json!({ "type": "array" }),
        json!({ "type": "array", "prefixItems": [some] }),
        ("prefix-items-added", Info, Breaking),
        ("prefix-items-removed", Breaking, Info),
    );
    for keyword in ["contentMediaType", "contentEncoding"] {
        let id = if keyword == "contentEncoding" {
            "content-encoding-changed"
        } else {
            "content-media-type-changed"
        };
        let changed = (id, Breaking, Breaking);
        both_ways(
            text(keyword, json!("a")),
            text(keyword, json!("b")),
            changed,
            changed,
        );
        both_ways(
            json!({ "type": "string" }),
            text(keyword, json!("b")),
            changed,
            changed,
        );
    }
    let changed = ("not-changed", Breaking, Breaking);
    both_ways(
        json!({ "not": some }),
        json!({ "not": { "type": "object" } }),
        changed,
        changed,
    );
}

#[test]
fn items_and_what_contains_them() {
    let of = |items: Value| json!({ "type": "array", "items": items });
    let changed = ("type-changed", Breaking, Breaking);
    both_ways_at(
        "[]",
        of(json!({ "type": "string" })),
        of(json!({ "type": "boolean" })),
        changed,
        changed,
    );
    let contains = |keyword: &str, count: i64| json!({ "contains": { "type": "string" }, keyword: count });
    both_ways(
        contains("minContains", 2),
        contains("minContains", 3),
        ("min-contains-increased", Breaking, Info),
        ("min-contains-decreased", Info, Breaking),
    );
    both_ways(
        contains("maxContains", 2),
        contains("maxContains", 3),
        ("max-contains-increased", Info, Breaking),
        ("max-contains-decreased", Breaking, Info),
    );
}

#[test]
fn conditions_are_compared_as_a_whole() {
    let of = |condition: Value| json!({ "type": "string", "if": condition, "then": { "minLength": 3 } });
    let changed = ("if-changed", Warning, Warning);
    both_ways(
        of(json!({ "pattern": "a" })),
        of(json!({ "pattern": "b" })),
        changed,
        changed,
    );
    let words = |text: &str| of(json!({ "pattern": "a", "description": text }));
    check(&probe(&words("A."), &[]), &probe(&words("B."), &[]), &[], &[]);
    let tighter = ("min-length-increased", Breaking, Info);
    let looser = ("min-length-decreased", Info, Warning);
    let then = |limit: i64| json!({ "if": { "pattern": "a" }, "then": { "minLength": limit } });
    both_ways_at(".then", then(3), then(4), tighter, looser);
}

#[test]
fn items_that_were_anything_are_of_another_type() {
    // Beside the type, the parts of what came are no changes of their own.
    let of = |items: Value| json!({ "type": "array", "items": items });
    let (any, text) = (
        of(json!({})),
        of(json!({ "type": "string", "minLength": 3, "enum": ["abc"] })),
    );
    assert_eq!(
        ids(&any, &text),
        [
            ["request-property-type-changed"],
            ["response-property-type-specialized"]
        ]
    );
    assert_eq!(
        ids(&text, &any),
        [
            ["request-property-type-generalized"],
            ["response-property-type-generalized"]
        ]
    );
}

#[test]
fn named_parts_are_compared_by_name() {
    let of = |a: Value, b: Value| json!({ "type": "object", "patternProperties": { "^a": a, "^b": b } });
    let limit = |length: i64| json!({ "minLength": length });
    both_ways_at(
        ".patternProperties[\"^b\"]",
        of(limit(3), limit(3)),
        of(limit(3), limit(4)),
        ("min-length-increased", Breaking, Info),
        ("min-length-decreased", Info, Warning),
    );
    both_ways(
        json!({ "type": "object", "patternProperties": { "^a": limit(3) } }),
        of(limit(3), limit(3)),
        ("pattern-property-added", Breaking, Info),
        ("pattern-property-removed", Info, Breaking),
    );
    let dependent = |names: Value| object("dependentRequired", names);
    let changed = ("dependent-required-changed", Breaking, Breaking);
    both_ways(
        dependent(json!({ "a": ["b"], "c": ["d"] })),
        dependent(json!({ "a": ["b"], "c": ["e"] })),
        changed,
        changed,
    );
    check(
        &probe(&dependent(json!({ "a": ["b", "c"] })), &[]),
        &probe(&dependent(json!({ "a": ["c", "b"] })), &[]),
        &[],
        &[],
    );
}

#[test]
fn what_closes_an_object_is_told_in_the_same_words() {
    let message = |keyword: &str| {
        let closed = probe(&object(keyword, json!(false)), &[]);
        diff(&probe(&json!({ "type": "object" }), &[]).0, &closed.0).changes[0]
            .message
            .clone()
    };
    assert_eq!(message("unevaluatedProperties"), message("additionalProperties"));
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
        both_ways(of(keyword, &[&dog]), of(keyword, &[&dog, &cat]), added, removed);
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
fn discriminators() {
    let pets = [
        json!({ "title": "dog", "type": "object" }),
        json!({ "title": "cat", "type": "object", "maxProperties": 3 }),
    ];
    let of = |discriminator: Value| json!({ "oneOf": pets, "discriminator": discriminator });
    let kind = |mapping: Value| of(json!({ "propertyName": "kind", "mapping": mapping }));
    let (request, response) = (
        REQUEST.replace("/components", "#/components"),
        RESPONSE.replace("/components", "#/components"),
    );
    let added = ("discriminator-added", Warning, Warning);
    let removed = ("discriminator-removed", Warning, Warning);
    both_ways(json!({ "oneOf": pets }), kind(json!({})), added, removed);
    let renamed = ("discriminator-property-name-changed", Breaking, Breaking);
    both_ways(
        of(json!({ "propertyName": "kind" })),
        of(json!({ "propertyName": "species" })),
        renamed,
        renamed,
    );
    let added = ("discriminator-mapping-added", Breaking, Breaking);
    let removed = ("discriminator-mapping-deleted", Breaking, Breaking);
    both_ways(kind(json!({})), kind(json!({ "dog": request })), added, removed);
    let changed = ("discriminator-mapping-changed", Breaking, Breaking);
    both_ways(
        kind(json!({ "dog": request })),
        kind(json!({ "dog": response })),
        changed,
        changed,
    );
}

#[test]
fn without_a_mapping_the_name_of_an_alternative_is_on_the_wire() {
    let pets = |name: &str| {
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        let union = json!({ "oneOf": [reference], "discriminator": { "propertyName": "kind" } });
        Edited::facts()
            .set(
                &format!("/components/schemas/{name}"),
                json!({ "type": "object", "maxProperties": 3 }),
            )
            .set(&format!("{REQUEST}/properties/probe"), union)
    };
    let changed = (
        "request-property-discriminator-mapping-changed",
        Breaking,
        "request.body.probe",
    );
    check(&pets("Dog"), &pets("Hound"), &[changed], &[changed]);
}

/// A property of the request, with what the facts need for it.
fn probe(schema: &Value, reusable: &[(&str, Value)]) -> Edited {
    let facts = Edited::facts().set(&format!("{REQUEST}/properties/probe"), schema.clone());
    reusable.iter().fold(facts, |facts, (name, schema)| {
        facts.set(&format!("/components/schemas/{name}"), schema.clone())
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn pet(property: &str) -> Value {
    json!({ "type": "object", "properties": { property: { "type": "string" } } })
}

#[test]
fn alternatives_are_followed_by_name_and_by_title() {
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
fn the_last_alternative_is_followed_unless_it_is_another_one() {
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
    // A name on one side only is no other alternative: it was moved to where it can be used again.
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
fn a_part_that_only_annotates_is_followed_by_no_other() {
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
fn an_object_that_becomes_one_of_several_keeps_what_they_have() {
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
    // It has alternatives, and is an object beside.
    let beside = json!({ "type": "object", "oneOf": [pet("bark"), pet("purr")] });
    assert_eq!(ids(&object, &beside), [removed, added, added]);
    let with_fields =
        json!({ "properties": { "sing": { "type": "string" } }, "oneOf": [pet("bark"), pet("purr")] });
    assert!(ids(&object, &with_fields).contains(&removed.to_owned()));
    // It had alternatives before.
    let had = json!({ "properties": { "bark": { "type": "string" } }, "oneOf": [pet("bark"), pet("purr")] });
    assert_eq!(ids(&had, &union), [removed]);
    // None of the alternatives has what it had.
    let others = json!({ "oneOf": [pet("purr"), pet("sing")] });
    assert!(ids(&object, &others).contains(&removed.to_owned()));
}

#[test]
fn alternatives_that_only_one_side_has_come_or_go() {
    for (keyword, added) in [
        ("anyOf", "request-property-any-of-added"),
        ("oneOf", "request-property-one-of-added"),
        ("allOf", "request-property-all-of-added"),
    ] {
        let member = json!({ "minProperties": 3 });
        let with = json!({ "type": "object", "maxProperties": 5, keyword: [member, { "maxProperties": 4 }] });
        let report = diff(
            &probe(&json!({ "type": "object", "maxProperties": 5 }), &[]).0,
            &probe(&with, &[]).0,
        );
        let ids: Vec<&str> = report.changes.iter().map(|change| change.id.as_str()).collect();
        assert_eq!(ids, [added, added]);
    }
}

#[test]
fn a_mapping_follows_a_schema_to_its_new_name() {
    let union = |names: [&str; 2], mapping: Value| {
        let discriminator = json!({ "propertyName": "kind", "mapping": mapping });
        json!({ "oneOf": names.map(reference), "discriminator": discriminator })
    };
    let to = |name: &str| format!("#/components/schemas/{name}");
    let location = "request.body.probe";
    let changed = (
        "request-property-discriminator-mapping-changed",
        Breaking,
        location,
    );
    let old = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Dog"), "cat": to("Cat") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    let renamed = probe(
        &union(["Hound", "Cat"], json!({ "dog": to("Hound"), "cat": to("Cat") })),
        &[("Hound", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &renamed, &[], &[]);
    // The same schemas, of which each value selects the other.
    let crossed = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Cat"), "cat": to("Dog") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &crossed, &[changed, changed], &[changed, changed]);
    // Another value goes where it went, and is no change.
    let one = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Cat"), "cat": to("Cat") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &one, &[changed], &[changed]);
    // Another name for a schema that says something else.
    let other = probe(
        &union(["Wolf", "Cat"], json!({ "dog": to("Wolf"), "cat": to("Cat") })),
        &[("Wolf", pet("howl")), ("Cat", pet("purr"))],
    );
    let report = diff(&old.0, &other.0);
    assert!(
        report.changes.iter().any(|change| change.id == changed.0),
        "{:#?}",
        report.changes
    );
    // Two that say the same, and both go on: the value selects another one.
    let twins = |target: &str| {
        probe(
            &union(["Dog", "Cat"], json!({ "pet": to(target) })),
            &[("Dog", pet("bark")), ("Cat", pet("bark"))],
        )
    };
    check(&twins("Dog"), &twins("Cat"), &[changed], &[changed]);
}

#[test]
fn names_that_no_mapping_has_are_values_on_the_wire() {
    let union = |names: [&str; 2], mapped: &str| {
        let mapping = json!({ "dog": format!("#/components/schemas/{mapped}") });
        json!({ "oneOf": names.map(reference), "discriminator": { "propertyName": "kind", "mapping": mapping } })
    };
    let location = "request.body.probe";
    let changed = (
        "request-property-discriminator-mapping-changed",
        Breaking,
        location,
    );
    let old = probe(
        &union(["Dog", "Cat"], "Dog"),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    let mapped = probe(
        &union(["Hound", "Cat"], "Hound"),
        &[("Hound", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &mapped, &[], &[]);
    let unmapped = probe(
        &union(["Dog", "Lion"], "Dog"),
        &[("Dog", pet("bark")), ("Lion", pet("purr"))],
    );
    check(&old, &unmapped, &[changed], &[changed]);
    // Of alternatives that say the same, those of the same name belong together.
    let twins = |names: [&str; 2]| {
        let union = json!({ "oneOf": names.map(reference), "discriminator": { "propertyName": "kind" } });
        probe(&union, &[("Dog", pet("bark")), ("Cat", pet("bark"))])
    };
    check(&twins(["Dog", "Cat"]), &twins(["Cat", "Dog"]), &[], &[]);
}
