//! Schemas in schemas: other properties, items, conditions, composition; each in the request and in a response.

use serde_json::{Value, json};

use super::values::{both_ways, both_ways_at, object, text};
use super::{Breaking, Edited, Info, REQUEST, RESPONSE, Warning, check};

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
