//! Tests that error messages help operators and hide internal details from end users.

use serde_json::json;
use signalwire_room_tokens::{Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{client, failure, mock, token_of, with_timeout};

#[track_caller]
fn assert_mentions(error: &Error, words: &[&str]) {
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[tokio::test]
async fn each_error_message_is_actionable() {
    let error = failure(Reply::status(401)).await;
    assert_mentions(
        &error,
        &[
            "(401)",
            "project ID",
            "API token",
            "Video scope",
            "space",
            "127.0.0.1",
        ],
    );
    assert_mentions(&failure(Reply::status(403)).await, &["(403)", "Video scope"]);
    assert_mentions(&failure(Reply::status(404)).await, &["(404)", "space"]);
    let error = json!({ "errors": [
        { "attribute": "user_name", "message": "is too long" },
        { "attribute": "meta", "message": "is not a hash" },
    ] });
    let error = failure(Reply::status(422).json(&error)).await;
    assert_mentions(
        &error,
        &["(422)", "`user_name`: is too long", "`meta`: is not a hash"],
    );
    let error = failure(Reply::status(429).header("retry-after", "7")).await;
    assert_mentions(&error, &["(429)", "wait 7 s"]);
    assert_mentions(&failure(Reply::status(503)).await, &["(503)", "failed"]);
    assert_mentions(&failure(Reply::status(408)).await, &["(408)"]);
    assert_mentions(
        &failure(Reply::status(204)).await,
        &["(204)", "not a JSON object with a valid `token`"],
    );
}

#[tokio::test]
async fn refused_connections_are_reported_as_such() {
    // A socket that is bound but not listening reserves the port and refuses connections.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let space = format!("http://{}", socket.local_addr().unwrap());
    let client = Client::new(space, "p", "t").unwrap();
    let error = with_timeout(client.room_token("r").max_retries(0).create())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_mentions(&error, &["cannot reach 127.0.0.1", "the connection was refused"]);
    assert!(format!("{error:?}").contains("kind: Connect"));
    let first: &(dyn std::error::Error + 'static) = &error;
    let causes: Vec<_> = std::iter::successors(first.source(), |cause| cause.source()).collect();
    let refused = causes.last().unwrap().downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn multiple_attempts_are_mentioned() {
    let mock = mock().await;
    mock.script([Reply::status(503), Reply::status(503)]);
    let client = client(&mock);
    let call = client.room_token("r").max_retries(1).create();
    assert_mentions(&with_timeout(call).await.unwrap_err(), &["; 2 attempts in "]);
    let once = failure(Reply::status(503)).await.to_string();
    assert!(!once.contains("attempt"), "{once}");
}

#[tokio::test]
async fn the_longest_error_stays_below_a_kibibyte() {
    let item = json!({ "message": "é🦀".repeat(150), "code": "ü".repeat(250), "attribute": "ß".repeat(250) });
    let body = json!({ "errors": vec![item; 20] });
    let reply = Reply::status(422)
        .header("x-request-id", &"x".repeat(2000))
        .json(&body);
    let error = failure(reply).await;
    let text = error.to_string();
    assert!(text.len() < 1024 && text.ends_with('…'), "{} bytes", text.len());
    assert!(text.starts_with("127.0.0.1"), "{text}");
}

/// Returns one error of each kind that calls or client construction can cause.
async fn one_of_each() -> Vec<Error> {
    let mock = mock().await;
    let client = client(&mock);
    let mut errors = Vec::new();
    for reply in [
        Reply::status(401),
        Reply::status(403),
        Reply::status(422).body("sentinel"),
        Reply::status(429),
        Reply::status(500),
        Reply::status(408),
        Reply::real().close_at(Stage::Answer),
        Reply::status(302),
        Reply::status(200)
            .json(&json!({ "token": token_of(&json!({}), &json!({ "r": "elsewhere" })).expose() })),
    ] {
        mock.script([reply]);
        let call = client.room_token("sentinel").fail_on_mismatch().max_retries(0);
        errors.push(with_timeout(call.create()).await.unwrap_err());
    }
    errors.push(client.room_token("not sentinel").create().await.unwrap_err());
    errors.push(Client::new("", "sentinel", "sentinel").unwrap_err());
    errors
}

#[tokio::test]
async fn the_public_message_does_not_blame_participants_for_account_errors() {
    for (status, words) in [
        (400, "with these settings"),
        (402, "on our side"),
        (404, "on our side"),
        (405, "on our side"),
        (422, "with these settings"),
    ] {
        let error = failure(Reply::status(status)).await;
        assert_eq!(error.kind(), ErrorKind::Rejected, "{status}");
        assert!(
            error.public_message().contains(words),
            "{status}: {}",
            error.public_message()
        );
    }
}

#[tokio::test]
async fn the_public_message_reveals_no_internal_details() {
    let errors = one_of_each().await;
    let kinds: Vec<_> = errors.iter().map(Error::kind).collect();
    assert_eq!(
        kinds,
        [
            ErrorKind::Unauthorized,
            ErrorKind::Forbidden,
            ErrorKind::Rejected,
            ErrorKind::RateLimited,
            ErrorKind::Server,
            ErrorKind::Timeout,
            ErrorKind::Connect,
            ErrorKind::UnexpectedResponse,
            ErrorKind::Mismatch,
            ErrorKind::InvalidRequest,
            ErrorKind::Configuration,
        ]
    );
    let names: Vec<_> = kinds.iter().map(ToString::to_string).collect();
    assert_eq!(
        names.join(" "),
        "unauthorized forbidden rejected rate-limited server timeout connect unexpected-response mismatch \
         invalid-request configuration"
    );
    for error in &errors {
        let message = error.public_message();
        assert!(message.ends_with('.') && message.len() < 100, "{message}");
        for word in [
            "sentinel",
            "127.0.0.1",
            "SignalWire",
            "token",
            "401",
            "credential",
            "API",
            "scope",
        ] {
            assert!(!message.contains(word), "{message}");
        }
        let again = matches!(
            error.kind(),
            ErrorKind::RateLimited | ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Server
        );
        assert_eq!(message.contains("try again"), again, "{message}");
    }
}

#[tokio::test]
async fn display_is_one_line_without_causes() {
    for error in one_of_each().await {
        let text = error.to_string();
        assert!(!text.is_empty() && !text.contains('\n'), "{text}");
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            assert!(
                !text.contains(&inner.to_string()),
                "the message repeats its cause {inner}: {text}"
            );
            cause = inner.source();
        }
    }
}
