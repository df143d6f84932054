//! Tests that secrets in server responses don't appear in errors.

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use signalwire_room_tokens::Error;
use signalwire_room_tokens_mock::Reply;

use crate::support::{HANG_TIMEOUT, builder, mock, with_timeout};

const API_TOKEN: &str = "hunter2";
const ROOM_TOKEN: &str =
    "eyJ0eXAiOiJWUlQiLCJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCJ9.Zm9yZ2VkLXNpZ25hdHVyZS0wMTIz";

/// Returns the error for a response body built from the credentials, after checking that the error contains
/// no secrets.
async fn echo(status: u16, body: impl FnOnce(&str) -> String) -> Error {
    let mock = mock().await;
    let basic = STANDARD.encode(format!("{}:{API_TOKEN}", mock.project_id()));
    let body = body(&basic);
    mock.script([Reply::status(status)
        .header("x-request-id", &format!("id {basic}"))
        .body(body)]);
    let client = builder(&mock)
        .api_token(API_TOKEN)
        .max_retries(0)
        .build()
        .unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    let all = format!("{error}\n{error:?}\n{error:#?}\n{:?}", error.body_excerpt());
    let room_token_parts = ROOM_TOKEN.split('.').chain(["eyJ"]);
    for secret in [API_TOKEN, &basic, ROOM_TOKEN]
        .into_iter()
        .chain(room_token_parts)
    {
        assert!(!all.contains(secret), "found {secret} in {all}");
    }
    error
}

#[tokio::test]
async fn secrets_in_bodies_are_redacted() {
    for status in [200, 302, 401, 422, 500] {
        echo(status, |basic| {
            format!("sent: Authorization: Basic {basic} for {API_TOKEN}")
        })
        .await;
        echo(status, |_| {
            json!({ "token": ROOM_TOKEN }).to_string() + "trailing"
        })
        .await;
        echo(status, |_| {
            json!({ "error": format!("no: {ROOM_TOKEN}") }).to_string()
        })
        .await;
        echo(status, |_| {
            json!({ "errors": [{ "message": ROOM_TOKEN, "code": API_TOKEN }] }).to_string()
        })
        .await;
        echo(status, |_| {
            json!({ "error": "x", "debug": { "token": ROOM_TOKEN } }).to_string()
        })
        .await;
        echo(status, |_| format!("{{\"token\":\"{}", &ROOM_TOKEN[..60])).await;
        echo(status, |_| format!("<p>{ROOM_TOKEN}</p><p>{API_TOKEN}</p>")).await;
        echo(status, |_| format!("{}{ROOM_TOKEN}", "x ".repeat(120))).await;
        echo(status, |_| format!("{}{API_TOKEN}{API_TOKEN}", "x ".repeat(124))).await;
        echo(status, |_| format!("{}{ROOM_TOKEN}", "x ".repeat(40_000))).await;
    }
}

#[tokio::test]
async fn other_text_is_not_redacted() {
    let text = "The parameter room_name is too long; see https://signalwire.com/docs/apis/error-codes";
    let error = echo(422, |_| text.to_owned()).await;
    assert_eq!(error.body_excerpt(), Some(text));
    assert_eq!(error.api_errors()[0].message(), Some(text));
    let error = echo(422, |_| {
        json!({ "errors": [{ "code": "list_contains_invalid_entries" }] }).to_string()
    })
    .await;
    assert_eq!(
        error.api_errors()[0].code(),
        Some("list_contains_invalid_entries")
    );
    let text = "without a value: token=, password=";
    assert_eq!(echo(422, |_| text.to_owned()).await.body_excerpt(), Some(text));
}

#[tokio::test]
async fn values_of_secret_names_are_redacted() {
    let cases = [
        (r#"{"token":"abc","x":1}"#, r#"{"token":"[redacted]","x":1}"#),
        (r#"{"token": null}"#, r#"{"token": null}"#),
        ("password=abc&x=1", "password=[redacted]&x=1"),
        ("Authorization: Bearer abc", "Authorization: Bearer [redacted]"),
        ("API_KEY = 'abc'", "API_KEY = '[redacted]'"),
        ("api_token : abc, next", "api_token : [redacted], next"),
        ("the token is invalid", "the token is invalid"),
        ("token: secret: abc", "token: [redacted] abc"),
        ("api_token=abc&x=1", "api_token=[redacted]&x=1"),
        ("Authorization: Basic abc", "Authorization: Basic [redacted]"),
        ("got eyJ0eXAiOiJWUlQifQ.eyJ", "got [redacted].[redacted]"),
        ("a hunter2\r\nb", "a [redacted]  b"),
    ];
    for (body, excerpt) in cases {
        let error = echo(500, |_| body.to_owned()).await;
        assert_eq!(error.body_excerpt(), Some(excerpt));
    }
}

#[tokio::test]
async fn secrets_with_json_escapes_are_redacted() {
    let mock = mock().await;
    let client = builder(&mock)
        .api_token(r#"to"k\n/1"#)
        .max_retries(0)
        .build()
        .unwrap();
    for echoed in [r#"to"k\n/1"#, r#"to\"k\\n/1"#, r#"to\"k\\n\/1"#] {
        mock.script([Reply::status(500).body(format!("no {echoed}!"))]);
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.body_excerpt(), Some("no [redacted]!"));
    }
}

/// API tokens may consist entirely of digits, and a server may echo one as a JSON number.
#[tokio::test]
async fn secrets_in_numbers_are_redacted() {
    let mock = mock().await;
    let client = builder(&mock)
        .api_token("7010203")
        .max_retries(0)
        .build()
        .unwrap();
    mock.script([Reply::status(500).body(r#"{"code":7010203,"message":7010203.5}"#)]);
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(error.api_errors()[0].code(), Some("[redacted]"));
    let all = format!("{error}\n{error:?}");
    assert!(!all.contains("7010203"), "{all}");
}

#[tokio::test]
async fn words_that_look_random_are_redacted() {
    for word in [
        "PT0123456789abcdef01",
        "pt0123456789abcdef01",
        "PT0123456789ABCDEF01",
        "AbCdEfGhIjKlMnOpQrSt",
        "eyJ",
        "eyJ9",
    ] {
        let error = echo(500, |_| format!("the key {word}, which was rejected")).await;
        assert_eq!(
            error.body_excerpt(),
            Some("the key [redacted], which was rejected"),
            "{word}"
        );
    }
    for word in [
        "a123456789012345678", // one character shorter
        "12345678901234567890",
        "abcdefghijklmnopqrstuvwxyz",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ] {
        let text = format!("the key {word}, which was rejected");
        let error = echo(500, |_| text.clone()).await;
        assert_eq!(error.body_excerpt(), Some(text.as_str()));
    }
}

#[tokio::test]
async fn truncated_excerpts_end_with_an_ellipsis() {
    let error = echo(500, |_| "ä ".repeat(128)).await;
    assert_eq!(error.body_excerpt(), Some("ä ".repeat(128).as_str()));
    let error = echo(500, |_| "ä ".repeat(128) + "ä").await;
    assert_eq!(error.body_excerpt(), Some(("ä ".repeat(128) + "…").as_str()));
}

/// Bidirectional controls reorder displayed text, and zero-width characters are invisible.
#[tokio::test]
async fn characters_that_are_invisible_or_reorder_text_are_escaped() {
    let invisible = "\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{e0041}";
    // Combining marks and spaces are visible.
    let text = format!("is{invisible}odd Ä\u{a0}e\u{301}\u{e38}");
    let item = json!({
        "type": text, "code": text, "message": text, "attribute": text, "url": text,
    });
    let listed = echo(422, |_| json!({ "errors": [item] }).to_string()).await;
    let plain = echo(400, |_| text.clone()).await;
    for error in [listed, plain] {
        let api_errors = format!("{:?}", error.api_errors());
        let shown = format!(
            "{error}\n{error:#?}\n{}\n{api_errors}",
            error.body_excerpt().unwrap()
        );
        assert!(!shown.contains(|c| invisible.contains(c)), "{shown:?}");
        let message = error.api_errors().first().unwrap().message().unwrap();
        assert!(message.starts_with(r"is\u{61c}\u{200b}"), "{message}");
        assert!(
            message.ends_with("\\u{e0041}odd Ä\u{a0}e\u{301}\u{e38}"),
            "{message}"
        );
    }
}

/// Tests maximum-size bodies that are expensive to search for secrets.
#[tokio::test]
async fn redaction_is_fast_for_every_body() {
    let length = 64 * 1024;
    let pieces = [
        "token ",
        "token:[",
        "token: ",
        "token=null ",
        "token\\\"\\\"",
        "secret\t",
        "eyJ ",
        "eyJ.",
        "a1",
        ":",
    ];
    for piece in pieces {
        let body = piece.repeat(length / piece.len());
        let started = Instant::now();
        echo(500, |_| body.clone()).await;
        echo(500, |_| {
            json!({ "errors": vec![json!({ "message": &body[..3000] }); 20] }).to_string()
        })
        .await;
        assert!(started.elapsed() < HANG_TIMEOUT, "{piece:?}");
    }
}
