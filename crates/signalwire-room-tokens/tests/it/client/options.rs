//! Tests for per-call options.

use std::time::Duration;

use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, client, mock, with_timeout};

#[tokio::test]
async fn call_options_apply_to_one_call() {
    let mock = mock().await;
    let client = builder(&mock).max_retries(1).build().unwrap();

    mock.script([Reply::status(503)]);
    let error = client.room_token("r").max_retries(0).create().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Server, 1));

    mock.script([Reply::status(503)]);
    client.room_token("r").create().await.unwrap();
    assert_eq!(mock.requests().len(), 3);
}

#[tokio::test]
async fn a_call_timeout_can_be_shorter_than_the_clients() {
    let mock = mock().await;
    mock.script([Reply::real().hang_at(Stage::Answer)]);
    let client = client(&mock);
    let call = client
        .room_token("r")
        .timeout(Duration::from_millis(200))
        .create();
    let error = with_timeout(call).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_call_timeout_can_be_longer_than_the_clients() {
    let mock = mock().await;
    let client = builder(&mock)
        .timeout(Duration::ZERO)
        .attempt_timeout(Duration::ZERO)
        .build()
        .unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let minute = Duration::from_secs(60);
    let call = client.room_token("r").timeout(minute).attempt_timeout(minute);
    with_timeout(call.create()).await.unwrap();
}
