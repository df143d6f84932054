//! Tests for the generated types: serialization, deserialization and `Debug` output.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic in a helper fails the test"
)]

use serde_json::{Value, json};
use signalwire_room_tokens_api::constants::create_room_token as constants;
use signalwire_room_tokens_api::types::{
    self, CreateRoomTokenRequest, CreateRoomTokenRequestPermissionsItem, RestApiErrorItem,
    RoomTokenPermission, RoomTokenResponse, builder,
};

fn to_json(body: builder::CreateRoomTokenRequest) -> Value {
    let body = CreateRoomTokenRequest::try_from(body).unwrap();
    serde_json::to_value(body).unwrap()
}

#[test]
fn unset_fields_are_not_serialized() {
    assert_eq!(
        to_json(CreateRoomTokenRequest::builder().room_name("standup")),
        json!({ "room_name": "standup" })
    );
}

#[test]
fn an_empty_list_is_serialized() {
    let body = CreateRoomTokenRequest::builder().room_name("standup");
    assert_eq!(
        to_json(body.permissions(vec![])),
        json!({ "room_name": "standup", "permissions": [] })
    );
}

#[test]
fn permissions_accept_known_and_unknown_names() {
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
fn unknown_response_fields_are_ignored() {
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
fn request_fields_match_the_constants() {
    let mut request = json!({ "room_name": "standup" });
    for field in constants::REQUEST_FIELDS {
        request[field] = match *field {
            "room_name" | "user_name" | "room_display_name" => json!("a"),
            "permissions" => json!(constants::permissions::DEFAULT),
            "join_from" | "join_until" | "remove_at" => json!("2022-01-01T00:00:00Z"),
            "remove_after_seconds_elapsed" => json!(constants::remove_after_seconds_elapsed::MAXIMUM),
            "join_as" => json!(constants::join_as::DEFAULT),
            "media_allowed" => json!(constants::media_allowed::DEFAULT),
            "room_meta" | "meta" => json!({ "a": 1 }),
            // For fields added after this test was written, use any value that their type accepts.
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
    assert!(constants::REQUEST_FIELDS.len() >= 18);
}

#[test]
fn enum_variants_round_trip_through_their_names() {
    for name in constants::permissions::DEFAULT {
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
fn the_schemars_feature_provides_json_schemas() {
    let schema = serde_json::to_value(schemars::schema_for!(CreateRoomTokenRequest)).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
    let mut fields = constants::REQUEST_FIELDS.to_vec();
    names.sort_unstable();
    fields.sort_unstable();
    assert_eq!(names, fields);
    assert_eq!(schema["required"], json!(["room_name"]));
}
