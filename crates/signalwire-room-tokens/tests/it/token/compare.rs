//! Tests for comparing a token with its request.

use std::time::Duration;

use serde_json::{Value, json};
use signalwire_room_tokens::{
    ClaimsError, ErrorKind, JoinAs, MediaAllowed, Mismatch, Permission, PermissionSet, RoomToken,
    RoomTokenRequest, Timestamp,
};
use signalwire_room_tokens_mock::{MockServer, Reply};

use crate::support::{client, mock, token_of, with_timeout};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Returns a request that sets every field with a known claim.
fn requested() -> RoomTokenRequest {
    RoomTokenRequest::new("standup")
        .user_name("Ada")
        .permissions([Permission::RoomLock, Permission::SelfDeaf])
        .join_as(JoinAs::Member)
        .auto_create_room(false)
        .media_allowed(MediaAllowed::AudioOnly)
        .enable_room_previews(true)
        .join_from(time("2026-09-01T08:00:00Z"))
        .join_until(time("2026-09-01T09:00:00Z"))
        .remove_at(time("2026-09-01T10:00:00Z"))
        .remove_after_seconds_elapsed(900)
        .meta(json!({ "seat": 7 }))
        .room_meta(json!({ "floor": 2 }))
}

/// Returns claims that match [`requested`].
fn granted() -> Value {
    json!({
        "iat": 1_788_249_600,
        "r": "standup",
        "u": "Ada",
        "s": ["room.self.deaf", "room.lock"],
        "ja": "member",
        "acr": false,
        "ma": "audio-only",
        "erp": true,
        "jf": 1_788_249_600,
        "ju": 1_788_253_200,
        "rat": 1_788_256_800,
        "rse": 900,
        "mta": { "seat": 7 },
        "rmta": { "floor": 2 },
    })
}

fn token(claims: &Value) -> RoomToken {
    token_of(&json!({ "typ": "VRT" }), claims)
}

/// A token's claims may contain arbitrary strings.
#[test]
fn mismatches_escape_characters_that_are_invisible_or_reorder_text() {
    let hostile = "room.\u{1b}[2J\u{202e}\u{200b}\u{9b}lock";
    let claims = json!({ "r": hostile, "u": hostile, "s": [hostile], "ja": hostile });
    let request = RoomTokenRequest::new("standup")
        .user_name("Ada")
        .permissions([Permission::RoomLock]);
    let found = token(&claims).compare(&request).unwrap();
    assert!(found.len() >= 3, "{found:?}");
    for mismatch in found {
        let shown = mismatch.to_string();
        assert!(
            !shown.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{9b}']),
            "{shown:?}"
        );
    }
}

#[test]
fn matching_tokens_have_no_mismatches() {
    assert_eq!(token(&granted()).compare(&requested()), Ok(vec![]));
    let only_room = RoomTokenRequest::new("standup");
    let mut by_default = granted();
    by_default["s"] = json!(["room.self.deaf"]);
    assert_eq!(
        token(&by_default).compare(&only_room),
        Ok(vec![]),
        "unset fields must not be compared"
    );
}

#[test]
fn unset_permissions_are_compared_with_the_default() {
    let only_room = RoomTokenRequest::new("standup");
    let mismatches = token(&granted()).compare(&only_room).unwrap();
    let [Mismatch::Permissions { dropped, added, .. }] = &mismatches[..] else {
        panic!("{mismatches:?}")
    };
    assert!(dropped.is_empty());
    assert_eq!(*added, PermissionSet::of(&[Permission::RoomLock]));
}

#[test]
fn the_tolerance_for_a_short_window_is_its_length() {
    let requested = RoomTokenRequest::new("standup").valid_for(Duration::from_secs(10));
    let until = |seconds: i64| {
        let mut claims = granted();
        (claims["iat"], claims["s"]) = (json!(1_788_249_600), json!([]));
        claims["ju"] = json!(1_788_249_600 + seconds);
        token(&claims).compare(&requested).unwrap()
    };
    assert_eq!(until(10), []);
    assert_eq!(until(20), []);
    assert_eq!(until(21)[0].field(), "join_until");
    assert_eq!(until(100)[0].field(), "join_until");
}

#[test]
fn mismatches_name_the_field() {
    let cases = [
        ("r", json!("other"), "room_name"),
        ("u", json!("Eve"), "user_name"),
        ("s", json!(["room.lock"]), "permissions"),
        ("ja", json!("audience"), "join_as"),
        ("acr", json!(true), "auto_create_room"),
        ("ma", json!("all"), "media_allowed"),
        ("erp", json!(false), "enable_room_previews"),
        ("jf", json!(1_788_249_601), "join_from"),
        ("ju", json!(1_788_253_199), "join_until"),
        ("rat", json!(1_788_256_801), "remove_at"),
        ("rse", json!(901), "remove_after_seconds_elapsed"),
        ("mta", json!({ "seat": 8 }), "meta"),
        ("rmta", json!({}), "room_meta"),
    ];
    for (claim, value, field) in cases {
        let mut claims = granted();
        claims[claim] = value;
        let mismatches = token(&claims).compare(&requested()).unwrap();
        let fields: Vec<_> = mismatches.iter().map(Mismatch::field).collect();
        assert_eq!(fields, [field]);
        assert!(mismatches[0].to_string().contains(&format!("`{field}`")));
    }
}

#[test]
fn missing_required_claims_are_mismatches() {
    // A token without one of these claims grants more than requested, or access to a different room.
    for (claim, field) in [
        ("r", "room_name"),
        ("s", "permissions"),
        ("jf", "join_from"),
        ("ju", "join_until"),
        ("rat", "remove_at"),
        ("rse", "remove_after_seconds_elapsed"),
    ] {
        let mut claims = granted();
        claims.as_object_mut().unwrap().remove(claim);
        let mismatches = token(&claims).compare(&requested()).unwrap();
        assert_eq!(
            mismatches.iter().map(Mismatch::field).collect::<Vec<_>>(),
            [field]
        );
    }
    for claim in ["u", "ja", "acr", "ma", "erp", "mta", "rmta"] {
        let mut claims = granted();
        claims.as_object_mut().unwrap().remove(claim);
        assert_eq!(
            token(&claims).compare(&requested()),
            Ok(vec![]),
            "{claim} is optional"
        );
    }
}

#[test]
fn dropped_and_added_permissions_are_distinguished() {
    let claims = json!({ "r": "r", "s": ["room.lock", "room.from_the_future"] });
    let requested = RoomTokenRequest::new("r").permissions([Permission::RoomLock, Permission::SelfDeaf]);
    let mismatches = token(&claims).compare(&requested).unwrap();
    let [Mismatch::Permissions { dropped, added, .. }] = mismatches.as_slice() else {
        panic!("{mismatches:?}");
    };
    assert_eq!(*dropped, PermissionSet::from([Permission::SelfDeaf]));
    assert_eq!(
        *added,
        PermissionSet::from([Permission::unchecked("room.from_the_future")])
    );
    assert_eq!(
        mismatches[0].to_string(),
        "`permissions`: not granted: room.self.deaf; granted but not requested: room.from_the_future"
    );
    let claims = json!({ "r": "r", "s": ["room.lock"] });
    assert_eq!(
        token(&claims).compare(&requested).unwrap()[0].to_string(),
        "`permissions`: not granted: room.self.deaf"
    );
}

#[test]
fn audience_tokens_must_have_no_permissions() {
    let requested = RoomTokenRequest::new("r")
        .permissions([Permission::RoomLock])
        .join_as(JoinAs::Audience);
    let none = json!({ "r": "r", "s": [], "ja": "audience" });
    assert_eq!(token(&none).compare(&requested), Ok(vec![]));
    let some = json!({ "r": "r", "s": ["room.lock"], "ja": "audience" });
    assert_eq!(token(&some).compare(&requested).unwrap().len(), 1);
}

#[test]
fn the_tolerance_for_valid_for_is_the_clock_skew() {
    let issued = 1_788_249_600;
    let requested = RoomTokenRequest::new("r").valid_for(Duration::from_secs(3600));
    for (off, expected) in [(0, 0), (120, 0), (-120, 0), (121, 1), (-121, 1), (3600, 1)] {
        let claims = json!({ "r": "r", "iat": issued, "ju": issued + 3600 + off });
        assert_eq!(
            token(&claims).compare(&requested).unwrap().len(),
            expected,
            "{off} seconds"
        );
    }
    let claims = json!({ "r": "r", "iat": issued });
    assert_eq!(
        token(&claims).compare(&requested).unwrap()[0].field(),
        "join_until"
    );
}

#[test]
fn mismatches_do_not_repeat_metadata() {
    let requested = RoomTokenRequest::new("r").meta(json!({ "k": "sentinel" }));
    let claims = json!({ "r": "r", "mta": { "k": "sentinel too" } });
    let text = format!("{:?}", token(&claims).compare(&requested).unwrap());
    assert!(!text.contains("sentinel"), "{text}");
}

#[test]
fn invalid_tokens_cannot_be_compared() {
    let invalid_token = RoomToken::from("x".to_owned());
    assert_eq!(invalid_token.compare(&requested()), Err(ClaimsError::NotAToken));
}

async fn create_or_mismatch(
    mock: &MockServer,
    request: RoomTokenRequest,
) -> Result<RoomToken, signalwire_room_tokens::Error> {
    with_timeout(client(mock).call(request).fail_on_mismatch().create()).await
}

#[tokio::test]
async fn create_can_fail_on_a_mismatch() {
    let mock = mock().await;
    let token = create_or_mismatch(&mock, requested()).await.unwrap();
    assert_eq!(token.compare(&requested()), Ok(vec![]));
    create_or_mismatch(
        &mock,
        RoomTokenRequest::new("r").valid_for(Duration::from_secs(60)),
    )
    .await
    .unwrap();

    let other = token_of(&json!({}), &json!({ "r": "other", "s": ["room.lock"] }));
    let reply = Reply::status(200).json(&json!({ "token": other.expose() }));
    mock.script([reply.clone()]);
    let requested = RoomTokenRequest::new("r").permissions([Permission::SelfDeaf]);
    let error = create_or_mismatch(&mock, requested.clone()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Mismatch);
    assert_eq!(error.mismatches(), other.compare(&requested).unwrap());
    assert!(!error.is_retryable());
    let text = error.to_string();
    assert!(
        text.contains("`room_name`") && text.contains("`permissions`"),
        "{text}"
    );
    assert!(!format!("{error:?}").contains(other.expose()));

    mock.script([reply]);
    client(&mock).call(requested).create().await.unwrap();
}

#[tokio::test]
async fn tokens_that_cannot_be_compared_are_unexpected_responses() {
    let mock = mock().await;
    mock.script([Reply::status(200).json(&json!({ "token": "opaque" }))]);
    let error = create_or_mismatch(&mock, requested()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.mismatches().is_empty());
    assert!(!error.is_retryable());
    assert!(error.to_string().contains("not a room token"), "{error}");
    assert_eq!(error.attempts(), 1, "the request must be sent");
    assert!(error.elapsed() > Duration::ZERO);
    assert_eq!(error.status(), Some(200));
}
