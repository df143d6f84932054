//! Changes to operations: path, method, names and lifecycle.

use serde_json::json;
use xtask_diff::Verdict;

use super::support::{Breaking, Cosmetic, Edited, Info, OPERATION, Warning, check, check_edit};
use crate::support::{diff, facts};

const PATH: &str = "/paths/~1api~1video~1room_tokens";

#[test]
fn operations_are_added_and_removed() {
    let other = json!({ "responses": {}, "operationId": "other" });
    let without = Edited::facts()
        .remove(PATH)
        .set("/paths/~1other", json!({ "post": other }));
    let with = Edited::facts().set("/paths/~1other", json!({ "post": other }));
    check(
        &with,
        &without,
        &[("api-path-removed-without-deprecation", Breaking, "operation")],
        &[("endpoint-added", Info, "operation")],
    );
    let only_get = Edited::facts()
        .remove(OPERATION)
        .set(&format!("{PATH}/get"), other.clone());
    let both = Edited::facts().set(&format!("{PATH}/get"), other);
    check(
        &both,
        &only_get,
        &[("api-removed-without-deprecation", Breaking, "operation")],
        &[("endpoint-added", Info, "operation")],
    );
}

#[test]
fn removed_operations_may_be_deprecated() {
    let other = json!({ "post": { "responses": {} } });
    let without = Edited::facts()
        .remove(PATH)
        .set("/paths/~1other", other.clone())
        .0;
    let removed = |sunset: Option<&str>| {
        let mut old = Edited::facts()
            .set("/paths/~1other", other.clone())
            .set(&format!("{OPERATION}/deprecated"), json!(true));
        if let Some(sunset) = sunset {
            old = old.set(&format!("{OPERATION}/x-sunset"), json!(sunset));
        }
        let report = diff(&old.0, &without);
        assert_eq!((report.verdict, report.changes.len()), (Verdict::Breaking, 1));
        report.changes[0].id.clone()
    };
    assert_eq!(removed(None), "api-path-removed-with-deprecation");
    assert_eq!(removed(Some("2026-06-02")), "api-path-removed-before-sunset");
    assert_eq!(removed(Some("2026-06-01")), "api-path-removed-after-sunset");
    assert_eq!(removed(Some("2026-05-31")), "api-path-removed-after-sunset");
    assert_eq!(removed(Some("some day")), "api-path-sunset-parse");
}

#[test]
fn operations_move() {
    let moved = |path: &str, method: &str| {
        let old = Edited::facts();
        let item = json!({ method: old.0.pointer(OPERATION).unwrap() });
        old.remove(PATH)
            .set(&format!("/paths/{}", path.replace('/', "~1")), item)
    };
    let path = ("api-path-changed", Breaking, "operation");
    check(
        &Edited::facts(),
        &moved("/api/v2/room_tokens", "post"),
        &[path],
        &[path],
    );
    let method = ("api-method-changed", Breaking, "operation");
    check(
        &Edited::facts(),
        &moved("/api/v2/room_tokens", "put"),
        &[method, path],
        &[method, path],
    );
}

#[test]
fn names_change() {
    let id = "operation.operationId";
    check_edit(
        |facts| facts.remove(&format!("{OPERATION}/operationId")),
        id,
        ("api-operation-id-removed", Warning),
        ("api-operation-id-added", Info),
    );
    let renamed = ("api-operation-id-removed", Warning);
    check_edit(
        |facts| facts.set(&format!("{OPERATION}/operationId"), json!("mint")),
        id,
        renamed,
        renamed,
    );
    check_edit(
        |facts| facts.set(&format!("{OPERATION}/tags/-"), json!("Video")),
        "operation.tags",
        ("api-tag-added", Info),
        ("api-tag-removed", Info),
    );
    let renamed = Edited::facts().set(&format!("{OPERATION}/operationId"), json!("mint"));
    assert_eq!(diff(&facts(), &renamed.0).verdict, Verdict::Cosmetic);
}

#[test]
fn lifecycle_changes() {
    let deprecated = format!("{OPERATION}/deprecated");
    let sunset = format!("{OPERATION}/x-sunset");
    let ends = |date: &str| {
        Edited::facts()
            .set(&deprecated, json!(true))
            .set(&sunset, json!(date))
    };
    let reactivated = ("endpoint-reactivated", Info);
    check_edit(
        |facts| facts.set(&deprecated, json!(true)),
        "operation",
        ("endpoint-deprecated", Info),
        reactivated,
    );
    // The tests use June 1, 2026 as the current date. An operation can still be used on its sunset date.
    for (date, id, severity) in [
        ("2027-01-01", "endpoint-deprecated-with-sunset", Warning),
        ("2026-06-01", "endpoint-deprecated-with-sunset", Warning),
        ("2026-05-31", "api-sunset-date-too-small", Info),
        ("some day", "api-deprecated-sunset-parse", Info),
    ] {
        check_edit(|_| ends(date), "operation", (id, severity), reactivated);
    }
    check(
        &ends("2027-01-01"),
        &ends("2026-12-01T00:00:00Z"),
        &[("api-sunset-date-changed-too-small", Info, "operation")],
        &[("api-sunset-date-changed", Info, "operation")],
    );
    check(
        &ends("2027-01-01"),
        &Edited::facts().set(&deprecated, json!(true)),
        &[("sunset-deleted", Info, "operation")],
        &[("endpoint-deprecated-with-sunset", Warning, "operation")],
    );
    check(
        &Edited::facts(),
        &Edited::facts().set(&sunset, json!("2027-01-01")),
        &[("api-extension-changed", Info, "operation.x-sunset")],
        &[("sunset-deleted", Info, "operation")],
    );
    let unreadable = ("api-path-sunset-parse", Breaking, "operation");
    check(
        &ends("2027-01-01"),
        &ends("some day"),
        &[unreadable],
        &[unreadable],
    );
    let report = diff(&ends("2027-01-01").0, &ends("some day").0);
    assert_eq!(
        report.changes[0].message,
        "`operation`: sunset date changed from or to an invalid date (`\"2027-01-01\"` → `\"some day\"`)"
    );
    // The same date in a different notation is not an earlier date.
    let later = ("api-sunset-date-changed", Info, "operation");
    check(
        &ends("2027-01-01"),
        &ends("2027-01-01T00:00:00Z"),
        &[later],
        &[later],
    );
    let level = |level: &str| Edited::facts().set(&format!("{OPERATION}/x-stability-level"), json!(level));
    check(
        &level("beta"),
        &level("alpha"),
        &[("api-stability-decreased", Info, "operation")],
        &[("api-stability-increased", Info, "operation")],
    );
    let invalid = ("api-invalid-stability-level", Info, "operation");
    check(&level("beta"), &level("rock-solid"), &[invalid], &[invalid]);
}

#[test]
fn servers_change() {
    let location = "operation.servers";
    check_edit(
        |facts| facts.set("/servers/-", json!({ "url": "https://example.com" })),
        location,
        ("api-server-added", Info),
        ("api-server-removed", Breaking),
    );
    // Servers are equivalent if they differ only in the names of their variables.
    let twins = |names: [&str; 2]| {
        let servers = names.map(|name| {
            json!({ "url": format!("https://{{{name}}}.example.com"), "variables": { name: { "default": "a" } } })
        });
        Edited::facts().set("/servers", json!(servers))
    };
    let one = Edited::facts().set(
        "/servers",
        json!([{ "url": "https://{a}.example.com", "variables": { "a": { "default": "a" } } }]),
    );
    check(&twins(["a", "b"]), &one, &[], &[]);
    let variable = "operation.servers.variables.space_name";
    let changed = ("api-server-variable-changed", Warning);
    let values = json!({ "default": "a", "enum": ["a", "b"] });
    check_edit(
        |facts| facts.set("/servers/0/variables/space_name", values),
        variable,
        changed,
        changed,
    );
    let of = |values: &[&str]| {
        Edited::facts().set(
            "/servers/0/variables/space_name",
            json!({ "default": "a", "enum": values }),
        )
    };
    let lost = ("api-server-variable-changed", Breaking, variable);
    let gained = ("api-server-variable-changed", Warning, variable);
    check(&of(&["a", "b"]), &of(&["a"]), &[lost], &[gained]);
    check(&of(&["a", "b"]), &of(&["c", "a"]), &[lost], &[lost]);
    // A placeholder is not a usable host.
    let cosmetic = ("api-server-variable-changed", Cosmetic);
    let default = "/servers/0/variables/space_name/default";
    check_edit(
        |facts| facts.set(default, json!("{Space}")),
        variable,
        cosmetic,
        cosmetic,
    );
    for value in ["{Space", "Space}", "Space"] {
        check_edit(
            |facts| facts.set(default, json!(value)),
            variable,
            changed,
            changed,
        );
    }
    let renamed = Edited::facts()
        .set("/servers/0/url", json!("https://{space}.signalwire.com"))
        .remove("/servers/0/variables/space_name")
        .set(
            "/servers/0/variables/space",
            json!({ "default": "{Your_Space_Name}" }),
        );
    let cosmetic = (
        "api-server-variable-renamed",
        Cosmetic,
        "operation.servers.variables",
    );
    check(&Edited::facts(), &renamed, &[cosmetic], &[cosmetic]);
}

#[test]
fn unrecognized_fields_are_reported() {
    let unknown = ("api-field-changed", Warning);
    let field = format!("{OPERATION}/retries");
    check_edit(
        |facts| facts.set(&field, json!(5)),
        "operation.retries",
        unknown,
        unknown,
    );
    let extension = ("api-extension-changed", Info);
    let field = format!("{OPERATION}/x-limit");
    check_edit(
        |facts| facts.set(&field, json!(5)),
        "operation.x-limit",
        extension,
        extension,
    );
    let field = format!("{OPERATION}/requestBody/x-limit");
    check_edit(
        |facts| facts.set(&field, json!(5)),
        "request.body.x-limit",
        extension,
        extension,
    );
    let prose = ("prose-changed", Cosmetic);
    let field = format!("{OPERATION}/summary");
    check_edit(
        |facts| facts.set(&field, json!("Mints")),
        "operation.summary",
        prose,
        prose,
    );
}

#[test]
fn parameters_change() {
    let parameters = format!("{OPERATION}/parameters");
    let with = |parameter: serde_json::Value| Edited::facts().set(&parameters, json!([parameter]));
    let limit = |required: bool, schema: serde_json::Value| {
        with(json!({ "name": "limit", "in": "query", "required": required, "schema": schema }))
    };
    let location = "request.query.limit";
    let number = json!({ "type": "integer" });
    let optional = || limit(false, number.clone());
    let required = || limit(true, number.clone());
    let removed = ("request-parameter-removed", Warning);
    check_edit(
        |_| optional(),
        location,
        ("new-optional-request-parameter", Info),
        removed,
    );
    check_edit(
        |_| required(),
        location,
        ("new-required-request-parameter", Breaking),
        removed,
    );
    check(
        &optional(),
        &required(),
        &[("request-parameter-became-required", Breaking, location)],
        &[("request-parameter-became-optional", Info, location)],
    );
    check(
        &optional(),
        &limit(false, json!({ "type": "string" })),
        // Query parameters are sent as text, so a number looks the same as a string.
        &[("request-parameter-type-compatible", Info, location)],
        &[("request-parameter-type-changed", Breaking, location)],
    );
    check(
        &optional(),
        &limit(false, json!({ "type": "integer", "maximum": 10 })),
        &[("request-parameter-max-set", Warning, location)],
        &[("request-parameter-max-unset", Info, location)],
    );
    // Header names are case-insensitive.
    let header = |name: &str| with(json!({ "name": name, "in": "header", "schema": { "type": "integer" } }));
    check(&header("X-Limit"), &header("x-limit"), &[], &[]);
    let changes = [
        ("new-optional-request-parameter", Info, "request.header.X-Size"),
        ("request-parameter-removed", Warning, "request.header.X-Limit"),
    ];
    let back = [
        ("new-optional-request-parameter", Info, "request.header.X-Limit"),
        ("request-parameter-removed", Warning, "request.header.X-Size"),
    ];
    check(&header("X-Limit"), &header("X-Size"), &changes, &back);
    let list = |explode: bool| {
        let schema = json!({ "type": "array", "items": number });
        with(json!({ "name": "limit", "in": "query", "schema": schema, "explode": explode }))
    };
    let changed = (
        "request-parameter-serialization-changed",
        Breaking,
        "request.query.limit.explode",
    );
    check(&list(true), &list(false), &[changed], &[changed]);
    // `explode` has no effect on numbers.
    let exploded =
        json!({ "name": "limit", "in": "query", "required": false, "schema": number, "explode": false });
    check(&optional(), &with(exploded), &[], &[]);
}
