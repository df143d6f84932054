//! Responses: statuses, headers, media types and properties.

use serde_json::{Value, json};

use super::support::{Breaking, Cosmetic, Edited, Info, OPERATION, RESPONSE, Warning, check, check_edit};

const BODY: &str = "response.200.body";

fn responses() -> String {
    format!("{OPERATION}/responses")
}

#[test]
fn statuses_are_added_and_removed() {
    let body = json!({ "text/plain": { "schema": { "type": "string" } } });
    let response = || json!({ "description": "", "content": body });
    for (status, there, back) in [
        (
            "201",
            ("response-success-status-added", Warning),
            ("response-success-status-removed", Breaking),
        ),
        (
            "429",
            ("response-non-success-status-added", Info),
            ("response-non-success-status-removed", Info),
        ),
        (
            "4XX",
            ("response-status-range-added", Info),
            ("response-status-range-removed", Info),
        ),
        (
            "2XX",
            ("response-status-range-added", Warning),
            ("response-status-range-removed", Info),
        ),
        (
            "default",
            ("response-status-range-added", Info),
            ("response-status-range-removed", Info),
        ),
    ] {
        let location = format!("response.{status}");
        check_edit(
            |facts| facts.set(&format!("{}/{status}", responses()), response()),
            &location,
            there,
            back,
        );
    }
}

#[test]
fn headers_change() {
    let with = |header: Value| {
        Edited::facts().set(
            &format!("{}/200/headers", responses()),
            json!({ "X-Limit": header }),
        )
    };
    let header =
        |required: bool, name: &str| with(json!({ "required": required, "schema": { "type": name } }));
    let location = "response.200.headers.x-limit";
    let added = ("response-header-added", Info);
    check_edit(
        |_| header(false, "integer"),
        location,
        added,
        ("optional-response-header-removed", Warning),
    );
    check_edit(
        |_| header(true, "integer"),
        location,
        added,
        ("required-response-header-removed", Breaking),
    );
    check(
        &header(true, "integer"),
        &header(false, "integer"),
        &[("response-header-became-optional", Breaking, location)],
        &[("response-header-became-required", Info, location)],
    );
    check(
        &header(true, "string"),
        &header(true, "integer"),
        &[("response-header-type-compatible", Info, location)],
        &[("response-header-type-changed", Breaking, location)],
    );
    check(
        &header(true, "integer"),
        &header(true, "number"),
        &[("response-header-type-generalized", Breaking, location)],
        &[("response-header-type-specialized", Info, location)],
    );
    let nullable = with(json!({ "required": true, "schema": { "type": ["integer", "null"] } }));
    check(
        &header(true, "integer"),
        &nullable,
        &[("response-header-became-nullable", Breaking, location)],
        &[("response-header-became-not-nullable", Info, location)],
    );
}

#[test]
fn media_types_are_added_and_removed() {
    let content = format!("{}/200/content", responses());
    let body = Edited::facts()
        .0
        .pointer(&format!("{content}/application~1json"))
        .unwrap()
        .clone();
    check_edit(
        |facts| facts.set(&format!("{content}/application~1xml"), body.clone()),
        BODY,
        ("response-media-type-added", Info),
        ("response-media-type-removed", Breaking),
    );
    let only = |name: &str| Edited::facts().set(&content, json!({ name: body }));
    let removed = ("response-media-type-removed", Breaking, BODY);
    let added = ("response-media-type-added", Info, BODY);
    check(
        &Edited::facts(),
        &only("text/html"),
        &[removed, added],
        &[removed, added],
    );
    check(
        &Edited::facts(),
        &only("application/token+json"),
        &[("response-media-type-name-specialized", Warning, BODY)],
        &[("response-media-type-name-generalized", Breaking, BODY)],
    );
    // Media types are different even if they have the same structured syntax suffix.
    check(
        &only("text/json"),
        &only("application/json"),
        &[removed, added],
        &[removed, added],
    );
    check(
        &only("application/a+json"),
        &only("application/b+json"),
        &[removed, added],
        &[removed, added],
    );
    let changed = ("response-media-type-name-changed", Warning, BODY);
    check(
        &Edited::facts(),
        &only("application/json; charset=utf-8"),
        &[changed],
        &[changed],
    );
    check_edit(
        |facts| facts.remove(&format!("{content}/application~1json/schema")),
        BODY,
        ("response-body-media-type-schema-removed", Breaking),
        ("response-body-media-type-schema-added", Info),
    );
}

#[test]
fn properties_are_added_and_removed() {
    let probe = format!("{RESPONSE}/properties/probe");
    let location = "response.200.body.probe";
    let with = |schema: Value, is_required: bool| {
        let facts = Edited::facts().set(&probe, schema);
        if is_required {
            facts.set(&format!("{RESPONSE}/required/-"), json!("probe"))
        } else {
            facts
        }
    };
    let sent = || json!({ "type": "string" });
    let unsent = || json!({ "type": "string", "writeOnly": true });
    for (schema, is_required, there, back) in [
        (
            sent(),
            true,
            ("response-required-property-added", Info),
            ("response-required-property-removed", Breaking),
        ),
        (
            sent(),
            false,
            ("response-optional-property-added", Info),
            ("response-optional-property-removed", Warning),
        ),
        (
            unsent(),
            true,
            ("response-required-write-only-property-added", Info),
            ("response-required-write-only-property-removed", Info),
        ),
        (
            unsent(),
            false,
            ("response-optional-write-only-property-added", Info),
            ("response-optional-write-only-property-removed", Info),
        ),
    ] {
        check_edit(|_| with(schema, is_required), location, there, back);
    }
    check(
        &with(sent(), true),
        &with(sent(), false),
        &[("response-property-became-optional", Breaking, location)],
        &[("response-property-became-required", Info, location)],
    );
    check(
        &with(unsent(), true),
        &with(unsent(), false),
        &[("response-write-only-property-became-optional", Info, location)],
        &[("response-write-only-property-became-required", Info, location)],
    );
    for (is_required, word, severity) in [(true, "required", Breaking), (false, "optional", Warning)] {
        let (there, back) = (
            format!("response-{word}-property-became-write-only"),
            format!("response-{word}-property-became-not-write-only"),
        );
        check(
            &with(sent(), is_required),
            &with(unsent(), is_required),
            &[(&there, severity, location)],
            &[(&back, Info, location)],
        );
    }
}

#[test]
fn error_responses_are_compared() {
    let error = Edited::facts()
        .0
        .pointer(&format!(
            "{}/401/content/application~1json/schema/$ref",
            responses()
        ))
        .cloned();
    let error = error
        .unwrap()
        .as_str()
        .unwrap()
        .trim_start_matches('#')
        .to_owned();
    let location = "response.401.body.error";
    check_edit(
        |facts| facts.set(&format!("{error}/properties/error/enum/-"), json!("Locked")),
        location,
        ("response-property-enum-value-added", Breaking),
        ("response-property-enum-value-removed", Info),
    );
    let words = ("prose-changed", Cosmetic);
    check_edit(
        |facts| facts.set(&format!("{}/401/description", responses()), json!("Refused.")),
        "response.401.description",
        words,
        words,
    );
}

#[test]
fn the_body_as_a_whole_changes() {
    check_edit(
        |facts| facts.set(&format!("{RESPONSE}/minProperties"), json!(1)),
        BODY,
        ("response-body-min-properties-increased", Info),
        ("response-body-min-properties-decreased", Warning),
    );
    // For bodies, removed enum values have a separate id.
    let of = |values: Value| Edited::facts().set(RESPONSE, json!({ "type": "string", "enum": values }));
    check(
        &of(json!(["a", "b"])),
        &of(json!(["a"])),
        &[("response-mediatype-enum-value-removed", Info, BODY)],
        &[("response-body-enum-value-added", Breaking, BODY)],
    );
}
