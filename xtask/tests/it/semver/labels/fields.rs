//! Labels of changes to fields: their names, types, values and limits.

use serde_json::{Value, json};

use super::{Case, check, remove, request, response, schema, set};

const PERMISSIONS: &str = "properties/permissions";
const SECONDS: &str = "properties/remove_after_seconds_elapsed";

/// Returns a case that adds a request field.
fn new_field(what: &'static str, name: &str, schema: Value) -> Case {
    (what, vec![set(request(&format!("properties/{name}")), schema)])
}

fn text() -> Value {
    json!({ "type": "string" })
}

#[test]
fn added_and_removed_fields() {
    check(&[
        new_field("a new field", "waiting_room", json!({ "type": "boolean" })),
        new_field(
            "a name that starts with a digit",
            "2d",
            json!({ "type": "string", "maxLength": 5 }),
        ),
        new_field("an uppercase name", "HTTPUrl", text()),
        new_field(
            "a reserved Rust name",
            "gen",
            json!({ "type": "string", "default": "a" }),
        ),
        new_field(
            "a field with an enum",
            "Async",
            json!({ "type": "string", "enum": ["HD", "4K", "self"] }),
        ),
        new_field(
            "a field with an integer enum",
            "level",
            json!({ "type": "integer", "enum": [1, 2] }),
        ),
        new_field(
            "a nested field",
            "outer",
            json!({ "type": "object", "properties": { "inner": text() } }),
        ),
        (
            "a field is removed",
            vec![remove(request("properties/room_display_name"))],
        ),
        (
            "a new field in the response",
            vec![set(response("properties/expires_at"), text())],
        ),
        (
            "a new field of an error",
            vec![set(schema("RestApiErrorItem/properties/hint"), text())],
        ),
        (
            "a field becomes required",
            vec![set(request("required/-"), json!("meta"))],
        ),
        (
            "a field with a default becomes required",
            vec![set(request("required/-"), json!("join_as"))],
        ),
        (
            "an undescribed field becomes required",
            vec![set(request("required/-"), json!("nowhere"))],
        ),
        (
            "a response field becomes optional",
            vec![set(response("required"), json!(["other"]))],
        ),
        (
            "a field becomes read-only",
            vec![set(request("properties/meta/readOnly"), json!(true))],
        ),
        (
            "a field is deprecated",
            vec![set(request("properties/meta/deprecated"), json!(true))],
        ),
        (
            "a field has an extension",
            vec![set(request("properties/meta/x-a"), json!(1))],
        ),
    ]);
}

#[test]
fn types_change() {
    let name = "properties/room_display_name";
    let several = json!([{ "type": "string", "maxLength": 200 }, { "type": "integer" }]);
    check(&[
        (
            "another type",
            vec![set(request(name), json!({ "type": "integer" }))],
        ),
        (
            "one of several types",
            vec![set(request(name), json!({ "oneOf": several }))],
        ),
        (
            "any of several types",
            vec![set(request(name), json!({ "anyOf": several }))],
        ),
        (
            "a value becomes nullable",
            vec![set(
                request("properties/room_name/type"),
                json!(["string", "null"]),
            )],
        ),
        (
            "an optional value becomes nullable",
            vec![set(
                request("properties/user_name/type"),
                json!(["string", "null"]),
            )],
        ),
        (
            "a response value becomes nullable",
            vec![set(response("properties/token/type"), json!(["string", "null"]))],
        ),
        (
            "another format",
            vec![set(request("properties/join_from/format"), json!("uuid"))],
        ),
        ("no format", vec![remove(request("properties/join_from/format"))]),
        (
            "larger numbers",
            vec![set(request(&format!("{SECONDS}/format")), json!("int64"))],
        ),
        (
            "a format in the response",
            vec![set(response("properties/token/format"), json!("uuid"))],
        ),
        (
            "a value is excluded",
            vec![set(request("properties/user_name/not"), json!({ "enum": ["x"] }))],
        ),
        (
            "other items",
            vec![set(request(&format!("{PERMISSIONS}/items")), text())],
        ),
        (
            "nested arrays",
            vec![set(
                request(&format!("{PERMISSIONS}/items")),
                json!({ "type": "array", "items": { "$ref": "#/components/schemas/RoomTokenPermission" } }),
            )],
        ),
        (
            "additional fields are allowed",
            vec![set(request("additionalProperties"), json!(true))],
        ),
        (
            "additional fields have a type",
            vec![set(request("additionalProperties"), text())],
        ),
        (
            "additional response fields are allowed",
            vec![set(response("additionalProperties"), json!(true))],
        ),
        (
            "additional response fields have a type",
            vec![set(response("additionalProperties"), text())],
        ),
        (
            "a map has a type",
            vec![set(request("properties/meta/additionalProperties"), text())],
        ),
        (
            "a map is closed",
            vec![set(request("properties/meta/additionalProperties"), json!(false))],
        ),
        (
            "a map has a field",
            vec![set(request("properties/meta/properties"), json!({ "a": text() }))],
        ),
    ]);
}

#[test]
fn values_and_limits_change() {
    check(&[
        ("nothing", vec![]),
        (
            "new choices",
            ["host", "HOST_2", "4K", "Self", "coHost"]
                .map(|name| set(schema("JoinAsType/enum/-"), json!(name)))
                .to_vec(),
        ),
        (
            "an enum value is removed",
            vec![remove(schema("RoomTokenPermission/enum/27"))],
        ),
        ("any choice", vec![remove(schema("JoinAsType/enum"))]),
        (
            "a string becomes an enum",
            vec![set(request("properties/user_name/enum"), json!(["a"]))],
        ),
        (
            "a new value of an error",
            vec![set(
                schema("StatusCode401/properties/error/enum/-"),
                json!("Locked"),
            )],
        ),
        (
            "a limit is higher",
            vec![set(request("properties/room_display_name/maxLength"), json!(300))],
        ),
        (
            "a limit is removed",
            vec![remove(request("properties/room_display_name/maxLength"))],
        ),
        (
            "a limit is no longer exclusive",
            vec![remove(request(&format!("{SECONDS}/exclusiveMinimum")))],
        ),
        (
            "an array limit",
            vec![set(request(&format!("{PERMISSIONS}/maxItems")), json!(5))],
        ),
        (
            "unique items",
            vec![set(request(&format!("{PERMISSIONS}/uniqueItems")), json!(true))],
        ),
        (
            "a limit of a map",
            vec![set(request("properties/room_meta/maxProperties"), json!(5))],
        ),
        (
            "a limit of the whole request",
            vec![set(request("minProperties"), json!(3))],
        ),
        (
            "a limit in the response",
            vec![set(response("properties/token/minLength"), json!(3))],
        ),
        (
            "another default",
            vec![set(request("properties/join_as/default"), json!("audience"))],
        ),
        (
            "a default is removed",
            vec![remove(request("properties/join_as/default"))],
        ),
        (
            "an array default",
            vec![set(
                request(&format!("{PERMISSIONS}/default")),
                json!(["room.lock"]),
            )],
        ),
        (
            "a default of a map",
            vec![set(request("properties/meta/default"), json!({ "a": 1 }))],
        ),
        (
            "an empty array as default",
            vec![set(request(&format!("{PERMISSIONS}/default")), json!([]))],
        ),
    ]);
}
