//! Tests for the validation rules for each field, at and around the limits.

use serde_json::json;
use signalwire_room_tokens_mock::MockServer;

use super::support::{assert_finding, errors, findings, with};
use crate::support::mint;

#[tokio::test]
async fn the_room_name_is_required() {
    let server = MockServer::start().await.unwrap();
    let missing = ("room_name".to_owned(), "missing_required_parameter".to_owned());
    assert_eq!(findings(&server, &json!({})).await, [missing]);
}

#[tokio::test]
async fn lengths_are_counted_in_characters() {
    let server = MockServer::start().await.unwrap();
    for (field, limit) in [("user_name", 100), ("room_display_name", 200)] {
        mint(&server, &with(field, json!("𝄞".repeat(limit)))).await;
        assert_finding(&server, field, json!("𝄞".repeat(limit + 1)), "invalid_parameter").await;
    }
    mint(&server, &with("user_name", json!(""))).await;
}

#[tokio::test]
async fn room_names_have_a_pattern_and_a_maximum_length() {
    let server = MockServer::start().await.unwrap();
    for good in ["a", "A-b_9", &"r".repeat(100)] {
        mint(&server, &with("room_name", json!(good))).await;
    }
    for bad in [
        "",
        "two words",
        "a\n",
        "\na",
        "über",
        "a/b",
        "a.b",
        &"r".repeat(101),
    ] {
        assert_finding(&server, "room_name", json!(bad), "invalid_parameter").await;
    }
    let both = findings(&server, &with("room_name", json!("ü".repeat(101)))).await;
    assert_eq!(both.len(), 2, "expected one item per rule");
}

#[tokio::test]
async fn only_published_permissions_are_valid() {
    let server = MockServer::start().await.unwrap();
    for good in [
        json!([]),
        json!(["room.lock", "room.self.raisehand"]),
        json!(["room.lock", "room.lock"]),
    ] {
        mint(&server, &with("permissions", good)).await;
    }
    for bad in ["room.stream.start", "room.Lock", "", "room.self.audio_mute "] {
        assert_finding(
            &server,
            "permissions",
            json!(["room.lock", bad]),
            "list_contains_invalid_entries",
        )
        .await;
    }
    let mixed = with(
        "permissions",
        json!(["room.lock", "nonsense", 1, "room.nonsense", null]),
    );
    let errors = errors(&server, &mixed).await;
    assert_eq!(errors.len(), 2, "entries must be grouped by rule: {errors:?}");
    assert_eq!(errors[0]["code"], "list_contains_invalid_entries");
    assert!(
        errors[0]["message"].as_str().unwrap().ends_with("at 1, 3"),
        "{errors:?}"
    );
    assert_eq!(errors[1]["code"], "not_an_array_of_strings");
    assert!(
        errors[1]["message"].as_str().unwrap().ends_with("at 2, 4"),
        "{errors:?}"
    );
}

#[tokio::test]
async fn only_published_choices_are_valid() {
    let server = MockServer::start().await.unwrap();
    for (field, good, bad) in [
        (
            "join_as",
            &["audience", "member"][..],
            &["moderator", "Member", ""][..],
        ),
        (
            "media_allowed",
            &["all", "video-only", "audio-only"],
            &["video_only", "none"],
        ),
    ] {
        for choice in good {
            mint(&server, &with(field, json!(choice))).await;
        }
        for choice in bad {
            assert_finding(&server, field, json!(choice), "invalid_parameter").await;
        }
    }
}

#[tokio::test]
async fn seconds_are_positive_and_at_most_200000() {
    let server = MockServer::start().await.unwrap();
    for good in [json!(1), json!(200_000), json!(900.0)] {
        mint(&server, &with("remove_after_seconds_elapsed", good)).await;
    }
    for bad in [
        json!(0),
        json!(-1),
        json!(200_001),
        json!(1.5),
        json!(1e300),
        json!("900"),
    ] {
        assert_finding(&server, "remove_after_seconds_elapsed", bad, "invalid_parameter").await;
    }
}

#[tokio::test]
async fn times_are_rfc_3339_or_dates() {
    let server = MockServer::start().await.unwrap();
    for field in ["join_from", "join_until", "remove_at"] {
        for good in [
            "2022-01-01",
            "2022-01-01T23:59:60Z",
            "2022-01-01T10:00:00.123Z",
            "2022-01-01T10:00:00+05:30",
        ] {
            mint(&server, &with(field, json!(good))).await;
        }
        for bad in [
            "",
            "tomorrow",
            "2022-01-01T10:00:00",
            "2022-13-01",
            "1640995200",
            "2022-01-01 10:00:00Z",
        ] {
            assert_finding(&server, field, json!(bad), "not_a_datetime").await;
        }
        assert_finding(&server, field, json!(1_640_995_200), "not_a_datetime").await;
    }
}

#[tokio::test]
async fn join_until_must_not_be_before_join_from() {
    let server = MockServer::start().await.unwrap();
    let window =
        |from: &str, until: &str| json!({ "room_name": "r", "join_from": from, "join_until": until });
    for (from, until) in [
        ("2022-01-01", "2022-01-01"),
        ("2022-01-01", "2022-01-02T00:00:00Z"),
        ("2022-01-01T02:00:00+02:00", "2022-01-01T00:00:00Z"),
    ] {
        mint(&server, &window(from, until)).await;
    }
    let reversed = [("join_until".to_owned(), "invalid_join_until_date".to_owned())];
    for (from, until) in [
        ("2022-01-02", "2022-01-01"),
        ("2022-01-01T00:00:00.5Z", "2022-01-01T00:00:00.4Z"),
        ("2022-01-01T10:00:00Z", "2022-01-01T10:30:00+01:00"),
    ] {
        assert_eq!(
            findings(&server, &window(from, until)).await,
            reversed,
            "{from} {until}"
        );
    }
}

#[tokio::test]
async fn metas_are_limited_in_characters_of_compact_json() {
    let server = MockServer::start().await.unwrap();
    let padding = 2000 - r#"{"k":""}"#.len();
    for field in ["meta", "room_meta"] {
        mint(&server, &with(field, json!({ "k": "𝄞".repeat(padding) }))).await;
        let long = json!({ "k": "𝄞".repeat(padding + 1) });
        assert_finding(&server, field, long, "invalid_parameter").await;
    }
}

#[tokio::test]
async fn unknown_names_can_be_accepted() {
    let server = MockServer::builder().accept_unknown().start().await.unwrap();
    let body = json!({
        "room_name": "r",
        "room_theme": "dark",
        "limits": { "people": 5 },
        "permissions": ["room.confetti", "room.lock"],
    });
    let token = mint(&server, &body).await;
    let claims = server.verify(&token).unwrap();
    assert_eq!(claims["s"], json!(["room.confetti", "room.lock"]));
    assert!(claims.get("room_theme").is_none() && claims.get("limits").is_none());
    let known = MockServer::start().await.unwrap();
    assert_eq!(
        findings(&known, &body).await.len(),
        3,
        "unknown names must be violations by default"
    );
}

#[tokio::test]
async fn accepting_unknown_names_keeps_other_rules() {
    let server = MockServer::builder().accept_unknown().start().await.unwrap();
    for (field, value, code) in [
        ("permissions", json!([1]), "not_an_array_of_strings"),
        ("permissions", json!("room.lock"), "not_an_array_of_strings"),
        ("join_as", json!("visitor"), "invalid_parameter"),
        ("media_allowed", json!("none"), "invalid_parameter"),
        ("user_name", json!("x".repeat(101)), "invalid_parameter"),
        ("meta", json!(null), "not_a_hash"),
    ] {
        assert_finding(&server, field, value, code).await;
    }
    let missing = ("room_name".to_owned(), "missing_required_parameter".to_owned());
    assert_eq!(
        findings(&server, &json!({ "room_theme": "dark" })).await,
        [missing]
    );
}
