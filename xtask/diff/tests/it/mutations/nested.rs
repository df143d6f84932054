//! Subschemas in requests and responses: additional properties, items and conditions.

use serde_json::{Value, json};

use super::composition::probe;
use super::support::{Breaking, Info, Warning, both_ways, both_ways_at, check, ids, object, text};
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
    // Each entry consists of the keyword, the ids, and the severities of adding the keyword to a request and to a
    // response.
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
        // Some keywords have no effect without another keyword.
        let beside = match keyword {
            "then" | "else" => json!({ "if": { "maxLength": 9 } }),
            "contentSchema" => json!({ "contentMediaType": "application/json" }),
            _ => any.clone(),
        };
        let mut with = beside.clone();
        with[keyword] = some.clone();
        both_ways(
            beside,
            with,
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
    // Without `items`, any additional items are allowed.
    both_ways(
        json!({ "type": "array" }),
        json!({ "type": "array", "prefixItems": [some] }),
        ("prefix-items-added", Breaking, Info),
        ("prefix-items-removed", Info, Breaking),
    );
    both_ways(
        json!({ "type": "array", "prefixItems": [some], "items": false }),
        json!({ "type": "array", "prefixItems": [some, some], "items": false }),
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
fn items_and_contains() {
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
fn typed_items_replace_untyped_items() {
    // If the type changed, the other keywords of the new schema are not reported separately.
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
    // If neither schema has a type, each changed keyword is reported.
    both_ways_at(
        "[]",
        of(json!({})),
        of(json!({ "minLength": 3 })),
        ("min-length-increased", Breaking, Info),
        ("min-length-decreased", Info, Warning),
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
fn additional_and_unevaluated_properties_have_the_same_message() {
    let message = |keyword: &str| {
        let closed = probe(&object(keyword, json!(false)), &[]);
        diff(&probe(&json!({ "type": "object" }), &[]).0, &closed.0).changes[0]
            .message
            .clone()
    };
    assert_eq!(message("unevaluatedProperties"), message("additionalProperties"));
}
