//! Enums, constants, defaults and lifecycle.

use serde_json::{Value, json};

use super::support::{
    Breaking, Cosmetic, Edited, Info, OPERATION, REQUEST, Warning, both_ways, both_ways_at, check, ids, text,
};

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
    let reordered = ("enum-reordered", Cosmetic, Cosmetic);
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
fn property_lifecycle() {
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
    // A schema without a stability level is stable.
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
fn unrecognized_keywords() {
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

#[test]
fn order_and_names_in_extensions_are_cosmetic() {
    let extension = ("extension-changed", Info, Info);
    let cosmetic = ("extension-changed", Cosmetic, Cosmetic);
    let schemas =
        |first: &str, second: &str| json!({ "oneOf": [{ "$ref": first }, { "$ref": second, "if": [1, 2] }] });
    for (old, new) in [
        (json!(["a", "b"]), json!(["b", "a"])),
        (schemas("#/a", "#/b"), schemas("#/c", "#/d")),
        (
            schemas("#/a", "#/b"),
            json!({ "oneOf": [{ "$ref": "#/b", "if": [2, 1] }, { "$ref": "#/a" }] }),
        ),
    ] {
        both_ways_at(
            ".x-words",
            text("x-words", old),
            text("x-words", new),
            cosmetic,
            cosmetic,
        );
    }
    for (old, new) in [
        (json!(["a", "b"]), json!(["b", "c"])),
        (json!(["a"]), json!(["a", "a"])),
        (json!({ "$ref": "#/a" }), json!({ "$ref": 1 })),
        (json!({ "a": [1] }), json!({ "b": [1] })),
    ] {
        both_ways_at(
            ".x-words",
            text("x-words", old),
            text("x-words", new),
            extension,
            extension,
        );
    }
    let same = [
        json!({ "a": 1, "b": [2.0, 0.5] }),
        json!({ "b": [2, 0.5], "a": 1.0 }),
    ];
    let [old, new] = same.map(|value| text("x-words", value));
    assert_eq!(ids(&old, &new), [[""; 0]; 2]);
    for place in ["/info/x-words", &format!("{OPERATION}/x-words")] {
        let [old, new] = [json!([1, 2]), json!([2.0, 1])].map(|value| Edited::facts().set(place, value));
        let location = if place.starts_with("/info") {
            "info.x-words"
        } else {
            "operation.x-words"
        };
        let change = ("api-extension-changed", Cosmetic, location);
        check(&old, &new, &[change], &[change]);
    }
}
