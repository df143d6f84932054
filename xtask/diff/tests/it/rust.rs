//! What a change does to the crates: the generated item that it touches, what becomes of it, and how far the versions of
//! the generated and of the ergonomic crate have to rise.

use serde_json::{Value, json};
use xtask_diff::{Change, Effect};

use crate::mutations::{Edited, OPERATION, REQUEST, RESPONSE};
use crate::support::diff;

const PATH: &str = "/paths/~1api~1video~1room_tokens";

/// A label in one line, such as `types::Foo::bar appears, api major, client minor`.
fn label(change: &Change) -> String {
    let rust = &change.rust;
    let effect = match rust.effect {
        Effect::None => "nothing",
        Effect::Appears => "appears",
        Effect::Disappears => "disappears",
        Effect::ChangesType => "changes type",
        Effect::ChangesValue => "changes value",
        Effect::ChangesBehaviour => "changes behaviour",
    };
    let what: Vec<&str> = rust.item.as_deref().into_iter().chain([effect]).collect();
    format!(
        "{}, api {}, client {}",
        what.join(" "),
        rust.api.as_str(),
        rust.ergonomic.as_str()
    )
}

fn labels(old: &Edited, new: &Edited) -> Vec<String> {
    diff(&old.0, &new.0).changes.iter().map(label).collect()
}

/// From `old` to `new` there is a change of this label, and one back.
#[track_caller]
fn check(old: &Edited, new: &Edited, there: &str, back: &str) {
    assert_eq!(labels(old, new), [there]);
    assert_eq!(labels(new, old), [back]);
}

#[track_caller]
fn check_edit(edit: impl FnOnce(Edited) -> Edited, there: &str, back: &str) {
    check(&Edited::facts(), &edit(Edited::facts()), there, back);
}

/// The facts with one more property of the request.
fn request(name: &str, schema: Value) -> Edited {
    Edited::facts().set(&format!("{REQUEST}/properties/{name}"), schema)
}

/// The facts with one more property of the response.
fn response(name: &str, schema: Value) -> Edited {
    Edited::facts().set(&format!("{RESPONSE}/properties/{name}"), schema)
}

#[test]
fn fields_are_called_as_in_the_generated_code() {
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
fn limits_and_defaults_of_a_field_of_the_request_are_constants() {
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
    // Of objects and of lists of this and that there are no constants.
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
fn limits_elsewhere_are_no_items() {
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
fn variants_belong_to_the_type_of_their_schema() {
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
fn bodies_without_a_name_are_called_after_the_operation() {
    let body = |place: &str, properties: Value| {
        let schema = json!({ "type": "object", "properties": properties });
        Edited::facts().set(
            &format!("{OPERATION}/{place}/content/application~1json/schema"),
            schema,
        )
    };
    for (place, name) in [
        ("requestBody", "CreateRoomTokenBody"),
        ("responses/200", "CreateRoomTokenResponse"),
    ] {
        check(
            &body(place, json!({})),
            &body(place, json!({ "probe": { "type": "string" } })),
            &format!("types::{name}::probe appears, api major, client minor"),
            &format!("types::{name}::probe disappears, api major, client major"),
        );
    }
}

#[test]
fn the_body_of_an_error_is_bytes_but_for_its_reusable_types() {
    let error = |schema: Value| {
        let content = json!({ "application/json": { "schema": schema } });
        Edited::facts().set(
            &format!("{OPERATION}/responses/429"),
            json!({ "description": "", "content": content }),
        )
    };
    let nothing = "nothing, api patch, client patch";
    check_edit(|_| error(json!({ "type": "object" })), nothing, nothing);
    let with = |properties: Value| error(json!({ "type": "object", "properties": properties }));
    check(
        &with(json!({})),
        &with(json!({ "as": { "$ref": "#/components/schemas/JoinAsType" } })),
        nothing,
        nothing,
    );
    check(
        &with(json!({ "why": { "type": "string", "enum": ["a"] } })),
        &with(json!({ "why": { "type": "string", "enum": ["a", "b"] } })),
        nothing,
        nothing,
    );
    // A type that is used elsewhere, too, does not come with it.
    check_edit(
        |_| error(json!({ "$ref": "#/components/schemas/JoinAsType" })),
        nothing,
        nothing,
    );
    let own = |facts: Edited| facts.set("/components/schemas/Wait", json!({ "type": "object" }));
    check_edit(
        |_| own(error(json!({ "$ref": "#/components/schemas/Wait" }))),
        "types::Wait appears, api minor, client patch",
        "types::Wait disappears, api major, client patch",
    );
    check(
        &own(error(json!({ "$ref": "#/components/schemas/Wait" }))),
        &own(error(json!({ "$ref": "#/components/schemas/Wait" }))).set(
            "/components/schemas/Wait/properties",
            json!({ "a": { "type": "string" } }),
        ),
        "types::Wait::a appears, api major, client minor",
        "types::Wait::a disappears, api major, client major",
    );
}

#[test]
fn a_response_that_differs_from_the_others_changes_the_answer() {
    let status = |status: &str, response: Value| {
        Edited::facts().set(&format!("{OPERATION}/responses/{status}"), response)
    };
    let known = || {
        let schema = json!({ "$ref": "#/components/schemas/RoomTokenResponse" });
        json!({ "description": "", "content": { "application/json; charset=utf-8": { "schema": schema } } })
    };
    let nothing = "nothing, api patch, client patch";
    let answer = "builder::CreateRoomToken::send changes type, api major, client major";
    check_edit(|_| status("201", known()), nothing, nothing);
    check_edit(|_| status("2XX", known()), nothing, nothing);
    check_edit(
        |_| status("default", json!({ "description": "" })),
        nothing,
        nothing,
    );
    check_edit(|_| status("201", json!({ "description": "" })), answer, answer);
    let text = json!({ "description": "", "content": { "text/plain": {} } });
    check_edit(|_| status("201", text), answer, answer);
    // Without a success, the default is one.
    let only = |response: Value| {
        Edited::facts().set(&format!("{OPERATION}/responses"), json!({ "default": response }))
    };
    let none = Edited::facts().set(&format!("{OPERATION}/responses"), json!({}));
    check(&none, &only(known()), answer, answer);
}

#[test]
fn other_properties_with_a_type_have_a_field() {
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
    let required = |names: Value| request("map", json!({ "type": "object", "required": names }));
    check(
        &required(json!(["a"])),
        &required(json!(["a", "b-c"])),
        "types::CreateRoomTokenRequestMap::b_c appears, api major, client minor",
        "types::CreateRoomTokenRequestMap::b_c disappears, api major, client major",
    );
}

#[test]
fn a_reusable_type_changes_where_it_is() {
    let join_as = |schema: Value| Edited::facts().set("/components/schemas/JoinAsType", schema);
    check(
        &join_as(json!({ "type": "string", "enum": ["member"] })),
        &join_as(json!({ "type": "string" })),
        "types::JoinAsType::Member disappears, api major, client major",
        "types::JoinAsType changes type, api major, client major",
    );
}

#[test]
fn a_type_that_takes_the_place_of_another_is_that_of_the_field() {
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
fn a_field_changes_its_type() {
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
    // What lies in a list is no `Option`.
    let items = |types: Value| request("probe", json!({ "type": "array", "items": { "type": types } }));
    check(
        &items(json!("string")),
        &items(json!(["string", "null"])),
        changes,
        changes,
    );
}

#[test]
fn what_belongs_to_the_operation_is_its_method_or_the_client() {
    let method = "Client::create_room_token";
    check_edit(
        |facts| facts.remove(&format!("{OPERATION}/requestBody")),
        "builder::CreateRoomToken::body disappears, api major, client major",
        "builder::CreateRoomToken::body appears, api minor, client minor",
    );
    check_edit(
        |facts| facts.set(&format!("{OPERATION}/operationId"), json!("mintToken")),
        &format!("{method} disappears, api major, client patch"),
        "Client::mint_token disappears, api major, client patch",
    );
    check_edit(
        |facts| {
            let operation = facts.0.pointer(OPERATION).cloned().unwrap();
            facts
                .remove(&format!("{PATH}/post"))
                .set(&format!("{PATH}/put"), operation)
        },
        &format!("{method} changes behaviour, api patch, client patch"),
        &format!("{method} changes behaviour, api patch, client patch"),
    );
    let nothing = "nothing, api patch, client patch";
    check_edit(
        |facts| facts.set(&format!("{OPERATION}/requestBody/required"), json!(false)),
        nothing,
        nothing,
    );
    check_edit(
        |facts| {
            facts.set(
                &format!("{OPERATION}/requestBody/content/application~1xml"),
                json!({}),
            )
        },
        nothing,
        nothing,
    );
    check_edit(
        |facts| facts.set("/servers/-", json!({ "url": "https://example.com" })),
        nothing,
        nothing,
    );
    check_edit(
        |facts| facts.set("/security", json!([])),
        "Client changes behaviour, api patch, client major",
        "Client changes behaviour, api patch, client major",
    );
}

#[test]
fn parameters_have_setters_types_and_constants() {
    let query = |name: &str, schema: Value| {
        let parameter = json!({ "name": name, "in": "query", "schema": schema });
        Edited::facts().set(&format!("{OPERATION}/parameters"), json!([parameter]))
    };
    let setter = "builder::CreateRoomToken::max_rooms";
    let number = || json!({ "type": "integer" });
    check_edit(
        |_| query("maxRooms", number()),
        &format!("{setter} appears, api minor, client minor"),
        &format!("{setter} disappears, api major, client major"),
    );
    let changes = format!("{setter} changes type, api major, client major");
    check(
        &query("maxRooms", number()),
        &query("maxRooms", json!({ "type": "boolean" })),
        &changes,
        &changes,
    );
    check(
        &query("maxRooms", number()),
        &query("maxRooms", json!({ "type": "integer", "minimum": 5 })),
        "create_room_token::parameters::max_rooms::MINIMUM appears, api minor, client patch",
        "create_room_token::parameters::max_rooms::MINIMUM disappears, api major, client patch",
    );
    let nothing = "nothing, api patch, client patch";
    let names = |items: Value| query("names", json!({ "type": "array", "items": items }));
    check(
        &names(json!({ "type": "string" })),
        &names(json!({ "type": "string", "maxLength": 5 })),
        nothing,
        nothing,
    );
    let list = |values: &[&str]| query("sort", json!({ "type": "string", "enum": values }));
    check(
        &list(&["a"]),
        &list(&["a", "b"]),
        "types::CreateRoomTokenSort::B appears, api major, client minor",
        "types::CreateRoomTokenSort::B disappears, api major, client major",
    );
    let reference = query("as", json!({ "$ref": "#/components/schemas/JoinAsType" }));
    let with_host = Edited(reference.0.clone()).set("/components/schemas/JoinAsType/enum/-", json!("host"));
    let both = "types::JoinAsType::Host appears, api major, client minor";
    assert_eq!(labels(&reference, &with_host), [both, both]);
}

#[test]
fn parameters_of_the_path_have_names_of_their_own() {
    let path = |name: &str| {
        let parameter =
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
        let item = json!({ "get": { "operationId": "other", "parameters": [parameter], "responses": {} } });
        Edited::facts()
            .remove(PATH)
            .set(&format!("/paths/~1rooms~1{{{name}}}"), item)
    };
    check(
        &path("room"),
        &path("roomName"),
        "builder::Other::room disappears, api major, client none",
        "builder::Other::room_name disappears, api major, client none",
    );
}

#[test]
fn headers_of_a_response_are_no_items() {
    let header = |schema: Value| {
        let headers = json!({ "X-Limit": { "schema": schema } });
        Edited::facts().set(&format!("{OPERATION}/responses/200/headers"), headers)
    };
    let nothing = "nothing, api patch, client patch";
    check(
        &header(json!({ "type": "integer" })),
        &header(json!({ "type": "boolean" })),
        nothing,
        nothing,
    );
}

#[test]
fn the_ergonomic_crate_wraps_one_operation() {
    let at = |path: &str, method: &str| {
        let item = json!({ method: { "operationId": "other", "responses": {} } });
        Edited::facts()
            .remove(PATH)
            .set(&format!("/paths/{}", path.replace('/', "~1")), item)
    };
    let without = Edited::facts().remove(PATH);
    check(
        &without,
        &at("/v1/api/video/room_tokens", "post"),
        "Client::other appears, api minor, client minor",
        "Client::other disappears, api major, client major",
    );
    for (path, method) in [
        ("/v1/api/video/rooms", "post"),
        ("/v1/api/video/room_tokens", "get"),
    ] {
        check(
            &without,
            &at(path, method),
            "Client::other appears, api minor, client none",
            "Client::other disappears, api major, client none",
        );
    }
}

#[test]
fn words_do_nothing() {
    let nothing = "nothing, api none, client none";
    check_edit(
        |facts| facts.set(&format!("{REQUEST}/properties/meta/description"), json!("Data.")),
        nothing,
        nothing,
    );
}
