//! Labels of changes to the operation: its name, parameters, request body and responses.

use serde_json::{Value, json};

use super::{Case, check, operation, remove, schema, set};

fn described(content: Value) -> Value {
    json!({ "description": "", "content": content })
}

fn json_body(schema: Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn object() -> Value {
    json!({ "type": "object", "properties": { "wait": { "type": "integer" } } })
}

/// Returns a case that adds a response.
fn new_response(what: &'static str, status: &str, response: Value) -> Case {
    (
        what,
        vec![set(operation(&format!("responses/{status}")), response)],
    )
}

#[test]
fn operation_changes() {
    let parameter = |required: bool| json!({ "name": "limit", "in": "query", "required": required, "schema": { "type": "integer", "maximum": 5 } });
    check(&[
        (
            "another operationId",
            vec![set(operation("operationId"), json!("mintToken"))],
        ),
        (
            "the operation is deprecated",
            vec![set(operation("deprecated"), json!(true))],
        ),
        (
            "an optional parameter",
            vec![set(operation("parameters/-"), parameter(false))],
        ),
        (
            "a required parameter",
            vec![set(operation("parameters/-"), parameter(true))],
        ),
        ("no credentials", vec![set("/security", json!([]))]),
        (
            "an additional server",
            vec![set("/servers/-", json!({ "url": "https://example.com" }))],
        ),
        (
            "a renamed schema",
            vec![
                remove(schema("JoinAsType")),
                set(
                    schema("JoinKind"),
                    json!({ "type": "string", "enum": ["audience", "member"] }),
                ),
                set(
                    schema("CreateRoomTokenRequest/properties/join_as/allOf"),
                    json!([reference("JoinKind")]),
                ),
            ],
        ),
    ]);
}

#[test]
fn request_body_changes() {
    let body = |pointer: &str| operation(&format!("requestBody{pointer}"));
    check(&[
        ("no body", vec![remove(body(""))]),
        (
            "the body becomes optional",
            vec![set(body("/required"), json!(false))],
        ),
        (
            "any JSON",
            vec![remove(body("/content/application~1json/schema"))],
        ),
        (
            "another schema",
            vec![set(body("/content/application~1json/schema"), object())],
        ),
        (
            "additional XML content",
            vec![set(body("/content/application~1xml"), json!({}))],
        ),
        (
            "text instead",
            vec![set(
                body("/content"),
                json!({ "text/plain": { "schema": { "type": "string" } } }),
            )],
        ),
    ]);
}

#[test]
fn response_changes() {
    let known = |name: &str| described(json_body(reference(name)));
    let success = |pointer: &str| operation(&format!("responses/200/{pointer}"));
    let error = |pointer: &str| operation(&format!("responses/401/{pointer}"));
    check(&[
        (
            "any JSON",
            vec![remove(success("content/application~1json/schema"))],
        ),
        ("nothing", vec![remove(success("content"))]),
        (
            "another schema",
            vec![set(success("content"), json_body(object()))],
        ),
        (
            "additional XML content",
            vec![set(success("content/application~1xml"), json!({}))],
        ),
        (
            "XML instead",
            vec![set(success("content"), json!({ "application/xml": {} }))],
        ),
        (
            "a header",
            vec![set(
                success("headers"),
                json!({ "x-limit": { "schema": { "type": "integer" } } }),
            )],
        ),
        new_response("an additional success", "201", json!({ "description": "" })),
        new_response(
            "an additional success with the same body",
            "201",
            known("RoomTokenResponse"),
        ),
        new_response("any success", "2XX", known("RoomTokenResponse")),
        new_response("an error", "429", described(json_body(object()))),
        new_response("an error with a known type", "429", known("StatusCode500")),
        new_response("an error without a body", "429", json!({ "description": "" })),
        new_response("any other error", "default", json!({ "description": "" })),
        (
            "an error with a separate type",
            vec![
                set(operation("responses/429"), known("Wait")),
                set(schema("Wait"), object()),
            ],
        ),
        ("an error is removed", vec![remove(operation("responses/500"))]),
        (
            "an error is any JSON",
            vec![remove(error("content/application~1json/schema"))],
        ),
        (
            "an error is text",
            vec![set(error("content"), json!({ "text/plain": {} }))],
        ),
    ]);
}
