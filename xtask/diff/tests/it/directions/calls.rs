//! Callbacks and webhooks, whose directions are reversed: the server sends the request, and the client the response.

use serde_json::{Value, json};

use super::operations::{Change, check, document, messages, operation};
use super::support::{Breaking, Harmless, Meaning, Nothing, meaning};
use crate::support::diff;

const URL: &str = "{$request.body#/url}";

/// Returns a document with a callback.
fn with_callback(item: &Value) -> Value {
    document(&operation("callbacks", json!({ "done": { URL: item } })))
}

/// Returns a document with a webhook.
fn with_webhook(item: &Value) -> Value {
    let mut document = document(&operation("tags", json!([])));
    document["webhooks"] = json!({ "done": item });
    document
}

/// Compares operations that the server calls, as callbacks and as webhooks.
#[track_caller]
fn check_called(called: impl Fn(&Value) -> Value, changes: &[Change<'_>]) {
    for with in [with_callback, with_webhook] {
        check(|value| with(&json!({ "post": called(value) })), changes);
    }
}

/// Changes to a body, with their severities when the client sends it and when the client receives it.
fn payloads() -> Vec<(&'static str, [Value; 2], Meaning, Meaning)> {
    let object = |names: &[&str], required: &[&str]| {
        let properties: serde_json::Map<String, Value> = names
            .iter()
            .map(|name| ((*name).to_owned(), json!({ "type": "string" })))
            .collect();
        json!({ "type": "object", "properties": properties, "required": required })
    };
    vec![
        (
            "required property removed",
            [object(&["a", "b"], &["a", "b"]), object(&["a"], &["a"])],
            Harmless,
            Breaking,
        ),
        (
            "new required property",
            [object(&["a"], &["a"]), object(&["a", "b"], &["a", "b"])],
            Breaking,
            Harmless,
        ),
        (
            "new optional property",
            [object(&["a"], &[]), object(&["a", "b"], &[])],
            Harmless,
            Harmless,
        ),
        (
            "required",
            [object(&["a"], &[]), object(&["a"], &["a"])],
            Breaking,
            Harmless,
        ),
        (
            "optional",
            [object(&["a"], &["a"]), object(&["a"], &[])],
            Harmless,
            Breaking,
        ),
        (
            "different type",
            [json!({ "type": "string" }), json!({ "type": "integer" })],
            Breaking,
            Breaking,
        ),
        (
            "same",
            [object(&["a", "b"], &["b", "a"]), object(&["a", "b"], &["a", "b"])],
            Nothing,
            Nothing,
        ),
    ]
}

#[test]
fn bodies() {
    let content = |schema: &Value| json!({ "content": { "application/json": { "schema": schema } } });
    let received = |schema: &Value| operation("requestBody", content(schema));
    let sent = |schema: &Value| {
        let mut response = content(schema);
        response["description"] = json!("");
        json!({ "responses": { "200": response } })
    };
    for (name, [old, new], in_request, in_response) in payloads() {
        check_called(received, &[(name, old.clone(), new.clone(), in_response)]);
        check_called(sent, &[(name, old.clone(), new.clone(), in_request)]);
        let report = diff(
            &with_callback(&json!({ "post": sent(&old) })),
            &with_callback(&json!({ "post": sent(&new) })),
        );
        let mut locations = report.changes.iter().map(|change| &change.location);
        let place = format!("operation.callbacks.done[{URL:?}].post.response.200.body");
        assert!(
            locations.all(|location| location.starts_with(&place)),
            "{}",
            messages(&report)
        );
    }
}

#[test]
fn request_bodies_are_added_and_removed() {
    let with = |body: &Value| {
        if body.is_null() {
            operation("tags", json!([]))
        } else {
            operation("requestBody", body.clone())
        }
    };
    let body = |required: bool| json!({ "required": required, "content": { "application/json": {} } });
    check_called(
        with,
        &[
            ("new optional body", json!(null), body(false), Harmless),
            ("new required body", json!(null), body(true), Harmless),
            ("body removed", body(false), json!(null), Breaking),
            ("body became required", body(false), body(true), Harmless),
            ("body became optional", body(true), body(false), Breaking),
        ],
    );
}

/// A client can't choose the media type of a request that the server sends.
#[test]
fn media_types_of_requests() {
    let with = |names: &Value| -> Value {
        let names = names.as_array().unwrap().iter();
        let content: Value = names
            .map(|name| (name.as_str().unwrap().to_owned(), json!({})))
            .collect();
        operation("requestBody", json!({ "content": content }))
    };
    let (json, both) = (
        json!(["application/json"]),
        json!(["application/json", "text/csv"]),
    );
    check_called(
        with,
        &[
            ("media type added", json.clone(), both.clone(), Breaking),
            ("media type removed", both, json.clone(), Harmless),
            ("media type replaced", json, json!(["text/csv"]), Breaking),
        ],
    );
}

#[test]
fn callbacks_with_new_names() {
    let called = |name: &str| {
        operation(
            "requestBody",
            json!({ "content": { "application/json": { "schema": { "type": name } } } }),
        )
    };
    let callbacks = |all: &Value| {
        let all = all.as_object().unwrap().iter();
        let all = all.map(|(name, kind)| {
            (
                name.clone(),
                json!({ URL: { "post": called(kind.as_str().unwrap()) } }),
            )
        });
        document(&operation("callbacks", all.collect()))
    };
    check(
        callbacks,
        &[
            (
                "one renamed",
                json!({ "a": "string", "b": "integer" }),
                json!({ "b": "integer", "c": "string" }),
                Nothing,
            ),
            (
                "first removed",
                json!({ "a": "string", "b": "integer" }),
                json!({ "b": "integer" }),
                Breaking,
            ),
        ],
    );
}

#[test]
fn parameters() {
    let of = |required: bool, schema: Value| json!([{ "name": "X-Signature", "in": "header", "required": required, "schema": schema }]);
    let text = || json!({ "type": "string" });
    let limited = || json!({ "type": "string", "enum": ["a"] });
    let [optional, required] = [false, true].map(|required| of(required, text()));
    let (listed, none) = (of(true, limited()), json!([]));
    check_called(
        |parameters| operation("parameters", parameters.clone()),
        &[
            ("new optional parameter", none.clone(), optional.clone(), Harmless),
            ("new required parameter", none.clone(), required.clone(), Harmless),
            (
                "optional parameter removed",
                optional.clone(),
                none.clone(),
                Harmless,
            ),
            ("required parameter removed", required.clone(), none, Breaking),
            (
                "parameter became required",
                optional.clone(),
                required.clone(),
                Harmless,
            ),
            ("parameter became optional", required.clone(), optional, Breaking),
            (
                "limited to certain values",
                required.clone(),
                listed.clone(),
                Harmless,
            ),
            ("no longer limited to certain values", listed, required, Breaking),
        ],
    );
    let query =
        |allows: bool| json!([{ "name": "q", "in": "query", "schema": text(), "allowReserved": allows }]);
    check_called(
        |parameters| operation("parameters", parameters.clone()),
        &[(
            "characters are no longer encoded",
            query(false),
            query(true),
            Breaking,
        )],
    );
}

#[test]
fn statuses() {
    let of = |statuses: &[&str]| -> Value {
        let responses = statuses
            .iter()
            .map(|status| ((*status).to_owned(), json!({ "description": "" })));
        Value::Object(responses.collect())
    };
    check_called(
        |responses| operation("responses", responses.clone()),
        &[
            ("new success status", of(&["200"]), of(&["200", "204"]), Harmless),
            (
                "success status removed",
                of(&["200", "204"]),
                of(&["200"]),
                Breaking,
            ),
            (
                "success status replaced by its range",
                of(&["204"]),
                of(&["2XX"]),
                Harmless,
            ),
            ("new error status", of(&["200"]), of(&["200", "410"]), Harmless),
            (
                "error status removed",
                of(&["200", "410"]),
                of(&["200"]),
                Harmless,
            ),
            (
                "same statuses in a different order",
                of(&["200", "410"]),
                of(&["410", "200"]),
                Nothing,
            ),
        ],
    );
}

#[test]
fn headers_of_responses() {
    let with = |headers: &Value| json!({ "responses": { "200": { "description": "", "headers": headers } } });
    let header = |required: bool, schema: Value| json!({ "X-A": { "required": required, "schema": schema } });
    let text = json!({ "type": "string" });
    let (one, two) = (
        json!({ "type": "string", "enum": ["a"] }),
        json!({ "type": "string", "enum": ["a", "b"] }),
    );
    let none = json!({});
    let [optional, required] = [false, true].map(|required| header(required, text.clone()));
    let changes = [
        ("new required header", none.clone(), required.clone(), Breaking),
        (
            "required header removed",
            required.clone(),
            none.clone(),
            Harmless,
        ),
        ("new optional header", none.clone(), optional.clone(), Harmless),
        ("optional header removed", optional.clone(), none, Harmless),
        (
            "header became required",
            optional.clone(),
            required.clone(),
            Breaking,
        ),
        ("header became optional", required, optional, Harmless),
        (
            "values removed",
            header(true, two.clone()),
            header(true, one.clone()),
            Breaking,
        ),
        ("values added", header(true, one), header(true, two), Harmless),
    ];
    check_called(with, &changes);
}

#[test]
fn methods_and_urls() {
    let called = || json!({ "responses": { "200": { "description": "" } } });
    for with in [with_callback, with_webhook] {
        let methods = |methods: &Value| {
            let operations = methods.as_array().unwrap().iter();
            with(
                &operations
                    .map(|method| (method.as_str().unwrap().to_owned(), called()))
                    .collect(),
            )
        };
        check(
            methods,
            &[
                ("method added", json!(["post"]), json!(["post", "put"]), Harmless),
                ("method changed", json!(["post"]), json!(["put"]), Breaking),
            ],
        );
    }
    let callbacks = |callbacks: &Value| document(&operation("callbacks", callbacks.clone()));
    let to = |name: &str, url: &str| json!({ name: { url: { "post": called() } } });
    let two = json!({ "done": { "{$request.body#/a}": { "post": called() }, "{$request.body#/b}": { "post": called() } } });
    let one = to("done", "{$request.body#/a}");
    check(
        callbacks,
        &[
            ("new callback", json!({}), one.clone(), Harmless),
            ("callback removed", one.clone(), json!({}), Breaking),
            ("new URL", one.clone(), two.clone(), Harmless),
            ("URL removed", two, one.clone(), Breaking),
            (
                "URL changed",
                one.clone(),
                to("done", "{$request.body#/b}"),
                Breaking,
            ),
            ("renamed", one, to("finished", "{$request.body#/a}"), Nothing),
        ],
    );
}

#[test]
fn callbacks_are_the_same_in_components() {
    let called = || json!({ "post": { "responses": { "200": { "description": "" } } } });
    let inline = document(&operation("callbacks", json!({ "done": { URL: called() } })));
    let reference = json!({ "$ref": "#/components/callbacks/Done" });
    let mut shared = document(&operation("callbacks", json!({ "done": reference })));
    shared["components"] = json!({
        "callbacks": { "Done": { URL: { "$ref": "#/components/pathItems/Done" } } },
        "pathItems": { "Done": called() },
    });
    assert_eq!(meaning(&diff(&inline, &shared)), Nothing);
    shared["components"]["pathItems"] = json!({});
    let documents = [inline, shared].map(|value| crate::support::document("calls.yaml", &value));
    let error = xtask_diff::compare(&documents[0], &documents[1], &[], crate::support::today()).unwrap_err();
    assert!(
        error.to_string().contains("doesn't refer to a path item"),
        "{error}"
    );
}

#[test]
fn parts_of_path_items_apply_to_their_operations() {
    let called = || json!({ "post": { "responses": { "200": { "description": "" } } } });
    let with = |field: &str, value: Value| {
        let mut item = called();
        item[field] = value;
        item
    };
    let parameter =
        json!([{ "name": "X-A", "in": "header", "required": true, "schema": { "type": "string" } }]);
    let plain = document(&operation("tags", json!([])));
    let path_item = |item: &Value| {
        let mut document = plain.clone();
        document["paths"]["/things"] = item.clone();
        document
    };
    for (with_item, expected) in [
        (&path_item as &dyn Fn(&Value) -> Value, Breaking),
        (&with_callback, Harmless),
    ] {
        check(
            with_item,
            &[
                (
                    "parameter",
                    called(),
                    with("parameters", parameter.clone()),
                    expected,
                ),
                ("extension", called(), with("x-a", json!(1)), Harmless),
                ("summary", called(), with("summary", json!("a")), Nothing),
            ],
        );
    }
}

#[test]
fn webhooks_are_added_and_removed() {
    let with = |names: &[&str]| {
        let mut document = document(&operation("tags", json!([])));
        let item = json!({ "post": { "responses": { "200": { "description": "" } } } });
        document["webhooks"] = Value::Object(
            names
                .iter()
                .map(|name| ((*name).to_owned(), item.clone()))
                .collect(),
        );
        document
    };
    let change = |old: &[&str], new: &[&str]| {
        let report = diff(&with(old), &with(new));
        let ids: Vec<String> = report.changes.iter().map(|change| change.id.clone()).collect();
        (ids, meaning(&report))
    };
    assert_eq!(
        change(&["a"], &["a", "b"]),
        (vec!["webhook-added".to_owned()], Harmless)
    );
    assert_eq!(
        change(&["a", "b"], &["a"]),
        (vec!["webhook-removed".to_owned()], Breaking)
    );
    assert_eq!(change(&["a", "b"], &["b", "a"]), (vec![], Nothing));
}

#[test]
fn renamed_schemas_in_callbacks_are_not_changes() {
    let with = |name: &str, others: Value| {
        let body = json!({ "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } } });
        let mut called = json!({ "requestBody": body, "responses": {} });
        called["security"] = others;
        let callbacks = json!({ "done": { "{$url}": { "post": called } } });
        let mut document = document(&operation("callbacks", callbacks));
        document["components"] = json!({ "schemas": { name: { "type": "object" } } });
        document
    };
    let change = |[old, new]: [Value; 2]| meaning(&diff(&with("A", old), &with("B", new)));
    let scopes = |scopes: &[&str]| json!([{ "OAuth": scopes }]);
    for others in [json!([]), scopes(&["read"])] {
        assert_eq!(change([others.clone(), others]), Nothing);
    }
    assert_eq!(change([json!([]), scopes(&["read"])]), Harmless);
    assert_eq!(change([scopes(&["read"]), scopes(&["write"])]), Harmless);
}
