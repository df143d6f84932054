//! Servers, parameters, security schemes, callbacks and links.

use serde_json::{Value, json};

use super::support::{Breaking, Cosmetic, Edited, Info, OPERATION, Warning, check, check_edit};

#[test]
fn servers_with_variables_in_the_path() {
    let served = |path: &str, version: &str| {
        let variables = json!({ "v": { "default": version } });
        let server = json!({ "url": format!("https://example.com{path}"), "variables": variables });
        Edited::facts().set("/servers", json!([server]))
    };
    let place = "operation.servers";
    let moved = [
        ("api-server-removed", Breaking, place),
        ("api-server-added", Info, place),
    ];
    for elsewhere in ["/{v}/b", "/{v}"] {
        check(&served("/{v}/a", "1"), &served(elsewhere, "1"), &moved, &moved);
    }
    let changed = [(
        "api-server-variable-changed",
        Warning,
        "operation.servers.variables.v",
    )];
    check(&served("/{v}/a", "1"), &served("/{v}/a", "2"), &changed, &changed);
}

#[test]
fn a_variable_that_occurs_twice_is_reported_once() {
    let served = |default: &str| {
        let variables = json!({ "v": { "default": default } });
        let server = json!({ "url": "https://{v}.{v}.example.com", "variables": variables });
        Edited::facts().set("/servers", json!([server]))
    };
    let changed = [(
        "api-server-variable-changed",
        Warning,
        "operation.servers.variables.v",
    )];
    check(&served("1"), &served("2"), &changed, &changed);
}

#[test]
fn trailing_slashes_are_significant() {
    let moved = ("api-path-changed", Breaking);
    let path = "/paths/~1api~1video~1room_tokens";
    let item = Edited::facts().0.pointer(path).unwrap().clone();
    check_edit(
        |facts| facts.remove(path).set("/paths/~1api~1video~1room_tokens~1", item),
        "operation",
        moved,
        moved,
    );
}

#[test]
fn a_path_on_several_servers_is_removed_once() {
    let served = |urls: &[&str]| {
        let servers: Vec<Value> = urls.iter().map(|url| json!({ "url": url })).collect();
        Edited::facts().set("/servers", json!(servers))
    };
    let report = crate::support::diff(
        &served(&["https://x.io/v1", "https://y.io/v2", "https://z.io/v1"]).0,
        &served(&["https://y.io/v2"]).0,
    );
    let paths = report
        .changes
        .iter()
        .filter(|change| change.id == "api-path-changed");
    assert_eq!(paths.count(), 1, "{:#?}", report.changes);
}

fn with_parameter(parameter: Value) -> Edited {
    Edited::facts().set(&format!("{OPERATION}/parameters"), json!([parameter]))
}

#[test]
fn a_parameter_or_header_is_deprecated() {
    let parameter = |deprecated: bool| {
        with_parameter(json!({
            "name": "limit", "in": "query", "schema": { "type": "integer" }, "deprecated": deprecated
        }))
    };
    check(
        &parameter(false),
        &parameter(true),
        &[("request-parameter-deprecated", Info, "request.query.limit")],
        &[("request-parameter-reactivated", Info, "request.query.limit")],
    );
    let header = |deprecated: bool| {
        let header = json!({ "schema": { "type": "string" }, "deprecated": deprecated });
        let headers = format!("{OPERATION}/responses/200/headers");
        Edited::facts().set(&headers, json!({ "x-room": header }))
    };
    let place = "response.200.headers.x-room";
    check(
        &header(false),
        &header(true),
        &[("response-header-deprecated", Info, place)],
        &[("response-header-reactivated", Info, place)],
    );
}

#[test]
fn parameters_with_a_media_type() {
    let schema = json!({ "type": "object" });
    let of = |fields: Value| {
        let mut parameter = json!({ "name": "filter", "in": "query" });
        for (name, field) in fields.as_object().unwrap() {
            parameter[name] = field.clone();
        }
        with_parameter(parameter)
    };
    let as_media_type = |name: &str| of(json!({ "content": { name: { "schema": schema } } }));
    let place = "request.query.filter.content";
    let changed = [("request-parameter-serialization-changed", Breaking, place)];
    let plain = of(json!({ "schema": schema }));
    check(&plain, &as_media_type("application/json"), &changed, &changed);
    check(
        &as_media_type("text/plain"),
        &as_media_type("application/json"),
        &changed,
        &changed,
    );
}

/// Returns the locations of the opaque fields, and values for them that contain the schema.
fn opaque_fields(schema: &Value) -> [(String, Value); 3] {
    let body = json!({ "content": { "application/json": { "schema": schema } } });
    let called = json!({ "{$url}": { "post": { "requestBody": body, "responses": {} } } });
    let headers = json!({ "x-part": { "schema": schema } });
    [
        (format!("{OPERATION}/callbacks"), json!({ "done": called })),
        (
            format!("{OPERATION}/responses/200/links"),
            json!({ "next": { "operationId": "next", "x-schema": schema } }),
        ),
        (
            format!("{OPERATION}/requestBody/content/application~1json/encoding"),
            json!({ "meta": { "headers": headers } }),
        ),
    ]
}

#[test]
fn opaque_fields_are_compared_with_their_references() {
    let reference = json!({ "$ref": "#/components/schemas/Video.Event" });
    let expected = [
        (
            "response-body-type-changed",
            Breaking,
            "operation.callbacks.done[\"{$url}\"].post.request.body",
        ),
        ("response-field-changed", Info, "response.200.links"),
        ("request-body-encoding-changed", Warning, "request.body.encoding"),
    ];
    for ((place, field), changed) in opaque_fields(&reference).into_iter().zip(expected) {
        let with = |event: Value| {
            Edited::facts()
                .set("/components/schemas/Video.Event", event)
                .set(&place, field.clone())
        };
        let string = || with(json!({ "type": "string" }));
        check(
            &string(),
            &with(json!({ "type": "integer" })),
            &[changed],
            &[changed],
        );
        check(&string(), &string(), &[], &[]);
    }
}

#[test]
fn references_in_opaque_fields_are_identified_by_section_and_name() {
    let links = format!("{OPERATION}/responses/200/links");
    let reference = |place: &str| json!({ "$ref": place });
    let with = |prefix: &str, shared: &str| {
        let event = format!("#/components/schemas/{prefix}Event");
        let link = json!({ "x-both": [reference(&event), reference("#/x-shared/schemas/Event")] });
        Edited::facts()
            .set(
                &format!("/components/schemas/{prefix}Event"),
                json!({ "type": "object" }),
            )
            .set("/x-shared", json!({ "schemas": { "Event": { "type": shared } } }))
            .set(&links, json!({ "done": link }))
    };
    check(&with("", "string"), &with("Video.", "string"), &[], &[]);
    let changed = [("response-field-changed", Info, "response.200.links")];
    check(&with("", "string"), &with("", "integer"), &changed, &changed);
}

#[test]
fn objects_with_the_same_name_are_both_compared() {
    let with = |a: &str, b: &str| {
        let rooms = ["A", "B"].map(|space| json!({ "$ref": format!("#/components/schemas/{space}.Room") }));
        Edited::facts()
            .set("/components/schemas/A.Room", json!({ "type": a }))
            .set("/components/schemas/B.Room", json!({ "type": b }))
            .set(
                &format!("{OPERATION}/responses/200/links"),
                json!({ "done": { "x-both": rooms } }),
            )
    };
    let changed = [("response-field-changed", Info, "response.200.links")];
    let plain = with("string", "string");
    check(&plain, &with("integer", "string"), &changed, &changed);
    check(&plain, &with("string", "integer"), &changed, &changed);
}

/// OpenAPI ignores these header parameters, because media types and security requirements describe the headers instead.
#[test]
fn ignored_header_parameters() {
    for name in ["Accept", "Content-Type", "authorization"] {
        let parameter = json!({ "name": name, "in": "header", "schema": { "type": "string" } });
        check(&Edited::facts(), &with_parameter(parameter), &[], &[]);
    }
    let headers = format!("{OPERATION}/responses/200/headers");
    let described = json!({ "Content-Type": { "schema": { "type": "string" } } });
    check(
        &Edited::facts(),
        &Edited::facts().set(&headers, described),
        &[],
        &[],
    );
}

#[test]
fn opaque_fields_without_references_are_reported_unchanged() {
    let (place, field) = opaque_fields(&json!({ "type": "string" }))[1].clone();
    let report = crate::support::diff(&Edited::facts().0, &Edited::facts().set(&place, field.clone()).0);
    assert_eq!(report.changes[0].new, field);
}

#[test]
fn documentation_in_opaque_fields_is_cosmetic() {
    let links = format!("{OPERATION}/responses/200/links");
    let of = |link: Value| Edited::facts().set(&links, json!({ "next": link }));
    let plain = json!({ "operationId": "next", "server": { "url": "/next" } });
    let described = |place: &str| {
        let mut link = plain.clone();
        link.pointer_mut(place).unwrap()["description"] = json!("Words.");
        of(link)
    };
    let words = [("prose-changed", Cosmetic, "response.200.links")];
    check(&of(plain.clone()), &described(""), &words, &words);
    check(&of(plain.clone()), &described("/server"), &words, &words);
}

#[test]
fn api_key_header_names_are_case_insensitive() {
    let with = |name: &str| {
        let scheme = json!({ "type": "apiKey", "in": "header", "name": name });
        Edited::facts()
            .set("/components/securitySchemes/key", scheme)
            .set(&format!("{OPERATION}/security"), json!([{ "key": [] }]))
    };
    check(&with("X-Key"), &with("x-key"), &[], &[]);
}

#[test]
fn dynamic_references_are_rejected() {
    let odd = Edited::facts().set(
        &format!("{}/properties/odd", super::support::REQUEST),
        json!({ "$dynamicRef": "#odd" }),
    );
    let documents = [Edited::facts().0, odd.0].map(|value| crate::support::document("odd.yaml", &value));
    let error = xtask_diff::compare(&documents[0], &documents[1], &[], crate::support::today()).unwrap_err();
    assert!(
        error.to_string().contains("/properties/odd/$dynamicRef: "),
        "{error}"
    );
}

#[test]
fn referenced_security_schemes_are_resolved() {
    let with = |scheme: Value| {
        Edited::facts()
            .set("/components/securitySchemes/own", scheme)
            .set(
                "/components/securitySchemes/alias",
                json!({ "$ref": "#/components/securitySchemes/own" }),
            )
            .set(&format!("{OPERATION}/security"), json!([{ "alias": [] }]))
    };
    let basic = with(json!({ "type": "http", "scheme": "basic" }));
    let key = with(json!({ "type": "apiKey", "in": "header", "name": "x-key" }));
    let changed = [
        ("api-security-component-type-changed", Breaking, "security.alias"),
        ("api-security-component-type-changed", Info, "security.own"),
    ];
    check(&basic, &key, &changed, &changed);
}
