//! Everything in an operation except its body schemas and callbacks: parameters, statuses, headers and security.

use serde_json::{Value, json};
use xtask_diff::Report;

use super::support::{Breaking, Harmless, Meaning, Nothing, meaning};
use crate::support::{self, diff, diff_documents};

/// Returns a document with one operation.
pub(super) fn document(operation: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "", "version": "1" },
        "paths": { "/things/{id}": { "post": operation } },
    })
}

pub(super) fn operation(field: &str, value: Value) -> Value {
    let mut operation = json!({ "responses": { "200": { "description": "" } } });
    operation[field] = value;
    operation
}

pub(super) type Change<'a> = (&'a str, Value, Value, Meaning);

#[track_caller]
pub(super) fn check(documents: impl Fn(&Value) -> Value, changes: &[Change<'_>]) {
    for (name, old, new, expected) in changes {
        let report = diff(&documents(old), &documents(new));
        assert_eq!(meaning(&report), *expected, "{name}: {}", messages(&report));
    }
}

pub(super) fn messages(report: &Report) -> String {
    let messages: Vec<&str> = report
        .changes
        .iter()
        .map(|change| change.message.as_str())
        .collect();
    messages.join("\n")
}

#[test]
fn parameters() {
    let of = |place: &str, required: bool, schema: Value| json!([{ "name": "a", "in": place, "required": required, "schema": schema }]);
    let text = || json!({ "type": "string" });
    let list = || json!({ "type": "array", "items": { "type": "string" } });
    let with = |field: &str, value: Value, schema: Value| {
        let mut parameters = of("query", false, schema);
        parameters[0][field] = value;
        parameters
    };
    let none = || json!([]);
    let optional = || of("query", false, text());
    check(
        |parameters| document(&operation("parameters", parameters.clone())),
        &[
            ("new optional parameter", none(), optional(), Harmless),
            (
                "new required parameter",
                none(),
                of("query", true, text()),
                Breaking,
            ),
            ("removed", optional(), none(), Harmless),
            ("required", optional(), of("query", true, text()), Breaking),
            ("optional", of("query", true, text()), optional(), Harmless),
            (
                "different type",
                of("query", false, json!({ "type": "integer" })),
                of("query", false, json!({ "type": "boolean" })),
                Breaking,
            ),
            (
                "any string",
                of("query", false, json!({ "type": "integer" })),
                optional(),
                Harmless,
            ),
            (
                "string of limited length",
                of("query", false, json!({ "type": "integer" })),
                of("query", false, json!({ "type": "string", "maxLength": 3 })),
                Breaking,
            ),
            (
                "enum",
                optional(),
                of("query", false, json!({ "type": "string", "enum": ["a"] })),
                Breaking,
            ),
            (
                "maximum length",
                optional(),
                of("query", false, json!({ "type": "string", "maxLength": 3 })),
                Breaking,
            ),
            (
                "deprecated",
                optional(),
                with("deprecated", json!(true), text()),
                Harmless,
            ),
            (
                "described",
                optional(),
                with("description", json!("a"), text()),
                Nothing,
            ),
            (
                "explode of a string",
                optional(),
                with("explode", json!(false), text()),
                Nothing,
            ),
            (
                "explode of an array",
                with("explode", json!(true), list()),
                with("explode", json!(false), list()),
                Breaking,
            ),
            (
                "array with its default `explode` set explicitly",
                of("query", false, list()),
                with("explode", json!(true), list()),
                Nothing,
            ),
            (
                "`explode` of a value that may be an array",
                with("explode", json!(true), json!({})),
                with("explode", json!(false), json!({})),
                Breaking,
            ),
            (
                "style of an array",
                of("query", false, list()),
                with("style", json!("pipeDelimited"), list()),
                Breaking,
            ),
            (
                "array with its default `style` set explicitly",
                of("query", false, list()),
                with("style", json!("form"), list()),
                Nothing,
            ),
        ],
    );
}

#[test]
fn statuses() {
    let plain = || json!({ "description": "" });
    let with_body = |kind: &str| json!({ "description": "", "content": { "application/json": { "schema": { "type": kind } } } });
    let of = |responses: &[(&str, Value)]| -> Value {
        let members = responses
            .iter()
            .map(|(status, response)| ((*status).to_owned(), response.clone()));
        Value::Object(members.collect())
    };
    let ok = || ("200", with_body("string"));
    check(
        |responses| document(&operation("responses", responses.clone())),
        &[
            (
                "204 added next to a 200",
                of(&[ok()]),
                of(&[ok(), ("204", plain())]),
                Harmless,
            ),
            (
                "204 removed next to a 200",
                of(&[ok(), ("204", plain())]),
                of(&[ok()]),
                Harmless,
            ),
            (
                "200 removed next to a 204",
                of(&[ok(), ("204", plain())]),
                of(&[("204", plain())]),
                Breaking,
            ),
            (
                "204 removed next to errors",
                of(&[("204", plain()), ("400", plain())]),
                of(&[("400", plain())]),
                Breaking,
            ),
            (
                "other success",
                of(&[ok()]),
                of(&[("201", with_body("string"))]),
                Breaking,
            ),
            (
                "new failure",
                of(&[ok()]),
                of(&[ok(), ("404", plain())]),
                Harmless,
            ),
            ("no failure", of(&[ok(), ("404", plain())]), of(&[ok()]), Harmless),
            (
                "default",
                of(&[ok()]),
                of(&[ok(), ("default", plain())]),
                Harmless,
            ),
            (
                "no default",
                of(&[ok(), ("default", plain())]),
                of(&[ok()]),
                Harmless,
            ),
            (
                "range in a different case",
                of(&[ok(), ("4xx", plain())]),
                of(&[ok(), ("4XX", plain())]),
                Nothing,
            ),
        ],
    );
}

#[test]
fn headers_of_responses() {
    let with = |headers: &Value| {
        document(&operation(
            "responses",
            json!({ "200": { "description": "", "headers": headers } }),
        ))
    };
    let header =
        |required: bool, kind: &str| json!({ "X-A": { "required": required, "schema": { "type": kind } } });
    check(
        with,
        &[
            ("new", json!({}), header(true, "string"), Harmless),
            (
                "removed, always sent",
                header(true, "string"),
                json!({}),
                Breaking,
            ),
            ("removed, optional", header(false, "string"), json!({}), Harmless),
            (
                "optional",
                header(true, "string"),
                header(false, "string"),
                Breaking,
            ),
            (
                "required",
                header(false, "string"),
                header(true, "string"),
                Harmless,
            ),
            (
                "different type",
                header(true, "integer"),
                header(true, "boolean"),
                Breaking,
            ),
        ],
    );
}

#[test]
fn media_types() {
    let of = |names: &[&str]| -> Value {
        let schema = json!({ "schema": { "type": "object" } });
        let members = names.iter().map(|name| ((*name).to_owned(), schema.clone()));
        Value::Object(members.collect())
    };
    let (one, two) = (
        of(&["application/json"]),
        of(&["application/json", "application/xml"]),
    );
    check(
        |content| document(&operation("requestBody", json!({ "content": content }))),
        &[
            ("added", one.clone(), two.clone(), Harmless),
            ("removed", two.clone(), one.clone(), Breaking),
            ("other letters", one.clone(), of(&["Application/JSON"]), Nothing),
        ],
    );
    check(
        |content| {
            document(&operation(
                "responses",
                json!({ "200": { "description": "", "content": content } }),
            ))
        },
        &[
            ("added", one.clone(), two.clone(), Harmless),
            ("removed", two, one.clone(), Breaking),
            ("other one", one, of(&["application/xml"]), Breaking),
        ],
    );
}

fn basic() -> Value {
    json!({ "type": "http", "scheme": "basic" })
}

fn secured(schemes: &Value, requirements: &Value) -> Value {
    let mut document = document(&operation("tags", json!([])));
    document["components"] = json!({ "securitySchemes": schemes });
    document["security"] = requirements.clone();
    document
}

#[test]
fn security() {
    let schemes = json!({
        "basic": basic(),
        "key": { "type": "apiKey", "in": "header", "name": "x-key" },
        "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://a.example", "scopes": {} } } },
    });
    let (basic, key) = (json!({ "basic": [] }), json!({ "key": [] }));
    let both = json!({ "basic": [], "key": [] });
    let scoped = |scopes: Value| json!([{ "oauth": scopes }]);
    check(
        |requirements| secured(&schemes, requirements),
        &[
            ("removed", json!([basic]), json!([]), Harmless),
            ("new", json!([]), json!([basic]), Breaking),
            ("requirement added", json!([basic]), json!([basic, key]), Harmless),
            (
                "requirement removed",
                json!([basic, key]),
                json!([basic]),
                Breaking,
            ),
            ("other way", json!([basic]), json!([key]), Breaking),
            ("two together", json!([basic]), json!([both]), Breaking),
            ("one of two schemes", json!([both]), json!([basic]), Harmless),
            ("optional", json!([basic]), json!([basic, {}]), Harmless),
            ("no longer optional", json!([basic, {}]), json!([basic]), Breaking),
            ("other order", json!([basic, key]), json!([key, basic]), Nothing),
            ("scope", scoped(json!(["r"])), scoped(json!(["r", "w"])), Breaking),
            (
                "no scope",
                scoped(json!(["r", "w"])),
                scoped(json!(["r"])),
                Harmless,
            ),
        ],
    );
}

#[test]
fn security_schemes() {
    let required = |name: &str| json!([{ name: [] }]);
    let with = |(schemes, name): (Value, &str)| secured(&schemes, &required(name));
    let described = json!({ "type": "http", "scheme": "Basic", "description": "Words." });
    let cases = [
        // The definition and its only use are renamed.
        (
            "renamed",
            (json!({ "a": basic() }), "a"),
            (json!({ "b": described }), "b"),
            Nothing,
        ),
        // The old definition is kept, but no longer used.
        (
            "renamed, old name unused",
            (json!({ "a": basic() }), "a"),
            (json!({ "a": basic(), "b": basic() }), "b"),
            Nothing,
        ),
        (
            "renamed and changed to a different kind",
            (json!({ "a": basic() }), "a"),
            (json!({ "b": { "type": "http", "scheme": "bearer" } }), "b"),
            Breaking,
        ),
        (
            "changed to a different kind",
            (json!({ "a": basic() }), "a"),
            (
                json!({ "a": { "type": "apiKey", "in": "query", "name": "k" } }),
                "a",
            ),
            Breaking,
        ),
        (
            "definition removed",
            (json!({ "a": basic() }), "a"),
            (json!({}), "a"),
            Breaking,
        ),
    ];
    for (name, old, new, expected) in cases {
        let report = diff(&with(old), &with(new));
        assert_eq!(meaning(&report), expected, "{name}: {}", messages(&report));
    }
    // The server ignores credentials that it no longer requires.
    let report = diff(
        &secured(&json!({ "a": basic() }), &required("a")),
        &document(&operation("tags", json!([]))),
    );
    assert_eq!(meaning(&report), Harmless, "{}", messages(&report));
}

#[test]
fn a_definition_that_only_other_operations_use_is_not_reported() {
    let with = |schemes: Value, of_others: Value| {
        let mut document = secured(&schemes, &json!([{ "a": [] }]));
        let chosen = document["paths"]["/things/{id}"].take();
        let other = json!({ "post": { "security": of_others, "responses": {} } });
        document["paths"] = json!({ "/things": chosen, "/others": other });
        document
    };
    let diff = |old: &Value, new: &Value| {
        let [old, new] = [old, new].map(|value| support::document("things", value));
        diff_documents(&old, &new, &["POST /things".parse().unwrap()])
    };
    let bearer = json!({ "type": "http", "scheme": "bearer" });
    let plain = with(json!({ "a": basic() }), json!([{ "a": [] }]));
    let two = with(json!({ "a": basic(), "b": bearer }), json!([{ "b": [] }]));
    for (old, new) in [(&plain, &two), (&two, &plain)] {
        let report = diff(old, new);
        assert_eq!(meaning(&report), Nothing, "{}", messages(&report));
    }
    // Adding or removing an unused scheme is reported, but harmless.
    let spare = with(json!({ "a": basic(), "b": bearer }), json!([{ "a": [] }]));
    for (old, new) in [(&plain, &spare), (&spare, &plain)] {
        let report = diff(old, new);
        assert_eq!(meaning(&report), Harmless, "{}", messages(&report));
    }
}

/// A status that is not declared has the response of its range, or the default one.
#[test]
fn statuses_fall_back_to_ranges_and_the_default() {
    let error = |field: &str| {
        let schema =
            json!({ "type": "object", "properties": { field: { "type": "string" } }, "required": [field] });
        json!({ "description": "", "content": { "application/json": { "schema": schema } } })
    };
    let ok = || json!({ "description": "" });
    let (same, other) = (error("code"), error("message"));
    let changes = [
        (
            "error like the default",
            json!({ "200": ok(), "default": same }),
            json!({ "200": ok(), "404": same, "default": same }),
            Harmless,
        ),
        (
            "error unlike the default",
            json!({ "200": ok(), "default": same }),
            json!({ "200": ok(), "404": other, "default": same }),
            Breaking,
        ),
        (
            "error removed, unlike the default",
            json!({ "200": ok(), "404": same, "default": other }),
            json!({ "200": ok(), "default": other }),
            Breaking,
        ),
        (
            "error unlike its range, which precedes the default",
            json!({ "200": ok(), "4XX": same, "default": other }),
            json!({ "200": ok(), "400": other, "4XX": same, "default": other }),
            Breaking,
        ),
        (
            "success removed, like its range",
            json!({ "200": same, "2XX": same }),
            json!({ "2XX": same }),
            Harmless,
        ),
        (
            "success removed, unlike its range",
            json!({ "200": same, "2XX": other }),
            json!({ "2XX": other }),
            Breaking,
        ),
        (
            "success range replaced by one of its statuses",
            json!({ "2XX": same }),
            json!({ "200": same }),
            Harmless,
        ),
        (
            "success range replaced by one of its statuses, with a different response",
            json!({ "2XX": same }),
            json!({ "200": other }),
            Breaking,
        ),
        // If no success status is declared, the default response covers success.
        (
            "success unlike the only response",
            json!({ "default": same }),
            json!({ "200": other }),
            Breaking,
        ),
        // The default usually describes errors.
        (
            "success unlike the default",
            json!({ "200": ok(), "default": same }),
            json!({ "200": ok(), "202": other, "default": same }),
            Harmless,
        ),
    ];
    check(
        |responses| document(&operation("responses", responses.clone())),
        &changes,
    );
}

#[test]
fn ranges_of_media_types_contain_others() {
    let content = |names: &Value| -> Value {
        let names = names.as_array().unwrap().iter();
        names
            .map(|name| {
                (
                    name.as_str().unwrap().to_owned(),
                    json!({ "schema": { "type": "object" } }),
                )
            })
            .collect()
    };
    let request = |names: &Value| document(&operation("requestBody", json!({ "content": content(names) })));
    let response = |names: &Value| {
        let responses = json!({ "200": { "description": "", "content": content(names) } });
        document(&operation("responses", responses))
    };
    let json = || json!(["application/json"]);
    for range in [json!(["*/*"]), json!(["application/*"])] {
        for json in [json(), json!(["application/json; charset=utf-8"])] {
            check(
                request,
                &[
                    ("range in a request", json.clone(), range.clone(), Harmless),
                    (
                        "range no longer in a request",
                        range.clone(),
                        json.clone(),
                        Breaking,
                    ),
                ],
            );
            check(
                response,
                &[
                    ("range in a response", json.clone(), range.clone(), Breaking),
                    ("range no longer in a response", range.clone(), json, Harmless),
                ],
            );
        }
    }
    check(
        request,
        &[
            ("different range", json(), json!(["image/*"]), Breaking),
            (
                "parameters of a range",
                json!(["text/*"]),
                json!(["text/*; charset=utf-8"]),
                Harmless,
            ),
        ],
    );
    let vendor = || json!(["application/vnd.api+json"]);
    check(
        request,
        &[
            ("more specific", json(), vendor(), Breaking),
            ("less specific", vendor(), json(), Breaking),
            (
                "more specific, without parameters",
                json!(["application/json; charset=utf-8"]),
                vendor(),
                Breaking,
            ),
        ],
    );
}

#[test]
fn a_media_type_without_a_schema_accepts_any_value() {
    let types: [fn(Value) -> Value; 2] = [
        |media_type| {
            operation(
                "requestBody",
                json!({ "content": { "application/json": media_type } }),
            )
        },
        |media_type| {
            let response = json!({ "description": "", "content": { "application/json": media_type } });
            operation("responses", json!({ "200": response }))
        },
    ];
    for of in types {
        for any in [json!({ "schema": {} }), json!({ "schema": true })] {
            let changes = [
                ("added", json!({}), any.clone(), Nothing),
                ("removed", any, json!({}), Nothing),
            ];
            check(|media_type| document(&of(media_type.clone())), &changes);
        }
    }
}

/// OpenAPI 3.1 describes bytes without a schema.
#[test]
fn bytes_are_described_in_two_ways() {
    let content = |schema: &Value| json!({ "application/octet-stream": schema });
    let request = |schema: &Value| document(&operation("requestBody", json!({ "content": content(schema) })));
    let response = |schema: &Value| {
        let responses = json!({ "200": { "description": "", "content": content(schema) } });
        document(&operation("responses", responses))
    };
    let plain = json!({ "schema": { "type": "string", "format": "binary" } });
    for with in [&request as &dyn Fn(&Value) -> Value, &response] {
        check(
            with,
            &[
                ("3.1", plain.clone(), json!({}), Nothing),
                ("3.0", json!({}), plain.clone(), Nothing),
            ],
        );
    }
    let short = json!({ "schema": { "type": "string", "format": "binary", "maxLength": 9 } });
    check(request, &[("limited", json!({}), short.clone(), Breaking)]);
    check(response, &[("no longer limited", short, json!({}), Breaking)]);
}

#[test]
fn encodings_of_form_parts() {
    let content = |encoding: &Value| {
        let schema = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        json!({ "multipart/form-data": { "schema": schema, "encoding": { "a": encoding } } })
    };
    let request =
        |encoding: &Value| document(&operation("requestBody", json!({ "content": content(encoding) })));
    let response = |encoding: &Value| {
        let responses = json!({ "200": { "description": "", "content": content(encoding) } });
        document(&operation("responses", responses))
    };
    let of = |types: &str| json!({ "contentType": types });
    let (one, two) = (of("image/png"), of("image/png, image/jpeg"));
    check(
        request,
        &[
            ("type added", one.clone(), two.clone(), Harmless),
            ("type removed", two.clone(), one.clone(), Breaking),
            ("different type", one.clone(), of("image/jpeg"), Breaking),
            (
                "style",
                json!({ "style": "form" }),
                json!({ "style": "pipeDelimited" }),
                Breaking,
            ),
            (
                "extension",
                one.clone(),
                json!({ "contentType": "image/png", "x-a": 1 }),
                Harmless,
            ),
        ],
    );
    check(
        response,
        &[
            ("type added", one.clone(), two.clone(), Breaking),
            ("type removed", two, one, Harmless),
        ],
    );
}

#[test]
fn serialization_that_accepts_more_is_harmless() {
    let parameter = |place: &'static str, schema: Value| {
        move |fields: &Value| {
            let mut parameter = json!({ "name": "id", "in": place, "required": true, "schema": schema });
            for (name, value) in fields.as_object().unwrap() {
                parameter[name] = value.clone();
            }
            document(&operation("parameters", json!([parameter])))
        }
    };
    let text = json!({ "type": "string" });
    for flag in ["allowReserved", "allowEmptyValue"] {
        let allowed = json!({ flag: true });
        let changes = [
            ("allowed", json!({}), allowed.clone(), Harmless),
            ("no longer allowed", allowed.clone(), json!({}), Breaking),
        ];
        check(parameter("query", text.clone()), &changes);
        let changes = [("outside of a query", json!({}), allowed, Nothing)];
        check(parameter("path", text.clone()), &changes);
    }
    // Items are separated by commas in both cases, but the properties of an object are not.
    let exploded = |meaning| [("exploded", json!({}), json!({ "explode": true }), meaning)];
    check(parameter("path", json!({ "type": "array" })), &exploded(Nothing));
    check(
        parameter("path", json!({ "type": "object" })),
        &exploded(Breaking),
    );
    // By default, each item in a query is a separate parameter.
    let schema = |schema: &Value| parameter("query", schema.clone())(&json!({}));
    for parts in ["array", "object"] {
        let changes = [("one text", json!({ "type": parts }), text.clone(), Breaking)];
        check(schema, &changes);
    }
    check(
        schema,
        &[("digits", json!({ "type": "integer" }), text, Harmless)],
    );
}

#[test]
fn values_are_shown() {
    let with = |schema: Value| {
        document(&operation(
            "requestBody",
            json!({ "content": { "application/json": { "schema": schema } } }),
        ))
    };
    for (old, new, expected) in [
        (
            json!({ "type": "boolean", "default": true }),
            json!({ "type": "boolean", "default": false }),
            "`true` → `false`",
        ),
        (
            json!({ "type": "boolean", "const": false }),
            json!({ "type": "boolean", "const": true }),
            "`false` → `true`",
        ),
        (
            json!({ "x-a": true }),
            json!({ "x-a": false }),
            "`true` → `false`",
        ),
        (
            json!({ "type": "string", "format": "date" }),
            json!({ "type": "string", "format": "uuid" }),
            "`\"string/date\"` → `\"string/uuid\"`",
        ),
        (
            json!({ "type": "string" }),
            json!({ "type": "string", "format": "uuid" }),
            "`\"string\"` → `\"string/uuid\"`",
        ),
    ] {
        let report = diff(&with(old), &with(new));
        assert!(messages(&report).contains(expected), "{}", messages(&report));
    }
    let report = diff(
        &with(json!({ "type": "array" })),
        &with(json!({ "type": "array", "uniqueItems": true })),
    );
    assert!(
        messages(&report).contains("(`false` → `true`)"),
        "{}",
        messages(&report)
    );
}
