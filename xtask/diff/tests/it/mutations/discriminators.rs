//! Discriminators and their mappings.

use serde_json::{Value, json};

use super::composition::{pet, probe, reference};
use super::support::{Breaking, Edited, Expected, Info, REQUEST, RESPONSE, Warning, both_ways, check};
use crate::support::diff;

const LOCATION: &str = "request.body.probe";

/// The expected change if a value selects a different schema.
const CHANGED: Expected<'_> = (
    "request-property-discriminator-mapping-changed",
    Breaking,
    LOCATION,
);

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
fn a_discriminator_that_is_removed_with_its_union_needs_review() {
    let cat = json!({ "title": "cat", "type": "object" });
    let kind = json!({ "propertyName": "kind" });
    let union = probe(
        &json!({ "oneOf": [cat, { "type": "null" }], "discriminator": kind }),
        &[],
    );
    let single = probe(&json!({ "type": ["object", "null"], "title": "cat" }), &[]);
    for (old, new) in [(&union, &single), (&single, &union)] {
        let changes = diff(&old.0, &new.0).changes;
        let of_discriminator = changes.iter().find(|change| change.id.contains("discriminator"));
        assert_eq!(
            of_discriminator.map(|change| change.severity),
            Some(Warning),
            "{changes:#?}"
        );
    }
}

#[test]
fn the_base_of_a_schema_with_a_discriminator_is_not_a_value() {
    let pet = |base: &str, age: &str| {
        let reference = json!({ "$ref": format!("#/components/schemas/{base}") });
        let properties = json!({ "kind": { "type": "string" }, "age": { "type": age } });
        let pet = json!({
            "allOf": [reference, { "type": "object", "properties": properties }],
            "discriminator": { "propertyName": "kind" },
        });
        probe(&pet, &[(base, json!({ "type": "object", "maxProperties": 3 }))])
    };
    let location = "request.body.probe.allOf[1].age";
    check(
        &pet("Base", "integer"),
        &pet("Root", "number"),
        &[("request-property-type-generalized", Info, location)],
        &[("request-property-type-changed", Breaking, location)],
    );
}

#[test]
fn implicit_discriminator_values_are_compared() {
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
    check(&pets("Dog"), &pets("Hound"), &[CHANGED], &[CHANGED]);
}

/// Returns the facts with a schema `Pet`, whose `kind` property selects one of the schemas that extend it. `cat` is the
/// schema of a property in `Cat`.
fn selecting(location: &str, mapping: Option<Value>, cat: Option<Value>) -> Edited {
    let mut discriminator = json!({ "propertyName": "kind" });
    if let Some(mapping) = mapping {
        discriminator["mapping"] = mapping;
    }
    let base = json!({
        "type": "object",
        "required": ["kind"],
        "properties": { "kind": { "type": "string" } },
        "discriminator": discriminator,
    });
    let facts = Edited::facts()
        .set("/components/schemas/Pet", base)
        .set(&format!("{location}/properties/probe"), reference("Pet"));
    match cat {
        Some(cat) => facts.set(
            "/components/schemas/Cat",
            json!({ "allOf": [reference("Pet"), { "type": "object", "properties": { "lives": cat } }] }),
        ),
        None => facts,
    }
}

#[test]
fn extensions_of_a_schema_with_a_discriminator_are_compared() {
    let integer = || json!({ "type": "integer" });
    let mapping = || json!({ "cat": "#/components/schemas/Cat" });
    for (mapping, value) in [
        (None, "Cat"),
        (Some(mapping()), "cat"),
        (Some(json!({ "cat": "Cat" })), "cat"),
    ] {
        for (location, place) in [(REQUEST, "request.body"), (RESPONSE, "response.200.body")] {
            let pet = |cat: Value| selecting(location, mapping.clone(), Some(cat));
            let report = diff(&pet(integer()).0, &pet(json!({ "type": "boolean" })).0);
            let found: Vec<_> = report
                .changes
                .iter()
                .map(|change| change.location.as_str())
                .collect();
            let expected = format!("{place}.probe.discriminator[{value:?}].allOf[1].lives");
            assert_eq!(found, [expected], "{:?}", report.changes);
        }
    }
    let (with, without) = (
        selecting(RESPONSE, None, Some(integer())),
        selecting(RESPONSE, None, None),
    );
    let location = "response.200.body.probe";
    check(
        &without,
        &with,
        &[(
            "response-property-discriminator-mapping-added",
            Breaking,
            location,
        )],
        &[(
            "response-property-discriminator-mapping-deleted",
            Breaking,
            location,
        )],
    );
    // Writing out the implicit mapping is not a change.
    let written = selecting(
        RESPONSE,
        Some(json!({ "Cat": "#/components/schemas/Cat" })),
        Some(integer()),
    );
    check(&with, &written, &[], &[]);
}

#[test]
fn mappings_to_renamed_schemas_are_unchanged() {
    let union = |names: [&str; 2], mapping: Value| {
        let discriminator = json!({ "propertyName": "kind", "mapping": mapping });
        json!({ "oneOf": names.map(reference), "discriminator": discriminator })
    };
    let to = |name: &str| format!("#/components/schemas/{name}");
    let old = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Dog"), "cat": to("Cat") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    let renamed = probe(
        &union(["Hound", "Cat"], json!({ "dog": to("Hound"), "cat": to("Cat") })),
        &[("Hound", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &renamed, &[], &[]);
    // The two values swap schemas.
    let crossed = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Cat"), "cat": to("Dog") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &crossed, &[CHANGED, CHANGED], &[CHANGED, CHANGED]);
    // Both values select a schema that already existed, so the schema was not renamed.
    let one = probe(
        &union(["Dog", "Cat"], json!({ "dog": to("Cat"), "cat": to("Cat") })),
        &[("Dog", pet("bark")), ("Cat", pet("purr"))],
    );
    check(&old, &one, &[CHANGED], &[CHANGED]);
    // The schema was renamed, but it also changed.
    let other = probe(
        &union(["Wolf", "Cat"], json!({ "dog": to("Wolf"), "cat": to("Cat") })),
        &[("Wolf", pet("howl")), ("Cat", pet("purr"))],
    );
    let report = diff(&old.0, &other.0);
    assert!(
        report.changes.iter().any(|change| change.id == CHANGED.0),
        "{:#?}",
        report.changes
    );
    // Two equivalent schemas exist in both documents, and the value selects the other one.
    let twins = |target: &str| {
        probe(
            &union(["Dog", "Cat"], json!({ "pet": to(target) })),
            &[("Dog", pet("bark")), ("Cat", pet("bark"))],
        )
    };
    check(&twins("Dog"), &twins("Cat"), &[CHANGED], &[CHANGED]);
}

#[test]
fn mappings_to_added_schemas_are_changed() {
    let to = |names: &[&str], target: &str| {
        let mapping = json!({ "pet": format!("#/components/schemas/{target}") });
        let members: Vec<Value> = names.iter().map(|name| reference(name)).collect();
        let union =
            json!({ "oneOf": members, "discriminator": { "propertyName": "kind", "mapping": mapping } });
        let reusable: Vec<_> = names.iter().map(|name| (*name, pet("bark"))).collect();
        probe(&union, &reusable)
    };
    check(
        &to(&["Dog"], "Dog"),
        &to(&["Dog", "Cat"], "Cat"),
        &[CHANGED, ("request-property-one-of-added", Info, LOCATION)],
        &[("request-property-one-of-removed", Breaking, LOCATION), CHANGED],
    );
}

#[test]
fn unmapped_schema_names_are_wire_values() {
    let union = |names: [&str; 2], mapped: &str| {
        let mapping = json!({ "dog": format!("#/components/schemas/{mapped}") });
        json!({ "oneOf": names.map(reference), "discriminator": { "propertyName": "kind", "mapping": mapping } })
    };
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
    check(&old, &unmapped, &[CHANGED], &[CHANGED]);
    // Equivalent alternatives are matched by name.
    let twins = |names: [&str; 2]| {
        let union = json!({ "oneOf": names.map(reference), "discriminator": { "propertyName": "kind" } });
        probe(&union, &[("Dog", pet("bark")), ("Cat", pet("bark"))])
    };
    check(&twins(["Dog", "Cat"]), &twins(["Cat", "Dog"]), &[], &[]);
}
