//! Security requirements and schemes.

use serde_json::{Value, json};
use xtask_diff::Verdict;

use super::support::{Breaking, Cosmetic, Edited, Info, OPERATION, Warning, check, check_edit};
use crate::support::diff;

const SCHEMES: &str = "/components/securitySchemes";

fn with_scheme(name: &str, scheme: Value) -> Edited {
    Edited::facts().set(&format!("{SCHEMES}/{name}"), scheme)
}

/// Returns a document whose operation requires an OAuth token.
fn oauth(scopes: Value, flow: Value) -> Edited {
    with_scheme(
        "oauth",
        json!({ "type": "oauth2", "flows": { "implicit": flow } }),
    )
    .set(&format!("{OPERATION}/security"), json!([{ "oauth": scopes }]))
}

fn flow() -> Value {
    json!({ "authorizationUrl": "https://a.example", "tokenUrl": "https://t.example", "scopes": { "read": "Reads." } })
}

#[test]
fn global_security_is_added_and_removed() {
    check_edit(
        |facts| facts.remove("/security"),
        "operation.security",
        ("api-global-security-removed", Info),
        ("api-global-security-added", Breaking),
    );
    // Moving a requirement between the document and the operation doesn't change the document's requirements.
    let own = Edited::facts().set(&format!("{OPERATION}/security"), json!([]));
    check(
        &Edited::facts(),
        &own,
        &[("api-security-removed", Info, "operation.security")],
        &[("api-security-added", Breaking, "operation.security")],
    );
    let scoped = Edited::facts().set("/security/0/SignalWireBasicAuth/-", json!("video"));
    let location = "operation.security.SignalWireBasicAuth";
    check(
        &Edited::facts(),
        &scoped,
        &[("api-global-security-scope-added", Breaking, location)],
        &[("api-global-security-scope-removed", Info, location)],
    );
}

#[test]
fn operation_security_is_added_and_removed() {
    let own = |alternatives: Value| {
        with_scheme("key", json!({ "type": "apiKey", "in": "header", "name": "x" }))
            .set(&format!("{OPERATION}/security"), alternatives)
    };
    let location = "operation.security";
    let (basic, key) = (json!({ "SignalWireBasicAuth": [] }), json!({ "key": [] }));
    check(
        &own(json!([])),
        &own(json!([basic])),
        &[("api-security-added", Breaking, location)],
        &[("api-security-removed", Info, location)],
    );
    // Adding an alternative is harmless; removing one is breaking.
    check(
        &own(json!([basic])),
        &own(json!([basic, key])),
        &[("api-security-added", Info, location)],
        &[("api-security-removed", Breaking, location)],
    );
    check(
        &own(json!([basic, {}])),
        &own(json!([basic])),
        &[("api-security-became-required", Breaking, location)],
        &[("api-security-became-optional", Info, location)],
    );
    let both = json!([{ "SignalWireBasicAuth": [], "key": [] }]);
    let swapped = |id| (id, Breaking, location);
    let changes = [swapped("api-security-removed"), swapped("api-security-added")];
    // Clients that send both credentials also satisfy the remaining requirement.
    let served = |id| (id, Info, location);
    let back = [served("api-security-removed"), served("api-security-added")];
    check(&own(json!([basic])), &own(both), &changes, &back);
    check(
        &oauth(json!([]), flow()),
        &oauth(json!(["read"]), flow()),
        &[("api-security-scope-added", Breaking, "operation.security.oauth")],
        &[("api-security-scope-removed", Info, "operation.security.oauth")],
    );
}

#[test]
fn schemes_are_added_and_removed() {
    // No operation uses the scheme.
    check_edit(
        |_| with_scheme("spare", json!({ "type": "http", "scheme": "bearer" })),
        "security.spare",
        ("api-security-component-added", Info),
        ("api-security-component-removed", Info),
    );
    let basic = format!("{SCHEMES}/SignalWireBasicAuth");
    let location = "security.SignalWireBasicAuth";
    let changed = ("api-security-component-type-changed", Breaking);
    let key = json!({ "type": "apiKey", "in": "header", "name": "x-key" });
    check_edit(|facts| facts.set(&basic, key), location, changed, changed);
    let changed = ("api-security-component-changed", Breaking);
    let scheme = format!("{basic}/scheme");
    check_edit(
        |facts| facts.set(&scheme, json!("bearer")),
        "security.SignalWireBasicAuth.scheme",
        changed,
        changed,
    );
    for (field, severity) in [("bearerFormat", Info), ("x-extension", Info)] {
        let id = ("api-security-component-extension-changed", severity);
        let pointer = format!("{basic}/{field}");
        let location = format!("security.SignalWireBasicAuth.{field}");
        check_edit(|facts| facts.set(&pointer, json!("JWT")), &location, id, id);
    }
    // No operation uses the scheme.
    let spare = |scheme: &str| with_scheme("spare", json!({ "type": "http", "scheme": scheme }));
    let report = diff(&spare("bearer").0, &spare("digest").0);
    assert_eq!(report.changes[0].id, "api-security-component-changed");
    assert_eq!(report.changes[0].severity, Info);
    // The names of HTTP authentication schemes are case-insensitive.
    assert_eq!(
        diff(
            &Edited::facts().0,
            &Edited::facts().set(&scheme, json!("bAsIc")).0
        )
        .verdict,
        Verdict::Identical
    );
}

#[test]
fn renamed_schemes_are_cosmetic() {
    let old = Edited::facts();
    let basic = old
        .0
        .pointer(&format!("{SCHEMES}/SignalWireBasicAuth"))
        .unwrap()
        .clone();
    let new = Edited::facts()
        .remove(&format!("{SCHEMES}/SignalWireBasicAuth"))
        .set(&format!("{SCHEMES}/Basic"), basic)
        .set("/security", json!([{ "Basic": [] }]));
    check(
        &old,
        &new,
        &[(
            "api-security-component-renamed",
            Cosmetic,
            "security.SignalWireBasicAuth",
        )],
        &[("api-security-component-renamed", Cosmetic, "security.Basic")],
    );
}

#[test]
fn flows_change() {
    let with = |field: &str, value: Value| {
        let mut flow = flow();
        flow[field] = value;
        oauth(json!([]), flow)
    };
    let base = || oauth(json!([]), flow());
    let location = "security.oauth.flows.implicit";
    let elsewhere = json!("https://b.example");
    let url = ("api-security-component-oauth-url-changed", Warning, location);
    check(
        &base(),
        &with("authorizationUrl", elsewhere.clone()),
        &[url],
        &[url],
    );
    let url = (
        "api-security-component-oauth-token-url-changed",
        Warning,
        location,
    );
    check(&base(), &with("tokenUrl", elsewhere), &[url], &[url]);
    check(
        &base(),
        &with("scopes", json!({ "read": "Reads.", "write": "Writes." })),
        &[("api-security-component-oauth-scope-added", Info, location)],
        &[("api-security-component-oauth-scope-removed", Info, location)],
    );
    let words = ("api-security-component-oauth-scope-changed", Info, location);
    check(
        &base(),
        &with("scopes", json!({ "read": "Reads all." })),
        &[words],
        &[words],
    );
}
