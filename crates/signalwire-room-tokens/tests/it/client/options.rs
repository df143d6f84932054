//! What can be set for one call alone.

use std::time::Duration;

use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, client, in_time, mock};

#[tokio::test]
async fn a_calls_options_hold_for_that_call_alone() {
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
async fn a_call_can_have_less_time_than_the_client() {
    let mock = mock().await;
    mock.script([Reply::real().hang_at(Stage::Answer)]);
    let client = client(&mock);
    let call = client
        .room_token("r")
        .timeout(Duration::from_millis(200))
        .create();
    let error = in_time(call).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_call_can_have_more_time_than_the_client() {
    let mock = mock().await;
    let client = builder(&mock)
        .timeout(Duration::ZERO)
        .attempt_timeout(Duration::ZERO)
        .build()
        .unwrap();
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let minute = Duration::from_secs(60);
    let call = client.room_token("r").timeout(minute).attempt_timeout(minute);
    in_time(call.create()).await.unwrap();
}
