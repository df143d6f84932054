//! What the generated types send, accept and print.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests may end a test"
)]

use serde_json::{Value, json};
use signalwire_room_tokens_api::constants::create_room_token as facts;
use signalwire_room_tokens_api::types::{
    self, CreateRoomTokenRequest, CreateRoomTokenRequestPermissionsItem, RestApiErrorItem,
    RoomTokenPermission, RoomTokenResponse, builder,
};

fn sent(body: builder::CreateRoomTokenRequest) -> Value {
    let body = CreateRoomTokenRequest::try_from(body).unwrap();
    serde_json::to_value(body).unwrap()
}

#[test]
fn what_is_not_set_is_not_sent() {
    assert_eq!(
        sent(CreateRoomTokenRequest::builder().room_name("standup")),
        json!({ "room_name": "standup" })
    );
}

#[test]
fn an_empty_list_is_not_an_absent_one() {
    let body = CreateRoomTokenRequest::builder().room_name("standup");
    assert_eq!(
        sent(body.permissions(vec![])),
        json!({ "room_name": "standup", "permissions": [] })
    );
}

#[test]
fn permissions_are_known_names_or_any_others() {
    let names = ["room.self.audio_mute", "room.stream.start", "room.new.power"];
    let items: Vec<CreateRoomTokenRequestPermissionsItem> = serde_json::from_value(json!(names)).unwrap();
    assert!(matches!(
        &items[..],
        [
            CreateRoomTokenRequestPermissionsItem::RoomTokenPermission(RoomTokenPermission::RoomSelfAudioMute),
            CreateRoomTokenRequestPermissionsItem::RoomTokenPermission(RoomTokenPermission::RoomStreamStart),
            CreateRoomTokenRequestPermissionsItem::String(other),
        ] if other == "room.new.power"
    ));
    assert_eq!(serde_json::to_value(&items).unwrap(), json!(names));
}

#[test]
fn a_response_may_gain_fields() {
    let response: RoomTokenResponse = serde_json::from_value(json!({ "token": "t", "new": 1 })).unwrap();
    assert_eq!(response.token, "t");
    let item = json!({ "type": "t", "code": "c", "message": "m", "attribute": null, "url": "u", "new": 1 });
    let item: RestApiErrorItem = serde_json::from_value(item).unwrap();
    assert_eq!((item.type_.as_str(), item.attribute), ("t", None));
}

#[test]
fn debug_output_hides_the_token() {
    let response: RoomTokenResponse = serde_json::from_value(json!({ "token": "the-secret" })).unwrap();
    let builder = builder::RoomTokenResponse::from(response.clone());
    for printed in [
        format!("{response:?}"),
        format!("{builder:#?}"),
        format!("{:?}", Some(&response)),
    ] {
        assert!(
            printed.contains("RoomTokenResponse") && !printed.contains("the-secret"),
            "{printed}"
        );
    }
}

#[test]
fn every_field_of_the_request_is_among_the_facts() {
    let mut request = json!({ "room_name": "standup" });
    for field in facts::REQUEST_FIELDS {
        request[field] = match *field {
            "room_name" | "user_name" | "room_display_name" => json!("a"),
            "permissions" => json!(facts::permissions::DEFAULT),
            "join_from" | "join_until" | "remove_at" => json!("2022-01-01T00:00:00Z"),
            "remove_after_seconds_elapsed" => json!(facts::remove_after_seconds_elapsed::MAXIMUM),
            "join_as" => json!(facts::join_as::DEFAULT),
            "media_allowed" => json!(facts::media_allowed::DEFAULT),
            "room_meta" | "meta" => json!({ "a": 1 }),
            // A field that is newer than this test: any value that its type takes.
            other => [
                json!(true),
                json!(1),
                json!("2022-01-01T00:00:00Z"),
                json!({}),
                json!([]),
            ]
            .into_iter()
            .find(|value| {
                let request = json!({ "room_name": "standup", other: value });
                serde_json::from_value::<CreateRoomTokenRequest>(request).is_ok()
            })
            .unwrap_or_else(|| panic!("no value for `{other}`")),
        };
    }
    let body: CreateRoomTokenRequest = serde_json::from_value(request.clone()).unwrap();
    assert_eq!(serde_json::to_value(body).unwrap(), request);
    assert!(facts::REQUEST_FIELDS.len() >= 18);
}

#[test]
fn names_and_variants_of_enums_are_the_same() {
    for name in facts::permissions::DEFAULT {
        let permission: RoomTokenPermission = name.parse().unwrap();
        assert_eq!(permission.to_string(), *name);
    }
    assert_eq!(
        "video-only".parse::<types::MediaAllowedType>().unwrap(),
        types::MediaAllowedType::VideoOnly
    );
    assert!("nothing".parse::<types::JoinAsType>().is_err());
}

#[cfg(feature = "schemars")]
#[test]
fn types_have_json_schemas_with_the_feature() {
    let schema = serde_json::to_value(schemars::schema_for!(CreateRoomTokenRequest)).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
    let mut fields = facts::REQUEST_FIELDS.to_vec();
    names.sort_unstable();
    fields.sort_unstable();
    assert_eq!(names, fields);
    assert_eq!(schema["required"], json!(["room_name"]));
}
