//! The items of fields: types, variants and constants.

use serde_json::{Value, json};

use super::{check, check_edit, labels, request, response};
use crate::mutations::{Edited, REQUEST};

#[test]
fn fields_have_their_generated_names() {
    for (name, field) in [
        ("probe", "probe"),
        ("join-from", "join_from"),
        ("joinFrom", "join_from"),
        ("mp4Url", "mp4_url"),
        ("URL", "url"),
        ("HTTPUrl", "http_url"),
        ("caller's", "callers"),
        ("2d", "x2d"),
        ("type", "type_"),
        ("async", "async_"),
        ("gen", "gen_"),
    ] {
        check_edit(
            |_| request(name, json!({ "type": "string" })),
            &format!("types::CreateRoomTokenRequest::{field} appears, api major, client minor"),
            &format!("types::CreateRoomTokenRequest::{field} disappears, api major, client major"),
        );
    }
    check_edit(
        |_| response("probe", json!({ "type": "string" })),
        "types::RoomTokenResponse::probe appears, api major, client minor",
        "types::RoomTokenResponse::probe disappears, api major, client major",
    );
}

#[test]
fn limits_and_defaults_of_request_fields_are_constants() {
    let text = |keyword: &str| json!({ "type": "string", keyword: 5 });
    let number = |keyword: &str| json!({ "type": "integer", keyword: 5 });
    for (without, with, constant) in [
        (json!({ "type": "string" }), text("maxLength"), "MAX_LENGTH"),
        (json!({ "type": "string" }), text("minLength"), "MIN_LENGTH"),
        (
            json!({ "type": "string" }),
            json!({ "type": "string", "pattern": "a" }),
            "PATTERN",
        ),
        (
            json!({ "type": "string" }),
            json!({ "type": "string", "default": "a" }),
            "DEFAULT",
        ),
        (json!({ "type": "integer" }), number("maximum"), "MAXIMUM"),
        (json!({ "type": "integer" }), number("minimum"), "MINIMUM"),
        (
            json!({ "type": "integer" }),
            number("exclusiveMaximum"),
            "EXCLUSIVE_MAXIMUM",
        ),
        (
            json!({ "type": "integer" }),
            number("exclusiveMinimum"),
            "EXCLUSIVE_MINIMUM",
        ),
        (
            json!({ "type": "array" }),
            json!({ "type": "array", "maxItems": 5 }),
            "MAX_ITEMS",
        ),
        (
            json!({ "type": "array" }),
            json!({ "type": "array", "minItems": 5 }),
            "MIN_ITEMS",
        ),
        (json!({ "type": "integer" }), number("multipleOf"), "MULTIPLE_OF"),
    ] {
        let constant = format!("create_room_token::probe::{constant}");
        check(
            &request("probe", without),
            &request("probe", with),
            &format!("{constant} appears, api minor, client patch"),
            &format!("{constant} disappears, api major, client patch"),
        );
    }
    let spelled = |schema: Value| request("2d", schema);
    check(
        &spelled(json!({ "type": "string" })),
        &spelled(text("maxLength")),
        "create_room_token::_2d::MAX_LENGTH appears, api minor, client patch",
        "create_room_token::_2d::MAX_LENGTH disappears, api major, client patch",
    );
    // Objects and arrays of mixed types have no constants.
    let nothing = "nothing, api patch, client patch";
    let default = |value: Value| request("probe", json!({ "default": value }));
    for (old, new) in [
        (json!({ "a": 1 }), json!({ "a": 2 })),
        (json!(["a", 1]), json!(["b", 1])),
        (json!([]), json!([{ "a": 1 }])),
    ] {
        check(&default(old), &default(new), nothing, nothing);
    }
    check(
        &default(json!(["a", "b"])),
        &default(json!(["a", 1])),
        "create_room_token::probe::DEFAULT disappears, api major, client patch",
        "create_room_token::probe::DEFAULT appears, api minor, client patch",
    );
    let limited = |limit: i64| request("probe", json!({ "type": "string", "maxLength": limit }));
    let changes = "create_room_token::probe::MAX_LENGTH changes value, api patch, client patch";
    check(&limited(5), &limited(6), changes, changes);
}

#[test]
fn other_limits_have_no_items() {
    let nothing = "nothing, api patch, client patch";
    let limited = |schema: Value| {
        [
            request(
                "probe",
                json!({ "type": "object", "properties": { "inner": schema } }),
            ),
            request("probe", json!({ "type": "array", "items": schema })),
            response("probe", schema),
        ]
    };
    let (without, with) = (
        limited(json!({ "type": "string" })),
        limited(json!({ "type": "string", "maxLength": 5 })),
    );
    for (without, with) in without.iter().zip(&with) {
        check(without, with, nothing, nothing);
    }
    let listed = |schema: Value| {
        let items = json!({ "type": "object", "properties": { "inner": schema } });
        Edited::facts().set(REQUEST, json!({ "type": "array", "items": items }))
    };
    check(
        &listed(json!({ "type": "string" })),
        &listed(json!({ "type": "string", "maxLength": 5 })),
        nothing,
        nothing,
    );
    check_edit(
        |facts| facts.set(&format!("{REQUEST}/maxProperties"), json!(30)),
        nothing,
        nothing,
    );
}

#[test]
fn variants_belong_to_their_enum() {
    let list = |values: &[&str]| json!({ "type": "string", "enum": values });
    for (value, variant) in [
        ("room.fly_high", "RoomFlyHigh"),
        ("flyHigh", "FlyHigh"),
        ("ROOM_FLY", "RoomFly"),
        ("2d", "X2d"),
        ("self", "Self_"),
    ] {
        check_edit(
            |facts| facts.set("/components/schemas/RoomTokenPermission/enum/-", json!(value)),
            &format!("types::RoomTokenPermission::{variant} appears, api major, client minor"),
            &format!("types::RoomTokenPermission::{variant} disappears, api major, client major"),
        );
    }
    let number = |values: &[i64]| request("probe", json!({ "type": "integer", "enum": values }));
    check(
        &number(&[1]),
        &number(&[1, 2]),
        "nothing, api patch, client patch",
        "nothing, api patch, client patch",
    );
    for (with, name) in [
        (request as fn(&str, Value) -> Edited, "CreateRoomTokenRequest"),
        (response, "RoomTokenResponse"),
    ] {
        check(
            &with("waiting_room", list(&["a"])),
            &with("waiting_room", list(&["a", "b"])),
            &format!("types::{name}WaitingRoom::B appears, api major, client minor"),
            &format!("types::{name}WaitingRoom::B disappears, api major, client major"),
        );
    }
    let items = |values: &[&str]| request("rooms", json!({ "type": "array", "items": list(values) }));
    check(
        &items(&["a"]),
        &items(&["a", "b"]),
        "types::CreateRoomTokenRequestRoomsItem::B appears, api major, client minor",
        "types::CreateRoomTokenRequestRoomsItem::B disappears, api major, client major",
    );
    let nested = |name: &str| {
        let properties = json!({ "inner": { "type": "string" }, name: { "type": "string" } });
        request("probe", json!({ "type": "object", "properties": properties }))
    };
    check(
        &nested("inner"),
        &nested("other"),
        "types::CreateRoomTokenRequestProbe::other appears, api major, client minor",
        "types::CreateRoomTokenRequestProbe::other disappears, api major, client major",
    );
}

#[test]
fn typed_unknown_properties_have_a_field() {
    let outer = |others: Value| {
        request(
            "outer",
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": others }),
        )
    };
    let extra = "types::CreateRoomTokenRequestOuter::extra";
    let nothing = "nothing, api patch, client patch";
    let (appears, disappears) = (
        format!("{extra} appears, api major, client minor"),
        format!("{extra} disappears, api major, client major"),
    );
    check(&outer(json!(true)), &outer(json!(false)), nothing, nothing);
    check(
        &outer(json!(true)),
        &outer(json!({ "type": "string" })),
        &appears,
        &disappears,
    );
    check(
        &outer(json!(false)),
        &outer(json!({ "type": "string" })),
        &appears,
        &disappears,
    );
    let changes = format!("{extra} changes type, api major, client major");
    check(
        &outer(json!({ "type": "boolean" })),
        &outer(json!({ "type": "string" })),
        &changes,
        &changes,
    );
    let map = |others: Value| json!({ "type": "object", "additionalProperties": others });
    let changes = "types::CreateRoomTokenRequest::map changes type, api major, client major";
    let of = |others: Value| request("map", map(others));
    check(&of(json!(true)), &of(json!(false)), changes, changes);
    check(
        &of(json!(true)),
        &of(json!({ "type": "string" })),
        changes,
        changes,
    );
    check(
        &of(json!({ "type": "boolean" })),
        &of(json!({ "type": "string" })),
        changes,
        changes,
    );
    let of = |others: Value| response("map", map(others));
    check(&of(json!(true)), &of(json!(false)), nothing, nothing);
    // A map that becomes a struct changes its type in any case.
    let text = json!({ "type": "string" });
    let becomes = labels(
        &request("map", map(text.clone())),
        &request("map", json!({ "type": "object", "properties": { "a": text } })),
    );
    let appears = "types::CreateRoomTokenRequestMap::a appears, api major, client minor";
    assert_eq!(becomes, [appears, changes]);
    let required = |names: Value| request("map", json!({ "type": "object", "required": names }));
    check(
        &required(json!(["a"])),
        &required(json!(["a", "b-c"])),
        "types::CreateRoomTokenRequestMap::b_c appears, api major, client minor",
        "types::CreateRoomTokenRequestMap::b_c disappears, api major, client major",
    );
}

#[test]
fn reusable_types_change() {
    let join_as = |schema: Value| Edited::facts().set("/components/schemas/JoinAsType", schema);
    check(
        &join_as(json!({ "type": "string", "enum": ["member"] })),
        &join_as(json!({ "type": "string" })),
        "types::JoinAsType::Member disappears, api major, client major",
        "types::JoinAsType changes type, api major, client major",
    );
}

#[test]
fn replaced_types_change_the_field() {
    let probe = |schema: Value| {
        request("probe", schema)
            .set("/components/schemas/Plain", json!({ "type": "string" }))
            .set(
                "/components/schemas/Choice",
                json!({ "type": "string", "enum": ["a"] }),
            )
    };
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let changes = "types::CreateRoomTokenRequest::probe changes type, api major, client major";
    check(
        &probe(reference("Plain")),
        &probe(json!({ "type": "integer" })),
        changes,
        changes,
    );
    check(
        &probe(reference("Choice")),
        &probe(json!({ "type": "string", "enum": ["a", "b"] })),
        changes,
        changes,
    );
}

#[test]
fn fields_change_their_type() {
    let changes = "types::CreateRoomTokenRequest::probe changes type, api major, client major";
    check(
        &request("probe", json!({ "type": "string" })),
        &request("probe", json!({ "type": "integer" })),
        changes,
        changes,
    );
    // The field is an `Option` already.
    let nothing = "nothing, api none, client none";
    check(
        &request("probe", json!({ "type": "string" })),
        &request("probe", json!({ "type": ["string", "null"] })),
        nothing,
        nothing,
    );
    let required = |types: Value| {
        request("probe", json!({ "type": types })).set(&format!("{REQUEST}/required/-"), json!("probe"))
    };
    check(
        &required(json!("string")),
        &required(json!(["string", "null"])),
        changes,
        changes,
    );
    check(
        &request("probe", json!({ "type": "string" })),
        &required(json!("string")),
        changes,
        changes,
    );
    // Array items are not an `Option`.
    let items = |types: Value| request("probe", json!({ "type": "array", "items": { "type": types } }));
    check(
        &items(json!("string")),
        &items(json!(["string", "null"])),
        changes,
        changes,
    );
}
