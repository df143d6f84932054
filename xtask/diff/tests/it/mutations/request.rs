//! Request bodies, media types and properties.

use serde_json::{Value, json};

use super::support::{Breaking, Cosmetic, Edited, Info, OPERATION, REQUEST, Warning, check, check_edit};
use crate::support::diff;

const BODY: &str = "request.body";

fn body() -> String {
    format!("{OPERATION}/requestBody")
}

#[test]
fn bodies_are_added_and_removed() {
    let removed = ("request-body-removed", Breaking);
    check_edit(
        |facts| facts.remove(&body()),
        BODY,
        removed,
        ("request-body-added-required", Breaking),
    );
    for (content, brief) in [
        (
            json!({ "application/json": { "schema": { "type": "object" } } }),
            "object",
        ),
        (json!({ "text/plain": {} }), "text/plain"),
        (json!({}), "empty"),
    ] {
        let old = Edited::facts().set(&format!("{}/content", body()), content);
        let report = diff(&old.0, &Edited::facts().remove(&body()).0);
        assert_eq!(report.changes[0].old, brief);
    }
    let optional = || Edited::facts().set(&format!("{}/required", body()), json!(false));
    check(
        &Edited::facts(),
        &optional(),
        &[("request-body-became-optional", Info, BODY)],
        &[("request-body-became-required", Warning, BODY)],
    );
    check(
        &optional(),
        &Edited::facts().remove(&body()),
        &[("request-body-removed", Breaking, BODY)],
        &[("request-body-added-optional", Info, BODY)],
    );
}

#[test]
fn media_types_are_added_and_removed() {
    let content = format!("{}/content", body());
    let xml = format!("{content}/application~1xml");
    check_edit(
        |facts| facts.set(&xml, json!({})),
        BODY,
        ("request-body-media-type-added", Info),
        ("request-body-media-type-removed", Breaking),
    );
    let with_schema = Edited::facts().set(&xml, json!({ "schema": { "type": "string" } }));
    check(
        &Edited::facts().set(&xml, json!({})),
        &with_schema,
        &[(
            "request-body-media-type-schema-added",
            Breaking,
            "request.body(application/xml)",
        )],
        &[(
            "request-body-media-type-schema-removed",
            Info,
            "request.body(application/xml)",
        )],
    );
    let json_body = Edited::facts()
        .0
        .pointer(&format!("{content}/application~1json"))
        .unwrap()
        .clone();
    // If a body has several media types, locations include the media type, unless it is plain JSON.
    let extended = |kind: &str, length: i64| {
        let schema = json!({ "type": "string", "maxLength": length });
        Edited::facts().set(
            &format!("{content}/{}", kind.replace('/', "~1")),
            json!({ "schema": schema }),
        )
    };
    for (kind, location) in [
        ("application/xml", "request.body(application/xml)"),
        ("application/hal+json", "request.body(application/hal+json)"),
        ("text/json", "request.body(text/json)"),
    ] {
        check(
            &extended(kind, 5),
            &extended(kind, 6),
            &[("request-body-max-length-increased", Info, location)],
            &[("request-body-max-length-decreased", Breaking, location)],
        );
    }
    // Numbers and strings look different in JSON, but not in text formats.
    for (kind, is_text) in [
        ("*/*", false),
        ("application/msgpack", false),
        ("application/x-ndjson", false),
        ("text/json", false),
        ("text/plain", true),
        ("application/x-www-form-urlencoded", true),
        ("application/xml", true),
    ] {
        let of = |name: &str| {
            let schema = json!({ "type": "object", "properties": { "a": { "type": name } } });
            Edited::facts()
                .set(&content, json!({ kind: { "schema": schema } }))
                .0
        };
        let report = diff(&of("integer"), &of("string"));
        assert_eq!(
            report.counts.breaking == 0,
            is_text,
            "{kind}: {:?}",
            report.changes
        );
    }
    // If a body has only one media type, locations omit it.
    let only = |kind: &str, length: i64| {
        let schema = json!({ "type": "string", "maxLength": length });
        Edited::facts().set(&content, json!({ kind: { "schema": schema } }))
    };
    check(
        &only("text/plain", 5),
        &only("text/plain", 6),
        &[("request-body-max-length-increased", Info, BODY)],
        &[("request-body-max-length-decreased", Breaking, BODY)],
    );
    let plain =
        |name: &str| Edited::facts().set(&content, json!({ "text/plain": { "schema": { "type": name } } }));
    check(
        &plain("integer"),
        &plain("string"),
        // In plain text, a number looks the same as a string.
        &[("request-body-type-compatible", Info, BODY)],
        &[("request-body-type-changed", Breaking, BODY)],
    );
    let renamed = ("request-body-media-type-name-changed", Breaking);
    let problem = json!({ "application/problem+json": json_body });
    check_edit(|facts| facts.set(&content, problem), BODY, renamed, renamed);
}

#[test]
fn properties_are_added_and_removed() {
    let probe = format!("{REQUEST}/properties/probe");
    let location = "request.body.probe";
    // Unknown properties are not allowed, so requests with the removed property are rejected.
    let removed = ("request-property-removed", Breaking);
    let text = || json!({ "type": "string" });
    let with_default = || json!({ "type": "string", "default": "a" });
    let required = |facts: Edited, schema| {
        facts
            .set(&probe, schema)
            .set(&format!("{REQUEST}/required/-"), json!("probe"))
    };
    let new_optional = ("new-optional-request-property", Info);
    check_edit(|facts| facts.set(&probe, text()), location, new_optional, removed);
    let new_required = ("new-required-request-property", Breaking);
    check_edit(|facts| required(facts, text()), location, new_required, removed);
    let new_required = ("new-required-request-property-with-default", Breaking);
    check_edit(
        |facts| required(facts, with_default()),
        location,
        new_required,
        removed,
    );
    let read_only = json!({ "type": "string", "readOnly": true });
    // Removing a property that is never sent is harmless.
    let gone = ("request-property-removed", Info);
    check_edit(
        |facts| facts.set(&probe, read_only),
        location,
        ("new-read-only-request-property", Info),
        gone,
    );
    check(
        &Edited::facts().set(&probe, text()),
        &required(Edited::facts(), text()),
        &[("request-property-became-required", Breaking, location)],
        &[("request-property-became-optional", Info, location)],
    );
    check(
        &Edited::facts().set(&probe, with_default()),
        &required(Edited::facts(), with_default()),
        &[(
            "request-property-became-required-with-default",
            Breaking,
            location,
        )],
        &[("request-property-became-optional", Info, location)],
    );
}

#[test]
fn schemas_have_short_descriptions() {
    let reusable = |schema: Value| Edited::facts().set("/components/schemas/Probe", schema);
    let reference = json!({ "$ref": "#/components/schemas/Probe" });
    for (schema, brief) in [
        (json!(false), "nothing"),
        (json!({}), "any"),
        (json!({ "type": "string", "format": "uuid" }), "string/uuid"),
        (json!({ "type": ["string", "integer"] }), "integer|string"),
    ] {
        let old = |property: &Value| {
            reusable(schema.clone()).set(&format!("{REQUEST}/properties/probe"), property.clone())
        };
        let gone = |old: &Edited| diff(&old.0, &reusable(schema.clone()).0).changes[0].old.clone();
        assert_eq!(gone(&old(&schema)), brief);
        // Schemas are described by name, unless they accept either no values or all values.
        let named = if matches!(brief, "nothing" | "any") {
            brief
        } else {
            "Probe"
        };
        assert_eq!(gone(&old(&reference)), named);
    }
}

#[test]
fn unusual_property_names_are_quoted() {
    for (name, location) in [
        ("a-b_c$d@9", "request.body.a-b_c$d@9"),
        ("a b", "request.body[\"a b\"]"),
        ("a.b", "request.body[\"a.b\"]"),
        ("", "request.body[\"\"]"),
    ] {
        check_edit(
            |facts| {
                facts.set(
                    &format!("{REQUEST}/properties/{name}"),
                    json!({ "type": "string" }),
                )
            },
            location,
            ("new-optional-request-property", Info),
            ("request-property-removed", Breaking),
        );
    }
}

#[test]
fn read_only_and_write_only_properties() {
    let probe = format!("{REQUEST}/properties/probe");
    let location = "request.body.probe";
    let with = |schema: Value, is_required: bool| {
        let facts = Edited::facts().set(&probe, schema);
        if is_required {
            facts.set(&format!("{REQUEST}/required/-"), json!("probe"))
        } else {
            facts
        }
    };
    let plain = json!({ "type": "string" });
    for (flag, is_required, there, back) in [
        (
            "readOnly",
            false,
            ("request-optional-property-became-read-only", Warning),
            ("request-optional-property-became-not-read-only", Info),
        ),
        (
            "readOnly",
            true,
            ("request-required-property-became-read-only", Warning),
            ("request-required-property-became-not-read-only", Breaking),
        ),
        (
            "writeOnly",
            false,
            ("request-optional-property-became-write-only", Info),
            ("request-optional-property-became-not-write-only", Info),
        ),
        (
            "writeOnly",
            true,
            ("request-required-property-became-write-only", Info),
            ("request-required-property-became-not-write-only", Info),
        ),
    ] {
        let mut flagged = plain.clone();
        flagged[flag] = json!(true);
        check(
            &with(plain.clone(), is_required),
            &with(flagged, is_required),
            &[(there.0, there.1, location)],
            &[(back.0, back.1, location)],
        );
    }
}

#[test]
fn limits_of_unsent_properties_are_harmless() {
    let probe = |limit: i64| {
        let schema = json!({ "type": "integer", "readOnly": true, "maximum": limit });
        Edited::facts().set(&format!("{REQUEST}/properties/probe"), schema)
    };
    check(
        &probe(10),
        &probe(5),
        &[(
            "request-read-only-property-max-decreased",
            Info,
            "request.body.probe",
        )],
        &[("request-property-max-increased", Info, "request.body.probe")],
    );
}

#[test]
fn the_permissions_change() {
    let items = Edited::facts()
        .0
        .pointer(&format!("{REQUEST}/properties/permissions/items/$ref"))
        .cloned();
    let items = items
        .unwrap()
        .as_str()
        .unwrap()
        .trim_start_matches('#')
        .to_owned();
    let location = "request.body.permissions[]";
    check_edit(
        |facts| facts.set(&format!("{items}/enum/-"), json!("room.fly")),
        location,
        ("request-property-enum-value-added", Info),
        ("request-property-enum-value-removed", Breaking),
    );
    // A change to the default permissions affects security.
    let default = ("request-property-default-value-changed", Warning);
    let permissions = format!("{REQUEST}/properties/permissions");
    check_edit(
        |facts| facts.set(&format!("{permissions}/default/-"), json!("room.lock")),
        "request.body.permissions",
        default,
        default,
    );
    check_edit(
        |facts| facts.set(&format!("{permissions}/maxItems"), json!(10)),
        "request.body.permissions",
        ("request-property-max-items-set", Breaking),
        ("request-property-max-items-unset", Info),
    );
}

#[test]
fn the_body_as_a_whole_changes() {
    let open = || Edited::facts().remove(&format!("{REQUEST}/unevaluatedProperties"));
    check_edit(
        |facts| facts.set(&format!("{REQUEST}/minProperties"), json!(3)),
        BODY,
        ("request-body-min-properties-increased", Breaking),
        ("request-body-min-properties-decreased", Info),
    );
    check_edit(
        |facts| facts.set(&format!("{REQUEST}/maxProperties"), json!(30)),
        BODY,
        ("request-body-max-properties-set", Breaking),
        ("request-body-max-properties-unset", Info),
    );
    let unsealed = |keyword: &str| open().set(&format!("{REQUEST}/{keyword}"), json!({}));
    let sealed = |keyword: &str| open().set(&format!("{REQUEST}/{keyword}"), json!({ "not": {} }));
    for (keyword, forbidden, allowed) in [
        (
            "additionalProperties",
            "request-body-additional-properties-forbidden",
            "request-body-additional-properties-allowed",
        ),
        (
            "unevaluatedProperties",
            "request-body-unevaluated-properties-added",
            "request-body-unevaluated-properties-removed",
        ),
    ] {
        let there = [(forbidden, Breaking, BODY)];
        let back = [(allowed, Info, BODY)];
        check(&unsealed(keyword), &sealed(keyword), &there, &back);
    }
}

#[test]
fn bodies_become_a_one_of() {
    let alternatives = json!([
        { "type": "object", "properties": { "room_name": { "type": "string" } }, "required": ["room_name"] },
        { "type": "object", "properties": { "meta": { "type": "object" } } },
    ]);
    let new = Edited::facts().set(REQUEST, json!({ "oneOf": alternatives }));
    let report = diff(&Edited::facts().0, &new.0);
    let worst = &report.changes[0];
    assert_eq!(
        (worst.id.as_str(), worst.severity),
        ("request-body-wrapped-in-one-of", Breaking)
    );
    // A property that moved into an alternative was not removed.
    assert!(
        report
            .changes
            .iter()
            .all(|change| change.location != "request.body.room_name")
    );
    assert!(
        report
            .changes
            .iter()
            .any(|change| change.location == "request.body.user_name")
    );
}

#[test]
fn documentation_and_order_are_cosmetic() {
    let words = ("prose-changed", Cosmetic);
    let description = format!("{REQUEST}/properties/meta/description");
    check_edit(
        |facts| facts.set(&description, json!("Data.")),
        "request.body.meta.description",
        words,
        words,
    );
    let reordered = ("request-body-properties-reordered", Cosmetic);
    let properties = format!("{REQUEST}/properties");
    check_edit(
        |facts| {
            let first = facts
                .0
                .pointer(&format!("{properties}/room_name"))
                .unwrap()
                .clone();
            facts
                .remove(&format!("{properties}/room_name"))
                .set(&format!("{properties}/room_name"), first)
        },
        BODY,
        reordered,
        reordered,
    );
}
