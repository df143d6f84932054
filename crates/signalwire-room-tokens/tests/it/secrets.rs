//! Tests that no output of public types contains a secret.

use std::error::Error as _;
use std::fmt::Debug;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signalwire_room_tokens::{Client, Error, RoomToken, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::with_timeout;

const API_TOKEN: &str = "PTsentinel-of-the-api-token";

async fn mock() -> MockServer {
    MockServer::builder().api_token(API_TOKEN).start().await.unwrap()
}

#[track_caller]
fn assert_clean(texts: &[String], token: Option<&RoomToken>) {
    let basic = STANDARD.encode(format!(
        "{}:{API_TOKEN}",
        signalwire_room_tokens_mock::DEFAULT_PROJECT_ID
    ));
    let secrets = [API_TOKEN, &basic, &STANDARD.encode(API_TOKEN)]
        .map(str::to_owned)
        .into_iter()
        .chain(
            token
                .iter()
                .flat_map(|token| token.expose().split('.').map(str::to_owned)),
        );
    for secret in secrets {
        for text in texts {
            assert!(!text.contains(&secret), "found {secret} in {text}");
        }
    }
}

fn shown(value: &impl Debug) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}

fn shown_error(error: &Error) -> Vec<String> {
    let mut texts = vec![error.to_string(), error.public_message().to_owned()];
    texts.extend(shown(error));
    let mut cause = error.source();
    while let Some(inner) = cause {
        texts.push(inner.to_string());
        texts.extend([format!("{inner:?}"), format!("{inner:#?}")]);
        cause = inner.source();
    }
    texts
}

#[tokio::test]
async fn debug_output_contains_no_secrets() {
    let mock = mock().await;
    let builder = Client::builder()
        .space(mock.base_url())
        .project_id(mock.project_id())
        .api_token(API_TOKEN);
    let mut texts = Vec::from(shown(&builder));
    let client = builder.build().unwrap();
    texts.extend(shown(&client));
    texts.extend(shown(&client.room_token("r")));
    texts.extend(shown(&client.create_many([RoomTokenRequest::new("r")])));
    let token = client.room_token("r").create().await.unwrap();
    texts.extend(shown(&token));
    texts.extend(shown(&Ok::<_, Error>(&token)));
    assert!(token.expose().starts_with("eyJ"));
    texts.extend(shown(&token.claims().unwrap()));
    texts.extend(shown(&mock));
    texts.extend(shown(&mock.requests()));
    texts.extend(shown(&MockServer::builder().api_token(API_TOKEN)));
    texts.extend(shown(&Reply::status(200).body(token.expose())));
    assert_clean(&texts, Some(&token));
    // `Debug` output must still contain useful values.
    assert!(shown(&client)[0].contains(&mock.base_url()));
}

#[tokio::test]
async fn errors_contain_no_secrets() {
    let mock = mock().await;
    let client = Client::new(mock.base_url(), mock.project_id(), API_TOKEN).unwrap();
    let token = client.room_token("r").create().await.unwrap();
    let whole = format!(r#"{{"token":"{}"}}"#, token.expose());
    let replies = [
        Reply::status(401).body(&*whole),
        Reply::status(500).body(format!("{API_TOKEN} {whole}")),
        Reply::status(200).body(&whole[..whole.len() - 2]),
        Reply::status(200).body(whole.replace("\"}", "\",}")),
        Reply::status(200).body(whole.replace("\"token\"", "\"jwt\"")),
        Reply::status(200).body(format!("{}{whole}", " ".repeat(64 * 1024))),
        Reply::status(200).body(&*whole).close_at(Stage::Body),
        Reply::status(200).body(&*whole).reset_at(Stage::Body),
        Reply::status(302)
            .body(&*whole)
            .header("location", &format!("/{}", token.expose())),
        Reply::status(500).header("x-request-id", token.expose()),
        Reply::raw(format!("garbage {whole}\r\n\r\n")),
        Reply::raw(format!("HTTP/1.1 200 OK\r\n{} {whole}\r\n\r\n", token.expose())),
        Reply::raw(""),
        Reply::status(200).body(r#"{"token":"eyJ"}"#),
    ];
    for reply in replies {
        let shown_reply = format!("{reply:?}");
        mock.script([reply]);
        let call = client.room_token("r").fail_on_mismatch().max_retries(0);
        let error = with_timeout(call.create()).await.expect_err(&shown_reply);
        assert_clean(&shown_error(&error), Some(&token));
    }
    let error = Client::new(API_TOKEN, "p", "t").map(drop);
    assert!(error.is_ok(), "an API token looks like a space name");
    for error in [
        Client::new(format!("https://x:{API_TOKEN}@host"), "p", "t").unwrap_err(),
        Client::new("s", "p", format!("{API_TOKEN}\n")).unwrap_err(),
        Client::new("s", format!("{API_TOKEN}:"), "t").unwrap_err(),
    ] {
        assert_clean(&shown_error(&error), None);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_debug_output_contains_no_secrets() {
    let client = signalwire_room_tokens::blocking::Client::new("s", "p", API_TOKEN).unwrap();
    let mut texts = Vec::from(shown(&client));
    texts.extend(shown(&client.room_token("r")));
    texts.extend(shown(&client.create_many([RoomTokenRequest::new("r")])));
    assert_clean(&texts, None);
}

/// Runs a task that panics, and returns the panic message.
async fn panic_message<T: Send + 'static>(run: impl Future<Output = T> + Send + 'static) -> String {
    let panic = tokio::spawn(run).await.err().expect("a panic").into_panic();
    *panic.downcast().unwrap()
}

#[tokio::test]
async fn panics_contain_no_secrets() {
    let mock = mock().await;
    let client = Client::new(mock.base_url(), mock.project_id(), API_TOKEN).unwrap();
    let granted = client.room_token("r").create().await;
    let token = granted.as_ref().unwrap().clone();
    mock.script([Reply::status(401).body(format!("{API_TOKEN} {}", token.expose()))]);
    let refused = client.room_token("r").create().await;
    let texts = [
        panic_message(async { granted.unwrap_err() }).await,
        panic_message(async { refused.unwrap() }).await,
    ];
    assert!(texts[1].contains("Unauthorized"), "{}", texts[1]);
    assert_clean(&texts, Some(&token));
}
