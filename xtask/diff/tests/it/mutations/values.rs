//! What a schema can say of a value, as a property of the request and of a response: a change and its reverse,
//! each with what it means in either direction.

use serde_json::{Value, json};
use xtask_diff::Severity;

use super::{Breaking, Edited, Info, REQUEST, RESPONSE, Warning, check};
use crate::support::diff;

/// The end of an id, its severity in a request, and in a response.
pub(super) type Meaning = (&'static str, Severity, Severity);

/// From `old` to `new` there is one change, and one back, in a request and in a response.
#[track_caller]
pub(super) fn both_ways(old: Value, new: Value, there: Meaning, back: Meaning) {
    both_ways_at("", old, new, there, back);
}

/// The same where the change lies at a step within the property.
#[track_caller]
pub(super) fn both_ways_at(step: &str, old: Value, new: Value, there: Meaning, back: Meaning) {
    let probe = |schema: &str, value: &Value| {
        Edited::facts().set(&format!("{schema}/properties/probe"), value.clone())
    };
    let location = format!("request.body.probe{step}");
    let expected = |(id, severity, _): Meaning| (format!("request-property-{id}"), severity);
    check_pair(
        &probe(REQUEST, &old),
        &probe(REQUEST, &new),
        expected(there),
        expected(back),
        &location,
    );
    let location = format!("response.200.body.probe{step}");
    let expected = |(id, _, severity): Meaning| (format!("response-property-{id}"), severity);
    check_pair(
        &probe(RESPONSE, &old),
        &probe(RESPONSE, &new),
        expected(there),
        expected(back),
        &location,
    );
}

#[track_caller]
fn check_pair(
    old: &Edited,
    new: &Edited,
    there: (String, Severity),
    back: (String, Severity),
    location: &str,
) {
    check(
        old,
        new,
        &[(&there.0, there.1, location)],
        &[(&back.0, back.1, location)],
    );
}

/// A string with one more keyword.
pub(super) fn text(keyword: &str, value: Value) -> Value {
    json!({ "type": "string", keyword: value })
}

pub(super) fn object(keyword: &str, value: Value) -> Value {
    json!({ "type": "object", keyword: value })
}

#[test]
fn types() {
    let changed = ("type-changed", Breaking, Breaking);
    both_ways(
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        changed,
        changed,
    );
    let wider = ("type-generalized", Info, Breaking);
    for (narrow, wide) in [
        (json!({ "type": "integer" }), json!({ "type": "number" })),
        (
            json!({ "type": "string" }),
            json!({ "type": ["string", "integer"] }),
        ),
        (json!({ "type": "string" }), json!({})),
    ] {
        let probe = |schema: &str, value: &Value| {
            Edited::facts().set(&format!("{schema}/properties/probe"), value.clone())
        };
        check_pair(
            &probe(REQUEST, &narrow),
            &probe(REQUEST, &wide),
            ("request-property-type-generalized".into(), wider.1),
            ("request-property-type-changed".into(), Breaking),
            "request.body.probe",
        );
        check_pair(
            &probe(RESPONSE, &narrow),
            &probe(RESPONSE, &wide),
            ("response-property-type-generalized".into(), wider.2),
            ("response-property-type-specialized".into(), Info),
            "response.200.body.probe",
        );
    }
    both_ways(
        json!({ "type": "string" }),
        json!({ "type": ["string", "null"] }),
        ("became-nullable", Info, Breaking),
        ("became-not-nullable", Breaking, Info),
    );
    both_ways(
        json!({ "type": "string" }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        ("list-of-types-widened", Info, Breaking),
        ("list-of-types-narrowed", Breaking, Info),
    );
    both_ways(
        json!({ "type": "string" }),
        json!(false),
        ("became-impossible", Breaking, Info),
        ("became-possible", Info, Breaking),
    );
}

#[test]
fn formats() {
    let changed = ("type-changed", Breaking, Warning);
    both_ways(
        text("format", json!("uuid")),
        text("format", json!("hostname")),
        changed,
        changed,
    );
    // A format says nothing about an object.
    let probe = |value: Value| Edited::facts().set(&format!("{REQUEST}/properties/probe"), value);
    check(
        &probe(object("title", json!(""))),
        &probe(object("format", json!("uuid"))),
        &[("request-property-type-changed", Warning, "request.body.probe")],
        &[("request-property-type-generalized", Info, "request.body.probe")],
    );
    let number = |format: &str| probe(json!({ "type": "integer", "format": format }));
    check(
        &number("int32"),
        &number("int64"),
        &[("request-property-type-generalized", Info, "request.body.probe")],
        &[("request-property-type-changed", Breaking, "request.body.probe")],
    );
}

/// What is told of two schemas of a property of the request, and of one of a response.
pub(super) fn ids(old: &Value, new: &Value) -> [Vec<String>; 2] {
    [REQUEST, RESPONSE].map(|schema| {
        let [old, new] = [old, new].map(|value| {
            Edited::facts()
                .set(&format!("{schema}/properties/probe"), value.clone())
                .0
        });
        diff(&old, &new)
            .changes
            .into_iter()
            .map(|change| change.id)
            .collect()
    })
}

#[test]
fn a_format_that_holds_more_is_wider() {
    let of = |kind: &str, format: &str| json!({ "type": kind, "format": format });
    for (kind, narrow, wide) in [
        ("integer", "int8", "int16"),
        ("integer", "int32", "bigint"),
        ("number", "float", "double"),
        ("string", "date", "date-time"),
        ("string", "time", "date-time"),
    ] {
        assert_eq!(
            ids(&of(kind, narrow), &of(kind, wide)),
            [
                ["request-property-type-generalized"],
                ["response-property-type-changed"]
            ],
            "{narrow} to {wide}"
        );
        assert_eq!(
            ids(&of(kind, wide), &of(kind, narrow)),
            [
                ["request-property-type-changed"],
                ["response-property-type-specialized"]
            ],
            "{wide} to {narrow}"
        );
    }
    for (kind, one, other) in [
        ("string", "date", "time"),
        ("string", "uuid", "date-time"),
        ("string", "date", "uuid"),
        ("number", "int32", "double"),
    ] {
        for (old, new) in [(one, other), (other, one)] {
            assert_eq!(
                ids(&of(kind, old), &of(kind, new)),
                [
                    ["request-property-type-changed"],
                    ["response-property-type-changed"]
                ],
                "{old} to {new}"
            );
        }
    }
    assert_eq!(
        ids(&of("integer", "int32"), &of("number", "int32")),
        [
            ["request-property-type-generalized"],
            ["response-property-type-generalized"]
        ],
    );
}

#[test]
fn lists_of_types_are_wider_or_narrower() {
    let of = |types: &[&str]| {
        let members: Vec<Value> = types.iter().map(|name| json!({ "type": name })).collect();
        json!({ "anyOf": members })
    };
    let (widened, narrowed) = ("list-of-types-widened", "list-of-types-narrowed");
    let both = |[request, response]: [&str; 2]| {
        [
            vec![format!("request-property-{request}")],
            vec![format!("response-property-{response}")],
        ]
    };
    let two = of(&["string", "integer"]);
    let three = of(&["string", "integer", "boolean"]);
    assert_eq!(ids(&two, &three), both([widened, widened]));
    assert_eq!(ids(&three, &two), both([narrowed, narrowed]));
    // One went and one came: in each direction that counts which can hurt.
    let others = of(&["string", "boolean"]);
    assert_eq!(ids(&two, &others), both([narrowed, widened]));
}

#[test]
fn what_admits_everything_admits_null() {
    let null = |schema: Value| {
        let mut nullable = schema;
        nullable["nullable"] = json!(true);
        nullable
    };
    let became = [
        ["request-property-became-nullable"],
        ["response-property-became-nullable"],
    ];
    let of_values = json!({ "enum": ["a"] });
    assert_eq!(ids(&of_values, &json!({ "enum": ["a", null] })), became);
    let parts = json!({ "anyOf": [{ "minProperties": 3 }, { "minLength": 3 }] });
    assert_eq!(ids(&parts, &null(parts.clone())), became);
    assert_eq!(ids(&json!({}), &null(json!({}))), [[""; 0], [""; 0]]);
}

#[test]
fn enums_and_constants() {
    let of = |values: Value| text("enum", values);
    both_ways(
        of(json!(["a", "b"])),
        of(json!(["a", "b", "c"])),
        ("enum-value-added", Info, Breaking),
        ("enum-value-removed", Breaking, Info),
    );
    both_ways(
        of(json!(["a"])),
        json!({ "type": "string" }),
        ("enum-value-removed", Info, Breaking),
        ("became-enum", Breaking, Info),
    );
    let reordered = ("enum-reordered", Severity::Cosmetic, Severity::Cosmetic);
    both_ways(of(json!(["a", "b"])), of(json!(["b", "a"])), reordered, reordered);
    both_ways(
        json!({ "type": "string" }),
        text("const", json!("a")),
        ("const-added", Breaking, Info),
        ("const-removed", Info, Breaking),
    );
    let changed = ("const-changed", Breaking, Breaking);
    both_ways(
        text("const", json!("a")),
        text("const", json!("b")),
        changed,
        changed,
    );
    both_ways(
        text("const", json!("a")),
        of(json!(["a", "b"])),
        ("enum-value-added", Info, Breaking),
        ("enum-value-removed", Breaking, Info),
    );
    both_ways(
        text("x-extensible-enum", json!(["a"])),
        text("x-extensible-enum", json!(["a", "b"])),
        ("x-extensible-enum-value-added", Info, Info),
        ("x-extensible-enum-value-removed", Breaking, Info),
    );
}

#[test]
fn defaults() {
    both_ways(
        json!({ "type": "string" }),
        text("default", json!("a")),
        ("default-value-added", Warning, Info),
        ("default-value-removed", Warning, Info),
    );
    let changed = ("default-value-changed", Warning, Info);
    both_ways(
        text("default", json!("a")),
        text("default", json!("b")),
        changed,
        changed,
    );
}

#[test]
fn the_life_cycle_of_a_property() {
    let ends = |sunset: &str| json!({ "type": "string", "deprecated": true, "x-sunset": sunset });
    let plain = || json!({ "type": "string" });
    let reactivated = ("reactivated", Info, Info);
    both_ways(
        plain(),
        text("deprecated", json!(true)),
        ("deprecated", Info, Info),
        reactivated,
    );
    both_ways(
        plain(),
        ends("2027-01-01"),
        ("deprecated-with-sunset", Info, Info),
        reactivated,
    );
    both_ways(
        plain(),
        ends("2026-05-31"),
        ("sunset-date-too-small", Info, Info),
        reactivated,
    );
    both_ways(
        plain(),
        ends("2026-06-01"),
        ("deprecated-with-sunset", Info, Info),
        reactivated,
    );
    both_ways(
        plain(),
        ends("some day"),
        ("deprecated-sunset-invalid", Info, Info),
        reactivated,
    );
    let changed = ("sunset-date-changed", Info, Info);
    both_ways(ends("2027-01-01"), ends("2027-02-01"), changed, changed);
    both_ways(
        ends("2027-01-01"),
        text("deprecated", json!(true)),
        ("sunset-deleted", Info, Info),
        ("deprecated-with-sunset", Info, Info),
    );
    let level = |level: &str| text("x-stability-level", json!(level));
    both_ways(
        level("stable"),
        level("beta"),
        ("stability-decreased", Info, Info),
        ("stability-increased", Info, Info),
    );
    // What promises nothing is as good as stable.
    let extension = ("extension-changed", Info, Info);
    both_ways(plain(), level("stable"), extension, extension);
    let probe = |schema: Value| Edited::facts().set(&format!("{REQUEST}/properties/probe"), schema);
    let invalid = ("api-invalid-stability-level", Info, "request.body.probe");
    check(
        &probe(plain()),
        &probe(level("rock-solid")),
        &[invalid],
        &[invalid],
    );
}

#[test]
fn keywords_that_no_rule_knows() {
    let added = ("keyword-added", Warning, Warning);
    let removed = ("keyword-removed", Warning, Warning);
    both_ways_at(
        ".minWords",
        json!({ "type": "string" }),
        text("minWords", json!(3)),
        added,
        removed,
    );
    let changed = ("keyword-changed", Warning, Warning);
    both_ways_at(
        ".minWords",
        text("minWords", json!(2)),
        text("minWords", json!(3)),
        changed,
        changed,
    );
    let extension = ("extension-changed", Info, Info);
    both_ways_at(
        ".x-words",
        text("x-words", json!(2)),
        text("x-words", json!(3)),
        extension,
        extension,
    );
}
