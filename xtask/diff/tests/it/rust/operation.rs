//! The items of an operation: method, request builder, request body and response.

use serde_json::{Value, json};

use super::{check, check_edit, labels};
use crate::mutations::{Edited, OPERATION, REQUEST};

const PATH: &str = "/paths/~1api~1video~1room_tokens";

#[test]
fn unnamed_bodies_are_named_after_the_operation() {
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
fn error_bodies_only_have_reusable_types() {
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
    // A type that is also used elsewhere is not added.
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
fn different_success_responses_change_the_return_type() {
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
    // Without a success status, `default` is the success.
    let only = |response: Value| {
        Edited::facts().set(&format!("{OPERATION}/responses"), json!({ "default": response }))
    };
    let none = Edited::facts().set(&format!("{OPERATION}/responses"), json!({}));
    check(&none, &only(known()), answer, answer);
}

#[test]
fn operation_changes_affect_the_method_or_the_client() {
    let method = "Client::create_room_token";
    for (place, item) in [("requestBody", "body"), ("responses/200", "send")] {
        let changes = format!("builder::CreateRoomToken::{item} changes type, api major, client major");
        let schema = format!("{OPERATION}/{place}/content/application~1json/schema");
        check_edit(|facts| facts.remove(&schema), &changes, &changes);
    }
    for (place, item) in [("requestBody", "body"), ("responses/200", "send")] {
        let changes = format!("builder::CreateRoomToken::{item} changes type, api major, client major");
        let content = format!("{OPERATION}/{place}/content");
        let body = Edited::facts().0.pointer(&content).unwrap()["application/json"].clone();
        let text = Edited::facts().set(&content, json!({ "text/plain": body }));
        assert_eq!(labels(&Edited::facts(), &text), [&*changes, &*changes]);
    }
    check_edit(
        |facts| facts.remove(&format!("{OPERATION}/requestBody")),
        "builder::CreateRoomToken::body disappears, api major, client major",
        "builder::CreateRoomToken::body appears, api major, client minor",
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
        &format!("{setter} appears, api major, client minor"),
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
fn path_parameters_have_separate_names() {
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
fn response_headers_have_no_items() {
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
fn the_handwritten_crate_wraps_one_operation() {
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
fn documentation_has_no_effect() {
    let nothing = "nothing, api none, client none";
    check_edit(
        |facts| facts.set(&format!("{REQUEST}/properties/meta/description"), json!("Data.")),
        nothing,
        nothing,
    );
}
