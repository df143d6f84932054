//! Tests that every combination of status and body produces a token or the correct error.

use serde_json::json;
use signalwire_room_tokens::{Error, ErrorKind, RoomToken};
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, failure, mock, with_timeout};

fn bodies() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let json = "application/json";
    let deep = "[".repeat(10_000);
    let text = |body: &str| body.as_bytes().to_vec();
    vec![
        ("none", json, vec![]),
        ("documented", json, text(r#"{"error":"Unauthorized"}"#)),
        (
            "documented errors array",
            json,
            text(
                r#"{"errors":[{"type":"validation_error","code":"c","message":"m","attribute":"a","url":"u"}]}"#,
            ),
        ),
        ("item without url", json, text(r#"{"errors":[{"code":"c"}]}"#)),
        (
            "flat",
            json,
            text(r#"{"type":"t","code":"c","message":"m","url":"u"}"#),
        ),
        ("message", json, text(r#"{"message":"m"}"#)),
        ("other object", json, text(r#"{"x":{"y":[1,2,{}]}}"#)),
        ("null", json, text("null")),
        ("number", json, text("1e999")),
        ("huge number", json, text(&"9".repeat(5000))),
        ("array", json, text(r#"[1,"two",{"message":"three"},null]"#)),
        ("token of another type", json, text(r#"{"token":7}"#)),
        ("empty token", json, text(r#"{"token":""}"#)),
        ("token twice", json, text(r#"{"token":"a","token":"b"}"#)),
        ("array with a token", json, text(r#"["x"]"#)),
        ("array of fields", json, text(" \n[\"a.b.c\"]")),
        ("markup as token", json, text(r#"{"token":"<script>"}"#)),
        ("spaces as token", json, text(r#"{"token":"   "}"#)),
        ("padding as token", json, text(r#"{"token":"=="}"#)),
        (
            "token with a line break",
            json,
            text(r#"{"token":"a.b.c\nSet-Cookie: x"}"#),
        ),
        ("token with a trailing space", json, text(r#"{"token":"a.b.c "}"#)),
        (
            "token with a non-ASCII letter",
            json,
            text(r#"{"token":"a.b.\u00e9"}"#),
        ),
        ("token with NUL", json, text(r#"{"token":"a.b.c\u0000"}"#)),
        ("token with a quote", json, text(r#"{"token":"a.b.c\""}"#)),
        ("truncated", json, text(r#"{"error":"Unauth"#)),
        ("trailing garbage", json, text(r#"{"error":"x"} garbage"#)),
        ("deeply nested", json, text(&deep)),
        ("deeply nested object", json, text(&r#"{"error":"#.repeat(10_000))),
        ("html", "text/html", text("<!doctype html><title>502</title>")),
        ("HTML labeled as JSON", json, text("<html>Bad Gateway</html>")),
        ("plain text", "text/plain", text("Unauthorized")),
        ("JSON labeled as text", "text/plain", text(r#"{"error":"x"}"#)),
        ("white space", "text/plain", text(" \r\n\t ")),
        ("invalid utf-8", json, vec![0xff, 0xfe, 0x00, 0xc3, 0x28]),
        ("control characters", "text/plain", text("a\u{1b}[31mred\u{7}\0")),
        (
            "unknown encoding",
            "application/json; charset=utf-16",
            vec![0xfe, 0xff, 0, b'{'],
        ),
    ]
}

fn kind_of(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::Rejected,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::UnexpectedResponse,
    }
}

/// Checks the error for each of the given statuses combined with every body.
async fn assert_errors_match_statuses(statuses: impl IntoIterator<Item = u16>) {
    let mock = mock().await;
    let client = client(&mock);
    for status in statuses {
        for (name, content_type, body) in bodies() {
            let reply = Reply::status(status)
                .header("content-type", content_type)
                .body(body);
            mock.script([reply]);
            let call = client.room_token("r").max_retries(0).create();
            let error = with_timeout(call).await.expect_err("an error");
            let case = format!("{status} with {name}: {error}");
            assert_eq!(error.status(), Some(status), "{case}");
            assert_eq!(error.kind(), kind_of(status), "{case}");
            assert_eq!(
                error.is_retryable(),
                [408, 429, 502, 503, 504].contains(&status),
                "{case}"
            );
            assert_eq!(error.attempts(), 1, "{case}");
            assert!(error.to_string().len() < 1024, "{case}");
            assert!(!error.to_string().chars().any(char::is_control), "{case:?}");
            assert!(error.server_time().is_some(), "{case}");
            if status < 300 {
                assert_eq!(
                    error.body_excerpt(),
                    None,
                    "a body that may contain a token must not be quoted: {case}"
                );
                assert!(error.api_errors().is_empty(), "{case}");
            }
        }
    }
}

#[tokio::test]
async fn successes_and_redirects_without_a_token_are_unexpected_responses() {
    let bodiless = [204, 205, 304];
    let statuses = (200..=208).chain([226, 299]).chain(300..=308).chain([399]);
    let statuses = statuses.filter(|status| !bodiless.contains(status));
    assert_errors_match_statuses(statuses.chain([600, 999])).await;
}

#[tokio::test]
async fn client_errors_keep_their_status_with_any_body() {
    // Unassigned statuses are all handled in the same way, so one is enough.
    let others = [421, 422, 425, 426, 429, 431, 451, 499];
    assert_errors_match_statuses((400..=418).chain(others)).await;
}

#[tokio::test]
async fn server_errors_keep_their_status_with_any_body() {
    // For unassigned statuses, testing one in ten is enough.
    assert_errors_match_statuses((500..=511).chain((520..600).step_by(10)).chain([599])).await;
}

#[tokio::test]
async fn statuses_without_a_body_are_handled() {
    let body = json!({ "token": "t" });
    for status in [204, 304] {
        for reply in [Reply::status(status), Reply::status(status).json(&body)] {
            let error = failure(reply).await;
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        }
    }
    let error = failure(Reply::status(205)).await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::UnexpectedResponse, Some(205))
    );
}

async fn success(status: u16, content_type: &str, body: &str) -> Result<RoomToken, Error> {
    let mock = mock().await;
    mock.script([Reply::status(status)
        .header("content-type", content_type)
        .body(body)]);
    with_timeout(client(&mock).room_token("r").max_retries(0).create()).await
}

#[tokio::test]
async fn any_success_response_with_a_token_returns_the_token() {
    for status in [200, 201, 202, 206, 299] {
        for content_type in ["application/json", "text/html", "nonsense"] {
            let body = json!({ "token": "t", "newer": { "than": "we" }, "expires_at": null });
            let token = success(status, content_type, &body.to_string()).await.unwrap();
            assert_eq!(token.expose(), "t");
        }
    }
    let token = success(200, "application/json", " \n{ \"token\" : \"\\u0074\" }\n ")
        .await
        .unwrap();
    assert_eq!(token.expose(), "t");
}

#[tokio::test]
async fn a_token_may_have_every_character_of_a_bearer_token() {
    for token in ["x", "AZaz09-._~+/==", "eyJ0.e30=.x", "-"] {
        let body = json!({ "token": token }).to_string();
        let minted = success(200, "application/json", &body).await.unwrap();
        assert_eq!(minted.expose(), token);
    }
}

#[tokio::test]
async fn ascii_characters_not_allowed_in_a_bearer_token_are_rejected() {
    let mock = mock().await;
    let client = client(&mock);
    let others = (0_u8..128)
        .map(char::from)
        .filter(|c| !c.is_ascii_alphanumeric() && !"-._~+/=".contains(*c));
    for other in others {
        mock.script([Reply::status(200).json(&json!({ "token": format!("a.{other}.c") }))]);
        let error = with_timeout(client.room_token("r").create())
            .await
            .expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{other:?}");
        assert_eq!(error.attempts(), 1, "{other:?}");
        assert_eq!(error.body_excerpt(), None, "{other:?}");
    }
}

#[tokio::test]
async fn tokens_in_error_responses_are_ignored() {
    for status in [302, 400, 500] {
        let body = json!({ "token": "sentinel" });
        let error = failure(Reply::status(status).json(&body)).await;
        assert!(!format!("{error} {error:?}").contains("sentinel"), "{error:?}");
    }
}

#[tokio::test]
async fn the_request_id_is_read_from_any_known_header() {
    let names = [
        "x-request-id",
        "x-signalwire-request-id",
        "request-id",
        "x-amzn-requestid",
    ];
    for (at, name) in names.iter().enumerate() {
        // By default, the mock server adds a request ID. Empty IDs must be ignored.
        let reply = if at > 0 {
            Reply::status(500).header("x-request-id", "")
        } else {
            Reply::status(500)
        };
        let error = failure(reply.header(name, &format!("id-{at}"))).await;
        let expected = format!("id-{at}");
        assert_eq!(error.request_id(), Some(expected.as_str()), "{name}");
        assert!(
            error.to_string().contains(&format!("request ID {expected}")),
            "{error}"
        );
    }
    let error = failure(Reply::status(500).header("x-request-id", &"x".repeat(5000))).await;
    assert_eq!(error.request_id().unwrap().len(), 100);
    for unusable in ["", "a\tb"] {
        let error = failure(Reply::status(500).header("x-request-id", unusable)).await;
        assert_eq!(error.request_id(), None);
    }
}

#[tokio::test]
async fn the_server_time_is_read_from_the_date_header() {
    let reply = Reply::status(401).header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let time = failure(reply).await.server_time().unwrap();
    assert_eq!(time.to_rfc3339(), "1994-11-06T08:49:37+00:00");
    assert_eq!(
        failure(Reply::status(401).header("date", "now"))
            .await
            .server_time(),
        None
    );
}
